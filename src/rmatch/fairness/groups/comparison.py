"""Groups compared with everybody of their population."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rmatch.fairness.groups.group import Group
from rmatch.fairness.groups.outcomes import ALONE, UPPER
from rmatch.fairness.groups.significance import hypergeometric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.fairness.groups.outcomes import Split


@dataclass(frozen=True, eq=False)
class Comparison:
    """What became of a population.

    Attributes
    ----------
    outcomes : tuple of int
        Everybody's.
    split : Split
        Which of them the table tells apart.
    """

    outcomes: tuple[int, ...]
    split: Split

    @cached_property
    def everybody(self) -> Group:
        """All of them; their own figures are no secret of any group."""
        return _group(("overall",), self.outcomes, matched=True, above=True)

    def counted(self, name: tuple[str, ...], members: Sequence[int]) -> Group:
        """Return the figures of some of them."""
        # Where all or none have a partner, so have those of any group.
        alike = self.everybody.matched in {0, self.everybody.people}
        return _group(name, members, matched=self.split.matched or alike, above=self.split.above)

    def tested(self, name: tuple[str, ...], members: Sequence[int]) -> Group:
        """Return the figures of a group beside everybody else's."""
        group, whole = self.counted(name, members), self.everybody
        p_rate, p_above = None, None
        if group.matched is not None:
            p_rate = _p_value(group.people, group.matched, whole.people, whole.matched)
        if group.above is not None:
            # Of those with a partner where the table tells them from the others.
            own, all_own = (group.people, whole.people)
            if group.matched is not None:
                own, all_own = group.matched, whole.matched or 0
            p_above = _p_value(own, group.above, all_own, whole.above)
        return replace(group, p_match_rate=p_rate, p_above_rate=p_above)


def _group(name: tuple[str, ...], members: Sequence[int], *, matched: bool, above: bool) -> Group:
    people = len(members)
    with_partner = sum(outcome != ALONE for outcome in members)
    gaining = sum(outcome == UPPER for outcome in members)
    of = with_partner if matched else people
    return Group(
        name=name,
        people=people,
        matched=with_partner if matched else None,
        above=gaining if above else None,
        match_rate=with_partner / people if matched and people else None,
        above_rate=gaining / of if above and of else None,
    )


def _p_value(size: int, placed: int, people: int, places: int | None) -> float | None:
    """Return the p-value of a group's share; None if nothing else was possible."""
    if not places or places == people or not 0 < size < people:
        return None
    return hypergeometric(size, placed, places, people)
