"""The figures of groups, and of a table of them."""

from __future__ import annotations

from dataclasses import dataclass

from rmatch.utils.shown import Shown

METRICS = ("match_rate", "above_rate")
FOUR_FIFTHS = 0.8
"""The four-fifths rule of the American guidelines on selection, here an indicator only."""


@dataclass(frozen=True, slots=True)
class Group(Shown):
    """The figures of one group; None where the table does not tell them, or they cannot be estimated.

    Attributes
    ----------
    name : tuple of str
        The group, an answer for each dimension of the table; several answers of one person are one group by themselves.
    people : int
        How many there are.
    matched, above : int or None
        How many of them have a partner, and how many gain more than the median of all with a partner.
    match_rate, above_rate : float or None
        The share with a partner; and the share that gains more, of those with a partner where `matched` is told, else of
        all in the group.
    p_match_rate, p_above_rate : float or None
        How often a blind draw would make the group differ as much from everybody else, or more.
    """

    name: tuple[str, ...]
    people: int
    matched: int | None = None
    above: int | None = None
    match_rate: float | None = None
    above_rate: float | None = None
    p_match_rate: float | None = None
    p_above_rate: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class GroupTable(Shown):
    """The groups of a population along one dimension, or along several at once.

    Attributes
    ----------
    side : {"mentor", "mentee", "both"}
        Whose groups: of people who play this role alone, or both.
    dimensions : tuple of str
        What the groups differ in.
    overall : Group
        Everybody.
    by_group : tuple of Group
        The groups that are shown, by name.
    rest : Group
        Everybody else: smaller groups, and all who released nothing or gave no answer.
    notes : tuple of str
        What is not told of the table as a whole, and why.
    """

    side: str
    dimensions: tuple[str, ...]
    overall: Group
    by_group: tuple[Group, ...]
    rest: Group
    notes: tuple[str, ...] = ()

    @property
    def difference(self) -> dict[str, float | None]:
        """The largest less the smallest figure of the groups shown; None for fewer than two."""
        return {metric: self._difference(metric) for metric in METRICS}

    @property
    def ratio(self) -> dict[str, float | None]:
        """The smallest figure of the groups shown over the largest; None for fewer than two, or if that is not above 0."""
        return {metric: self._ratio(metric) for metric in METRICS}

    @property
    def below_four_fifths(self) -> bool | None:
        """An indicator, no verdict: whether the lowest match rate is below four fifths of the highest."""
        ratio = self._ratio("match_rate")
        return None if ratio is None else ratio < FOUR_FIFTHS

    def _difference(self, metric: str) -> float | None:
        shown = self._shown(metric)
        return max(shown) - min(shown) if len(shown) > 1 else None

    def _ratio(self, metric: str) -> float | None:
        shown = self._shown(metric)
        return min(shown) / max(shown) if len(shown) > 1 and max(shown) > 0 else None

    def _shown(self, metric: str) -> list[float]:
        figures = (getattr(group, metric) for group in self.by_group)
        return [figure for figure in figures if figure is not None]
