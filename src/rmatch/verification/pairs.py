"""Checking the pairs of a matching, one by one: rules, capacities, minimums, locks, points."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas import broken_rules
from rmatch.programme import counts_once
from rmatch.rounds import mentors_of
from rmatch.utils.loops import EVERY, heard
from rmatch.utils.sides import SIDES
from rmatch.utils.text import numeral
from rmatch.verification.own import differing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.formulas import Facts
    from rmatch.rounds import Outcome, Pair
    from rmatch.verification.inputs import Inputs


def strangers(facts: Facts, matching: Outcome) -> Iterator[str]:
    """Go through those of the pairs who are nobody, or play no such role."""
    players = set(facts.mentors), set(facts.mentees)
    for pair in matching.pairs:
        for side, known in zip(SIDES, players, strict=True):
            if getattr(pair, side) not in known:
                yield f"{_named(pair)}: {getattr(pair, side)!r} takes no part as a {side}"


def rules(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Go through the rules that pairs break without being a lock with its written reason."""
    for pair in inputs.suspects(matching.pairs):
        for broken in broken_rules(inputs.facts, pair.mentor, pair.mentee):
            if broken.rule in {"self", "exclude"} or not (pair.locked and pair.override_reason):
                yield f"{_named(pair)} breaks {broken.rule}: {broken.sentence}"


def capacities(facts: Facts, matching: Outcome) -> Iterator[str]:
    """Go through pairs that are there twice, and people with more partners than places."""
    made = Counter((pair.mentor, pair.mentee) for pair in matching.pairs)
    for (mentor, mentee), times in made.items():
        if times > 1:
            yield f"{mentor!r} with {mentee!r} is there {times} times"
    for side in SIDES:
        for person, partners in _partners(matching, side).items():
            places = facts.capacity(person, side)
            if partners > places:
                yield f"{side} {person!r} has {partners} partners and {places} places"


def minimums(facts: Facts, matching: Outcome) -> Iterator[str]:
    """Go through people with fewer partners than they must have."""
    for side, everybody, fewest in zip(SIDES, facts.sides, facts.amounts("minimum"), strict=True):
        counts = _partners(matching, side)
        for position in np.flatnonzero(fewest).tolist():
            person, least = everybody[position], int(fewest[position])
            partners = counts[person]
            if partners < least:
                yield f"{side} {person!r} has {partners} partners, and the minimum is {least}"


def locks(facts: Facts, matching: Outcome) -> Iterator[str]:
    """Go through locks that were asked for and not kept, kept and not asked for, or kept for another reason."""
    asked = {
        (lock.mentor, lock.mentee): lock.override_reason for lock in facts.requests.of_kind("lock")
    }
    kept = {
        (pair.mentor, pair.mentee): pair.override_reason for pair in matching.pairs if pair.locked
    }
    for mentor, mentee in asked.keys() | kept.keys():
        if asked.get((mentor, mentee)) != kept.get((mentor, mentee)):
            yield f"{mentor!r} with {mentee!r}: the locks of the requests and of the matching differ"
    for pair in matching.pairs:
        if pair.override_reason and not pair.locked:
            yield f"{_named(pair)} has a reason to break rules and is not locked"


def points(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Go through the pairs that have other points than the formulas give, each beside its mentee's others, or too few."""
    programme = inputs.programme
    groups = mentors_of((pair.mentor, pair.mentee) for pair in matching.pairs)
    met, once = set[tuple[str, str]](), counts_once(programme)
    cells = inputs.cells(matching.pairs)
    all_points = inputs.points_at(cells, protected=True).tolist()
    deciding = all_points
    if programme.min_points is not None and programme.places != "with_protected":
        deciding = inputs.points_at(cells, protected=False).tolist()
    every = zip(matching.pairs, all_points, deciding, strict=True)
    for pair, own, basis in heard(every, "points", 1 if once else EVERY):
        others = [other for other in groups[pair.mentee] if other != pair.mentor]
        if (pair.mentor, pair.mentee) in met:
            others.append(pair.mentor)  # beside itself a mentor teaches nothing new
        met.add((pair.mentor, pair.mentee))
        beside = bool(others) and once
        found = inputs.points_beside(pair.mentor, pair.mentee, others) if beside else own
        if found != pair.points:
            why = differing(inputs.facts, pair.mentor, pair.mentee)
            yield f"{_named(pair)} is said to have {numeral(pair.points)} points and has {numeral(found)}{why}"
        if programme.min_points is not None and not pair.locked and basis < programme.min_points:
            yield f"{_named(pair)} is below min_points"


def total(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Check the sum of the points, and the order of the pairs."""
    found = sum(pair.points for pair in matching.pairs)
    if found != matching.total:
        yield f"the total is said to be {numeral(matching.total)} and is {numeral(found)}"
    cells = inputs.cells(matching.pairs)
    if cells != sorted(cells):
        yield "the pairs do not stand in the order of the ids"


def _partners(matching: Outcome, side: str) -> Counter[str]:
    """Return how many partners everybody on a side has."""
    return Counter(getattr(pair, side) for pair in matching.pairs)


def _named(pair: Pair) -> str:
    return f"{pair.mentor!r} with {pair.mentee!r}"
