"""The verbs that ask what to do: what would be if something were different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.held import source
from rmatch.cli.options import MAX_SECONDS
from rmatch.cli.progress import bar
from rmatch.cli.verb import Answer, Verb
from rmatch.cli.verbs.ask import ABOUT, asked_about

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


def _what_if(arguments: Namespace) -> Answer:
    from rmatch.advice import Scenario, what_if

    scenario = Scenario.of(arguments.changes)
    matching = asked_about(arguments, "what-if")
    with bar() as progress:
        return Answer(
            what_if(matching, scenario, max_seconds=arguments.max_seconds, progress=progress)
        )


WHAT_IF = Verb(
    "say what a matching would be if people, requests or the programme were different",
    (ABOUT, CHANGES),
    """\
  rmatch what-if people.csv --changes changes.toml
  rmatch what-if round.json people.csv --changes changes.toml --format json
""",
    _what_if,
)
