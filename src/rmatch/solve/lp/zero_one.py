"""Linear programmes over pairs: several goals in turn, each fixed before the next, every answer checked in whole numbers."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rmatch.errors import Fault, InvalidInputError, RmatchError, StopError
from rmatch.solve.lp.highs import INFEASIBLE, OPTIMAL, SLICE, in_slices
from rmatch.utils.aside import LONG, aside
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.solve.network.network import Whole

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
class Program(Value):
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
        most = np.where(self.most >= UNBOUNDED, np.inf, self.most)
        return least, most

    def broken(self, chosen: Whole) -> Whole:
        """Return the numbers of the rows that a vector breaks, computed in whole numbers."""
        value = self.rows @ chosen
        wrong = (value < self.least) | (value > self.most)
        return np.flatnonzero(wrong)

    def among(self, positions: Whole) -> Program:
        """Return the same programme for vectors that are 0 anywhere else."""
        return replace(self, rows=self.rows[:, positions])

    def fixed(self, goal: Whole, value: int) -> Program:
        """Return the same programme with one more row, that a goal has this value."""
        from scipy.sparse import csr_array, vstack

        rows = vstack([self.rows, csr_array(goal[None, :])], format="csr")
        return replace(
            self, rows=rows, least=np.append(self.least, value), most=np.append(self.most, value)
        )


@dataclass(frozen=True, slots=True, eq=False)
class IntegerOptimum(Value):
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


def solve_in_order(
    program: Program,
    goals: Sequence[Whole],
    *,
    hoped: int | None = None,
) -> IntegerOptimum | None:
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
    hoped : int, optional
        What the first goal cannot exceed: tried before it is searched for, if there is a second goal.

    Returns
    -------
    IntegerOptimum or None
        None if nothing is feasible. If the run was stopped, the best vector so far; the bounds say what is left open.

    Raises
    ------
    InvalidInputError
        If a goal may add up to more than float64 can tell apart.
    RmatchError
        If the solver's answer is not whole or breaks a row.
    StopError
        If the run was stopped before there was any feasible vector.

    References
    ----------
    .. [1] Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming
       Computation 10, 2018. :doi:`10.1007/s12532-017-0130-5`

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> program = Program(
    ...     csr_array([[1, 1, 0], [0, 1, 1]]), np.array([0, 0]), np.array([1, 1]), integral=True
    ... )
    >>> solve_in_order(program, [np.array([1, 1, 1]), np.array([2, 9, 3])]).values
    (2, 5)
    """
    _refuse_large_sums(goals)
    if hoped is not None and len(goals) > 1:
        best = _in_turn(program.fixed(goals[0], hoped), goals[1:])
        if best is not None:
            return IntegerOptimum(best.chosen, (hoped, *best.values), (hoped, *best.bounds))
    return _in_turn(program, goals)


def _in_turn(program: Program, goals: Sequence[Whole]) -> IntegerOptimum | None:
    size = program.rows.shape[1]
    kept, chosen = np.arange(size), np.zeros(size, np.int64)
    values: list[int] = []
    bounds: list[int] = []
    for number, full in enumerate(goals):
        goal = full[kept]
        found = solve_one(program, goal, chosen[kept] if number else None)
        if found is None:
            return None
        chosen[kept], bound = found
        values.append(int(goal @ found[0]))
        bounds.append(max(bound, values[-1]))
        if number + 1 < len(goals):
            open_ones = np.arange(goal.size)
            with suppress(StopError):
                open_ones = _worth_it(program, goal, values[-1], found[0])
            program = program.among(open_ones).fixed(goal[open_ones], values[-1])
            kept = kept[open_ones]
    return IntegerOptimum(chosen, tuple(values), tuple(bounds))


def _worth_it(program: Program, goal: Whole, value: int, chosen: Whole) -> Whole:
    """Return the positions that may be 1 in a vector of this value, which no whole vector exceeds.

    By linear duality a vector with a 1 at a position loses at least the reduced cost of that position against the optimum
    of the linear programme. Who loses more than that exceeds the value is never needed.
    """
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    if program.integral or not goal.size:
        return np.arange(goal.size)
    least, most = program.limits
    below, above = np.isfinite(most), np.isfinite(least)
    both_ways = vstack([program.rows[below], -program.rows[above]], format="csr")
    solver: Any = partial(
        linprog,
        -goal.astype(np.float64),
        A_ub=both_ways.astype(np.float64),
        b_ub=np.concatenate([most[below], -least[above]]),
        bounds=(0, 1),
        method="highs",
    )
    answer = aside("programme", LONG, solver)
    # Half a point more than the optimum may lie above the value: the prices are floats.
    to_lose = -answer.fun - value + 0.5
    needed = answer.lower.marginals <= to_lose
    return np.flatnonzero(needed | (chosen > 0))


def _refuse_large_sums(goals: Sequence[Whole]) -> None:
    for goal in goals:
        sizes = np.abs(goal.astype(np.float64))
        if float(sizes.sum()) > LARGEST_SUM:
            problem = (
                f"add up to more than {LARGEST_SUM:.2g}, which a linear programme cannot tell apart"
            )
            remedy = "divide them by a common number"
            raise InvalidInputError([Fault("", "points", problem, remedy)])


def solve_one(program: Program, goal: Whole, known: Whole | None) -> tuple[Whole, int] | None:
    """Return a best vector for one goal, and the bound; if the run was stopped, the best that is known."""
    if not goal.size:
        return None if program.broken(goal).size else (goal, 0)
    first = math.inf if program.integral else SLICE
    answer = in_slices(partial(_highs, program, goal), first)
    if answer is not None and answer.status == INFEASIBLE:
        return None
    stopped = answer is None or answer.x is None or (program.integral and answer.status != OPTIMAL)
    if stopped and known is None:
        message = f"the {program.route} was stopped before it had an answer"
        raise StopError(message)
    chosen = known if stopped and known is not None else _rounded(program, answer.x)
    if known is not None and goal @ known > goal @ chosen:
        chosen = known
    dual = None
    if answer is not None and not (stopped and program.integral):
        dual = answer.fun if program.integral else answer.mip_dual_bound
    if dual is None or not np.isfinite(dual):
        return chosen, int(np.maximum(goal, 0).sum())
    # HiGHS minimises the opposite, in floats: half a unit more, and then down to a whole number.
    return chosen, int(np.floor(0.5 - dual))


def _rounded(program: Program, found: NDArray[np.float64]) -> Whole:
    chosen = np.rint(found).astype(np.int64)
    if np.abs(found - chosen).max() > NEAR or program.broken(chosen).size:
        message = (
            f"the answer of the {program.route} is not whole, or breaks a bound: please report it"
        )
        raise RmatchError(message)
    return chosen


def _highs(program: Program, goal: Whole, seconds: float) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp

    options: Any = {"mip_rel_gap": 0.0}
    if seconds < math.inf:
        options["time_limit"] = seconds
    return milp(
        -goal.astype(np.float64),
        integrality=np.full(goal.size, int(not program.integral)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(program.rows.astype(np.float64), *program.limits),
        options=options,
    )


def coarse(ties: NDArray[np.integer]) -> Whole:
    """Return the leading bits of ties, as many as a linear programme tells apart in sums."""
    bits = int(ties.max(initial=0)).bit_length()
    shift = max(bits - TIE_BITS, 0)
    return ties.astype(np.int64) >> shift
