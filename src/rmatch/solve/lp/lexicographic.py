"""A linear programme with several goals, one after another, in floating point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import InfeasibleError, RmatchError
from rmatch.utils.aside import aside
from rmatch.utils.values import Value

Floats = NDArray[np.float64]


T = TypeVar("T")

EXACT = 1e-10
"""What the solver may miss a limit or a price by: the least that HiGHS offers."""
ZEROS = (1e-9, 1e-8, 1e-7, 1e-6)
"""Up to which size a price is nought: the first with which all programmes can be solved is taken."""


class UnsolvedError(RmatchError):
    """A linear programme has no solution, or none that can be found in floating point."""


@dataclass(frozen=True, slots=True, eq=False)
class LpOptimum(Value):
    """A best solution, with the prices that prove it.

    Attributes
    ----------
    values : numpy.ndarray of float64
        The solution.
    prices : numpy.ndarray of float64
        What one more of each limit would bring.
    reduced : numpy.ndarray of float64
        What each variable brings beyond what it costs at these prices.
    used : numpy.ndarray of bool
        The variables among which it was found; all others are at 0.
    """

    values: Floats
    prices: Floats
    reduced: Floats
    used: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Solutions(Value):
    r"""All :math:`x` with :math:`A x \le b`, some rows with equality, and :math:`l \le x \le h`.

    Attributes
    ----------
    matrix : scipy.sparse.csc_array
        :math:`A`.
    limits : numpy.ndarray of float64
        :math:`b`.
    tight : numpy.ndarray of bool
        The rows with equality.
    low, high : numpy.ndarray of float64
        :math:`l` and :math:`h`, which may be infinite.
    """

    matrix: Any
    limits: Floats
    tight: NDArray[np.bool_]
    low: Floats
    high: Floats

    def best(self, goal: Floats, among: NDArray[np.bool_] | None = None) -> LpOptimum:
        """Return one that maximises a goal.

        Parameters
        ----------
        goal : numpy.ndarray of float64
            What each variable counts.
        among : numpy.ndarray of bool, optional
            Variables among which there is a solution, all others at 0: those that would bring more join by and by,
            which is faster where there are many variables and few are needed.

        Returns
        -------
        LpOptimum
            Best among all, however it was found.

        Raises
        ------
        UnsolvedError
            If none is found.
        """
        free = (self.low < self.high) | (self.low != 0)
        used = free.copy() if among is None else free & among
        if not used.any():
            # HiGHS takes no programme without variables.
            used[:1] = True
        while True:
            values, prices = self._solved(goal, np.flatnonzero(used))
            reduced = goal - self.matrix.T @ prices
            missing = np.flatnonzero((reduced > ZEROS[0]) & free & ~used)
            if not missing.size:
                return LpOptimum(values, prices, reduced, used)
            best_first = np.argsort(-reduced[missing])
            joining = missing[best_first[: self.limits.size]]
            used = used | np.isin(np.arange(used.size), joining)

    def _solved(self, goal: Floats, some: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return a best solution that is 0 but for some variables, and its prices."""
        from scipy.optimize import linprog

        matrix = self.matrix[:, some].tocsr()
        loose, bound = np.flatnonzero(~self.tight), np.flatnonzero(self.tight)
        solver: Any = partial(
            linprog,
            -goal[some],
            A_ub=matrix[loose],
            b_ub=self.limits[loose],
            A_eq=matrix[bound],
            b_eq=self.limits[bound],
            bounds=np.column_stack([self.low, self.high])[some],
            options={"primal_feasibility_tolerance": EXACT, "dual_feasibility_tolerance": EXACT},
        )
        answer = aside("programme", matrix.nnz, solver)
        if answer.status != 0:
            raise UnsolvedError(answer.message)
        values, prices = np.zeros_like(goal), np.zeros_like(self.limits)
        values[some] = answer.x
        prices[loose] = -answer.ineqlin.marginals
        prices[bound] = -answer.eqlin.marginals
        return values, prices

    def narrowed(self, optimum: LpOptimum, zero: float) -> Solutions:
        """Return those that are as good, by complementary slackness: what has a price is at its limit in all of them.

        No bound on the goal itself is added. It would have to be a little too low to be kept in floating point, and a
        little may become much in the goals that follow.

        Parameters
        ----------
        optimum : LpOptimum
            The best of all of these for some goal; it may be about the first of the rows and variables alone.
        zero : float
            The largest price that is nought.

        Returns
        -------
        Solutions
            Some of these.
        """
        reduced = optimum.reduced[: self.low.size]
        prices = optimum.prices[: self.limits.size]
        at_the_top = (reduced > zero) & np.isfinite(self.high)
        at_the_bottom = (reduced < -zero) & np.isfinite(self.low)
        return replace(
            self,
            tight=self.tight | (prices > zero),
            low=np.where(at_the_top, self.high, self.low),
            high=np.where(at_the_bottom, self.low, self.high),
        )


def steadily(run: Callable[[float], T]) -> T:
    """Return what a run with several goals finds, with the smallest prices counted that floating point allows.

    Raises
    ------
    InfeasibleError
        If it allows none.
    """
    for zero in ZEROS:
        try:
            return run(zero)
        except UnsolvedError:
            continue
    message = (
        "points or limits are too unlike in size for a linear programme in floating point; round or widen them, or ask for a "
        "coarser grid"
    )
    raise InfeasibleError(message)
