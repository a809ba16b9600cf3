"""What may go wrong with topics: too few who teach them, nobody who may, two that are one."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from rmatch.checking.finding import Finding, listed
from rmatch.people import wanted_shares
from rmatch.utils.labels import fold
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import People
    from rmatch.scoring import Scores

ALIKE = 0.8
"""How much two topics must look alike, from 0 to 1, to be reported."""


def scarce_topics(scores: Scores) -> Iterator[Finding]:
    """Go through the topics that more people want than can be taught."""
    cohort = scores.cohort
    wanted = wanted_shares(cohort, cohort.mentees)
    teach, capacity = cohort.skills.take(cohort.mentors), cohort.capacity("mentor")
    demand = Counter(wanted.topics.tolist())
    for code in sorted(demand):
        wants, topic = demand[code], cohort.people.topics[code]
        teachers = np.unique(teach.rows[teach.codes == code])
        room = int(capacity[teachers].sum())
        if room >= wants:
            continue
        verb = "wants" if wants == 1 else "want"
        asked = f"{counted(wants, 'mentee')} {verb} {topic!r}"
        if room:
            can = f"{counted(len(teachers), 'mentor')} can teach it, places for {room}"
            yield Finding("shortage", "note", f"{asked}, {can}")
        else:
            yield Finding("shortage", "warning", f"{asked}, nobody can teach it")


def lived_without_opt_in(scores: Scores) -> Iterator[Finding]:
    """Tell who offers a lived topic without having opted in."""
    people = scores.cohort.people
    offered = np.isin(people.offers.codes, scores.cohort.lived_topics)
    lived = people.lived_topics
    opted_in = set(zip(lived.rows.tolist(), lived.codes.tolist(), strict=True))
    rows, codes = people.offers.rows[offered], people.offers.codes[offered]
    offers = zip(rows.tolist(), codes.tolist(), strict=True)
    who = sorted({people.id[row] for row, code in offers if (row, code) not in opted_in})
    if who:
        count = counted(len(who), "person")
        without = "without listing it under lived_topics: it does not count"
        sentence = f"{count} offer a lived topic {without}"
        yield Finding("lived_topic_without_opt_in", "warning", sentence, tuple(who))


def nothing_to_share(scores: Scores) -> Iterator[Finding]:
    """Tell who has nothing to teach, and who nothing to learn."""
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


def alike_topics(people: People) -> Iterator[Finding]:
    """Go through the topics that look as if they were one; lived ones are never named."""
    lived = set(people.lived_topics.codes.tolist())
    folded = [fold(topic) for topic in people.topics]
    for place, topic in enumerate(folded):
        matcher = difflib.SequenceMatcher(b=topic, autojunk=False)
        for other in range(place + 1, len(folded)) if place not in lived else ():
            if other in lived:
                continue
            matcher.set_seq1(folded[other])
            if (
                matcher.real_quick_ratio() >= ALIKE
                and matcher.quick_ratio() >= ALIKE
                and matcher.ratio() >= ALIKE
            ):
                pair = f"{people.topics[place]!r} and {people.topics[other]!r}"
                yield Finding(
                    "alike_topics",
                    "note",
                    f"{pair} count as two topics: if they are one, spell them alike",
                )
