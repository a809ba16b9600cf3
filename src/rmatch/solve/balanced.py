"""The best chances when differences between people or groups are limited too: a linear programme, then a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import InfeasibleError
from rmatch.solve.capped import Capped, best_units
from rmatch.solve.network import CutError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.solve.capped import Span
    from rmatch.solve.network import Whole

NEAR = 1e-3
"""How near, in grid steps, a chance must be to a step to count as being on it."""
SLACK = 1e-7
"""What the solver may fall short by, as a share."""


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    r"""Differences that must stay small, one by one or together.

    Every difference :math:`d_k = \sum_{ij} w^k_{ij} x_{ij} + c_k` belongs to a limit `l`, and its limit bounds the sum of
    the positive ones and that of the negative ones, :math:`\sum_{k \in l} d_k^+ \le e_l` and
    :math:`\sum_{k \in l} d_k^- \le e_l`. A limit of a single difference says :math:`|d_k| \le e_l`; one of the
    differences between two people's chances of each partner bounds a total variation.

    Attributes
    ----------
    weights : scipy.sparse.csr_array
        :math:`w`, a row for each difference and a column for each pair, mentor by mentor.
    given : numpy.ndarray of float64
        :math:`c`, what pairs that are certain add to each difference.
    limit : numpy.ndarray of intp
        The number of the limit that each difference belongs to.
    within : numpy.ndarray of float64
        :math:`e`.
    marks : tuple of two numpy.ndarray of int64
        A number for each mentor and each mentee: whoever has another one is treated differently by the differences.
    same : tuple of two numpy.ndarray of int64
        A number for each mentor and each mentee: whoever has the same one must have the same chances. Nobody of these
        may have the mark of somebody else.
    """

    weights: csr_array[np.float64]
    given: NDArray[np.float64]
    limit: NDArray[np.intp]
    within: NDArray[np.float64]
    marks: tuple[Whole, Whole]
    same: tuple[Whole, Whole]

    def wider(self, step: float) -> Balance:
        """Return the same with limits wider by a step for each of their differences."""
        count = np.bincount(self.limit, minlength=self.within.size)
        return replace(self, within=self.within + step * count)

    def tightened(self, capped: Capped) -> Capped:
        """Return the problem with the limits and places that people with the same chances have in common."""
        mentors, mentees = self.same
        limits = _least(_least(capped.limits, mentors).T, mentees).T
        spans = [
            (-_least(-low, same), _least(high, same))
            for (low, high), same in ((capped.mentors, mentors), (capped.mentees, mentees))
        ]
        return replace(capped, limits=limits, mentors=spans[0], mentees=spans[1])

    def joined(self, members: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
        """Return groups of equals in which whoever must have the same chances stands in one group as well."""
        mentors, mentees = (
            np.unique(group[np.unique(same, return_index=True)[1][same]], return_inverse=True)[1]
            for group, same in zip(members, self.same, strict=True)
        )
        return mentors, mentees


def _least(amounts: Whole, same: Whole) -> Whole:
    """Return for each line the smallest amounts of all lines with the same number."""
    least = np.full((max(same, default=-1) + 1, *amounts.shape[1:]), np.iinfo(np.int64).max)
    np.minimum.at(least, same, amounts)
    return least[same]


def balanced_units(capped: Capped, grid: int, balance: Balance) -> Whole:
    r"""Return the units of each pair in the best expected matching with small differences.

    Such differences are no longer a network, so the linear programme is solved in floating point (HiGHS). Its answer is
    then moved to the grid by an exact flow: every chance and every expected number of partners goes to the step
    next below or above it. Limits and places hold exactly; a difference holds up to what less than one step for each of
    its pairs makes, and the solver's tolerance. So a total variation grows by less than two steps for each partner.

    Parameters
    ----------
    capped : Capped
        What to solve, in units.
    grid : int
        The units of certainty.
    balance : Balance
        The differences, in chances.

    Returns
    -------
    numpy.ndarray of int64
        Units, shape (mentors, mentees).

    Raises
    ------
    CutError
        If the fewest units are out of reach already without the differences.
    InfeasibleError
        If they are with them, with how much larger the differences would have to be.
    """
    best_units(capped)
    capped = balance.tightened(capped)
    chances = _solved(_Programme.of(capped, grid, balance), most=capped.participation == "most")
    return _on_grid(capped, chances * grid)


@dataclass(frozen=True, slots=True, eq=False)
class _Programme:
    """The linear programme over the pairs that may be made, in chances, and the two parts of every difference.

    The last rows of its matrix are those that bound the sums of these parts.
    """

    cells: tuple[NDArray[np.intp], NDArray[np.intp]]
    shape: tuple[int, ...]
    points: NDArray[np.float64]
    matrix: Any
    limits: NDArray[np.float64]
    bounded: int
    bounds: Any

    @classmethod
    def of(cls, capped: Capped, grid: int, balance: Balance) -> _Programme:
        from scipy.sparse import block_array, csr_array, eye_array, vstack

        rows, columns = cells = np.nonzero(capped.limits)
        each, shape = np.arange(rows.size), capped.limits.shape
        ones = np.ones(rows.size)
        persons = vstack(
            [csr_array((ones, (who, each)), shape=(size, rows.size)) for who, size in zip(cells, shape, strict=True)]
        )
        most, fewest = (np.concatenate([capped.mentors[k], capped.mentees[k]]) / grid for k in (1, 0))
        weights, count = balance.weights[:, np.ravel_multi_index(cells, shape)], balance.limit.size
        part, limits = eye_array(count), balance.within.size
        sums = csr_array((np.ones(count), (balance.limit, np.arange(count))), shape=(limits, count))
        matrix: Any = [
            [persons, None, None],
            [-persons, None, None],
            [weights, -part, None],
            [-weights, None, -part],
            [None, sums, None],
            [None, None, sums],
        ]
        return cls(
            cells=(rows, columns),
            shape=shape,
            points=capped.points[cells].astype(np.float64),
            matrix=block_array(matrix, format="csr"),
            limits=np.concatenate([most, -fewest, -balance.given, balance.given, *[balance.within] * 2]),
            bounded=2 * limits,
            bounds=np.vstack([_upto(capped.limits[cells] / grid), _upto(np.full(2 * count, np.inf))]),
        )

    def best(self, goal: NDArray[np.float64], fewest: float = 0.0) -> NDArray[np.float64] | None:
        """Return the chances that maximise a goal with at least so many pairs; none if there are none."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, vstack

        parts = self.matrix.shape[1] - goal.size
        pairs = csr_array(np.pad(-np.ones((1, goal.size)), ((0, 0), (0, parts))))
        solver: Any = linprog
        answer = solver(
            np.pad(-goal / max(float(np.abs(goal).max(initial=0)), 1.0), (0, parts)),
            A_ub=vstack([self.matrix, pairs]),
            b_ub=np.append(self.limits, -fewest),
            bounds=self.bounds,
        )
        return answer.x[: goal.size] if answer.status == 0 else None

    def excess(self) -> float:
        """Return by how much all limits of differences would have to grow."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, hstack

        column = np.zeros((self.limits.size, 1))
        column[self.limits.size - self.bounded :] = -1
        solver: Any = linprog
        answer = solver(
            np.append(np.zeros(self.matrix.shape[1]), 1.0),
            A_ub=hstack([self.matrix, csr_array(column)]),
            b_ub=self.limits,
            bounds=np.vstack([self.bounds, _upto(np.array([np.inf]))]),
        )
        return float(answer.x[-1])


def _upto(most: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([np.zeros_like(most), most])


def _solved(programme: _Programme, *, most: bool) -> NDArray[np.float64]:
    chances = np.zeros(programme.shape)
    if not programme.points.size:
        return chances
    first = programme.best(np.ones_like(programme.points))
    if first is None:
        excess = f"{programme.excess():.3g}"
        message = f"the differences cannot be kept so small: each limit would have to be about {excess} larger"
        raise InfeasibleError(message)
    fewest = float(first.sum()) * (1 - SLACK) if most else 0.0
    best = programme.best(programme.points, fewest)
    chances[programme.cells] = first if best is None else best
    return chances


def _on_grid(capped: Capped, units: NDArray[np.float64]) -> Whole:
    """Move units to whole ones next to them, so that every person's sum goes to one next to it, with the most points."""
    near = np.rint(units)
    units = np.clip(np.where(np.abs(units - near) < NEAR, near, units), 0, capped.limits)
    low = np.floor(units).astype(np.int64)
    spans = [_span(units.sum(axis), low.sum(axis), given) for axis, given in ((1, capped.mentors), (0, capped.mentees))]
    rest = replace(
        capped, limits=np.ceil(units).astype(np.int64) - low, mentors=spans[0], mentees=spans[1], participation="most"
    )
    try:
        return low + best_units(rest)
    except CutError:
        message = "the solver's answer is too far from any on the grid; ask for wider differences or a coarser grid"
        raise InfeasibleError(message) from None


def _span(sums: NDArray[np.float64], low: Whole, given: Span) -> Span:
    """Return the fewest and most units that are left to each person: the whole numbers next to what they expect."""
    least = np.maximum(np.floor(sums - NEAR).astype(np.int64), given[0])
    most = np.minimum(np.ceil(sums + NEAR).astype(np.int64), given[1])
    return np.maximum(least - low, 0), np.maximum(most - low, 0)
