"""The verb that writes the board's page of a saved round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.aims import AIMS, aims_of
from rmatch.cli.verb import Answer, Command, Told
from rmatch.cli.verbs.ask import ROUND
from rmatch.cli.verbs.report import PAGE, rounds_of
from rmatch.utils.documents import json_text

if TYPE_CHECKING:
    from argparse import Namespace

    from rmatch.cli.verb import Options

FIGURES: Options = {
    **{name: told for name, told in PAGE.items() if name != "--with"},
    "--previous": {
        **PAGE["--previous"],
        "help": "the saved round of the last page, with its people whole: the figures stand beside",
    },
    "--purpose": {
        "default": "",
        "metavar": "TEXT",
        "help": "what the programme is for, in a sentence",
    },
    **AIMS,
}


def _board(arguments: Namespace) -> Answer:
    aims = aims_of(arguments.aims)
    matching, before = rounds_of(arguments, "board")
    asked = {"purpose": arguments.purpose, "aims": aims, "previous": before}
    matching.to_board(arguments.out, **asked, language=arguments.language)
    written = str(arguments.out)
    return Answer(Told(f"Written: {written}", lambda: json_text({"written": written})))


BOARD = Command(
    (ROUND, FIGURES),
    """\
  rmatch board round.json people.csv --out board.html
  rmatch board round.json people.csv --aims aims.toml --purpose "To learn from juniors." --out board.html
""",
    _board,
)
