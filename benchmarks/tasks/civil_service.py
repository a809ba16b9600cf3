"""The sample data of mentor-match: 500 + 500 invented civil servants by its rules, matched by rmatch and by itself.

Formulas and words are those of ``examples/civil_service``; its blocks are written for readers, and those here for speed.
"""

from __future__ import annotations

import csv
import operator
from pathlib import Path
from runpy import run_path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import Measured, TaskError, data_file, needs, repeated

import rmatch
from rmatch import criteria, rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch import People

GRADES = ("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4")
ONE_UP, TWO_UP, SAME_PROFESSION, SAME_IDENTITY = 9, 12, 10, 6
ABOVE_ANY_SCORE = 1_000
KNOWN = {500: (484, 11_480)}
"""The most pairs possible, and the best total with so many, by the number of people on each side."""

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "civil_service"


def rows(side: str, count: int | None) -> list[dict[str, str]]:
    """Return the first rows of one side's file, or all."""
    with data_file(f"civil_service_{side}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))[:count]


def given(**sides: list[dict[str, str]]) -> tuple[People, rmatch.Programme]:
    """Return people of these rows, and the programme."""
    own = run_path(str(EXAMPLE / "programme.py"))
    programme = rmatch.Programme(
        criteria=(criteria.Custom("civil service", points, own["score"], own["why"]),),
        rules=(rules.CustomRule("civil service", allowed, own["two_may_meet"], own["why_not"]),),
    )
    return rmatch.read_people(**sides, mapping=EXAMPLE / "mapping.toml"), programme


def match(side: int, repeats: int) -> Measured:
    """Time rmatch from people in memory to the matching."""
    people, programme = given(mentors=rows("mentors", side), mentees=rows("mentees", side))
    seconds, matching = repeated(lambda: rmatch.match(people, programme), repeats)
    answer = len(matching.pairs), matching.total
    if answer != KNOWN.get(side, answer):
        message = f"{answer[0]} pairs with {answer[1]} points; the known answer is {KNOWN[side]}"
        raise TaskError(message)
    return Measured(seconds, {"pairs": answer[0], "total": answer[1]})


def allowed(mentors: People, mentees: People) -> NDArray[np.bool_]:
    """Allow other organisations, one or two grades up."""
    steps = steps_up(mentors, mentees)
    return (
        (steps >= 1)
        & (steps <= 2)
        & ~same(mentors.extra["organisation"], mentees.extra["organisation"])
    )


def points(mentors: People, mentees: People) -> NDArray[np.int64]:
    """Give points for the grades between the two, the same profession and the identity asked for."""
    cells = mentors.extra["characteristics"]
    listed = [{text.strip() for text in (cell or "").split(",")} for cell in cells]
    asked, which = np.unique(
        [cell or "" for cell in mentees.extra["identity to match"]], return_inverse=True
    )
    found = np.array([[bool(one) and one in own for one in asked.tolist()] for own in listed])
    worth: NDArray[np.int64] = np.where(steps_up(mentors, mentees) == 2, TWO_UP, ONE_UP)
    profession = same(mentors.extra["profession"], mentees.extra["profession"])
    total: NDArray[np.int64] = (
        worth + SAME_PROFESSION * profession + SAME_IDENTITY * found[:, which]
    )
    return total


def steps_up(mentors: People, mentees: People) -> NDArray[np.int64]:
    """Return by how many grades each mentor is above each mentee."""
    position: dict[str | None, int] = {grade: position for position, grade in enumerate(GRADES)}
    up, low = (
        np.array([position[grade] for grade in side.level], np.int64) for side in (mentors, mentees)
    )
    return up[:, None] - low


def same(left: Any, right: Any) -> NDArray[np.bool_]:
    """Return who has the same text as whom."""
    codes = np.unique([*left, *right], return_inverse=True)[1]
    matrix: NDArray[np.bool_] = np.equal.outer(codes[: len(left)], codes[len(left) :])
    return matrix


def peer(side: int, *, most: bool) -> Measured:
    """Time one round of mentor-match: its scores and its solver, without reading and without making the people.

    With `most`, every allowed pair earns its `UnmatchedBonus`, above any score: as many pairs as possible come first.
    """
    needs("matching", "mentor-match")
    from matching.process import process_data

    mentors, mentees = _people("mentors", side), _people("mentees", side)
    start = perf_counter()
    process_data(mentors, mentees, [_scheme(most=most)])
    seconds = perf_counter() - start
    pairs = [(mentor, mentee) for mentor in mentors for mentee in mentor.mentees]
    return Measured([seconds], {"pairs": len(pairs), "total": sum(_score(*pair) for pair in pairs)})


def _people(name: str, side: int) -> list[Any]:
    """Return the people of mentor-match, with the identities that its own classes do not hold."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor

    kind, made = {"mentors": Mentor, "mentees": Mentee}[name], []
    for row in rows(name, side):
        person = kind(**{**row, "grade": GRADES.index(row["grade"]), "email": row["email address"]})
        listed = row.get("characteristics", "").split(",")
        person.characteristics = {text.strip() for text in listed}
        person.identity = row.get("identity to match", "")
        made.append(person)
    return made


def _scheme(*, most: bool) -> list[Any]:
    """Return its rules. It takes them from the end: those that forbid come first, which saves it time."""
    from matching.rules import rule

    return [
        *[rule.UnmatchedBonus(ABOVE_ANY_SCORE)] * most,
        rule.Generic(
            {True: SAME_IDENTITY, False: 0}, lambda match: _shared(match.mentor, match.mentee)
        ),
        rule.Equivalent("profession", {True: SAME_PROFESSION, False: 0}),
        rule.Grade(1, operator.eq, {True: ONE_UP, False: 0}),
        rule.Grade(2, operator.eq, {True: TWO_UP, False: 0}),
        rule.Disqualify(rule.Grade(2, operator.gt).evaluate),
        rule.Disqualify(rule.Grade(0, operator.le).evaluate),
        rule.Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
    ]


def _shared(mentor: Any, mentee: Any) -> bool:
    """Tell whether the mentor has the identity that the mentee asks for."""
    return bool(mentee.identity) and mentee.identity in mentor.characteristics


def _score(mentor: Any, mentee: Any) -> int:
    """Return what a pair of its is worth; `process_data` does not keep it."""
    same_profession: bool = mentor.profession == mentee.profession
    return (
        {1: ONE_UP, 2: TWO_UP}[mentor.grade - mentee.grade]
        + SAME_PROFESSION * same_profession
        + SAME_IDENTITY * _shared(mentor, mentee)
    )
