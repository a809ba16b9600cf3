"""The verb that writes the organiser's page of a saved round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.cli.held import is_round, path_of, source
from rmatch.cli.inputs import given
from rmatch.cli.language import LANGUAGE
from rmatch.cli.options import INPUTS, NAMED
from rmatch.cli.targets import FORCE, check_targets
from rmatch.cli.verb import Answer, Command, Told
from rmatch.cli.verbs.ask import ROUND
from rmatch.errors import Fault
from rmatch.matching import read_matching
from rmatch.utils.documents import json_text

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rmatch.cli.verb import Options
    from rmatch.matching import Matching

WHOSE = ("--mentors", "--mentees", "--mapping")
PAGE: Options = {
    "--out": {
        "type": Path,
        "required": True,
        "metavar": "PAGE",
        "help": "the file to write (.html)",
    },
    **FORCE,
    "people": {
        **INPUTS["people"],
        "help": "the people of the round, in one table or in several, where it was not saved with them whole",
    },
    **{name: INPUTS[name] for name in WHOSE},
    "--previous": {
        "dest": "before",
        "type": source,
        "metavar": "ROUND",
        "help": "an earlier saved round: the page says what has changed since",
    },
    **NAMED,
    **LANGUAGE,
}


def _report(arguments: Namespace) -> Answer:
    matching, before = rounds_of(arguments, "report")
    include = [arguments.include] if arguments.include else []
    matching.to_html(arguments.out, include=include, previous=before, language=arguments.language)
    return Answer(
        Told(
            f"Written: {arguments.out}\nIt is for the organiser alone: participants see other people in it.",
            lambda: json_text({"written": str(arguments.out)}),
        )
    )


def rounds_of(arguments: Namespace, verb: str) -> tuple[Matching, Matching | None]:
    """Return the saved round that a page is about, and the earlier one, once the page can be written."""
    besides = _faults(arguments, verb)
    check_targets(arguments, _read(arguments), {"--out": (".html",)}, besides=besides)
    # What a saved round has of its own.
    arguments.programme, arguments.requests = None, None
    arguments.previous, arguments.exclude = [], []
    matching = read_matching(arguments.round, given(arguments)[0])
    return matching, None if arguments.before is None else read_matching(arguments.before)


def _faults(arguments: Namespace, verb: str) -> Iterator[Fault]:
    rounds = {f"{verb} ROUND": arguments.round, "--previous": arguments.before}
    for name, path in rounds.items():
        if path is not None and not is_round(path):
            remedy = "give what `rmatch match --out round.json` or `rmatch bundle` wrote"
            yield Fault(name, "", f"{path_of(path).name} is no saved round", remedy)


def _read(arguments: Namespace) -> list[Path]:
    tables = [*arguments.people, *arguments.mentors, *arguments.mentees]
    others = [arguments.round, arguments.before, arguments.mapping]
    return [path_of(each) for each in (*others, *tables) if each]


REPORT = Command(
    (ROUND, PAGE),
    """\
  rmatch report round.json --out round.html
  rmatch report round.json people.csv --with name --out round.html
  rmatch report spring.json people.csv --previous autumn.json --out spring.html
""",
    _report,
)
