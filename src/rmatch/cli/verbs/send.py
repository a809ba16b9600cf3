"""The verb that writes to the participants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.cli.inputs import sources
from rmatch.cli.language import LANGUAGE
from rmatch.cli.targets import DIALECT, FORCE, check_targets, dialect_of
from rmatch.cli.verb import Answer, Command
from rmatch.cli.verbs.ask import ABOUT, asked_about
from rmatch.cli.verbs.match import WRITTEN
from rmatch.errors import Fault, InvalidInputError
from rmatch.io import TABLES
from rmatch.utils.files import folder_faults, read_bytes

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rmatch.cli.verb import Options

SENT: Options = {
    "--out": {
        "type": Path,
        "metavar": "DIR",
        "help": "a new folder, for a page a participant; without it and --table one slip is shown",
    },
    "--table": {
        "type": Path,
        "metavar": "FILE",
        "help": "one row a participant, for mail merge (.csv, .xlsx)",
    },
    **DIALECT,
    **FORCE,
    **LANGUAGE,
    "--plain": {"action": "store_true", "help": "texts instead of pages"},
    "--template": {
        "type": Path,
        "metavar": "FILE",
        "help": "a page of your own, in the language of Jinja",
    },
    "--with": {
        **WRITTEN["--with"],
        "help": "name, email or name,email: beside the ids, of the participant and of the partners",
    },
}


def _slips(arguments: Namespace) -> Answer:
    read = [path for path in (*sources(arguments), arguments.template) if path]
    check_targets(arguments, read, {"--table": TABLES}, besides=_faults(arguments))
    template = None if arguments.template is None else _read(arguments.template)
    matching = asked_about(arguments, "slips")
    slips = matching.slips(arguments.language, include=arguments.include)
    written = []
    if arguments.table is not None:
        slips.rows()  # what is wrong with one is found before anything is written
    if arguments.out is not None:
        slips.write(arguments.out, plain=arguments.plain, template=template)
        written.append(f"Written: {arguments.out}")
    if arguments.table is not None:
        slips.to_table(arguments.table, dialect=dialect_of(arguments))
        written.append(f"Written: {arguments.table}")
    return Answer(slips, written)


def _faults(arguments: Namespace) -> Iterator[Fault]:
    out = arguments.out
    if out is not None:
        yield from folder_faults(out)
    for option in ("plain", "template"):
        if getattr(arguments, option) and out is None:
            yield Fault(f"--{option}", "", "is about pages, and none are asked for", "give --out")
    if arguments.plain and arguments.template:
        yield Fault(
            "--template", "", "is for pages, and --plain asks for texts", "give one of them"
        )


def _read(path: Path) -> str:
    try:
        return read_bytes(path).decode()
    except (OSError, ValueError) as error:
        problem = f"{path.name}: {getattr(error, 'strerror', None) or 'is no text'}"
        fault = Fault("--template", "", problem, "give a readable file")
        raise InvalidInputError([fault]) from None


SLIPS = Command(
    (ABOUT, SENT),
    """\
  rmatch slips round.json people.csv --out slips --with name
  rmatch slips round.json people.csv --table slips.xlsx --with name,email --language de
  rmatch slips round.json people.csv --out letters --plain --language fr
""",
    _slips,
)
