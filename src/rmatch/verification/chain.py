"""Whether the steps of a matching are the questions that people, programme and requests pose, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.rounds import Precedence, nobody, ranks_of, waiting_of
from rmatch.utils.text import numeral
from rmatch.verification.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds import Cell, Outcome, Step
    from rmatch.verification.inputs import Inputs, Sides


def locked_cells(inputs: Inputs, matching: Outcome) -> list[Cell]:
    """Return row and column of each locked pair."""
    return [
        (inputs.row[pair.mentor], inputs.column[pair.mentee])
        for pair in matching.pairs
        if pair.locked
    ]


def other_questions(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Go through what keeps the steps from being the questions that lead to this matching, in their order.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    matching : Outcome
        What to check, well formed.

    Yields
    ------
    str
        What was not asked, or was asked otherwise.
    """
    yield from _first_question(inputs, matching)
    yield from _same_places(inputs, matching)
    yield from _precedences(inputs, matching)
    *before, last = matching.steps
    if not last.protected or last.decides != "pairs":
        yield "the points that decided who meets whom are not all points"
    if any(step.decides != "places" for step in before):
        yield "two steps decide who meets whom"
    made = {
        (inputs.row[pair.mentor], inputs.column[pair.mentee])
        for pair in matching.pairs
        if not pair.locked
    }
    if set(last.cells) != made:
        yield "the pairs that were proved are not those of the matching"


def _first_question(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    first, programme = matching.steps[0], inputs.programme
    most_kept = _same(first.places.capacities, _left(inputs, matching, "capacity"))
    fewest_kept = _same(first.places.minimums, _left(inputs, matching, "minimum"))
    if not (most_kept and fewest_kept):
        yield "the first problem that was solved has other capacities or minimums than the people and the programme"
    if first.participation != programme.participation:
        yield f"the problem that was solved is for participation {first.participation!r}"


def _same_places(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Check that those meet who got a place without protected attributes, or that there was no such question."""
    first, *more = matching.steps
    guarded = inputs.pairs.weighed and inputs.programme.places == "without_protected"
    if not more:
        # Only where all places are filled, and had to be, is there nothing to decide about them.
        everybody = max(int(side.sum()) for side in first.places.capacities)
        all_filled = first.participation == "most" and len(first.solution.rows) == everybody
        if guarded and not all_filled:
            yield "who gets a place was not decided without protected attributes"
        return
    last, given = more[-1], partners_of(first)
    asked_again = len(more) == 1 and last.participation == "most" and guarded
    needed = any(fewest.any() for fewest in last.places.minimums)
    if first.protected or not asked_again or needed or not _same(last.places.capacities, given):
        yield "the second problem that was solved is not about the same places"
    if not _same(partners_of(last), given):
        yield "somebody has other places than those decided without protected attributes"


def _precedences(inputs: Inputs, matching: Outcome) -> Iterator[str]:
    """Check that what comes before the points counts as much as it has to, and in each step the same."""
    kept = [[] if first is None else first.kept.tolist() for first in _firsts(matching)]
    if any(cells != kept[0] for cells in kept):
        yield "other earlier pairs were to go on when who meets whom was decided"
    for position, step in enumerate(matching.steps):
        first, name = step.precedence, f"steps[{position}].precedence"
        after = first is not None and first.points_first
        cells = [(row, column) for row, column in kept[position]]
        going_on = [] if after else cells
        ranks = nobody(inputs.pairs.shape) if position else _ranks(inputs, matching, going_on)
        expected = Precedence.of(ranks, cells, step.places, inputs.scores.reach, points_first=after)
        yield from differences(first, expected, name)
    if any(first is not None for first in _firsts(matching)):
        yield from _out_of_reach(inputs)


def _ranks(inputs: Inputs, matching: Outcome, going_on: list[Cell]) -> Sides:
    """Return how far everybody comes before others, by the scalar formulas and by how long they have waited."""
    facts = inputs.facts
    waiting = waiting_of(facts.priorities, facts.sides, matching.waited)
    return ranks_of(inputs.programme, waiting, locked_cells(inputs, matching), going_on)


def _out_of_reach(inputs: Inputs) -> Iterator[str]:
    """Check that no points are so large that what comes before them would not outweigh them."""
    lowest, highest = inputs.scores.reach
    for rows in inputs.pairs.blocks():
        for protected in (False, True):
            points = inputs.pairs.points(*rows, protected=protected)
            if points.min(initial=0) < lowest or points.max(initial=0) > highest:
                yield f"a pair has points beyond {numeral(lowest)} to {numeral(highest)}"


def _firsts(matching: Outcome) -> list[Precedence | None]:
    return [step.precedence for step in matching.steps]


def _left(inputs: Inputs, matching: Outcome, what: str) -> Sides:
    """Return what the locks leave of everyone's places or minimums, by the scalar formulas."""
    mentors, mentees = inputs.facts.amounts(what)
    for row, column in locked_cells(inputs, matching):
        mentors[row] -= 1
        mentees[column] -= 1
    return np.maximum(mentors, 0), np.maximum(mentees, 0)


def _same(one: Sides, other: Sides) -> bool:
    return all(np.array_equal(mine, yours) for mine, yours in zip(one, other, strict=True))


def partners_of(step: Step) -> Sides:
    """Return how many partners a step gives to each mentor and to each mentee."""
    mentors, mentees = (len(side) for side in step.places.capacities)
    given = np.bincount(step.solution.rows, minlength=mentors)
    taken = np.bincount(step.solution.cols, minlength=mentees)
    return given, taken
