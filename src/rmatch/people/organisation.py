"""The organisation chart: who reports to whom, how far apart two people are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from rmatch.people.people import People
from rmatch.utils.shown import Shown
from rmatch.utils.values import Value

NOBODY = -1


@dataclass(frozen=True, eq=False, repr=False)
class Organisation(Value, Shown):
    """The reporting lines between people.

    Attributes
    ----------
    manager : ndarray of int64, shape (people,)
        The row of each person's own boss, -1 for none (or one who is not in the table).
    placed : ndarray of bool, shape (people,)
        Who has a place in the chart: a boss, or somebody reporting to them.
    """

    manager: NDArray[np.int64]
    placed: NDArray[np.bool_]

    @classmethod
    def of(cls, people: People) -> Organisation:
        """Read the chart off the people's manager ids, which must not run in a circle."""
        row: dict[str | None, int] = dict(zip(people.id, range(len(people)), strict=True))
        rows = map(row.get, people.manager_id, repeat(NOBODY))
        manager = np.fromiter(rows, np.int64, len(people))
        has_boss = manager != NOBODY
        placed = has_boss.copy()
        placed[manager[has_boss]] = True
        return cls(manager, placed)

    @cached_property
    def depth(self) -> int:
        """The number of steps in the longest chain."""
        steps = 0
        bosses = self.manager[self.manager != NOBODY]
        # Each turn goes one step up from everybody at once; it ends because no chain is a circle.
        while bosses.size:
            steps += 1
            next_up = np.unique(self.manager[bosses])
            bosses = next_up[next_up != NOBODY]
        return steps

    def above(self, rows: NDArray[np.intp], steps: int) -> NDArray[np.int64]:
        """Return the people 0, 1, … `steps` steps above some people, -1 where the chain has ended.

        Parameters
        ----------
        rows : ndarray of int
            The people asked about.
        steps : int
            How far up to go.

        Returns
        -------
        ndarray of int64, shape (steps + 1, ...)
            In row `s` the person `s` steps up; row 0 is the person.
        """
        chain = np.full((steps + 1, *rows.shape), NOBODY, np.int64)
        chain[0] = rows
        for step in range(steps):
            there = chain[step] != NOBODY
            chain[step + 1, there] = self.manager[chain[step, there]]
        return chain

    def distance(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp], cap: int
    ) -> NDArray[np.int64]:
        """Return the steps between people along reporting lines, at most `cap`.

        Two people are ``p + q`` steps apart where the person `p` steps above one is the person `q` steps above the
        other and `p`, `q` are the smallest such numbers; people without a common boss count as `cap`.

        Parameters
        ----------
        rows, columns : ndarray of int
            The people, which broadcast against each other: two lists of one length are pairs.
        cap : int
            Where to stop counting.

        Returns
        -------
        ndarray of int64
            The capped distances, in the shape that the two broadcast to.
        """
        up = self.above(rows, cap - 1)
        across = self.above(columns, cap - 1)
        steps = np.full(np.broadcast_shapes(rows.shape, columns.shape), cap, np.int64)
        # The longest ways come first, so that the shortest one of a pair is written last and stays.
        for p, q in reversed(_ways(cap)):
            common = up[p] == across[q]
            somebody = across[q] != NOBODY
            steps[common & somebody] = p + q
        return steps

    def near(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp], cap: int
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]:
        """Return the pairs that are fewer than `cap` steps apart, each once, and their distances.

        Parameters
        ----------
        rows, columns : ndarray of int
            The two groups of people.
        cap : int
            Where to stop counting.

        Returns
        -------
        tuple of three ndarray of int
            Positions in `rows` and in `columns`, sorted, and the steps between the two.
        """
        up = self.above(rows, cap - 1)
        across = self.above(columns, cap - 1)
        ways = _ways(cap)
        met = [_same(up[p], across[q]) for p, q in ways]
        counts = [len(i) for i, _ in met]
        lengths = np.repeat([p + q for p, q in ways], counts)
        # A pair is one number, row by row. The shortest ways come first, and the first of equal numbers is kept.
        keys = np.concatenate([i * len(columns) + j for i, j in met])
        pairs, first = np.unique(keys, return_index=True)
        i, j = np.divmod(pairs, max(len(columns), 1))
        return i, j, lengths[first]

    def in_line(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp], steps: int | None
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the pairs of which one stands in the other's reporting line, as `chained` marks them.

        Parameters
        ----------
        rows, columns : ndarray of int
            The two groups of people.
        steps : int or None
            Within so many steps; `None` for the whole line.

        Returns
        -------
        tuple of two ndarray of int
            Positions in `rows` and in `columns`.
        """
        reach = self.depth if steps is None else min(steps, self.depth)
        below = [_same(bosses, columns) for bosses in self.above(rows, reach)[1:]]
        above = [_same(rows, bosses) for bosses in self.above(columns, reach)[1:]]
        nobody = (np.zeros(0, np.intp),) * 2  # all there is where nobody has a manager
        i, j = zip(nobody, *below, *above, strict=True)
        return np.concatenate(i), np.concatenate(j)

    def chained(
        self, rows: NDArray[np.intp], columns: NDArray[np.intp], steps: int | None
    ) -> NDArray[np.bool_]:
        """Tell who stands in the other's reporting line, either way.

        Parameters
        ----------
        rows, columns : ndarray of int
            The two groups of people.
        steps : int or None
            Within so many steps; `None` for the whole line.

        Returns
        -------
        ndarray of bool, shape (rows, columns)
            True where one is above the other.
        """
        reach = self.depth if steps is None else min(steps, self.depth)
        upwards = self.above(rows, reach)[1:]
        downwards = self.above(columns, reach)[1:]
        line = np.zeros((len(rows), len(columns)), bool)
        for bosses, leaders in zip(upwards, downwards, strict=True):
            line |= bosses[:, None] == columns
            line |= rows[:, None] == leaders
        return line


def _ways(cap: int) -> list[tuple[int, int]]:
    """Return how far above either person a common boss may be for less than `cap` steps, the shortest ways first."""
    ways = [(p, q) for p in range(cap) for q in range(cap - p)]
    return sorted(ways, key=sum)


def _same(
    left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all positions of the same person in two lists."""
    order = np.argsort(right, kind="stable")
    size = max(int(left.max(initial=NOBODY)), int(right.max(initial=NOBODY))) + 1
    often = np.bincount(right - NOBODY, minlength=size - NOBODY)
    first = (np.cumsum(often) - often)[left - NOBODY]
    counts = np.where(left == NOBODY, 0, often[left - NOBODY])
    # Everybody in `left` has a run of `counts` in the order of `right`, from `first` on; the runs are laid end to end.
    starts = np.cumsum(counts) - counts
    positions = np.arange(counts.sum()) + np.repeat(first - starts, counts)
    return np.repeat(np.arange(len(left)), counts), order[positions]
