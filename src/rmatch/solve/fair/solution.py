"""The answer of a search for another best than the total, with what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Literal

from rmatch.solve.fair.alpha import Rounded
from rmatch.solve.fair.leximin import TierProof
from rmatch.solve.fair.max_min import Bottleneck
from rmatch.solve.network.network import Whole
from rmatch.solve.total import Solution
from rmatch.utils.values import Value

FairRoute = Literal["dense", "flow", "columns", "greedy", "leximin", "stable", "lp", "milp"]


@dataclass(frozen=True, slots=True, eq=False)
class FairSolution(Value):
    """The pairs of one matching that is the best for an objective.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int or float
        Their points: an exact int for whole points, a correctly rounded sum for others.
    route : {"dense", "flow", "columns", "greedy", "leximin", "stable", "lp", "milp"}
        The algorithm that had the last word; "greedy" if it was stopped before it had a matching.
    bottleneck : Bottleneck, optional
        For max-min, what the worst pair has, or if the run was stopped has at most, and why no matching does better.
    proofs : tuple of TierProof
        For leximin, the proof.
    up_to : int or float
        For leximin, the points up to which no matching is better, from the worst on: infinite, unless the run was stopped.
    rounded : Rounded, optional
        For α-fair, what each number of points is transformed to.
    ceiling : Solution, optional
        If the run was stopped, an answer for the most points, whose bound no matching exceeds.
    """

    rows: Whole
    cols: Whole
    total: int | float
    route: FairRoute
    bottleneck: Bottleneck | None = None
    proofs: tuple[TierProof, ...] = ()
    up_to: float = inf
    rounded: Rounded | None = None
    ceiling: Solution | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing is better; only a run that was stopped leaves that open."""
        return self.ceiling is None

    @property
    def bound(self) -> int | float:
        """The total, or if the run was stopped the most points that any matching has: not what the objective is about."""
        return self.total if self.ceiling is None else self.ceiling.bound

    @property
    def unit(self) -> Fraction:
        """What one point of a certificate stands for, which there is none of."""
        return Fraction(1)

    @property
    def certificate(self) -> None:
        """No prices, which prove sums of points alone; see `bottleneck`, `proofs` and `rounded`."""
        return
