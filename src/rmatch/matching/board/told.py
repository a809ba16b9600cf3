"""Which figures may be told: those of enough people, also beside the page of an earlier round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Shares: TypeAlias = Mapping[str, object]
"""What each person adds to a figure, by id; whoever adds nothing is not in it."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The rule by which figures are told or kept back.

    A figure is made of what people add to it. It is told if enough people add something to it, and if what enough people add
    has changed since the earlier page, or nothing has: else the two pages beside each other would say something of the few.

    Attributes
    ----------
    smallest : int
        How many people are enough.

    Examples
    --------
    >>> rule = Disclosure(3)
    >>> rule.tells({"a": 1, "b": 2}), rule.tells({"a": 1, "b": 2, "c": 3})
    (False, True)
    >>> rule.tells({"a": 1, "b": 2, "c": 3, "d": 4}, {"a": 1, "b": 2, "c": 3})
    False
    """

    smallest: int

    def tells(self, now: Shares, before: Shares | None = None) -> bool:
        """Tell whether a figure may be told.

        Parameters
        ----------
        now : mapping
            What people add to it in this round.
        before : mapping, optional
            What they added to it in an earlier round whose page is known.

        Returns
        -------
        bool
            False where it would say something of fewer than `smallest` people.
        """
        if len(now) < self.smallest:
            return False
        if before is None:
            return True
        changed = sum(now.get(person) != before.get(person) for person in {*now, *before})
        return not 0 < changed < self.smallest
