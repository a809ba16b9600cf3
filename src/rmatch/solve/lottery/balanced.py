"""The best chances when differences between people or groups are limited too: a linear programme, then a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.solve.lottery.capped import best_units
from rmatch.solve.lottery.polytope import Polytope
from rmatch.solve.lottery.rounding import next_steps
from rmatch.solve.lp.lexicographic import steadily

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rmatch.solve.lottery.balance import Balance
    from rmatch.solve.lottery.capped import CappedProblem
    from rmatch.solve.lp.lexicographic import Floats
    from rmatch.solve.network.network import Whole


def balanced_units(
    capped: CappedProblem, grid: int, balance: Balance, ties: NDArray[np.integer] | None = None
) -> Whole:
    r"""Return the units of each pair in the best expected matching with small differences.

    Such differences are no longer a network, so the linear programme is solved in floating point (HiGHS): for the most
    pairs, then for the most points, then for the ties. Its answer is
    then moved to the grid by an exact flow: every chance and every expected number of partners goes to the step
    next below or above it. Limits and places hold exactly; a difference holds up to what less than one step for each of
    its pairs makes, and the solver's tolerance. So a total variation grows by less than two steps for each partner.

    Parameters
    ----------
    capped : CappedProblem
        What to solve, in units.
    grid : int
        The units of certainty.
    balance : Balance
        The differences, in chances.
    ties : numpy.ndarray of int, optional
        The second level, shape (mentors, mentees): among equal totals the largest expected sum of these.

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
    polytope = Polytope.of(capped, grid, balance)
    if polytope.empty:
        return capped.limits

    def run(zero: float) -> Floats:
        found, _ = polytope.start(zero, most=capped.participation == "most")
        for goal in (capped.points, ties):
            if goal is not None:
                best = found.best(polytope.goal(goal[polytope.cells]))
                found = found.narrowed(best, zero)
        return polytope.matrix(best.values)

    return next_steps(balance.tightened(capped), steadily(run) * grid)
