"""What comes before the points of groups: it adds up over pairs, so prices of people prove it, and say what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.rounds.capacity import Places
from rmatch.rounds.groups.problem import group_problem
from rmatch.solve import Answer, Problem, Solution, optimal_matchings, worth_of_firsts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.people import Cohort
    from rmatch.programme import Programme
    from rmatch.rounds.groups.problem import Asked, Parts
    from rmatch.rounds.player import Cell
    from rmatch.rounds.precedence import Precedence
    from rmatch.solve import Certificate, GroupProblem, GroupSolution

    Whole = NDArray[np.int64]
    Both = tuple[Whole, Whole]
    Posed = tuple[Cohort, Programme, Parts]
    """The people, what is asked of groups, and the points, taken apart."""

FINEST = 2**30
"""What a pair counts at most where earlier pairs decide among equal points: prices of groups then still add up in 64 bits."""


def first_aims(asked: Asked, first: Precedence | None, reach: tuple[int, int]) -> Problem | None:
    """Return what comes before the points of groups, as a problem of pairs; nothing where nothing does.

    Parameters
    ----------
    asked : tuple
        Pairs, places, locks and participation of the groups.
    first : Precedence or None
        What first partners and earlier pairs are worth.
    reach : tuple of int
        Bounds on the points of a pair.
    """
    if first is None or not (first.firsts or first.outweighs_points(asked[1], reach)):
        return None
    allowed, places, _, participation = asked
    points = np.zeros(allowed.shape, np.int64)
    if first.outweighs_points(places, reach):
        points[tuple(first.kept.T)] = first.gain
    room = *places.capacities, *places.minimums
    return Problem(points, allowed, *room, participation, first.firsts)


def by_prices(
    aims: Problem, pairs: Both, prices: Certificate, bound: int, *, proved: bool
) -> Solution:
    """Return some pairs as a solution of what comes first, with the prices that bound what any others do for it."""
    nobody, points = np.zeros(0, np.int64), aims.points[pairs].astype(np.int64)
    firsts = worth_of_firsts(aims.firsts, pairs)
    answer = Answer((*pairs, points), prices, bound, (nobody, nobody), firsts, proved=proved)
    return Solution(*pairs, int(points.sum()) + firsts, "flow", answer=answer)


def weighed(
    parts: Parts, places: Places, first: Precedence | None, reach: tuple[int, int]
) -> Parts:
    """Return points that are taken apart, with the earlier pairs that decide among equal ones."""
    rest, mentee, gains = parts
    if first is None or first.outweighs_points(places, reach):
        return parts
    if first.point * max(-reach[0], reach[1]) + first.gain > FINEST:
        problem = "so many earlier pairs cannot decide among equal points where a topic counts once"
        raise InvalidInputError([Fault("rematch", "keep", problem, "take keep='pairs'")])
    return first.whole(rest), mentee, first.point * gains


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """The groups that do as much as any for what comes before the points; among these the points decide.

    Attributes
    ----------
    problem : GroupProblem
        What is left to decide.
    settled : tuple of two numpy.ndarray of int64
        Row and column of each pair that all of them have.
    worth : int
        What the settled pairs are worth beside the locked ones; it is no part of the problem.
    """

    problem: GroupProblem
    settled: Both
    worth: int

    @classmethod
    def of(
        cls,
        whole: GroupProblem,
        posed: Posed,
        asked: Asked,
        aims: tuple[Problem, Certificate],
    ) -> Left:
        """Return what prices of what comes first leave of a problem of groups, which was posed and asked so."""
        face = optimal_matchings(*aims)
        cells: list[Cell] = [(row, column) for row, column in np.transpose(face.settled).tolist()]
        places = Places(*face.capacities, *face.minimums).beside(cells)
        _, _, locked, participation = asked
        left = group_problem(*posed, face.allowed, places, [*locked, *cells], participation)
        return cls(left, face.settled, whole.worth(whole.groups(*face.settled)))

    @classmethod
    def all_of(cls, whole: GroupProblem) -> Left:
        """Return all of a problem, where nothing comes first."""
        nobody = np.zeros(0, np.int64)
        return cls(whole, (nobody, nobody), 0)

    def without_settled(self, pairs: Both) -> Both:
        """Return some pairs without those that are settled."""
        width = self.problem.shape[1]
        rows, columns = pairs
        others = ~np.isin(rows * width + columns, self.settled[0] * width + self.settled[1])
        return rows[others], columns[others]

    def with_settled(self, found: GroupSolution) -> GroupSolution:
        """Return groups of what is left with the pairs that are settled."""
        rows = np.concatenate([found.rows, self.settled[0]])
        columns = np.concatenate([found.cols, self.settled[1]])
        order = np.lexsort((columns, rows))
        more = len(self.settled[0])
        return replace(
            found,
            rows=rows[order],
            cols=columns[order],
            total=found.total + self.worth,
            bound=found.bound + self.worth,
            most_pairs=None if found.most_pairs is None else found.most_pairs + more,
        )
