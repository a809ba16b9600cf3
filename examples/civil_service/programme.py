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
    elsewhere = np.not_equal.outer(mentors.extra["organisation"], mentees.extra["organisation"])
    return np.isin(grades_above(mentors, mentees), (1, 2)) & elsewhere


def points(mentors: rmatch.People, mentees: rmatch.People) -> NDArray[np.int64]:
    """Return the score of every pair."""
    grade = np.where(grades_above(mentors, mentees) == 2, 12, 9)
    profession = np.equal.outer(mentors.extra["profession"], mentees.extra["profession"])
    has = [
        set((characteristics or "").split(", "))
        for characteristics in mentors.extra["characteristics"]
    ]
    asked = mentees.extra["identity to match"]
    identity = np.array(
        [[wish in characteristics for wish in asked] for characteristics in has], bool
    )
    return grade + 10 * profession + 6 * identity.reshape(len(mentors), len(mentees))


PROGRAMME = rmatch.Programme(
    name="Civil Service",
    criteria=(Custom("score", points),),
    rules=(CustomRule("grade and organisation", may_meet),),
)
