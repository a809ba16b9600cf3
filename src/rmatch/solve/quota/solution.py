"""The best pairs that keep every quota, and what no others exceed: read without all that finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rmatch.utils.progress import relative_gap
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.solve.network.network import Whole

QuotaRoute = Literal["dense", "flow", "columns", "greedy", "lp", "milp"]


@dataclass(frozen=True, slots=True, eq=False)
class QuotaSolution(Value):
    """The best pairs that keep every quota.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int
        Their points.
    route : {"dense", "flow", "columns", "greedy", "lp", "milp"}
        The algorithm: none of the last two if the best matching without quotas keeps them by itself.
    bound : int
        What no matching of as many pairs exceeds that keeps the quotas: the total, unless the run was stopped.
    most_pairs : int
        What no number of pairs exceeds: their own, unless the run was stopped.
    """

    rows: Whole
    cols: Whole
    total: int
    route: QuotaRoute
    bound: int
    most_pairs: int

    @property
    def proved(self) -> bool:
        """Whether nothing is better; only a run that was stopped leaves that open."""
        return self.bound == self.total and self.most_pairs == len(self.rows)

    @property
    def gap(self) -> float:
        """How far the bound exceeds the total, as a share of the total."""
        return relative_gap(self.bound, self.total)

    @property
    def certificate(self) -> None:
        """No prices; that the quotas are kept can be counted, see `quota_failures`."""
        return
