"""The verb that lists a round whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.named import names_told
from rmatch.cli.options import NAMED, POINTS
from rmatch.cli.verb import Answer, Command, Told
from rmatch.cli.verbs.ask import ABOUT, asked_about
from rmatch.matching import whole_text

if TYPE_CHECKING:
    from argparse import Namespace


def _show(arguments: Namespace) -> Answer:
    matching = asked_about(arguments, "show")
    with names_told(matching, arguments):
        return Answer(Told(whole_text(matching), matching.to_json))


SHOW = Command(
    (ABOUT, NAMED, POINTS),
    """\
  rmatch show round.json
  rmatch show round.json people.csv --with name
  rmatch show people.csv --programme programme.toml
""",
    _show,
)
