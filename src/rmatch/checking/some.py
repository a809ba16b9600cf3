"""Rules and criteria for some that hold for nobody, and values of conditions that nobody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.checking.finding import Finding
from rmatch.errors import nearest
from rmatch.people import Only
from rmatch.utils.labels import Labels, fold
from rmatch.utils.names import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import Condition, People
    from rmatch.scoring import Scores

PART = {"criteria": "criterion", "rules": "rule"}


def for_nobody(scores: Scores) -> Iterator[Finding]:
    """Go through the rules and criteria whose conditions nobody meets, and the values in them that nobody has.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Yields
    ------
    Finding
        Warnings: what was meant for some has less effect than it seems.
    """
    for part, what in PART.items():
        for item in getattr(scores.programme, part):
            if isinstance(item, Only):
                yield from _without_effect(scores, item, f"the {what} {name_of(item)}")


def _without_effect(scores: Scores, item: Only, named: str) -> Iterator[Finding]:
    everyone = (np.arange(size) for size in scores.shape)
    sides = dict(zip(("mentor", "mentee"), item.inside(scores.cohort, *everyone), strict=True))
    empty = [side for side, met in sides.items() if met.size and not met.any()]
    if empty:
        sentence = f"{named} is for nobody: no {' and no '.join(empty)} meets its conditions"
        yield Finding("no_effect", "warning", sentence)
    for condition in item.conditions:
        yield from _strange(scores.cohort.people, condition, named)


def _strange(people: People, condition: Condition, named: str) -> Iterator[Finding]:
    """Name the values of a condition that nobody has, in a column that is not private."""
    column = condition.column
    if column == "years" or ":" in column or condition.operator not in {"equals", "not_equals"}:
        return
    known = _known(people, column)
    for value in condition.operands:
        if fold(value) not in known:
            hint = nearest(value, known.values())
            hint = f"; {hint}" if hint.startswith("did") else ""
            sentence = f"{named} asks for {column} {value!r}, which nobody has{hint}"
            yield Finding("no_effect", "warning", sentence)


def _known(people: People, column: str) -> dict[str, str]:
    values = getattr(people, column)
    if isinstance(values, Labels):
        used = np.unique(values.codes).tolist()
        return {fold(values.vocabulary[code]): values.vocabulary[code] for code in used}
    return {fold(value): value for value in values if value is not None}
