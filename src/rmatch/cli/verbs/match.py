"""The verb that makes pairs, verifies them, and writes them where it is told to."""

from __future__ import annotations

from argparse import ArgumentTypeError
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.checking import without_effect
from rmatch.cli.codes import INTERRUPTED, NO_ANSWER
from rmatch.cli.failure import Failure
from rmatch.cli.held import STANDARD, source
from rmatch.cli.inputs import inputs, sources
from rmatch.cli.interrupts import asking, patience
from rmatch.cli.named import names_told
from rmatch.cli.options import INPUTS, MAX_SECONDS, POINTS, SEED
from rmatch.cli.progress import bar
from rmatch.cli.streams import say
from rmatch.cli.targets import DIALECT, FORCE, check_targets, deliver, dialect_of
from rmatch.cli.verb import Answer, Command, Told
from rmatch.errors import Status, nearest
from rmatch.matching import CONTACTS, match
from rmatch.people import ROLES
from rmatch.utils.validation import refuse
from rmatch.verification import verify

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator

    from rmatch.cli.verb import Options
    from rmatch.fairness import Fairness
    from rmatch.matching import Matching, PlacesPrice
    from rmatch.people import People, Requests
    from rmatch.programme import Programme

    Inputs = tuple[People | None, Programme | None, Requests | None]


def contacts(text: str) -> tuple[str, ...]:
    """Return the columns in ``"name,email"``."""
    columns = tuple(column.strip() for column in text.split(","))
    unknown = [column for column in columns if column not in CONTACTS]
    if unknown:
        message = f"{unknown[0]!r}; {nearest(unknown[0], CONTACTS)}"
        raise ArgumentTypeError(message)
    return columns


LIMITS: Options = {
    **MAX_SECONDS,
    "--gap": {
        "type": float,
        "default": 0.0,
        "metavar": "SHARE",
        "help": "stop a long run when nothing can be better by more than this share: 0.01 is one per cent (default: 0)",
    },
}
EARLIER: Options = {
    "--earlier": {
        "type": source,
        "metavar": "ROUND",
        "help": "the saved round before this one: who waited in it comes first, as the programme says",
    },
}
WRITTEN: Options = {
    "--out": {
        "type": Path,
        "metavar": "PAIRS",
        "help": "for the pairs (.csv, .xlsx; - prints them) or the whole result (.json); without it the result is only shown",
    },
    "--people-out": {
        "type": Path,
        "metavar": "FILE",
        "help": "for everybody, with partners or the reason (.csv, .xlsx)",
    },
    "--fairness": {
        "type": Path,
        "metavar": "FILE",
        "help": "for the fairness report, for you alone (.html, .json)",
    },
    "--with": {
        "dest": "include",
        "type": contacts,
        "default": (),
        "metavar": "COLUMNS",
        "help": "name, email or name,email: into the files, beside the ids; names also in what is shown",
    },
    **DIALECT,
    **FORCE,
}
PRICED: Options = {
    "--price-of-fair-places": {
        "action": "store_true",
        "help": "solve once more, and say what it costs that protected attributes do not decide who gets a place",
    },
}


def run(arguments: Namespace) -> Answer:
    """Match, verify, and write."""
    known = sources(arguments)
    piped = to_stream(arguments, known)
    own = inputs(arguments)
    if arguments.price_of_fair_places:
        from rmatch.rounds import priceless

        refuse(priceless(own[1], "--price-of-fair-places"))
    made = partial(
        match,
        *own,
        earlier=_earlier(arguments),
        seed=arguments.seed,
        max_seconds=arguments.max_seconds,
        gap=arguments.gap,
    )
    return finished(made, own, arguments, piped=piped, asked=arguments.price_of_fair_places)


def _earlier(arguments: Namespace) -> Matching | None:
    """Read the round before this one, where one is named."""
    if not arguments.earlier:
        return None
    from rmatch.matching import read_matching

    return read_matching(arguments.earlier)


def to_stream(arguments: Namespace, known: Iterable[Path]) -> bool:
    """Check the files that are to be written, and tell whether the pairs go to the standard output instead."""
    piped: bool = arguments.out == STANDARD
    arguments.out = None if piped else arguments.out
    check_targets(arguments, known, piped=piped)
    return piped


