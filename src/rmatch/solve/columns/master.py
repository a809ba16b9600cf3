"""The master: the best matching over some of the arcs, warm from one call to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.solve.columns.auction import approach
from rmatch.solve.columns.augment import FAR, Room, greedy, restore, settle
from rmatch.solve.columns.sides import NONE, Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.network.network import Whole

BUDGET = 2_000_000
"""About how many arcs compiled code looks at before others get a say: less than a tenth of a second."""

MANY = 32
"""Where one of so many has to be matched anew, so has everybody."""


class People(NamedTuple):
    """The people of one side: their prices, the most and fewest partners of each, and what the first one is worth."""

    price: Whole
    most: Whole
    fewest: Whole
    first: Whole


class Master:
    r"""A transportation problem over a growing set of arcs, in whole numbers, with its prices.

    Maximises :math:`\sum p_{ij} x_{ij}` over its arcs subject to :math:`l_i \le \sum_j x_{ij} \le c_i`,
    :math:`m_j \le \sum_i x_{ij} \le d_j` and :math:`0 \le x_{ij} \le 1`, or fails to meet as few minimums as possible.
    The optimum and its prices satisfy :math:`u_i + v_j \ge p_{ij}` where :math:`x_{ij} = 0`,
    :math:`u_i + v_j \le p_{ij}` where :math:`x_{ij} = 1`, :math:`u_i \ge 0` where :math:`i` has more than :math:`l_i`
    partners, and :math:`u_i \le 0` where it has fewer than :math:`c_i`; likewise :math:`v_j`. Where a first partner is
    worth :math:`w_i` beside the points, :math:`-w_i` takes the place of 0 between none and one.

    All of this but the last holds at any time. Who has places left at a positive price is searched for, along a path on
    which the prices leave the least slack: to someone who has a place left, or to someone on the same side whose price
    falls to 0 first and who gives up a partner (Edmonds and Karp 1972). Either side can search, so prices may start
    anywhere, and new arcs disturb only their own ends.

    Parameters
    ----------
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each row and of each column.
    prices : tuple of two numpy.ndarray of int64
        Where to start; not negative.
    must : int
        What a missed minimum costs: more than any change of all other partners could earn.
    firsts : tuple of two numpy.ndarray of int64
        What the first partner of each row and of each column is worth.
    """

    def __init__(
        self,
        capacities: tuple[Whole, Whole],
        minimums: tuple[Whole, Whole],
        prices: tuple[Whole, Whole],
        must: int,
        firsts: tuple[Whole, Whole],
    ) -> None:
        self.must = must
        self.keys: Whole = np.zeros(0, np.int64)
        # The prices change in place, and so live on when the sides are built anew around more arcs.
        self._people = [
            People(price.astype(np.int64), most, fewest, first)
            for price, most, fewest, first in zip(prices, capacities, minimums, firsts, strict=True)
        ]
        _, column_prices = prices
        self._width = max(len(column_prices), 1)
        nothing = np.zeros(0, np.int64)
        self._sides = self._built(nothing, nothing.astype(bool))

    @property
    def prices(self) -> tuple[Whole, Whole]:
        """The prices of the rows and of the columns."""
        rows, columns = self._people
        return rows.price, columns.price

    def in_points(self, bonus: int) -> tuple[Whole, Whole]:
        """Return copies of the prices without what each pair counts beside its points: it comes off those of the rows."""
        u, v = self.prices
        return u - bonus, v.copy()

    @property
    def pairs(self) -> tuple[Whole, Whole, Whole]:
        """Row, column and points of each pair, sorted."""
        side = self._sides[0]
        chosen = np.flatnonzero(side.chosen)
        rows, columns = self._ends(self.keys[chosen])
        return rows, columns, side.points[chosen]

    @property
    def reaching(self) -> tuple[Whole, Whole]:
        """Row and column of each arc that is worth no less than its two prices."""
        (u, v), (rows, columns) = self.prices, self._ends(self.keys)
        there = np.flatnonzero(self._sides[0].points >= u[rows] + v[columns])
        return rows[there], columns[there]

    @property
    def missed(self) -> tuple[Whole, Whole]:
        """Rows and columns with fewer partners than they need."""
        rows, columns = self._sides
        return (
            np.flatnonzero(rows.taken < rows.fewest),
            np.flatnonzero(columns.taken < columns.fewest),
        )

    @property
    def spare(self) -> int:
        """The most chosen arcs of any row that are worth more than their two prices."""
        u, v = self.prices
        rows, columns, points = self.pairs
        over = points > u[rows] + v[columns]
        counts = np.bincount(rows[over])
        return int(counts.max(initial=0))

    def chosen(self, rows: Whole, columns: Whole) -> NDArray[np.bool_]:
        """Return which of some pairs are in the matching."""
        keys = self._keys(rows, columns)
        position = np.asarray(np.searchsorted(self.keys, keys))
        # No key is -1: what would stand behind the last one is not known.
        known = np.append(self.keys, -1)[position] == keys
        chosen: NDArray[np.bool_] = np.zeros(len(keys), bool)
        chosen[known] = self._sides[0].chosen[position[known]]
        return chosen

    def add(self, rows: Whole, columns: Whole, points: Whole) -> int:
        """Take in arcs, those known already left out, and return how many were new."""
        keys, first = np.unique(self._keys(rows, columns), return_index=True)
        position = np.asarray(np.searchsorted(self.keys, keys))
        # No key is -1: what would stand behind the last one is new.
        there = np.append(self.keys, -1)[position]
        new = there != keys
        keys = keys[new]
        position = position[new]
        points = points[first[new]]
        side = self._sides[0]
        self.keys = np.insert(self.keys, position, keys)
        self._sides = self._built(
            np.insert(side.points, position, points),
            np.insert(side.chosen, position, values=False),
        )
        return len(keys)

    def solve(
        self,
        pause: Callable[[], None] = lambda: None,
        known: tuple[Whole, Whole] | None = None,
    ) -> None:
        """Make matching and prices optimal over the arcs; between searches `pause` may raise.

        Of arcs that are as good as others, those of a matching that is known come first: good prices are then right at once.
        """
        rows, columns = self._sides
        before = int(rows.taken.sum())
        pause()
        # New arcs may exceed the prices of their ends: the prices of the rows make room for them.
        restore(rows, columns)
        pause()
        if known is not None:
            rows, columns = self._sides = self._with_known(*known)
            pause()
        if MANY * int(rows.taken.sum()) <= (MANY - 1) * before:
            # So many searches would take longer than to bid for everything anew.
            self._bid(pause)
            pause()
        greedy(rows, columns)
        pause()
        # Either side searches for its own people, and breaks nothing that the other has mended.
        for near, far in ((rows, columns), (columns, rows)):
            room = _room(near, far)
            node = 0
            while node < len(near.price):
                pause()
                node = settle(near, far, room, self.must, node, BUDGET)

    def _bid(self, pause: Callable[[], None]) -> None:
        """Give up all chosen arcs, and make prices anew: the side with fewer places bids for those of the other."""
        near, far = rows, columns = self._sides
        if columns.most.sum() < rows.most.sum():
            near, far = columns, rows
        near.price[:] = 0
        for side in (near, far):
            side.chosen[:] = False
            side.head[:] = NONE
            side.taken[:] = 0
        approach(near, far, pause)
        pause()
        restore(near, far)

    def _with_known(self, rows: Whole, columns: Whole) -> tuple[Side, Side]:
        """Return both sides with those arcs of a matching chosen that are tight, where none was before."""
        u, v = self.prices
        side, position = self._sides[0], np.searchsorted(self.keys, self._keys(rows, columns))
        chosen = side.chosen.copy()
        chosen[position] = side.points[position] == u[rows] + v[columns]
        return self._built(side.points, chosen)

    def _keys(self, rows: Whole, columns: Whole) -> Whole:
        """Return a number for each pair, by which arcs are in the order of their rows, then of their columns."""
        return rows * np.int64(self._width) + columns

    def _ends(self, keys: Whole) -> tuple[Whole, Whole]:
        return keys // self._width, keys % self._width

    def _built(self, points: Whole, chosen: NDArray[np.bool_]) -> tuple[Side, Side]:
        """Return both sides of the arcs, with their points and which of them are chosen, in the order of their keys."""
        rows, columns = self._people
        row, column = self._ends(self.keys)
        # numpy sorts narrow numbers by their digits, in linear time; the stable order keeps rows in
        # theirs.
        order = np.argsort(column.astype(np.int32), kind="stable")
        size = len(order)
        position = np.empty(size, np.int32)
        position[order] = np.arange(size, dtype=np.int32)
        by_row = _side(rows, row, column, points, position, chosen)
        by_column = _side(
            columns,
            near=column[order],
            far=row[order],
            points=points[order],
            cross=order,
            chosen=chosen[order],
        )
        return by_row, by_column


def _side(
    people: People,
    near: Whole,
    far: Whole,
    points: Whole,
    cross: NDArray[Any],
    chosen: NDArray[np.bool_],
) -> Side:
    """Return one side of some arcs, which are in the order of its people."""
    size = len(people.price)
    positions = np.flatnonzero(chosen)
    owners = near[positions]
    head = np.full(size, NONE, np.int32)
    follow = np.full(len(near), NONE, np.int32)
    # The list of a person begins at the last of the chosen arcs, which is written last, and goes
    # back.
    head[owners] = positions
    same = owners[1:] == owners[:-1]
    later = positions[1:][same]
    earlier = positions[:-1][same]
    follow[later] = earlier
    return Side(
        start=np.searchsorted(near, np.arange(size + 1)),
        other=far.astype(np.int32),
        points=points,
        cross=cross.astype(np.int32),
        chosen=chosen.copy(),
        head=head,
        follow=follow,
        price=people.price,
        taken=np.bincount(owners, minlength=size),
        most=people.most,
        fewest=people.fewest,
        first=people.first,
    )


def _room(near: Side, far: Side) -> Room:
    people, others = len(near.price), len(far.price)
    # The heap has room: a distance only falls, and only its last entry is not stale, so that the
    # arcs of each person are gone over once, and each arc puts somebody on the heap once at most.
    heap = len(near.other) + len(far.other) + 1
    return Room(
        near=np.full(people, FAR),
        far=np.full(others, FAR),
        near_by=np.zeros(people, np.int32),
        far_by=np.zeros(others, np.int32),
        keys=np.empty(heap, np.int64),
        nodes=np.empty(heap, np.int32),
        stack=np.zeros(people + 1, np.int32),
        touched=np.zeros(people + others + 1, np.int32),
    )
