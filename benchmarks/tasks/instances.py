"""The large problems, made from plain data: a recipe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import data_file
from tasks import civil_service

import rmatch
from rmatch import criteria, datasets, rules
from rmatch.people import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.people import Cohort

    Places = tuple[NDArray[np.int64], NDArray[np.int64]]

    Given = tuple[rmatch.People, rmatch.Programme]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SURVEYED = 260
"""The mentors among the people of the survey."""
MOST = 1_000_000
ROWS = 256


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


def people(recipe: dict[str, Any], seed: int) -> Given:
    """Return the people of a recipe and their programme; another seed gives other people, or the same in another order."""
    if recipe["kind"] == "survey":
        return _survey(recipe["mentors"] // SURVEYED, seed)
    if recipe["kind"] == "civil":
        return _civil(recipe["mentors"], seed)
    everybody = datasets.workforce(recipe["mentors"], recipe["mentees"], seed=seed)
    mentor_places = np.full(len(everybody), UNSET, np.int64)
    mentee_places = mentor_places.copy()
    if recipe.get("capacity") == "1-3":
        dice = np.random.default_rng(seed)
        for who, places in (
            (everybody.mentors, mentor_places),
            (everybody.mentees, mentee_places),
        ):
            places[who] = dice.integers(1, 4, len(who))
    placed = replace(everybody, mentor_capacity=mentor_places, mentee_capacity=mentee_places)
    return placed, PROGRAMMES[recipe.get("programme", "default")]


def _survey(times: int, seed: int) -> Given:
    """Return the people of the survey example so many times over, each time with ids of their own."""
    once = rmatch.read_people(
        data_file("stackoverflow2025.csv"), mapping=EXAMPLES / "stackoverflow" / "mapping.toml"
    )
    everybody = once.take(np.tile(np.arange(len(once)), times))
    ids = tuple(f"{name}/{position // len(once)}" for position, name in enumerate(everybody.id))
    order = np.random.default_rng(seed).permutation(len(ids))
    programme = rmatch.read_programme(EXAMPLES / "stackoverflow" / "programme.toml")
    return replace(everybody, id=ids).take(order), programme


def _civil(side: int, seed: int) -> Given:
    """Return some of the civil servants, and the criterion and the rule of `civil_service`."""
    dice = np.random.default_rng(seed)
    chosen = {
        name: [rows[at] for at in dice.permutation(len(rows))[:side]]
        for name in ("mentors", "mentees")
        if (rows := civil_service.rows(name, None))
    }
    return civil_service.given(**chosen)


def matrix(recipe: dict[str, Any], seed: int) -> tuple[NDArray[np.int32], Places]:
    """Return the points of all pairs, -1 for the forbidden ones, and everybody's places."""
    shape = recipe["mentors"], recipe["mentees"]
    if recipe["kind"] == "planted":
        problem, (rows, columns) = planted(recipe, seed), map(np.arange, shape)
        points = problem.block(rows, columns).astype(np.int32)
    elif recipe["kind"] in DRAWN:
        points = DRAWN[recipe["kind"]](np.random.default_rng(seed), shape).astype(np.int32)
    else:
        return _people_matrix(rmatch.score(*people(recipe, seed)))
    mentors, mentees = (np.ones(side, np.int64) for side in shape)
    return points, (mentors, mentees)


def _people_matrix(scores: rmatch.Scores) -> tuple[NDArray[np.int32], Places]:
    points = np.empty(scores.shape, np.int32)
    columns = np.arange(scores.shape[1])
    for first in range(0, len(points), ROWS):
        rows = np.arange(first, min(first + ROWS, len(points)))
        points[rows] = np.where(scores.open_block(rows, columns), scores.block(rows, columns), -1)
    return points, (scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee"))


def _nearness(dice: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.int64]:
    """Return points that fall with the distance of two places in a square."""
    mentors, mentees = (dice.random((side, 2)) for side in shape)
    apart = np.hypot(*(np.subtract.outer(mentors[:, axis], mentees[:, axis]) for axis in (0, 1)))
    points: NDArray[np.int64] = np.rint(MOST * (1 - apart / np.sqrt(2))).astype(np.int64)
    return points


DRAWN: dict[str, Callable[[np.random.Generator, tuple[int, int]], NDArray[np.int64]]] = {
    "uniform": lambda dice, shape: dice.integers(0, MOST + 1, shape),
    "eight": lambda dice, shape: dice.integers(0, 8, shape),
    "equal": lambda _, shape: np.full(shape, 7),
    "geometric": _nearness,
}


def planted(recipe: dict[str, Any], seed: int) -> datasets.Planted:
    """Return the planted problem of a recipe: so many people of each kind."""
    return datasets.planted(
        recipe["mentors"], kinds=recipe["mentors"] // recipe["alike"], seed=seed
    )
