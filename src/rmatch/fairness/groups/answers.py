"""What people released for reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, nearest
from rmatch.people import PURPOSES
from rmatch.utils.loops import EVERY, heard
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.people import People

    Dimensions = tuple[str, ...]
    Answer = tuple[str, ...] | None
    """An answer to each of the questions; None if one of them was not released, or not answered."""


def tables_of(known: Sequence[str], crossed: Sequence[Dimensions]) -> list[Dimensions]:
    """Return the dimensions of each table: those that are crossed, and every other one by itself.

    Parameters
    ----------
    known : sequence of str
        The dimensions of the people.
    crossed : sequence of tuple of str
        What the programme counts together.

    Returns
    -------
    list of tuple of str
        No dimension is in two of them, so that no table is part of another.

    Raises
    ------
    InvalidInputError
        If a dimension is crossed that nobody has.
    """
    taken = [name for dimensions in crossed for name in dimensions]
    refuse(
        Fault("programme", "crossed", f"nobody has a dimension {name!r}", nearest(name, known))
        for name in taken
        if name not in known
    )
    alone = [(name,) for name in known if name not in taken]
    return sorted([*alone, *(tuple(sorted(dimensions)) for dimensions in crossed)])


def answers(people: People, dimensions: Dimensions) -> dict[str, Answer]:
    """Return what everybody answered and released for reports, by id.

    Parameters
    ----------
    people : People
        Everybody.
    dimensions : tuple of str
        The questions.

    Returns
    -------
    dict of str to tuple of str or None
        Several answers of one person in one text. An answer without this consent is treated like no answer, so that
        nothing tells the two apart.
    """
    columns = [_released(people, name) for name in dimensions]
    combined = zip(*columns, strict=True)
    return {
        person: None if None in own else tuple(map(str, own))
        for person, own in heard(zip(people.id, combined, strict=True), "groups", EVERY)
    }


def _released(people: People, dimension: str) -> list[str | None]:
    consent = people.consent.get(dimension)
    if consent is None or dimension not in people.dimensions:
        return [None] * len(people)
    may_report = (consent & PURPOSES["report"]) != 0
    given = people.dimensions[dimension].take(np.arange(len(people)))
    return [
        "; ".join(own) or None if may else None for own, may in zip(given, may_report, strict=True)
    ]
