"""The verb that plans several rounds: who meets whom in each, verified, shown and written."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.cli.codes import INTERRUPTED, NO_ANSWER
from rmatch.cli.failure import Failure
from rmatch.cli.held import is_round, path_of, source
from rmatch.cli.inputs import inputs, sources
from rmatch.cli.interrupts import asking
from rmatch.cli.options import INPUTS, MAX_SECONDS, POINTS, SEED, many
from rmatch.cli.progress import bar
from rmatch.cli.targets import DIALECT, FORCE, check_targets, deliver, dialect_of
from rmatch.cli.verb import Answer, Command
from rmatch.errors import Fault, Status
from rmatch.io import read_requests
from rmatch.lifecycle import plan
from rmatch.matching import read_matching
from rmatch.utils.validation import refuse
from rmatch.verification import verify

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator, Sequence

    from rmatch.cli.verb import Options
    from rmatch.lifecycle import Plan
    from rmatch.people import People, Requests
    from rmatch.programme import Programme


def _gap(text: str) -> int | str:
    """Return a number of rounds, or the word that stands for never."""
    return int(text) if text.isdecimal() else text


def _limit(text: str) -> tuple[str | None, int]:
    """Return whose limit ``"3"`` or ``"E7=3"`` is, and the limit."""
    who, _, most = text.rpartition("=")
    if not most.isdecimal():
        message = f"{text!r} is neither a number of meetings, such as 3, nor that of a person, such as E7=3"
        raise ArgumentTypeError(message)
    return who or None, int(most)


def _absence(text: str) -> tuple[str, list[int]]:
    """Return who is away in which rounds by ``"E7=2,3"``."""
    who, _, numbers = text.rpartition("=")
    rounds = numbers.split(",")
    if not who or not all(number.strip().isdecimal() for number in rounds):
        message = f"{text!r} is no person with rounds, such as E7=2,3"
        raise ArgumentTypeError(message)
    return who, [int(number) for number in rounds]


AWAY: Options = {
    "--away": many("ID=ROUNDS", "who takes no part in which rounds: E7=2,3") | {"type": _absence},
}
TERMS: Options = {
    "--rounds": {"type": int, "required": True, "metavar": "R", "help": "how many rounds"},
    "--gap": {
        "type": _gap,
        "default": "never",
        "metavar": "K",
        "help": "how many rounds lie between two meetings of a pair (default: never, no pair meets twice)",
    },
    **AWAY,
    "--load": many(
        "N",
        "the most meetings over all rounds, of everybody (3) or of one (E7=2), who may have another limit than everybody",
    )
    | {"type": _limit},
    "--history": many("ROUND", "earlier rounds, the earliest first (.json, .zip, .csv)")
    | {"type": source},
}
RESULT: Options = {
    "--out": {
        "type": Path,
        "metavar": "PLAN",
        "help": "for the whole plan (.json) or its meetings (.csv, .xlsx); without it the plan is only shown",
    },
    "--calendar": {
        "type": Path,
        "metavar": "FILE",
        "help": "for a row a person with the partners of each round (.csv, .xlsx)",
    },
    **DIALECT,
    **FORCE,
}


def _plan(arguments: Namespace) -> Answer:
    read = [*sources(arguments), *map(path_of, arguments.history)]
    check_targets(arguments, read)
    given = inputs(arguments)
    history = [_earlier(each) for each in arguments.history]
    made = partial(
        plan,
        *given,
        rounds=arguments.rounds,
        gap=arguments.gap,
        away=absences(arguments.away),
        history=history,
        load=_load(arguments.load, given[0].id),
        seed=arguments.seed,
        max_seconds=arguments.max_seconds,
    )
    return finished(made, given, arguments)


def finished(
    made: Callable[..., Plan],
    given: tuple[People | None, Programme | None, Requests | None],
    arguments: Namespace,
) -> Answer:
    """Make a plan, verify it, and write it where it is to be written.

    Parameters
    ----------
    made : callable
        Makes it, and is told of the progress, and when to stop.
    given : tuple of People, Programme and Requests
        What it is verified by; of what is None, that in the result.
    arguments : Namespace
        The command's.
    """
    with bar() as progress, asking() as asked:
        found = made(progress=progress, cancel=asked, handle_signals=False)
    verified = verify(found, *given)
    files = dict(_files(found, arguments))
    delivery = deliver(files, force=arguments.force)
    beside = [f"{verified}.", *delivery.told]
    if not files and arguments.format == "text":
        beside.append("Nothing is written: --out says where to.")
    failure = delivery.failure or _failure(found, interrupted=asked.is_set())
    return Answer(found, beside, failure=failure)


def _load(limits: list[tuple[str | None, int]], ids: Sequence[str]) -> Any:
    """Return the one limit of everybody, or those of some people, which come before it."""
    twice = [who for who, count in Counter(who for who, _ in limits).items() if count > 1]
    refuse(
        Fault("plan", "load", f"is given twice for {who or 'everybody'}", "give it once")
        for who in twice
    )
    own = dict(limits)
    everybody = own.pop(None, None)
    if everybody is None or not own:
        return everybody if own == {} else own
    return dict.fromkeys(ids, everybody) | own


def absences(given: list[tuple[str, list[int]]]) -> dict[str, list[int]]:
    """Return the rounds in which people are away, by id."""
    found: dict[str, list[int]] = {}
    for who, rounds in given:
        found.setdefault(who, []).extend(rounds)
    return found


def _earlier(given: Any) -> Any:
    """Return an earlier round: a saved one tells who waited, and of a table the pairs."""
    if is_round(given):
        return read_matching(given)
    pairs = read_requests(previous=given).of_kind("previous")
    return [(pair.mentor, pair.mentee) for pair in pairs]


def _files(found: Plan, arguments: Namespace) -> Iterator[tuple[Path, Callable[[Path], object]]]:
    """Go through the files of a plan, and what writes each."""
    out, table = arguments.out, partial(found.to_table, dialect=dialect_of(arguments))
    if out:
        yield out, found.to_json if out.suffix.lower() == ".json" else table
    if arguments.calendar:
        yield arguments.calendar, partial(table, table="calendar")


def _failure(found: Plan, *, interrupted: bool) -> Failure | None:
    """Return what is wrong although there is a plan."""
    if interrupted and found.status is Status.FEASIBLE:
        return Failure("interrupted", "interrupted, with the best so far", INTERRUPTED)
    if not found.meetings:
        return Failure("no_pairs", "no pair can be made", NO_ANSWER)
    return None


PLAN = Command(
    (INPUTS, SEED, TERMS, MAX_SECONDS, RESULT, POINTS),
    """\
  rmatch plan people.csv --rounds 4
  rmatch plan people.csv --rounds 4 --out plan.json --calendar calendar.csv
  rmatch plan people.csv --rounds 4 --history autumn.json spring.json --away E7=2,3 --load 3
  rmatch plan people.csv --rounds 6 --gap 2
""",
    _plan,
)
