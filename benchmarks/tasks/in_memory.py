"""Matching people who are in memory already."""

from __future__ import annotations

from functools import cache
from statistics import median

from measure import Measured, repeated

import rmatch
from rmatch import datasets

PROGRAMME = rmatch.Programme(levels=datasets.LEVELS)


@cache
def workforce(side: int) -> rmatch.People:
    """Return the synthetic people."""
    return datasets.workforce(side, side)


def scored(side: int) -> rmatch.Scores:
    """Return the scores with all that a matching asks of them worked out."""
    scores = rmatch.score(workforce(side), PROGRAMME)
    scores.points, scores.blind_points, scores.open_pairs  # noqa: B018  # worked out once, when first asked for
    return scores


def match(side: int, repeats: int) -> Measured:
    """Time the whole call, and its scoring once more alone."""
    people = workforce(side)
    seconds, matching = repeated(lambda: rmatch.match(people, PROGRAMME), repeats)
    scoring, _ = repeated(lambda: scored(side), repeats)
    rmatch.verify(matching)
    facts = {"pairs": len(matching.pairs), "total": matching.total, "route": matching.route}
    return Measured(seconds, facts | {"scoring_share": round(median(scoring) / median(seconds), 3)})


def scipy_solves(side: int, repeats: int) -> Measured:
    """Time scipy's solver alone, on the costs of the same problem: a row for every place of a mentor."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    scores = scored(side)
    places = scores.cohort.capacity("mentor")
    cost, points = np.repeat(scores.cost, places, 0), np.repeat(scores.points, places, 0)
    seconds, pairs = repeated(lambda: linear_sum_assignment(cost), repeats)
    return Measured(seconds, {"pairs": len(pairs[0]), "total": int(points[pairs].sum())})
