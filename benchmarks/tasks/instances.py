"""The large problems, made from plain data: a recipe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import data_file

import rmatch
from rmatch import criteria, datasets, rules
from rmatch.people import UNSET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.people import Cohort

    Given = tuple[rmatch.People, rmatch.Programme]

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "stackoverflow"


class SameDepartment(rules.CustomRule):
    """The two work in the same department: a rule of the user's own that also says who is alike, so that tables do."""

    def alike(self, cohort: Cohort) -> NDArray[np.int64]:
        """Return a number for each mentor; those with the same number may meet the same mentees."""
        return rules.OtherDepartment().alike(cohort)


def _same(mentors: rmatch.People, mentees: rmatch.People) -> NDArray[np.bool_]:
    own, other = (np.array(side.department, object) for side in (mentors, mentees))
    return np.asarray(np.equal.outer(own, other), bool)


def _both_same(mentor: rmatch.Person, mentee: rmatch.Person) -> bool:
    return mentor.department == mentee.department


def _they_differ(*_: rmatch.Person) -> str:
    return "they work in different departments"


# Others count a topic with every partner who teaches it.
DEFAULT = rmatch.Programme(levels=datasets.LEVELS, count_topic="each")
DEPARTMENT = SameDepartment("same department", _same, _both_same, _they_differ)
PROGRAMMES = {
    "default": DEFAULT,
    "most pairs forbidden": replace(
        DEFAULT,
        rules=(*DEFAULT.rules, DEPARTMENT, rules.OtherSite()),
    ),
    "8 scores": replace(
        DEFAULT,
        criteria=(
            criteria.ExperienceGap(weight=3, full=(4, 6), zero=(0, 8)),
            criteria.Reach(weight=2, department=0, chart=0),
        ),
    ),
}


def people(recipe: dict[str, Any]) -> Given:
    """Return the people of a recipe and their programme."""
    if recipe["kind"] == "survey":
        return _survey(recipe["times"])
    everybody = datasets.workforce(recipe["mentors"], recipe["mentees"])
    mentor_places = np.full(len(everybody), UNSET, np.int64)
    mentee_places = mentor_places.copy()
    if recipe.get("capacity") == "1-3":
        dice = np.random.default_rng(0)
        for who, places in (
            (everybody.mentors, mentor_places),
            (everybody.mentees, mentee_places),
        ):
            places[who] = dice.integers(1, 4, len(who))
    placed = replace(everybody, mentor_capacity=mentor_places, mentee_capacity=mentee_places)
    return placed, PROGRAMMES[recipe.get("programme", "default")]


def _survey(times: int) -> Given:
    """Return the people of the survey example so many times over, each time with ids of their own."""
    once = rmatch.read_people(data_file("stackoverflow2025.csv"), mapping=EXAMPLE / "mapping.toml")
    everybody = once.take(np.tile(np.arange(len(once)), times))
    ids = tuple(f"{name}/{position // len(once)}" for position, name in enumerate(everybody.id))
    return replace(everybody, id=ids), rmatch.read_programme(EXAMPLE / "programme.toml")


def planted(recipe: dict[str, Any]) -> datasets.Planted:
    """Return the planted problem of a recipe."""
    return datasets.planted(recipe["mentors"], kinds=recipe["kinds"] or None)
