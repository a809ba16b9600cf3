"""What a lottery may promise beside its points: parity between groups, like chances for like people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.rounds import Cell
from rmatch.scoring import Scores
from rmatch.solve import Balance, Number, fraction

if TYPE_CHECKING:
    from scipy.sparse import csr_array


BETWEEN = ("places", "points")

Alike = tuple[str, str, "Number"]


class Difference(NamedTuple):
    """A difference between chances: pairs, counted mentor by mentor, and what each counts."""

    cells: NDArray[np.intp]
    weights: NDArray[np.float64]


class DifferenceBound(NamedTuple):
    """Differences whose positive parts, and whose negative parts, add up to no more than an amount."""

    differences: list[Difference]
    within: float


@dataclass(frozen=True, slots=True)
class Parity:
    r"""Groups that may expect about the same a head, in a lottery.

    For any two answers `g` and `h` to a dimension, given by :math:`n_g` and :math:`n_h` people of one side who
    consented to matching by it, the expected partners (or points) a head differ by no more than `within`:

    .. math:: \Bigl| \frac{1}{n_g} \sum_{i \in g, j} a_{ij} x_{ij} - \frac{1}{n_h} \sum_{i \in h, j} a_{ij} x_{ij} \Bigr|
       \le e, \qquad a_{ij} = 1 \text{ or } p_{ij}

    Attributes
    ----------
    dimension : str
        Whose answers are the groups.
    within : int, float, str or Fraction
        The largest difference, in partners or in points.
    side : {"mentee", "mentor"}
        Whose groups.
    between : {"places", "points"}
        What is compared: expected partners, or expected points.

    Examples
    --------
    >>> Parity("gender", "1/10").between
    'places'
    """

    dimension: str
    within: Number
    side: Literal["mentee", "mentor"] = "mentee"
    between: Literal["places", "points"] = "places"


def balance_of(
    scores: Scores, parity: Sequence[Parity], alike: Sequence[Alike], certain: Collection[Cell] = ()
) -> Balance:
    r"""Return the differences that a lottery has to keep small.

    What somebody with one place gets is a partner or nobody. Between two such people the total variation, the largest
    difference :math:`\sum_{o \in S} (p_o - q_o)` over sets `S` of outcomes, is the larger of :math:`\sum_j (x_{ij} -
    x_{kj})^+` and :math:`\sum_j (x_{kj} - x_{ij})^+`: without "nobody" in `S` the first is the most, and with it the
    difference is that of `q` and `p` over the partners outside `S`. For people with several places the same number is
    the largest difference in the expected number of partners out of any set.

    Parameters
    ----------
    scores : Scores
        The people.
    parity : sequence of Parity
        Groups.
    alike : sequence of tuple of str, str and number
        Two people of one side, and the most that the total variation between their chances may be.
    certain : collection of tuple of int and int
        Row and column of the pairs that are locked.

    Returns
    -------
    Balance
        The differences.
    """
    bounds: list[DifferenceBound] = []
    for groups in parity:
        bounds += _parity_bounds(scores, groups)
    for one, other, within in alike:
        bounds += _alike_bounds(scores, one, other, within)
    weights = _table(bounds, scores.points.size)
    # What is certain counts for the differences, though nothing of it is left to decide.
    locked = np.zeros(scores.shape)
    for cell in certain:
        locked[cell] = 1
    sizes = np.array([len(bound.differences) for bound in bounds], np.intp)
    rows, columns = scores.cohort.row, scores.cohort.column
    return Balance(
        weights=weights,
        given=np.asarray(weights @ locked.ravel()),
        limit=np.repeat(np.arange(len(bounds)), sizes),
        within=np.array([bound.within for bound in bounds]),
        marks=(_marks(scores, "mentor", parity, alike), _marks(scores, "mentee", parity, alike)),
        same=(_same(rows, alike, locked), _same(columns, alike, locked.T)),
    )


def by_protected(scores: Scores, parity: Sequence[Parity]) -> bool:
    """Tell whether any of the groups are those of a protected attribute."""
    return any(each.dimension not in scores.programme.unprotected for each in parity)


def _table(bounds: Sequence[DifferenceBound], pairs: int) -> csr_array[np.float64]:
    """Return a row for each difference and a column for each pair."""
    from scipy.sparse import csr_array

    differences = [each for bound in bounds for each in bound.differences]
    if not differences:  # one group alone has nobody to differ from
        return csr_array((0, pairs))
    sizes = [difference.cells.size for difference in differences]
    rows = np.repeat(np.arange(len(sizes)), sizes)
    columns = np.concatenate([difference.cells for difference in differences])
    weights = np.concatenate([difference.weights for difference in differences])
    return csr_array((weights, (rows, columns)), shape=(len(sizes), pairs))


def _parity_bounds(scores: Scores, parity: Parity) -> Iterator[DifferenceBound]:
    """Go through the pairs of groups, each with the difference between what the two have a head."""
    if parity.between == "points":
        amounts = scores.points.astype(np.float64)
    else:
        amounts = np.ones(scores.shape)
    for one, other in combinations(_groups(scores, parity), 2):
        a_head = one / one.sum()
        other_head = other / other.sum()
        share = a_head - other_head
        # A share each: down the rows for mentors, along the columns for mentees.
        shares = share[:, None] if parity.side == "mentor" else share
        weights = amounts * shares
        cells = np.flatnonzero(weights)
        difference = Difference(cells, weights.ravel()[cells])
        yield DifferenceBound([difference], _amount(parity.within))


def _groups(scores: Scores, parity: Parity) -> list[NDArray[np.bool_]]:
    """Return who gave each of the answers, of those on the side who gave any."""
    answers = scores.cohort.answers(parity.dimension)
    sets, set_of = answers.distinct()
    people = set_of[_people(scores, parity.side)]
    groups = []
    for code in range(len(answers.vocabulary)):
        has_it = np.array([code in answer for answer in sets], bool)
        groups.append(has_it[people])
    return [group for group in groups if group.any()]


def _people(scores: Scores, side: str) -> NDArray[np.intp]:
    return scores.cohort.mentors if side == "mentor" else scores.cohort.mentees


def _alike_bounds(
    scores: Scores, one: str, other: str, within: Number
) -> Iterator[DifferenceBound]:
    """Go through the sides on which both are: the differences of their chances of each partner add up."""
    cohort = scores.cohort
    cells = np.arange(scores.points.size).reshape(scores.shape)
    signs = np.array([1.0, -1.0])
    for positions, own in ((cohort.row, cells), (cohort.column, cells.T)):
        if one not in positions or other not in positions:
            continue
        both = [positions[one], positions[other]]
        # The two pairs with each partner; the total variation adds up over all partners.
        with_partner = own[both].T
        differences = [Difference(pair, signs) for pair in with_partner]
        yield DifferenceBound(differences, _amount(within))


def _same(
    positions: dict[str, int], alike: Sequence[Alike], locked: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return a number for each person of a side, the same for those between whom no difference is left beside the locks."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ends = []
    for one, other, within in alike:
        both_play = one in positions and other in positions
        if not both_play or _amount(within) > 0:
            continue
        first, second = positions[one], positions[other]
        # Who alone is locked to somebody cannot have the same chances, only chances within the rounding.
        if np.array_equal(locked[first], locked[second]):
            ends.append((first, second))
    rows, columns = np.array(ends, np.intp).reshape(-1, 2).T
    size = len(positions)
    graph = csr_array((np.ones(len(ends)), (rows, columns)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    numbers: NDArray[np.int64] = labels.astype(np.int64)
    return numbers


def _marks(
    scores: Scores, side: str, parity: Sequence[Parity], alike: Sequence[Alike]
) -> NDArray[np.int64]:
    """Return a number for each person of a side, the same for those whom no difference tells apart."""
    named: set[str] = set()
    for one, other, _ in alike:
        named |= {one, other}
    number_of = {person: number for number, person in enumerate(sorted(named))}
    mentor_side = side == "mentor"
    ids = scores.mentors if mentor_side else scores.mentees
    # Whoever is named is told apart from everybody, the others by their answers only.
    keys = [[number_of.get(person, -1) for person in ids]]
    for each in parity:
        if each.side != side:
            continue
        answers = scores.cohort.answers(each.dimension)
        _, set_of = answers.distinct()
        own = set_of[_people(scores, side)]
        keys.append(own.tolist())
    table = np.array(keys, np.int64).T
    _, marks = np.unique(table, axis=0, return_inverse=True)
    return marks.reshape(-1)


def _amount(within: Number) -> float:
    return float(fraction(within) or 0)
