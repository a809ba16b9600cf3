"""Rematches and price lists against an independent integer programme, in middle sizes; and one decline moves nobody else."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

import rmatch
from rmatch.people import ROLES, Response, Responses
from rmatch.rounds import wanted_cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.matching import Matching

JUSTIFIED: dict[str, Any] = {"places": "with_protected", "justification": "agreed"}
TRIALS = 50 if os.environ.get("RMATCH_THOROUGH") else 6


class Milp:
    """The pairs that may be made as 0-1 variables, with everybody's places; aims are settled one after the other."""

    def __init__(self, matching: Matching) -> None:
        scores = matching.scores
        self.rows, self.columns = np.nonzero(scores.open_pairs)
        mentors, mentees = scores.shape
        size = len(self.rows)
        ones = np.ones(size)
        positions = np.arange(size)
        capacity = [scores.cohort.capacity("mentor"), scores.cohort.capacity("mentee")]
        self.rules = [
            LinearConstraint(csr_array((ones, (own, positions)), (people, size)), 0, most)
            for own, people, most in (
                (self.rows, mentors, capacity[0]),
                (self.columns, mentees, capacity[1]),
            )
        ]

    def largest(self, worth: NDArray[np.int64]) -> int:
        """Return the largest sum, and hold it from now on."""
        found = milp(
            -worth,
            integrality=np.ones(len(worth), np.int64),
            bounds=Bounds(0, 1),
            constraints=self.rules,
        )
        assert found.status == 0, found.message
        best = int(worth[np.rint(found.x) == 1].sum())
        self.rules.append(LinearConstraint(worth[None, :].astype(float), best, np.inf))
        return best


def changed(
    people: rmatch.People, matching: Matching, count: int, seed: int
) -> tuple[rmatch.People, Responses]:
    """Return people of whom some have left, and answers of others, who declined."""
    dice = np.random.default_rng(seed)
    chosen = dice.choice(len(matching.pairs), 2 * count, replace=False).tolist()
    role = people.role.copy()
    role[[people.id.index(matching.pairs[at].mentor) for at in chosen[:count]]] = ROLES["none"]
    answers = (matching.pairs[at] for at in chosen[count:])
    rows = tuple(Response(pair.mentor, pair.mentee, "declined", by="mentee") for pair in answers)
    return replace(people, role=role), Responses(rows)


@pytest.mark.parametrize("keep", ["pairs", "optimum"])
@pytest.mark.parametrize(("seed", "capacity"), [(1, 1), (2, 2), (3, 1)])
def test_a_rematch_is_what_an_integer_programme_finds(seed: int, capacity: int, keep: Any) -> None:
    people = rmatch.datasets.workforce(30, 26, seed=seed)
    programme = rmatch.Programme(
        levels=rmatch.datasets.LEVELS,
        mentee_capacity=capacity,
        count_topic="each",
        **JUSTIFIED,
    )
    autumn = rmatch.match(people, programme, seed=seed)
    now, responses = changed(people, autumn, 3, seed)
    later = rmatch.rematch(autumn, now, responses=responses, keep=keep)
    assert later.changes is not None
    asked = Milp(later)
    wanted = np.zeros(later.scores.shape, np.int64)
    for cell in wanted_cells(later.scores, later.changes.wanted):
        wanted[cell] = 1
    kept, points = (table[asked.rows, asked.columns] for table in (wanted, later.scores.points))
    assert asked.largest(np.ones(len(asked.rows), np.int64)) == len(later.pairs)
    aims = [(kept, len(later.changes.kept)), (points, later.total)]
    for worth, reached in aims if keep == "pairs" else aims[::-1]:
        assert asked.largest(worth) == reached


@pytest.mark.parametrize("seed", [1, 2])
def test_every_line_of_a_price_list_is_what_an_integer_programme_finds(seed: int) -> None:
    people = rmatch.datasets.workforce(24, 20, seed=seed)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, **JUSTIFIED)
    autumn = rmatch.match(people, programme, seed=seed)
    now, responses = changed(people, autumn, 2, seed)
    later = rmatch.rematch(autumn, now, responses=responses)
    assert later.changes is not None
    prices = later.price_of_changes().prices
    cells = wanted_cells(later.scores, later.changes.wanted)
    best = {}
    for changes in range(len(cells) + 1):
        asked = Milp(later)
        asked.largest(np.ones(len(asked.rows), np.int64))
        kept = np.array(
            [
                cell in cells
                for cell in zip(asked.rows.tolist(), asked.columns.tolist(), strict=True)
            ]
        )
        asked.rules.append(
            LinearConstraint(kept[None, :].astype(float), len(cells) - changes, np.inf)
        )
        try:
            best[changes] = asked.largest(later.scores.points[asked.rows, asked.columns])
        except AssertionError:
            assert changes < prices[0].changes
    assert [best[each.changes] for each in prices] == [each.points for each in prices]
    assert prices[0].changes == min(best)
    assert prices[-1].points == max(best.values())
    assert prices[-1].changes == min(count for count in best if best[count] == prices[-1].points)
    # Nothing lies above the line between two corners, and each corner lies above the line between its neighbours.
    corners = [(each.changes, each.points) for each in prices]
    for (left, low), (right, high) in pairwise(corners):
        for changes in range(left, right + 1):
            assert (best[changes] - low) * (right - left) <= (high - low) * (changes - left)
    for one, two, three in zip(corners, corners[1:], corners[2:], strict=False):
        assert (two[1] - one[1]) * (three[0] - two[0]) > (three[1] - two[1]) * (two[0] - one[0])


def test_one_decline_breaks_no_more_than_an_integer_programme_proves_necessary() -> None:
    people = rmatch.datasets.workforce(300, 120, seed=7)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    autumn = rmatch.match(people, programme, seed=7)
    assert len(autumn.pairs) == 120
    dice = np.random.default_rng(7)
    for position in dice.choice(120, TRIALS, replace=False).tolist():
        no = Response(autumn.pairs[position].mentor, autumn.pairs[position].mentee, "declined")
        later = rmatch.rematch(autumn, responses=Responses((no,)))
        assert later.changes is not None
        asked = Milp(later)
        wanted = np.zeros(later.scores.shape, np.int64)
        for cell in wanted_cells(later.scores, later.changes.wanted):
            wanted[cell] = 1
        # One pair more counts more than all that can be kept; both at once, for HiGHS is slow to hold a sum of all pairs.
        both = 1_000 * len(later.pairs) + len(later.changes.kept)
        assert asked.largest(1_000 + wanted[asked.rows, asked.columns]) == both
        # The pair that was declined, and nobody else's.
        assert [pair.cause for pair in later.changes.broken] == ["declined"]
