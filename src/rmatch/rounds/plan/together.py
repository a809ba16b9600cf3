"""All rounds of a plan taken together: one round in which everybody has the places of all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.people import Request, Requests
from rmatch.rules import NoRepeat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.rounds.plan.terms import PlanTerms
    from rmatch.scoring import Scores


def together(scores: Scores, terms: PlanTerms) -> tuple[People, Programme, Requests]:
    """Return people, programme and requests of the round that all rounds of a plan are together.

    Where nobody meets the same partner twice, who meets whom over all rounds is one matching in which everybody has as many
    places as in all rounds, and no pair is one of an earlier round. Every such matching can be split into rounds that are
    alike: see :mod:`rmatch.solve.plan.timetable`.

    Parameters
    ----------
    scores : Scores
        One round.
    terms : PlanTerms
        What the plan has to keep to.

    Returns
    -------
    tuple of People, Programme and Requests
        What to score anew.
    """
    cohort, programme = scores.cohort, scores.programme
    people = cohort.people
    wide = terms.over_all(people, cohort, "capacity") | terms.over_all(people, cohort, "minimum")
    if terms.gap != "never":
        return replace(people, **wide), programme, cohort.requests
    return (
        replace(people, **wide),
        without_repeats(programme, terms),
        Requests((*cohort.requests.rows, *_earlier(terms, people)), cohort.requests.notes),
    )


def without_repeats(programme: Programme, terms: PlanTerms) -> Programme:
    """Return the programme of all rounds together: where no pair meets twice, none of an earlier round does."""
    if terms.gap != "never" or any(isinstance(rule, NoRepeat) for rule in programme.rules):
        return programme
    return replace(programme, rules=(*programme.rules, NoRepeat()))


def _earlier(terms: PlanTerms, people: People) -> Iterable[Request]:
    here = set(people.id)
    made = dict.fromkeys(pair for earlier in terms.history for pair in earlier if here >= {*pair})
    return (Request(mentor, mentee, "previous") for mentor, mentee in made)
