"""What to send when a run contradicts itself: the instance, numbers only."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import ContradictionError

if TYPE_CHECKING:
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.stored import StoredPoints


def contradiction(problem: ImplicitProblem, fault: str) -> ContradictionError:
    """Save a problem in a new file of the temporary directory, and return the error to raise."""
    stored = problem.source.stored
    if stored is None:
        return ContradictionError(fault, None)
    path = Path(tempfile.mkdtemp(prefix="rmatch-")) / "instance.npz"
    _save(problem, stored, path)
    return ContradictionError(fault, path)


def _save(problem: ImplicitProblem, stored: StoredPoints, path: Path) -> None:
    """Write a problem to a file, each array under the name that it has in the code."""
    source = problem.source
    rows, columns = source.shape
    people: dict[str, Any] = {}
    for who, most, fewest in zip(
        ("mentor", "mentee"), problem.capacities, problem.minimums, strict=True
    ):
        people[f"{who}_most"] = most
        people[f"{who}_fewest"] = fewest
    numbers = np.array([rows, columns, source.lowest, source.highest, problem.most_pairs])
    points: dict[str, Any] = stored._asdict()
    draw = points.pop("draw")._asdict()
    prefixed: dict[str, Any] = {f"draw_{name}": part for name, part in draw.items()}
    np.savez_compressed(path, numbers=numbers, **people, **points, **prefixed)
