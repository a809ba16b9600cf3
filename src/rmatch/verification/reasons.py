"""Checking that everybody has a partner or a reason, and that it is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.rounds import Unmatched, kept_of
from rmatch.verification.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.formulas import Facts
    from rmatch.rounds import Outcome


def everybody(facts: Facts, matching: Outcome, anew: Outcome) -> Iterator[str]:
    """Go through those who are not accounted for, or not as they should be.

    Parameters
    ----------
    facts : Facts
        Everybody, by the formulas.
    matching : Outcome
        What is checked: what it has kept in store is what its readers see.
    anew : Outcome
        The same pairs without anything kept.

    Yields
    ------
    str
        What does not hold.
    """
    reasons = vars(matching).get("unmatched", anew.unmatched)
    if not isinstance(reasons, tuple) or any(type(reason) is not Unmatched for reason in reasons):
        yield "the reasons of those without a partner are none"
        return
    told = {(reason.id, reason.role) for reason in reasons}
    placed = {
        side: {getattr(pair, side) for pair in matching.pairs} for side in ("mentor", "mentee")
    }
    players = dict(zip(placed, facts.sides, strict=True))
    idle = [facts.people.id[row] for row in np.flatnonzero(facts.people.role == 0).tolist()]
    for side, people in players.items():
        for person in people:
            if person in placed[side] and (person, side) in told:
                yield f"{side} {person!r} has a partner and a reason"
            if person not in placed[side] and (person, side) not in told:
                yield f"{side} {person!r} has neither a partner nor a reason"
    for person in idle:
        if (person, "none") not in told:
            yield f"{person!r} has neither a role nor a reason"
    roles = {side: set(people) for side, people in players.items()} | {"none": set(idle)}
    for reason in reasons:
        if reason.id not in roles.get(reason.role, ()):
            yield f"{reason.id!r} has a reason as a {reason.role}, and plays no such role"
    # The price of fair places is held against its own proof, and what was kept without people against its document.
    beside = {"_price", "scores", "unmatched"} if kept_of(matching.scores) else {"_price"}
    yield from differences(matching, anew, "matching", left_out=frozenset(beside))
