"""The effect of protected attributes: the same people matched without them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.errors import InvalidInputError, Status
from rmatch.fairness import Effect, effect
from rmatch.rounds import Earlier, Round, places_price, total_faults
from rmatch.utils.messages import Message
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from rmatch.rounds import Outcome
    from rmatch.scoring import Scores

COMPARED = 1_000_000
"""Up to so many possible pairs people are matched a second time, unasked, to see the effect of protected attributes."""


def _not_compared(reason: Message) -> Effect:
    return Effect(None, None, None, reason)


def effect_of_protected(matching: Outcome, *, wanted: bool | None) -> Effect:
    """Count who would have another partner, or none, without protected attributes.

    Parameters
    ----------
    matching : Outcome
        The matching with them.
    wanted : bool, optional
        Whether to solve once more for it where everybody has a place; without it, unless that takes long.

    Returns
    -------
    Effect
        The counts, or why there are none.
    """
    blind, (rows, columns) = matching.scores.blind, matching.scores.shape
    if len(blind.factors) == len(matching.scores.factors):
        return _not_compared(Message("no protected attribute gives points"))
    if matching.status is not Status.OPTIMAL:
        return _not_compared(Message("the run was stopped before the best matching was proved"))
    known, quick = decided_blindly(matching), rows * columns <= COMPARED
    if wanted is False or not (wanted or quick or known is not None):
        return _not_compared(
            Message(
                "not asked for, and not done unasked beyond {limit} pairs; say effect=True",
                limit=COMPARED,
            )
        )
    try:
        without = _once_more(blind, matching) if known is None else known
        # The best of a run that was stopped is not the best.
        listen("effect")
    except InvalidInputError as error:  # α-fairness may have no room for the points that are left
        reasons = "; ".join(fault.problem for fault in error.faults)
        return _not_compared(
            Message(
                "without protected attributes there is no such matching: {reasons}", reasons=reasons
            )
        )
    everybody = [
        *(("mentor", who) for who in blind.mentors),
        *(("mentee", who) for who in blind.mentees),
    ]
    found = effect(everybody, matching.id_pairs, without)
    # Where it is no number of points, or where protected attributes do decide, there is no price.
    guarded = matching.programme.places == "without_protected"
    priced = (wanted or quick) and guarded and not total_faults(matching, "")
    if not priced:
        return found
    price = places_price(matching)
    listen("effect")
    return replace(found, price=price.points)


def _once_more(blind: Scores, matching: Outcome) -> frozenset[tuple[str, str]]:
    return Round(blind, matching.seed, earlier=Earlier.of(matching)).solve().id_pairs


def decided_blindly(matching: Outcome) -> frozenset[tuple[str, str]] | None:
    """Return the pairs that decided who gets a place: the best without protected attributes; None without such a step."""
    first, scores = matching.steps[0], matching.scores
    if first.decides != "places":
        return None
    chosen = {(scores.mentors[row], scores.mentees[column]) for row, column in first.cells}
    locks = {(lock.mentor, lock.mentee) for lock in matching.requests.of_kind("lock")}
    return frozenset(chosen | locks)
