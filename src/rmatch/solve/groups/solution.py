"""The best groups, with what proves them: read without all that finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rmatch.utils.progress import relative_gap
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.solve.groups.ceiling import Ceiling
    from rmatch.solve.groups.generate import Start
    from rmatch.solve.groups.proof import GroupProof
    from rmatch.solve.network.network import Whole
    from rmatch.solve.total import Solution


@dataclass(frozen=True, slots=True, eq=False)
class GroupSolution(Value):
    """The best groups, as pairs.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int
        The points of all groups.
    bound : int
        What no groups with as many pairs exceed: the total, unless the run was stopped.
    most_pairs : int or None
        What no number of pairs exceeds, where as many as possible come first.
    points_proof : GroupProof
        What proves the bound.
    pairs_proof : GroupProof or None
        What proves that there are not more pairs.
    route : str
        ``"groups"``.
    aims : Solution, optional
        The same pairs as the best for what comes before the points, where something does, with the prices that prove it:
        then the other proofs are about groups that do as much for it.
    ceiling : Ceiling, optional
        What no groups exceed in points whoever gets a place, where places were settled before, and not to the end.
    start : Start, optional
        Where a step that follows may begin, in the order of the ties; no part of a matching.
    """

    rows: Whole
    cols: Whole
    total: int
    bound: int
    most_pairs: int | None
    points_proof: GroupProof
    pairs_proof: GroupProof | None
    route: Literal["groups"] = "groups"
    aims: Solution | None = None
    ceiling: Ceiling | None = None
    start: Start | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing is better; a run that was stopped leaves that open, and a gap that too many groups could close."""
        first = self.aims is None or self.aims.proved
        return first and self.bound == self.total and self.most_pairs in {None, len(self.rows)}

    @property
    def gap(self) -> float:
        """How far the bound exceeds the total, as a share of the total."""
        return relative_gap(self.bound, self.total)

    @property
    def certificate(self) -> None:
        """No prices of pairs; those of groups are the proofs."""
        return
