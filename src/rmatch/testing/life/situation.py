"""What is known on a day when pairs are made, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from rmatch.utils.shown import Shown
from rmatch.utils.text import counted
from rmatch.utils.values import Value

IdPair = tuple[str, str]
Worth = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False, repr=False)
class Situation(Value, Shown):
    """What is known on a day when pairs are made: everybody as they are now, and what became of earlier pairs.

    Attributes
    ----------
    mentor_capacity, mentee_capacity : dict of str to int
        The most partners of everybody who takes part now, by id.
    points : dict of (str, str) to int
        What each pair of a mentor and a mentee is worth that the rules allow; no other may be made.
    earlier : frozenset of (str, str)
        The pairs of this round so far. Somebody in them may have left.
    accepted : frozenset of (str, str)
        Those of them that stay, whatever else changes.
    declined : frozenset of (str, str)
        Pairs that were declined, and are never made again.
    met : dict of (str, str) to int
        Pairs of earlier rounds, and how many rounds ago they were made for the last time: 1 for the round before this one.
    gap : int or None
        How many rounds have to lie between two meetings of a pair; None if no pair meets twice.
    waiting : dict of str to int
        For how many rounds in a row somebody has had no partner, by id; whoever had one is not in it. They come before
        others, but take no place from those who have a partner in this round.

    Examples
    --------
    >>> day = Situation(
    ...     {"Ada": 1, "Bo": 1},
    ...     {"Cy": 1},
    ...     {("Ada", "Cy"): 5, ("Bo", "Cy"): 7},
    ...     earlier=frozenset({("Bo", "Cy")}),
    ...     declined=frozenset({("Bo", "Cy")}),
    ... )
    >>> sorted(day.possible)
    [('Ada', 'Cy')]
    >>> day.worth([("Ada", "Cy")])
    (1, 0, 0, 5)
    """

    mentor_capacity: dict[str, int]
    mentee_capacity: dict[str, int]
    points: dict[IdPair, int]
    earlier: frozenset[IdPair] = frozenset()
    accepted: frozenset[IdPair] = frozenset()
    declined: frozenset[IdPair] = frozenset()
    met: dict[IdPair, int] = field(default_factory=dict)
    gap: int | None = None
    waiting: dict[str, int] = field(default_factory=dict)

    @cached_property
    def too_soon(self) -> frozenset[IdPair]:
        """The pairs of earlier rounds that may not be made again yet."""
        return frozenset(
            pair for pair, ago in self.met.items() if self.gap is None or ago <= self.gap
        )

    @cached_property
    def possible(self) -> frozenset[IdPair]:
        """The pairs that may be made; those that were accepted are among them."""
        barred = self.declined | self.too_soon
        return frozenset(self.points) - (barred - self.accepted)

    def capacity(self, side: int) -> dict[str, int]:
        """Return the places of the mentors, 0, or of the mentees, 1."""
        return (self.mentor_capacity, self.mentee_capacity)[side]

    @cached_property
    def ranks(self) -> dict[str, int]:
        """How far everybody comes before others who need a partner: those who have one in this round, then by rounds waited.

        Whoever meets in a pair that may go on loses no place to somebody who waits.
        """
        first = max(self.waiting.values(), default=0) + 1
        return self.waiting | {who: first for pair in self.earlier & self.possible for who in pair}

    def worth(self, pairs: Iterable[IdPair]) -> Worth:
        """Return what pairs are compared by, the first of these first.

        Parameters
        ----------
        pairs : iterable of (str, str)
            Pairs that may be made.

        Returns
        -------
        tuple of four int
            How many there are, the ranks of those with a partner, the earlier pairs among them, their points.
        """
        made = set(pairs)
        served = {person for pair in made for person in pair}
        first = sum(rank for person, rank in self.ranks.items() if person in served)
        points = sum(self.points[pair] for pair in made)
        return len(made), first, len(made & self.earlier), points

    def crowded(self, pairs: Iterable[IdPair]) -> list[str]:
        """Return who has more partners than places."""
        made = list(pairs)
        found = []
        for side in (0, 1):
            partners = Counter(pair[side] for pair in made)
            places = self.capacity(side)
            found += [who for who, some in partners.items() if some > places.get(who, 0)]
        return found

    def __str__(self) -> str:
        """Return the day in a few lines."""
        sizes = f"{counted(len(self.mentor_capacity), 'mentor')} × {counted(len(self.mentee_capacity), 'mentee')}"
        told = {
            "places": {**self.mentor_capacity, **self.mentee_capacity},
            "points": self.points,
            "earlier": self.earlier,
            "accepted": self.accepted,
            "declined": self.declined,
            "met": self.met,
            "gap": self.gap,
            "waiting": self.waiting,
        }
        lines = [
            f"  {name:<9}{_listed(value)}" for name, value in told.items() if value or value == 0
        ]
        return "\n".join([f"Situation of {sizes}", *lines])


def _listed(value: object) -> str:
    """Return ids, pairs and their numbers in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{_name(key)} {number}" for key, number in value.items())
    if isinstance(value, frozenset):
        return ", ".join(_name(pair) for pair in sorted(value))
    return str(value)


def _name(key: str | IdPair) -> str:
    return key if isinstance(key, str) else " with ".join(key)
