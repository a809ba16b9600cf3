"""The stable matching with the most points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from rmatch.errors import Fault, InvalidInputError, RmatchError, StopError
from rmatch.objectives import MANY_STABLE
from rmatch.solve.lp.zero_one import UNBOUNDED, Program, coarse, solve_in_order
from rmatch.solve.stable.blocking import blocking_pairs
from rmatch.solve.stable.deferred_acceptance import deferred_acceptance
from rmatch.utils.text import numeral, plural
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.solve.lp.zero_one import LinearRoute
    from rmatch.solve.network.network import Numbers, Whole

LARGEST_PROGRAM = 20_000_000
"""The most numbers in the matrix of the linear programme."""

LARGEST_MIXED = 500_000
"""The most in that of a mixed-integer programme: about 80 people on each side."""


@dataclass(frozen=True, slots=True, eq=False)
class StableOptimum(Value):
    """The best of all stable matchings.

    Attributes
    ----------
    rows, cols : numpy.ndarray of int64
        Mentor and mentee of each pair, sorted by row and then by column.
    total : int
        Their points.
    route : {"lp", "milp", "stable"}
        A linear programme where nobody is indifferent between two partners, else a mixed-integer one; "stable" if it was
        stopped before it had an answer, and this is the best for the mentors.
    proved : bool
        Whether no other one has more; only a run that was stopped leaves that open.
    """

    rows: Whole
    cols: Whole
    total: int
    route: LinearRoute | Literal["stable"]
    proved: bool = True


def best_stable(
    points: Whole,
    sides: tuple[Numbers, Numbers],
    allowed: NDArray[np.bool_],
    capacities: tuple[Whole, Whole],
    *,
    ties: NDArray[np.integer] | None = None,
) -> StableOptimum:
    r"""Return the stable matching with the most points, for people with one place each.

    .. math:: \max \sum_{ij} p_{ij} x_{ij} \quad\text{subject to}\quad
       \sum_j x_{ij} \le 1,\ \sum_i x_{ij} \le 1,\
       \sum_{j':\, u_{ij'} \ge u_{ij}} x_{ij'} + \sum_{i' \ne i:\, w_{i'j} \ge w_{ij}} x_{i'j} \ge 1
       \text{ for all allowed } (i, j).

    Where nobody has two possible partners of equal points, every vertex of this polytope is a stable matching [1]_ [2]_,
    and a linear programme finds the best one. With equal points the integer solutions are the weakly stable matchings; to
    find the best one is NP-hard, and a mixed-integer programme does it.

    Parameters
    ----------
    points : numpy.ndarray of int64
        What each pair is worth.
    sides : tuple of two numpy.ndarray
        What each pair is worth to the mentor and to the mentee: their orders.
    allowed : numpy.ndarray of bool
        The pairs that both accept.
    capacities : tuple of two numpy.ndarray of int64
        0 or 1 for each mentor and each mentee.
    ties : numpy.ndarray of int, optional
        Which of several best matchings: the one with the largest sum of the leading bits.

    Returns
    -------
    StableOptimum
        The pairs.

    Raises
    ------
    StopError
        If the run was stopped before there was any stable matching.
    InvalidInputError
        If somebody has several places, the points are fractional, or the programme would be too large.
    RmatchError
        If the answer fails the check that nothing blocks it.

    References
    ----------
    .. [1] J. H. Vande Vate, "Linear programming brings marital bliss", Operations Research Letters 8(3), 1989.
       :doi:`10.1016/0167-6377(89)90041-2`
    .. [2] U. G. Rothblum, "Characterization of stable matchings as extreme points of a polytope", Mathematical
       Programming 54, 1992. :doi:`10.1007/BF01586041`

    Examples
    --------
    >>> mentors, mentees, one = np.array([[2, 1], [1, 2]]), np.array([[1, 2], [2, 1]]), np.array([1, 1])
    >>> everybody = np.ones((2, 2), bool)
    >>> best = best_stable(np.array([[1, 5], [5, 1]]), (mentors, mentees), everybody, (one, one))
    >>> best.cols.tolist(), best.total, best.route
    ([1, 0], 10, 'lp')
    """
    open_pairs = allowed & (capacities[0] > 0)[:, None] & (capacities[1] > 0)
    if all(order.strict for order in _orders(sides, open_pairs)):
        open_pairs = _possible(sides, open_pairs, capacities)
    rows, cols = np.nonzero(open_pairs)
    orders = _orders(sides, open_pairs)
    if faults := list(_unsolvable(points, capacities, orders)):
        raise InvalidInputError(faults)
    known = deferred_acceptance(sides, allowed, capacities, ties=ties)
    program = _program((rows, cols), points.shape, orders)
    goals = [points[rows, cols]] + ([] if ties is None else [coarse(ties[rows, cols])])
    try:
        best = solve_in_order(program, goals)
    except StopError:
        total = int(points[known].sum())
        return StableOptimum(*known, total, "stable", proved=False)
    if best is None:
        message = "no stable matching was found, and there always is one: please report it"
        raise RmatchError(message)
    chosen = best.chosen > 0
    blocking = blocking_pairs(sides, allowed, capacities, (rows[chosen], cols[chosen]), listed=1)
    if blocking.count:
        message = f"{blocking.count} pairs block the matching that was found: please report it"
        raise RmatchError(message)
    proved = best.bounds[0] == best.values[0]
    return StableOptimum(rows[chosen], cols[chosen], best.values[0], program.route, proved)


class _Order:
    """The possible pairs in the order of one side: person by person, the best first."""

    def __init__(self, points: Numbers, people: Whole) -> None:
        self.cells = np.lexsort((-points, people))
        people, points = people[self.cells], points[self.cells]
        size = len(people)
        positions = np.arange(size)
        # Where each person's pairs begin, and where those end that are at least as good: equal ones end together.
        new = np.diff(people, prepend=-1) != 0
        self.first = np.maximum.accumulate(np.where(new, positions, 0))
        worse_next = new[1:] | (np.diff(points) != 0)
        last = np.append(worse_next, True)[:size]
        ends = np.where(last, positions + 1, size)
        self.end = np.minimum.accumulate(ends[::-1])[::-1]

    @property
    def strict(self) -> bool:
        """Whether nobody is indifferent between two."""
        one_more = np.arange(1, len(self.end) + 1)
        return bool((self.end == one_more).all())

    @property
    def size(self) -> int:
        """How many numbers `at_least_as_good` makes."""
        return int((self.end - self.first).sum())

    def at_least_as_good(self) -> csr_array:
        """Return a row for each pair, in which those are marked that this person likes as much or more."""
        from scipy.sparse import csr_array

        lengths = self.end - self.first
        starts = np.concatenate([[0], np.cumsum(lengths)])
        marks = starts[-1]
        # The marks of a pair count on from the first pair of its person.
        within = np.arange(marks) - np.repeat(starts[:-1] - self.first, lengths)
        size = len(self.cells)
        ones = np.ones(marks, np.int64)
        marked = csr_array((ones, self.cells[within], starts), shape=(size, size))
        back = np.empty(size, np.int64)
        back[self.cells] = np.arange(size)
        return marked[back]


def _orders(sides: tuple[Numbers, Numbers], allowed: NDArray[np.bool_]) -> list[_Order]:
    pairs = np.nonzero(allowed)
    return [_Order(side[pairs], own) for side, own in zip(sides, pairs, strict=True)]


def _possible(
    sides: tuple[Numbers, Numbers], allowed: NDArray[np.bool_], capacities: tuple[Whole, Whole]
) -> NDArray[np.bool_]:
    """Return the pairs that no stable matching rules out: neither would fall below their worst stable partner.

    That partner is the one when the other side proposes. With strict orders the stable matchings over these pairs are
    those over all (Gusfield and Irving 1989, section 1.2.4).
    """
    for_mentees = deferred_acceptance(sides, allowed, capacities, proposer="mentees")
    for_mentors = deferred_acceptance(sides, allowed, capacities, proposer="mentors")
    gains, worth = sides
    mentors, mentees = allowed.shape
    # Whoever has a partner in one stable matching has one in all of them, and nobody else has.
    placed = np.ix_(np.unique(for_mentors[0]), np.unique(for_mentors[1]))
    possible = np.zeros(allowed.shape, bool)
    possible[placed] = True
    worst_of_mentors = np.zeros(mentors, gains.dtype)
    worst_of_mentors[for_mentees[0]] = gains[for_mentees]
    worst_of_mentees = np.zeros(mentees, worth.dtype)
    worst_of_mentees[for_mentors[1]] = worth[for_mentors]
    possible &= allowed
    possible &= gains >= worst_of_mentors[:, None]
    possible &= worth >= worst_of_mentees
    return possible


def _program(pairs: tuple[Whole, Whole], shape: tuple[int, int], orders: list[_Order]) -> Program:
    from scipy.sparse import csr_array, vstack

    size = len(pairs[0])
    ones, each = np.ones(size, np.int64), np.arange(size)
    places = [
        csr_array((ones, (own, each)), shape=(people, size))
        for own, people in zip(pairs, shape, strict=True)
    ]
    stable = orders[0].at_least_as_good() + orders[1].at_least_as_good()
    stable.data[:] = 1
    people = sum(shape)
    return Program(
        rows=vstack([*places, stable], format="csr"),
        least=np.repeat([-UNBOUNDED, 1], [people, size]),
        most=np.repeat([1, UNBOUNDED], [people, size]),
        integral=all(order.strict for order in orders),
    )


def _unsolvable(
    points: Numbers, capacities: tuple[Whole, Whole], orders: list[_Order]
) -> Iterator[Fault]:
    for side, places in zip(("mentor", "mentee"), capacities, strict=True):
        several = int((places > 1).sum())
        if several:
            text = f"{several} {plural(several, side)} may have several partners; {MANY_STABLE}"
            remedy = "give everybody one place, or take the best for the proposers"
            yield Fault("", f"{side}_capacity", text, remedy)
    if points.dtype.kind == "f":
        text = "are fractional, and the best total is compared exactly"
        yield Fault("", "points", text, "give whole points")
    size = sum(order.size for order in orders)
    strict = all(order.strict for order in orders)
    remedy = "allow fewer pairs, or take the stable matching that is best for the proposers"
    if LARGEST_MIXED < size <= LARGEST_PROGRAM and not strict:
        text = f"equal points make it a mixed-integer programme of {numeral(size)} numbers, and {numeral(LARGEST_MIXED)} is the most"
        yield Fault("", "people", text, remedy)
    if size > LARGEST_PROGRAM:
        text = f"the programme would hold {numeral(size)} numbers, and {numeral(LARGEST_PROGRAM)} is the most"
        yield Fault("", "people", text, remedy)
