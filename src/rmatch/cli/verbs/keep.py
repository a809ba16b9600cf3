"""The verb that makes a round ready to be handed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.cli.held import path_of
from rmatch.cli.options import many
from rmatch.cli.targets import FORCE, check_targets
from rmatch.cli.verb import Answer, Command, Told
from rmatch.cli.verbs.ask import ROUND, SALT, salt_of
from rmatch.matching import read_matching, write_bundle
from rmatch.utils.documents import json_text

if TYPE_CHECKING:
    from argparse import Namespace

    from rmatch.cli.verb import Options

BUNDLED: Options = {
    "--out": {
        "type": Path,
        "required": True,
        "metavar": "BUNDLE",
        "help": "the archive to write (.zip)",
    },
    "--inputs": many("FILE", "what the round was made from: their hashes are kept")
    | {"type": Path},
    **FORCE,
}


def _bundle(arguments: Namespace) -> Answer:
    known = [path_of(arguments.round), arguments.salt, *arguments.inputs]
    check_targets(arguments, filter(None, known), {"--out": (".zip",)})
    matching = read_matching(arguments.round)
    salt = salt_of(arguments.salt)
    hashed = write_bundle(matching, arguments.out, inputs=arguments.inputs, salt=salt)
    return Answer(
        Told(
            f"Written: {arguments.out}\nSHA-256: {hashed}\nKeep this hash elsewhere: it tells this bundle from any other.",
            lambda: json_text({"written": str(arguments.out), "sha256": hashed}),
        )
    )


BUNDLE = Command(
    (ROUND, BUNDLED, SALT),
    """\
  rmatch bundle round.json --out round.zip --inputs people.csv programme.toml
  rmatch bundle round.json --out round.zip --salt secret.bin
  rmatch verify round.zip people.csv
""",
    _bundle,
)
