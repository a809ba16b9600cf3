"""Independent checking of an answer: by the published formulas, pair by pair, and by its certificates, without the solver.

This module uses neither the solver nor the block code of criteria and rules; only that no other pair exceeds its
prices is looked up in blocks, which `optimality` compares with the formulas on a sample.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.errors import Fault, VerificationError
from rmatch.formulas import Facts, Lines, broken_rules
from rmatch.rounds import Outcome
from rmatch.utils.text import counted
from rmatch.utils.validation import a_kind, refuse
from rmatch.verification.optimality import doubts
from rmatch.verification.own import differing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds import Pair

SIDES = ("mentor", "mentee")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked of a matching that passed.

    Attributes
    ----------
    pairs, total : int
        The number of pairs and their points, recomputed.
    people : int
        How many people were found to have a partner or a reason.
    checks : tuple of str
        What holds.
    """

    pairs: int
    total: int
    people: int
    checks: tuple[str, ...]

    def __str__(self) -> str:
        """Return the verdict in words."""
        pairs, checks = counted(self.pairs, "pair"), ", ".join(self.checks)
        return f"{pairs} with {self.total:,} points verified: {checks}"


def verify(matching: Outcome) -> Verified:
    """Check a matching without the solver.

    Everything is worked out anew, pair by pair in plain Python, from the people, the programme and the requests: that
    every pair keeps every rule (or is a lock with its written reason), that nobody has more partners than places or
    fewer than the minimum, that all locks are kept and no pair is there twice, that the points of every pair and the
    total are what the published formulas say, and that everybody without a partner is listed with a reason. That
    nothing is better, or nothing beyond the bound of a run that was stopped, is checked by the prices of the certificates;
    where places were decided in a step of their own, nothing better for the people who hold them.

    Parameters
    ----------
    matching : Matching or Outcome
        What :func:`rmatch.match` returned, or what somebody made of it.

    Returns
    -------
    Verified
        What was checked.

    Raises
    ------
    VerificationError
        With everything that does not hold.
    InvalidInputError
        For anything that is no matching of people.

    Examples
    --------
    >>> import rmatch
    >>> rmatch.verify(rmatch.match(rmatch.datasets.example())).checks
    ('rules', ..., 'optimal for the place-holders, who were chosen without protected attributes')
    """
    refuse(_kind_faults(matching))
    facts = Facts(matching.people, matching.programme, matching.requests)
    strangers = list(_strangers(facts, matching))
    if strangers:
        raise VerificationError(strangers)
    lines = Lines(facts)
    checks = {
        "rules": _rules(facts, matching),
        "capacities": _capacities(facts, matching),
        "minimums": _minimums(facts, matching),
        "locks": _locks(facts, matching),
        "points": _points(lines, matching),
        "total": _total(matching),
        "everybody accounted for": _everybody(facts, matching),
        _claim(matching): doubts(lines, matching),
    }
    failures = [failure for check in checks.values() for failure in check]
    if failures:
        raise VerificationError(failures)
    return Verified(len(matching.pairs), matching.total, len(facts.person), tuple(checks))


def _kind_faults(given: object) -> Iterator[Fault]:
    if not isinstance(given, Outcome):
        problem = f"{a_kind(given)} is no matching of people"
        yield Fault("verify", "matching", problem, "give what rmatch.match returned")


def _claim(matching: Outcome) -> str:
    """Return what the last check is about: under quotas, optimality is the word of the linear programme alone."""
    if matching.programme.quotas:
        return "quotas"
    claim = "optimal" if matching.proved else f"at most {matching.bound:,} possible"
    # A total is about the people of the last step; that others were not better there was never asked.
    holders = " for the place-holders, who were chosen without protected attributes"
    return f"{claim}{holders * (len(matching.steps) > 1)}"


def _strangers(facts: Facts, matching: Outcome) -> Iterator[str]:
    players = set(facts.mentors), set(facts.mentees)
    for pair in matching.pairs:
        for side, known in zip(SIDES, players, strict=True):
            if getattr(pair, side) not in known:
                yield f"{_named(pair)}: {getattr(pair, side)!r} takes no part as a {side}"


