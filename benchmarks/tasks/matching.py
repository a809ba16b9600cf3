"""Whole rounds of people who are in memory already, the fairness report on them and the organiser's page."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cache
from io import StringIO
from time import perf_counter, process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
from measure import Measured, TaskError, repeated

import rmatch
from rmatch import datasets

if TYPE_CHECKING:
    from rmatch.fairness import Fairness

PROGRAMME = rmatch.Programme(levels=datasets.LEVELS)
CHECKED = 20
LARGEST_PAGE = 5_000_000
"""The most bytes of the page of 2,000 pairs."""


@cache
def workforce(side: int) -> rmatch.People:
    """Return the synthetic people."""
    return datasets.workforce(side, side)


def scored(side: int) -> rmatch.Scores:
    """Return the scores with all that a matching asks of them worked out."""
    scores = rmatch.score(workforce(side), PROGRAMME)
    scores.points, scores.blind_points, scores.open_pairs  # noqa: B018  # worked out once, when first asked for
    return scores


def fairness(side: int, repeats: int, compiled: bool) -> Measured:
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


def organisers_page(side: int, repeats: int) -> Measured:
    """Time the organiser's page, each time of a matching of which nothing was asked before."""
    people, seconds = workforce(side), list[float]()
    for _ in range(repeats):
        matching, page = rmatch.match(people, PROGRAMME), StringIO()
        start = perf_counter()
        matching.to_html(page)
        seconds.append(perf_counter() - start)
    size = len(page.getvalue().encode())
    if side <= 2_000 and size > LARGEST_PAGE:
        message = f"the page has {size:,} bytes"
        raise TaskError(message)
    return Measured(seconds, {"pairs": len(matching.pairs), "page_kilobytes": size // 1_000})


def check(matching: rmatch.Matching, found: Fairness) -> None:
    """Work out rank and regret of a few mentors from all their points, criterion by criterion and rule by rule."""
    scores = matching.scores
    told = {
        person.id: (person.rank, person.regret)
        for person in found.people
        if person.role == "mentor"
    }
    everyone, full = np.arange(scores.shape[1]), scores.cohort.capacity("mentee") == 0
    for row in np.linspace(0, scores.shape[0] - 1, CHECKED).astype(int).tolist():
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
