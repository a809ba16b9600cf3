"""Where the search for pairs begins: at the prices and the pairs of a step before it, and of a round much like it.

They say how long it takes, and never what is found: every pair is held against its prices anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.precedence import Precedence, Whole
    from rmatch.rounds.step import Decides, Step
    from rmatch.scoring import Scores
    from rmatch.solve import Warm


def beginning(
    near: Outcome | None,
    scores: Scores,
    decides: Decides,
    before: Step | None,
    precedence: Precedence | None,
) -> Warm | None:
    """Return where a step begins, if anything is known.

    Parameters
    ----------
    near : Outcome, optional
        A round much like this one.
    scores : Scores
        The people of this one.
    decides : {"places", "pairs"}
        What the step decides.
    before : Step, optional
        The step before it in the same round.
    precedence : Precedence, optional
        What counts before the points of the step.
    """
    known = None if near is None else Near(near, scores)
    if before is not None:
        warm: Warm | None = warm_of(before) if known is None else known.after(before)
    else:
        warm = None if known is None else known.warm(decides)
    if warm is None or precedence is None:
        return warm
    if precedence.point > 1:
        return warm.times(precedence.point)
    if not len(precedence.kept):
        return warm
    # What outweighs all points is more likely to be made than what was best by points alone.
    rows, columns = precedence.kept.T
    return warm._replace(rows=rows, columns=columns)


@dataclass(frozen=True)
class Near:
    """A round much like one that is to be solved.

    Attributes
    ----------
    outcome : Outcome
        The round whose prices are known.
    scores : Scores
        The people of the other one. Who is new begins at the middle price of their side.
    """

    outcome: Outcome
    scores: Scores

    def warm(self, decides: Decides) -> Warm | None:
        """Return what it knows of a step, or nothing where it has no such prices, or nobody in common on a side."""
        from rmatch.solve import Warm

        if (step := self._step(decides)) is None:
            return None
        warm = warm_of(step)
        (u, v), (mentors, mentees) = warm.prices, self._before
        if (mentors < 0).all() or (mentees < 0).all():
            return None
        rows = _turned(mentors, len(u))[warm.rows]
        columns = _turned(mentees, len(v))[warm.columns]
        here = (rows >= 0) & (columns >= 0)
        prices = _taken(u, mentors), _taken(v, mentees)
        return Warm(prices, rows[here], columns[here], near=True)

    def after(self, first: Step) -> Warm:
        """Return where to begin with the pairs: at the prices of the step that decided places, and at what these differed by before."""
        warm = warm_of(first)
        places, pairs = self.warm("places"), self.warm("pairs")
        if places is None or pairs is None:
            return warm
        each = zip(warm.prices, places.prices, pairs.prices, strict=True)
        u, v = (now + later - before for now, before, later in each)
        return warm._replace(prices=(u, v), near=True)

    def _step(self, decides: Decides) -> Step | None:
        steps = (each for each in self.outcome.steps if each.decides == decides)
        return next((each for each in steps if each.certificate is not None), None)

    @cached_property
    def _before(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each mentor and each mentee was before, or -1."""
        before = self.outcome.scores.cohort
        return _rows(self.scores.mentors, before.row), _rows(self.scores.mentees, before.column)


def warm_of(step: Step) -> Warm:
    """Return the pairs and the prices of a step, in points."""
    from rmatch.solve import Warm

    proof, solution = step.certificate, step.solution
    assert proof is not None  # a total is proved by prices
    u, v = (_in_points(side, step.precedence, proof.bonus) for side in (proof.u, proof.v))
    return Warm((u, v), solution.rows, solution.cols)


def _in_points(prices: Whole, precedence: Precedence | None, bonus: int) -> Whole:
    """Return prices without what counts before the points: of each of these a price holds so many whole ones, or none."""
    beside = [bonus]
    if precedence is not None:
        firsts = np.concatenate([precedence.mentor_first, precedence.mentee_first])
        beside += [int(firsts.min(initial=bonus, where=firsts > 0)), precedence.gain]
    for worth in beside:
        if worth > 1:
            prices = prices - worth * ((prices + worth // 2) // worth)
    return prices if precedence is None else prices // precedence.point


def _rows(people: Sequence[str], before: Mapping[str, int]) -> NDArray[np.int64]:
    return np.array([before.get(person, -1) for person in people], np.int64)


def _turned(before: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return where each of those who were there before is now, or -1."""
    now = np.full(size, -1)
    known = np.flatnonzero(before >= 0)
    now[before[known]] = known
    return now


def _taken(prices: Whole, before: NDArray[np.int64]) -> Whole:
    return np.where(before < 0, int(np.median(prices)), prices[before])
