"""What comes before the points of a round: who waits first, and earlier pairs that go on.

A round makes as many pairs as possible, then serves those who wait, then keeps as many earlier pairs as it can, and then
collects the most points. All of it is one sum of whole numbers, in which a kept pair outweighs all points, and somebody who
waits outweighs all kept pairs.

That the sum does what the order says rests on a matroid. The sets of people whom matchings can give a partner are the
independent sets of a matching matroid [1]_, also where people have several places and minimums: places are copies of
people, and the minimums are contracted. In a matroid the heaviest set is the same for all weights in the same order [2]_, so
that the ranks of priorities weigh as much as priorities do. And each such set is part of what some largest matching serves,
as a path that adds a pair leaves nobody without a partner [3]_, so that the number of pairs never competes with it.

References
----------
.. [1] J. Edmonds and D. R. Fulkerson, "Transversals and matroid partition", Journal of Research of the National Bureau of
   Standards 69B, 1965. :doi:`10.6028/jres.069B.016`
.. [2] J. Edmonds, "Matroids and the greedy algorithm", Mathematical Programming 1, 1971. :doi:`10.1007/BF01584082`
.. [3] N. S. Mendelsohn and A. L. Dulmage, "Some generalizations of the problem of distinct representatives", Canadian
   Journal of Mathematics 10, 1958. :doi:`10.4153/CJM-1958-027-8`
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.rounds.capacity import Places
from rmatch.rounds.player import Cell
from rmatch.utils.shown import Shown
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.solve import Source

Whole = NDArray[np.int64]
Both = tuple[Whole, Whole]

LARGEST = 2**58
"""Gains of two people together stay below this, so that all sums of prices fit into 64 bits."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Precedence(Value, Shown):
    """What counts before the points of a step, in numbers that are added to them.

    Attributes
    ----------
    mentor_first, mentee_first : numpy.ndarray of int64
        What the first partner of each mentor and of each mentee is worth; 0 for those who do not wait.
    kept : numpy.ndarray of int64, shape (pairs, 2)
        Row and column of each earlier pair that is to go on, in order, each once.
    gain : int
        What each of these is worth beside its points.
    point : int
        How much each point counts: 1, or more where kept pairs decide among equal points only.
    """

    mentor_first: Whole
    mentee_first: Whole
    kept: Whole
    gain: int
    point: int = 1

    @classmethod
    def of(
        cls,
        ranks: Both,
        kept: Iterable[Cell],
        places: Places,
        reach: tuple[int, int],
        *,
        points_first: bool = False,
    ) -> Precedence | None:
        """Return the gains that make the order of aims one sum.

        Parameters
        ----------
        ranks : tuple of two numpy.ndarray of int64
            How far each mentor and each mentee comes before others: 1 and more, or 0.
        kept : iterable of (int, int)
            Row and column of each earlier pair.
        places : Places
            Most and fewest partners of everybody.
        reach : tuple of int
            Bounds on the points of a pair: at most 0, and at least 0.
        points_first : bool
            Whether kept pairs come after the points instead of before them.

        Returns
        -------
        Precedence or None
            Nothing where nothing comes before the points or decides among equal ones.

        Raises
        ------
        InvalidInputError
            If the gains would not fit into 64 bits.
        """
        cells = np.unique(np.array(list(kept), np.int64).reshape(-1, 2), axis=0)
        counted = _levels(ranks, places)
        if not cells.size and not any(side.any() for side in counted):
            return None
        pairs, spread = _most_pairs(places), reach[1] - reach[0]
        point = min(pairs, len(cells)) + 1 if points_first else 1
        # Before the points it counts 2 at least, also where these do not differ: 1 says that it comes after them.
        gain = 1 if points_first else bool(cells.size) * max(pairs * spread + 1, 2)
        waits = pairs * (point * spread + gain) + 1
        _refuse_too_large(waits * sum(int(side.max(initial=0)) for side in counted))
        return cls(waits * counted[0], waits * counted[1], cells, int(gain), point)

    def at_price(self, gain: int, point: int, places: Places, reach: tuple[int, int]) -> Precedence:
        """Return the same with other weights of kept pairs and of points, beside which the waiting come first as before.

        Parameters
        ----------
        gain, point : int
            What a kept pair, and what each point counts.
        places : Places
            Most and fewest partners of everybody.
        reach : tuple of int
            Bounds on the points of a pair: at most 0, and at least 0.

        Raises
        ------
        InvalidInputError
            If the gains would not fit into 64 bits.
        """
        both = self.mentor_first, self.mentee_first
        unit = min((int(side[side > 0].min(initial=LARGEST)) for side in both), default=1)
        waits = _most_pairs(places) * (point * (reach[1] - reach[0]) + gain) + 1
        mentors, mentees = (side // unit for side in both)
        _refuse_too_large(waits * sum(int(side.max(initial=0)) for side in (mentors, mentees)))
        return Precedence(waits * mentors, waits * mentees, self.kept, gain, point)

    @property
    def points_first(self) -> bool:
        """Whether kept pairs come after the points: then the least gain decides, as each point counts for more."""
        return bool(self.gain == 1)

    def outweighs_points(self, places: Places, reach: tuple[int, int]) -> bool:
        """Return whether a kept pair counts for more than the points of all pairs, of which each has so many at most."""
        most = _most_pairs(places) * self.point * (reach[1] - reach[0])
        return bool(len(self.kept)) and self.gain > most

    @property
    def firsts(self) -> Both | None:
        """What first partners are worth, of the mentors and of the mentees; None where nobody waits."""
        both = self.mentor_first, self.mentee_first
        return both if any(side.any() for side in both) else None

    @property
    def outweighs(self) -> int:
        """What no pairs together have more points than, as the least that comes before them counts for more."""
        gains = [
            int(side[side > 0].min(initial=LARGEST))
            for side in (self.mentor_first, self.mentee_first)
        ]
        first = self.gain if self.gain > 1 else min(gains)
        return (first - 1) // self.point

    def whole(self, points: Whole) -> Whole:
        """Return a matrix of points with what counts beside them."""
        combined = self.point * points
        combined[tuple(self.kept.T)] += self.gain
        return combined

    def block(self, points: NDArray[np.integer], first: int) -> Whole:
        """Return the points of some rows, from a first one on, with what counts beside them."""
        last = first + len(points)
        here = slice(*np.searchsorted(self.kept[:, 0], (first, last)).tolist())
        combined = self.point * points.astype(np.int64)
        rows, columns = self.kept[here].T
        combined[rows - first, columns] += self.gain
        return combined

    def single(self, points: Whole, rows: Whole, columns: Whole) -> Whole:
        """Return the points of single pairs with what counts beside them."""
        return self.point * points + self.gain * self.goes_on(rows, columns)

    def goes_on(self, rows: Whole, columns: Whole) -> NDArray[np.bool_]:
        """Return which of some pairs are kept ones."""
        width = max(len(self.mentee_first), 1)
        kept: NDArray[np.bool_] = np.isin(
            rows * width + columns, self.kept[:, 0] * width + self.kept[:, 1]
        )
        return kept

    def source(self, source: Source) -> Source:
        """Return the points of all pairs, as column generation reads them, with what counts beside them."""
        from rmatch.solve import with_gains

        if not len(self.kept) and self.point == 1:
            return source
        rows, columns = self.kept.T
        return with_gains(source, rows, columns, self.gain, point=self.point)


def nobody(shape: tuple[int, int]) -> Both:
    """Return ranks by which no mentor and no mentee comes before others."""
    return np.zeros(shape[0], np.int64), np.zeros(shape[1], np.int64)


def _levels(ranks: Both, places: Places) -> Both:
    """Return ranks without gaps of those for whom it is open whether they get a partner."""
    sides = zip(ranks, places.capacities, places.minimums, strict=True)
    mentors, mentees = (np.where((most > 0) & (fewest == 0), own, 0) for own, most, fewest in sides)
    levels = np.unique(np.concatenate([[0], mentors, mentees]))
    return np.searchsorted(levels, mentors), np.searchsorted(levels, mentees)


def _most_pairs(places: Places) -> int:
    """Return how many pairs there are places for at most, with no more partners than there are people."""
    mentors, mentees = places.capacities
    return min(
        int(np.minimum(own, np.count_nonzero(others)).sum())
        for own, others in ((mentors, mentees), (mentees, mentors))
    )


def _refuse_too_large(most: int) -> None:
    if most > LARGEST:
        problem = "so many different priorities do not fit into 64 bits beside the points of so many people"
        raise InvalidInputError([Fault("people", "priority", problem, "give fewer different ones")])
