"""Points and permission for any block of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria import SinglePairs, Table
from rmatch.errors import Fault
from rmatch.programme import Programme
from rmatch.rules import allows, named
from rmatch.scoring.points import Points
from rmatch.scoring.source import (
    NO_PAIRS,
    Verdicts,
    allowed_at,
    of_blocks,
    of_tables,
    partners,
    reach_of,
    tabled,
    verdicts_of,
)
from rmatch.solve import large_enough
from rmatch.utils.documents import Document, plain
from rmatch.utils.messages import Message
from rmatch.utils.names import name_of
from rmatch.utils.shown import Rows
from rmatch.utils.text import numeral
from rmatch.utils.validation import refuse, seen

if TYPE_CHECKING:  # compiled where it is imported, and so only where it is needed
    from rmatch.solve import Source


CORNER = 10
"""So many mentors and mentees are shown."""
LOOKED_AT = 2**22
"""About so many pairs are looked at together."""


@dataclass(frozen=True, eq=False, repr=False)
class Scores(Points, Document):
    """The points of every possible pair of a cohort, and which pairs are allowed.

    Made by :func:`score`. Rows are mentors and columns are mentees, both sorted by id, whatever the order of the input.

    Attributes
    ----------
    cohort : Cohort
        The people and requests.
    factors : tuple of Factor
        What gives points, criterion by criterion.
    sides : tuple of {"mentor", "mentee", "both"}
        Who gains by each factor.
    programme : Programme
        What the organiser chose.
    without_data : tuple of str
        Criteria that give no points because the people have no data for them.
    """

    programme: Programme
    without_data: tuple[str, ...]

    @property
    def deciding_points(self) -> NDArray[np.int64]:
        """The points that decide who gets a place: all of them only where `places` says so."""
        return self.points if self.programme.places == "with_protected" else self.blind_points

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """Which pairs no rule forbids, mentors × mentees."""
        return self._whole(self.allowed_block)

    @cached_property
    def open_pairs(self) -> NDArray[np.bool_]:
        """Which pairs may be made: allowed, and not below `min_points`."""
        return self._whole(self.open_block)

    def to_dict(self) -> dict[str, Any]:
        """Return the points and permissions of all pairs as plain data.

        Returns
        -------
        dict
            The programme's name, the ids of the `mentors` and `mentees`, `points` and `allowed` as lists of rows, a row
            for each mentor, and the criteria `without_data`.

        Raises
        ------
        InvalidInputError
            For more pairs than go into one matrix.
        """
        named = {"programme": self.programme.name}
        told = ("mentors", "mentees", "points", "allowed", "without_data")
        return named | {name: plain(getattr(self, name)) for name in told}

    @property
    def cost(self) -> NDArray[np.float64]:
        """What a minimising solver wants: the highest points less the pair's, infinite where forbidden."""
        return np.where(self.allowed, float(self.points.max(initial=0)) - self.points, np.inf)

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
        rows, columns = self._positions(rows, columns)
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
        cohort, (rows, columns) = self.cohort, self._positions(rows, columns)
        humans = cohort.humans
        yield "self", humans[cohort.mentors[rows]][:, None] != humans[cohort.mentees[columns]]
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
        return Message(", protected attributes left out") if blind else ""

    @property
    def fits(self) -> bool:
        """Whether whole matrices are the way to handle the pairs; if not, :meth:`source` is."""
        rows, columns = self.shape
        return not large_enough(rows * columns)

    @cached_property
    def reach(self) -> tuple[int, int]:
        """Bounds on the points of any pair, 0 between them, whoever the people are."""
        return reach_of(self.factors)

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

    @cached_property
    def possible_partners(self) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """How many partners each mentor and each mentee may have, `None` where only all pairs would tell."""
        if self.programme.min_points is not None or self._verdicts is None:
            return None
        return partners(self._verdicts)

    def open_at(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_] | None:
        """Return which single pairs may be made, `None` where only blocks tell."""
        if self.programme.min_points is not None or self._verdicts is None:
            return None
        return allowed_at(self._verdicts, rows, columns)

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
        return tabled(factors, self._verdicts, settled, self.shape[1])

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
    def _verdicts(self) -> Verdicts | None:
        """What the rules forbid, the same whichever points count; `None` where only all pairs would tell."""
        return verdicts_of(self.cohort, self.programme.rules)

    def _parts(self) -> Iterator[str | Rows]:
        yield repr(self)
        rows, columns = (np.arange(min(size, CORNER)) for size in self.shape)
        points, allowed = self.block(rows, columns).tolist(), self.allowed_block(rows, columns)
        cells = (
            (
                mentor,
                *(numeral(worth) if may else "–" for worth, may in zip(*line, strict=True)),
            )
            for mentor, *line in zip(self.mentors, points, allowed.tolist(), strict=False)
        )
        yield Rows(("", *self.mentees[:CORNER]), cells)
        if max(self.shape) > CORNER:
            yield f"The first {CORNER} of each side by id, a dash where a rule forbids the pair."

    def __repr__(self) -> str:
        """Return the size and what gives points."""
        rows, columns = self.shape
        return f"<Scores: {rows} mentors × {columns} mentees>"
