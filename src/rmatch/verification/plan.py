"""Checking a plan over rounds: its terms, its meetings, and that those who waited come first."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import VerificationError, is_whole
from rmatch.rounds import ByRounds, Meeting, Outcome, PlanTerms, cells_of, together
from rmatch.scoring import score
from rmatch.solve import RoundPrices, Waits, shares_of
from rmatch.utils.sides import SIDES
from rmatch.verification import pairs
from rmatch.verification.inputs import Inputs
from rmatch.verification.well_formed import LARGEST, is_whole_array

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds import Planned

MOST_ROUNDS = 1_000
CLOSING: dict[str, tuple[str, ...]] = {
    "declined": ("exclude",),
    "ended": ("previous", "exclude"),
}
"""The kinds of requests that keep a pair of an earlier plan from being made again."""


def every_round(inputs: Inputs, planned: Planned) -> Inputs:
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
        If the plan is put together wrongly.
    """
    if wrong := [*_malformed_terms(planned.terms), *_malformed(planned)]:
        raise VerificationError(wrong)
    return Inputs(score(*together(inputs.scores, planned.terms)), (*inputs.believed, "terms"))


def plan_checks(inputs: Inputs, every: Inputs, planned: Planned) -> dict[str, Iterator[str]]:
    """Return what is checked of a plan, by name, each with what does not hold.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests of one round.
    every : Inputs
        The same for all rounds.
    planned : Planned
        The plan; its rounds together, if there are any, are checked already.

    Returns
    -------
    dict of str to iterator of str
        Of its meetings; that all its pairs meet; and what proves the order of the rounds.
    """
    held: Any = SimpleNamespace(pairs=planned.meetings)
    if strange := list(pairs.strangers(every.facts, held)):
        raise VerificationError(strange)
    found = {
        "the rules of every meeting": pairs.rules(every, held),
        "the points of every meeting": pairs.points(every, held),
        "the locks": pairs.locks(every.facts, held),
        "places in every round": _places(inputs, planned),
        "gaps": _gaps(planned),
        "the total of all meetings": _total(planned),
        **({"the earlier plan": _earlier(inputs, planned)} if planned.terms.planned else {}),
    }
    if planned.by_rounds is not None:
        return found | {"bound": _bound(planned.by_rounds, planned)}
    found["every pair in one round"] = _all_pairs(planned)
    if planned.terms.alike:
        found["even rounds, the waiting first"] = _order(every, planned)
    return found


def _malformed_terms(terms: Any) -> Iterator[str]:
    if type(terms) is not PlanTerms or not is_whole(terms.rounds, 1, MOST_ROUNDS):
        yield "the plan does not say how many rounds it has"
        return
    if terms.gap != "never" and not is_whole(terms.gap, 0, LARGEST):
        yield "the gap is neither 'never' nor a whole number"
    if not _counts(terms.load):
        yield "the load is not a whole number by id"
    away: Any = terms.away
    if not isinstance(away, dict) or not all(
        isinstance(one, str)
        and isinstance(numbers, tuple)
        and all(is_whole(number, 1, terms.rounds) for number in numbers)
        for one, numbers in away.items()
    ):
        yield "who is away is not rounds by id"
    if not _counts(terms.waited):
        yield "how long people have waited is not a whole number by id"
    for name in ("history", "planned"):
        rounds: Any = getattr(terms, name)
        if not isinstance(rounds, tuple) or not all(map(_is_round, rounds)):
            yield f"the rounds of `{name}` are not pairs of ids"
    over: Any = terms.over
    if not isinstance(over, dict) or not all(map(_is_round, over.values())):
        yield "what is over of an earlier plan is not pairs of ids"


def _malformed(planned: Planned) -> Iterator[str]:
    meetings: Any = planned.meetings
    if not isinstance(meetings, tuple) or not all(map(_is_meeting, meetings)):
        yield "the meetings are no meetings"
    if not is_whole(planned.total, -LARGEST, LARGEST):
        yield "the total is no whole number"
    order: Any = planned.order
    known: Any = planned.by_rounds
    if (planned.together is None) == (known is None):
        yield "the plan rests on all rounds together, or on rounds one by one, and not on both"
    elif known is None and planned.terms.gap != "never":
        yield "all rounds together say nothing where pairs meet again"
    elif known is None and not isinstance(planned.together, Outcome):
        yield "the rounds together are no matching"
    elif known is not None and type(known) is not ByRounds:
        yield "what is known of rounds one by one is nothing of the kind"
    if not isinstance(order, tuple):
        yield "the rounds have no prices"


def _is_meeting(meeting: Any) -> bool:
    if type(meeting) is not Meeting or not is_whole(meeting.round, 1, MOST_ROUNDS):
        return False
    texts: list[Any] = [meeting.mentor, meeting.mentee, meeting.override_reason]
    locked: Any = meeting.locked
    told = isinstance(locked, bool) and all(isinstance(text, str) for text in texts)
    return told and is_whole(meeting.points, -LARGEST, LARGEST)


def _counts(given: Any) -> bool:
    return isinstance(given, dict) and all(
        isinstance(one, str) and is_whole(count, 0, LARGEST) for one, count in given.items()
    )


def _is_round(earlier: Any) -> bool:
    return isinstance(earlier, tuple) and all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
        for pair in earlier
    )


