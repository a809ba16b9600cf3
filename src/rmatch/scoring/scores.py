"""Points and permission for any block of pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.criteria import Table, stack
from rmatch.errors import Fault, InvalidInputError
from rmatch.rules import allows, named
from rmatch.scoring.source import NO_PAIRS, added, of_blocks, of_tables, tabled
from rmatch.solve import large_enough
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST
from rmatch.utils.validation import choice, positions, refuse, seen, truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.criteria import Factor, SinglePairs
    from rmatch.people import Cohort
    from rmatch.programme import Programme
    from rmatch.scoring.source import Added
    from rmatch.solve import Source

WHOLE = 100_000_000
"""The largest number of pairs for which whole matrices are handed out."""

LOOKED_AT = 2**22
"""About so many pairs are looked at together."""


@dataclass(frozen=True, eq=False, repr=False)
class Scores:
    """The points of every possible pair of a cohort, and which pairs are allowed.

    Made by :func:`score`. Rows are mentors and columns are mentees, both sorted by id, whatever the order of the input.

    Attributes
    ----------
    cohort : Cohort
        The people and requests.
    programme : Programme
        What the organiser chose.
    factors : tuple of Factor
        What gives points, criterion by criterion.
    without_data : tuple of str
        Criteria that are left out because the people have no data for them.
    sides : tuple of {"mentor", "mentee", "both"}
        Who gains by each factor.
    """

    cohort: Cohort
    programme: Programme
    factors: tuple[Factor, ...]
    without_data: tuple[str, ...]
    sides: tuple[str, ...]

    @property
    def mentors(self) -> tuple[str, ...]:
        """The ids behind the rows."""
        return tuple(self.cohort.row)

    @property
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
        return self.block(*self._all())

    @cached_property
    def blind_points(self) -> NDArray[np.int64]:
        """The points of all pairs without the share of protected attributes: what decides who gets a place."""
        return self.block(*self._all(), protected=False)

    @property
    def deciding_points(self) -> NDArray[np.int64]:
        """The points that decide who gets a place: all of them only where `places` says so."""
        return self.points if self.programme.places == "with_protected" else self.blind_points

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """Which pairs no rule forbids, mentors × mentees."""
        return self.allowed_block(*self._all())

    @cached_property
    def open_pairs(self) -> NDArray[np.bool_]:
        """Which pairs may be made: allowed, and not below `min_points`."""
        return self.open_block(*self._all())

    @property
    def cost(self) -> NDArray[np.float64]:
        """What a minimising solver wants: the highest points less the pair's, infinite where forbidden."""
        return np.where(self.allowed, float(self.points.max(initial=0)) - self.points, np.inf)

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
        rows, columns = self._places(rows, columns)
        refuse(truth("scores", "protected", protected))
        points = np.zeros((len(rows), len(columns)), np.int64)
        for factor in self._stacked:
            if protected or not factor.protected:
                points += factor.block(rows, columns)
        return points

    def allowed_block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which pairs of a block no rule forbids.

        Parameters
        ----------
        rows, columns : ndarray of int
            Positions in `mentors` and `mentees`.

        Returns
        -------
        ndarray of bool, shape (rows, columns)
            True where the two may meet.
        """
        rows, columns = self._places(rows, columns)
        allowed = np.ones((len(rows), len(columns)), bool)
        for _, block in self.verdicts(rows, columns):
            allowed &= block
        return allowed

    def open_block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which pairs of a block may be made.

        Parameters
        ----------
        rows, columns : ndarray of int
            Positions in `mentors` and `mentees`.

        Returns
        -------
        ndarray of bool, shape (rows, columns)
            True where no rule forbids the pair and its points are not below `min_points`.
        """
        allowed, programme = self.allowed_block(rows, columns), self.programme
        if programme.min_points is None:
            return allowed
        basis = self.block(rows, columns, protected=programme.places == "with_protected")
        return allowed & (basis >= programme.min_points)

    def verdicts(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Go through the rules, each with the pairs of a block that it allows.

        Parameters
        ----------
        rows, columns : ndarray of int
            Positions in `mentors` and `mentees`.

        Yields
        ------
        tuple of str and ndarray of bool
            The rule's name and its verdict on the block.
        """
        cohort, (rows, columns) = self.cohort, self._places(rows, columns)
        yield "self", cohort.mentors[rows][:, None] != cohort.mentees[columns]
        yield "exclude", ~named(cohort, cohort.requests.of_kind("exclude"), rows, columns)
        for rule in self.programme.rules:
            yield name_of(rule), allows(rule, cohort, rows, columns)

    def check_pair(self, mentor: str, mentee: str) -> None:
        """Raise :class:`InvalidInputError` for an id that plays no such role."""
        ids: dict[str, tuple[Any, dict[str, int]]]
        ids = {"mentor": (mentor, self.cohort.row), "mentee": (mentee, self.cohort.column)}
        remedy = "give an id from the people table"
        refuse(
            Fault("pair", role, f"nobody with the id {seen(person)} plays that role", remedy)
            for role, (person, known) in ids.items()
            if not isinstance(person, str) or person not in known
        )

    @property
    def basis(self) -> str:
        """What decides who gets a place, in words, where that is not all points."""
        programme = self.programme
        weighed = any(
            criterion.protected and criterion.weight != 0 for criterion in programme.criteria
        )
        blind = programme.places == "without_protected" and weighed
        return ", protected attributes left out" if blind else ""

    @cached_property
    def protected_most(self) -> int:
        """What protected attributes add to the points of any pair at most."""
        return sum(_most(factor) for factor in self.factors if factor.protected)

    @cached_property
    def best_blind_points(self) -> int:
        """The most points of any pair that may be made, without the share of protected attributes; at least 1."""
        if self.fits:
            return int(self.blind_points[self.open_pairs].max(initial=1))
        rows, columns = self.shape
        source = self.source(NO_PAIRS, protected=False)
        size = max(LOOKED_AT // columns, 1)
        # Those of pairs that may not be made are far below 0.
        return max(
            int(source.rows(first, min(first + size, rows)).max(initial=1))
            for first in range(0, rows, size)
        )

    @property
    def fits(self) -> bool:
        """Whether whole matrices are the way to handle the pairs; if not, :meth:`source` is."""
        rows, columns = self.shape
        return not large_enough(rows * columns)

    def parts(self) -> Added | None:
        """Return the points of all pairs as a table and single pairs, where the criteria allow for it; without any rule."""
        return added(self.factors, len(self.cohort.mentees))

    def tabled(
        self, settled: NDArray[np.intp], *, protected: bool
    ) -> tuple[Table, SinglePairs] | None:
        """Return the points of the pairs that may be made, those of all others far below 0, where they are sums of table rows.

        Parameters
        ----------
        settled : ndarray of int, shape (pairs, 2)
            Pairs that are settled already, and so not to be made.
        protected : bool
            Whether to count the share of protected attributes.

        Returns
        -------
        tuple of Table and SinglePairs, or None
            The table, and what single pairs get on top, each of them once.
        """
        if self.programme.min_points is not None:
            return None
        factors = self.factors if protected else self.blind.factors
        return tabled(self.cohort, factors, self.programme.rules, settled)

    def source(self, settled: NDArray[np.intp], *, protected: bool) -> Source:
        """Return the points of the pairs that may be made, as column generation reads them.

        Parameters
        ----------
        settled : ndarray of int, shape (pairs, 2)
            Pairs that are settled already, and so not to be made.
        protected : bool
            Whether to count the share of protected attributes.

        Returns
        -------
        Source
            Tables with codes where criteria and rules allow for it, else blocks.
        """
        tables = self.tabled(settled, protected=protected)
        if tables is not None:
            return of_tables(*tables)
        points = partial(self.block, protected=protected)
        return of_blocks(self.shape, self.factors, points, self.open_block, settled)

    @cached_property
    def _stacked(self) -> tuple[Factor, ...]:
        tables: dict[bool, list[Table]] = {True: [], False: []}
        for factor in self.factors:
            if isinstance(factor, Table):
                tables[factor.protected].append(factor)
        others = [factor for factor in self.factors if not isinstance(factor, Table)]
        return (*(stack(same) for same in tables.values() if same), *others)

    def gains(self, side: str) -> Scores:
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
        refuse(choice("gains", "side", side, ("mentor", "mentee")))
        return self._with([own in {side, "both"} for own in self.sides])

    def belonging_to(self, side: str) -> Scores:
        """Return the points of the criteria that belong to "mentor", to "mentee", or to "both", and to no other side."""
        refuse(choice("belonging_to", "side", side, ("mentor", "mentee", "both")))
        return self._with([own == side for own in self.sides])

    @property
    def blind(self) -> Scores:
        """The same without the share of protected attributes; the shares of the others do not grow for it."""
        return self._with([not factor.protected for factor in self.factors])

    def _with(self, kept: Sequence[bool]) -> Scores:
        return replace(
            self,
            factors=tuple(compress(self.factors, kept)),
            sides=tuple(compress(self.sides, kept)),
        )

    def _places(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        return positions("scores", rows=(rows, self.shape[0]), columns=(columns, self.shape[1]))

    def _all(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        rows, columns = self.shape
        if rows * columns > WHOLE:
            problem = f"{rows} × {columns} pairs do not go into one matrix"
            raise InvalidInputError([Fault("scores", "points", problem, "ask for blocks")])
        return np.arange(rows), np.arange(columns)

    def __repr__(self) -> str:
        """Return the size and what gives points."""
        rows, columns = self.shape
        return f"<Scores: {rows} mentors × {columns} mentees>"


def _most(factor: Factor) -> int:
    if not isinstance(factor, Table):
        return MOST
    best = np.maximum(factor.points.max(1, initial=0), 0).astype(np.int64)[factor.codes]
    return int(np.diff(np.concatenate([[0], np.cumsum(best)])[factor.starts]).max(initial=0))
