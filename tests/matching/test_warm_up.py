"""What is compiled ahead is everything that is compiled."""

from __future__ import annotations

import subprocess
import sys

import pytest

import rmatch

AFTERWARDS = """
import sys
import numpy as np
import rmatch
from rmatch.solve import Blocks

def compiled():
    return {
        (function.py_func.__module__, name, str(signature))
        for module in list(sys.modules.values()) if module.__name__.startswith("rmatch.")
        for name, function in vars(module).items()
        for signature in getattr(function, "nopython_signatures", ())
    }

seconds = rmatch.warm_up()
ahead = compiled()
people = rmatch.datasets.workforce(420, 400)
programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, mentor_capacity=2)
matching = rmatch.match(people, programme)
matching.fairness()
rmatch.rematch(matching)
rmatch.rematch(matching, keep="optimum").price_of_changes()
rmatch.match(people, rmatch.Programme(spread=True, mentor_capacity=2))
several = rmatch.Programme(mentor_capacity=2, mentee_capacity=3, count_topic="each")
by_columns = rmatch.match(people, several)
assert by_columns.route == "columns"
rmatch.rematch(by_columns)
by_site = rmatch.Programme(criteria=(rmatch.criteria.Reach(weight=1, department=0, chart=0),))
assert rmatch.match(rmatch.datasets.workforce(800, 801), by_site).route == "dense"
many = rmatch.match(rmatch.datasets.workforce(2100, 2100, seed=1))
rmatch.verify(many)
rmatch.verify(rmatch.rematch(many))
matching.alternatives(matching.pairs[0].mentor)
matching.loss_without(mentor=matching.pairs[0].mentor)
points = np.random.default_rng(0).integers(-50, 50, (400, 400))
rmatch.assign(points)
rmatch.assign(points, participation="best", maximize=False)
rmatch.assign(points[:, 1:] * 2**40)
rmatch.assign(points[:300], mentee_capacity=2, allowed=points[:300] > 0)
rmatch.assign(points, mentor_capacity=3, mentee_capacity=2, mentee_minimum=1)
rmatch.assign(points, allowed=points > 0)
rmatch.assign(points, objective="leximin")
open_pairs = lambda rows, columns: (points[np.ix_(rows, columns)], points[np.ix_(rows, columns)] > 0)
rmatch.assign(Blocks(points.shape, open_pairs, -50, 50))
print(bool(ahead), sorted(compiled() - ahead), seconds > 0)
"""


def test_afterwards_nothing_is_left_to_compile() -> None:
    pytest.importorskip("numba")
    done = subprocess.run(
        [sys.executable, "-c", AFTERWARDS], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True [] True\n"


def test_without_the_extra_there_is_nothing_to_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rmatch.solve.columns.available", lambda: False)
    with pytest.raises(rmatch.RmatchError, match=r"install reverse-mentoring\[scale\]"):
        rmatch.warm_up()
