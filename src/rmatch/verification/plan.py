"""Checking a plan over rounds: what it keeps to, that every pair has its round, and that those who waited come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import VerificationError, is_whole
from rmatch.rounds import Meeting, PlanTerms, cells_of, together
from rmatch.scoring import score
from rmatch.solve import RoundPrices, Waits, shares_of
from rmatch.utils.sides import SIDES
from rmatch.verification.inputs import Inputs
from rmatch.verification.well_formed import LARGEST, is_whole_array

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.rounds import Planned

MOST_ROUNDS = 1_000


def wide(inputs: Inputs, planned: Planned) -> Inputs:
    """Return what all rounds together are held against: everybody with the places of all rounds.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests of one round.
    planned : Planned
        What somebody says is a plan.

    Returns
    -------
    Inputs
        The same for all rounds.

    Raises
    ------
    VerificationError
        If what the plan keeps to is put together wrongly.
    """
    if wrong := list(_malformed(planned)):
        raise VerificationError(wrong)
    return Inputs(score(*together(inputs.scores, planned.terms)), (*inputs.believed, "terms"))


def plan_checks(inputs: Inputs, planned: Planned) -> dict[str, Iterator[str]]:
    """Return what is checked of a plan beside all rounds together, by name, each with what does not hold.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests, for all rounds together.
    planned : Planned
        The plan, whose rounds together are checked.

    Returns
    -------
    dict of str to iterator of str
        That every pair meets once, that rounds are even, and that those who waited come first.
    """
    return {
        "every pair in one round": _meetings(planned),
        "even rounds, the waiting first": _order(inputs, planned),
    }


def _malformed(planned: Planned) -> Iterator[str]:
    terms: Any = planned.terms
    if type(terms) is not PlanTerms or not is_whole(terms.rounds, 1, MOST_ROUNDS):
        yield "the plan does not say how many rounds it has"
        return
    if not _counts(terms.load):
        yield "the load is not a whole number by id"
    waits: Any = terms.waited
    if not isinstance(waits, dict) or not all(
        side in SIDES and _counts(waited) for side, waited in waits.items()
    ):
        yield "how long people have waited is not a whole number by side and id"
    history: Any = terms.history
    if not isinstance(history, tuple) or not all(map(_is_round, history)):
        yield "the history is not rounds with pairs of ids"
    meetings: Any = planned.meetings
    if not isinstance(meetings, tuple) or not all(type(one) is Meeting for one in meetings):
        yield "the meetings are no meetings"
    order: Any = planned.order
    if type(order) is not tuple or len(order) != terms.rounds:
        yield "the rounds have no prices"


def _counts(given: Any) -> bool:
    return isinstance(given, dict) and all(
        isinstance(one, str) and is_whole(count, 0, LARGEST) for one, count in given.items()
    )


def _is_round(earlier: Any) -> bool:
    return isinstance(earlier, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
        for pair in earlier
    )


def _meetings(planned: Planned) -> Iterator[str]:
    """Check that the meetings are the pairs of all rounds together, each once, in their order."""
    position = {(pair.mentor, pair.mentee): n for n, pair in enumerate(planned.together.pairs)}
    keys = []
    for meeting in planned.meetings:
        found = position.get((meeting.mentor, meeting.mentee))
        if found is None or not is_whole(meeting.round, 1, planned.terms.rounds):
            yield f"{meeting.mentor!r} with {meeting.mentee!r} is no pair of the plan, or in none of its rounds"
            continue
        keys.append((meeting.round, found))
        pair = planned.together.pairs[found]
        told = pair.points, pair.locked, pair.override_reason
        if (meeting.points, meeting.locked, meeting.override_reason) != told:
            yield f"{meeting.mentor!r} with {meeting.mentee!r} is not told as the pair is"
    if sorted({found for _, found in keys}) != list(range(len(position))) or len(keys) != len(
        position
    ):
        yield "not every pair of the plan is in one round"
    if keys != sorted(keys):
        yield "the meetings do not stand in the order of rounds and ids"


def _order(inputs: Inputs, planned: Planned) -> Iterator[str]:
    """Check of each round that it takes an even share, and that no other share serves better who has waited."""
    when = {(one.mentor, one.mentee): one.round - 1 for one in planned.meetings}
    if any((pair.mentor, pair.mentee) not in when for pair in planned.together.pairs):
        return
    rounds = np.array([when[pair.mentor, pair.mentee] for pair in planned.together.pairs], np.int64)
    rows, columns, ties = cells_of(planned.together, inputs.scores)
    waits = Waits(*planned.terms.waits(inputs.scores.cohort))
    for number, left, share in shares_of(rows, columns, planned.terms.rounds, waits, ties, rounds):
        taken = rounds[left] == number
        if share.breaks(taken):
            yield f"round {number + 1} has more or fewer pairs than its share, or gives somebody too many or too few"
        prices = planned.order[number]
        if not _is_proof(prices, share.shape):
            yield f"round {number + 1} has no prices"
        elif share.bound(prices) != int(share.worth[taken].sum()):
            yield f"round {number + 1} may serve others better who have waited: its prices do not prove it"


def _is_proof(prices: Any, shape: tuple[int, int]) -> bool:
    if type(prices) is not RoundPrices or not is_whole(prices.each, -LARGEST, LARGEST):
        return False
    sides: tuple[tuple[NDArray[np.int64], int], ...] = tuple(
        zip((prices.u, prices.v), shape, strict=True)
    )
    return all(is_whole_array(own, size) for own, size in sides)
