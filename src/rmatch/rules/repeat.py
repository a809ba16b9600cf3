"""No pair meets for a second round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Cohort, Request


@dataclass(frozen=True, slots=True)
class NoRepeat:
    """The two were not paired before, either way round, as far as the requests tell.

    Examples
    --------
    >>> NoRepeat().kind
    'no_repeat'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "no_repeat"

    def closed(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return row and column of the few pairs that may not meet."""
        return np.array(named_pairs(cohort, cohort.requests.of_kind("previous")), np.int64).reshape(
            -1, 2
        )

    def allows(
        self, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
        return ~named(cohort, cohort.requests.of_kind("previous"), rows, columns)


def named(
    cohort: Cohort, requests: Sequence[Request], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Mark the pairs of a block that some requests name, whichever of the two they name first.

    Parameters
    ----------
    cohort : Cohort
        The people.
    requests : sequence of Request
        The pairs.
    rows, columns : ndarray of int
        The block.

    Returns
    -------
    ndarray of bool, shape (rows, columns)
        True for the named pairs.
    """
    marked = np.zeros((len(rows), len(columns)), bool)
    if not requests:
        return marked
    row, column = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for known, side in ((row, cohort.mentors[rows]), (column, cohort.mentees[columns])):
        for position, person in enumerate(side.tolist()):
            known[cohort.people.id[person]].append(position)
    for request in requests:
        for mentor, mentee in ((request.mentor, request.mentee), (request.mentee, request.mentor)):
            if mentor in row and mentee in column:
                marked[np.ix_(row[mentor], column[mentee])] = True
    return marked


def named_pairs(cohort: Cohort, requests: Iterable[Request]) -> list[tuple[int, int]]:
    """Return row and column of the pairs that some requests name, whichever of the two they name first."""
    return [
        (cohort.row[mentor], cohort.column[mentee])
        for request in requests
        for mentor, mentee in ((request.mentor, request.mentee), (request.mentee, request.mentor))
        if mentor in cohort.row and mentee in cohort.column
    ]
