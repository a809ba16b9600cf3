"""The points of any block of pairs, allowed or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import compress
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria import Factor, Table, stack
from rmatch.errors import Fault, InvalidInputError
from rmatch.people import Cohort
from rmatch.scoring.source import Added, added
from rmatch.utils.points import MOST
from rmatch.utils.sides import SIDES, WHOSE, Side, Whose
from rmatch.utils.stopping import AT_ONCE, listen
from rmatch.utils.validation import choice, positions, refuse, truth
from rmatch.utils.values import Value

WHOLE = 100_000_000
"""The largest number of pairs for which whole matrices are handed out."""


@dataclass(frozen=True, eq=False, repr=False)
class Points(Value):
    """The points of every possible pair of a cohort.

    Rows are mentors and columns are mentees, both sorted by id, whatever the order of the input.

    Attributes
    ----------
    cohort : Cohort
        The people and requests.
    factors : tuple of Factor
        What gives points, criterion by criterion.
    sides : tuple of {"mentor", "mentee", "both"}
        Who gains by each factor.
    """

    cohort: Cohort
    factors: tuple[Factor, ...]
    sides: tuple[str, ...]

    @cached_property
    def mentors(self) -> tuple[str, ...]:
        """The ids behind the rows."""
        return tuple(self.cohort.row)

    @cached_property
    def mentees(self) -> tuple[str, ...]:
        """The ids behind the columns."""
        return tuple(self.cohort.column)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of mentors and of mentees."""
        return len(self.cohort.mentors), len(self.cohort.mentees)

    @cached_property
    def points(self) -> NDArray[np.int64]:
        """The points of all pairs, allowed or not, mentors × mentees."""
        return self._whole(self.block)

    @cached_property
    def blind_points(self) -> NDArray[np.int64]:
        """The points of all pairs without the share of protected attributes: what decides who gets a place."""
        return self._whole(partial(self.block, protected=False))

    def block(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp], *, protected: bool = True
    ) -> NDArray[np.int64]:
        """Return the points of any block of pairs, without the whole matrix.

        Parameters
        ----------
        rows, columns : ndarray of int
            Positions in `mentors` and `mentees`.
        protected : bool
            Whether to count the share of protected attributes.

        Returns
        -------
        ndarray of int64, shape (rows, columns)
            Whole points.
        """
        rows, columns = self._positions(rows, columns)
        refuse(truth("scores", "protected", protected))
        points = np.zeros((len(rows), len(columns)), np.int64)
        for factor in self._stacked:
            if protected or not factor.protected:
                points += factor.block(rows, columns)
        return points

    def at(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of single pairs, by their rows and columns."""
        points = np.zeros(len(rows), np.int64)
        for factor in self._stacked:
            points += factor.at(rows, columns)
        return points

    def parts(self) -> Added | None:
        """Return the points of all pairs as a table and single pairs, where the criteria allow for it; without any rule."""
        return added(self.factors, len(self.cohort.mentees))

    @cached_property
    def protected_most(self) -> int:
        """What protected attributes add to the points of any pair at most."""
        return sum(_most(factor) for factor in self.factors if factor.protected)

    @cached_property
    def protected_least(self) -> int:
        """What protected attributes add to the points of any pair at least: 0, or less where they can take points away."""
        return -sum(_most(factor, -1) for factor in self.factors if factor.protected)

    def gains(self, side: Side) -> Self:
        """Return the points that one side gains: those of its own criteria and of the criteria of both.

        Parameters
        ----------
        side : {"mentor", "mentee"}
            The side.

        Returns
        -------
        Scores
            The same people and permissions with these points only; what is allowed is to be asked of the whole.
        """
        refuse(choice("gains", "side", side, SIDES))
        return self._with([own in {side, "both"} for own in self.sides])

    def belonging_to(self, side: Whose) -> Self:
        """Return the points of the criteria that belong to "mentor", to "mentee", or to "both", and to no other side."""
        refuse(choice("belonging_to", "side", side, WHOSE))
        return self._with([own == side for own in self.sides])

    @property
    def blind(self) -> Self:
        """The same without the share of protected attributes; the shares of the others do not grow for it."""
        return self._with([not factor.protected for factor in self.factors])

    def _with(self, kept: Sequence[bool]) -> Self:
        return replace(
            self,
            factors=tuple(compress(self.factors, kept)),
            sides=tuple(compress(self.sides, kept)),
        )

    @cached_property
    def _stacked(self) -> tuple[Factor, ...]:
        tables: dict[bool, list[Table]] = {True: [], False: []}
        for factor in self.factors:
            if isinstance(factor, Table):
                tables[factor.protected].append(factor)
        others = [factor for factor in self.factors if not isinstance(factor, Table)]
        return (*(stack(same) for same in tables.values() if same), *others)

    def _positions(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> list[NDArray[np.intp]]:
        return positions("scores", rows=(rows, self.shape[0]), columns=(columns, self.shape[1]))

    def _whole(self, block: Callable[..., NDArray[Any]]) -> NDArray[Any]:
        """Return what a block says of all pairs, in one matrix, listening between the rows of large ones."""
        rows, columns = self._all()
        height = max(AT_ONCE // max(len(columns), 1), 1)
        first = block(rows[:height], columns)
        if len(rows) <= height:
            return first
        found = np.empty((len(rows), len(columns)), first.dtype)
        found[:height] = first
        for start in range(height, len(rows), height):
            listen("scoring")
            found[start : start + height] = block(rows[start : start + height], columns)
        return found

    def _all(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        rows, columns = self.shape
        if rows * columns > WHOLE:
            problem = f"{rows} × {columns} pairs do not go into one matrix"
            raise InvalidInputError([Fault("scores", "points", problem, "ask for blocks")])
        return np.arange(rows), np.arange(columns)


def _most(factor: Factor, sign: int = 1) -> int:
    """Return what a factor gives a pair at most, or with the sign -1 takes from it, or a bound on that."""
    if not isinstance(factor, Table):
        return MOST
    # A mentor's codes may each be at their best with another mentee, so the sum of their best is a bound.
    signed = sign * factor.points.astype(np.int64)
    best = signed.max(axis=1, initial=0)
    running = np.concatenate([[0], np.cumsum(best[factor.codes])])
    by_mentor = np.diff(running[factor.starts])
    return int(by_mentor.max(initial=0))
