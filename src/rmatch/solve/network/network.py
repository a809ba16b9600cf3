"""The one form every problem takes: a transportation network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import RmatchError
from rmatch.utils.values import Value

Whole = NDArray[np.int64]
Numbers = NDArray[np.int64 | np.float64]


UNLIMITED = 2**60


@dataclass(frozen=True, slots=True, eq=False)
class Network(Value):
    """A transportation problem: all supply meets all demand over arcs with capacities, for the most points.

    Attributes
    ----------
    points : numpy.ndarray of int64 or float64
        What one unit earns on the arc from row `i` to column `j`, shape (rows, columns).
    capacity : numpy.ndarray of int64
        Most units on that arc; 0 closes it.
    supply, demand : numpy.ndarray of int64
        Units that leave each row and enter each column; both add up to the same number.
    """

    points: Numbers
    capacity: Whole
    supply: Whole
    demand: Whole

    @property
    def transposed(self) -> Network:
        """The same problem with rows and columns exchanged."""
        return Network(
            points=self.points.T,
            capacity=self.capacity.T,
            supply=self.demand,
            demand=self.supply,
        )


class CutError(RmatchError):
    """No flow meets every supply and demand, and a cut proves it.

    Attributes
    ----------
    rows, columns : numpy.ndarray of bool
        What a stranded unit of supply can still reach. Every arc out of this set is full and every arc into it is
        empty, yet its rows supply more than its columns demand.
    """

    def __init__(self, rows: NDArray[np.bool_], columns: NDArray[np.bool_]) -> None:
        message = "some rows supply more than the columns in their reach can take"
        super().__init__(message)
        self.rows = rows
        self.columns = columns


def with_dummies(network: Network, rows: Whole, columns: Whole) -> Whole:
    """Return the flow of a matching: its pairs, and the places that stay empty.

    Examples
    --------
    >>> network = Network(
    ...     np.zeros((2, 3)), np.ones((2, 3), int), np.array([1, 1]), np.array([1, 1, 0])
    ... )
    >>> with_dummies(network, np.array([0]), np.array([1])).tolist()
    [[0, 1, 0], [1, 0, 0]]
    """
    flow = np.zeros(network.capacity.shape, np.int64)
    flow[rows, columns] = 1
    taken = flow.sum(1)
    left = network.supply - taken
    # What a row has left goes to the dummy column, and what a column lacks comes from the dummy
    # row.
    flow[:-1, -1] = left[:-1]
    filled = flow.sum(0)
    flow[-1] = network.demand - filled
    return flow


def worth_of_firsts(firsts: tuple[Whole, Whole] | None, pairs: tuple[Whole, ...]) -> int:
    """Return what the first partners in some pairs, given by rows and columns, are worth together.

    Examples
    --------
    >>> worth_of_firsts((np.array([5, 7]), np.array([0, 1])), (np.array([0, 0]), np.array([0, 1])))
    6
    """
    if firsts is None:
        return 0
    return sum(int(worth[np.unique(own)].sum()) for worth, own in zip(firsts, pairs, strict=False))
