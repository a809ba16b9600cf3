"""Matrices with gaps: masked arrays and sparse matrices, whose gaps are pairs that may not be made."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from rmatch.errors import Fault
from rmatch.utils.memory import require
from rmatch.utils.text import counted, numeral

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

BYTES_A_PAIR = 40
SHOWN = 5


class Sparse(Protocol):
    """A matrix that stores only some of its cells; scipy has them in several formats."""

    @property
    def format(self) -> str:
        """Which of these formats it has, such as ``"csr"``."""

    @property
    def shape(self) -> Any:
        """How many mentors and mentees."""

    def tocoo(self) -> Any:
        """Return the cells that are stored."""

    def toarray(self) -> Any:
        """Return all cells, with 0 for those that are not stored."""


def is_sparse(value: Any) -> bool:
    """Tell whether a matrix of scipy stores only some cells; asking scipy would import it."""
    return callable(getattr(value, "tocoo", None))


def without_gaps(points: Any, faults: list[Fault]) -> tuple[ArrayLike, NDArray[np.bool_] | None]:
    """Return points with 0 in place of each gap, and where there is none.

    Parameters
    ----------
    points : array_like, masked array or sparse matrix
        What a caller passed.
    faults : list of Fault
        Gets the pairs that a sparse matrix stores several times: scipy would add their points up, and whoever has listed a
        pair twice may mean that or not.

    Returns
    -------
    array_like, numpy.ndarray of bool or None
        The points, and False for masked cells and for those that are not stored; None if every pair has points. A zero
        that is stored is a value as any other.

    Raises
    ------
    InvalidInputError
        If the whole matrix of a sparse one does not fit into memory.

    Examples
    --------
    >>> points, known = without_gaps(np.ma.masked_equal([[7, -1]], -1), [])
    >>> points.tolist(), known.tolist()
    ([[7, 0]], [[True, False]])
    """
    if isinstance(points, np.ma.MaskedArray):
        return points.filled(0), ~np.ma.getmaskarray(points)
    if not is_sparse(points):
        return points, None
    what = f"a matrix of {' × '.join(f'{numeral(size)}' for size in points.shape)} pairs"
    require(BYTES_A_PAIR * prod(points.shape), what, "give `Blocks`, which need no matrix")
    cells = _stored(points)
    times = np.zeros(points.shape, np.int64)
    np.add.at(times, cells, 1)
    faults += _several_times(times)
    return points.toarray(), times > 0


def _stored(points: Any) -> tuple[NDArray[np.integer], ...]:
    """Return the rows and columns of what is stored, zeros included."""
    if points.format == "dia":
        # Of diagonals scipy hands on what is not 0, though all of them is stored.
        points = points.copy()
        points.data = np.ones(points.data.shape, bool)
    cells: tuple[NDArray[np.integer], ...] = points.tocoo().coords
    return cells


def _several_times(times: NDArray[np.int64]) -> list[Fault]:
    several = np.argwhere(times > 1)
    if not len(several):
        return []
    shown = ", ".join("-".join(map(str, cell)) for cell in several[:SHOWN].tolist())
    more = ", …" if len(several) > SHOWN else ""
    problem = f"{counted(len(several), 'pair')} stored more than once: {shown}{more}"
    return [
        Fault("", "points", problem, "store each once, or call sum_duplicates() if sums are meant")
    ]


def as_mask(allowed: Any) -> Any:
    """Return a mask whose gaps, if it has any, are False."""
    if isinstance(allowed, np.ma.MaskedArray):
        return allowed.filled(False)
    return allowed.toarray() if is_sparse(allowed) else allowed


def gap_faults(sides: Any) -> list[Fault]:
    """Return what is wrong with what pairs are worth to one side: gaps belong into the points."""
    if not any(is_sparse(side) or np.ma.is_masked(side) for side in sides):
        return []
    remedy = "give whole matrices, and the gaps in the points or in `allowed`"
    return [Fault("", "sides", "has gaps", remedy)]
