"""The points of all criteria, each between those for whom it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.formulas.arrays.points import parts_of
from rmatch.formulas.arrays.verdicts import concerned_by
from rmatch.formulas.some import goes_by_protected
from rmatch.people import Only, bare
from rmatch.utils.loops import heard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.formulas.arrays.block import Block, Everybody
    from rmatch.formulas.facts import Facts
    from rmatch.formulas.lines import Lines


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


def terms_of(facts: Facts, lines: Lines) -> Iterator[Term]:
    """Go through the points of all criteria, part by part."""
    for absent, inside in shared_out(facts, lines):
        for item, most in lines.shares(absent):
            protected = goes_by_protected(facts, item)
            for part in heard(parts_of(facts, bare(item), most), "points"):
                for some in inside:
                    block = part.block
                    for each in held(facts, item, some):
                        block = block.within(each)
                    yield Term(block, part.protected or protected, item.side)


def held(facts: Facts, item: Any, inside: Everybody | None) -> list[Everybody]:
    """Return between whom a criterion holds, one condition after the other."""
    own = [concerned_by(facts, item)] if isinstance(item, Only) else []
    return own if inside is None else [*own, inside]


def shared_out(
    facts: Facts, lines: Lines
) -> Iterator[tuple[frozenset[int], list[Everybody | None]]]:
    """Go through the sets of criteria, by position, that take no share from some pair, each with these pairs."""
    some = [
        position
        for position, item in enumerate(lines.sharing)
        if isinstance(item, Only) and item.takes_a_share
    ]
    if not some:
        yield frozenset(), [None]
        return
    sides = zip(*(concerned_by(facts, lines.sharing[position]) for position in some), strict=True)
    (mentor_kinds, rows), (mentee_kinds, columns) = (
        np.unique(np.array(side), axis=1, return_inverse=True) for side in sides
    )
    # Shape (kinds of mentors, kinds of mentees, criteria): for which of these a pair is inside.
    inside = mentor_kinds.T[:, None, :] & mentee_kinds.T
    for here in np.unique(inside.reshape(-1, len(some)), axis=0):
        table = (inside == here).all(axis=2)
        absent = frozenset(at for at, held in zip(some, here.tolist(), strict=True) if not held)
        yield (
            absent,
            [
                (rows.reshape(-1) == kind, mentees[columns.reshape(-1)])
                for kind, mentees in enumerate(table)
                if mentees.any()
            ],
        )
