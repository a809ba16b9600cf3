"""The compiled look at a great many pairs, which finds rows where something may be wrong; it comes with the extra `scale`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.solve.certificates.certificate import ALLOWED
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray


@compiled
def sift(
    points: NDArray[Any],
    allowed: Any,
    own: NDArray[Any],
    others: NDArray[Any],
    starts: NDArray[Any],
    columns: NDArray[Any],
    over: NDArray[Any],
) -> tuple[int, int]:
    """Mark the rows in which a pair beside those of the matching is worth more than its prices.

    Parameters
    ----------
    points : numpy.ndarray, shape (rows, columns)
        Of all pairs, in numbers of the same kind as the prices.
    allowed : numpy.ndarray of bool or None
        Which pairs may be made; without it, those with more than `ALLOWED` points.
    own, others : numpy.ndarray
        Prices of the rows and of the columns; the latter are changed and come back as they were.
    starts, columns : numpy.ndarray
        Row `i` is matched with ``columns[starts[i]:starts[i + 1]]``.
    over : numpy.ndarray of bool
        Where to mark rows.

    Returns
    -------
    tuple of int
        The fewest and the most points of allowed pairs, or 0.
    """
    kind = points.dtype.type
    nothing = kind(0)
    lowest = highest = nothing
    for i in range(own.size):
        row, price = points[i], own[i]
        mine = columns[starts[i] : starts[i + 1]]
        kept = others[mine]
        for column in mine:
            # Whatever a pair of the matching is worth, it does not exceed that.
            others[column] = row[column] - price
        found = False
        for j in range(others.size):
            is_open = row[j] > ALLOWED if allowed is None else allowed[i, j]
            # In the kind of the points: in wider numbers fewer are compared at a time.
            found |= is_open & (row[j] > kind(price + others[j]))
            counted = row[j] if is_open else nothing
            lowest = counted if counted < lowest else lowest  # noqa: FURB136 - the call is not vectorised
            highest = counted if counted > highest else highest  # noqa: FURB136
        over[i] = found
        others[mine] = kept
    return lowest, highest
