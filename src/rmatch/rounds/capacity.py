"""Everybody's places, the locked pairs, checked, and what these leave of the places.

The solver keeps to the places: `Problem.network` in `solve/problem.py` makes them supply and demand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import InfeasibleError
from rmatch.formulas import broken_rules
from rmatch.people import Request, natural
from rmatch.rounds.facts import facts_of
from rmatch.rounds.passing import passing
from rmatch.rounds.player import Cell, Player
from rmatch.scoring import Scores
from rmatch.utils.shown import Shown
from rmatch.utils.text import counted
from rmatch.utils.values import Value

Whole = NDArray[np.int64]
Locks = dict[Cell, Request]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Places(Value, Shown):
    """How many partners everybody can take, and how many they must have.

    Attributes
    ----------
    mentor_capacity, mentee_capacity : numpy.ndarray of int64
        Most partners of each mentor and of each mentee.
    mentor_minimum, mentee_minimum : numpy.ndarray of int64
        Fewest partners of each.
    """

    mentor_capacity: Whole
    mentee_capacity: Whole
    mentor_minimum: Whole
    mentee_minimum: Whole

    @classmethod
    def of(cls, scores: Scores) -> Places:
        """Return everybody's places, as they and the programme have it."""
        cohort = scores.cohort
        return cls(
            cohort.capacity("mentor"),
            cohort.capacity("mentee"),
            cohort.minimum("mentor"),
            cohort.minimum("mentee"),
        )

    @classmethod
    def taken(cls, rows: Whole, columns: Whole, shape: tuple[int, int]) -> Places:
        """Return places for those alone who are in some pairs, as many as they have there."""
        mentors = np.bincount(rows, minlength=shape[0])
        mentees = np.bincount(columns, minlength=shape[1])
        # That all of them are filled again is asked for by the number of pairs, so nobody needs a minimum.
        return cls(mentors, mentees, 0 * mentors, 0 * mentees)

    @property
    def capacities(self) -> tuple[Whole, Whole]:
        """Most partners, of the mentors and of the mentees."""
        return self.mentor_capacity, self.mentee_capacity

    @property
    def minimums(self) -> tuple[Whole, Whole]:
        """Fewest partners, of the mentors and of the mentees."""
        return self.mentor_minimum, self.mentee_minimum

    def without(self, absent: Player) -> Places:
        """Return the places if somebody takes no part: they meet nobody, and need nobody."""
        changed = {}
        for name in (f"{absent.side}_capacity", f"{absent.side}_minimum"):
            changed[name] = getattr(self, name).copy()
            changed[name][absent.position] = 0
        return replace(self, **changed)

    def beside(self, locks: Iterable[Cell]) -> Places:
        """Return what locked pairs leave of everybody's places and minimums."""
        rows, columns = np.array(list(locks), np.intp).reshape(-1, 2).T
        shape = len(self.mentor_capacity), len(self.mentee_capacity)
        held = Places.taken(rows, columns, shape)
        # More locks than places would leave less than none; that is a contradiction, told by `check_locks`.
        return Places(
            self.mentor_capacity - held.mentor_capacity,
            self.mentee_capacity - held.mentee_capacity,
            np.maximum(self.mentor_minimum - held.mentor_capacity, 0),
            np.maximum(self.mentee_minimum - held.mentee_capacity, 0),
        )


def locks_of(scores: Scores) -> Locks:
    """Return the request that locks each row and column, not checked."""
    cohort = scores.cohort
    return {
        (cohort.row[lock.mentor], cohort.column[lock.mentee]): lock
        for lock in cohort.requests.of_kind("lock")
    }


def check_locks(scores: Scores, places: Places, locks: Locks) -> None:
    """Check that locked pairs can be kept.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    places : Places
        Everybody's places.
    locks : dict of (int, int) to Request
        The request that locks each row and column.

    Raises
    ------
    InfeasibleError
        If locks break rules without a reason, or there are more of them than places, with the people concerned.
    """
    problems = [*_broken(scores, locks), *_crowded(scores, places, locks)]
    if not problems:
        return
    concerned = [lock for _, those in problems for lock in those]
    mentors = sorted({lock.mentor for lock in concerned}, key=natural)
    mentees = sorted({lock.mentee for lock in concerned}, key=natural)
    lines = "\n  ".join(["the locks cannot be kept:", *(problem for problem, _ in problems)])
    raise InfeasibleError(lines, mentors, mentees)


def check_minimums(scores: Scores, places: Places) -> None:
    """Raise :class:`rmatch.InfeasibleError` if a minimum is above a capacity, with the people concerned."""
    short_mentors = np.flatnonzero(places.mentor_minimum > places.mentor_capacity)
    short_mentees = np.flatnonzero(places.mentee_minimum > places.mentee_capacity)
    mentors = [scores.mentors[row] for row in short_mentors.tolist()]
    mentees = [scores.mentees[column] for column in short_mentees.tolist()]
    if mentors or mentees:
        people = ", ".join(map(repr, [*mentors, *mentees]))
        message = f"the minimum is above the capacity of {people}"
        raise InfeasibleError(message, mentors, mentees)


def _broken(scores: Scores, locks: Locks) -> Iterator[tuple[str, list[Request]]]:
    # Blocks say quickly that all is well, and only where it is not the formulas say why.
    allowed = set(passing(scores.allowed_block, locks))
    for lock in (lock for cell, lock in locks.items() if cell not in allowed):
        pair = f"{lock.mentor!r} → {lock.mentee!r}"
        for broken in broken_rules(facts_of(scores), lock.mentor, lock.mentee):
            if broken.rule == "exclude":
                yield f"{pair}: both locked and excluded; take one back", [lock]
            elif not lock.override_reason:
                remedy = "take the lock back, or give its override_reason"
                yield f"{pair} breaks {broken.rule}: {broken.sentence}; {remedy}", [lock]


def _crowded(scores: Scores, places: Places, locks: Locks) -> Iterator[tuple[str, list[Request]]]:
    cohort = scores.cohort
    sides = (
        ("mentor", cohort.row, places.mentor_capacity),
        ("mentee", cohort.column, places.mentee_capacity),
    )
    for side, position, capacity in sides:
        own: dict[str, list[Request]] = defaultdict(list)
        for lock in locks.values():
            own[getattr(lock, side)].append(lock)
        for person, theirs in own.items():
            room = int(capacity[position[person]])
            if len(theirs) > room:
                asked = counted(len(theirs), "lock")
                yield f"{side} {person!r} has {asked} and {counted(room, 'place')}", theirs