def _rules(facts: Facts, matching: Outcome) -> Iterator[str]:
    for pair in matching.pairs:
        for broken in broken_rules(facts, pair.mentor, pair.mentee):
            if broken.rule in {"self", "exclude"} or not (pair.locked and pair.override_reason):
                yield f"{_named(pair)} breaks {broken.rule}: {broken.sentence}"


def _capacities(facts: Facts, matching: Outcome) -> Iterator[str]:
    made = Counter((pair.mentor, pair.mentee) for pair in matching.pairs)
    for (mentor, mentee), times in made.items():
        if times > 1:
            yield f"{mentor!r} with {mentee!r} is there {times} times"
    for side in SIDES:
        counts = _partners(matching, side)
        for person, partners in counts.items():
            places = facts.capacity(person, side)
            if partners > places:
                yield f"{side} {person!r} has {partners} partners and {places} places"


def _minimums(facts: Facts, matching: Outcome) -> Iterator[str]:
    for side, everybody in zip(SIDES, (facts.mentors, facts.mentees), strict=True):
        counts = _partners(matching, side)
        for person in everybody:
            partners, least = counts[person], facts.minimum(person, side)
            if partners < least:
                yield f"{side} {person!r} has {partners} partners, and the minimum is {least}"


def _partners(matching: Outcome, side: str) -> Counter[str]:
    """Return how many partners everybody on a side has."""
    return Counter(getattr(pair, side) for pair in matching.pairs)


def _locks(facts: Facts, matching: Outcome) -> Iterator[str]:
    asked = {
        (lock.mentor, lock.mentee): lock.override_reason for lock in facts.requests.of_kind("lock")
    }
    kept = {
        (pair.mentor, pair.mentee): pair.override_reason for pair in matching.pairs if pair.locked
    }
    for mentor, mentee in asked.keys() | kept.keys():
        if asked.get((mentor, mentee)) != kept.get((mentor, mentee)):
            yield f"{mentor!r} with {mentee!r}: the locks of the requests and of the matching differ"


def _points(lines: Lines, matching: Outcome) -> Iterator[str]:
    programme = lines.facts.programme
    basis = lines.points if programme.places == "with_protected" else lines.blind_points
    for pair in matching.pairs:
        points = lines.points(pair.mentor, pair.mentee)
        if points != pair.points:
            why = differing(lines.facts, matching, pair.mentor, pair.mentee)
            yield f"{_named(pair)} is said to have {pair.points:,} points and has {points:,}{why}"
        if (
            programme.min_points is not None
            and not pair.locked
            and basis(pair.mentor, pair.mentee) < programme.min_points
        ):
            yield f"{_named(pair)} is below min_points"


def _total(matching: Outcome) -> Iterator[str]:
    total = sum(pair.points for pair in matching.pairs)
    if total != matching.total:
        yield f"the total is said to be {matching.total:,} and is {total:,}"


def _everybody(facts: Facts, matching: Outcome) -> Iterator[str]:
    reasons = {(reason.id, reason.role) for reason in matching.unmatched}
    for side, everybody in zip(SIDES, (facts.mentors, facts.mentees), strict=True):
        placed = _partners(matching, side)
        for person in everybody:
            has_reason = (person, side) in reasons
            if person in placed and has_reason:
                yield f"{side} {person!r} has a partner and a reason"
            if person not in placed and not has_reason:
                yield f"{side} {person!r} has neither a partner nor a reason"
    idle = {person for person, record in facts.person.items() if record.role == "none"}
    for person in sorted(idle):
        if (person, "none") not in reasons:
            yield f"{person!r} has neither a role nor a reason"
    roles = {"mentor": set(facts.mentors), "mentee": set(facts.mentees), "none": idle}
    for person, role in sorted(reasons):
        if person not in roles.get(role, ()):
            yield f"{person!r} has a reason as a {role}, and plays no such role"


def _named(pair: Pair) -> str:
    return f"{pair.mentor!r} with {pair.mentee!r}"
