"""What to send when a run contradicts itself: the instance, numbers only."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from rmatch.errors import RmatchError
from rmatch.solve.columns.problem import Large
from rmatch.solve.columns.scan import Cells, Draw
from rmatch.solve.columns.source import Source


class ContradictionError(RmatchError):
    """The prices do not prove the matching: a fault of rmatch, never of the input.

    Attributes
    ----------
    path : Path or None
        The saved instance; nothing if the points come from a function.
    """

    def __init__(self, problem: str, path: Path | None) -> None:
        kept = (
            f"; the instance (no ids, no answers of anybody, only points) is in {path}"
            if path
            else ""
        )
        super().__init__(f"{problem}. This is a fault of rmatch: please report it{kept}")
        self.path = path


def contradiction(large: Large, problem: str) -> ContradictionError:
    """Save a problem in a new file of the temporary directory, and return the error to raise."""
    if large.source.cells is None:
        return ContradictionError(problem, None)
    path = Path(tempfile.mkdtemp(prefix="rmatch-")) / "instance.npz"
    save(large, path)
    return ContradictionError(problem, path)


def save(large: Large, path: Path) -> None:
    """Write a problem to a file."""
    cells = large.source.cells
    assert cells is not None
    sides = zip(("mentor", "mentee"), large.capacities, large.minimums, strict=True)
    people: dict[str, Any] = {
        f"{who}_{what}": of
        for who, *both in sides
        for what, of in zip(("most", "fewest"), both, strict=True)
    }
    numbers = np.array(
        [*large.source.shape, large.source.lowest, large.source.highest, large.most_pairs]
    )
    stored = {name: part for name, part in cells._asdict().items() if name != "draw"}
    draw = {f"draw_{name}": part for name, part in cells.draw._asdict().items()}
    np.savez_compressed(path, numbers=numbers, **people, **stored, **draw)


def load(path: Path) -> Large:
    """Read a problem that :func:`save` wrote.

    Examples
    --------
    >>> import tempfile
    >>> one, none = np.ones(2, np.int64), np.zeros(2, np.int64)
    >>> source = Source.of_matrix(np.array([[7, 5], [6, 1]]), np.ones((2, 2), bool))
    >>> large = Large.limited(source, (one, one), (none, none), most_pairs=True)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(large, Path(folder) / "instance.npz")
    ...     load(Path(folder) / "instance.npz").source.rows(0, 2).tolist()
    [[7, 5], [6, 1]]
    """
    with np.load(path) as file:
        rows, columns, lowest, highest, most_pairs = file["numbers"].tolist()
        lots: dict[str, Any] = {name: file[f"draw_{name}"] for name in Draw._fields[:-1]}
        draw = Draw(**lots, bits=int(file["draw_bits"]))
        stored: dict[str, Any] = {name: file[name] for name in Cells._fields[:-1]}
        cells = Cells(**stored, draw=draw)
        source = Source((rows, columns), cells, None, lowest, highest)
        capacities = file["mentor_most"], file["mentee_most"]
        minimums = file["mentor_fewest"], file["mentee_fewest"]
    return Large(source, capacities, minimums, bool(most_pairs))
