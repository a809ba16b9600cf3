"""A run that contradicts itself leaves what it was given, numbers only, in a file that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

pytest.importorskip("numba")

from rmatch.solve.columns import source as sources
from rmatch.solve.columns.contradiction import contradiction
from rmatch.solve.columns.problem import ImplicitProblem
from rmatch.solve.columns.source import Source

if TYPE_CHECKING:
    from pathlib import Path

POINTS = np.array([[7, 0, 5], [6, 1, 9]])


def problem_of(source: Source) -> ImplicitProblem:
    places = np.array([1, 2]), np.ones(3, np.int64)
    fewest = np.array([0, 1]), np.zeros(3, np.int64)
    return ImplicitProblem.limited(source, places, fewest, most_pairs=True)


def test_the_instance_is_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    error = contradiction(problem_of(Source.of_matrix(POINTS, POINTS > 0)), "7 is more than 6")
    assert error.path is not None
    assert error.path.is_relative_to(tmp_path)
    assert str(error).startswith("7 is more than 6. This is a fault of rmatch: please report it; ")
    assert str(error.path) in str(error)
    with np.load(error.path, allow_pickle=False) as held:
        assert held["numbers"].tolist() == [2, 3, 0, 9, 1]
        kept = held["matrix"]
        assert kept[POINTS > 0].tolist() == POINTS[POINTS > 0].tolist()
        assert (kept[POINTS == 0] < 0).all()
        assert [held[f"mentor_{bound}"].tolist() for bound in ("most", "fewest")] == [
            [1, 2],
            [0, 1],
        ]
        assert held["mentee_most"].tolist() == [1, 1, 1]


def test_points_of_a_function_are_not_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sources, "KEPT", 0)

    def block(rows: Any, columns: Any) -> Any:
        return POINTS[np.ix_(rows, columns)], POINTS[np.ix_(rows, columns)] > 0

    asked = Source.of_blocks((2, 3), block, 0, 9)
    error = contradiction(problem_of(asked), "7 is more than 6")
    assert error.path is None
    assert str(error) == "7 is more than 6. This is a fault of rmatch: please report it"
    assert not list(tmp_path.iterdir())
