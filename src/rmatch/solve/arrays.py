"""From what a caller passes to arrays of numbers that can be added up exactly, and the faults of those that cannot."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault
from rmatch.solve.network.network import UNLIMITED
from rmatch.utils.loops import strips
from rmatch.utils.stopping import listen
from rmatch.utils.text import counted, plural

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from rmatch.solve.network.network import Numbers, Whole

LARGEST_WHOLE = 2**57
"""What sums of whole points along a path through everyone must not exceed."""

LARGEST_FLOAT = 2**1000
"""The same for fractional points."""

LINES = {"mentor": "row", "mentee": "column"}
"""Where the people of each side stand in a matrix."""

SHOWN = 5

TRUE = b"\1"
"""What a mask holds where nothing is said: one value for all pairs, which nobody can change."""

NEAR = 2**15
"""So many numbers stay in the nearer memory."""
HEARD = 64
"""After so many parts of them somebody listens."""


def matrix(points: ArrayLike, faults: list[Fault]) -> Numbers | None:
    """Return points as a matrix of int32, int64 or float64, zeros in place of wrong ones; None if they are no matrix.

    Whole numbers of one of these kinds are not copied: the matrix is that of the caller, read only.

    Parameters
    ----------
    points : array_like
        What a caller passed.
    faults : list of Fault
        Gets what is wrong.

    Returns
    -------
    numpy.ndarray or None
        Shape (mentors, mentees).

    Examples
    --------
    >>> matrix([[True, 2]], []).tolist()
    [[1, 2]]
    """
    array = _array(points)
    if array is None or array.ndim != 2:
        found = "rows of unequal length" if array is None else counted(array.ndim, "dimension")
        faults.append(Fault("", "points", found, "give a matrix, mentors × mentees"))
        return None
    if array.dtype.kind in "biu" or _all_whole(array):
        kind = np.dtype(np.int32 if np.can_cast(array.dtype, np.int32) else np.int64)
        return _bounded(array, kind, LARGEST_WHOLE, faults)
    if array.dtype.kind == "f" and array.dtype.itemsize <= 8:
        return _bounded(_finite(array, faults), np.dtype(float), LARGEST_FLOAT, faults)
    problem = f"{array.dtype} is no type of points"
    faults.append(Fault("", "points", problem, "give whole numbers or float64"))
    return np.zeros(array.shape)


def _array(points: ArrayLike) -> NDArray[Any] | None:
    """Return the array, or None if its rows are ragged; whole numbers in a list stay whole, however large."""
    try:
        array = np.asarray(points)
    except ValueError:
        return None
    # Whole numbers beyond 64 bits become floats unasked: as objects one sees what they were.
    if array.dtype.kind == "f" and not hasattr(points, "dtype"):
        boxed = np.asarray(points, dtype=object)
        return boxed if boxed.size and _all_whole(boxed) else array
    return array


def _all_whole(array: NDArray[Any]) -> bool:
    if array.dtype.kind != "O":
        return False
    return all(isinstance(value, int | np.integer) for value in array.flat)


def _finite(array: NDArray[Any], faults: list[Fault]) -> NDArray[Any]:
    bad = ~np.isfinite(array)
    count = int(bad.sum())
    if not count:
        return array
    cells = ", ".join(f"({i}, {j})" for i, j in np.argwhere(bad)[:SHOWN].tolist())
    more = f" and {count - SHOWN} more" if count > SHOWN else ""
    where = f"{count} {plural(count, 'cell')} {cells}{more}"
    remedy = "give finite numbers; a forbidden pair is False in `allowed`"
    faults.append(Fault(where, "points", "nan or infinite", remedy))
    return np.where(bad, 0, array)


def _bounded(
    array: NDArray[Any], kind: np.dtype[Any], largest: int, faults: list[Fault]
) -> NDArray[Any]:
    """Return a copy, or whole numbers as they are, if all is small enough for sums along a path through everyone.

    Each part is looked at while it is near; whoever wants to stop the run is heard between those of a large matrix.
    """
    limit = largest // (sum(array.shape) + 2)
    as_it_is = array.dtype == kind and kind.kind == "i"
    if as_it_is and limit > 2 ** (8 * kind.itemsize - 1):
        return lent(array)
    found, size = lent(array) if as_it_is else np.zeros(array.shape, kind), 0
    for part, rows in enumerate(strips(array.shape, at_once=NEAR)):
        if part % HEARD == HEARD - 1:
            listen("reading")
        some = array[rows]
        size = max(size, int(some.max(initial=0)), -int(some.min(initial=0)))
        if size < limit and not as_it_is:
            found[rows] = some
    if size < limit or not array.size:
        return found
    problem = f"a value of magnitude {Decimal(size):.3g} is too large to be added up exactly"
    remedy = f"stay below {limit:.3g} for a matrix of this shape"
    faults.append(Fault("", "points", problem, remedy))
    return np.zeros(array.shape)


def opposite(points: Numbers) -> Numbers:
    """Return points turned so that fewer are better; the lowest of 32 bits has no opposite among these."""
    lowest = np.iinfo(np.int32).min
    narrow = points.dtype == np.int32 and points.min(initial=0) > lowest
    return -points if narrow or points.dtype != np.int32 else -points.astype(np.int64)


def lent(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array of somebody else's to be looked at."""
    array = array.view()
    array.flags.writeable = False
    return array


