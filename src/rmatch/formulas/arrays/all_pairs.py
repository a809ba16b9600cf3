"""The points of all pairs and which of them may be made, some mentors at a time."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.formulas.arrays.block import Cells
from rmatch.formulas.arrays.own import Own
from rmatch.formulas.arrays.pile import Pile, peak_of
from rmatch.formulas.arrays.sums import Kinds
from rmatch.formulas.arrays.teaching import taught
from rmatch.formulas.arrays.terms import held, shared_out, terms_of
from rmatch.formulas.arrays.verdicts import bars_of
from rmatch.formulas.lines import COUNTED_ONCE, Lines
from rmatch.formulas.some import goes_by_protected
from rmatch.formulas.teaching import teaching_mentees
from rmatch.people import bare
from rmatch.utils.loops import heard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Block, Everybody
    from rmatch.formulas.arrays.terms import Term
    from rmatch.formulas.facts import Facts

AT_ONCE = 2**21
"""About so many pairs are worked out together."""
BARRED = -(2**28)
"""More points than this has only a pair that may be made, where points tell also that."""


class AllPairs:
    """The points of all pairs of a round and which of them may be made, by formulas over arrays.

    Rows are mentors and columns are mentees, both sorted by id. What it says of a pair is what :class:`rmatch.formulas.Lines`
    and :func:`rmatch.formulas.broken_rules` say of it.

    Parameters
    ----------
    facts : Facts
        The people, the programme, the requests.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts: Facts = facts
        self.lines: Lines = Lines(facts)
        self.shape: tuple[int, int] = len(facts.mentors), len(facts.mentees)

    def points(
        self, first: int, last: int, *, protected: bool = True, side: str | None = None
    ) -> NDArray[np.int64]:
        """Return the points of some mentors with all mentees.

        Parameters
        ----------
        first, last : int
            From which row to before which one.
        protected : bool
            Whether to count the share of protected attributes.
        side : {"mentor", "mentee"}, optional
            Whose gain it is to be; all points if absent.

        Returns
        -------
        numpy.ndarray of int64
            Whole points.
        """
        return self._pile(protected, side)(first, last).astype(np.int64, copy=False)

    def points_at(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64], *, protected: bool = True
    ) -> NDArray[np.int64]:
        """Return the points of single pairs."""
        found = np.zeros(len(rows), np.int64)
        for term in self._terms:
            if protected or not term.protected:
                found += term.block.at(rows, columns)
        return found

    def barred_at(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> dict[str, NDArray[np.bool_]]:
        """Return which single pairs each rule forbids."""
        found = {}
        for name, blocks in self.bars.items():
            found[name] = np.zeros(len(rows), bool)
            for block in blocks:
                found[name] |= block.at(rows, columns) != 0
        return found

    def told(self, first: int, last: int) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
        """Return the points of some mentors with all mentees, which tell whether a pair may be made as well.

        Parameters
        ----------
        first, last : int
            From which row to before which one.

        Returns
        -------
        tuple of two numpy.ndarray of int32 or int64
            Without the share of protected attributes, and with it; of pairs that may not be made not more than `BARRED`.
        """
        pile, others = self._barred
        blind = pile(first, last)
        for block in others:
            if isinstance(block, Cells):
                blind.reshape(-1)[block.in_rows(first, last)[0]] = -self._bar
            else:
                blind[block(first, last) != 0] = -self._bar
        points = blind.copy()
        self._guarded.add_to(points, first, last)
        programme = self.facts.programme
        if programme.min_points is not None:
            basis = points if programme.places == "with_protected" else blind
            low = basis < programme.min_points
            blind[low] = points[low] = -self._bar
        return blind, points

    def taught(self, *, protected: bool = True) -> dict[tuple[int, str], NDArray[np.int64]]:
        """Return what every mentor brings for each want: the points of a topic, by the column of who wants it.

        Parameters
        ----------
        protected : bool
            Whether to count the share of protected attributes.

        Returns
        -------
        dict of (int, str) to numpy.ndarray of int64
            A number for each mentor; what nobody brings anything for is left out.
        """
        found: dict[tuple[int, str], NDArray[np.int64]] = {}
        for absent, inside in shared_out(self.facts, self.lines):
            for item, most in self.lines.shares(absent):
                hidden = goes_by_protected(self.facts, item) and not protected
                if item.kind != COUNTED_ONCE or hidden:
                    continue
                for some in inside:
                    among = held(self.facts, item, some)
                    for want, points in self._each_taught(bare(item), most, among):
                        found[want] = found.get(want, 0) + points
        return found

    def _each_taught(
        self, item: Any, most: int, among: list[Everybody]
    ) -> Iterator[tuple[tuple[int, str], NDArray[np.int64]]]:
        sums, topics, _ = taught(teaching_mentees(self.facts, item, most))
        for some in among:
            sums = sums.within(some)
        names, wants = self.facts.columns.topics, self.facts.columns.wants
        wants = wants.take(self.facts.rows[1])
        for topic in np.intersect1d(topics, wants.codes).tolist():
            marks = sums.marks.only(topics[sums.marks.kinds] == topic)
            points = replace(sums, marks=marks)(0, self.shape[0])
            for learner in wants.rows[wants.codes == topic].tolist():
                yield (learner, names[topic]), points[:, learner]

    def open(self, first: int, last: int) -> NDArray[np.bool_]:
        """Return which pairs of some mentors may be made: no rule forbids them, and they are not below `min_points`."""
        programme = self.facts.programme
        allowed = np.ones((last - first, self.shape[1]), bool)
        for block in chain.from_iterable(self.bars.values()):
            allowed &= block(first, last) == 0
        if programme.min_points is not None:
            basis = self.points(first, last, protected=programme.places == "with_protected")
            allowed &= basis >= programme.min_points
        return allowed

    def whole(self, block: Callable[[int, int], NDArray[Any]]) -> NDArray[Any]:
        """Return what a block says of all pairs, in one matrix."""
        return np.concatenate([block(*rows) for rows in heard(self.blocks(), "points")])

    def blocks(self) -> list[tuple[int, int]]:
        """Return from which row to before which one the pairs are worked out together."""
        mentors, mentees = self.shape
        size = max(AT_ONCE // max(mentees, 1), 1)
        return [(first, min(first + size, mentors)) for first in range(0, max(mentors, 1), size)]

    @cached_property
    def weighed(self) -> bool:
        """Whether a protected attribute has a share in the points of any pair."""
        return any(term.protected for term in self._terms)

    @cached_property
    def has_own_points(self) -> bool:
        """Whether a criterion of one's own gives points."""
        return any(isinstance(term.block, Own) for term in self._terms)

    @cached_property
    def has_own_bars(self) -> bool:
        """Whether a rule of one's own forbids pairs."""
        return any(isinstance(bar, Own) for bar in chain.from_iterable(self.bars.values()))

    @cached_property
    def bars(self) -> dict[str, list[Block]]:
        """What is not 0 where a rule forbids a pair, by the name of the rule."""
        return dict(bars_of(self.facts))

    def _pile(self, protected: bool, side: str | None) -> Pile:
        key = protected, side
        if key not in self._piles:
            self._piles[key] = self._pile_of(
                term
                for term in self._terms
                if (protected or not term.protected)
                and (side is None or term.side in {side, "both"})
            )
        return self._piles[key]

    @cached_property
    def _terms(self) -> list[Term]:
        return list(terms_of(self.facts, self.lines))

    @cached_property
    def _piles(self) -> dict[tuple[bool, str | None], Pile]:
        return {}

    def _pile_of(self, terms: Iterable[Term]) -> Pile:
        return Pile.of((term.block for term in terms), self.shape)

    @cached_property
    def _guarded(self) -> Pile:
        """The points that protected attributes have a share in."""
        return self._pile_of(term for term in self._terms if term.protected)

    @cached_property
    def _bar(self) -> int:
        """What takes a pair below `BARRED`, whatever its points."""
        return sum(self._peaks) - BARRED

    @cached_property
    def _peaks(self) -> list[int]:
        """What no points of each term exceed, whatever their sign."""
        return [peak_of(term.block) for term in self._terms]

    @cached_property
    def _barred(self) -> tuple[Pile, list[Block]]:
        """The other points, less what takes pairs below `BARRED` that may not be made; and the bars that are no sums of rows."""
        bars = list(chain.from_iterable(self.bars.values()))
        sums = [Kinds(bar.kinds, -self._bar * bar.worth) for bar in bars if isinstance(bar, Kinds)]
        guarded = sum(compress(self._peaks, (term.protected for term in self._terms)))
        points = (term.block for term in self._terms if not term.protected)
        pile = Pile.of(chain(points, sums), self.shape, beside=guarded)
        return pile, [bar for bar in bars if not isinstance(bar, Kinds)]
