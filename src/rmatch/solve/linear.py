"""Linear programmes over pairs: several goals in turn, each fixed before the next, every answer checked in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rmatch.errors import Fault, InvalidInputError, RmatchError
from rmatch.solve.watch import StopError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.solve.network import Whole

LinearRoute = Literal["lp", "milp"]

UNBOUNDED = 2**60
"""Stands for no bound."""

TIE_BITS = 24
"""So many leading bits of ties are compared: sums of more could be too large."""

LARGEST_SUM = 2**50
"""No goal and no row may add up to more: half a unit stays far above the rounding of float64."""

NEAR = 1e-5
"""So near a whole number is one; the rows are then checked exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    r"""Which 0-1 vectors are feasible: :math:`l \le A x \le h` in whole numbers.

    Attributes
    ----------
    rows : scipy.sparse.csr_array of int64
        The matrix `A`.
    least, most : numpy.ndarray of int64
        The bounds `l` and `h`; `UNBOUNDED` and its negative stand for none.
    integral : bool
        Whether every vertex of the polytope is known to be whole, so that a linear programme is enough.
    """

    rows: csr_array
    least: Whole
    most: Whole
    integral: bool

    @property
    def route(self) -> LinearRoute:
        """How it is solved: as a linear programme, or as a mixed-integer one."""
        return "lp" if self.integral else "milp"

    @property
    def limits(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The bounds as floats, infinite where there is none."""
        least = np.where(self.least <= -UNBOUNDED, -np.inf, self.least)
        return least, np.where(self.most >= UNBOUNDED, np.inf, self.most)

    def broken(self, chosen: Whole) -> Whole:
        """Return the numbers of the rows that a vector breaks, computed in whole numbers."""
        value = self.rows @ chosen
        return np.flatnonzero((value < self.least) | (value > self.most))

    def fixed(self, goal: Whole, value: int) -> Program:
        """Return the same programme with one more row, that a goal has this value."""
        from scipy.sparse import csr_array, vstack

        rows = vstack([self.rows, csr_array(goal[None, :])], format="csr")
        return replace(self, rows=rows, least=np.append(self.least, value), most=np.append(self.most, value))


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """The best vector, goal after goal.

    Attributes
    ----------
    chosen : numpy.ndarray of int64
        The vector, of zeros and ones.
    values, bounds : tuple of int
        What each goal reached, and what no feasible vector with the same values of the goals before can exceed.
    """

    chosen: Whole
    values: tuple[int, ...]
    bounds: tuple[int, ...]


def lexicographic(program: Program, goals: Sequence[Whole], max_seconds: float | None = None) -> Optimum | None:
    r"""Return a feasible vector for which the first goal is the largest, then the second, and so on.

    Each goal :math:`\max\, c^T x` is a problem of its own, solved by HiGHS [1]_; its value becomes an equality before
    the next goal, so that no large number has to keep two goals apart. The vector found is rounded and must obey every
    row in whole numbers.

    Parameters
    ----------
    program : Program
        What is feasible.
    goals : sequence of numpy.ndarray of int64
        The goals, the most important first; at least one.
    max_seconds : float, optional
        Stop searching for better vectors after about so many seconds; the bounds say what is left open.

    Returns
    -------
    Optimum or None
        None if nothing is feasible.

    Raises
    ------
    InvalidInputError
        If a goal may add up to more than float64 can tell apart.
    RmatchError
        If the solver's answer is not whole or breaks a row.
    StopError
        If none came in time.

    References
    ----------
    .. [1] Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming
       Computation 10, 2018. :doi:`10.1007/s12532-017-0130-5`

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> program = Program(csr_array([[1, 1, 0], [0, 1, 1]]), np.array([0, 0]), np.array([1, 1]), integral=True)
    >>> lexicographic(program, [np.array([1, 1, 1]), np.array([2, 9, 3])]).values
    (2, 5)
    """
    _check(goals)
    until = None if max_seconds is None else monotonic() + max_seconds
    chosen = np.zeros(program.rows.shape[1], np.int64)
    values: list[int] = []
    bounds: list[int] = []
    for goal in goals:
        found = _maximum(program, goal, None if until is None else max(until - monotonic(), 0.1))
        if found is None:
            return None
        chosen, bound = found
        values.append(int(goal @ chosen))
        bounds.append(max(bound, values[-1]))
        program = program.fixed(goal, values[-1])
    return Optimum(chosen, tuple(values), tuple(bounds))


def _check(goals: Sequence[Whole]) -> None:
    for goal in goals:
        if float(np.abs(goal.astype(np.float64)).sum()) > LARGEST_SUM:
            problem = f"add up to more than {LARGEST_SUM:.2g}, which a linear programme cannot tell apart"
            raise InvalidInputError([Fault("", "points", problem, "divide them by a common number")])


def _maximum(program: Program, goal: Whole, seconds: float | None) -> tuple[Whole, int] | None:
    """Return a best vector for one goal, and the bound."""
    if not goal.size:
        return None if program.broken(goal).size else (goal, 0)
    answer = _highs(program, goal, seconds)
    if answer.status == 2:
        return None
    if answer.x is None or (program.integral and answer.status):
        message = f"the {program.route} was stopped before it had an answer: {answer.message}"
        raise StopError(message)
    chosen = np.rint(answer.x).astype(np.int64)
    if np.abs(answer.x - chosen).max() > NEAR or program.broken(chosen).size:
        message = f"the answer of the {program.route} is not whole, or breaks a bound: please report it"
        raise RmatchError(message)
    dual = answer.fun if program.integral else answer.mip_dual_bound
    return chosen, int(np.floor(0.5 - dual))


def _highs(program: Program, goal: Whole, seconds: float | None) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp

    options: Any = {"mip_rel_gap": 0.0} | ({} if seconds is None else {"time_limit": seconds})
    return milp(
        -goal.astype(np.float64),
        integrality=np.full(goal.size, int(not program.integral)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(program.rows.astype(np.float64), *program.limits),
        options=options,
    )


def coarse(ties: NDArray[np.integer]) -> Whole:
    """Return the leading bits of ties, as many as a linear programme tells apart in sums."""
    shift = max(int(ties.max(initial=0)).bit_length() - TIE_BITS, 0)
    return ties.astype(np.int64) >> shift
