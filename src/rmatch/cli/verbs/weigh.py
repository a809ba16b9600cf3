"""The verbs for choices that an organiser has to weigh: what fairness costs, and chances instead of one answer."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from rmatch.cli.codes import INTERRUPTED
from rmatch.cli.failure import Failure
from rmatch.cli.inputs import inputs
from rmatch.cli.interrupts import asking
from rmatch.cli.options import GIVE_UP, INPUTS, MAX_SECONDS, POINTS, SEED
from rmatch.cli.progress import bar
from rmatch.cli.verb import Answer, Command, Told
from rmatch.errors import Fault
from rmatch.utils.documents import json_text, plain
from rmatch.utils.text import aligned, counted
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace

    from rmatch.cli.verb import Options
    from rmatch.lotteries import Lottery
    from rmatch.matching import Pair
    from rmatch.programme import Programme
    from rmatch.quotas import AnyQuota


def _numbers(text: str) -> list[float]:
    """Return the numbers in ``"1,4"``, whole ones as such."""
    try:
        return [int(part) if part.strip().isdecimal() else float(part) for part in text.split(",")]
    except ValueError:
        message = f"{text!r} is no list of numbers such as 1,4"
        raise ArgumentTypeError(message) from None


SWEEP: Options = {
    "--alphas": {
        "type": _numbers,
        "metavar": "A,…",
        "help": "the values of α to try, such as 1,4 (default: 0.5,1,2,4,8)",
    },
    "--quota": {
        "type": int,
        "metavar": "N",
        "help": "sweep the Nth quota of the programme instead",
    },
    "--values": {"type": _numbers, "metavar": "B,…", "help": "the bounds of the quota to try"},
    **MAX_SECONDS,
}
CHANCES: Options = {
    "--cap": {
        "required": True,
        "metavar": "SHARE",
        "help": "the most that a pair may be likely: 0.5, 1/3",
    },
    "--spread": {
        "metavar": "SHARE",
        "help": "how fast the points of a pair fall with its chance, above 0 and up to 1",
    },
    "--draw": {"metavar": "SEED", "help": "draw one matching, by a seed that was announced before"},
    **GIVE_UP,
}


def _frontier(arguments: Namespace) -> Answer:
    from rmatch.frontiers import frontier

    people, programme, requests = inputs(arguments)
    given = {name: getattr(arguments, name) for name in ("alphas", "values", "max_seconds")}
    if arguments.quota is not None:
        given["quota"] = _quota(programme, arguments.quota)
    asked = {name: value for name, value in given.items() if value is not None}
    with bar() as progress, asking() as interrupted:
        asked |= {"progress": progress, "cancel": interrupted, "handle_signals": False}
        found = frontier(people, programme, requests, seed=arguments.seed, **asked)
    said = Failure("interrupted", "interrupted, with the choices so far", INTERRUPTED)
    return Answer(found, failure=said if found.stopped and interrupted.is_set() else None)


def _quota(programme: Programme, number: int) -> AnyQuota:
    there = len(programme.quotas)
    if not 1 <= number <= there:
        problem = f"the programme has {counted(there, 'quota')}, and {number} is the number of none"
        refuse([Fault("frontier", "--quota", problem, "count from 1")])
    return programme.quotas[number - 1]


def _lottery(arguments: Namespace) -> Answer:
    from rmatch.lotteries import lottery

    given = inputs(arguments)
    chosen = {name: getattr(arguments, name) for name in ("cap", "spread", "seed", "max_seconds")}
    with bar() as progress:
        chances = lottery(*given, **chosen, progress=progress)
    if arguments.draw is None:
        return Answer(chances)
    return Answer(_drawn(chances, chances.draw(arguments.draw), arguments.draw))


def _drawn(chances: Lottery, pairs: tuple[Pair, ...], seed: str) -> Told:
    """Return the chances with what was drawn."""
    unit = chances.unit
    rows = [[pair.mentor, pair.mentee, unit.figure(pair.points)] for pair in pairs]
    table = aligned([["mentor", "mentee", unit.heading], *rows], "  ", right=(2,))
    return Told(
        "\n".join([str(chances), f"Drawn by the seed {seed!r}:", *table]),
        lambda: json_text(chances.to_dict() | {"draw": {"seed": seed, "pairs": plain(pairs)}}),
    )


FRONTIER = Command(
    (INPUTS, SEED, SWEEP, POINTS),
    """\
  rmatch frontier people.csv
  rmatch frontier people.csv --alphas 1,4 --format json
  rmatch frontier people.csv --programme programme.toml --quota 1 --values 3,4,5
""",
    _frontier,
)
LOTTERY = Command(
    (INPUTS, SEED, CHANCES, POINTS),
    """\
  rmatch lottery people.csv --cap 1/2
  rmatch lottery people.csv --cap 1/2 --draw "the lottery numbers of 1 March"
""",
    _lottery,
)
