"""The sample data of mentor-match: 500 + 500 invented civil servants, its rules, and rmatch's way to say them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import Measured, SkipError, TaskError, repeated

import rmatch
from rmatch import criteria, rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch import People, Person

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
GRADES = ("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4")
KNOWN = {500: (484, 11_480)}
"""The most pairs possible, and the best total with so many, by the number of people on each side."""

MAPPING = {
    "columns": {
        "id": "email address",
        "level": "grade",
        "department": "organisation",
        "extra:profession": "profession",
    },
    "mentors": {"columns": {"extra:identities": "characteristics"}},
    "mentees": {"columns": {"extra:identities": "identity to match"}},
}


def rows(side: str, count: int) -> list[dict[str, str]]:
    """Return the first rows of one side's file."""
    path = DATA / f"civil_service_{side}.csv"
    if not path.exists():
        message = f"the data file {path.name} is not here"
        raise SkipError(message)
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))[:count]


def steps_up(mentors: People, mentees: People) -> NDArray[np.int64]:
    """Return by how many grades each mentor is above each mentee."""
    place: dict[str | None, int] = {grade: position for position, grade in enumerate(GRADES)}
    up, low = (
        np.array([place[grade] for grade in side.level], np.int64) for side in (mentors, mentees)
    )
    return up[:, None] - low


def same(left: Any, right: Any) -> NDArray[np.bool_]:
    """Return who has the same text as whom."""
    codes = np.unique([*left, *right], return_inverse=True)[1]
    matrix: NDArray[np.bool_] = np.equal.outer(codes[: len(left)], codes[len(left) :])
    return matrix


def allowed(mentors: People, mentees: People) -> NDArray[np.bool_]:
    """Allow other organisations, one or two grades up."""
    steps = steps_up(mentors, mentees)
    return (steps >= 1) & (steps <= 2) & ~same(mentors.department, mentees.department)


def points(mentors: People, mentees: People) -> NDArray[np.int64]:
    """Give 12 for two grades and 9 for one, 10 for the same profession, 6 for the identity asked for."""
    listed = [
        {text.strip() for text in (cell or "").split(",")} for cell in mentors.extra["identities"]
    ]
    asked, which = np.unique(
        [cell or "" for cell in mentees.extra["identities"]], return_inverse=True
    )
    found = np.array(
        [[bool(identity) and identity in own for identity in asked.tolist()] for own in listed]
    )
    worth: NDArray[np.int64] = np.array([0, 9, 12])[np.clip(steps_up(mentors, mentees), 0, 2)]
    total: NDArray[np.int64] = (
        worth
        + 10 * same(mentors.extra["profession"], mentees.extra["profession"])
        + 6 * found[:, which]
    )
    return total


def may_meet(mentor: Person, mentee: Person) -> bool:
    """Tell of one pair what `allowed` tells of a block."""
    steps = GRADES.index(str(mentor.level)) - GRADES.index(str(mentee.level))
    return steps in (1, 2) and mentor.department != mentee.department


def worth(mentor: Person, mentee: Person) -> int:
    """Return for one pair what `points` returns for a block."""
    steps = GRADES.index(str(mentor.level)) - GRADES.index(str(mentee.level))
    listed = {text.strip() for text in mentor.extra.get("identities", "").split(",")}
    asked = mentee.extra.get("identities", "")
    profession = mentor.extra.get("profession") == mentee.extra.get("profession")
    return (
        (0, 9, 12)[min(max(steps, 0), 2)] + 10 * profession + 6 * (bool(asked) and asked in listed)
    )


def words(*_: object) -> str:
    """Say what decides."""
    return "grade, profession and organisation"


def match(side: int, repeats: int) -> Measured:
    """Time rmatch from people in memory to the matching."""
    people = rmatch.read_people(
        mentors=rows("mentors", side), mentees=rows("mentees", side), mapping=MAPPING
    )
    programme = rmatch.Programme(
        criteria=(criteria.Custom("civil service", points, worth, words),),
        rules=(rules.CustomRule("civil service", allowed, may_meet, words),),
    )
    seconds, matching = repeated(lambda: rmatch.match(people, programme), repeats)
    answer = len(matching.pairs), matching.total
    if answer != KNOWN.get(side, answer):
        message = f"{answer[0]} pairs with {answer[1]} points; the known answer is {KNOWN[side]}"
        raise TaskError(message)
    return Measured(seconds, {"pairs": answer[0], "total": answer[1]})
