"""What `assign` answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from rmatch.errors import Status
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.fair.solution import FairRoute, FairSolution
from rmatch.solve.network.network import Whole
from rmatch.solve.total import Solution
from rmatch.utils.progress import relative_gap
from rmatch.utils.shown import SHOWN, Rows, Shown, more
from rmatch.utils.text import counted
from rmatch.utils.values import Value

FEW = 6


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Assignment(Value, Shown):
    """The bare answer for a matrix: who meets whom, by row and column number.

    Attributes
    ----------
    pairs : numpy.ndarray of int64
        Row and column of each pair, shape (pairs, 2), sorted.
    total : int or float
        The points of all pairs together: an exact int for whole points, a correctly rounded sum for others.
    unmatched_mentors, unmatched_mentees : numpy.ndarray of int64
        Rows and columns without any partner, those of capacity 0 included.
    route : {"dense", "flow", "columns", "greedy", "leximin", "stable", "lp", "milp"}
        The algorithm that ran; "greedy" if it was stopped before it had a matching.
    sign : {1, -1}
        Whether more points are better, or fewer.
    solution : Solution or FairSolution
        What the algorithm returned.
    runtime : float or None
        The seconds that it took; no part of what is compared.
    """

    pairs: Whole
    total: int | float
    unmatched_mentors: Whole
    unmatched_mentees: Whole
    route: FairRoute
    sign: int
    solution: Solution | FairSolution
    runtime: float | None = field(default=None, compare=False)

    @property
    def row_ind(self) -> Whole:
        """The row of each pair, as :func:`scipy.optimize.linear_sum_assignment` returns it."""
        return self.pairs[:, 0]

    @property
    def col_ind(self) -> Whole:
        """The column of each pair."""
        return self.pairs[:, 1]

    @property
    def bound(self) -> int | float:
        """What no answer with as many pairs or more can exceed, or fall below, if points are minimised.

        The total itself, unless the run was stopped; for fractional points a little more, because whole multiples of a
        tiny unit are what is proved.
        """
        return 0 + self.sign * self.solution.bound

    @property
    def status(self) -> Status:
        """`OPTIMAL` if the run came to its end, so that nothing is better; `FEASIBLE` if it was stopped."""
        return Status.OPTIMAL if self.solution.proved else Status.FEASIBLE

    @property
    def gap(self) -> float:
        """The distance of the bound from the total, as a share of the total."""
        return abs(relative_gap(self.bound, self.total))

    @property
    def certificate(self) -> Certificate | None:
        """Prices that prove the bound, for points turned so that more is better, fractional ones in multiples of `unit`."""
        return self.solution.certificate

    @property
    def unit(self) -> Fraction:
        """What one point of the certificate stands for: 1, except for fractional points."""
        return self.solution.unit

    def __repr__(self) -> str:
        """Return the answer in a few lines."""
        count = len(self.pairs)
        shown = ", ".join(f"{i}-{j}" for i, j in self.pairs[:FEW].tolist())
        more = f" and {count - FEW} more" if count > FEW else ""
        mentors, mentees = len(self.unmatched_mentors), len(self.unmatched_mentees)
        return (
            f"Assignment of {counted(count, 'pair')}, total {self.total}\n"
            f"  pairs      {shown or 'none'}{more}\n"
            f"  unmatched  mentors {mentors}, mentees {mentees}\n"
            f"  route      {self.route}"
        )

    def _parts(self) -> Iterator[str | Rows]:
        yield f"Assignment of {counted(len(self.pairs), 'pair')}, total {self.total}, route {self.route}"
        yield Rows(("row", "column"), ((str(i), str(j)) for i, j in self.pairs[:SHOWN].tolist()))
        yield more(len(self.pairs), "pairs")
        lone = len(self.unmatched_mentors), len(self.unmatched_mentees)
        yield f"Without a partner: {counted(lone[0], 'row')}, {counted(lone[1], 'column')}"
