"""How likely each pair of a round is, where a lottery decides, and what may be drawn from that."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Status
from rmatch.people import Request
from rmatch.rounds.pair import Pair, pairs_of
from rmatch.rounds.player import Cell
from rmatch.scoring import Scores
from rmatch.solve import Marginals
from rmatch.utils.validation import refuse, seed_faults
from rmatch.utils.values import Value


@dataclass(frozen=True, eq=False, repr=False)
class PairChances(Value):
    """How likely each pair is, and the draw of one matching with exactly these chances.

    Attributes
    ----------
    scores : Scores
        The points and permissions that it was made from.
    seed : int or str
        What decided between equally good chances, and what :meth:`draw` draws by unless told otherwise.
    marginals : Marginals
        The chances of the pairs that are not locked, by row and column of the scores.
    locks : mapping of tuple of int to Request
        The locked pairs, which are certain.
    best : int
        The points of the matching with the largest total: of :func:`rmatch.match` with that objective and the same input.
    runtime : float or None
        The seconds that it took, where it was made here; no part of what is compared or written.
    """

    scores: Scores
    seed: int | str
    marginals: Marginals
    locks: dict[Cell, Request]
    best: int
    runtime: float | None = field(default=None, compare=False)

    @property
    def status(self) -> Status:
        """Always `OPTIMAL`: chances that are not worked out to the end are none."""
        return Status.OPTIMAL

    @cached_property
    def chances(self) -> dict[tuple[str, str], Fraction]:
        """The chance of each possible pair, mentor and mentee by id, sorted; the chance of all others is 0."""
        found = dict.fromkeys(self.locks, Fraction(1))
        uncertain = np.argwhere(self.marginals.units)
        for row, column in uncertain.tolist():
            found[row, column] = self.marginals.chance(row, column)
        # Rows and columns are sorted by id, so their order is that of the ids.
        mentors, mentees = self.scores.mentors, self.scores.mentees
        named = {}
        for cell in sorted(found):
            row, column = cell
            named[mentors[row], mentees[column]] = found[cell]
        return named

    @property
    def total(self) -> Fraction:
        """The expected points, those of the locked pairs included."""
        # A locked pair has no unit in the marginals, and happens in every draw.
        certain = sum(self._points(row, column) for row, column in self.locks)
        return self.marginals.total + certain

    def draw(self, seed: int | str | None = None) -> tuple[Pair, ...]:
        """Draw one matching. It keeps every rule, capacity, minimum and lock.

        Parameters
        ----------
        seed : int or str, optional
            Decides; the lottery's own seed if absent. Whoever knows the chances and the seed can draw it again: say
            before the draw where the seed will come from.

        Returns
        -------
        tuple of Pair
            Sorted by mentor and mentee.

        Raises
        ------
        InvalidInputError
            If the seed is neither a whole number nor a text.
        """
        seed = self.seed if seed is None else seed
        refuse(seed_faults("draw", seed))
        return self._matching(self.marginals.draw(seed))

    def _matching(self, drawn: NDArray[np.int64]) -> tuple[Pair, ...]:
        """Return the pairs that were drawn, by row and column, and the locked ones."""
        cells = list(self.locks)
        for row, column in drawn.tolist():
            cells.append((row, column))
        points = {cell: self._points(*cell) for cell in cells}
        return pairs_of(self.scores, points, self.locks)

    def _points(self, row: int, column: int) -> int:
        """Return the points of a pair by its row and column."""
        return int(self.scores.points[row, column])
