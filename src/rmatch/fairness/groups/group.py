"""The figures of groups, and of a table of them."""

from __future__ import annotations

from dataclasses import dataclass

METRICS = ("match_rate", "mean_gain")
FOUR_FIFTHS = 0.8
"""The four-fifths rule of the American guidelines on selection, here an indicator only."""


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one group; None where they are suppressed or cannot be estimated.

    Attributes
    ----------
    name : tuple of str
        The group, an answer for each dimension of the table; several answers of one person are one group by themselves.
    people, matched : int or None
        How many there are, and how many of them have a partner.
    match_rate, mean_gain : float or None
        The share with a partner, and what those with a partner gain on average, in points of their own side.
    p_match_rate, p_mean_gain : float or None
        How often a blind draw would make the group differ as much from everybody else, or more.
    draws : int
        The number of random draws behind `p_mean_gain`; 0 if it is exact.
    notes : tuple of str
        What is suppressed or cannot be estimated, and why.
    """

    name: tuple[str, ...]
    people: int | None
    matched: int | None = None
    match_rate: float | None = None
    mean_gain: float | None = None
    p_match_rate: float | None = None
    p_mean_gain: float | None = None
    draws: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The groups of one side along one dimension, or along several at once.

    Attributes
    ----------
    side : {"mentor", "mentee"}
        Whose groups.
    dimensions : tuple of str
        What the groups differ in.
    overall : Group
        Everybody of the side.
    by_group : tuple of Group
        Those who released their answers for reports, by name.
    not_released : Group
        Everybody else: no consent to report, or no answer.
    notes : tuple of str
        What cannot be shown of the table as a whole, and why.
    """

    side: str
    dimensions: tuple[str, ...]
    overall: Group
    by_group: tuple[Group, ...]
    not_released: Group
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
        if len(shown) < 2:
            return None
        return max(shown) - min(shown)

    def _ratio(self, metric: str) -> float | None:
        shown = self._shown(metric)
        if len(shown) < 2:
            return None
        least, most = min(shown), max(shown)
        # A ratio says something of amounts only: gains below 0 have none.
        if most <= 0 or least < 0:
            return None
        return least / most

    def _shown(self, metric: str) -> list[float]:
        figures = (getattr(group, metric) for group in self.by_group)
        return [figure for figure in figures if figure is not None]
