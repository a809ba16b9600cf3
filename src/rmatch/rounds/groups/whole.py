"""The groups that are possible whoever gets a place, which a bound is about where places were not settled to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.rounds.groups.problem import group_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rmatch.people import Cohort
    from rmatch.programme import Programme
    from rmatch.rounds.groups.problem import Parts
    from rmatch.rounds.player import Cell
    from rmatch.rounds.step import Step
    from rmatch.solve import GroupPrices, GroupProblem

    Whole = NDArray[Any]


def whoever_is_placed(
    posed: tuple[Cohort, Programme, Parts],
    allowed: Whole,
    locked: Sequence[Cell],
    first: Step,
) -> tuple[GroupProblem, int | None]:
    """Return all groups that the step that settled places could have made, and their number of pairs.

    Parameters
    ----------
    posed : tuple
        People, programme and all points, taken apart, without what comes before them.
    allowed : numpy.ndarray of bool
        The pairs that may be made, the locked ones closed.
    locked : sequence of (int, int)
        Row and column of each locked pair.
    first : Step
        What settled the places, without protected attributes.

    Returns
    -------
    GroupProblem
        Whatever places are settled, the groups of these places are groups of this problem.
    int or None
        How many pairs all of them have; none where that is not proved.
    """
    solution: Any = first.solution
    problem = group_problem(*posed, allowed, first.places, locked, first.participation)
    settled = solution.most_pairs == len(solution.rows)
    aims = solution.aims is None or solution.aims.proved
    return problem, len(solution.rows) if settled and aims else None


def prices_of(first: Step) -> GroupPrices:
    """Return the prices of mentors that a step ended with, for points without what comes before them."""
    from rmatch.solve import GroupPrices

    solution: Any = first.solution
    point = 1 if first.precedence is None else first.precedence.point
    prices = solution.points_proof.prices
    return GroupPrices(prices.mentors // point, prices.bonus // point)
