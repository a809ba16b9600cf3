"""Differences between the chances of people, or of groups, that must stay small."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.lottery.capped import CappedProblem
from rmatch.solve.network.network import Whole
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Balance(Value):
    r"""Differences that must stay small, one by one or together.

    Every difference :math:`d_k = \sum_{ij} w^k_{ij} x_{ij} + c_k` belongs to a limit `l`, and its limit bounds the sum of
    the positive ones and that of the negative ones, :math:`\sum_{k \in l} d_k^+ \le e_l` and
    :math:`\sum_{k \in l} d_k^- \le e_l`. A limit of a single difference says :math:`|d_k| \le e_l`; one of the
    differences between two people's chances of each partner bounds a total variation.

    Attributes
    ----------
    weights : scipy.sparse.csr_array
        :math:`w`, a row for each difference and a column for each pair, mentor by mentor.
    given : numpy.ndarray of float64
        :math:`c`, what pairs that are certain add to each difference.
    limit : numpy.ndarray of intp
        The number of the limit that each difference belongs to.
    within : numpy.ndarray of float64
        :math:`e`.
    marks : tuple of two numpy.ndarray of int64
        A number for each mentor and each mentee: whoever has another one is treated differently by the differences.
    same : tuple of two numpy.ndarray of int64
        A number for each mentor and each mentee: whoever has the same one must have the same chances. Nobody of these
        may have the mark of somebody else.
    """

    weights: csr_array[np.float64]
    given: NDArray[np.float64]
    limit: NDArray[np.intp]
    within: NDArray[np.float64]
    marks: tuple[Whole, Whole]
    same: tuple[Whole, Whole]

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> Balance:
        """Return no differences at all between so many mentors and mentees."""
        from scipy.sparse import csr_array

        rows, columns = shape
        nothing = np.zeros(0)
        return cls(
            weights=csr_array((0, rows * columns)),
            given=nothing,
            limit=np.zeros(0, np.intp),
            within=nothing,
            marks=(np.zeros(rows, np.int64), np.zeros(columns, np.int64)),
            same=(np.arange(rows), np.arange(columns)),
        )

    def wider(self, step: float) -> Balance:
        """Return the same with limits wider by a step for each of their differences, but where all have to be nought.

        Chances that had to be the same are so exactly, and can be again.
        """
        size = self.within.size
        count = np.bincount(self.limit, minlength=size)
        locked = np.bincount(self.limit, weights=self.given != 0, minlength=size)
        may_differ = (self.within > 0) | (locked > 0)
        wider = self.within + step * np.where(may_differ, count, 0)
        return replace(self, within=wider)

    def tightened(self, capped: CappedProblem) -> CappedProblem:
        """Return the problem with the limits and places that people with the same chances have in common."""
        mentors, mentees = self.same
        limits = _least(_least(capped.limits, mentors).T, mentees).T
        # Whoever is alike needs what the one of them needs who needs most, and has room for what all of them have.
        spans = [
            (-_least(-low, same), _least(high, same))
            for (low, high), same in ((capped.mentors, mentors), (capped.mentees, mentees))
        ]
        return replace(capped, limits=limits, mentors=spans[0], mentees=spans[1])

    def joined(self, members: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
        """Return groups of equals in which whoever must have the same chances stands in one group as well."""
        return _joined(members[0], self.same[0]), _joined(members[1], self.same[1])


def _joined(group: Whole, same: Whole) -> Whole:
    """Return new numbers: of everybody the group of the first one with the same chances."""
    _, first = np.unique(same, return_index=True)
    _, number = np.unique(group[first[same]], return_inverse=True)
    return number


def _least(amounts: Whole, same: Whole) -> Whole:
    """Return for each line the smallest amounts of all lines with the same number."""
    numbers = max(same, default=-1) + 1
    least = np.full((numbers, *amounts.shape[1:]), np.iinfo(np.int64).max)
    np.minimum.at(least, same, amounts)
    return least[same]
