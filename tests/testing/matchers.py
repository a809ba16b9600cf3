"""Correct matchers to hold to the laws: rmatch's own, and one made of scipy's solver."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

import rmatch
from rmatch.criteria import Custom
from rmatch.people import Request, Requests, Response, Responses
from rmatch.rules import NoRepeat
from rmatch.testing import Instance, oracles

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.testing import Situation
    from rmatch.testing.life.situation import IdPair


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


def next_pairs(day: Situation) -> list[tuple[str, str]]:
    """Return what `rmatch.rematch` makes of a day."""
    if not (day.mentor_capacity and day.mentee_capacity):
        return []
    known = _known(day, day.earlier)
    if not known:
        return match(_people(day), _programme(day), _requests(day), 0)
    answers = [Response(*pair, "accepted") for pair in known if pair in day.accepted]
    answers += [Response(*pair, "declined") for pair in known if pair in day.declined]
    matching = rmatch.rematch(
        [{"mentor": mentor, "mentee": mentee} for mentor, mentee in known],
        _people(day),
        programme=_programme(day),
        requests=_requests(day),
        responses=Responses(tuple(answers)),
    )
    return [(pair.mentor, pair.mentee) for pair in matching.pairs]


def planned(day: Situation, rounds: int) -> list[list[tuple[str, str]]]:
    """Return what `rmatch.plan` makes of the rounds to come."""
    if not (day.mentor_capacity and day.mentee_capacity):
        return [[] for _ in range(rounds)]
    known, longest = _known(day, frozenset(day.met)), max(day.met.values(), default=0)
    history = [[pair for pair in known if day.met[pair] == ago] for ago in range(longest, 0, -1)]
    gap: Any = "never" if day.gap is None else day.gap
    try:
        plan = rmatch.plan(
            _people(day),
            replace(_programme(day), rules=()),
            _requests(replace(day, met={})),
            rounds=rounds,
            gap=gap,
            history=history,
        )
    except rmatch.InvalidInputError as error:
        # More rounds than anybody has possible partners are a fault to rmatch; nothing else may be one.
        if {fault.field for fault in error.faults} != {"rounds"}:
            raise
        raise NotImplementedError from error
    return [[(each.mentor, each.mentee) for each in plan.pairs(n)] for n in range(1, rounds + 1)]


def _known(day: Situation, pairs: frozenset[IdPair]) -> list[IdPair]:
    """Return pairs of which somebody is there: a round of which nobody is left is another firm's to rmatch."""
    here = {*day.mentor_capacity, *day.mentee_capacity}
    return sorted(pair for pair in pairs if here.intersection(pair))


def _people(day: Situation) -> People:
    waiting = day.waiting
    sides = (("mentor", day.mentor_capacity), ("mentee", day.mentee_capacity))
    return rmatch.read_people(
        [
            {"id": who, "role": side, f"{side}_capacity": places, "priority": waiting.get(who, 0)}
            for side, everybody in sides
            for who, places in everybody.items()
        ]
    )


def _programme(day: Situation) -> Programme:
    points = day.points

    def block(mentors: People, mentees: People) -> Any:
        table = [[points.get((one, other), 0) for other in mentees.id] for one in mentors.id]
        return np.array(table, float).reshape(len(mentors), len(mentees))

    own = Custom(
        "points",
        block,
        lambda mentor, mentee: points.get((mentor.id, mentee.id), 0),
        lambda *_: "by the table",
    )
    return rmatch.Programme(criteria=(own,), rules=(NoRepeat(),), waiting="first")


def _requests(day: Situation) -> Requests:
    everybody = product(day.mentor_capacity, day.mentee_capacity)
    barred = [pair for pair in everybody if pair not in day.points or pair in day.declined]
    met = _known(day, day.too_soon - day.accepted)
    rows = [Request(*pair, "exclude") for pair in barred if pair not in day.earlier & day.declined]
    return Requests((*rows, *(Request(*pair, "previous") for pair in met)))
