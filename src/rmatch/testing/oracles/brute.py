"""Answers found by trying everything. Slow and obvious on purpose; for up to about seven people a side."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rmatch.testing.instance import Instance, Pairs, Participation


def matchings(instance: Instance) -> Iterator[Pairs]:
    """Go through every valid set of pairs of an instance, the empty one included.

    Parameters
    ----------
    instance : Instance
        The problem.

    Yields
    ------
    frozenset of (int, int)
        Each set once.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> len(list(matchings(Instance.of([[1, 2], [3, 4]]))))
    7
    """
    free = instance.mentee_capacity.tolist()
    yield from _extended(instance, 0, free, ())


def _extended(
    instance: Instance, row: int, free: list[int], chosen: tuple[tuple[int, int], ...]
) -> Iterator[Pairs]:
    if row == instance.shape[0]:
        yield frozenset(chosen)
        return
    open_columns = [
        column for column, places in enumerate(free) if places > 0 and instance.allowed[row, column]
    ]
    most = min(int(instance.mentor_capacity[row]), len(open_columns))
    for size in range(most + 1):
        for columns in combinations(open_columns, size):
            left = [places - (column in columns) for column, places in enumerate(free)]
            yield from _extended(
                instance, row + 1, left, (*chosen, *((row, column) for column in columns))
            )


def best(instance: Instance, participation: Participation = "most") -> tuple[int | float, ...]:
    """Return the value of the best matchings: pairs then points, or with ``"best"`` points alone.

    Goes mentor by mentor; of the ways to have used the mentees' places alike only the best is kept.

    Parameters
    ----------
    instance : Instance
        The problem.
    participation : {"most", "best"}
        What is compared.

    Returns
    -------
    tuple
        ``(pairs, total)`` or ``(total,)``.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> instance = Instance.of([[9, 1], [0, 0]], forbidden=[(1, 1)])
    >>> best(instance), best(instance, "best")
    ((2, 1), (9,))
    """
    empty = instance.value(frozenset(), participation)
    states: dict[tuple[int, ...], Any] = {tuple(instance.mentee_capacity.tolist()): _exact(empty)}
    for row in range(instance.shape[0]):
        fresh: dict[tuple[int, ...], Any] = {}
        for chosen in _choices(instance, row):
            gain = _exact(instance.value(frozenset(chosen), participation))
            columns = {column for _, column in chosen}
            for free, value in states.items():
                left = tuple(places - (column in columns) for column, places in enumerate(free))
                if min(left, default=0) >= 0:
                    found = tuple(map(sum, zip(value, gain, strict=True)))
                    fresh[left] = max(fresh.get(left, found), found)
        states = fresh
    return tuple(_plain(part) for part in max(states.values()))


def _choices(instance: Instance, row: int) -> Iterator[tuple[tuple[int, int], ...]]:
    cells = [(row, int(column)) for column in np.flatnonzero(instance.allowed[row])]
    for size in range(min(int(instance.mentor_capacity[row]), len(cells)) + 1):
        yield from combinations(cells, size)


def optima(instance: Instance, participation: Participation = "most") -> list[Pairs]:
    """Return every optimal matching."""
    return _maximal(instance, lambda pairs: instance.value(pairs, participation))


def scores(instance: Instance, pairs: Iterable[tuple[int, int]]) -> list[int | float]:
    """Return the points of the pairs, lowest first: what leximin compares."""
    return sorted(instance.points[pair].item() for pair in pairs)


def bottleneck(instance: Instance) -> int | float | None:
    """Return the largest possible points of the worst pair, among the matchings with most pairs; none without pairs.

    Parameters
    ----------
    instance : Instance
        The problem.

    Returns
    -------
    int or float or None
        The max-min value.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> bottleneck(Instance.of([[9, 4], [5, 0]]))
    4
    """
    of_most_pairs = _maximal(instance, len)
    worst = [min(scores(instance, pairs)) for pairs in of_most_pairs if pairs]
    return max(worst, default=None)


def leximin(instance: Instance) -> list[Pairs]:
    """Return every matching of most pairs whose points, lowest first, are lexicographically largest.

    Parameters
    ----------
    instance : Instance
        The problem.

    Returns
    -------
    list of frozenset of (int, int)
        The leximin matchings; all have the same sorted points.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> [sorted(pairs) for pairs in leximin(Instance.of([[9, 4], [5, 0]]))]
    [[(0, 1), (1, 0)]]
    """
    return _maximal(instance, lambda pairs: (len(pairs), scores(instance, pairs)))


def two_sided_leximin(instance: Instance, mentee_points: Any) -> list[Pairs]:
    """Return every matching of most pairs that is leximin over all people, each by their own points.

    Parameters
    ----------
    instance : Instance
        The problem; its points are what the mentors gain.
    mentee_points : array_like
        What the mentees gain, same shape.

    Returns
    -------
    list of frozenset of (int, int)
        The matchings whose 2n points together, lowest first, are lexicographically largest.
    """
    other = instance.with_points(np.asarray(mentee_points))
    return _maximal(
        instance,
        lambda pairs: (len(pairs), sorted([*scores(instance, pairs), *scores(other, pairs)])),
    )


def leximin_weights(instance: Instance) -> list[list[int]]:
    r"""Return whole weights whose total is largest exactly for the leximin matchings of most pairs.

    With the distinct points :math:`s_1 < \ldots < s_k` and `n` pairs at most, a pair of tier `t`, with :math:`s_t` points,
    weighs :math:`2(n+1)^{k+1} - (n+1)^{k-t}`: one more pair outweighs everything, and so does any number of pairs of a
    lower tier. The numbers have thousands of digits where there are thousands of tiers.

    Parameters
    ----------
    instance : Instance
        The problem.

    Returns
    -------
    list of list of int
        Weights, same shape as the points.
    """
    values = np.unique(instance.points).tolist()
    tiers = {value: tier for tier, value in enumerate(values, 1)}
    places = min(instance.mentor_capacity.sum(), instance.mentee_capacity.sum())
    base, top = int(places) + 1, len(tiers)
    return [
        [2 * base ** (top + 1) - base ** (top - tiers[value]) for value in line]
        for line in instance.points.tolist()
    ]


def _maximal(instance: Instance, rank: Callable[[Pairs], Any]) -> list[Pairs]:
    ranked = [(rank(pairs), pairs) for pairs in matchings(instance)]
    top = max(value for value, _ in ranked)
    return [pairs for value, pairs in ranked if value == top]


def _exact(value: tuple[int | float, ...]) -> tuple[int | Fraction, ...]:
    return tuple(Fraction(part) if isinstance(part, float) else part for part in value)


def _plain(part: int | Fraction) -> int | float:
    return float(part) if isinstance(part, Fraction) else part
