"""Groups compared with everybody of their population."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rmatch.fairness.groups.group import Group
from rmatch.fairness.groups.outcomes import ALONE, UPPER
from rmatch.fairness.groups.significance import hypergeometric
from rmatch.utils.messages import Message
from rmatch.utils.stopping import listen

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
        return self._group((Message("overall"),), self.outcomes, matched=True, above=True)

    def counted(self, name: tuple[str, ...], members: Sequence[int]) -> Group:
        """Return the figures of some of them, as far as the table tells outcomes apart."""
        return self._group(name, members, matched=self._by_matched, above=self.split.above)

    def tested(self, name: tuple[str, ...], members: Sequence[int]) -> Group:
        """Return the figures of a group beside everybody else's."""
        listen("groups")
        group, whole = self.counted(name, members), self.everybody
        size, everybody = self._base(group), self._base(whole)
        return replace(
            group,
            p_match_rate=_p_value(group.people, group.matched, whole.people, whole.matched),
            p_above_rate=_p_value(size, group.above, everybody, whole.above),
        )

    @property
    def _by_matched(self) -> bool:
        """Whether it may be told who has a partner; where all or none have, so have those of any group."""
        alone = self.outcomes.count(ALONE)
        return self.split.matched or alone in {0, len(self.outcomes)}

    def _group(
        self, name: tuple[str, ...], members: Sequence[int], *, matched: bool, above: bool
    ) -> Group:
        group = Group(
            name=name,
            people=len(members),
            matched=sum(outcome != ALONE for outcome in members) if matched else None,
            above=sum(outcome == UPPER for outcome in members) if above else None,
        )
        return replace(
            group,
            match_rate=_share(group.matched, group.people),
            above_rate=_share(group.above, self._base(group)),
        )

    def _base(self, group: Group) -> int:
        """Return of how many people the share above the median is: those with a partner where these are told."""
        return group.matched or 0 if self._by_matched else group.people


def _share(part: int | None, whole: int) -> float | None:
    return None if part is None or not whole else part / whole


def _p_value(size: int, placed: int | None, people: int, places: int | None) -> float | None:
    """Return the p-value of a group's share; None if it is not told, or nothing else was possible."""
    if placed is None or not places or places == people or not 0 < size < people:
        return None
    return hypergeometric(size, placed, places, people)
