"""Group quotas on a matrix: bounds on the pairs in some sets, and on how far the means of groups lie apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import gcd
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.network.network import Numbers, Whole
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from scipy.sparse import csr_array


Pairs = tuple[Whole, Whole]


Side = Literal["mentor", "mentee"]

NOBODY = np.zeros(0, np.int64), np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class PairBound(Value):
    """Fewest and most pairs in each of some sets of pairs that do not overlap.

    Attributes
    ----------
    name : str
        What the organiser calls it.
    part : numpy.ndarray of int
        The number of the set that each pair belongs to, -1 for none, shape (mentors, mentees).
    parts : int
        How many sets there are.
    at_least : int
        Fewest pairs in every set.
    at_most : int, optional
        Most pairs in every set.
    """

    name: str
    part: NDArray[np.integer]
    parts: int
    at_least: int = 0
    at_most: int | None = None

    def units(self, rows: Whole, cols: Whole) -> csr_array:
        """Return a row for each set, in which the pairs of some rows and columns are marked that belong to it."""
        from scipy.sparse import csr_array

        part = self.part[rows, cols]
        inside = np.flatnonzero(part >= 0)
        ones = np.ones(inside.size, np.int64)
        shape = self.parts, part.size
        return csr_array((ones, (part[inside], inside)), shape=shape)

    def without(self, number: int) -> PairBound:
        """Return the same limit without one of its sets."""
        moved_up = self.part - (self.part > number)
        part = np.where(self.part == number, -1, moved_up)
        return replace(self, part=part, parts=self.parts - 1)


@dataclass(frozen=True, slots=True, eq=False)
class MeanBound(Value):
    """How far the mean points of groups of one side may lie apart; people without a partner count as 0.

    Attributes
    ----------
    name : str
        What the organiser calls it.
    side : {"mentor", "mentee"}
        Whose groups.
    groups : tuple of numpy.ndarray of bool
        Who belongs to each group; a person may belong to several.
    within : int
        The largest difference of two means, in points.
    measured : numpy.ndarray of int64, optional
        The points that are compared, shape (mentors, mentees); those of the problem if absent.
    """

    name: str
    side: Side
    groups: tuple[NDArray[np.bool_], ...]
    within: int
    measured: Numbers | None = None

    def rows(self, points: Numbers, rows: Whole, cols: Whole) -> tuple[Whole, Whole]:
        r"""Return the differences as sums over pairs, a row for each two groups, and how much one point apart counts.

        Times the least common multiple :math:`m` of the groups' sizes, the difference of the means of two groups is
        :math:`\sum (m / n_g) p_{ij} x_{ij}` over the pairs of the one minus that of the other: whole numbers.
        """
        own = rows if self.side == "mentor" else cols
        matrix = points if self.measured is None else self.measured
        measured = matrix[rows, cols].astype(np.int64)
        groups = [group for group in self.groups if group.any()]
        found, scales = [np.zeros((0, len(rows)), np.int64)], []
        for one, other in combinations(groups, 2):
            size, other_size = int(one.sum()), int(other.sum())
            common = gcd(size, other_size)
            gained = one[own] * (other_size // common)
            lost = other[own] * (size // common)
            found.append(((gained - lost) * measured)[None])
            scales.append(size * other_size // common)
        return np.concatenate(found), np.array(scales, np.int64)


def partners_bound(
    name: str,
    members: NDArray[np.bool_],
    side: Side,
    others: int,
    *,
    at_least: int = 0,
    at_most: int | None = None,
    each: bool,
) -> PairBound:
    """Return the limit on pairs with the members of a group: of all together, or of each person on the other side.

    Parameters
    ----------
    name : str
        What the organiser calls it.
    members : numpy.ndarray of bool
        Who of one side belongs to the group.
    side : {"mentor", "mentee"}
        Which side that is.
    others : int
        How many people the other side has.
    at_least, at_most : int
        Fewest and most pairs.
    each : bool
        Whether each person on the other side is counted apart.

    Returns
    -------
    PairBound
        With one set, or as many as there are other people.

    Examples
    --------
    >>> partners_bound(
    ...     "B", np.array([False, True]), "mentor", 3, at_most=1, each=True
    ... ).part.tolist()
    [[-1, -1, -1], [0, 1, 2]]
    """
    number = np.arange(others) if each else np.zeros(others, np.int64)
    part = np.where(members[:, None], number, -1)
    if side == "mentee":
        part = part.T
    return PairBound(name, part, others if each else 1, at_least, at_most)


def nested(sets: csr_array, rows: Whole, cols: Whole, shape: tuple[int, int]) -> bool:
    """Return whether sets of pairs, with those of each row and of each column, split into two nested families.

    The rows stand in one family and the columns in the other. In a nested (laminar) family two sets share nothing, or
    one holds the other. Bounds on two such families have whole vertices: a bihierarchy [1]_.

    Parameters
    ----------
    sets : scipy.sparse.csr_array
        A row for each set, in which its pairs are 1.
    rows, cols : numpy.ndarray of int64
        Row and column of each pair.
    shape : tuple of int
        How many rows and columns there are.

    Returns
    -------
    bool
        Whether a linear programme over these bounds is enough.

    References
    ----------
    .. [1] E. Budish, Y.-K. Che, F. Kojima and P. Milgrom, "Designing random allocation mechanisms: theory and
       applications", American Economic Review 103(2), 2013. :doi:`10.1257/aer.103.2.585`

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> rows, cols = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> (
    ...     nested(csr_array([[1, 1, 1, 1]]), rows, cols, (2, 2)),
    ...     nested(csr_array([[1, 0, 0, 1]]), rows, cols, (2, 2)),
    ... )
    (True, False)
    """
    from scipy.sparse import csr_array

    size = len(rows)
    ones, each = np.ones(size, np.int64), np.arange(size)
    not_with_rows, not_with_columns = (
        _crossing(sets, csr_array((ones, (own, each)), shape=(people, size))).sum(1) > 0
        for own, people in zip((rows, cols), shape, strict=True)
    )
    if (not_with_rows & not_with_columns).any():
        return False
    # The family of a set: 0 with the rows, 1 with the columns, -1 where both will do as yet.
    family = np.where(not_with_columns, 0, -1)
    family[not_with_rows] = 1
    return _in_two_families(_crossing(sets, sets), family)


def _in_two_families(apart: csr_array, family: Whole) -> bool:
    """Return whether all sets find a family so that those that cross each other are in different ones.

    The sets are coloured with two colours, one connected part of the graph of crossings after the other. Where a part
    touches nothing that is settled, either colour will do for its first set.
    """
    waiting = np.flatnonzero(family >= 0).tolist()
    for start in range(len(family)):
        if family[start] < 0 and not waiting:
            family[start] = 0
            waiting.append(start)
        while waiting:
            one = waiting.pop()
            others = apart.indices[apart.indptr[one] : apart.indptr[one + 1]]
            if (family[others] == family[one]).any():
                return False
            new = others[family[others] < 0]
            family[new] = 1 - family[one]
            waiting.extend(new.tolist())
    return True


def _crossing(sets: csr_array, others: csr_array) -> csr_array:
    """Mark the pairs of sets that share something although neither holds the other."""
    from scipy.sparse import csr_array

    common = (sets @ others.T).tocoo()
    sizes = sets.sum(1)[common.row]
    other_sizes = others.sum(1)[common.col]
    # One holds the other exactly if they share as much as the smaller one has.
    crossing = (common.data > 0) & (common.data < np.minimum(sizes, other_sizes))
    marked = common.row[crossing], common.col[crossing]
    ones = np.ones(crossing.sum(), np.int64)
    return csr_array((ones, marked), shape=common.shape)


def together(pairs: Pairs, settled: Pairs) -> Pairs:
    """Return the pairs that were chosen and those that were made before."""
    rows, cols = (
        np.concatenate([chosen, before]) for chosen, before in zip(pairs, settled, strict=True)
    )
    return rows, cols


def quota_failures(
    points: Numbers, pairs: Pairs, limits: Sequence[PairBound | MeanBound], settled: Pairs = NOBODY
) -> Iterator[str]:
    """Go through the quotas that a matching does not keep: counts and sums, without a solver.

    Parameters
    ----------
    points : numpy.ndarray of int64
        What each pair is worth.
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair that was chosen.
    limits : sequence of PairBound or MeanBound
        The quotas.
    settled : tuple of two numpy.ndarray of int64
        Pairs that were made before.

    Yields
    ------
    str
        What is not kept.
    """
    rows, cols = together(pairs, settled)
    for limit in limits:
        if isinstance(limit, PairBound):
            yield from _count_failures(limit, rows, cols)
            continue
        weights, scale = limit.rows(points, rows, cols)
        apart = np.abs(weights.sum(1))
        if (apart > limit.within * scale).any():
            most = (apart / scale).max()
            yield f"{limit.name}: {numeral(most, 1)} points apart instead of at most {numeral(limit.within)}"


def _count_failures(limit: PairBound, rows: Whole, cols: Whole) -> Iterator[str]:
    part = limit.part[rows, cols]
    counts = np.bincount(part[part >= 0], minlength=limit.parts)
    if (counts < limit.at_least).any():
        yield f"{limit.name}: {counts.min()} instead of at least {limit.at_least}"
    if limit.at_most is not None and (counts > limit.at_most).any():
        yield f"{limit.name}: {counts.max()} instead of at most {limit.at_most}"
