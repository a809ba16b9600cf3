"""How far apart in the organisation chart the two of a pair are, over many pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rmatch.people import Organisation
from rmatch.scoring import Scores
from rmatch.utils.documents import Document
from rmatch.utils.messages import Message

NO_STEPS = Message("no steps")
AT_ONCE = 1 << 20
"""So many pairs are measured at once."""


@dataclass(frozen=True, slots=True)
class Apart(Document):
    """How far apart in the chart two people are, over many pairs.

    Attributes
    ----------
    pairs : int
        How many pairs.
    joined : int
        How many of them have a common boss, at whatever height, or are one above the other.
    steps : float or None
        The mean number of reporting lines between the two of these; None where there are none.
    """

    pairs: int
    joined: int
    steps: float | None

    @classmethod
    def of(cls, parts: Iterable[NDArray[np.int64]]) -> Apart:
        """Sum up the steps of many pairs, -1 where no chart joins the two."""
        pairs, joined, steps = 0, 0, 0
        for part in parts:
            known = part[part >= 0]
            pairs, joined, steps = pairs + part.size, joined + known.size, steps + int(known.sum())
        return cls(pairs, joined, steps / joined if joined else None)

    def __str__(self) -> str:
        """Return it in words."""
        return self.words

    @property
    def words(self) -> str:
        """The mean in words, and how many pairs it says nothing of."""
        mean = NO_STEPS if self.steps is None else _steps(self.steps)
        rest = self.pairs - self.joined
        if not rest:
            return mean
        return Message(
            "{steps} ({rest} of {pairs} in no common chart)",
            steps=mean,
            rest=rest,
            pairs=self.pairs,
        )


def _steps(mean: float) -> Message:
    return Message("{count} step", "{count} steps", count=round(mean, 2))


class Lines:
    """Everybody's reporting line from the top, to count the steps between any two.

    Parameters
    ----------
    chart : Organisation
        Who reports to whom.
    people : ndarray of int
        The rows of those who are asked about.
    """

    def __init__(self, chart: Organisation, people: NDArray[np.intp]) -> None:
        upwards = chart.above(people, chart.depth)
        self.height = (upwards >= 0).sum(axis=0) - 1
        # Turned round, so that all lines begin at their top.
        position = self.height - np.arange(len(upwards))[:, None]
        turned = np.take_along_axis(upwards, np.maximum(position, 0), axis=0)
        self.downwards = np.where(position >= 0, turned, -1)

    def steps(self, ones: NDArray[np.intp], others: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the steps between people, whose positions broadcast against each other; -1 where no chart joins them."""
        common = np.zeros(np.broadcast_shapes(ones.shape, others.shape), np.int64)
        for bosses in self.downwards:
            common += (bosses[ones] == bosses[others]) & (bosses[ones] >= 0)
        apart: NDArray[np.int64] = self.height[ones] + self.height[others] - 2 * (common - 1)
        return np.where(common > 0, apart, -1)


def lines_of(scores: Scores) -> Lines:
    """Return the reporting lines of the mentors, and of the mentees behind them."""
    cohort = scores.cohort
    chart = Organisation.of(cohort.people)
    return Lines(chart, np.concatenate([cohort.mentors, cohort.mentees]))


def possible(scores: Scores, lines: Lines) -> Iterator[NDArray[np.int64]]:
    """Go through the steps between the two of every pair that the rules allow."""
    mentors, mentees = scores.shape
    columns, some = np.arange(mentees), max(AT_ONCE // max(mentees, 1), 1)
    for first in range(0, mentors, some):
        rows = np.arange(first, min(first + some, mentors))
        steps = lines.steps(rows[:, None], mentors + columns)
        yield steps[scores.open_block(rows, columns)]
