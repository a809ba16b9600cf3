"""The pairs that the requests lock, and whether they can be kept."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InfeasibleError
from rmatch.formulas import broken_rules
from rmatch.people import natural
from rmatch.rounds.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import Request
    from rmatch.rounds.step import Places
    from rmatch.scoring import Scores

    Locks = dict[tuple[int, int], Request]


def locked(scores: Scores, capacities: Places, absent: tuple[str, int] | None = None) -> Locks:
    """Return the locked pairs, checked.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    capacities : tuple of two numpy.ndarray of int64
        Most partners of each mentor and of each mentee.
    absent : tuple of str and int, optional
        Side and row or column of somebody who takes no part, whose locks are left out.

    Returns
    -------
    dict of (int, int) to Request
        The request that locks each row and column.

    Raises
    ------
    InfeasibleError
        If locks break rules without a reason, or there are more of them than places, with the people concerned.
    """
    cohort = scores.cohort
    locks = {
        (cohort.row[lock.mentor], cohort.column[lock.mentee]): lock
        for lock in cohort.requests.of_kind("lock")
    }
    if absent is not None:
        side, person = absent
        locks = {pair: lock for pair, lock in locks.items() if pair[side == "mentee"] != person}
    problems = [*_broken(scores, locks), *_crowded(scores, capacities, locks)]
    if problems:
        mentors = sorted(
            {lock.mentor for _, concerned in problems for lock in concerned}, key=natural
        )
        mentees = sorted(
            {lock.mentee for _, concerned in problems for lock in concerned}, key=natural
        )
        message = "\n  ".join(["the locks cannot be kept:", *(problem for problem, _ in problems)])
        raise InfeasibleError(message, mentors, mentees)
    return locks


def _broken(scores: Scores, locks: Locks) -> Iterator[tuple[str, list[Request]]]:
    for (row, column), lock in locks.items():
        if scores.allowed_block(np.array([row]), np.array([column])).all():
            continue
        pair = f"{lock.mentor!r} → {lock.mentee!r}"
        for broken in broken_rules(facts_of(scores), lock.mentor, lock.mentee):
            if broken.rule == "exclude":
                yield f"{pair}: both locked and excluded; take one back", [lock]
            elif not lock.override_reason:
                remedy = "take the lock back, or give its override_reason"
                yield f"{pair} breaks {broken.rule}: {broken.sentence}; {remedy}", [lock]


def _crowded(
    scores: Scores, capacities: Places, locks: Locks
) -> Iterator[tuple[str, list[Request]]]:
    for side, capacity in zip(("mentor", "mentee"), capacities, strict=True):
        places = dict(zip(getattr(scores, f"{side}s"), capacity.tolist(), strict=True))
        own: dict[str, list[Request]] = defaultdict(list)
        for lock in locks.values():
            own[getattr(lock, side)].append(lock)
        for person, theirs in own.items():
            room = places[person]
            if len(theirs) > room:
                counts = f"{len(theirs)} lock{'s' * (len(theirs) != 1)} and {room} place{'s' * (room != 1)}"
                yield f"{side} {person!r} has {counts}", theirs
