"""The rest of a plan, planned again after a round: whatever can stay, stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from rmatch.errors import Fault
from rmatch.lifecycle.asked import away_faults, refuse_too_many_rounds
from rmatch.lifecycle.plan import Plan
from rmatch.people import IdPair, Outlook, People, Request, Requests, Responses
from rmatch.rounds import Earlier, Over, PlanTerms, Round, laid_out, together, wanted_cells
from rmatch.scoring import Scores, input_faults, score
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule
from rmatch.utils.validation import instance, refuse, whole

ONCE: dict[Outlook, str] = {"stays": "lock", "declined": "exclude", "ended": "previous"}
"""What follows for a planned pair from what became of it, where no pair meets twice."""
AFTER_A_GAP: dict[Outlook, str] = ONCE | {"ended": "exclude"}
"""The same where earlier pairs may meet again."""
MET: dict[Outlook, str] = {"declined": "exclude"}
"""The same of a pair that has met and is not planned: all else the history says."""


@timed
def replan(
    plan: Plan,
    *,
    after: int,
    people: People | None = None,
    requests: Requests | None = None,
    responses: Responses | None = None,
    away: Mapping[str, Iterable[int]] | None = None,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    handle_signals: bool = True,
) -> Plan:
    """Return the rest of a plan after some of its rounds, with as little changed as can be.

    As many meetings as possible come first, then who waits, if the programme says so, then as many pairs of the old plan as
    possible, then as many of these as possible in the round in which they were to meet, and then the points. Where pairs may
    meet again after a gap, as many meetings of the old plan stay as possible. Where nothing has changed, nothing changes. What
    has been met counts for the gap, the load, and for how long people have waited.

    Whether all pairs that stay can meet when they were to, is found out at any size. If for that other pairs have to be made
    beside them than those with the most points, a mixed-integer programme decides about these. Only if some pair has to move
    even so, who meets whom is decided together with when up to two thousand possible meetings; above, as many of the pairs that
    have the most points over all rounds meet when they were to as can.

    Parameters
    ----------
    plan : Plan
        The plan.
    after : int
        After which round; at least one is left.
    people : People, optional
        Everybody as they are now: some may have left, and others joined. Those of the plan if absent.
    requests : Requests, optional
        What is asked for now; if absent those of the plan that still can be, all about people who are there.
    responses : Responses, optional
        What people say to the pairs of the plan. Those that are still planned: accepted ones are locked, declined ones and
        those that have ended not made again. Of those that have met only a decline changes anything.
    away : mapping of str to iterable of int, optional
        In which of the rounds that are left, from 1, people take no part; if absent as in the plan.
    max_seconds : float, optional
        Stop a long run after about so many seconds.
    progress : callable, optional
        Told now and then how far a long run is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.
    handle_signals : bool
        Whether the first Ctrl-C stops the run, too.

    Returns
    -------
    Plan
        Of the rounds that are left, from 1 on; its `changes` say which pairs are kept, new and broken, and why.

    Raises
    ------
    InvalidInputError
        With everything that does not fit.
    InfeasibleError
        If locks or minimums cannot be kept.
    StopError
        If a run was stopped before there was any plan.

    Examples
    --------
    >>> import rmatch
    >>> from rmatch.lifecycle import replan
    >>> people = rmatch.datasets.example()
    >>> plan = rmatch.plan(people, rounds=3)
    >>> rest = replan(plan, after=1)
    >>> rest.calendar["E05"] == plan.calendar["E05"][1:]
    True
    >>> print(rest.changes)
    20 pairs kept, 0 new, 0 broken
    """
    refuse(
        [
            *instance("replan", "plan", plan, Plan, "give what rmatch.plan returned"),
            *limit_faults(max_seconds, 0.0, progress, cancel, handle_signals),
        ]
    )
    refuse(_faults(plan, after, people, requests, responses))
    now = plan.scores.cohort.people if people is None else people
    stated = _still_asked(plan, after, now) if requests is None else requests
    later = {(one.mentor, one.mentee) for one in plan.meetings if one.round > after}
    met = {(one.mentor, one.mentee) for one in plan.meetings if one.round <= after}
    leavers = {one for pair in later | met for one in pair}.difference(now.id)
    given = (responses or Responses()).fitted(now, leavers)
    refuse(given.faults(later | met))
    planned = ONCE if plan.terms.gap == "never" else AFTER_A_GAP
    follows = dict.fromkeys(met, MET) | dict.fromkeys(later, planned)
    answers = {
        pair: one.outlook
        for pair, one in given.standing.items()
        if pair in later and leavers.isdisjoint(pair)
    }
    with StoppingRule(max_seconds, 0.0, progress, cancel=cancel, handle_signals=handle_signals):
        scores = score(now, plan.scores.programme, _answered(stated, given, now, follows))
        if away is not None:
            refuse(away_faults(scores, away, plan.rounds - after))
        terms = replace(_terms_left(plan, after, scores, away), over=_over(answers))
        every = score(*together(scores, terms))
        refuse_too_many_rounds(every, terms)
        wanted = [pair for pair in sorted(later) if pair not in terms.answers]
        kept = () if terms.gap != "never" else wanted_cells(every, wanted)
        taken_over = Earlier(tuple(kept), waited=terms.waited)
        return Plan.of(laid_out(scores, terms, Round(every, plan.seed, earlier=taken_over)))


def _faults(plan: Plan, after: Any, people: Any, requests: Any, responses: Any) -> Iterator[Fault]:
    if plan.rounds == 1:
        remedy = "make a new plan"
        yield Fault("replan", "plan", "it has one round, and nothing is left after it", remedy)
    else:
        yield from whole("replan", "after", after, 1, plan.rounds - 1)
    given = {"people": people, "requests": requests}
    yield from input_faults(**{name: one for name, one in given.items() if one is not None})
    if responses is not None:
        remedy = "rmatch.io.read_responses reads a table"
        yield from instance("replan", "responses", responses, Responses, remedy)


def _still_asked(plan: Plan, after: int, people: People) -> Requests:
    """Return the requests of a plan without locks that have met, and without whoever has left."""
    met = {(one.mentor, one.mentee) for one in plan.meetings if one.round <= after}
    ids, given = set(people.id), plan.scores.cohort.requests
    rows = (
        row
        for row in given.rows
        if {row.mentor, row.mentee} <= ids
        and not (row.kind == "lock" and (row.mentor, row.mentee) in met)
    )
    return Requests(tuple(rows), given.notes)


def _answered(
    stated: Requests,
    responses: Responses,
    people: People,
    follows: Mapping[IdPair, Mapping[Outlook, Any]],
) -> Requests:
    """Return requests with what follows from responses about people who are there."""
    ids = set(people.id)
    known = {(row.mentor, row.mentee, row.kind) for row in stated.rows}
    added = (
        Request(*pair, follows[pair][one.outlook], override_reason=one.override_reason)
        for pair, one in responses.standing.items()
        if one.outlook in follows[pair] and set(pair) <= ids
    )
    new = tuple(row for row in added if (row.mentor, row.mentee, row.kind) not in known)
    return Requests((*stated.rows, *new), (*stated.notes, *responses.notes))


def _terms_left(
    plan: Plan, after: int, scores: Scores, away: Mapping[str, Iterable[int]] | None
) -> PlanTerms:
    """Return what the rest of a plan has to keep to."""
    ids, terms = scores.cohort.people.id, plan.terms
    done = [one for one in plan.meetings if one.round <= after]
    here = set(ids)
    if away is None:
        left = {
            one: tuple(number - after for number in numbers if number > after)
            for one, numbers in terms.away.items()
            if one in here
        }
    else:
        left = {str(one): tuple(sorted(map(int, numbers))) for one, numbers in away.items()}
    return replace(
        terms,
        rounds=terms.rounds - after,
        load={one: _left_of(most, one, done) for one, most in terms.load.items() if one in here},
        away={one: numbers for one, numbers in left.items() if numbers},
        history=(*terms.history, *(_pairs(plan, number) for number in range(1, after + 1))),
        planned=tuple(_pairs(plan, number) for number in range(after + 1, terms.rounds + 1)),
        waited={one: rounds for one in ids if (rounds := _waited(plan, after, one))},
    )


def _over(answers: Mapping[IdPair, Outlook]) -> dict[Over, tuple[IdPair, ...]]:
    """Return the pairs that were declined or are over, by which of the two."""
    found = {
        outlook: tuple(sorted(pair for pair, said in answers.items() if said == outlook))
        for outlook in get_args(Over)
    }
    return {outlook: pairs for outlook, pairs in found.items() if pairs}


def _pairs(plan: Plan, number: int) -> tuple[tuple[str, str], ...]:
    return tuple((one.mentor, one.mentee) for one in plan.pairs(number))


def _left_of(most: int, one: str, done: list[Any]) -> int:
    """Return what is left of a load, of which each role has its own: the smaller rest holds for both."""
    roles = ([each.mentor for each in done], [each.mentee for each in done])
    met: int = max(own.count(one) for own in roles)
    return max(most - met, 0)


def _waited(plan: Plan, after: int, one: str) -> int:
    """Return for how many rounds in a row somebody has waited: those in which they are away do not count."""
    if one not in plan.calendar:
        return 0
    waited = 0
    for number in range(after, 0, -1):
        if plan.calendar[one][number - 1]:
            return waited
        waited += number not in plan.terms.away.get(one, ())
    before: int = plan.terms.waited.get(one, 0)
    return waited + before
