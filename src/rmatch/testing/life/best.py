"""The best pairs of a day, found by trying everything. Slow and obvious on purpose, for a handful of people."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.testing.life.situation import IdPair, Situation, Worth

Left = tuple[int, ...]


def best_pairs(day: Situation) -> frozenset[IdPair]:
    """Return pairs than which none are better: the most, for those who wait, the fewest changes, the most points, in this order.

    Goes mentor by mentor; of all ways to have used the mentees' places alike only the best is kept.

    Parameters
    ----------
    day : Situation
        A day on which all accepted pairs have a place.

    Returns
    -------
    frozenset of (str, str)
        One of the best sets of pairs.

    Examples
    --------
    >>> from rmatch.testing import Situation
    >>> day = Situation({"Ada": 1}, {"Bo": 1, "Cy": 1}, {("Ada", "Bo"): 5, ("Ada", "Cy"): 7})
    >>> (
    ...     sorted(best_pairs(day)),
    ...     sorted(best_pairs(replace(day, earlier=frozenset({("Ada", "Bo")})))),
    ... )
    ([('Ada', 'Cy')], [('Ada', 'Bo')])
    """
    mentees = list(day.mentee_capacity)
    full = tuple(day.mentee_capacity.values())
    states: dict[Left, tuple[Worth, frozenset[IdPair]]] = {full: ((0, 0, 0, 0), frozenset())}
    for mentor in day.mentor_capacity:
        fresh: dict[Left, tuple[Worth, frozenset[IdPair]]] = {}
        for chosen in _choices(day, mentor):
            met = {mentee for _, mentee in chosen}
            for before, (_, made) in states.items():
                left = tuple(
                    places - (mentee in met) for mentee, places in zip(mentees, before, strict=True)
                )
                if min(left, default=0) >= 0:
                    # Whoever waits is served once, so that what is made is looked at as a whole.
                    both = made | chosen
                    worth = day.worth(both)
                    if left not in fresh or worth > fresh[left][0]:
                        fresh[left] = worth, both
        states = fresh
    return max(states.values(), key=lambda state: state[0])[1]


def _choices(day: Situation, mentor: str) -> Iterator[frozenset[IdPair]]:
    """Go through whom a mentor may have, with all who have accepted."""
    mine = sorted(pair for pair in day.possible if pair[0] == mentor)
    sure = day.accepted.intersection(mine)
    for size in range(min(day.mentor_capacity[mentor], len(mine)) + 1):
        for some in combinations(mine, size):
            if sure <= set(some):
                yield frozenset(some)


def over_rounds(day: Situation, rounds: int) -> Situation:
    """Return the day on which all rounds of a plan are made at once, if no pair meets twice: everybody has the places of all."""
    mentors, mentees = day.mentor_capacity, day.mentee_capacity
    return replace(
        day,
        mentor_capacity={one: min(rounds * n, len(mentees)) for one, n in mentors.items()},
        mentee_capacity={one: min(rounds * n, len(mentors)) for one, n in mentees.items()},
    )
