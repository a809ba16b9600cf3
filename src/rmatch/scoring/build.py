"""From people, programme and requests to scores: what fits together, and how many points each criterion may give."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rmatch.criteria import AnyCriterion, Diversity, Factor, factors_of
from rmatch.errors import Fault, nearest
from rmatch.people import DIMENSION, EXTRA, Cohort, Only, People, Requests, bare
from rmatch.programme import Programme
from rmatch.scoring.scores import Scores
from rmatch.scoring.shares import shared_out
from rmatch.utils.labels import fold
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST, allot
from rmatch.utils.stopping import AT_ONCE, listen
from rmatch.utils.validation import instance, refuse

INPUTS: dict[str, tuple[type, str]] = {
    "people": (People, "give People: rmatch.read_people reads a table"),
    "programme": (Programme, "give a Programme: rmatch.read_programme reads a file"),
    "requests": (Requests, "give Requests: rmatch.read_requests reads a table"),
}
"""What a round is made of, and where it comes from."""

_GROUPS = {DIMENSION: "dimensions", EXTRA: "extra"}
"""Where the people's columns with each prefix are kept."""


def score(
    people: People, programme: Programme | None = None, requests: Requests | None = None
) -> Scores:
    """Return the points of every possible pair, and which pairs are allowed.

    Parameters
    ----------
    people : People
        Everybody.
    programme : Programme, optional
        What gives points and what forbids; the default programme if absent.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.

    Returns
    -------
    Scores
        Whole matrices for up to a hundred million pairs, any block on demand.

    Raises
    ------
    InvalidInputError
        With everything in which people, programme and requests do not fit each other: a grade that is not in `levels`, an
        answer outside the order of its dimension, a request about an unknown person.

    Examples
    --------
    >>> import rmatch
    >>> scores = rmatch.score(rmatch.datasets.example())
    >>> scores.points.shape == scores.allowed.shape == scores.shape
    True
    """
    programme = Programme() if programme is None else programme
    requests = Requests() if requests is None else requests
    refuse(input_faults(people=people, programme=programme, requests=requests))
    return scored(people, programme, requests)


def scored(
    people: People, programme: Programme, requests: Requests, baseline: Cohort | None = None
) -> Scores:
    """Return the points of every possible pair, with the means of a baseline.

    Parameters
    ----------
    people, programme, requests : People, Programme, Requests
        As for :func:`score`.
    baseline : Cohort, optional
        Whose people the means for unknown answers are taken over, who say what has data and which topics are rare: its
        people and requests in the terms of the programme, and no baseline of its own. The people themselves if absent.

    Returns
    -------
    Scores
        As of :func:`score`; without changes of people, the very same points as those of the baseline.

    Raises
    ------
    InvalidInputError
        As for :func:`score`.
    """
    requests = requests.fitted(people)
    basis = None if baseline is None else replace(baseline.basis, terms=programme)
    cohort = Cohort(people, programme, requests, basis)
    refuse(
        [
            *cohort.faults(),
            *_dimension_faults(cohort, programme.criteria),
            *_condition_faults(cohort, (*programme.criteria, *programme.rules)),
            *requests.faults(people),
        ]
    )
    return _scores(cohort, programme)


def input_faults(**given: object) -> Iterator[Fault]:
    """Go through those of people, programme and requests that are something else."""
    for name, value in given.items():
        yield from instance(name, "", value, *INPUTS[name])


def _scores(cohort: Cohort, programme: Programme) -> Scores:
    criteria = [criterion for criterion in programme.criteria if criterion.weight != 0]
    factors = _factors(cohort, criteria)
    # Whether a criterion has data does not depend on its share, and protected data must not change the others' shares.
    sharing = [item for item in criteria if factors[name_of(item)] or item.protected]
    if any(isinstance(item, Only) and item.takes_a_share for item in sharing):
        shared = list(shared_out(cohort, sharing, _factors))
    else:
        if len(sharing) < len(criteria):
            factors |= _factors(cohort, sharing)
        shared = [(name, factor) for name, own in factors.items() for factor in own]
    side = {name_of(criterion): criterion.side for criterion in criteria}
    return Scores(
        cohort,
        factors=tuple(factor for _, factor in shared),
        sides=tuple(side[name] for name, _ in shared),
        programme=programme,
        without_data=tuple(name for name, own in factors.items() if not own),
    )


def _factors(cohort: Cohort, criteria: Sequence[AnyCriterion]) -> dict[str, Sequence[Factor]]:
    shares = allot(
        MOST, {name_of(item): item.weight for item in criteria if item.weight is not None}
    )
    found: dict[str, Sequence[Factor]] = {}
    for item in criteria:
        found[name_of(item)] = factors_of(item, cohort, shares.get(name_of(item), 0))
        # A small round does not take long, and has its first pairs before anybody is heard.
        if len(cohort.mentors) * len(cohort.mentees) > AT_ONCE:
            listen("scoring")
    return found


def _dimension_faults(cohort: Cohort, criteria: Sequence[AnyCriterion]) -> Iterator[Fault]:
    """Go through the dimensions that criteria name and nobody has, and the answers outside an order."""
    for criterion in (bare(each) for each in criteria if isinstance(bare(each), Diversity)):
        for name, dimension in criterion.dimensions.items():
            if name not in cohort.people.dimensions:
                remedy = nearest(name, cohort.people.dimensions) or "the people have no dimensions"
                problem = f"nobody has a dimension {name!r}"
                yield Fault("programme", "criteria.diversity.dimensions", problem, remedy)
            elif dimension.order:
                yield from _order_faults(cohort, name, dimension.order)


def _condition_faults(cohort: Cohort, items: Sequence[Any]) -> Iterator[Fault]:
    """Go through the columns that conditions ask for and nobody has, and the dimensions that nobody released."""
    for item in (each for each in items if isinstance(each, Only)):
        for column in dict.fromkeys(condition.column for condition in item.conditions):
            prefix = next((each for each in _GROUPS if column.startswith(each)), "")
            if not prefix:
                continue
            where, name = f"{item.kind}.for", column.removeprefix(prefix)
            known = getattr(cohort.people, _GROUPS[prefix])
            if name not in known:
                remedy = nearest(column, [f"{prefix}{each}" for each in known])
                problem = f"nobody has a column {column!r}"
                yield Fault("programme", where, problem, remedy or "take another column")
            elif prefix == DIMENSION and not cohort.answers(name).codes.size:
                problem = f"nobody released {column!r} for matching"
                remedy = f"collect match in consent:{name}, or take another column"
                yield Fault("programme", where, problem, remedy)


def _order_faults(cohort: Cohort, name: str, order: tuple[str, ...]) -> Iterator[Fault]:
    answers, known = cohort.answers(name), {fold(answer) for answer in order}
    field = f"dimension:{name}"
    for row in np.flatnonzero(answers.counts).tolist():
        given = answers[row]
        where = f"id {cohort.people.id[row]!r}"
        if len(given) > 1:
            yield Fault(where, field, "several answers", "an ordered dimension takes one")
        elif fold(next(iter(given))) not in known:
            problem = "the answer is not in the dimension's order"
            yield Fault(where, field, problem, "add it to the order")


def lacking(programme: Programme, without_data: Collection[str]) -> Iterator[str]:
    """Say of each criterion without data what becomes of its share of the points."""
    for criterion in programme.criteria:
        name = name_of(criterion)
        if name in without_data:
            share = (
                "nobody gets its share" if criterion.protected else "the others share its points"
            )
            yield f"{name} gives no points, as the people have no data for it; {share}"