def mask(
    allowed: ArrayLike | None, points: Numbers | None, faults: list[Fault]
) -> NDArray[np.bool_]:
    """Return the pairs that may be made, all of them if nothing is said; read only, as it is not copied.

    Parameters
    ----------
    allowed : array_like of bool, optional
        What a caller passed.
    points : numpy.ndarray, optional
        The points, for the shape; None if they are no matrix.
    faults : list of Fault
        Gets what is wrong.

    Returns
    -------
    numpy.ndarray of bool
        Shape (mentors, mentees).
    """
    if allowed is None:
        return np.ndarray((0, 0) if points is None else points.shape, bool, TRUE, strides=(0, 0))
    given = np.asarray(allowed)
    if given.dtype.kind != "b" and given.size:
        problem = f"{given.dtype} is no type of a mask"
        faults.append(Fault("", "allowed", problem, "give True or False for every pair"))
    if points is not None and given.shape != points.shape:
        remedy = f"give {points.shape}, the shape of the points"
        faults.append(Fault("", "allowed", f"has shape {given.shape}", remedy))
    return lent(given.astype(bool, copy=False))


def places(
    capacity: ArrayLike, minimum: ArrayLike, size: int | None, side: str, faults: list[Fault]
) -> tuple[Whole, Whole]:
    """Return the most and the fewest partners of each person on one side.

    Parameters
    ----------
    capacity, minimum : int or array_like of int
        What a caller passed, one number for all or one each.
    size : int, optional
        How many people there are; None if that is not known.
    side : {"mentor", "mentee"}
        Which side.
    faults : list of Fault
        Gets what is wrong.

    Returns
    -------
    tuple of two numpy.ndarray of int64
        Capacities and minimums.
    """
    found = len(faults)
    most = _counts(capacity, size, side, "capacity", faults)
    fewest = _counts(minimum, size, side, "minimum", faults)
    if len(faults) == found and size is not None:
        for i in (fewest > most).nonzero()[0].tolist() if np.count_nonzero(fewest) else ():
            problem = f"{fewest[i]} is above the capacity {most[i]}"
            faults.append(Fault(f"{LINES[side]} {i}", f"{side}_minimum", problem, "lower it"))
    return most, fewest


def _counts(value: Any, size: int | None, side: str, what: str, faults: list[Fault]) -> Whole:
    if type(value) is int and size is not None and 0 <= value <= UNLIMITED:
        return np.full(size, value, np.int64)
    given = np.asarray(value)
    field, line = f"{side}_{what}", LINES[side]
    if given.dtype.kind not in "iu" and given.size:
        problem = f"{given.dtype} does not count partners"
        faults.append(Fault("", field, problem, "give whole numbers below 2**63"))
        return np.zeros(size or 0, np.int64)
    if given.ndim and size is not None and given.shape != (size,):
        remedy = f"give one number, or one for each {line}: {size}"
        faults.append(Fault("", field, f"has shape {given.shape}", remedy))
        return np.zeros(size, np.int64)
    for i in np.flatnonzero(given < 0).tolist() if given.min(initial=0) < 0 else ():
        where = f"{line} {i}" if given.ndim else ""
        problem = f"{given.flat[i]} is negative"
        faults.append(Fault(where, field, problem, "give 0 or more"))
    # More than `UNLIMITED` means no more than it, and could not be added up.
    counts = np.minimum(given, UNLIMITED).astype(np.int64)
    return counts if size is None or given.ndim else np.full(size, counts)
