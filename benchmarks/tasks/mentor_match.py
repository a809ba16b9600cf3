"""The same job by the PyPI package mentor-match, which is imported as `matching`."""

from __future__ import annotations

import operator
from importlib.util import find_spec
from time import perf_counter
from typing import Any

from measure import Measured, SkipError
from tasks.civil_service import GRADES, rows

ABOVE_ANY_SCORE = 1_000


def match(side: int, repeats: int, *, most: bool = False) -> Measured:
    """Time one round of its matching: its scores and its solver, without reading and without making the people.

    With `most`, every allowed pair earns its `UnmatchedBonus`, above any score: as many pairs as possible come first.
    """
    if not find_spec("matching"):
        message = "mentor-match is not installed"
        raise SkipError(message)
    from matching.process import process_data

    seconds = []
    for _ in range(repeats):
        mentors, mentees = people(side)
        start = perf_counter()
        process_data(mentors, mentees, [scheme(most=most)])
        seconds.append(perf_counter() - start)
    pairs = [(mentor, mentee) for mentor in mentors for mentee in mentor.mentees]
    return Measured(
        tuple(seconds), {"pairs": len(pairs), "total": sum(score(*pair) for pair in pairs)}
    )


def people(side: int) -> tuple[list[Any], list[Any]]:
    """Return its mentors and mentees, with the identities that its own classes do not hold."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor

    sides: tuple[list[Any], list[Any]] = ([], [])
    for made, kind, name in zip(sides, (Mentor, Mentee), ("mentors", "mentees"), strict=True):
        for row in rows(name, side):
            person = kind(
                **{**row, "grade": GRADES.index(row["grade"]), "email": row["email address"]}
            )
            person.characteristics = {
                text.strip() for text in row.get("characteristics", "").split(",")
            }
            person.identity = row.get("identity to match", "")
            made.append(person)
    return sides


def scheme(*, most: bool) -> list[Any]:
    """Return its rules. It takes them from the end: those that forbid come first, which saves it time."""
    from matching.rules import rule

    return [
        *[rule.UnmatchedBonus(ABOVE_ANY_SCORE)] * most,
        rule.Generic({True: 6, False: 0}, lambda match: shared(match.mentor, match.mentee)),
        rule.Equivalent("profession", {True: 10, False: 0}),
        rule.Grade(1, operator.eq, {True: 9, False: 0}),
        rule.Grade(2, operator.eq, {True: 12, False: 0}),
        rule.Disqualify(rule.Grade(2, operator.gt).evaluate),
        rule.Disqualify(rule.Grade(0, operator.le).evaluate),
        rule.Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
    ]


def shared(mentor: Any, mentee: Any) -> bool:
    """Tell whether the mentor has the identity that the mentee asks for."""
    return bool(mentee.identity) and mentee.identity in mentor.characteristics


def score(mentor: Any, mentee: Any) -> int:
    """Return what a pair of its is worth; `process_data` does not keep it."""
    same_profession: bool = mentor.profession == mentee.profession
    return (
        {1: 9, 2: 12}[mentor.grade - mentee.grade]
        + 10 * same_profession
        + 6 * shared(mentor, mentee)
    )
