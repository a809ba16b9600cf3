"""Checking what became of the pairs of an earlier round, which the result itself names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.rounds import KEEP, Changes, changes_anew, wanted_cells
from rmatch.verification.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds import Outcome
    from rmatch.verification.inputs import Inputs

CLOSED = {"declined": "exclude", "ended": "previous"}
"""What the requests say of a pair that was declined, and of one that is over."""


def are_told(matching: Outcome) -> bool:
    """Tell whether a matching says that it was made from an earlier round, or has steps that do."""
    return matching.changes is not None or any(map(_kept, matching.steps))


def changes(inputs: Inputs, matching: Outcome, anew: Outcome) -> Iterator[str]:
    """Go through what does not follow from the pairs, the people and the earlier pairs that the changes name.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    matching : Outcome
        What to check, well formed.
    anew : Outcome
        The same on one's own people.

    Yields
    ------
    str
        What does not hold.
    """
    told = matching.changes
    if type(told) is not Changes:
        yield "earlier pairs count, and nothing is said of what became of them"
        return
    if told.keep not in KEEP:
        yield "the changes do not say what was to be kept"
    closed = {(row.mentor, row.mentee, row.kind) for row in inputs.scores.cohort.requests.rows}
    for pair in told.broken:
        kind = CLOSED.get(pair.cause)
        if kind and (pair.mentor, pair.mentee, kind) not in closed:
            yield f"a pair is said to be {pair.cause}, and the requests do not say so"
    yield from differences(told, changes_anew(told, anew), "changes")
    wanted = [list(cell) for cell in wanted_cells(inputs.scores, told.wanted)]
    for step in matching.steps:
        if _kept(step) != wanted:
            yield "other earlier pairs were to go on than those that can be made again"
        first = step.precedence
        if wanted and first is not None and first.points_first != (told.keep == "optimum"):
            yield f"earlier pairs were not weighed as keep={told.keep!r} says"


def _kept(step: object) -> list[list[int]]:
    first = getattr(step, "precedence", None)
    return [] if first is None else first.kept.tolist()
