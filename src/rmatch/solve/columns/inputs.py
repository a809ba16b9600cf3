"""Points without a matrix: tables with codes, or a function of blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve.certificates.certificate import FORBIDDEN
from rmatch.utils.validation import a_kind, function, positions, seen, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from rmatch.solve.columns.source import Source

    Answered = tuple[NDArray[np.int64], NDArray[np.bool_]]

AXES = {"starts": 1, "codes": 1, "table": 2, "extra": 2, "kinds": 1, "allowed": 2, "closed": 2}
WIDTH = {"extra": 3, "closed": 2}


def _none() -> NDArray[np.int64]:
    return np.zeros((0, 3), np.int64)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tables:
    r"""Points as sums of table rows: :math:`p_{ij} = \sum_{c \in C_i} T_{cj}`, where mentor `i` has the codes `C_i`.

    Attributes
    ----------
    starts, codes : numpy.ndarray of int
        Mentor `i` has the codes ``codes[starts[i]:starts[i + 1]]``; `starts` is one longer than there are mentors.
    table : numpy.ndarray of int, shape (codes, mentees)
        What each code is worth to each mentee.
    extra : numpy.ndarray of int, shape (cells, 3), optional
        Mentor, mentee and the points that this one pair gets on top.
    kinds : numpy.ndarray of int, optional
        Of which kind each mentor is.
    allowed : numpy.ndarray of bool, shape (kinds, mentees), optional
        Whom mentors of each kind may meet; everybody, without it.
    closed : numpy.ndarray of int, shape (pairs, 2), optional
        Mentor and mentee of single pairs that may not be made.

    Examples
    --------
    >>> import rmatch
    >>> tables = Tables(np.array([0, 2, 3]), np.array([0, 1, 1]), np.array([[2, 5, 1], [5, 0, 1]]))
    >>> tables.block(np.arange(2), np.arange(3))[0].tolist()
    [[7, 5, 2], [5, 0, 1]]
    >>> rmatch.assign(tables).total
    10
    """

    starts: NDArray[np.integer]
    codes: NDArray[np.integer]
    table: NDArray[np.integer]
    extra: NDArray[np.integer] = field(default_factory=_none)
    kinds: NDArray[np.integer] | None = None
    allowed: NDArray[np.bool_] | None = None
    closed: NDArray[np.integer] = field(default_factory=lambda: _none()[:, :2])

    @property
    def shape(self) -> tuple[int, int]:
        """The number of mentors and of mentees."""
        return len(self.starts) - 1, self.table.shape[1]

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Answered:
        """Return the points of some mentors with some mentees, and which of them may meet.

        Raises
        ------
        InvalidInputError
            If a row or a column is not there.
        """
        rows, columns = positions(
            "tables", rows=(rows, self.shape[0]), columns=(columns, self.shape[1])
        )
        from scipy.sparse import csr_array

        ones = np.ones(len(self.codes), np.int64)
        chosen = csr_array((ones, self.codes, self.starts), shape=(self.shape[0], len(self.table)))
        points = chosen[rows] @ self.table[:, columns].astype(np.int64)
        allowed = np.ones(points.shape, bool)
        if self.allowed is not None and self.kinds is not None:
            allowed = self.allowed[self.kinds[rows]][:, columns]
        here, i, j = _inside(self.extra, rows, columns, self.shape)
        np.add.at(points, (i, j), self.extra[here, 2])
        _, i, j = _inside(self.closed, rows, columns, self.shape)
        allowed[i, j] = False
        return points, allowed

    def source(self) -> Source:
        """Return the same for column generation."""
        from rmatch.solve.columns.source import Source

        starts, codes, table = self.starts, self.codes, self.table
        if self.allowed is not None and self.kinds is not None:
            starts, codes = (
                starts + np.arange(len(starts)),
                np.insert(codes, starts[1:], len(table) + self.kinds),
            )
            table = np.concatenate([table, np.where(self.allowed, 0, FORBIDDEN)])
        closed = np.column_stack([self.closed, np.full(len(self.closed), FORBIDDEN)])
        extra = np.concatenate([self.extra, closed]).astype(np.int64)
        whole = starts.astype(np.int64), codes.astype(np.int64), table.astype(np.int32)
        return Source.of_tables(*whole, (extra[:, 0], extra[:, 1], extra[:, 2]), self.bounds())

    def bounds(self) -> tuple[int, int]:
        """Return bounds on the points of any pair."""
        _, cell = np.unique(
            self.extra[:, 0] * self.shape[1] + self.extra[:, 1], return_inverse=True
        )
        singles = np.zeros(len(cell), np.int64)
        np.add.at(singles, cell, self.extra[:, 2])
        ends = []
        for best in (np.min, np.max):
            worth = (
                best(self.table, axis=1, initial=0).astype(np.int64)
                if self.shape[1]
                else np.zeros(len(self.table))
            )
            sums = np.concatenate([[0], np.cumsum(worth[self.codes])])[self.starts]
            ends.append(int(best(np.diff(sums), initial=0)) + int(best(singles, initial=0)))
        return ends[0], ends[1]

    def faults(self) -> Iterator[Fault]:
        """Go through what is wrong with the arrays."""
        strange = [*self._array_faults()]
        if strange:
            yield from strange
            return
        if not self.starts.size or self.starts[0] or (np.diff(self.starts) < 0).any():
            yield Fault(
                "points",
                "starts",
                "is not ascending from 0",
                "give one start a mentor, and the end",
            )
        elif self.starts[-1] != len(self.codes):
            yield Fault(
                "points",
                "starts",
                f"ends at {self.starts[-1]}",
                f"end at {len(self.codes)}, all the codes",
            )
        if self.codes.size and not 0 <= self.codes.min() <= self.codes.max() < len(self.table):
            yield Fault(
                "points",
                "codes",
                "a code has no row in the table",
                f"give codes below {len(self.table)}",
            )
        yield from self._pair_faults()

    def _array_faults(self) -> Iterator[Fault]:
        for name, axes in AXES.items():
            array = getattr(self, name)
            if array is None and name in {"kinds", "allowed"}:
                continue
            if not isinstance(array, np.ndarray) or array.ndim != axes:
                found = (
                    f"has shape {array.shape}"
                    if isinstance(array, np.ndarray)
                    else f"{seen(array)} is not possible"
                )
                yield Fault(
                    "points",
                    name,
                    found,
                    f"give a numpy array with {axes} ax{'i' if axes == 1 else 'e'}s",
                )
            elif array.dtype.kind not in ("b" if name == "allowed" else "iu"):
                what = "true or false" if name == "allowed" else "whole"
                yield Fault("points", name, f"{array.dtype} is not {what}", f"give {what} numbers")
            elif name in WIDTH and array.shape[1] != WIDTH[name]:
                yield Fault(
                    "points", name, f"has shape {array.shape}", f"give {WIDTH[name]} columns"
                )

    def _pair_faults(self) -> Iterator[Fault]:
        for name, cells in (("extra", self.extra), ("closed", self.closed)):
            outside = (cells[:, :2] < 0).any() or (cells[:, :2] >= np.array(self.shape)).any()
            if outside:
                yield Fault(
                    "points", name, "names a pair outside the table", f"stay within {self.shape}"
                )
        if (self.kinds is None) != (self.allowed is None):
            yield Fault(
                "points", "kinds", "only one of kinds and allowed is given", "give both or neither"
            )
        elif self.kinds is not None and self.allowed is not None:
            fits = self.kinds.shape == (self.shape[0],) and self.allowed.shape[1:] == (
                self.shape[1],
            )
            if not fits or (
                self.kinds.size
                and not 0 <= self.kinds.min() <= self.kinds.max() < len(self.allowed)
            ):
                yield Fault(
                    "points",
                    "kinds",
                    "do not fit the table of who may meet whom",
                    "give a row for each kind",
                )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Blocks:
    """Points that a function gives for any block of pairs.

    Attributes
    ----------
    shape : tuple of int
        The number of mentors and of mentees.
    function : callable
        Gets rows and columns, and returns whole points and permissions, both of shape (rows, columns). It is called from
        several threads.
    lowest, highest : int
        Bounds on the points of allowed pairs.
    """

    shape: tuple[int, int]
    function: Callable[[NDArray[np.intp], NDArray[np.intp]], Answered]
    lowest: int
    highest: int

    def block(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Answered:
        """Return the points of some mentors with some mentees, and which of them may meet.

        Raises
        ------
        InvalidInputError
            If the function does not return what it should.
        """
        answer: Any = self.function(rows, columns)
        if not (isinstance(answer, tuple) and len(answer) == 2):
            problem = f"returned {a_kind(answer)}"
            raise InvalidInputError(
                [Fault("points", "function", problem, "return points and permissions, both arrays")]
            )
        points, allowed = answer
        found = points[allowed]
        if (
            points.dtype.kind not in "iu"
            or points.shape != (len(rows), len(columns))
            or allowed.dtype.kind != "b"
        ):
            problem = f"returned {points.dtype} of shape {points.shape} and {allowed.dtype}"
            remedy = f"return whole numbers of shape {(len(rows), len(columns))}, and a mask of it"
            raise InvalidInputError([Fault("points", "function", problem, remedy)])
        if found.size and not self.lowest <= found.min() <= found.max() <= self.highest:
            problem = f"returned points from {found.min()} to {found.max()}"
            raise InvalidInputError(
                [Fault("points", "function", problem, f"stay in {self.lowest} … {self.highest}")]
            )
        return points.astype(np.int64), allowed

    def source(self) -> Source:
        """Return the same for column generation."""
        from rmatch.solve.columns.source import Source

        return Source.of_blocks(self.shape, self.block, self.lowest, self.highest)

    def faults(self) -> Iterator[Fault]:
        """Go through what is wrong with the arguments."""
        bounds = [
            *whole("points", "lowest", self.lowest, None),
            *whole("points", "highest", self.highest, None),
        ]
        yield from bounds
        yield from function("points", "function", self.function)
        if not bounds and self.lowest > self.highest:
            yield Fault("points", "lowest", f"{self.lowest} is above {self.highest}", "give bounds")
        shape: Any = self.shape
        if (
            not isinstance(shape, tuple)
            or len(shape) != 2
            or any(whole("points", "shape", size) for size in shape)
        ):
            found = f"{shape if isinstance(shape, tuple) else seen(shape)} is not possible"
            yield Fault("points", "shape", found, "give the numbers of mentors and mentees")


def _inside(
    cells: NDArray[np.integer],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    shape: tuple[int, int],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return which cells are in a block, and where in it."""
    places = []
    for side, chosen in enumerate((rows, columns)):
        place = np.full(shape[side], -1, np.intp)
        place[chosen] = np.arange(len(chosen))
        places.append(place[cells[:, side]])
    here = np.flatnonzero((places[0] >= 0) & (places[1] >= 0))
    return here, places[0][here], places[1][here]
