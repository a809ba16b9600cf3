"""The answer of a search for another best than the total, with what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rmatch.solve.fair.alpha import Rounded
from rmatch.solve.fair.leximin import TierProof
from rmatch.solve.fair.max_min import Bottleneck
from rmatch.solve.network.network import Whole
from rmatch.utils.values import Value

FairRoute = Literal["dense", "flow", "columns", "leximin", "stable", "lp", "milp"]


@dataclass(frozen=True, slots=True, eq=False)
class FairSolution(Value):
    """The pairs of one matching that is the best for an objective.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int or float
        Their points: an exact int for whole points, a correctly rounded sum for others.
    route : {"dense", "flow", "columns", "leximin", "stable", "lp", "milp"}
        The algorithm that had the last word.
    bottleneck : Bottleneck, optional
        For max-min, what the worst pair has and why no matching does better.
    proofs : tuple of TierProof
        For leximin, the proof.
    rounded : Rounded, optional
        For α-fair, what each number of points is transformed to.
    """

    rows: Whole
    cols: Whole
    total: int | float
    route: FairRoute
    bottleneck: Bottleneck | None = None
    proofs: tuple[TierProof, ...] = ()
    rounded: Rounded | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing is better: always, because nothing stops these searches early."""
        return True

    @property
    def bound(self) -> int | float:
        """The total: with another objective than it, more points would not be better."""
        return self.total

    @property
    def unit(self) -> Fraction:
        """What one point of a certificate stands for, which there is none of."""
        return Fraction(1)

    @property
    def certificate(self) -> None:
        """No prices, which prove sums of points alone; see `bottleneck`, `proofs` and `rounded`."""
        return
