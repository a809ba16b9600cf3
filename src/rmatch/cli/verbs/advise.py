"""The verbs that ask what to do: whom to recruit, what would be if something were different, the least that has to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.held import source
from rmatch.cli.inputs import inputs
from rmatch.cli.options import GIVE_UP, INPUTS, MAX_SECONDS
from rmatch.cli.progress import bar
from rmatch.cli.verb import Answer, Command
from rmatch.cli.verbs.ask import ABOUT, asked_about
from rmatch.io import read_document

if TYPE_CHECKING:
    from argparse import Namespace

    from rmatch.cli.verb import Options

CHANGES: Options = {
    "--changes": {
        "type": source,
        "metavar": "FILE",
        "required": True,
        "help": "what is different: join, drop, change, requests, withdraw, programme (.toml, .json)",
    },
    **MAX_SECONDS,
}
RECRUITS: Options = {
    "-k": {"type": int, "default": 3, "help": "how many to recruit together (default: 3)"},
    "--profiles": {
        "type": source,
        "metavar": "FILE",
        "help": "whom you might recruit, a row each in the columns of people (.csv, .xlsx, .json); else one a topic that is wanted",
    },
}


def _recruit(arguments: Namespace) -> Answer:
    from rmatch.advice import recruit

    people, programme, requests = inputs(arguments)
    with bar() as progress:
        found = recruit(
            people,
            programme,
            arguments.k,
            requests=requests,
            profiles=arguments.profiles,
            max_seconds=arguments.max_seconds,
            progress=progress,
        )
    return Answer(found)


GIVES: Options = {
    "--person": {"metavar": "ID", "help": "who is to get a partner (default: whoever is easiest)"},
    "-k": {"type": int, "default": 1, "help": "how many people are to get one (default: 1)"},
    "--catalogue": {
        "type": source,
        "metavar": "FILE",
        "help": "what may give, each with a cost: capacities, hours, topics, languages, locks, minimums, min_points, rules (.toml, .json)",
    },
    **GIVE_UP,
}


def _what_if(arguments: Namespace) -> Answer:
    from rmatch.advice import Scenario, what_if

    scenario = Scenario.of(arguments.changes)
    matching = asked_about(arguments, "what-if")
    with bar() as progress:
        return Answer(
            what_if(matching, scenario, max_seconds=arguments.max_seconds, progress=progress)
        )


def _fix(arguments: Namespace) -> Answer:
    from rmatch.advice import smallest_fix

    person, given = arguments.person, arguments.catalogue
    catalogue = None if given is None else read_document(given, "catalogue")
    matching = asked_about(arguments, "fix", [] if person is None else [person])
    with bar() as progress:
        limits = {"max_seconds": arguments.max_seconds, "progress": progress}
        return Answer(smallest_fix(matching, person, k=arguments.k, catalogue=catalogue, **limits))


WHAT_IF = Command(
    (ABOUT, CHANGES),
    """\
  rmatch what-if people.csv --changes changes.toml
  rmatch what-if round.json people.csv --changes changes.toml --format json
""",
    _what_if,
)
RECRUIT = Command(
    (INPUTS, RECRUITS, GIVE_UP),
    """\
  rmatch recruit people.csv
  rmatch recruit people.csv --programme programme.toml -k 5
  rmatch recruit people.csv --profiles profiles.csv
""",
    _recruit,
)
FIX = Command(
    (ABOUT, GIVES),
    """\
  rmatch fix people.csv --person E11
  rmatch fix round.json people.csv --person E11 --catalogue catalogue.toml --format json
""",
    _fix,
)
