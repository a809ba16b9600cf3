"""The fairness report of people who are matched already."""

from __future__ import annotations

from contextlib import nullcontext
from time import process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
from measure import Measured, TaskError, repeated
from tasks.in_memory import PROGRAMME, workforce

import rmatch

if TYPE_CHECKING:
    from rmatch.fairness import Fairness

LOOKED_AT = 20


def report(side: int, repeats: int, compiled: bool) -> Measured:
    """Time the whole report, by the compiled pass over all pairs or, as without the extra `scale`, by numpy."""
    matching = rmatch.match(workforce(side), PROGRAMME)
    without = patch("rmatch.fairness.envy.large_enough", return_value=False)
    with nullcontext() if compiled else without:
        matching.fairness()
        start = process_time()
        seconds, found = repeated(matching.fairness, repeats, warm_up=0)
        busy = (process_time() - start) / repeats
    check(matching, found)
    envious = sum(own.envious for own in found.sides.values())
    facts = {"pairs": len(found.points), "blocking": found.blocking, "envious": envious}
    return Measured(seconds, facts | {"processor_seconds": round(busy, 2)})


def check(matching: rmatch.Matching, found: Fairness) -> None:
    """Work out rank and regret of a few mentors from all their points, criterion by criterion and rule by rule."""
    scores = matching.scores
    told = {
        person.id: (person.rank, person.regret)
        for person in found.people
        if person.role == "mentor"
    }
    everyone, full = np.arange(scores.shape[1]), scores.cohort.capacity("mentee") == 0
    for row in np.linspace(0, scores.shape[0] - 1, LOOKED_AT).astype(int).tolist():
        mentor = scores.mentors[row]
        partners = [
            scores.cohort.column[pair.mentee] for pair in matching.pairs if pair.mentor == mentor
        ]
        if not partners:
            continue
        gains = scores.gains("mentor").block(np.array([row]), everyone)[0]
        others = scores.open_block(np.array([row]), everyone)[0] & ~full
        others[partners] = False
        beyond = gains[others] - gains[partners].min()
        if told[mentor] != (1 + (beyond > 0).sum(), beyond.max(initial=0)):
            message = f"rank and regret of {mentor} are told to be {told[mentor]}"
            raise TaskError(message)
