"""Requests and statements that change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from rmatch.checking.comes_first import in_vain
from rmatch.checking.finding import Finding, listed
from rmatch.people import natural
from rmatch.scoring import Scores
from rmatch.utils.text import counted

ACCEPTED = ("accepted_levels", "accepted_sites")


def without_effect(scores: Scores) -> Iterator[Finding]:
    """Go through the requests that the programme, or the people, give no effect.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Yields
    ------
    Finding
        Wishes without the criterion, earlier pairs without the rule or of people who are not there, levels or sites that
        people accept without the rule, priorities that the programme does not count.
    """
    yield from in_vain(scores)
    cohort = scores.cohort
    wishes, earlier = (cohort.requests.of_kind(kind) for kind in ("wish", "previous"))
    if wishes and "wish" not in {criterion.kind for criterion in scores.programme.criteria}:
        sentence = (
            f"{counted(len(wishes), 'wish')} without effect: the programme has no criterion wish"
        )
        yield Finding("no_effect", "warning", sentence)
    if earlier and "no_repeat" not in {rule.kind for rule in scores.programme.rules}:
        sentence = f"{counted(len(earlier), 'earlier pair')} without effect: the programme has no rule no_repeat"
        yield Finding("no_effect", "warning", sentence)
    stated = [name for name in ACCEPTED if len(getattr(cohort.people, name).codes)]
    if stated and "accepted" not in {rule.kind for rule in scores.programme.rules}:
        sentence = f"{' and '.join(stated)} without effect: the programme has no rule accepted"
        yield Finding("no_effect", "warning", sentence)
    known = set(cohort.people.id)
    gone = sorted(
        {person for pair in earlier for person in (pair.mentor, pair.mentee)} - known, key=natural
    )
    if gone:
        sentence = f"{counted(len(gone), 'person')} of the earlier pairs not in the people table: {listed(gone)}"
        yield Finding("no_effect", "note", sentence)
