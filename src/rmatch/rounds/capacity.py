"""Everybody's places: how many there are, and what the locks or an earlier step leave of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from rmatch.rounds.step import Places, Step
    from rmatch.scoring import Scores

    Seats = tuple[Places, Places]


def places_of(scores: Scores, absent: tuple[str, int] | None = None) -> Places:
    """Return how many partners each mentor and each mentee can take; none for somebody who takes no part."""
    sides = {side: scores.cohort.capacity(side).copy() for side in ("mentor", "mentee")}
    if absent is not None:
        side, person = absent
        sides[side][person] = 0
    return sides["mentor"], sides["mentee"]


def seats_beside(
    scores: Scores,
    places: Places,
    locks: Iterable[tuple[int, int]],
    absent: tuple[str, int] | None = None,
) -> Seats:
    """Return what the locks leave of everyone's places and minimums.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    places : tuple of two numpy.ndarray of int64
        Most partners of each mentor and of each mentee.
    locks : iterable of (int, int)
        Row and column of each locked pair.
    absent : tuple of str and int, optional
        Side and row or column of somebody who takes no part, and so needs nobody.

    Returns
    -------
    tuple
        Most and fewest further partners of each mentor and of each mentee.

    Raises
    ------
    InfeasibleError
        If a minimum is above a capacity, with the people concerned.
    """
    programme = scores.programme
    rows, columns = np.array(list(locks), np.intp).reshape(-1, 2).T
    held = (
        np.bincount(rows, minlength=scores.shape[0]),
        np.bincount(columns, minlength=scores.shape[1]),
    )
    free = [capacity - locked for capacity, locked in zip(places, held, strict=True)]
    minimums = [
        np.maximum(least - locked, 0)
        for least, locked in zip(
            (programme.mentor_minimum, programme.mentee_minimum), held, strict=True
        )
    ]
    if absent is not None:
        side, person = absent
        minimums[side == "mentee"][person] = 0
    _check_minimums(scores, free, minimums)
    return (free[0], free[1]), (minimums[0], minimums[1])


def taken(places: Step) -> Seats:
    """Return seats for those alone who got a place, as many as they got."""
    solution = places.solution
    rows, columns = (
        np.bincount(people, minlength=len(capacity))
        for people, capacity in zip((solution.rows, solution.cols), places.capacities, strict=True)
    )
    return (rows, columns), (0 * rows, 0 * columns)


def _check_minimums(
    scores: Scores, free: Sequence[NDArray[np.int64]], minimums: Sequence[NDArray[np.int64]]
) -> None:
    short = [
        np.flatnonzero(least > capacity) for capacity, least in zip(free, minimums, strict=True)
    ]
    mentors = [scores.mentors[row] for row in short[0].tolist()]
    mentees = [scores.mentees[column] for column in short[1].tolist()]
    if mentors or mentees:
        people = ", ".join(map(repr, [*mentors, *mentees]))
        message = f"the minimum is above the capacity of {people}"
        raise InfeasibleError(message, mentors, mentees)
