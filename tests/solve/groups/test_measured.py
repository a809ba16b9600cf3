"""Coverage on the data sets on which additive points were measured to leave wants untaught: the gap is closed, proved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from profiles import THOROUGH, tries
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from rmatch import Programme, match, score
from rmatch.criteria import Expertise
from rmatch.datasets import LEVELS, example, example_programme, workforce
from rmatch.solve import GroupProblem, solve_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch import People
    from rmatch.scoring import Scores


def wants_of(scores: Scores) -> tuple[list[int], Any]:
    """Return whose each want is, and which mentors offer it."""
    person = {one.id: one for one in scores.cohort.people}
    wants = [
        (column, topic) for column, one in enumerate(scores.mentees) for topic in person[one].wants
    ]
    offered = [[topic in person[one].offers for one in scores.mentors] for _, topic in wants]
    return [column for column, _ in wants], np.array(offered)


def covered(scores: Scores, whose: list[int], offered: Any, pairs: Any) -> int:
    taught = np.zeros(scores.shape, bool)
    for mentor, mentee in pairs:
        taught[scores.mentors.index(mentor), scores.mentees.index(mentee)] = True
    return int((offered & taught[:, whose].T).any(axis=1).sum())


def most(
    scores: Scores, whose: list[int], offered: Any, places: tuple[Any, int], pairs: int
) -> int:
    """Return the most wants that so many pairs cover, by a programme that knows nothing of groups."""
    rows, columns = np.nonzero(scores.allowed)
    edges, wants = len(rows), len(whose)
    every = np.arange(edges)
    met, on = np.nonzero(offered[:, rows] & (np.array(whose)[:, None] == columns))
    parts = [
        (rows, every, np.ones(edges)),
        (len(scores.mentors) + columns, every, np.ones(edges)),
        (sum(scores.shape) + met, on, -np.ones(len(met))),
        (sum(scores.shape) + np.arange(wants), edges + np.arange(wants), np.ones(wants)),
        (np.full(edges, sum(scores.shape) + wants), every, -np.ones(edges)),
    ]
    row, column, value = map(np.concatenate, zip(*parts, strict=True))
    limits = np.concatenate([places[0], np.full(len(scores.mentees), places[1]), np.zeros(wants)])
    matrix = coo_array((value, (row, column))).tocsr()
    answer = milp(
        -np.concatenate([np.zeros(edges), np.ones(wants)]),
        integrality=np.ones(edges + wants, np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, [*limits, -pairs]),
    )
    assert answer.success
    return round(-answer.fun)


def covering(scores: Scores, whose: list[int], offered: Any, held: Any, each: int) -> GroupProblem:
    """Return the problem in which nothing counts but the number of wants that are covered."""
    return GroupProblem(
        rest=np.zeros(scores.shape, np.int64),
        mentee=np.array(whose),
        gains=csr_array(offered.astype(np.int64)),
        allowed=np.asarray(scores.allowed),
        mentor_capacity=held,
        mentor_minimum=np.zeros(len(held), np.int64),
        sizes=(tuple(range(each + 1)),) * len(scores.mentees),
        kinds=None,
        participation="most",
    )


LONG = pytest.mark.skipif(tries(THOROUGH) < THOROUGH, reason="takes long")


@pytest.mark.parametrize(
    ("mentors", "mentees", "each", "alone", "possible"),
    [
        (60, 30, 2, 85, 101),
        (100, 50, 2, 143, 173),
        (90, 30, 3, 92, 101),
        pytest.param(200, 100, 2, 306, 344, marks=LONG),
    ],
)
def test_groups_cover_as_many_wants_as_there_can_be(
    mentors: int, mentees: int, each: int, alone: int, possible: int
) -> None:
    people = workforce(mentors, mentees, seed=3)
    programme = Programme(
        levels=LEVELS, mentee_capacity=each, criteria=(Expertise(1),), count_topic="each"
    )
    additive, scores = match(people, programme), score(people, programme)
    whose, offered = wants_of(scores)
    assert covered(scores, whose, offered, additive.id_pairs) == alone
    held = scores.cohort.capacity("mentor").astype(np.int64)
    found = solve_groups(covering(scores, whose, offered, held, each))
    assert found.proved
    assert len(found.rows) == len(additive.pairs)
    assert found.total == most(scores, whose, offered, (held, each), len(found.rows)) == possible


@pytest.mark.parametrize(
    ("made", "programme", "rounds", "possible"),
    [
        (example, example_programme(), 3, 26),
        (partial(workforce, 50, 50, seed=3), Programme(levels=LEVELS), 4, 172),
        pytest.param(
            partial(workforce, 200, 200, seed=3), Programme(levels=LEVELS), 4, 698, marks=LONG
        ),
    ],
)
def test_a_year_covers_as_many_wants_as_there_can_be(
    made: Callable[[], People], programme: Programme, rounds: int, possible: int
) -> None:
    scores = score(made(), programme)
    whose, offered = wants_of(scores)
    held = np.full(len(scores.mentors), rounds, np.int64)
    found = solve_groups(covering(scores, whose, offered, held, rounds))
    assert found.proved
    assert found.total == most(scores, whose, offered, (held, rounds), len(found.rows)) == possible
