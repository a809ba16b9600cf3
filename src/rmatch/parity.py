"""What a lottery may promise beside its points: parity between groups, like chances for like people."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rmatch.errors import Fault, nearest
from rmatch.solve.balanced import Balance
from rmatch.solve.exact import fraction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.scoring import Scores
    from rmatch.solve.exact import Number

SIDES = ("mentor", "mentee")
BETWEEN = ("places", "points")

Alike = tuple[str, str, "Number"]
Line = tuple["NDArray[np.intp]", "NDArray[np.float64]", float]
"""Pairs, mentor by mentor, what each counts, and the largest magnitude of the sum."""


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


def balance_of(scores: Scores, parity: Sequence[Parity], alike: Sequence[Alike], points: NDArray[np.int64]) -> Balance:
    """Return the differences that a lottery has to keep small.

    Parameters
    ----------
    scores : Scores
        The people.
    parity : sequence of Parity
        Groups.
    alike : sequence of tuple of str, str and number
        Two people of one side, and the most by which their chances of any one partner may differ.
    points : numpy.ndarray of int64
        What is counted where points are compared.

    Returns
    -------
    Balance
        The differences.
    """
    from scipy.sparse import csr_array

    lines: list[Line] = []
    for each in parity:
        lines += _parity_lines(scores, each, points)
    for one, other, within in alike:
        lines += _alike_lines(scores, one, other, within)
    of_line = np.repeat(np.arange(len(lines)), np.array([cells.size for cells, _, _ in lines], np.intp))
    # One group alone makes no difference, and then there is no line.
    cells = np.concatenate([np.zeros(0, np.intp), *(cells for cells, _, _ in lines)])
    weights = np.concatenate([np.zeros(0), *(weights for _, weights, _ in lines)])
    marks = tuple(_marks(scores, side, parity, alike) for side in SIDES)
    table = csr_array((weights, (of_line, cells)), shape=(len(lines), points.size))
    return Balance(table, np.array([within for _, _, within in lines]), (marks[0], marks[1]))


def difference_faults(scores: Scores, parity: Sequence[Parity], alike: Sequence[Alike]) -> Iterator[Fault]:
    """Find what fits neither the people nor the programme."""
    yield from _parity_faults(scores, parity)
    yield from _alike_faults(scores, alike)


def by_protected(scores: Scores, parity: Sequence[Parity]) -> bool:
    """Tell whether any of the groups are those of a protected attribute."""
    return any(each.dimension not in scores.cohort.programme.unprotected for each in parity)


def _parity_lines(scores: Scores, parity: Parity, points: NDArray[np.int64]) -> Iterator[Line]:
    amounts = points.astype(np.float64) if parity.between == "points" else np.ones(points.shape)
    for one, other in combinations(_groups(scores, parity), 2):
        share = one / one.sum() - other / other.sum()
        line = amounts * (share[:, None] if parity.side == "mentor" else share)
        cells = np.flatnonzero(line)
        yield cells, line.ravel()[cells], float(fraction(parity.within) or 0)


def _groups(scores: Scores, parity: Parity) -> list[NDArray[np.bool_]]:
    """Return who gave each of the answers, of those on the side who gave any."""
    answers = scores.cohort.answers(parity.dimension)
    sets, which = answers.distinct()
    people = which[getattr(scores.cohort, f"{parity.side}s")]
    found = [np.array([code in answer for answer in sets], bool)[people] for code in range(len(answers.vocabulary))]
    return [group for group in found if group.any()]


def _alike_lines(scores: Scores, one: str, other: str, within: Number) -> Iterator[Line]:
    numbers = np.arange(scores.shape[0] * scores.shape[1]).reshape(scores.shape)
    of_mentors = one in scores.cohort.row and other in scores.cohort.row
    place = scores.cohort.row if of_mentors else scores.cohort.column
    pairs = (numbers if of_mentors else numbers.T)[[place[one], place[other]]]
    for cells in pairs.T:
        yield cells, np.array([1.0, -1.0]), float(fraction(within) or 0)


def _marks(scores: Scores, side: str, parity: Sequence[Parity], alike: Sequence[Alike]) -> NDArray[np.int64]:
    """Return a number for each person of a side, the same for those whom no difference tells apart."""
    people = getattr(scores, f"{side}s")
    named = {
        person: place for place, person in enumerate(sorted({who for one, other, _ in alike for who in (one, other)}))
    }
    keys: list[Any] = [[named.get(person, -1) for person in people]]
    keys += [
        scores.cohort.answers(each.dimension).distinct()[1][getattr(scores.cohort, f"{side}s")]
        for each in parity
        if each.side == side
    ]
    return np.unique(np.array(keys, np.int64).T, axis=0, return_inverse=True)[1].reshape(-1)


def _parity_faults(scores: Scores, parity: Sequence[Parity]) -> Iterator[Fault]:
    known = scores.cohort.people.dimensions
    for each in parity:
        if each.dimension not in known:
            yield Fault("parity", "dimension", f"{each.dimension!r} is unknown", nearest(str(each.dimension), known))
        for name, choices in (("side", SIDES), ("between", BETWEEN)):
            if getattr(each, name) not in choices:
                yield Fault("parity", name, f"{getattr(each, name)!r}", nearest(str(getattr(each, name)), choices))
        yield from _within_faults("parity", each.within)
    of_places = [each for each in parity if each.between == "places"]
    if by_protected(scores, of_places) and scores.cohort.programme.places == "without_protected":
        problem = "parity of places would let a protected dimension decide who gets one"
        yield Fault("parity", "between", problem, "compare points, or say places='with_protected' and why")


def _alike_faults(scores: Scores, alike: Sequence[Alike]) -> Iterator[Fault]:
    for one, other, within in alike:
        if not any({one, other} <= side.keys() for side in (scores.cohort.row, scores.cohort.column)):
            yield Fault("alike", "", f"{one!r} and {other!r} do not play one role", "name two mentors or two mentees")
        yield from _within_faults("alike", within)


def _within_faults(where: str, within: object) -> Iterator[Fault]:
    value = fraction(within)
    if value is None or value < 0:
        yield Fault(where, "within", f"{within!r}", "give a number of 0 or more")
