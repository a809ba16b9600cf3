"""The things that may go wrong in a round, one function each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from rmatch.checking.finding import Finding, listed
from rmatch.checking.topics import (
    alike_topics,
    lived_without_opt_in,
    nothing_to_share,
    scarce_topics,
)
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.people import ROLES, UNKNOWN, measure, natural
from rmatch.rounds import Round, unmatched
from rmatch.utils.labels import fold
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import People
    from rmatch.scoring import Scores


def findings_of(scores: Scores) -> Iterator[Finding]:
    """Go through everything that can be told before solving.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Yields
    ------
    Finding
        In no order of severity.
    """
    yield from _contradictions(scores)
    yield from _forbids_all(scores)
    yield from _without_partner(scores)
    yield from _shortages(scores)
    yield from _without_data(scores)
    yield from lived_without_opt_in(scores)
    yield from _unknown_names(scores)
    yield from _mixed_units(scores)
    yield from nothing_to_share(scores)
    yield from _idle(scores)
    yield from alike_topics(scores.cohort.people)
    yield from _email_ids(scores.cohort.people)
    yield from (Finding("reading", "note", note) for note in scores.cohort.notes)


def _contradictions(scores: Scores) -> Iterator[Finding]:
    try:
        Round(scores, 0).check()
    except InfeasibleError as error:
        people = tuple(str(person) for person in (*error.mentors, *error.mentees))
        yield Finding("contradiction", "error", str(error), people)
    except InvalidInputError as error:
        yield from (Finding("invalid", "error", str(fault)) for fault in error.faults)


def _without_partner(scores: Scores) -> Iterator[Finding]:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in unmatched(scores, ()):
        if person.code in {"no_allowed_partner", "below_min_points"}:
            alike[person.role, person.reason].append(person.id)
    for (role, reason), people in alike.items():
        count, ids = counted(len(people), role), listed(people)
        sentence = f"{count} can have no partner ({ids}): {reason}"
        yield Finding("no_possible_partner", "warning", sentence, tuple(people))


def _shortages(scores: Scores) -> Iterator[Finding]:
    cohort = scores.cohort
    places = {side: int(cohort.capacity(side).sum()) for side in ("mentor", "mentee")}
    fewer, more = sorted(places, key=places.__getitem__)
    if places[fewer] < places[more]:
        sentence = f"{places[more]} places of {more}s for {places[fewer]} places of {fewer}s: somebody will stay out"
        yield Finding("shortage", "note", sentence)
    yield from scarce_topics(scores)


def _without_data(scores: Scores) -> Iterator[Finding]:
    cohort = scores.cohort
    for name in scores.without_data:
        sentence = f"the criterion {name} is left out: nobody on one of the sides has data for it"
        yield Finding("no_data", "warning", sentence)
    for rule in scores.programme.rules:
        by = getattr(rule, "by", None)
        if by is not None and (cohort.seniority(by) == UNKNOWN).all():
            yield Finding(
                "no_data",
                "warning",
                f"the rule {rule.kind} allows nobody: no {measure(by, scores.programme.levels)} are known",
            )
    yield from without_effect(scores)
    kinds = {criterion.kind for criterion in scores.programme.criteria}
    if any(level is not None for level in cohort.people.level) and not scores.programme.levels:
        sentence = "people have levels and the programme lists none: seniority goes by years"
        yield Finding("no_effect", "note", sentence)
    for name in cohort.people.dimensions if "diversity" in kinds else ():
        if not cohort.answers(name).codes.size:
            yield Finding(
                "no_effect", "note", f"nobody released the dimension {name!r} for matching"
            )


def without_effect(scores: Scores) -> Iterator[Finding]:
    """Go through the requests that the programme, or the people, give no effect.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Yields
    ------
    Finding
        Wishes without the criterion, earlier pairs without the rule or of people who are not there.
    """
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
    known = set(cohort.people.id)
    gone = sorted(
        {person for pair in earlier for person in (pair.mentor, pair.mentee)} - known, key=natural
    )
    if gone:
        sentence = f"{counted(len(gone), 'person')} of the earlier pairs not in the people table: {listed(gone)}"
        yield Finding("no_effect", "note", sentence)


def _unknown_names(scores: Scores) -> Iterator[Finding]:
    people, programme = scores.cohort.people, scores.programme
    topics = {fold(topic) for topic in people.topics}
    for key, words, known in (
        ("lived_topics", programme.lived_topics, topics),
        ("unprotected", programme.unprotected, set(people.dimensions)),
    ):
        for word in words:
            if (fold(word) if key == "lived_topics" else word) not in known:
                yield Finding("no_effect", "warning", f"{key} names {word!r}, which nobody has")


def _mixed_units(scores: Scores) -> Iterator[Finding]:
    criteria = scores.programme.criteria
    own = [name_of(criterion) for criterion in criteria if criterion.weight is None]
    if own and len(own) < len(criteria):
        sentence = f"{', '.join(own)} in the user's own units beside criteria that share out {MOST:,} points: give weights"
        yield Finding("mixed_units", "warning", sentence)


def _forbids_all(scores: Scores) -> Iterator[Finding]:
    rows, columns = (np.arange(size) for size in scores.shape)
    for name, verdict in scores.verdicts(rows, columns):
        if verdict.size and not verdict.any() and name not in {"self", "exclude"}:
            yield Finding("forbids_all", "warning", f"the rule {name} allows no pair at all")


def _idle(scores: Scores) -> Iterator[Finding]:
    people = scores.cohort.people
    without_role = np.flatnonzero(people.role == ROLES["none"])
    idle = [people.id[row] for row in without_role.tolist()]
    if idle:
        count = counted(len(idle), "person")
        sentence = f"{count} without a role in this round: {listed(idle)}"
        yield Finding("no_role", "note", sentence, tuple(idle))


def _email_ids(people: People) -> Iterator[Finding]:
    addresses = tuple(person for person in people.id if "@" in person)
    if addresses:
        alike = (
            "looks like an e-mail address" if len(addresses) == 1 else "look like e-mail addresses"
        )
        sentence = f"{counted(len(addresses), 'id')} {alike}, and ids stand in every file: use neutral ones"
        yield Finding("email_as_id", "warning", sentence, addresses)
