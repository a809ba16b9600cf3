"""What criteria and rules of one's own say of pairs, by their own blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.loops import strips
from rmatch.utils.names import name_of
from rmatch.utils.own import asked

if TYPE_CHECKING:
    from rmatch.formulas.arrays.block import Everybody
    from rmatch.formulas.facts import Facts

Rows = Callable[[int, int], NDArray[Any]]
WHOLE = 2**22
"""Up to so many pairs all of them are worked out where single ones are asked for, and not row by row."""


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """What a block of one's own says, between some of the people.

    Attributes
    ----------
    shape : tuple of int
        The numbers of mentors and of mentees.
    rows : callable
        What the mentors from a first to before a last one have with all mentees.
    held : tuple of tuple of two numpy.ndarray of bool
        Between whom it holds, one condition after the other.
    """

    shape: tuple[int, int]
    rows: Rows
    held: tuple[Everybody, ...] = ()

    def __call__(self, first: int, last: int) -> NDArray[Any]:
        """Return what the mentors from a first to before a last one have with all mentees."""
        found = self.rows(first, last)
        for mentors, mentees in self.held:
            found = np.where(mentors[first:last, None] & mentees, found, 0)
        return found

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[Any]:
        """Return what single pairs have."""
        found = np.zeros(len(rows), np.int64)
        whole = self.shape[0] * self.shape[1] <= WHOLE
        for strip in strips(self.shape) if whole else map(_one_row, np.unique(rows).tolist()):
            here = np.flatnonzero((strip.start <= rows) & (rows < strip.stop))
            if len(here):
                block = self(strip.start, strip.stop)
                found[here] = block[rows[here] - strip.start, columns[here]]
        return found

    def within(self, some: Everybody) -> Own:
        """Return the same between some mentors and some mentees, and 0 between all others."""
        return replace(self, held=(*self.held, some))


def own_points(facts: Facts, criterion: Any, most: int) -> Own:
    """Return the whole points of a criterion of one's own."""
    said = _said(facts, criterion, f"criterion {name_of(criterion)!r}")
    share = 1 if criterion.weight is None else most
    return Own(
        _shape(facts),
        lambda first, last: np.rint(said(first, last).astype(float) * share).astype(np.int64),
    )


def own_bars(facts: Facts, rule: Any) -> Own:
    """Return whom a rule of one's own forbids."""
    said = _said(facts, rule, f"rule {name_of(rule)!r}")
    return Own(_shape(facts), lambda first, last: ~said(first, last).astype(bool))


def _one_row(row: int) -> slice:
    return slice(row, row + 1)


def _shape(facts: Facts) -> tuple[int, int]:
    return len(facts.mentors), len(facts.mentees)


def _said(facts: Facts, item: Any, where: str) -> Rows:
    crowd = facts.crowd(protected=item.protected)
    mentors, mentees = crowd.mentors, crowd.take(crowd.mentees)

    def block(first: int, last: int) -> NDArray[Any]:
        shape = last - first, len(mentees)
        if not all(shape):
            return np.zeros(shape)
        found = np.asarray(asked(where, item, "block", crowd.take(mentors[first:last]), mentees))
        if found.shape != shape:
            remedy = f"return {shape}, mentors × mentees"
            raise InvalidInputError([Fault(where, "shape", f"{found.shape}", remedy)])
        return found

    return block
