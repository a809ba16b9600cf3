"""Whether a result is put together as results are, so that what is checked afterwards means what it seems to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import is_whole
from rmatch.objectives import compatibility_of
from rmatch.rounds import Pair, Places, Precedence, Step
from rmatch.solve import (
    Answer,
    Ceiling,
    Certificate,
    FairSolution,
    GroupCase,
    GroupPrices,
    GroupProof,
    GroupSolution,
    QuotaSolution,
    Solution,
)
from rmatch.verification.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.programme import Programme
    from rmatch.rounds import Outcome

LARGEST = 2**60
"""Prices up to this magnitude add up in 64 bits; beyond it they would wrap around, and prove anything."""

LARGEST_PRICE = 2**46
"""Prices of groups up to this magnitude add up in 64 bits, for thousands of people with their places."""

ROUTES = {"dense", "flow", "columns", "greedy", "leximin", "stable", "lp", "milp", "groups"}


def malformed(
    matching: Outcome, programme: Programme, shape: tuple[int, int], *, groups: bool
) -> Iterator[str]:
    """Go through what is no part of a matching, or none of its kind.

    Parameters
    ----------
    matching : Outcome
        What somebody says is a matching.
    programme : Programme
        What the organiser chose: other steps and proofs belong to other objectives.
    shape : tuple of int
        The numbers of mentors and of mentees.

    Yields
    ------
    str
        What is wrong.
    """
    # A document may hold anything anywhere, whatever the class of it says.
    pairs: Any = matching.pairs
    steps: Any = matching.steps
    if not (isinstance(pairs, tuple) and isinstance(steps, tuple)):
        yield "the pairs or the steps are no tuple"
        return
    for position, pair in enumerate(pairs):
        if not _is_pair(pair):
            yield f"pairs[{position}] is no pair with ids, whole points, a lock or none, and a reason"
    if not is_whole(matching.total, -LARGEST, LARGEST):
        yield "the total is no whole number"
    if type(matching.seed) not in (int, str):
        yield "the seed is neither a whole number nor a text"
    waited: Any = matching.waited
    if type(waited) is not dict or not all(
        isinstance(person, str) and is_whole(rounds, 1, LARGEST)
        for person, rounds in waited.items()
    ):
        yield "for how long people have waited is not told by whole numbers"
    if not steps:
        yield "there is no certificate"
    for position, step in enumerate(steps):
        for wrong in malformed_step(step, programme, shape, groups=groups):
            yield f"steps[{position}]: {wrong}"


def _is_pair(pair: Any) -> bool:
    if type(pair) is not Pair or not is_whole(pair.points, -LARGEST, LARGEST):
        return False
    texts: list[Any] = [pair.mentor, pair.mentee, pair.override_reason]
    locked: Any = pair.locked
    return isinstance(locked, bool) and all(isinstance(text, str) for text in texts)


def malformed_step(
    step: Any, programme: Programme, shape: tuple[int, int], *, groups: bool
) -> Iterator[str]:
    """Go through what is no part of a step, or none of its kind."""
    if type(step) is not Step or type(step.places) is not Places:
        yield "is no step"
        return
    if step.decides not in ("places", "pairs") or not isinstance(step.protected, bool):
        yield "does not say what it decides"
    places = step.places
    for most, fewest, size in zip(places.capacities, places.minimums, shape, strict=True):
        if not (is_whole_array(most, size) and is_whole_array(fewest, size)):
            yield "the places are not one for each person"
    yield from differences(step.objective, programme.objective, "the objective")
    if step.precedence is not None:
        yield from _precedence(step.precedence, shape)
    kind = GroupSolution if groups else _kind(programme)
    if type(step.solution) is not kind:
        yield f"is not solved by what the programme asks for: no {kind.__name__}"
        return
    yield from _solution(step.solution, shape)
    if groups:
        yield from _aims(step.solution.aims, shape)
        yield from _ceiling(step.solution.ceiling, shape)
        if step.solution.start is not None:
            yield "a step that has ended keeps what another one began with"


def _aims(first: Any, shape: tuple[int, int]) -> Iterator[str]:
    """Go through what is no proof of what comes before the points of groups."""
    if first is None:
        return
    whole = type(first) is Solution and first.problem is None
    answer: Any = getattr(first, "answer", None) if whole else None
    told: Any = getattr(answer, "proved", None)
    if type(answer) is not Answer or not is_certificate(answer.certificate, shape):
        yield "what comes before the points of groups has no prices"
    elif not isinstance(told, bool) or not is_whole(answer.bound, -LARGEST, LARGEST):
        yield "what comes before the points of groups has no bound"


def _ceiling(most: Any, shape: tuple[int, int]) -> Iterator[str]:
    """Go through what bounds no groups, whoever gets a place."""
    if most is None:
        return
    whole = type(most) is Ceiling and is_whole(most.bound, -LARGEST, LARGEST)
    if not whole or not is_group_proof(most.proof, shape):
        yield "what no groups exceed whoever gets a place has no bound or no prices"


def _precedence(first: Any, shape: tuple[int, int]) -> Iterator[str]:
    if type(first) is not Precedence or not is_whole(first.gain, 0, LARGEST):
        yield "what comes before the points is none of this kind"
        return
    sides = zip((first.mentor_first, first.mentee_first), shape, strict=True)
    if not all(is_whole_array(worth, size) and worth.min(initial=0) >= 0 for worth, size in sides):
        yield "what first partners are worth is not one number for each person"
    if not is_whole(first.point, 1, LARGEST):
        yield "what a point counts is no whole number"
    kept: Any = first.kept
    if not isinstance(kept, np.ndarray) or kept.dtype != np.int64 or kept.shape[1:] != (2,):
        yield "the earlier pairs are not given by rows and columns"
    elif len(kept) and not ((kept >= 0).all() and (kept < shape).all()):
        yield "an earlier pair is not one of these people"


def _kind(programme: Programme) -> type[Any]:
    """Return what the answers of a programme's steps are."""
    if programme.quotas:
        return QuotaSolution
    return Solution if compatibility_of(programme.objective).is_total else FairSolution


