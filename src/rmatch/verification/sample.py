"""Holding the formulas over arrays against those for single pairs, at pairs that nobody can know beforehand."""

from __future__ import annotations

import secrets
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas import broken_rules
from rmatch.people import bare
from rmatch.utils.loops import heard
from rmatch.utils.names import name_of
from rmatch.verification.own import differing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.verification.inputs import Inputs

SAMPLE = 200
"""So many pairs, drawn by nothing that anybody knows, are looked at by the formulas for single pairs too; all of fewer."""


def sample(inputs: Inputs) -> Iterator[str]:
    """Compare the formulas over arrays with those for single pairs, where criteria of one's own bring both.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.

    Yields
    ------
    str
        What the two say differently of a pair.
    """
    facts, pairs = inputs.facts, inputs.pairs
    mentors, mentees = pairs.shape
    size = mentors * mentees
    dice = np.random.default_rng(secrets.randbits(128))
    some = np.arange(size) if size <= SAMPLE else np.sort(dice.choice(size, SAMPLE, replace=False))
    rows, columns = np.divmod(some, max(mentees, 1))
    points, barred = pairs.points_at(rows, columns), pairs.barred_at(rows, columns)
    cells = zip(rows.tolist(), columns.tolist(), points.tolist(), _names(barred), strict=True)
    for row, column, worth, bars in heard(cells, "sample"):
        mentor, mentee = facts.mentors[row], facts.mentees[column]
        if worth != inputs.lines.points(mentor, mentee):
            why = differing(facts, mentor, mentee)
            yield f"{mentor!r} with {mentee!r}: the formulas give other points than the blocks{why}"
        # Each rule has to be in both of the two, or in none.
        wrong = bars ^ {each.rule for each in broken_rules(facts, mentor, mentee)}
        if wrong:
            names = ", ".join(name for name in barred if name in wrong)
            yield f"{mentor!r} with {mentee!r}: the rules say otherwise than the blocks ({names})"


def _names(barred: dict[str, NDArray[np.bool_]]) -> Iterator[set[str]]:
    """Go through single pairs, each with the rules that forbid it."""
    for pair in zip(*(bars.tolist() for bars in barred.values()), strict=True):
        yield set(compress(barred, pair))


def unasked(inputs: Inputs) -> tuple[str, ...]:
    """Name the criteria and rules of one's own whose blocks are believed of some pairs: there are more than are drawn.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.

    Returns
    -------
    tuple of str
        Such as "block of 'seniority'".
    """
    mentors, mentees = inputs.pairs.shape
    if mentors * mentees <= SAMPLE:
        return ()
    items = *inputs.programme.criteria, *inputs.programme.rules
    return tuple(
        f"block of {name_of(bare(item))!r}" for item in items if hasattr(bare(item), "block")
    )
