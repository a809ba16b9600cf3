"""The optima that a matching rests on, one after the other, each with what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rmatch.solve import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rmatch.objectives import Objective
    from rmatch.scoring import Scores
    from rmatch.solve import Certificate, FairSolution, Participation, QuotaSolution, Solution

    Places = tuple[NDArray[np.int64], NDArray[np.int64]]
    AnySolution = Solution | FairSolution | QuotaSolution

Decides = Literal["places", "pairs"]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One problem that was solved on the way to a matching, beside the locked pairs.

    Attributes
    ----------
    decides : {"places", "pairs"}
        Who gets a place, without protected attributes, or who meets whom.
    protected : bool
        Whether the points count protected attributes.
    participation : {"most", "best"}
        Whether as many pairs as possible come first.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each mentor and of each mentee.
    solution : Solution, FairSolution or QuotaSolution
        The pairs, by the rows and columns of the scores.
    objective : Objective
        Which of two matchings with as many pairs is the better one.
    """

    decides: Decides
    protected: bool
    participation: Participation
    capacities: Places
    minimums: Places
    solution: AnySolution
    objective: Objective

    @property
    def certificate(self) -> Certificate | None:
        """Prices that bound the points of every matching of this problem; none for another objective than the total."""
        return self.solution.certificate

    def problem(self, scores: Scores, settled: Sequence[tuple[int, int]]) -> Problem:
        """Return the problem with its matrix, as it is without the locked pairs."""
        allowed = scores.open_pairs.copy()
        for lock in settled:
            allowed[lock] = False
        points = scores.points if self.protected else scores.blind_points
        return Problem(points, allowed, *self.capacities, *self.minimums, self.participation)
