"""What a lottery may promise beside its points: parity between groups, like chances for like people."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from rmatch.errors import Fault, nearest
from rmatch.solve import LARGEST_WHOLE, Balance, fraction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.scoring import Scores
    from rmatch.solve import Number

SIDES = ("mentor", "mentee")
BETWEEN = ("places", "points")
TRIPLE = "(one, other, within): two ids and a number"

Alike = tuple[str, str, "Number"]
Line = tuple["NDArray[np.intp]", "NDArray[np.float64]"]
"""Pairs, mentor by mentor, and what each counts."""


class Limit(NamedTuple):
    """Differences whose positive parts, and whose negative parts, add up to no more than an amount."""

    lines: list[Line]
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
    scores: Scores,
    parity: Sequence[Parity],
    alike: Sequence[Alike],
    certain: Collection[tuple[int, int]] = (),
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
    from scipy.sparse import csr_array

    limits = [limit for each in parity for limit in _parity_limits(scores, each)]
    limits += [limit for each in alike for limit in _alike_limits(scores, *each)]
    lines = [line for limit in limits for line in limit.lines]
    of_line = np.repeat(
        np.arange(len(lines)), np.array([cells.size for cells, _ in lines], np.intp)
    )
    # One group alone makes no difference, and then there is no line.
    cells = np.concatenate([np.zeros(0, np.intp), *(cells for cells, _ in lines)])
    weights = np.concatenate([np.zeros(0), *(weights for _, weights in lines)])
    table = csr_array((weights, (of_line, cells)), shape=(len(lines), scores.points.size))
    locks = np.zeros(scores.shape)
    locks[tuple(np.array(list(certain), np.intp).reshape(-1, 2).T)] = 1
    marks = tuple(_marks(scores, side, parity, alike) for side in SIDES)
    same = tuple(
        _same(scores, side, alike, lines)
        for side, lines in zip(SIDES, (locks, locks.T), strict=True)
    )
    return Balance(
        weights=table,
        given=table @ locks.ravel(),
        limit=np.repeat(
            np.arange(len(limits)), np.array([len(limit.lines) for limit in limits], np.intp)
        ),
        within=np.array([limit.within for limit in limits]),
        marks=(marks[0], marks[1]),
        same=(same[0], same[1]),
    )


def difference_faults(scores: Scores, parity: object, alike: object) -> Iterator[Fault]:
    """Find what is no list of differences, or fits neither the people nor the programme."""
    if isinstance(parity, list | tuple):
        yield from _parity_faults(scores, parity)
    else:
        yield Fault(
            "lottery",
            "parity",
            f"{parity!r} is no list",
            "give a list of rmatch.lotteries.Parity",
        )
    if isinstance(alike, list | tuple):
        yield from _alike_faults(scores, alike)
    else:
        yield Fault("lottery", "alike", f"{alike!r} is no list", f"give a list of {TRIPLE}")


def by_protected(scores: Scores, parity: Sequence[Parity]) -> bool:
    """Tell whether any of the groups are those of a protected attribute."""
    return any(each.dimension not in scores.programme.unprotected for each in parity)


def _parity_limits(scores: Scores, parity: Parity) -> Iterator[Limit]:
    amounts = (
        scores.points.astype(np.float64) if parity.between == "points" else np.ones(scores.shape)
    )
    for one, other in combinations(_groups(scores, parity), 2):
        share = one / one.sum() - other / other.sum()
        line = amounts * (share[:, None] if parity.side == "mentor" else share)
        cells = np.flatnonzero(line)
        yield Limit([(cells, line.ravel()[cells])], _amount(parity.within))


def _groups(scores: Scores, parity: Parity) -> list[NDArray[np.bool_]]:
    """Return who gave each of the answers, of those on the side who gave any."""
    answers = scores.cohort.answers(parity.dimension)
    sets, which = answers.distinct()
    people = which[getattr(scores.cohort, f"{parity.side}s")]
    found = [
        np.array([code in answer for answer in sets], bool)[people]
        for code in range(len(answers.vocabulary))
    ]
    return [group for group in found if group.any()]


def _alike_limits(scores: Scores, one: str, other: str, within: Number) -> Iterator[Limit]:
    """Return a limit for each side on which both are: differences of the chances of each partner."""
    numbers = np.arange(scores.shape[0] * scores.shape[1]).reshape(scores.shape)
    for places, pairs in ((scores.cohort.row, numbers), (scores.cohort.column, numbers.T)):
        if {one, other} <= places.keys():
            both = pairs[[places[one], places[other]]].T
            yield Limit([(cells, np.array([1.0, -1.0])) for cells in both], _amount(within))


def _same(
    scores: Scores, side: str, alike: Sequence[Alike], locks: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return a number for each person of a side, the same for those between whom no difference is left beside the locks."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    places = scores.cohort.row if side == "mentor" else scores.cohort.column
    equal = [
        (places[a], places[b])
        for a, b, within in alike
        if {a, b} <= places.keys() and not _amount(within)
    ]
    ends = np.array(equal, np.intp).reshape(-1, 2)
    ends = ends[(locks[ends[:, 0]] == locks[ends[:, 1]]).all(axis=1)]
    graph = csr_array(
        (np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(places), len(places))
    )
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def _marks(
    scores: Scores, side: str, parity: Sequence[Parity], alike: Sequence[Alike]
) -> NDArray[np.int64]:
    """Return a number for each person of a side, the same for those whom no difference tells apart."""
    people = getattr(scores, f"{side}s")
    named = {
        person: place
        for place, person in enumerate(
            sorted({who for one, other, _ in alike for who in (one, other)})
        )
    }
    keys: list[Any] = [[named.get(person, -1) for person in people]]
    keys += [
        scores.cohort.answers(each.dimension).distinct()[1][getattr(scores.cohort, f"{side}s")]
        for each in parity
        if each.side == side
    ]
    return np.unique(np.array(keys, np.int64).T, axis=0, return_inverse=True)[1].reshape(-1)


def _amount(within: Number) -> float:
    return float(fraction(within) or 0)


def _parity_faults(scores: Scores, parity: Sequence[object]) -> Iterator[Fault]:
    known = scores.cohort.people.dimensions
    for each in parity:
        if not isinstance(each, Parity):
            yield Fault(
                "parity",
                "",
                f"{each!r} is no Parity",
                "give such as Parity('gender', within='1/10')",
            )
            continue
        if not _known(scores, each):
            yield Fault(
                "parity",
                "dimension",
                f"{each.dimension!r} is unknown",
                nearest(str(each.dimension), known),
            )
        for name, choices in (("side", SIDES), ("between", BETWEEN)):
            if getattr(each, name) not in choices:
                yield Fault(
                    "parity",
                    name,
                    f"{getattr(each, name)!r}",
                    nearest(str(getattr(each, name)), choices),
                )
        yield from _within_faults("parity", each.within)
    of_places = [
        each
        for each in parity
        if isinstance(each, Parity) and each.between == "places" and _known(scores, each)
    ]
    if by_protected(scores, of_places) and scores.programme.places == "without_protected":
        problem = "parity of places would let a protected dimension decide who gets one"
        yield Fault(
            "parity", "between", problem, "compare points, or say places='with_protected' and why"
        )


def _known(scores: Scores, parity: Parity) -> bool:
    return parity.dimension in list(scores.cohort.people.dimensions)


def _alike_faults(scores: Scores, alike: Sequence[object]) -> Iterator[Fault]:
    for each in alike:
        match each:
            case [one, other, within]:
                yield from _two_faults(scores, one, other)
                yield from _within_faults("alike", within)
            case _:
                yield Fault("alike", "", f"{each!r}", f"give {TRIPLE}")


def _two_faults(scores: Scores, one: object, other: object) -> Iterator[Fault]:
    sides = [list(scores.mentors), list(scores.mentees)]
    unknown = [who for who in (one, other) if not any(who in side for side in sides)]
    for who in unknown:
        hint = nearest(str(who), [*sides[0], *sides[1]])
        remedy = hint if hint.startswith("did") else "give ids of two mentors or two mentees"
        yield Fault("alike", "", f"nobody has the id {who!r}", remedy)
    if not unknown and one == other:
        yield Fault("alike", "", f"{one!r} is named twice", "name two people")
    elif not unknown and not any(one in side and other in side for side in sides):
        yield Fault(
            "alike",
            "",
            f"{one!r} and {other!r} do not play one role",
            "name two mentors or two mentees",
        )


def _within_faults(where: str, within: object) -> Iterator[Fault]:
    value = fraction(within)
    if value is None or not 0 <= value <= LARGEST_WHOLE:
        yield Fault(where, "within", f"{within!r}", f"give a number from 0 to {LARGEST_WHOLE:,}")
