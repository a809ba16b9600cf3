"""Who comes first: by their priority, by how long they have waited, and before anybody's second partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.utils.called import called
from rmatch.utils.messages import Listed, Message
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from rmatch.programme import Programme
    from rmatch.rounds.player import Cell
    from rmatch.rounds.precedence import Both, Whole
    from rmatch.scoring import Scores


def ranks_of(
    programme: Programme, waiting: Both, locked: Iterable[Cell], going_on: Iterable[Cell] = ()
) -> Both:
    """Return how far each mentor and each mentee comes before others in the eyes of a programme.

    Parameters
    ----------
    programme : Programme
        Whether those who wait come first, and whether first partners come before second ones.
    waiting : tuple of two numpy.ndarray of int64
        How much each mentor and each mentee waits for a partner: priorities and rounds, 0 for those who do not.
    locked : iterable of (int, int)
        Row and column of each locked pair: these people have a partner.
    going_on : iterable of (int, int)
        Row and column of each earlier pair that is to go on: where those who wait come first, nobody loses a place to them.

    Returns
    -------
    tuple of two numpy.ndarray of int64
        A larger number comes first; 0 for those who come last, and for those who have a partner.

    Examples
    --------
    >>> from rmatch import Programme
    >>> some = np.array([0, 3]), np.array([1, 0])
    >>> [side.tolist() for side in ranks_of(Programme(waiting="first"), some, [(1, 1)])]
    [[0, 0], [1, 0]]
    >>> [side.tolist() for side in ranks_of(Programme(spread=True), some, [])]
    [[1, 1], [1, 1]]
    """
    counts, everybody = programme.waiting == "first", int(programme.spread)
    mentors, mentees = (counts * side + everybody for side in waiting)
    if counts:
        rows, columns = _both(going_on)
        mentors[rows] = mentees[columns] = max(int(side.max(initial=0)) for side in waiting) + 2
    rows, columns = _both(locked)
    mentors[rows] = mentees[columns] = 0
    return mentors, mentees


def _both(cells: Iterable[Cell]) -> Both:
    rows, columns = np.array(list(cells), np.int64).reshape(-1, 2).T
    return rows, columns


def waiting_of(priorities: Both, ids: Iterable[Sequence[str]], waited: Mapping[str, int]) -> Both:
    """Return how much everybody waits: each round without a partner counts as much as one more of priority."""
    mentors, mentees = (
        priority + _rounds(side, waited) for priority, side in zip(priorities, ids, strict=True)
    )
    return mentors, mentees


@dataclass(frozen=True, slots=True)
class Queue:
    """How long the people of one side wait, and how long the partners of each of the other side have waited.

    Attributes
    ----------
    waiting : numpy.ndarray of int64
        How much each of the people waits.
    ahead : numpy.ndarray of int64
        The most that a partner of each of the other side waits; below 0 for those without a partner.
    """

    waiting: Whole
    ahead: Whole

    def behind(self, person: int, possible: NDArray[np.bool_]) -> bool:
        """Return whether some possible partner of a person has a partner who waits more."""
        return bool((self.ahead[possible] > self.waiting[person]).any())


def queues_of(
    scores: Scores, pairs: Iterable[tuple[str, str]], waited: Mapping[str, int]
) -> tuple[Queue | None, Queue | None]:
    """Return the queues of the mentors and of the mentees after some pairs; None where nobody comes first for waiting."""
    if scores.programme.waiting == "same":
        return None, None
    cohort, ids = scores.cohort, (scores.mentors, scores.mentees)
    cells = [(cohort.row[mentor], cohort.column[mentee]) for mentor, mentee in pairs]
    rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
    mentors, mentees = waiting_of(
        (cohort.priority("mentor"), cohort.priority("mentee")), ids, waited
    )
    by_mentee, by_mentor = np.full(len(mentees), -1), np.full(len(mentors), -1)
    np.maximum.at(by_mentee, columns, mentors[rows])
    np.maximum.at(by_mentor, rows, mentees[columns])
    return Queue(mentors, by_mentee), Queue(mentees, by_mentor)


def coming_first(scores: Scores, two: tuple[str, str], waited: Mapping[str, int]) -> Iterator[str]:
    """Say of each of two people how far they come before others, in words for the organiser."""
    if scores.programme.waiting == "same":
        return
    cohort = scores.cohort
    for side, person, position in zip(SIDES, two, (cohort.row, cohort.column), strict=True):
        priority, rounds = int(cohort.priority(side)[position[person]]), waited.get(person, 0)
        why = [Message("a priority of {priority}", priority=priority)] if priority else []
        if rounds:
            waiting = Message(
                "{count} round without a partner", "{count} rounds without a partner", count=rounds
            )
            why.append(waiting)
        if why:
            yield Message(
                "{person} comes before others: {why}.",
                person=called(person),
                why=Listed(tuple(why)),
            )


def _rounds(people: Sequence[str], waited: Mapping[str, int]) -> Whole:
    return np.array([waited.get(person, 0) for person in people], np.int64)