def finished(
    made: Callable[..., Matching],
    own: Inputs,
    arguments: Namespace,
    *,
    piped: bool,
    asked: bool = False,
    told: Callable[[Matching], object] | None = None,
) -> Answer:
    """Make a matching, verify it, and write it where it is to be written.

    Parameters
    ----------
    made : callable
        Makes it, and is told of the progress, and when to stop.
    own : tuple of People, Programme and Requests
        What it is verified by; of what is None, that in the result.
    arguments : Namespace
        The command's.
    piped : bool
        Whether the pairs go to the standard output.
    asked : bool
        Whether the price of fair places is asked for.
    told : callable, optional
        What else is to be said of it, where the run was not stopped.
    """
    with patience("the result is being verified and written"):
        matching, interrupted = _matched(made, asked=asked)
        verified = verify(matching, *own)
        # Whatever can go wrong goes wrong before anything is written.
        with names_told(matching, arguments):
            text = str(matching)
        report = matching.fairness() if arguments.fairness else None
        priced = asked and matching.status is Status.OPTIMAL
        price: list[object] = [_price(matching)] if priced else []
        if told is not None and matching.status is Status.OPTIMAL:
            price += str(told(matching)).splitlines()
        files = dict(_files(matching, report, arguments, priced=priced))
        delivery = deliver(files, force=arguments.force)
    beside = [_counts(matching), f"{verified}.", *price, *_notes(matching), *delivery.told]
    failure = delivery.failure or _failure(matching, interrupted=interrupted)
    whole = partial(matching.to_json, include=arguments.include, price_of_fair_places=priced)
    if piped:
        table = StringIO()
        matching.to_table(table, include=arguments.include, dialect=dialect_of(arguments))
        return Answer(Told(table.getvalue(), whole), beside, alone=True, failure=failure)
    if not files and arguments.format == "text":
        beside.append("Nothing is written: --out says where to.")
    return Answer(Told(text, whole), beside, failure=failure)


def _matched(made: Callable[..., Matching], *, asked: bool) -> tuple[Matching, bool]:
    """Return the matching, and whether somebody has interrupted it."""
    with bar() as progress, asking() as interrupted:
        matching = made(progress=progress, cancel=interrupted, handle_signals=False)
    stopped = matching.status is Status.FEASIBLE
    if stopped:
        unpriced = ", without the price of fair places" * asked
        say(f"stopped; the best so far is verified and written{unpriced}")
    return matching, stopped and interrupted.is_set()


def _failure(matching: Matching, *, interrupted: bool) -> Failure | None:
    """Return what is wrong although there is an answer."""
    if interrupted:
        return Failure("interrupted", "interrupted, with the best so far", INTERRUPTED)
    if not matching.pairs:
        return Failure("no_pairs", "no pair can be made", NO_ANSWER)
    return None


def _notes(matching: Matching) -> Iterator[str]:
    for finding in without_effect(matching.scores):
        yield f"{finding.severity.capitalize()}: {finding.sentence}"
    for note in matching.scores.cohort.notes:
        yield f"Note: {note}"


def _files(
    matching: Matching, report: Fairness | None, arguments: Namespace, *, priced: bool
) -> Iterator[tuple[Path, Callable[[Path], object]]]:
    """Go through the files of a result, and what writes each."""
    include, table = arguments.include, partial(matching.to_table, dialect=dialect_of(arguments))
    if arguments.out and arguments.out.suffix.lower() == ".json":
        writer = partial(matching.to_json, include=include, price_of_fair_places=priced)
        yield arguments.out, writer
    elif arguments.out:
        yield arguments.out, partial(table, include=include)
    if arguments.people_out:
        yield arguments.people_out, partial(table, table="people", include=include)
    if report is not None:
        as_json = arguments.fairness.suffix.lower() == ".json"
        yield arguments.fairness, report.to_json if as_json else report.to_html


def _price(matching: Matching) -> PlacesPrice:
    """Return the price of fair places, its other matching verified like the one that is written."""
    price = matching.price_of_fair_places()
    verify(price.with_protected)
    return price


def _counts(matching: Matching) -> str:
    parts = []
    for side in ("mentor", "mentee"):
        placed = {getattr(pair, side) for pair in matching.pairs}
        parts.append(f"{len(placed)} of {len(getattr(matching.people, f'{side}s'))} {side}s")
    idle = int((matching.people.role == ROLES["none"]).sum())
    rest = f"; {idle} more {'person takes' if idle == 1 else 'people take'} no part" if idle else ""
    return f"{' and '.join(parts)} have a partner{rest}."


MATCH = Command(
    (INPUTS, EARLIER, SEED, LIMITS, WRITTEN, PRICED, POINTS),
    """\
  rmatch match people.csv
  rmatch match people.csv --out pairs.csv
  rmatch match staff.xlsx --mapping mapping.toml --programme programme.toml --out result.json --seed spring
  rmatch match hris.csv survey.csv --mapping mapping.toml --out pairs.csv
  rmatch match --mentors juniors.csv --mentees leaders.csv --out pairs.csv --people-out all.csv --with name,email
  rmatch match people.csv --previous autumn.csv --exclude E7 --out spring.csv
  rmatch match people.csv --earlier autumn.json --programme waiting-first.toml --out spring.json
  rmatch match people.csv --out pairs.csv --fairness fairness.html
  cat people.csv | rmatch match - --format json
""",
    run,
)
