"""The UK Civil Service example in its own units: a rule and a criterion of one's own.

A mentor stands one or two grades above the mentee, in another organisation. A pair scores 12 for two grades or 9 for
one, 10 for the same profession, and 6 where the mentor has the characteristic that the mentee asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import rmatch
from rmatch.criteria import Custom
from rmatch.rules import CustomRule

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRADES = ("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4")


def grades_above(mentors: rmatch.People, mentees: rmatch.People) -> NDArray[np.int64]:
    """Return by how many grades each mentor stands above each mentee."""
    mentor, mentee = (
        np.array([GRADES.index(str(level)) for level in side.level]) for side in (mentors, mentees)
    )
    return mentor[:, None] - mentee


def may_meet(mentors: rmatch.People, mentees: rmatch.People) -> NDArray[np.bool_]:
    """Tell which pairs are one or two grades apart and in different organisations."""
    elsewhere = np.not_equal.outer(
        *(np.array(side.extra["organisation"]) for side in (mentors, mentees))
    )
    return np.isin(grades_above(mentors, mentees), (1, 2)) & elsewhere


def points(mentors: rmatch.People, mentees: rmatch.People) -> NDArray[np.int64]:
    """Return the score of every pair."""
    grade = np.where(grades_above(mentors, mentees) == 2, 12, 9)
    profession = np.equal.outer(
        *(np.array(side.extra["profession"]) for side in (mentors, mentees))
    )
    has = [
        set((characteristics or "").split(", "))
        for characteristics in mentors.extra["characteristics"]
    ]
    asked = mentees.extra["identity to match"]
    identity = np.array(
        [[wish in characteristics for wish in asked] for characteristics in has], bool
    )
    return grade + 10 * profession + 6 * identity.reshape(len(mentors), len(mentees))


def grades_between(mentor: rmatch.Person, mentee: rmatch.Person) -> int:
    """Return by how many grades one mentor stands above one mentee."""
    return GRADES.index(str(mentor.level)) - GRADES.index(str(mentee.level))


def two_may_meet(mentor: rmatch.Person, mentee: rmatch.Person) -> bool:
    """Tell whether two people are one or two grades apart and in different organisations."""
    elsewhere = mentor.extra.get("organisation") != mentee.extra.get("organisation")
    return grades_between(mentor, mentee) in (1, 2) and elsewhere


def why_not(mentor: rmatch.Person, mentee: rmatch.Person) -> str:
    """Say why two people may not meet."""
    if grades_between(mentor, mentee) in (1, 2):
        return "both work in the same organisation"
    return "the mentor is not one or two grades above the mentee"


def score(mentor: rmatch.Person, mentee: rmatch.Person) -> int:
    """Return the score of one pair."""
    total = 12 if grades_between(mentor, mentee) == 2 else 9
    if mentor.extra.get("profession") == mentee.extra.get("profession"):
        total += 10
    asked = mentee.extra.get("identity to match")
    return total + 6 * (asked in mentor.extra.get("characteristics", "").split(", "))


def why(mentor: rmatch.Person, mentee: rmatch.Person, value: float) -> str:
    """Say what a score is made of."""
    grades = grades_between(mentor, mentee)
    same = mentor.extra.get("profession") == mentee.extra.get("profession")
    above = f"{grades} grade{'s' * (grades != 1)} above"
    return f"{above}, {'the same' if same else 'another'} profession: {value:g}"


PROGRAMME = rmatch.Programme(
    name="Civil Service",
    criteria=(Custom("score", points, score, why),),
    rules=(CustomRule("grade and organisation", may_meet, two_may_meet, why_not),),
)
