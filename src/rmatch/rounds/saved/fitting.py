"""Whether the parts of a saved round fit each other: the people whom they name, and how many numbers there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.utils.lazy import Later
from rmatch.utils.text import numeral
from rmatch.utils.validation import seed_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.rounds.saved import proofs
    from rmatch.rounds.saved.shape import SavedRound, SavedStep
else:
    proofs = Later("rmatch.rounds.saved.proofs")  # pydantic, which most rounds never need

WHAT = "saved round"
AGAIN = "give the document as rmatch wrote it"
NARROW = 2**31


def misfits(saved: SavedRound) -> Iterator[Fault]:
    """Go through what does not fit the rest of a saved round.

    Parameters
    ----------
    saved : SavedRound
        Of the right shape.

    Yields
    ------
    Fault
        With the place in the document.
    """
    yield from seed_faults(WHAT, saved.seed)
    for place, problem in (*_people(saved), *_steps(saved)):
        yield Fault(WHAT, place, problem, AGAIN)


def _people(saved: SavedRound) -> Iterator[tuple[str, str]]:
    known = [person.id for person in saved.people]
    everybody, mentors, mentees = set(known), set(saved.mentors), set(saved.mentees)
    for name, ids in (("people", known), ("mentors", saved.mentors), ("mentees", saved.mentees)):
        if len(set(ids)) < len(ids):
            yield name, "somebody is there twice"
    for name, players in (("mentors", mentors), ("mentees", mentees)):
        if not players <= everybody:
            yield name, "somebody is none of the people"
    for position, pair in enumerate(saved.pairs):
        if pair.mentor not in mentors:
            yield f"pairs[{position}].mentor", f"{pair.mentor!r} is no mentor of this round"
        if pair.mentee not in mentees:
            yield f"pairs[{position}].mentee", f"{pair.mentee!r} is no mentee of this round"
    if len({(pair.mentor, pair.mentee) for pair in saved.pairs}) < len(saved.pairs):
        yield "pairs", "a pair is there twice"
    for position, reason in enumerate(saved.unmatched):
        if reason.id not in everybody:
            yield f"unmatched[{position}].id", f"{reason.id!r} is none of the people"
    if not saved.waited.keys() <= everybody or not all(saved.waited.values()):
        yield "waited", "somebody is none of the people, or has not waited"
    whole = [person.whole is not None for person in saved.people]
    if any(whole) and not all(whole):
        yield "people", "some are there whole, and others are not"


def _steps(saved: SavedRound) -> Iterator[tuple[str, str]]:
    if not saved.steps:
        yield "steps", "there is none"
    shape = len(saved.mentors), len(saved.mentees)
    for position, step in enumerate(saved.steps):
        for place, problem in _step(step, shape):
            yield f"steps[{position}].{place}", problem


def _step(step: SavedStep, size: tuple[int, int]) -> Iterator[tuple[str, str]]:
    places = step.places
    for role, count in zip(("mentor", "mentee"), size, strict=True):
        for name in (f"{role}_capacity", f"{role}_minimum"):
            yield from _as_many(f"places.{name}", getattr(places, name), count)
    if any(row >= size[0] or column >= size[1] for row, column in step.pairs):
        yield "pairs", "a position is beyond the mentors or the mentees"
        return
    if (first := step.precedence) is not None:
        yield from _as_many("precedence.mentor_first", first.mentor_first, size[0])
        yield from _as_many("precedence.mentee_first", first.mentee_first, size[1])
        if any(row >= size[0] or column >= size[1] for row, column in first.kept):
            yield "precedence.kept", "a position is beyond the mentors or the mentees"
    yield from _proof("proof", step.proof, len(step.pairs), size)


def _proof(
    place: str, proof: proofs.Proof | None, pairs: int, size: tuple[int, int]
) -> Iterator[tuple[str, str]]:
    rows, columns = size
    if isinstance(proof, proofs.Prices):
        yield from _as_many(f"{place}.points", proof.points, pairs)
        yield from _as_many(f"{place}.mentors", proof.mentors, rows)
        yield from _as_many(f"{place}.mentees", proof.mentees, columns)
    elif isinstance(proof, proofs.Cut):
        if any(position > rows for position in proof.mentors):
            yield f"{place}.mentors", "a position is beyond the mentors"
        if any(position > columns for position in proof.mentees):
            yield f"{place}.mentees", "a position is beyond the mentees"
    elif isinstance(proof, proofs.Transformed):
        yield from _as_many(f"{place}.values", proof.values, len(proof.points))
    elif isinstance(proof, proofs.Groups):
        for side in ("by_points", "by_pairs"):
            yield from _bound(f"{place}.{side}", getattr(proof, side), size)
        if proof.aims is not None:
            yield from _proof(f"{place}.aims.prices", proof.aims.prices, pairs, size)
    elif isinstance(proof, proofs.Tiers):
        yield from _tiers(place, proof.tiers, size)
    elif isinstance(proof, proofs.Stopped):
        if any(row >= rows or column >= columns for row, column in proof.pairs):
            yield f"{place}.pairs", "a position is beyond the mentors or the mentees"
        yield from _proof(f"{place}.prices", proof.prices, len(proof.pairs), size)
        yield from _proof(f"{place}.cut", proof.cut, pairs, size)
        yield from _tiers(place, proof.tiers, size)


def _bound(
    place: str, bound: proofs.GroupBound | None, size: tuple[int, int]
) -> Iterator[tuple[str, str]]:
    if bound is None:
        return
    yield from _as_many(f"{place}.prices.mentors", bound.prices.mentors, size[0])
    for position, case in enumerate(bound.cases):
        here = f"{place}.cases[{position}]"
        yield from _as_many(f"{here}.mentors", case.mentors, size[0])
        if case.pair is not None and any(
            own >= most for own, most in zip(case.pair, size, strict=True)
        ):
            yield f"{here}.pair", "a position is beyond the mentors or the mentees"


def _tiers(
    place: str, tiers: Sequence[proofs.TierPotentials], size: tuple[int, int]
) -> Iterator[tuple[str, str]]:
    for position, tier in enumerate(tiers):
        here = f"{place}.tiers[{position}]"
        yield from _as_many(f"{here}.mentors", tier.mentors, size[0] + 1)
        yield from _as_many(f"{here}.mentees", tier.mentees, size[1] + 1)
        if any(abs(each) >= NARROW for each in (*tier.mentors, *tier.mentees)):
            yield here, "a number is beyond 32 bits"


def _as_many(place: str, numbers: Sequence[int], count: int) -> Iterator[tuple[str, str]]:
    if len(numbers) != count:
        yield place, f"there are {numeral(len(numbers))} numbers and not {numeral(count)}"