def _solution(solution: Any, shape: tuple[int, int]) -> Iterator[str]:
    rows, columns = solution.rows, solution.cols
    if not (is_whole_array(rows) and is_whole_array(columns) and len(rows) == len(columns)):
        yield "the pairs are not given by rows and columns"
        return
    for own, size in zip((rows, columns), shape, strict=True):
        if own.size and not 0 <= own.min() <= own.max() < size:
            yield "a pair is not one of these people"
    if np.any(np.diff(rows * shape[1] + columns) <= 0):
        yield "the pairs do not stand in order, each once"
    if not is_whole(solution.total, -LARGEST, LARGEST):
        yield "the points are no whole number"
    if solution.route not in ROUTES:
        yield "the route is unknown"


def is_certificate(proof: Any, shape: tuple[int, int]) -> bool:
    """Tell whether something is prices for these people and a bonus, none of them beyond what adds up in 64 bits."""
    if type(proof) is not Certificate or not is_whole(proof.bonus, 0, LARGEST):
        return False
    sides = zip((proof.u, proof.v), shape, strict=True)
    return all(is_whole_array(prices, size) for prices, size in sides)


def is_group_proof(proof: Any, shape: tuple[int, int]) -> bool:
    """Tell whether something is prices of these mentors, case by case, none of them beyond what adds up in 64 bits."""
    if type(proof) is not GroupProof or not isinstance(proof.cases, tuple):
        return False
    every: list[Any] = [proof.prices]
    for case in proof.cases:
        if type(case) is not GroupCase or not _is_cell(case.pair, shape):
            return False
        every.append(case.prices)
    return all(_are_prices(prices, shape[0]) for prices in every)


def _is_cell(pair: Any, shape: tuple[int, int]) -> bool:
    if pair is None:
        return True
    if not isinstance(pair, tuple) or len(pair) != 2:
        return False
    return all(is_whole(own, 0, size - 1) for own, size in zip(pair, shape, strict=True))


def _are_prices(prices: Any, mentors: int) -> bool:
    """Tell whether prices are so small that those of all mentors, times their places, add up in 64 bits."""
    if type(prices) is not GroupPrices or not is_whole_array(prices.mentors, mentors):
        return False
    if not is_whole(prices.bonus, -LARGEST_PRICE, LARGEST_PRICE):
        return False
    return bool(np.abs(prices.mentors).max(initial=0) <= LARGEST_PRICE)


def is_whole_array(given: Any, size: int | None = None) -> bool:
    """Tell whether something is a row of whole numbers of 64 bits that may be added up."""
    if not isinstance(given, np.ndarray) or given.dtype != np.int64 or given.ndim != 1:
        return False
    if size is not None and len(given) != size:
        return False
    return bool(given.min(initial=0) >= -LARGEST and given.max(initial=0) <= LARGEST)
