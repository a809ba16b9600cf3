"""Points that are sums of rows: each mentor adds up some rows of a table that has a column for each mentee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.utils.added_rows import add_rows
from rmatch.utils.compiled import pays
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Everybody


COMPILED = 2**22
"""From so many pairs on loading compiled code takes less time than it saves."""
MERGED = 64
"""Up to so many kinds of mentors stand for two kinds together."""


class Marks(NamedTuple):
    """Which rows of a table each mentor counts, and how often.

    Attributes
    ----------
    starts : numpy.ndarray of int64
        Mentor `i` counts the rows ``kinds[starts[i]:starts[i + 1]]``.
    kinds : numpy.ndarray of int64
        Rows of the table.
    numbers : numpy.ndarray of int32 or int64
        How often each of them counts.
    """

    starts: NDArray[np.int64]
    kinds: NDArray[np.int64]
    numbers: NDArray[Any]

    @classmethod
    def gathered(
        cls, rows: NDArray[np.intp], kinds: NDArray[np.int64], numbers: NDArray[Any], size: int
    ) -> Marks:
        """Return those of so many mentors, one entry for each mentor and kind, in any order."""
        order = np.argsort(rows, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))])
        return cls(starts, kinds[order], numbers[order])

    @classmethod
    def once(
        cls, starts: NDArray[np.int64], kinds: NDArray[np.int64], worth: NDArray[Any]
    ) -> Marks:
        """Return that mentors count kinds of their own once, which stand one mentor after the other."""
        return cls(starts, kinds, np.ones(len(kinds), worth.dtype))

    @property
    def times(self) -> NDArray[np.int64]:
        """How many rows each mentor counts."""
        return np.diff(self.starts)

    @property
    def mentors(self) -> NDArray[np.int64]:
        """Who counts each."""
        return np.repeat(np.arange(len(self.starts) - 1), self.times)

    def between(self, first: int, last: int) -> Marks:
        """Return those of the mentors from a first to before a last one."""
        starts = self.starts[first : last + 1]
        here = slice(starts[0], starts[-1])
        return Marks(starts - starts[0], self.kinds[here], self.numbers[here])

    def of(self, rows: NDArray[np.int64]) -> Marks:
        """Return those of any mentors, some of whom may be there twice."""
        times = self.times[rows]
        starts = np.concatenate([[0], np.cumsum(times)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], times)
        return Marks(starts, self.kinds[places], self.numbers[places])

    def only(self, held: NDArray[np.bool_]) -> Marks:
        """Return those that are held."""
        before = np.concatenate([[0], np.cumsum(held)])
        return Marks(before[self.starts], self.kinds[held], self.numbers[held])

    def summed(self, each: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return for every mentor the sum of what each row they count is worth to them."""
        sums = np.concatenate([[0], np.cumsum(self.numbers * each.astype(np.int64))])
        return np.diff(sums[self.starts])


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
        return max(int(self.worth.max(initial=0)), -int(self.worth.min(initial=0)))

    @property
    def single(self) -> Kinds:
        """The same."""
        return self

    @property
    def marks(self) -> Marks:
        """How often each mentor counts each row of the table: once that of their kind."""
        return Marks.once(np.arange(len(self.kinds) + 1), self.kinds, self.worth)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """A product of two tables of whole numbers.

    Attributes
    ----------
    marks : Marks
        How often each mentor counts each row of the other table.
    worth : numpy.ndarray, shape (kinds, mentees)
        What each kind of mentor has with every mentee.
    """

    marks: Marks
    worth: NDArray[Any]

    @classmethod
    def added(cls, parts: Sequence[Sums | Kinds], shape: tuple[int, int], beside: int = 0) -> Sums:
        """Return the sum of some, in 32 bits where no sum can leave them, whatever it is `beside`."""
        parts = [part for part in parts if part.worth.any()]
        kind = np.int32 if sum(part.peak for part in parts) + beside < 2**31 else np.int64
        rows, kinds, numbers = ([np.zeros(0, each)] for each in (np.intp, np.int64, kind))
        worth, size = [np.zeros((0, shape[1]), kind)], 0
        for part in _merged([part.to(kind) for part in parts]):
            marks = part.marks
            rows.append(marks.mentors)
            kinds.append(marks.kinds + size)
            numbers.append(marks.numbers)
            worth.append(part.worth)
            size += len(part.worth)
        joined = [np.concatenate(each) for each in (rows, kinds, numbers)]
        marks = Marks.gathered(joined[0], joined[1], joined[2], shape[0])
        return cls(marks, np.concatenate(worth))

    def to(self, kind: Any) -> Sums:
        """Return the same in numbers of another kind, which can hold them."""
        marks = self.marks._replace(numbers=self.marks.numbers.astype(kind, copy=False))
        return Sums(marks, self.worth.astype(kind, copy=False))

    @property
    def single(self) -> Kinds | None:
        """The same by kinds, where each mentor has one or none."""
        times, numbers = self.marks.times, np.unique(self.marks.numbers)
        if times.max(initial=0) > 1 or len(numbers) > 1:
            return None
        kinds = np.full(len(times), len(self.worth))
        kinds[times > 0] = self.marks.kinds
        number = numbers[0] if len(numbers) else self.worth.dtype.type(0)
        return Kinds(kinds, np.pad(number * self.worth, ((0, 1), (0, 0))))

    @property
    def peak(self) -> int:
        """What no sum exceeds, whatever its sign."""
        if not self.worth.size:
            return 0
        highest = np.abs(self.worth).max(axis=1)
        marks = self.marks._replace(numbers=np.abs(self.marks.numbers))
        return int(marks.summed(highest[marks.kinds]).max(initial=0))

    @property
    def turned(self) -> Sums:
        """The same with the two sides in each other's place."""
        mentees, kinds = np.nonzero(self.worth.T)
        marks = Marks.gathered(mentees, kinds, self.worth[kinds, mentees], self.worth.shape[1])
        worth = np.zeros((len(self.worth), len(self.marks.times)), self.worth.dtype)
        np.add.at(worth, (self.marks.kinds, self.marks.mentors), self.marks.numbers)
        return Sums(marks, worth)

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        found = np.zeros((last - first, self.worth.shape[1]), self.worth.dtype)
        add_rows(*self.marks.between(first, last), self.worth, found)
        return found

    def add_to(self, sums: NDArray[Any], first: int, last: int) -> None:
        """Add what the mentors from a first to before a last one have with all mentees, in compiled code where there are many."""
        mine = self.to(sums.dtype)
        if not pays(len(self.marks.times) * self.worth.shape[1], COMPILED):
            add_rows(*mine.marks.between(first, last), mine.worth, sums)
            return
        from rmatch.formulas.arrays import fast

        starts, kinds, numbers = mine.marks
        fast.add_rows(starts[first : last + 1], kinds, numbers, mine.worth, sums)

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what single pairs have."""
        marks = self.marks.of(rows)
        return marks.summed(self.worth[marks.kinds, np.repeat(columns, marks.times)])

    def within(self, some: Everybody) -> Sums:
        """Return the same between some mentors and some mentees, and 0 between all others."""
        mentors, mentees = some
        return Sums(self.marks.only(mentors[self.marks.mentors]), self.worth * mentees)


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
