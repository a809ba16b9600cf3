"""Which criterion of one's own says something else in blocks than pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas import holds
from rmatch.people import bare
from rmatch.utils.names import name_of
from rmatch.utils.own import asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.formulas import Facts


def differing(facts: Facts, mentor: str, mentee: str) -> str:
    """Return why the points of a pair may be wrong, in words that follow what is wrong.

    Parameters
    ----------
    facts : Facts
        The people and the programme.
    mentor, mentee : str
        The ids of the two.

    Returns
    -------
    str
        The criteria whose block gives this pair alone another value than their formula; empty where there are none.
    """
    return "".join(_differing(facts, mentor, mentee))


def _differing(facts: Facts, mentor: str, mentee: str) -> Iterator[str]:
    for chosen in facts.programme.criteria:
        criterion = bare(chosen)
        if not holds(facts, chosen, mentor, mentee):
            continue
        if not all(hasattr(criterion, method) for method in ("formula", "block")):
            continue  # a built-in one
        people = facts.crowd(protected=criterion.protected)
        two = people.take([facts.row[mentor]]), people.take([facts.row[mentee]])
        name, pair = name_of(criterion), f"{mentor!r} with {mentee!r}"
        where = f"criterion {name!r}"
        in_block = float(np.asarray(asked(where, criterion, "block", *two, of=pair))[0][0])
        seen = facts.seen(mentor, mentee, protected=criterion.protected)
        alone = float(asked(where, criterion, "formula", *seen, of=pair))
        if in_block != alone:
            yield f"; the criterion {name!r} gives {in_block:g} by its block and {alone:g} by its formula"
