"""The verb that plans the rest of a plan again after a round, with as little changed as can be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rmatch.cli.held import is_plan, path_of, source
from rmatch.cli.inputs import sources
from rmatch.cli.options import MAX_SECONDS, POINTS
from rmatch.cli.targets import check_targets
from rmatch.cli.verb import Answer, Command
from rmatch.cli.verbs.life import NOW, RESPONSES, since
from rmatch.cli.verbs.plan import AWAY, RESULT, absences, finished
from rmatch.errors import Fault
from rmatch.lifecycle import read_plan, replan
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rmatch.cli.verb import Options
    from rmatch.lifecycle import Plan
    from rmatch.programme import Programme

REST: Options = {
    "plan": {"type": source, "metavar": "PLAN", "help": "what `rmatch plan --out PLAN` wrote"},
    "--after": {
        "type": int,
        "required": True,
        "metavar": "ROUND",
        "help": "the number of the last round that has been",
    },
}


def _replan(arguments: Namespace) -> Answer:
    refuse(_faults(arguments))
    check_targets(arguments, sources(arguments))
    now, earlier, responses = since(arguments, partial(_read, arguments.plan))
    people, _, requests = now
    made = partial(
        replan,
        earlier,
        after=arguments.after,
        people=people,
        requests=requests,
        responses=responses,
        away=absences(arguments.away) if arguments.away else None,
        max_seconds=arguments.max_seconds,
    )
    return finished(made, (people, None, None), arguments)


def _read(path: Any, programme: Programme | None) -> Plan:
    return read_plan(path, programme=programme)


def _faults(arguments: Namespace) -> Iterator[Fault]:
    if not is_plan(arguments.plan):
        problem = f"{path_of(arguments.plan).name} is no saved plan"
        yield Fault("replan PLAN", "", problem, "give what `rmatch plan --out plan.json` wrote")
    if not (arguments.people or arguments.mentors or arguments.mentees):
        remedy = "give --people: everybody as they are now"
        yield Fault("replan", "--people", "the plan does not hold them", remedy)


REPLAN = Command(
    (REST, NOW, RESPONSES, AWAY, MAX_SECONDS, RESULT, POINTS),
    """\
  rmatch replan plan.json --after 1 --people people.csv
  rmatch replan plan.json --after 1 --people people.csv --responses answers.csv --out rest.json
  rmatch replan plan.json --after 2 --people people.csv --away E7=1 --calendar calendar.csv
""",
    _replan,
)
