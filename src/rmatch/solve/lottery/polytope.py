"""All chances that keep limits, places and small differences, as a linear programme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import InfeasibleError
from rmatch.solve.lp.lexicographic import Solutions, UnsolvedError
from rmatch.utils.aside import aside
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve.lottery.balance import Balance
    from rmatch.solve.lottery.capped import CappedProblem
    from rmatch.solve.lp.lexicographic import Floats

    Cells = tuple[NDArray[np.intp], NDArray[np.intp]]


@dataclass(frozen=True, slots=True, eq=False)
class Polytope(Value):
    """The chances of the pairs that may be made, and the two parts of every difference.

    Attributes
    ----------
    cells : tuple of two numpy.ndarray of intp
        Mentor and mentee of each pair.
    shape : tuple of int
        The number of mentors and of mentees.
    all : Solutions
        The variables are the pairs, then the positive and the negative parts of all differences, in units of `size`.
        The last rows bound sums of these parts.
    sizes : numpy.ndarray of float64
        What each of these last rows counts in.
    """

    cells: Cells
    shape: tuple[int, ...]
    all: Solutions
    sizes: Floats

    @classmethod
    def of(cls, capped: CappedProblem, grid: int, balance: Balance) -> Polytope:
        """Return the chances that keep everything, in units of certainty."""
        from scipy.sparse import block_array, csr_array, eye_array, vstack

        cells, shape = np.nonzero(capped.limits), capped.limits.shape
        pairs, count = cells[0].size, balance.limit.size
        sides = [_incidence(who, size) for who, size in zip(cells, shape, strict=True)]
        persons = vstack(sides, format="csr")
        fewest, most = (
            np.concatenate([mentors, mentees]) / grid
            for mentors, mentees in zip(capped.mentors, capped.mentees, strict=True)
        )
        must = np.flatnonzero(fewest)
        sizes = _sizes(balance)
        each = sizes[balance.limit]
        weights = balance.weights[:, np.ravel_multi_index(cells, shape)] / each[:, None]
        sums, part = csr_array(_incidence(balance.limit, sizes.size)), eye_array(count)
        # A difference is its positive part less its negative part: it is at most the one, and its opposite the other.
        matrix: Any = [
            [persons, None, None],
            [-persons[must], None, None],
            [weights, -part, None],
            [-weights, None, -part],
            [None, sums, None],
            [None, None, sums],
        ]
        given, within = balance.given / each, balance.within / sizes
        limits = np.concatenate([most, -fewest[must], -given, given, within, within])
        high = np.concatenate([capped.limits[cells] / grid, np.full(2 * count, np.inf)])
        found = Solutions(
            matrix=block_array(matrix, format="csc"),
            limits=limits,
            tight=np.zeros(limits.size, bool),
            low=np.zeros(pairs + 2 * count),
            high=high,
        )
        return cls((cells[0], cells[1]), shape, found, np.concatenate([sizes, sizes]))

    @property
    def empty(self) -> bool:
        """Whether there is neither a pair that may be made nor a difference that has to be small."""
        return not self.all.low.size

    def start(self, zero: float, *, most: bool) -> tuple[Solutions, NDArray[np.bool_]]:
        """Return all of them, or those with the most pairs.

        Parameters
        ----------
        zero : float
            The largest price that is nought.
        most : bool
            Whether the most pairs come first.

        Returns
        -------
        found : Solutions
            The chances.
        used : numpy.ndarray of bool
            Variables among which some of them are found.

        Raises
        ------
        InfeasibleError
            If there are none, with how much wider the limits of the differences would have to be.
        """
        try:
            first = self.all.best(self.goal(np.ones(self.cells[0].size)))
        except UnsolvedError:
            self._excuse()
            raise
        used = first.values > 0
        used[self.cells[0].size :] = True
        return self.all.narrowed(first, zero) if most else self.all, used

    def goal(self, amounts: NDArray[Any]) -> Floats:
        """Return what each variable counts, given what each pair does: 1 for the largest."""
        scale = max(float(np.abs(amounts).max(initial=0)), 1.0)
        others = self.all.low.size - amounts.size
        return np.pad(amounts / scale, (0, others))

    def matrix(self, values: Floats) -> Floats:
        """Return a solution as chances, mentors × mentees."""
        chances = np.zeros(self.shape)
        chances[self.cells] = values[: self.cells[0].size]
        return chances

    def _excuse(self) -> None:
        """Find by how much all limits of differences would have to grow."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, hstack

        known = self.all
        # One more variable, by which the limit of every difference grows, is to be as small as possible.
        growth = np.zeros((known.limits.size, 1))
        growth[known.limits.size - self.sizes.size :, 0] = -1 / self.sizes
        low, high = np.append(known.low, 0.0), np.append(known.high, np.inf)
        solver: Any = partial(
            linprog,
            np.append(np.zeros_like(known.low), 1.0),
            A_ub=hstack([known.matrix, csr_array(growth)]),
            b_ub=known.limits,
            bounds=np.column_stack([low, high]),
        )
        answer = aside("programme", known.matrix.nnz, solver)
        if answer.status == 0 and answer.x[-1] > 0:
            excess = f"{answer.x[-1]:.3g}"
            message = f"the differences cannot be kept so small: each limit would have to be about {excess} larger"
            raise InfeasibleError(message)


def _incidence(line: NDArray[np.intp], lines: int) -> Any:
    from scipy.sparse import csr_array

    size = line.size
    return csr_array((np.ones(size), (line, np.arange(size))), shape=(lines, size))


def _sizes(balance: Balance) -> Floats:
    """Return the largest weight in the differences of each limit, or 1 where there is none."""
    largest = np.zeros(balance.within.size)
    if balance.limit.size and balance.weights.nnz:
        of_each = abs(balance.weights).max(axis=1).toarray().ravel()
        np.maximum.at(largest, balance.limit, of_each)
    return np.where(largest > 0, largest, 1.0)
