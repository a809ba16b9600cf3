"""The verb that writes the board's page of a saved round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.cli.verb import Answer, Told, Verb
from rmatch.cli.verbs.ask import ROUND
from rmatch.cli.verbs.report import PAGE, rounds_of
from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.documents import json_text
from rmatch.utils.files import read_bytes

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
    "--aims": {
        "type": Path,
        "metavar": "FILE",
        "help": "the aims of the programme, each with its topics (.toml)",
    },
}


def _board(arguments: Namespace) -> Answer:
    aims = _aims(arguments.aims) if arguments.aims else {}
    matching, before = rounds_of(arguments, "board")
    matching.to_board(arguments.out, purpose=arguments.purpose, aims=aims, previous=before)
    written = str(arguments.out)
    return Answer(Told(f"Written: {written}", lambda: json_text({"written": written})))


def _aims(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(read_bytes(path).decode())
    except (OSError, ValueError) as error:
        problem = f"{path.name}: {getattr(error, 'strerror', None) or error}"
        remedy = 'write lines such as "new technology" = ["python", "generative AI"]'
        raise InvalidInputError([Fault("--aims", "", problem, remedy)]) from None


BOARD = Verb(
    "write the board's page: one printed page of figures, with nobody on it",
    (ROUND, FIGURES),
    """\
  rmatch board round.json --people people.csv --out board.html
  rmatch board round.json --people people.csv --aims aims.toml --purpose "To learn from juniors." --out board.html
""",
    _board,
)
