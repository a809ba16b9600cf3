"""One assignment problem as plain arrays, and an answer to it that carries its own proof."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rmatch.errors import Fault, InvalidInputError, is_whole
from rmatch.utils.sides import SIDES
from rmatch.utils.text import counted
from rmatch.utils.validation import choice, positions, refuse, seen, whole
from rmatch.utils.values import Value

Pairs = frozenset[tuple[int, int]]


Participation = Literal["most", "best"]


@dataclass(frozen=True, eq=False, repr=False)
class Instance(Value):
    r"""A matrix problem: who may meet whom, what each pair is worth, how many partners everybody can take.

    A matching is a set of pairs :math:`x_{ij} \in \{0, 1\}` with :math:`x_{ij} = 0` where the pair is not allowed,
    :math:`\sum_j x_{ij} \le c_i` and :math:`\sum_i x_{ij} \le d_j`.

    Attributes
    ----------
    points : numpy.ndarray of int64 or float64
        What each pair is worth, shape (mentors, mentees).
    allowed : numpy.ndarray of bool
        The pairs that may be made, same shape.
    mentor_capacity, mentee_capacity : numpy.ndarray of int64
        Most partners of each person.
    seed : int
        What a matcher is given to decide ties with.

    Examples
    --------
    >>> Instance.of([[3, 1], [2, 0]], forbidden=[(1, 1)])
    Instance of 2 mentors × 2 mentees
      3 1
      2 ·
    """

    points: NDArray[Any]
    allowed: NDArray[np.bool_]
    mentor_capacity: NDArray[np.int64]
    mentee_capacity: NDArray[np.int64]
    seed: int = 0

    @classmethod
    def of(
        cls,
        points: ArrayLike,
        *,
        forbidden: Collection[tuple[int, int]] = (),
        mentor_capacity: ArrayLike = 1,
        mentee_capacity: ArrayLike = 1,
        seed: int = 0,
    ) -> Instance:
        """Build an instance from what is easy to type.

        Parameters
        ----------
        points : array_like
            What each pair is worth, shape (mentors, mentees).
        forbidden : collection of (int, int)
            Row and column of the pairs that must not be made.
        mentor_capacity, mentee_capacity : array_like of int, default 1
            Most partners, one number for all or one each.
        seed : int, default 0
            What a matcher is given to decide ties with.

        Returns
        -------
        Instance
            The instance, with arrays of its own.

        Raises
        ------
        InvalidInputError
            With everything that is wrong.
        """
        table = _matrix(points)
        rows, columns = table.shape
        refuse(
            [
                *_capacity_faults("mentor_capacity", mentor_capacity, rows),
                *_capacity_faults("mentee_capacity", mentee_capacity, columns),
                *_pair_faults("forbidden", forbidden, (rows, columns)),
                *whole("instance", "seed", seed),
            ]
        )
        allowed = np.ones(table.shape, bool)
        for row, column in forbidden:
            allowed[row, column] = False
        return cls(
            points=table,
            allowed=allowed,
            mentor_capacity=np.full(rows, mentor_capacity, np.int64),
            mentee_capacity=np.full(columns, mentee_capacity, np.int64),
            seed=seed,
        )

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of mentors and of mentees."""
        return len(self.mentor_capacity), len(self.mentee_capacity)

    @cached_property
    def cells(self) -> list[tuple[int, int]]:
        """The allowed pairs, row by row."""
        return [(row, column) for row, column in np.argwhere(self.allowed).tolist()]

    @property
    def arguments(
        self,
    ) -> tuple[NDArray[Any], NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64], int]:
        """What a matcher is called with; copies, so that it cannot change the instance."""
        arrays = self.mentor_capacity.copy(), self.mentee_capacity.copy()
        return self.points.copy(), self.allowed.copy(), *arrays, self.seed

    @property
    def transposed(self) -> Instance:
        """The same problem with mentors and mentees exchanged."""
        return Instance(
            points=np.ascontiguousarray(self.points.T),
            allowed=np.ascontiguousarray(self.allowed.T),
            mentor_capacity=self.mentee_capacity,
            mentee_capacity=self.mentor_capacity,
            seed=self.seed,
        )

    def take(self, rows: Sequence[int], columns: Sequence[int]) -> Instance:
        """Return the problem of some mentors and some mentees, in the order asked for."""
        mentors, mentees = self.shape
        row, column = positions("instance", rows=(rows, mentors), columns=(columns, mentees))
        block = np.ix_(row, column)
        return Instance(
            points=self.points[block],
            allowed=self.allowed[block],
            mentor_capacity=self.mentor_capacity[row],
            mentee_capacity=self.mentee_capacity[column],
            seed=self.seed,
        )

    def without(self, pair: tuple[int, int]) -> Instance:
        """Return the problem in which one pair is forbidden."""
        refuse(_pair_faults("pair", [pair], self.shape))
        allowed = self.allowed.copy()
        allowed[pair] = False
        return replace(self, allowed=allowed)

    def with_points(self, points: ArrayLike) -> Instance:
        """Return the problem with other points."""
        table = _matrix(points)
        if table.shape != self.shape:
            problem, remedy = f"has shape {table.shape}", f"give {self.shape}"
            raise InvalidInputError([Fault("instance", "points", problem, remedy)])
        return replace(self, points=table)

    def total(self, pairs: Collection[tuple[int, int]]) -> int | float:
        """Return the points of some pairs: an exact int for whole points, a correctly rounded sum for others."""
        refuse(_pair_faults("pairs", pairs, self.shape))
        values = [self.points[pair].item() for pair in pairs]
        return math.fsum(values) if self.points.dtype.kind == "f" else sum(values)

    def value(self, pairs: Pairs, participation: Participation = "most") -> tuple[int | float, ...]:
        """Return what matchings are compared by: pairs then points, or points alone."""
        refuse(choice("instance", "participation", participation, get_args(Participation)))
        total = self.total(pairs)
        return (len(pairs), total) if participation == "most" else (total,)

    def capacity(self, side: str) -> NDArray[np.int64]:
        """Return the most partners of everybody on one side, "mentor" or "mentee"."""
        refuse(choice("instance", "side", side, SIDES))
        return self.mentor_capacity if side == "mentor" else self.mentee_capacity

    def __repr__(self) -> str:
        """Return the matrix, a dot for each forbidden pair, and the capacities that are not 1."""
        texts = np.where(self.allowed, self.points.astype(str), "·").tolist()
        width = max((len(text) for line in texts for text in line), default=0)
        lines = ["  " + " ".join(text.rjust(width) for text in line) for line in texts]
        mentors, mentees = map(counted, self.shape, SIDES)
        head = f"Instance of {mentors} × {mentees}"
        return "\n".join([head, *lines, *self._capacity_lines()])

    def _capacity_lines(self) -> list[str]:
        capacities = {side: self.capacity(side) for side in SIDES}
        return [
            f"  {side}_capacity {places.tolist()}"
            for side, places in capacities.items()
            if (places != 1).any()
        ]


