"""The optima that a matching rests on, one after the other, each with what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.objectives import AlphaFair, Objective
from rmatch.rounds.capacity import Places
from rmatch.rounds.player import Cell
from rmatch.rounds.precedence import Precedence, Whole
from rmatch.scoring import WHOLE, Scores
from rmatch.solve import (
    Certificate,
    FairSolution,
    GroupSolution,
    Participation,
    Problem,
    QuotaSolution,
    Solution,
)
from rmatch.utils.memory import require
from rmatch.utils.shown import Shown
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.solve import ImplicitProblem

AnySolution = Solution | FairSolution | QuotaSolution | GroupSolution


Decides = Literal["places", "pairs"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Step(Value, Shown):
    """One problem that was solved on the way to a matching, beside the locked pairs.

    Attributes
    ----------
    decides : {"places", "pairs"}
        Who gets a place, without protected attributes, or who meets whom.
    protected : bool
        Whether the points count protected attributes.
    participation : {"most", "best"}
        Whether as many pairs as possible come first.
    places : Places
        Most and fewest partners of each mentor and of each mentee.
    solution : Solution, FairSolution, QuotaSolution or GroupSolution
        The pairs, by the rows and columns of the scores.
    objective : Objective
        Which of two matchings with as many pairs is the better one.
    precedence : Precedence, optional
        What counts before the points, if anything does: it is part of all numbers of the solution.
    """

    decides: Decides
    protected: bool
    participation: Participation
    places: Places
    solution: AnySolution
    objective: Objective
    precedence: Precedence | None = None

    @property
    def certificate(self) -> Certificate | None:
        """Prices that bound the points of every matching of this problem; none for another objective than the total."""
        return self.solution.certificate

    @property
    def rounds_sums(self) -> bool:
        """Whether what is largest is a sum of rounded numbers, so that another may be better by less than the rounding.

        The sums of α-fairness are irrational, and compared in whole steps; but for α so large that tiers settle it.
        """
        solution, objective = self.solution, self.objective
        if not isinstance(solution, FairSolution) or not isinstance(objective, AlphaFair):
            return False
        return objective.alpha != 0 and not solution.proofs

    @property
    def cells(self) -> list[Cell]:
        """Row and column of each pair."""
        solution = self.solution
        return list(zip(solution.rows.tolist(), solution.cols.tolist(), strict=True))

    @property
    def points(self) -> int:
        """The points of the pairs, without what comes before them."""
        solution, first = self.solution, self.precedence
        if first is None or not isinstance(solution, Solution | GroupSolution):
            return int(solution.total)
        beside = first.gain * int(first.goes_on(solution.rows, solution.cols).sum())
        if isinstance(solution, Solution):
            return (int(solution.points.sum()) - beside) // first.point
        # Earlier pairs that come before the points of groups count there, and not among these.
        beside -= 0 if solution.aims is None else int(solution.aims.points.sum())
        return (int(solution.total) - beside) // first.point

    @property
    def at_most(self) -> int:
        """What the pairs could have at most, had the run gone to its end; the points themselves, if it did."""
        missing, first = int(self.solution.bound - self.solution.total), self.precedence
        if first is None or not missing:
            return self.points + missing
        # More may come before the points, too, and then the bound says little; but no points outweigh the least of it.
        return min(self.points + missing // first.point, first.outweighs)

    @property
    def ended(self) -> Step:
        """The step without what one that follows began with."""
        if not isinstance(self.solution, GroupSolution):
            return self
        return replace(self, solution=replace(self.solution, start=None))

    @property
    def taken(self) -> Places:
        """Places for those alone who got one, as many as they got."""
        shape = len(self.places.mentor_capacity), len(self.places.mentee_capacity)
        return Places.taken(self.solution.rows, self.solution.cols, shape)

    def problem(self, scores: Scores, locked: Sequence[Cell]) -> Problem:
        """Return the problem with its matrix, as it is without the locked pairs."""
        allowed = scores.open_pairs.copy()
        for cell in locked:
            allowed[cell] = False
        points = scores.points if self.protected else scores.blind_points
        return posed(points, allowed, self.places, self.participation, self.precedence)


def implicit(
    scores: Scores,
    locked: Iterable[Cell],
    places: Places,
    participation: Participation,
    precedence: Precedence | None,
    *,
    protected: bool,
) -> ImplicitProblem:
    """Return what is to be decided beside the locked pairs, without a matrix."""
    from rmatch.solve import ImplicitProblem

    locks = np.array(list(locked), np.int64).reshape(-1, 2)
    source, firsts = scores.source(locks, protected=protected), None
    if precedence is not None:
        source, firsts = precedence.source(source), precedence.firsts
    room, most = (places.capacities, places.minimums), participation == "most"
    return ImplicitProblem.limited(source, *room, most_pairs=most, firsts=firsts)


def posed(
    points: Whole,
    allowed: NDArray[np.bool_],
    places: Places,
    participation: Participation,
    precedence: Precedence | None,
) -> Problem:
    """Return what is to be solved, with what comes before the points as a part of them."""
    firsts = None
    if precedence is not None:
        points, firsts = precedence.whole(points), precedence.firsts
    return Problem(points, allowed, *places.capacities, *places.minimums, participation, firsts)


def check_size(shape: tuple[int, int]) -> None:
    """Refuse more pairs than go into one matrix, or into memory."""
    rows, columns = shape
    pairs = f"a matrix of {numeral(rows)} × {numeral(columns)} pairs, and several of them,"
    remedy = "install reverse-mentoring[scale]"
    require(60 * rows * columns, pairs, remedy)
    if rows * columns > WHOLE:
        raise InvalidInputError([Fault("people", "pairs", f"{pairs} are too many", remedy)])
