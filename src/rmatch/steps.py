"""The optima that a matching rests on, one after the other, each with what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rmatch.solve.certificate import Certificate
    from rmatch.solve.network import Whole
    from rmatch.solve.problem import Participation
    from rmatch.solve.routes import Solution

    Places = tuple[Whole, Whole]

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
    solution : Solution
        The pairs, by the rows and columns of the scores.
    """

    decides: Decides
    protected: bool
    participation: Participation
    capacities: Places
    minimums: Places
    solution: Solution

    @property
    def certificate(self) -> Certificate | None:
        """Prices that bound every matching of this problem."""
        return self.solution.certificate