def _matrix(points: Any) -> NDArray[Any]:
    try:
        table: NDArray[Any] = np.array(points)
    except ValueError:  # lines of different lengths
        table = np.zeros(0)
    if table.ndim != 2 or table.dtype.kind not in "biuf" or not np.isfinite(table).all():
        problem = f"{seen(points)} is not possible"
        remedy = "give a matrix of finite numbers, mentors × mentees"
        raise InvalidInputError([Fault("instance", "points", problem, remedy)])
    return table


def _capacity_faults(name: str, given: Any, size: int) -> list[Fault]:
    found = given.tolist() if isinstance(given, np.ndarray) else given
    if not isinstance(found, list | tuple):
        return whole("instance", name, found)
    if len(found) != size:
        problem, remedy = f"has {len(found)} numbers", f"give one, or one for each: {size}"
        return [Fault("instance", name, problem, remedy)]
    return [fault for number in found for fault in whole("instance", name, number)]


def _pair_faults(name: str, pairs: Any, shape: tuple[int, int]) -> list[Fault]:
    remedy = "give row and column of pairs, [(0, 1)]"
    if not isinstance(pairs, Collection):
        return [Fault("instance", name, f"{seen(pairs)} is not possible", remedy)]
    return [
        Fault("instance", name, f"{seen(pair)} is not a pair of a matrix of shape {shape}", remedy)
        for pair in pairs
        if not _is_pair(pair, shape)
    ]


def _is_pair(pair: Any, shape: tuple[int, int]) -> bool:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return False
    return all(is_whole(position, 0, size - 1) for position, size in zip(pair, shape, strict=True))


@dataclass(frozen=True, slots=True)
class Certified:
    """A matcher's answer together with prices that prove it optimal.

    A matcher may return this instead of bare pairs; then the law `certificate` holds it to its proof.

    Attributes
    ----------
    pairs : iterable of (int, int)
        Row and column of each pair.
    mentor_prices, mentee_prices : sequence of float
        The price of one place of each person, 0 or more.
    bonus : float
        What each pair counts beside its points, so that the most pairs come first.
    """

    pairs: Any
    mentor_prices: Sequence[float]
    mentee_prices: Sequence[float]
    bonus: float = 0
