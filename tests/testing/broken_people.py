"""Matchers of people with one planted fault each, and the laws that must find it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from testing.broken import Broken
from testing.matchers import match

from rmatch.people import Request, Requests
from rmatch.testing import oracles
from rmatch.testing.laws.people import Open

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme

Ids = list[tuple[str, str]]


def ignores_locks(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    return match(
        people, programme, Requests(tuple(row for row in requests.rows if row.kind != "lock")), seed
    )


def ignores_exclusions(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    return match(
        people,
        programme,
        Requests(tuple(row for row in requests.rows if row.kind != "exclude")),
        seed,
    )


def ignores_rules(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    return match(people, replace(programme, rules=()), requests, seed)


def ignores_own_capacities(
    people: People, programme: Programme, requests: Requests, seed: Any
) -> Ids:
    nothing_said = np.full(len(people), -1)
    return match(
        replace(people, mentor_capacity=nothing_said, mentee_capacity=nothing_said),
        programme,
        requests,
        seed,
    )


def minimums_first(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    """One partner for everybody who must have one, and then what is left."""
    few = "mentor" if programme.mentor_minimum else "mentee"
    limits: dict[str, Any] = {f"{few}_capacity": getattr(programme, f"{few}_minimum")}
    first = match(people, replace(programme, **limits), requests, seed)
    kept = tuple(Request(*pair, "lock", override_reason="served first") for pair in first)
    return match(people, programme, Requests((*requests.rows, *kept)), seed)


def unknown_is_zero(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    return match(replace(people, years=np.nan_to_num(people.years)), programme, requests, seed)


def report_is_taken_for_match(
    people: People, programme: Programme, requests: Requests, seed: Any
) -> Ids:
    consent = {
        name: (bits | (bits >> 1 & 1)).astype(np.uint8) for name, bits in people.consent.items()
    }
    return match(replace(people, consent=consent), programme, requests, seed)


def protected_answers_decide_places(
    people: People, programme: Programme, requests: Requests, seed: Any
) -> Ids:
    return match(
        people, replace(programme, places="with_protected", justification="none"), requests, seed
    )


def ignores_the_seed(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    return match(people, programme, requests, 0)


def ties_by_row(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    number = {person: f"{row}" for row, person in enumerate(people.id)}
    renamed = replace(
        people,
        id=tuple(number.values()),
        manager_id=tuple(number.get(boss) if boss else None for boss in people.manager_id),
    )
    asked = tuple(
        replace(row, mentor=number[row.mentor], mentee=number[row.mentee]) for row in requests.rows
    )
    return [
        (people.id[int(one)], people.id[int(other)])
        for one, other in match(renamed, programme, Requests(asked), seed)
    ]


def greedy(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    problem = Open((people, programme, requests))
    rows, columns = problem.instance.mentor_capacity, problem.instance.mentee_capacity
    pairs = []
    for row, column in sorted(
        problem.instance.cells, key=lambda cell: -problem.instance.points[cell]
    ):
        if rows[row] > 0 and columns[column] > 0:
            rows[row], columns[column] = rows[row] - 1, columns[column] - 1
            pairs.append((problem.facts.mentors[row], problem.facts.mentees[column]))
    return pairs


def forgets_somebody(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    asked = {person for row in requests.rows for person in (row.mentor, row.mentee)} | set(
        people.manager_id
    )
    kept = [row for row, person in enumerate(people.id) if person in asked or row]
    return match(people.take(kept), programme, requests, seed)


def mentee_before_mentor(*arguments: Any) -> Ids:
    return [(mentee, mentor) for mentor, mentee in match(*arguments)]


def other_seed_every_time(
    people: People, programme: Programme, requests: Requests, seed: Any
) -> Ids:
    return match(people, programme, requests, int(np.random.default_rng().integers(2**31)))


def at_random(people: People, programme: Programme, requests: Requests, seed: Any) -> Ids:
    """Make a random matching, another one for any other input."""
    weights = [criterion.weight for criterion in programme.criteria]
    random = np.random.default_rng(
        crc32(repr((people.id, weights, len(requests.rows), seed)).encode())
    )
    problem = Open((people, programme, requests))
    rows, columns = problem.instance.mentor_capacity, problem.instance.mentee_capacity
    pairs = []
    for row, column in random.permutation(problem.instance.cells).tolist():
        if rows[row] > 0 and columns[column] > 0:
            rows[row], columns[column] = rows[row] - 1, columns[column] - 1
            pairs.append((problem.facts.mentors[row], problem.facts.mentees[column]))
    return pairs


def needs_both_sides(people: People, *rest: Any) -> Ids:
    if not len(people.mentors) * len(people.mentees):
        message = "nobody to match"
        raise ValueError(message)
    return match(people, *rest)


PEOPLE = [
    Broken(ignores_locks, ("locks_kept",), "people"),
    Broken(ignores_exclusions, ("rules_kept",), "people"),
    Broken(ignores_rules, ("rules_kept", "best_for_people"), "people"),
    Broken(ignores_own_capacities, ("own_capacities",), "people"),
    Broken(minimums_first, ("minimums_met_at_best",), "people"),
    Broken(unknown_is_zero, ("unknown_is_neutral",), "people"),
    Broken(report_is_taken_for_match, ("consent_respected",), "people"),
    Broken(protected_answers_decide_places, ("places_guarantee",), "people"),
    Broken(ignores_the_seed, ("equal_chances",), "people"),
    Broken(ties_by_row, ("row_order_of_people",), "people"),
    Broken(greedy, ("best_for_people", "minimums_met_at_best"), "people"),
    Broken(
        at_random, ("seeds_decide_ties_only", "weights_in_proportion", "unused_exclusion"), "people"
    ),
    Broken(needs_both_sides, ("nobody_to_meet",), "people"),
    Broken(forgets_somebody, ("best_for_people",), "people"),
    Broken(mentee_before_mentor, ("roles_played",), "people"),
    Broken(other_seed_every_time, ("seed_repeats",), "people"),
]


def _variance(values: list[float]) -> float:
    return float(np.var(values))


def _summed_theil(values: list[float]) -> float:
    return len(values) * oracles.theil(values)


def _first_behind(values: list[float]) -> float:
    return max(values) / values[0] - 1


def _best_by_middle(values: list[float]) -> float:
    return max(values) / float(np.median(values)) - 1


INDICES = [
    Broken(_variance, ("scale_invariance",), "index"),
    Broken(_summed_theil, ("replication",), "index"),
    Broken(_first_behind, ("symmetry",), "index"),
    Broken(_best_by_middle, ("transfer",), "index"),
    Broken(oracles.jain, ("zero_where_all_are_equal",), "index"),
]
