"""What criteria and rules of one's own say of some mentors with all mentees, by their own blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.names import name_of
from rmatch.utils.own import asked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Block
    from rmatch.formulas.facts import Facts


def own_points(facts: Facts, criterion: Any, most: int) -> Block:
    """Return the whole points of a criterion of one's own."""
    said = _said(facts, criterion, f"criterion {name_of(criterion)!r}")
    share = 1 if criterion.weight is None else most
    return lambda first, last: np.rint(said(first, last).astype(float) * share).astype(np.int64)


def own_verdicts(facts: Facts, rule: Any) -> Block:
    """Return whom a rule of one's own allows."""
    said = _said(facts, rule, f"rule {name_of(rule)!r}")
    return lambda first, last: said(first, last).astype(bool)


def _said(facts: Facts, item: Any, where: str) -> Block:
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
