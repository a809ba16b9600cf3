"""What became of the pairs of an earlier plan: kept, new, broken and why, and which meet in another round."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from rmatch.rounds.changes.causes import changes_since
from rmatch.rounds.kept import kept_of
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.pair import Pair
from rmatch.rounds.plan.together import together
from rmatch.scoring import score

if TYPE_CHECKING:
    from rmatch.people import IdPair
    from rmatch.rounds.changes.changes import Changes
    from rmatch.rounds.plan.planned import Planned
    from rmatch.rounds.plan.terms import PlanTerms


def with_changes(outcome: Outcome, terms: PlanTerms) -> Changes | None:
    """Return what became of the pairs of an earlier plan in all rounds together; nothing without one."""
    if not terms.planned:
        return None
    return changes_since(chain.from_iterable(terms.planned), outcome, terms.answers, "pairs")


def changes_of(planned: Planned) -> Changes | None:
    """Return what became of the pairs of an earlier plan.

    Parameters
    ----------
    planned : Planned
        The plan.

    Returns
    -------
    Changes or None
        Nothing where it was made from no earlier plan. Where rounds are decided one by one a pair is kept if it meets at all,
        and no proof says what a broken pair gave way for.
    """
    terms, scores = planned.terms, planned.scores
    if planned.together is not None or not terms.planned:
        return None if planned.together is None else planned.together.changes
    every = scores if kept_of(scores) else score(*together(scores, terms))
    made = {
        (one.mentor, one.mentee): Pair(
            one.mentor, one.mentee, one.points, one.locked, one.override_reason
        )
        for one in planned.meetings
    }
    pairs = tuple(pair for _, pair in sorted(made.items()))
    outcome = Outcome(every, planned.seed, pairs, sum(pair.points for pair in pairs), ())
    return changes_since(chain.from_iterable(terms.planned), outcome, terms.answers)


def moved_of(planned: Planned) -> tuple[IdPair, ...]:
    """Return the pairs of an earlier plan that meet, and not in all the rounds in which they were to and in no other."""
    before, now = defaultdict(list), defaultdict(list)
    for number, pairs in enumerate(planned.terms.planned, start=1):
        for pair in pairs:
            before[pair].append(number)
    for one in planned.meetings:
        now[one.mentor, one.mentee].append(one.round)
    return tuple(pair for pair in before if pair in now and before[pair] != now[pair])
