"""The points of all pairs and which of them may be made, some mentors at a time."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.formulas.arrays.points import parts_of
from rmatch.formulas.arrays.teaching import each_taught
from rmatch.formulas.arrays.verdicts import verdicts_of
from rmatch.formulas.lines import COUNTED_ONCE, Lines
from rmatch.formulas.some import concerns, goes_by_protected
from rmatch.formulas.teaching import teaching_mentees
from rmatch.people import Only, bare
from rmatch.utils.loops import heard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Block
    from rmatch.formulas.facts import Facts

AT_ONCE = 2**21
"""About so many pairs are worked out together."""


class Term(NamedTuple):
    """Points that are part of those of all pairs.

    Attributes
    ----------
    block : callable
        The points of some mentors with all mentees.
    protected : bool
        Whether a protected attribute has a share in them.
    side : {"mentor", "mentee", "both"}
        Who gains by them.
    """

    block: Block
    protected: bool
    side: str


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
        points = np.zeros((last - first, self.shape[1]), np.int64)
        for term in self._terms:
            gained = side is None or term.side in {side, "both"}
            if gained and (protected or not term.protected):
                points += term.block(first, last)
        return points

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
        for absent, inside in self._shared_out():
            for item, most in self.lines.shares(absent):
                hidden = goes_by_protected(self.facts, item) and not protected
                if item.kind == COUNTED_ONCE and not hidden:
                    within = [self._holds(item)] if isinstance(item, Only) else []
                    blocks = [*within, *([] if inside is None else [inside])]
                    for want, points in self._each_taught(bare(item), most, blocks):
                        found[want] = found.get(want, 0) + points
        return found

    def _each_taught(
        self, item: Any, most: int, within: list[Block]
    ) -> Iterator[tuple[tuple[int, str], NDArray[np.int64]]]:
        holds = [self.whole(block) for block in within]
        for name, topic in each_taught(teaching_mentees(self.facts, item, most)):
            for place, learner in enumerate(topic.learners.tolist()):
                points = np.zeros(self.shape[0], np.int64)
                points[topic.teachers] = topic.worth[topic.levels, place]
                for held in holds:
                    points *= held[:, learner]
                yield (learner, name), points

    def open(self, first: int, last: int) -> NDArray[np.bool_]:
        """Return which pairs of some mentors may be made: no rule forbids them, and they are not below `min_points`."""
        programme = self.facts.programme
        allowed = np.ones((last - first, self.shape[1]), bool)
        for verdict in self.verdicts.values():
            allowed &= verdict(first, last)
        if programme.min_points is not None:
            basis = self.points(first, last, protected=programme.places == "with_protected")
            allowed &= basis >= programme.min_points
        return allowed

    def whole(self, block: Block) -> NDArray[Any]:
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
    def _terms(self) -> list[Term]:
        return [
            term
            for absent, inside in self._shared_out()
            for item, most in self.lines.shares(absent)
            for term in self._of_criterion(item, most, inside)
        ]

    @cached_property
    def verdicts(self) -> dict[str, Block]:
        """Which pairs each rule allows."""
        return dict(verdicts_of(self.facts))

    def _of_criterion(self, item: Any, most: int, inside: Block | None) -> Iterator[Term]:
        own = self._holds(item) if isinstance(item, Only) else None
        protected = goes_by_protected(self.facts, item)
        for part in parts_of(self.facts, bare(item), most):
            block = _within(_within(part.block, own), inside)
            yield Term(block, part.protected or protected, item.side)

    def _holds(self, item: Any) -> Block:
        mentors, mentees = self._concerned(item)
        return lambda first, last: mentors[first:last, None] & mentees

    def _concerned(self, item: Any) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        mentors, mentees = (
            np.array([concerns(self.facts, item, person, side) for person in people], bool)
            for side, people in zip(("mentor", "mentee"), self.facts.sides, strict=True)
        )
        return mentors, mentees

    def _shared_out(self) -> Iterator[tuple[frozenset[int], Block | None]]:
        """Go through the sets of criteria, by position, that take no share from some pair, each with these pairs."""
        some = [
            position
            for position, item in enumerate(self.lines.sharing)
            if isinstance(item, Only) and item.takes_a_share
        ]
        if not some:
            yield frozenset(), None
            return
        sides = zip(
            *(self._concerned(self.lines.sharing[position]) for position in some), strict=True
        )
        (mentor_kinds, rows), (mentee_kinds, columns) = (
            np.unique(np.array(side), axis=1, return_inverse=True) for side in sides
        )
        # Shape (kinds of mentors, kinds of mentees, criteria): for which of these a pair is inside.
        inside = mentor_kinds.T[:, None, :] & mentee_kinds.T
        for here in np.unique(inside.reshape(-1, len(some)), axis=0):
            table = (inside == here).all(axis=2)
            absent = frozenset(at for at, held in zip(some, here.tolist(), strict=True) if not held)
            yield absent, _by_kind(table, rows.reshape(-1), columns.reshape(-1))


def _by_kind(table: NDArray[np.bool_], rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Block:
    return lambda first, last: table[rows[first:last]][:, columns]


def _within(block: Block, inside: Block | None) -> Block:
    if inside is None:
        return block
    return lambda first, last: np.where(inside(first, last), block(first, last), 0)
