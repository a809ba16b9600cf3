"""Offers and wants that seem to have changed places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from rmatch.checking.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import ColumnRead, Understood
    from rmatch.scoring import Scores

FIELDS = ("offers", "wants")


def swapped(scores: Scores) -> Iterator[Finding]:
    """Say that offers and wants may have changed places.

    That is likely where no mentor teaches a topic that a mentee wants, while mentees offer what mentors want.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Yields
    ------
    Finding
        A warning, or nothing.
    """
    people, cohort = scores.cohort.people, scores.cohort
    taught, asked = (
        np.intersect1d(people.offers.take(teachers).codes, people.wants.take(learners).codes).size
        for teachers, learners in (
            (cohort.mentors, cohort.mentees),
            (cohort.mentees, cohort.mentors),
        )
    )
    if asked and not taught:
        problem = (
            "nobody can teach a topic that a mentee wants, while mentees offer what mentors want"
        )
        sentence = f"{problem}: offers and wants may be swapped{_cure(people.understood)}"
        yield Finding("swapped", "warning", sentence)


def _cure(understood: Understood | None) -> str:
    columns = understood.columns if understood else ()
    found = {name: [each for each in columns if name in each.fields] for name in FIELDS}
    if not all(found.values()):
        return ""
    offers, wants = (" and ".join(map(_named, found[name])) for name in FIELDS)
    # What is read as one is to be read as the other.
    lines = (
        f"{name} = {json.dumps([each.column for each in found[other]], ensure_ascii=False)}"
        for name, other in zip(FIELDS, reversed(FIELDS), strict=True)
    )
    cure = f"if so, write under [columns] in a mapping: {' and '.join(lines)}"
    return f" (offers are read from {offers}, wants from {wants}); {cure}"


def _named(column: ColumnRead) -> str:
    place = f", column {column.letter}" if column.letter else ""
    return f"{column.source}{place} {column.column!r}"
