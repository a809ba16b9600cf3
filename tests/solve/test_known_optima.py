"""Published problems and their published optima."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, kron

from rmatch.solve import assign

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the data sets are not at {DATA}")


def matrix(name: str) -> Any:
    numbers = (DATA / name).read_text().split()
    rows, columns = int(numbers[0]), int(numbers[1])
    return np.array(numbers[2:], float).reshape(rows, columns)


@pytest.mark.parametrize("kind", [int, float])
def test_assign100_of_the_or_library(kind: type) -> None:
    numbers = [int(word) for word in (DATA / "orlib_assign100.txt").read_text().split()]
    costs: Any = np.array(numbers[1:], kind).reshape(100, 100)
    assert assign(costs, maximize=False).total == 305
    assert assign(costs, maximize=False, mentor_minimum=1).total == 305


@pytest.mark.parametrize(
    ("name", "load", "optimum"),
    [("preflib1.in", 6, 124.25), ("preflib3.in", 6, 454.25), ("aamas2015.in", 12, 1406.25)],
)
def test_bids_for_papers_reach_the_published_optimum(name: str, load: int, optimum: float) -> None:
    bids = matrix(name)
    papers, reviewers = bids.shape
    each_paper = csr_array(kron(eye_array(papers), np.ones((1, reviewers))))
    each_reviewer = csr_array(kron(np.ones((1, papers)), eye_array(reviewers)))
    limits = [LinearConstraint(each_paper, 3, 3), LinearConstraint(each_reviewer, 0, load)]
    program = milp(-bids.ravel(), constraints=limits, bounds=Bounds(0, 1))
    assert program.fun == pytest.approx(-optimum)
    by_paper = assign(bids, mentor_capacity=3, mentor_minimum=3, mentee_capacity=load)
    assert by_paper.total == optimum
    by_reviewer = assign(
        (4 * bids.T).astype(int), mentee_capacity=3, mentee_minimum=3, mentor_capacity=load
    )
    assert by_reviewer.total == 4 * optimum
    assert (np.bincount(by_paper.pairs[:, 0]) == 3).all()
    assert np.bincount(by_paper.pairs[:, 1]).max() <= load
