"""The problems that the scale benchmark solves, made from plain data: a recipe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import SkipError

import rmatch
from rmatch import criteria, datasets, rules
from rmatch.people import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.people import Cohort

    Given = tuple[rmatch.People, rmatch.Programme]

ROOT = Path(__file__).resolve().parents[2]
SURVEY = ROOT.parent / "shared" / "data" / "stackoverflow2025.csv"
EXAMPLE = ROOT / "examples" / "stackoverflow"


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


PROGRAMMES = {
    "default": rmatch.Programme(levels=datasets.LEVELS),
    "most pairs forbidden": rmatch.Programme(
        levels=datasets.LEVELS,
        rules=(
            *rmatch.Programme().rules,
            SameDepartment("same department", _same, _both_same, _they_differ),
            rules.OtherSite(),
        ),
    ),
    "8 scores": rmatch.Programme(
        levels=datasets.LEVELS,
        criteria=(
            criteria.ExperienceGap(weight=3, full=(4, 6), zero=(0, 8)),
            criteria.Reach(weight=2, department=0, chart=0),
        ),
    ),
}


def people(recipe: dict[str, Any]) -> Given:
    """Return the people of a recipe and their programme."""
    makers: dict[str, Callable[..., Given]] = {"workforce": _workforce, "survey": _survey}
    arguments = dict(recipe)
    return makers[arguments.pop("kind")](**arguments)


def _workforce(
    mentors: int, mentees: int, capacity: str = "one", programme: str = "default"
) -> Given:
    """Return the synthetic workforce, everybody with one place, or with 1 to 3 drawn at random."""
    made = datasets.workforce(mentors, mentees)
    unset = np.full(len(made), UNSET, np.int64)
    if capacity == "one":
        return replace(made, mentor_capacity=unset, mentee_capacity=unset), PROGRAMMES[programme]
    dice, sides = np.random.default_rng(0), []
    for who, places in ((made.mentors, unset.copy()), (made.mentees, unset)):
        places[who] = dice.integers(1, 4, len(who))
        sides.append(places)
    return replace(made, mentor_capacity=sides[0], mentee_capacity=sides[1]), PROGRAMMES[programme]


def _survey(times: int) -> Given:
    """Return the people of the survey example so many times over, each time with ids of their own."""
    if not SURVEY.exists():
        message = f"the data file {SURVEY.name} is not here"
        raise SkipError(message)
    once = rmatch.read_people(SURVEY, mapping=EXAMPLE / "mapping.toml")
    everybody = once.take(np.tile(np.arange(len(once)), times))
    ids = tuple(f"{person}/{place // len(once)}" for place, person in enumerate(everybody.id))
    return replace(everybody, id=ids), rmatch.read_programme(EXAMPLE / "programme.toml")
