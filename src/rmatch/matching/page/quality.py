"""How good the pairs are: how many have which fit, and how near everybody is to the best they could have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from rmatch.programme import HUNDRED
from rmatch.utils.messages import Message, Share
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.matching.page.others import Standings

WIDE = 10
"""How many points of 100 a column of the distribution spans."""
NEAR = (
    (1, Message("the best possible")),
    (3, Message("among the three best")),
    (10, Message("among the ten best")),
)
FARTHER = Message("not among these")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a distribution.

    Attributes
    ----------
    label : str
        What it spans.
    count : int
        How many are in it.
    share : float
        Its height beside the highest, from 0 to 1.
    """

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Near:
    """How near a side is to the best that each could have.

    Attributes
    ----------
    side : str
        Which.
    columns : tuple of Column
        How many have the best possible partner, one of the three best, and so on.
    share : int
        The median over the pairs of the fit as a percentage of the best that the person could have.
    """

    side: str
    columns: tuple[Column, ...]
    share: int

    @property
    def title(self) -> Message:
        """Whose partners they are."""
        if self.side == "mentor":
            return Message("The partner of the mentor is")
        return Message("The partner of the mentee is")

    @property
    def sentence(self) -> Message:
        """What the share says."""
        if self.share >= HUNDRED and self.side == "mentor":
            return Message("At least half of the mentors in pairs have as much as with their best.")
        if self.share >= HUNDRED:
            return Message("At least half of the mentees in pairs have as much as with their best.")
        share = Share(self.share / HUNDRED)
        if self.side == "mentor":
            return Message(
                "Half of the mentors in pairs have {share} or more of what they would have with their best.",
                share=share,
            )
        return Message(
            "Half of the mentees in pairs have {share} or more of what they would have with their best.",
            share=share,
        )


def distribution(fits: Sequence[int]) -> tuple[Column, ...]:
    """Return how many pairs have which fit.

    Examples
    --------
    >>> [(column.label, column.count) for column in distribution([5, 38, 39, 100])][2:4]
    [('20–29', 0), ('30–39', 2)]
    """
    top = HUNDRED // WIDE - 1
    counts = Counter(min(fit // WIDE, top) for fit in fits)
    labels = [f"{WIDE * at}–{WIDE * at + WIDE - 1 + (at == top)}" for at in range(top + 1)]
    return _columns(labels, [counts[at] for at in range(top + 1)])


def nearness(
    standings: Standings, points: Iterable[tuple[tuple[str, str], int]]
) -> tuple[Near, ...]:
    """Return how near both sides are to the best that each could have.

    Parameters
    ----------
    standings : Standings
        How partners stand.
    points : iterable of ((str, str), int)
        The pairs, and their points.
    """
    known = [(standings[two], own) for two, own in points if two in standings]
    if not known:
        return ()
    found = []
    for side in SIDES:
        ranks = [
            next((name for most, name in NEAR if each[side].rank <= most), FARTHER)
            for each, _ in known
        ]
        counts, names = Counter(ranks), [*(name for _, name in NEAR), FARTHER]
        share = median(
            100 * own / each[side].best if each[side].best > 0 else 100 for each, own in known
        )
        found.append(Near(side, _columns(names, [counts[name] for name in names]), int(share)))
    return tuple(found)


def _columns(labels: Sequence[str], counts: Sequence[int]) -> tuple[Column, ...]:
    highest = max([1, *counts])
    return tuple(
        Column(label, count, count / highest) for label, count in zip(labels, counts, strict=True)
    )
