"""Points without a matrix, as sums of table rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault
from rmatch.solve.certificates.certificate import FORBIDDEN
from rmatch.utils.validation import positions, seen
from rmatch.utils.values import Value

if TYPE_CHECKING:  # compiled where it is imported, and so only where it is needed
    from rmatch.solve.columns.source import Source


Indices = NDArray[np.intp]
Integers = NDArray[np.integer]


AXES = {"starts": 1, "codes": 1, "table": 2, "extra": 2, "kinds": 1, "allowed": 2, "closed": 2}
"""How many axes each array has."""

WIDTH = {"extra": 3, "closed": 2}
"""How many columns some of them have."""

OPTIONAL = {"kinds", "allowed"}


def _none() -> NDArray[np.int64]:
    return np.zeros((0, 3), np.int64)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tables(Value):
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

    starts: Integers
    codes: Integers
    table: Integers
    extra: Integers = field(default_factory=_none)
    kinds: Integers | None = None
    allowed: NDArray[np.bool_] | None = None
    closed: Integers = field(default_factory=lambda: _none()[:, :2])

    @property
    def shape(self) -> tuple[int, int]:
        """The number of mentors and of mentees."""
        return len(self.starts) - 1, self.table.shape[1]

    def block(self, rows: Indices, columns: Indices) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the points of some mentors with some mentees, and which of them may meet.

        Raises
        ------
        InvalidInputError
            If a row or a column is not there.
        """
        mentors, mentees = self.shape
        rows, columns = positions("tables", rows=(rows, mentors), columns=(columns, mentees))
        from scipy.sparse import csr_array

        ones = np.ones(len(self.codes), np.int64)
        codes_of = csr_array(
            (ones, self.codes, self.starts),
            shape=(mentors, len(self.table)),
        )
        table = self.table[:, columns].astype(np.int64)
        points: Any = codes_of[rows] @ table
        allowed = np.ones(points.shape, bool)
        if self.allowed is not None and self.kinds is not None:
            verdicts = self.allowed[:, columns]
            allowed = verdicts[self.kinds[rows]]
        here, i, j = _inside(self.extra, rows, columns, self.shape)
        # A pair may have several cells: they add up.
        np.add.at(points, (i, j), self.extra[here, 2])
        _, i, j = _inside(self.closed, rows, columns, self.shape)
        allowed[i, j] = False
        return points, allowed

    def source(self) -> Source:
        """Return the same for column generation."""
        from rmatch.solve.columns.source import Source

        starts, codes, table = self.starts, self.codes, self.table
        if self.allowed is not None and self.kinds is not None:
            # The kind of a mentor is one code more, whose row holds what is forbidden.
            verdicts = np.where(self.allowed, 0, FORBIDDEN)
            codes = np.insert(codes, starts[1:], len(table) + self.kinds)
            starts = starts + np.arange(len(starts))
            table = np.concatenate([table, verdicts])
        # Once is enough for a pair that is closed several times, and more might not fit 32 bits.
        closed = np.unique(self.closed, axis=0)
        barred = np.full(len(closed), FORBIDDEN)
        cells = np.column_stack([closed, barred])
        extra = np.concatenate([self.extra, cells])
        rows, columns, points = extra.astype(np.int64).T
        return Source.of_tables(
            starts.astype(np.int64),
            codes.astype(np.int64),
            table.astype(np.int32),
            (rows, columns, points),
            self.bounds(),
        )

    def bounds(self) -> tuple[int, int]:
        """Return bounds on the points of any pair."""
        _, mentees = self.shape
        rows, columns, points = self.extra.T
        pairs = rows * mentees + columns
        _, cell = np.unique(pairs, return_inverse=True)
        singles = np.zeros(len(cell), np.int64)
        np.add.at(singles, cell, points)
        ends = []
        for best in (np.min, np.max):
            # The best mentee for each code, which need not be the same one for all codes of a
            # mentor.
            worth = np.zeros(len(self.table), np.int64)
            if self.table.size:
                worth = best(self.table, axis=1, initial=0).astype(np.int64)
            before = np.cumsum(worth[self.codes])
            before = np.concatenate([[0], before])
            sums = np.diff(before[self.starts])
            from_codes = int(best(sums, initial=0))
            from_cells = int(best(singles, initial=0))
            ends.append(from_codes + from_cells)
        lowest, highest = ends
        return lowest, highest

    def faults(self) -> Iterator[Fault]:
        """Go through what is wrong with the arrays."""
        strange = [*self._array_faults()]
        if strange:
            yield from strange
            return
        yield from self._code_faults()
        yield from self._pair_faults()
        yield from self._kind_faults()

    def _array_faults(self) -> Iterator[Fault]:
        for name, axes in AXES.items():
            array = getattr(self, name)
            if array is None and name in OPTIONAL:
                continue
            what, kinds = "whole", "iu"
            if name == "allowed":
                what, kinds = "true or false", "b"
            if not isinstance(array, np.ndarray) or array.ndim != axes:
                problem = f"{seen(array)} is not possible"
                if isinstance(array, np.ndarray):
                    problem = f"has shape {array.shape}"
                remedy = f"give a numpy array with {axes} ax{'i' if axes == 1 else 'e'}s"
                yield Fault("points", name, problem, remedy)
            elif array.dtype.kind not in kinds:
                problem = f"{array.dtype} is not {what}"
                yield Fault("points", name, problem, f"give {what} numbers")
            elif name in WIDTH and array.shape[1] != WIDTH[name]:
                remedy = f"give {WIDTH[name]} columns"
                yield Fault("points", name, f"has shape {array.shape}", remedy)

    def _code_faults(self) -> Iterator[Fault]:
        starts, codes, size = self.starts, self.codes, len(self.table)
        falls = np.diff(starts) < 0
        if not starts.size or starts[0] or falls.any():
            remedy = "give one start a mentor, and the end"
            yield Fault("points", "starts", "is not ascending from 0", remedy)
        elif starts[-1] != len(codes):
            remedy = f"end at {len(codes)}, all the codes"
            yield Fault("points", "starts", f"ends at {starts[-1]}", remedy)
        if codes.size and not 0 <= codes.min() <= codes.max() < size:
            problem = "a code has no row in the table"
            yield Fault("points", "codes", problem, f"give codes below {size}")

    def _pair_faults(self) -> Iterator[Fault]:
        shape = np.array(self.shape)
        for name in ("extra", "closed"):
            pairs = getattr(self, name)[:, :2]
            outside = (pairs < 0) | (pairs >= shape)
            if outside.any():
                problem = "names a pair outside the table"
                yield Fault("points", name, problem, f"stay within {self.shape}")

    def _kind_faults(self) -> Iterator[Fault]:
        kinds, allowed = self.kinds, self.allowed
        if (kinds is None) != (allowed is None):
            problem = "only one of kinds and allowed is given"
            yield Fault("points", "kinds", problem, "give both or neither")
        if kinds is None or allowed is None:
            return
        mentors, mentees = self.shape
        fits = kinds.shape == (mentors,) and allowed.shape[1:] == (mentees,)
        if fits and kinds.size:
            fits = kinds.min() >= 0 and kinds.max() < len(allowed)
        if not fits:
            problem = "do not fit the table of who may meet whom"
            yield Fault("points", "kinds", problem, "give a row for each kind")


def _inside(
    cells: Integers, rows: Indices, columns: Indices, shape: tuple[int, int]
) -> tuple[Indices, Indices, Indices]:
    """Return which cells are in a block, and where in it."""
    found = []
    for side, chosen in enumerate((rows, columns)):
        position = np.full(shape[side], -1, np.intp)
        position[chosen] = np.arange(len(chosen))
        found.append(position[cells[:, side]])
    row, column = found
    here = np.flatnonzero((row >= 0) & (column >= 0))
    return here, row[here], column[here]
