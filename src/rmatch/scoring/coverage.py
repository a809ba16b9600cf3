"""What each mentor brings for each want: what counts once where somebody has several partners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria import Table
from rmatch.people import Wanted, wanted_shares
from rmatch.scoring.points import Points
from rmatch.utils.loops import heard
from rmatch.utils.stopping import listen
from rmatch.utils.values import Value

if TYPE_CHECKING:  # imported where it is needed
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Coverage(Value):
    """What each mentor brings for each want, so that a want taught twice counts once, at its best level.

    The points of a pair are what adds up and the gains of the mentee's wants, exactly:
    ``points[i, j] == rest[i, j] + gains[mentee == j, i].sum()``. A group of mentors gives a mentee all of its rest, and of
    each want the largest gain.

    Attributes
    ----------
    mentee : ndarray of int64, shape (wants,)
        Whose want it is: a column of the scores.
    topic : ndarray of int64, shape (wants,)
        What is wanted: a code in the people's `topics`.
    gains : csr_array of int64, shape (wants, mentors)
        The points of the criterion `expertise` that each mentor brings for each want, none of them 0.
    rest : ndarray of int64, shape (mentors, mentees)
        All other points.
    """

    mentee: NDArray[np.int64]
    topic: NDArray[np.int64]
    gains: csr_array
    rest: NDArray[np.int64]

    @classmethod
    def of(cls, scores: Points, *, protected: bool = True) -> Coverage:
        """Return what the mentors of some scores bring.

        Parameters
        ----------
        scores : Scores
            Points of all pairs; few enough for one matrix.
        protected : bool
            Whether to count the share of protected attributes.

        Returns
        -------
        Coverage
            All wants that leave something to learn, those that nobody can teach included.
        """
        from scipy.sparse import csr_array

        cohort = scores.cohort
        wanted = wanted_shares(cohort, cohort.mentees)
        gains: Any = None
        for table in heard(_once(scores, protected=protected), "scoring"):
            taught = _taught(table, wanted) @ table.mentors.T
            listen("scoring")
            gains = taught if gains is None else gains + taught
        if gains is None:
            gains = csr_array((len(wanted.topics), len(cohort.mentors)), dtype=np.int64)
        gains.eliminate_zeros()
        listen("scoring")
        whose = csr_array(
            (
                np.ones(len(wanted.columns), np.int64),
                (wanted.columns, np.arange(len(wanted.columns))),
            ),
            shape=(len(cohort.mentees), len(wanted.columns)),
        )
        points = scores.points if protected else scores.blind_points
        listen("scoring")
        rest = points - (whose @ gains).toarray().T
        listen("scoring")
        return cls(wanted.columns, wanted.topics, csr_array(gains), rest)


def _once(scores: Points, *, protected: bool) -> Iterator[Table]:
    """Go through the tables whose codes teach topics."""
    for factor in scores.factors:
        counted = protected or not factor.protected
        if counted and isinstance(factor, Table) and factor.topics is not None:
            yield factor


def _taught(table: Table, wanted: Wanted) -> csr_array:
    """Return the points that each code gives each want, wants × codes, sparse: those of the codes that teach its topic."""
    from scipy.sparse import csr_array

    assert table.topics is not None
    order = np.argsort(table.topics, kind="stable")
    ordered = table.topics[order]
    first, last = (np.searchsorted(ordered, wanted.topics, side) for side in ("left", "right"))
    counts = last - first
    starts = np.concatenate([[0], np.cumsum(counts)])
    codes = order[np.arange(starts[-1]) + np.repeat(first - starts[:-1], counts)]
    points = table.points[codes, np.repeat(wanted.columns, counts)].astype(np.int64)
    return csr_array((points, codes, starts), shape=(len(counts), len(table.points)))
