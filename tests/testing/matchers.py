"""Correct matchers to hold to the laws: rmatch's own, and one made of scipy's solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

import rmatch
from rmatch.testing import Instance, oracles

if TYPE_CHECKING:
    from rmatch.people import People, Requests
    from rmatch.programme import Programme


def assign(points: Any, allowed: Any, mentor_capacity: Any, mentee_capacity: Any, seed: int) -> Any:
    return rmatch.assign(
        points, allowed=allowed, mentor_capacity=mentor_capacity, mentee_capacity=mentee_capacity
    ).pairs


def assign_best(
    points: Any, allowed: Any, mentor_capacity: Any, mentee_capacity: Any, seed: int
) -> Any:
    return rmatch.assign(
        points,
        allowed=allowed,
        mentor_capacity=mentor_capacity,
        mentee_capacity=mentee_capacity,
        participation="best",
    ).pairs


def scipy_lsa(
    points: Any, allowed: Any, mentor_capacity: Any, mentee_capacity: Any, seed: int
) -> Any:
    """Every allowed pair gets a bonus above all differences of points, forbidden ones get 0 and are dropped."""
    if (mentor_capacity != 1).any() or (mentee_capacity != 1).any():
        message = "one place each"
        raise NotImplementedError(message)
    values = points.astype(float)
    spread = np.abs(values).max(initial=0) * (2 * min(values.shape) + 1) + 1
    rows, columns = linear_sum_assignment(np.where(allowed, values + spread, 0), maximize=True)
    return [(i, j) for i, j in zip(rows, columns, strict=True) if allowed[i, j]]


def stable(
    u: Any, w: Any, allowed: Any, mentor_capacity: Any, mentee_capacity: Any, seed: int
) -> Any:
    return rmatch.assign(
        u + w,
        allowed=allowed,
        mentor_capacity=mentor_capacity,
        mentee_capacity=mentee_capacity,
        objective="stable",
        sides=(u, w),
    ).pairs


def best_of_all_stable(
    u: Any, w: Any, allowed: Any, mentor_capacity: Any, mentee_capacity: Any, seed: int
) -> Any:
    """Try everything: of all stable matchings the one with the most points for the mentors as they rank the mentees."""
    ranks = (u[:, None, :] < u[:, :, None]).sum(2) + 1
    return max(
        oracles.stable_matchings(Instance(u, allowed, mentor_capacity, mentee_capacity), w),
        key=lambda pairs: sum(ranks[pair] for pair in pairs),
    )


def match(
    people: People, programme: Programme, requests: Requests, seed: int | str
) -> list[tuple[str, str]]:
    return [
        (pair.mentor, pair.mentee)
        for pair in rmatch.match(people, programme, requests, seed=seed).pairs
    ]
