"""The master: the best matching over some of the arcs, warm from one call to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.solve.columns.augment import FAR, NONE, Room, Side, greedy, restore, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.solve.network.network import Whole

BUDGET = 20_000_000


class Master:
    r"""A transportation problem over a growing set of arcs, in whole numbers, with its prices.

    Maximises :math:`\sum p_{ij} x_{ij}` over its arcs subject to :math:`l_i \le \sum_j x_{ij} \le c_i`,
    :math:`m_j \le \sum_i x_{ij} \le d_j` and :math:`0 \le x_{ij} \le 1`, or fails to meet as few minimums as possible.
    The optimum and its prices satisfy :math:`u_i + v_j \ge p_{ij}` where :math:`x_{ij} = 0`,
    :math:`u_i + v_j \le p_{ij}` where :math:`x_{ij} = 1`, :math:`u_i \ge 0` where :math:`i` has more than :math:`l_i`
    partners, and :math:`u_i \le 0` where it has fewer than :math:`c_i`; likewise :math:`v_j`.

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
    """

    def __init__(
        self,
        capacities: tuple[Whole, Whole],
        minimums: tuple[Whole, Whole],
        prices: tuple[Whole, Whole],
        must: int,
    ) -> None:
        self.must = must
        self.keys = np.zeros(0, np.int64)
        self._people = [
            {"price": price.astype(np.int64), "most": most, "fewest": fewest}
            for price, most, fewest in zip(prices, capacities, minimums, strict=True)
        ]
        self._points = np.zeros(0, np.int64)
        self._chosen = np.zeros(0, bool)
        self._sides = self._built()

    @property
    def prices(self) -> tuple[Whole, Whole]:
        """The prices of the rows and of the columns."""
        return self._sides[0].price, self._sides[1].price

    @property
    def counts(self) -> tuple[Whole, Whole]:
        """The number of partners of each row and of each column."""
        return self._sides[0].taken, self._sides[1].taken

    @property
    def pairs(self) -> tuple[Whole, Whole, Whole]:
        """Row, column and points of each pair, sorted."""
        chosen = np.flatnonzero(self._sides[0].chosen)
        width = len(self.prices[1])
        return self.keys[chosen] // width, self.keys[chosen] % width, self._sides[0].points[chosen]

    @property
    def missed(self) -> tuple[Whole, Whole]:
        """Rows and columns with fewer partners than they need."""
        rows, columns = self._sides
        return np.flatnonzero(rows.taken < rows.fewest), np.flatnonzero(
            columns.taken < columns.fewest
        )

    @property
    def spare(self) -> int:
        """The most chosen arcs of any row that are worth more than their two prices."""
        side, other = self._sides
        place = np.flatnonzero(side.chosen)
        row, column = (
            self.keys[place] // max(len(other.price), 1),
            self.keys[place] % max(len(other.price), 1),
        )
        over = side.points[place] > side.price[row] + other.price[column]
        return int(np.bincount(row[over]).max(initial=0))

    def chosen(self, rows: Whole, columns: Whole) -> NDArray[np.bool_]:
        """Return which of some pairs are in the matching."""
        keys = rows * len(self.prices[1]) + columns
        place = np.minimum(np.searchsorted(self.keys, keys), max(len(self.keys) - 1, 0))
        chosen: NDArray[np.bool_] = (self.keys[place] == keys) & self._sides[0].chosen[place]
        return chosen

    def add(self, rows: Whole, columns: Whole, points: Whole) -> int:
        """Take in arcs, those known already left out, and return how many were new."""
        keys, first = np.unique(rows * np.int64(len(self.prices[1])) + columns, return_index=True)
        places = np.asarray(np.searchsorted(self.keys, keys))
        new = np.append(self.keys, -1)[places] != keys
        place = places[new]
        self._chosen = np.insert(self._sides[0].chosen, place, values=False)
        self._points = np.insert(self._sides[0].points, place, points[first[new]])
        self.keys = np.insert(self.keys, place, keys[new])
        self._sides = self._built()
        return int(new.sum())

    def solve(self, pause: Callable[[], None] = lambda: None) -> None:
        """Make matching and prices optimal over the arcs; between searches `pause` may raise."""
        rows, columns = self._sides
        restore(rows, columns)
        greedy(rows, columns)
        for near, far in ((rows, columns), (columns, rows)):
            room, node = _room(near, far), 0
            while node < len(near.price):
                node = settle(near, far, room, self.must, node, BUDGET)
                pause()

    def _ends(self) -> tuple[Whole, Whole]:
        width = max(len(self._people[1]["price"]), 1)
        return self.keys // width, self.keys % width

    def _built(self) -> tuple[Side, Side]:
        row, column = self._ends()
        order = np.argsort(column.astype(np.int32), kind="stable")
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        return (
            _side(self._people[0], row, column, self._points, place, self._chosen),
            _side(
                self._people[1],
                column[order],
                row[order],
                self._points[order],
                order,
                self._chosen[order],
            ),
        )


def _side(
    people: dict[str, Whole],
    near: Whole,
    far: Whole,
    points: Whole,
    cross: NDArray[Any],
    chosen: NDArray[np.bool_],
) -> Side:
    size = len(people["price"])
    places = np.flatnonzero(chosen)
    count = np.bincount(near[places], minlength=size)
    head, follow = np.full(size, NONE, np.int32), np.full(len(near), NONE, np.int32)
    head[near[places]] = places
    same = near[places[1:]] == near[places[:-1]]
    follow[places[1:][same]] = places[:-1][same]
    return Side(
        start=np.searchsorted(near, np.arange(size + 1)),
        other=far.astype(np.int32),
        points=points,
        cross=cross.astype(np.int32),
        chosen=chosen.copy(),
        head=head,
        follow=follow,
        taken=count,
        **people,
    )


def _room(near: Side, far: Side) -> Room:
    people, others = len(near.price), len(far.price)
    # A search pushes each arc once at most.
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
