"""Switches and priorities by which people were to come first, and which change nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rmatch.checking.finding import Finding
from rmatch.scoring import Scores
from rmatch.utils.sides import SIDES


def in_vain(scores: Scores) -> Iterator[Finding]:
    """Go through the priorities that a programme does not count, and the switches that nothing depends on.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Yields
    ------
    Finding
        With what to write.
    """
    cohort, programme = scores.cohort, scores.programme
    waiting = np.union1d(
        *(
            people[cohort.priority(side) > 0]
            for side, people in zip(SIDES, (cohort.mentors, cohort.mentees), strict=True)
        )
    )
    if waiting.size and programme.waiting == "same":
        some = f"{len(waiting)} {'person has' if len(waiting) == 1 else 'people have'}"
        sentence = f"{some} a priority, and the programme counts none"
        ids = tuple(cohort.people.id[row] for row in waiting.tolist())
        yield Finding("no_effect", "warning", f'{sentence}: say waiting = "first"', ids)
    if programme.spread and max(int(cohort.capacity(side).max(initial=0)) for side in SIDES) < 2:
        sentence = "`spread` changes nothing: nobody has places for two partners"
        yield Finding("no_effect", "note", sentence)
