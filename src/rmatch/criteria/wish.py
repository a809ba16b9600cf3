"""Whom people asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from rmatch.criteria.table import SinglePairs
from rmatch.criteria.weights import check_criterion
from rmatch.people import Cohort


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

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "wish"
    side: ClassVar[str] = "both"
    protected: ClassVar[bool] = False

    weight: float

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self)

    def factors(self, cohort: Cohort, most: int) -> list[SinglePairs]:
        """Return the points for the people of a cohort, nothing without wishes."""
        ranks: dict[tuple[int, int], int] = {}
        for wish in cohort.requests.of_kind("wish"):
            pair = cohort.row[wish.mentor], cohort.column[wish.mentee]
            ranks[pair] = min(ranks.get(pair, wish.rank or 1), wish.rank or 1)
        if not ranks and not any(cohort.basis.requests.of_kind("wish")):
            return []
        rows, columns = np.array(list(ranks), np.int64).reshape(-1, 2).T
        return [SinglePairs(rows, columns, most // np.array(list(ranks.values()), np.int64))]
