"""Sums of rows of a table, by the product that scipy's sparse arrays have in C."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.utils.extension import extension

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def add_rows(
    starts: NDArray[np.int64],
    rows: NDArray[np.int64],
    numbers: NDArray[Any],
    table: NDArray[Any],
    sums: NDArray[Any],
) -> None:
    """Add rows of a table to sums.

    Parameters
    ----------
    starts, rows, numbers : numpy.ndarray
        Sum `i` gets the rows ``rows[starts[i]:starts[i + 1]]``, each as often as its number says.
    table : numpy.ndarray, shape (rows, columns)
        The table, in numbers of the same kind.
    sums : numpy.ndarray, shape (sums, columns)
        What is added to, in numbers of the same kind, in C order.

    Examples
    --------
    >>> import numpy as np
    >>> sums = np.zeros((2, 3), int)
    >>> table = np.array([[1, 2, 3], [10, 20, 30]])
    >>> add_rows(np.array([0, 1, 3]), np.array([1, 0, 1]), np.array([1, 5, 1]), table, sums)
    >>> sums.tolist()
    [[10, 20, 30], [15, 30, 45]]
    """
    known = extension("sparse", "_sparsetools")
    if hasattr(known, "csr_matvecs"):
        lines = table.reshape(-1), sums.reshape(-1)
        known.csr_matvecs(len(sums), len(table), table.shape[1], starts, rows, numbers, *lines)
        return
    from scipy.sparse import csr_array

    sums += csr_array((numbers, rows, starts), shape=(len(sums), len(table))) @ table
