"""Whom people asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rmatch.criteria.weights import check_criterion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.people.cohort import Cohort


@dataclass(frozen=True, slots=True)
class Wish:
    r"""Wishes from the requests: plain, or ranked.

    Of the criterion's `m` points a pair that somebody wished for gets :math:`\lfloor m / r \rfloor` for the best rank
    `r` among its wishes (a plain wish counts as the first), every other pair nothing.

    Attributes
    ----------
    weight : float
        How much the criterion matters beside the others.

    Examples
    --------
    >>> Wish(10)
    Wish(weight=10)
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    kind: ClassVar[str] = "wish"
    side: ClassVar[str] = "both"
    protected: ClassVar[bool] = False

    weight: float

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self)

    def factors(self, cohort: Cohort, most: int) -> list[Cells]:
        """Return the points for the people of a cohort, nothing without wishes."""
        ranks: dict[tuple[int, int], int] = {}
        for wish in cohort.requests.of_kind("wish"):
            pair = cohort.row[wish.mentor], cohort.column[wish.mentee]
            ranks[pair] = min(ranks.get(pair, wish.rank or 1), wish.rank or 1)
        return [Cells({pair: most // rank for pair, rank in ranks.items()})] if ranks else []


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Points for single pairs, and none for all others.

    Attributes
    ----------
    points : dict of (int, int) to int
        The points of each row and column that has any.
    protected : bool
        No protected attribute has a share in these points.
    """

    points: dict[tuple[int, int], int]
    protected: bool = False

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows, the columns and the points of the pairs that have any."""
        rows, columns = np.array(list(self.points), np.int64).reshape(-1, 2).T
        return rows, columns, np.array(list(self.points.values()), np.int64)

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some mentors (rows) with some mentees (columns)."""
        block = np.zeros((len(rows), len(columns)), np.int64)
        for (row, column), points in self.points.items():
            block[np.ix_(rows == row, columns == column)] = points
        return block