def _places(inputs: Inputs, planned: Planned) -> Iterator[str]:
    """Check of each round that everybody who takes part has enough partners and not too many, and of all the loads."""
    facts, terms = inputs.facts, planned.terms
    for side, everybody in zip(SIDES, facts.sides, strict=True):
        counts = Counter((getattr(one, side), one.round) for one in planned.meetings)
        over_all = Counter(getattr(one, side) for one in planned.meetings)
        for person in everybody:
            least, most = facts.minimum(person, side), facts.capacity(person, side)
            for number in range(1, terms.rounds + 1):
                here = number not in terms.away.get(person, ())
                found = counts[person, number]
                if not least * here <= found <= most * here:
                    yield f"{side} {person!r} has {found} partners in round {number}"
            if over_all[person] > terms.load.get(person, over_all[person]):
                yield f"{side} {person!r} has more meetings than the load"


def _gaps(planned: Planned) -> Iterator[str]:
    """Check that no pair meets too soon again, and that nothing is beyond the last round."""
    terms = planned.terms
    apart = terms.rounds + len(terms.history) if terms.gap == "never" else terms.gap
    last: dict[tuple[str, str], int] = {}
    for ago, earlier in enumerate(reversed(terms.history)):
        for one, other in earlier:
            for pair in ((one, other), (other, one)):
                last.setdefault(pair, -ago)
    for meeting in sorted(planned.meetings, key=lambda one: one.round):
        pair = meeting.mentor, meeting.mentee
        if meeting.round > terms.rounds:
            yield f"{pair[0]!r} with {pair[1]!r} meet in round {meeting.round}, which is not there"
        excused = meeting.locked and meeting.override_reason and last.get(pair, 0) <= 0
        if pair in last and meeting.round - last[pair] <= apart and not excused:
            yield f"{pair[0]!r} with {pair[1]!r} meet again in round {meeting.round}, too soon"
        last[pair] = meeting.round


def _earlier(inputs: Inputs, planned: Planned) -> Iterator[str]:
    """Check that an earlier plan has as many rounds, and that its pairs that are over are closed by requests."""
    terms = planned.terms
    if len(terms.planned) != terms.rounds:
        yield "an earlier plan has more or fewer rounds"
    pairs = {pair for earlier in terms.planned for pair in earlier}
    closed = {(row.mentor, row.mentee, row.kind) for row in inputs.scores.cohort.requests.rows}
    for pair, outlook in terms.answers.items():
        kinds = CLOSING.get(outlook, ())
        if pair not in pairs or not any((*pair, kind) in closed for kind in kinds):
            yield f"{pair[0]!r} with {pair[1]!r} is said to be {outlook}, and no request says so"


def _total(planned: Planned) -> Iterator[str]:
    if planned.total != sum(meeting.points for meeting in planned.meetings):
        yield "the total is not what the meetings add up to"
    rank = {
        side: {one: n for n, one in enumerate(getattr(planned.scores, f"{side}s"))}
        for side in SIDES
    }
    keys = [
        (one.round, rank["mentor"][one.mentor], rank["mentee"][one.mentee])
        for one in planned.meetings
    ]
    if keys != sorted(keys):
        yield "the meetings do not stand in the order of rounds and ids"


def _bound(known: ByRounds, planned: Planned) -> Iterator[str]:
    if not is_whole(known.bound, planned.total, LARGEST) or not isinstance(known.proved, bool):
        yield "the plan has more points than it says are possible"
    elif known.proved and known.bound != planned.total:
        yield "the plan is said to be the best, and to have a larger bound"


def _all_pairs(planned: Planned) -> Iterator[str]:
    """Check that the meetings are the pairs of all rounds together, each once."""
    assert planned.together is not None
    met = Counter((one.mentor, one.mentee) for one in planned.meetings)
    if met != Counter((pair.mentor, pair.mentee) for pair in planned.together.pairs):
        yield "not every pair of the plan is in one round"
    changes, before = planned.together.changes, planned.terms.planned
    told = set() if changes is None else set(changes.earlier)
    if told != {pair for pairs in before for pair in pairs} or (changes is None) != (not before):
        yield "the pairs of an earlier plan are not those that were to stay"
    elif changes is not None and changes.over != planned.terms.answers:
        yield "other pairs of an earlier plan were declined, or are over, than the plan says"
    if planned.together.waited != planned.terms.waited:
        yield "people have waited longer or shorter than when it was decided who meets whom"


def _order(every: Inputs, planned: Planned) -> Iterator[str]:
    """Check of each round that it takes an even share, and that no other share serves better who has waited."""
    assert planned.together is not None
    when = {(one.mentor, one.mentee): one.round - 1 for one in planned.meetings}
    made = [(pair.mentor, pair.mentee) for pair in planned.together.pairs]
    if len(planned.order) != planned.terms.rounds or any(pair not in when for pair in made):
        yield "the rounds have no prices"
        return
    rounds = np.array([when[pair] for pair in made], np.int64)
    rows, columns, ties = cells_of(planned.together, every.scores)
    waits = Waits(*planned.terms.waits(every.scores))
    for number, left, share in shares_of(rows, columns, planned.terms.rounds, waits, ties, rounds):
        taken, prices = rounds[left] == number, planned.order[number]
        if share.breaks(taken):
            yield f"round {number + 1} has more or fewer pairs than its share, or gives somebody too many or too few"
        if not _is_proof(prices, share.shape):
            yield f"round {number + 1} has no prices"
        elif share.bound(prices) != int(share.worth[taken].sum()):
            yield f"round {number + 1} may serve others better who have waited: its prices do not prove it"


def _is_proof(prices: Any, shape: tuple[int, int]) -> bool:
    if type(prices) is not RoundPrices or not is_whole(prices.each, -LARGEST, LARGEST):
        return False
    sides = zip((prices.u, prices.v), shape, strict=True)
    return all(is_whole_array(own, size) for own, size in sides)
