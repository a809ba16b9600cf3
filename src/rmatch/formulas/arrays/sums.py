"""Points that are sums of rows: each mentor adds up some rows of a table that has a column for each mentee."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.utils.compiled import available
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.formulas.arrays.block import Everybody


COMPILED = 2**22
"""From so many pairs on loading compiled code takes less time than it saves."""
MERGED = 64
"""Up to so many kinds of mentors stand for two kinds together."""


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """What each mentor has by a kind of their own.

    Attributes
    ----------
    kinds : numpy.ndarray of int64
        The kind of each mentor.
    worth : numpy.ndarray, shape (kinds, mentees)
        What each kind of mentor has with every mentee.
    """

    kinds: NDArray[np.int64]
    worth: NDArray[Any]

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        return self.worth[self.kinds[first:last]]

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what single pairs have."""
        return np.asarray(self.worth[self.kinds[rows], columns].astype(np.int64))

    def within(self, some: Everybody) -> Kinds:
        """Return the same between some mentors and some mentees, and 0 between all others."""
        mentors, mentees = some
        kinds = np.where(mentors, self.kinds, len(self.worth))
        return Kinds(kinds, np.pad(self.worth * mentees, ((0, 1), (0, 0))))

    def to(self, kind: Any) -> Kinds:
        """Return the same in numbers of another kind, which can hold them."""
        return Kinds(self.kinds, self.worth.astype(kind, copy=False))

    @property
    def peak(self) -> int:
        """What nobody exceeds, whatever its sign."""
        return int(np.abs(self.worth).max(initial=0))

    @property
    def single(self) -> Kinds:
        """The same."""
        return self

    @property
    def marks(self) -> csr_array:
        """How often each mentor counts each row of the table: once that of their kind."""
        return marked(np.arange(len(self.kinds) + 1), self.kinds, self.worth)


def marked(starts: NDArray[np.int64], kinds: NDArray[np.int64], worth: NDArray[Any]) -> csr_array:
    """Return that mentors count kinds of their own once, which stand one mentor after the other."""
    from scipy.sparse import csr_array

    ones = np.ones(len(kinds), worth.dtype)
    return csr_array((ones, kinds, starts), shape=(len(starts) - 1, len(worth)))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """A product of two tables of whole numbers.

    Attributes
    ----------
    marks : scipy.sparse.csr_array, shape (mentors, kinds)
        How often each mentor counts each row of the other table.
    worth : numpy.ndarray or scipy.sparse.csr_array, shape (kinds, mentees)
        What each kind of mentor has with every mentee; sparse where it is hardly anything.
    """

    marks: csr_array
    worth: Any

    @classmethod
    def added(cls, parts: Sequence[Sums | Kinds], shape: tuple[int, int], beside: int = 0) -> Sums:
        """Return the sum of some, in 32 bits where no sum can leave them, whatever it is `beside`."""
        from scipy.sparse import csr_array, hstack

        parts = [part for part in parts if part.worth.any()]
        kind = np.int32 if sum(part.peak for part in parts) + beside < 2**31 else np.int64
        marks, worth = csr_array((shape[0], 0), dtype=kind), np.zeros((0, shape[1]), kind)
        if merged := list(_merged([part.to(kind) for part in parts])):
            marks = csr_array(hstack([part.marks for part in merged], format="csr"))
            worth = np.concatenate([part.worth for part in merged])
        return cls(marks, worth)

    def to(self, kind: Any) -> Sums:
        """Return the same in numbers of another kind, which can hold them."""
        return Sums(self.marks.astype(kind), self.worth.astype(kind, copy=False))

    @property
    def single(self) -> Kinds | None:
        """The same by kinds, where each mentor has one or none."""
        times, numbers = np.diff(self.marks.indptr), np.unique(self.marks.data)
        if times.max(initial=0) > 1 or len(numbers) > 1:
            return None
        kinds = np.full(len(times), len(self.worth))
        kinds[times > 0] = self.marks.indices
        number = numbers[0] if len(numbers) else self.marks.dtype.type(0)
        return Kinds(kinds, np.pad(number * self.worth, ((0, 1), (0, 0))))

    @property
    def peak(self) -> int:
        """What no sum exceeds, whatever its sign."""
        if not self.marks.nnz or not self.worth.size:
            return 0
        highest = np.abs(self.worth).max(axis=1)
        return int((abs(self.marks) @ highest).max())

    @property
    def turned(self) -> Sums:
        """The same with the two sides in each other's place."""
        from scipy.sparse import csr_array

        return Sums(csr_array(self.worth.T), self.marks.T.toarray())

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        found: NDArray[Any] = self.product(first, last)
        return found

    def product(self, first: int, last: int) -> Any:
        """Return the same, sparse where the worth is."""
        return self.marks[first:last] @ self.worth

    def add_to(self, sums: NDArray[Any], first: int, last: int) -> None:
        """Add what the mentors from a first to before a last one have with all mentees, in compiled code where there are many."""
        if self.marks.shape[0] * self.worth.shape[1] < COMPILED or not available():
            sums += self(first, last)
            return
        from rmatch.formulas.arrays.fast import add_rows

        marks = self.marks
        add_rows(marks.indptr[first : last + 1], marks.indices, marks.data, self.worth, sums)

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what single pairs have."""
        mine = self.marks[rows]
        times = np.diff(mine.indptr)
        each = mine.data * self.worth[mine.indices, np.repeat(columns, times)].astype(np.int64)
        sums: NDArray[np.int64] = np.concatenate([[0], np.cumsum(each)])
        return sums[mine.indptr[1:]] - sums[mine.indptr[:-1]]

    def within(self, some: Everybody) -> Sums:
        """Return the same between some mentors and some mentees, and 0 between all others."""
        mentors, mentees = some
        marks = self.marks.copy()
        marks.data *= np.repeat(mentors, np.diff(marks.indptr))
        marks.eliminate_zeros()
        return Sums(marks, self.worth * mentees)


class Near(Sums):
    """Sums whose worth is sparse."""

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        found: NDArray[Any] = self.product(first, last).toarray()
        return found

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what single pairs have."""
        products: Any = self.marks[rows].multiply(self._turned_worth[columns]).sum(axis=1)
        found: NDArray[np.int64] = np.asarray(products).reshape(-1)
        return found

    def within(self, some: Everybody) -> Near:
        """Return the same between some mentors and some mentees, and 0 between all others."""
        mentors, mentees = some
        marks, worth = self.marks.copy(), self.worth.copy()
        marks.data *= np.repeat(mentors, np.diff(marks.indptr))
        worth.data *= mentees[worth.indices]
        return Near(marks, worth)

    @cached_property
    def _turned_worth(self) -> csr_array:
        turned: csr_array = self.worth.T.tocsr()
        return turned


def _merged(parts: Sequence[Sums | Kinds]) -> Iterator[Sums | Kinds]:
    """Go through the same sums with fewer rows for each mentor: what two kinds are worth together is worked out once."""
    known = [part.single for part in parts]
    yield from (part for part, one in zip(parts, known, strict=True) if one is None)
    singles = sorted((one for one in known if one is not None), key=lambda one: len(one.worth))
    while singles:
        listen("points")
        kinds, worth = (first := singles.pop(0)).kinds, first.worth
        while singles:
            others, theirs = singles[0].kinds, singles[0].worth
            both, which = np.unique(kinds * len(theirs) + others, return_inverse=True)
            if len(both) > MERGED:
                break
            one, other = np.divmod(both, len(theirs))
            kinds, worth = which.reshape(-1), worth[one] + theirs[other]
            singles.pop(0)
        yield Kinds(kinds, worth)
