"""The things that may go wrong in a round, one function each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from rmatch.checking.finding import Finding, few, listed
from rmatch.checking.no_effect import without_effect
from rmatch.checking.some import for_nobody
from rmatch.checking.swapped import swapped
from rmatch.checking.topics import Topics
from rmatch.checking.unanswered import unanswered
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.io import LEFT_OUT
from rmatch.people import ROLES, UNKNOWN, Cohort, People, bare, measure, wanted_shares
from rmatch.rounds import Round, hopeless
from rmatch.scoring import Scores, lacking
from rmatch.utils.labels import fold
from rmatch.utils.names import name_of
from rmatch.utils.points import MOST
from rmatch.utils.text import counted, numeral

LOOKED_AT = 2**22
"""About so many pairs are looked at together."""


def findings_of(scores: Scores, topics: Topics) -> Iterator[Finding]:
    """Go through everything that can be told before solving.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    topics : Topics
        The topics of the people.

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
    yield from _lived_without_opt_in(scores)
    yield from _unknown_names(scores)
    yield from _mixed_units(scores)
    yield from _nothing_to_teach_or_learn(scores)
    yield from _idle(scores)
    yield from for_nobody(scores)
    yield from swapped(scores)
    yield from _alike_topics(topics)
    yield from unanswered(scores.cohort.people)
    yield from _email_ids(scores.cohort.people)
    yield from _reading(scores.cohort)


def _reading(cohort: Cohort) -> Iterator[Finding]:
    """Go through what was noted while reading, but for what the table of columns says."""
    for note in cohort.notes:
        if cohort.people.understood is None or LEFT_OUT not in note:
            yield Finding("reading", "note", note)


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
    for person in hopeless(scores):
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
    yield from _scarce_topics(scores)


def _scarce_topics(scores: Scores) -> Iterator[Finding]:
    cohort = scores.cohort
    wanted = wanted_shares(cohort, cohort.mentees)
    teach, capacity = cohort.skills.take(cohort.mentors), cohort.capacity("mentor")
    size = len(cohort.people.topics)
    demand = np.bincount(wanted.topics, minlength=size)
    teachers = np.bincount(teach.codes, minlength=size)
    rooms = np.bincount(teach.codes, capacity[teach.rows], size)
    for code in np.flatnonzero(demand > rooms).tolist():
        wants, room, topic = int(demand[code]), int(rooms[code]), cohort.people.topics[code]
        verb = "wants" if wants == 1 else "want"
        asked = f"{counted(wants, 'mentee')} {verb} {topic!r}"
        if room:
            can = f"{counted(int(teachers[code]), 'mentor')} can teach it, places for {room}"
            yield Finding("shortage", "note", f"{asked}, {can}")
        else:
            yield Finding("shortage", "warning", f"{asked}, nobody can teach it")


def _without_data(scores: Scores) -> Iterator[Finding]:
    cohort = scores.cohort
    for lack in lacking(scores.programme, scores.without_data):
        yield Finding("no_data", "warning", f"the criterion {lack}")
    for rule in scores.programme.rules:
        by = getattr(bare(rule), "by", None)
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
        sentence = f"{', '.join(own)} in the user's own units beside criteria that share out {numeral(MOST)} points: give weights"
        yield Finding("mixed_units", "warning", sentence)


def _forbids_all(scores: Scores) -> Iterator[Finding]:
    rows, columns = (np.arange(size) for size in scores.shape)
    silent = {name_of(rule): True for rule in scores.programme.rules} if all(scores.shape) else {}
    size = max(LOOKED_AT // max(len(columns), 1), 1)
    # Nearly always the first few mentors meet somebody by every rule, and the others need not be asked.
    for first in range(0, len(rows), size):
        if any(silent.values()):
            for name, verdict in scores.verdicts(rows[first : first + size], columns):
                if name in silent and verdict.any():
                    silent[name] = False
    for name in (name for name, never in silent.items() if never):
        yield Finding("forbids_all", "warning", f"the rule {name} allows no pair at all")


def _idle(scores: Scores) -> Iterator[Finding]:
    people = scores.cohort.people
    without_role = np.flatnonzero(people.role == ROLES["none"])
    idle = [people.id[row] for row in without_role.tolist()]
    if idle:
        count = counted(len(idle), "person")
        sentence = f"{count} without a role in this round: {listed(idle)}"
        yield Finding("no_role", "note", sentence, tuple(idle))


def _nothing_to_teach_or_learn(scores: Scores) -> Iterator[Finding]:
    cohort = scores.cohort
    if "expertise" in scores.without_data or "expertise" not in {
        item.kind for item in scores.programme.criteria
    }:
        return
    teaching = cohort.skills.take(cohort.mentors).counts
    learning = np.bincount(
        wanted_shares(cohort, cohort.mentees).columns, minlength=len(cohort.mentees)
    )
    for ids, counts, side, what in (
        (scores.mentors, teaching, "mentor", "nothing to teach"),
        (
            scores.mentees,
            learning,
            "mentee",
            "nothing to learn: no wants, or only what is known already",
        ),
    ):
        who = [ids[place] for place in np.flatnonzero(counts == 0).tolist()]
        if who:
            sentence = f"{counted(len(who), side)} with {what} ({listed(who)})"
            yield Finding("nothing_to_share", "note", sentence, tuple(who))


def _lived_without_opt_in(scores: Scores) -> Iterator[Finding]:
    people = scores.cohort.people
    offered = people.offers.keep(np.isin(people.offers.codes, scores.cohort.lived_topics))
    rows = offered.rows[~offered.among(people.lived_topics)]
    who = sorted({people.id[row] for row in rows.tolist()})
    if who:
        sentence = f"{counted(len(who), 'person')} offer a lived topic without listing it under lived_topics: it does not count"
        yield Finding("lived_topic_without_opt_in", "warning", sentence, tuple(who))


def _alike_topics(topics: Topics) -> Iterator[Finding]:
    if topics.merges:
        pairs = [f"{each.topic!r} and {each.into!r}" for each in topics.merges]
        verb = "may be one topic" if len(pairs) == 1 else "may each be one topic"
        sentence = f"{few(pairs)} {verb}: paste what is from the block [topics] into the mapping"
        yield Finding("alike_topics", "note", sentence)


def _email_ids(people: People) -> Iterator[Finding]:
    addresses = tuple(person for person in people.id if "@" in person)
    if addresses:
        alike = (
            "looks like an e-mail address" if len(addresses) == 1 else "look like e-mail addresses"
        )
        sentence = f"{counted(len(addresses), 'id')} {alike}, and ids stand in every file: use neutral ones"
        yield Finding("email_as_id", "warning", sentence, addresses)
