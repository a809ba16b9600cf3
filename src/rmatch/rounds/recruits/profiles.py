"""Those who might be recruited: one a topic that is wanted, or the organiser's own, and what is wrong with these."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, nearest
from rmatch.people import ROLES, UNKNOWN, bare, measure, people_of
from rmatch.rounds.recruits.needs import Needs
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import Cohort, Labels, People, Person
    from rmatch.programme import Programme

NEEDED = {
    "other_department": ("department",),
    "other_site": ("site",),
    "shared_language": ("languages",),
    "overlapping_hours": ("hours", "time_zone"),
}
"""What a rule has to know of a mentor, beside the level or the years."""
PLACED = ("site", "department", "languages", "meeting_modes")
"""What a profile may say in words that somebody has used already."""
LIVED = "take it out: a lived topic is somebody's own to tell, and nobody is recruited for it"
NO_PERSON = {
    "name": ("has a name", "leave it out: a profile is nobody yet"),
    "email": ("has an address", "leave it out: a profile is nobody yet"),
    "lived_topics": ("has lived a topic", LIVED),
    "mentor_minimum": ("must get a partner", "leave it out: who gets one is the question"),
}
"""What only somebody has who is there already."""


def usual_profiles(cohort: Cohort, programme: Programme) -> People:
    """Return a profile for each topic that is wanted: somebody who teaches it at the top level and is like a mentor of today.

    Level and years are those of the middle one of today's mentors, and what else the rules have to know is what most of them
    say. All else is unknown.

    Parameters
    ----------
    cohort : Cohort
        The people.
    programme : Programme
        Its rules.

    Returns
    -------
    People
        Mentors with the topics as their ids, in the order of the topics; nobody, where nothing is wanted.
    """
    people, needs = cohort.people, Needs.of(cohort)
    topics = [
        people.topics[code] for code in np.flatnonzero((needs.wanted > 0) & ~needs.private).tolist()
    ]
    taken = {fold(person) for person in people.id}
    names = [f"teaches {topic}" if fold(topic) in taken else topic for topic in topics]
    columns: dict[str, Any] = {
        name: [own] * len(topics) for name, own in _usual(cohort, programme).items()
    }
    offers = [{topic: programme.topic_levels} for topic in topics]
    roles = [ROLES["mentor"]] * len(topics)
    return people_of({"id": names, "role": roles, "offers": offers, **columns})


def _usual(cohort: Cohort, programme: Programme) -> dict[str, Any]:
    """Return what the usual profile says, by the fields."""
    found = _middle(cohort, programme)
    asked = [name for rule in programme.rules for name in NEEDED.get(bare(rule).kind, ())]
    if cohort.people.accepted_sites.codes.size:
        asked.append("site")
    for name in dict.fromkeys(asked):
        found |= _most_common(name, getattr(cohort.people, name), cohort.mentors.tolist())
    return found


def _middle(cohort: Cohort, programme: Programme) -> dict[str, Any]:
    """Return the level, or the years, of the middle one of the mentors of whom it is known."""
    own = cohort.seniority("auto")[cohort.mentors]
    known = sorted(own[own != UNKNOWN].tolist())
    if not known:
        return {}
    middle = known[(len(known) - 1) // 2]
    by_levels = measure("auto", programme.levels) == "levels"
    return {"level": programme.levels[middle // 100]} if by_levels else {"years": middle / 100}


def _most_common(name: str, column: Any, rows: list[int]) -> dict[str, Any]:
    """Return what most of some people say in a column, if anybody says anything."""
    said = Counter(tuple(own) if isinstance(own := column[row], dict) else own for row in rows)
    said.pop(None, None)
    said.pop((), None)
    most = sorted(said, key=lambda own: (-said[own], own))
    return {name: most[0]} if most else {}


def profile_faults(profiles: People, cohort: Cohort) -> Iterator[Fault]:
    """Go through what is wrong with profiles of the organiser's own.

    Parameters
    ----------
    profiles : People
        The profiles.
    cohort : Cohort
        The people that they might join.
    """
    if not len(profiles):
        yield Fault("profiles", "", "there are none", "give at least one, or leave them out")
    for name in sorted({*profiles.dimensions, *profiles.consent} - {"lived_topics"}):
        problem = "a profile says something of a demographic question"
        remedy = "take the column out: nobody is recruited by a protected attribute"
        yield Fault("profiles", f"dimension:{name}", problem, remedy)
    known = {person: row for row, person in enumerate(cohort.people.id)}
    alike: dict[Any, str] = {}
    for row, profile in enumerate(profiles):
        where = profiles.place(row, "id")
        if profile.id in known:
            yield Fault(
                where, "id", "somebody has this id already", "give the profile its own name"
            )
        if profile.role != "mentor":
            problem = f"the role is {profile.role!r}, and only mentors are recruited here"
            yield Fault(where, "role", problem, "write mentor")
        same = alike.setdefault(_said(profile), profile.id)
        if same != profile.id:
            problem = f"the profile says the same as {same!r}"
            yield Fault(
                where, "", problem, "keep one of the two: the best together may take it twice"
            )
        yield from _person_faults(profiles, row, profile)
        yield from _unknown(profiles, row, profile, cohort)


def _said(profile: Person) -> Any:
    """Return what a profile says, to compare it with others."""
    offers = {(fold(topic), level) for topic, level in profile.offers.items()}
    words = (profile.level, profile.years, profile.site, profile.department, profile.manager_id)
    times = profile.hours, profile.time_zone, profile.mentor_capacity
    sets = (
        profile.languages,
        profile.meeting_modes,
        profile.accepted_levels,
        profile.accepted_sites,
    )
    folded = (frozenset(map(fold, own)) for own in sets)
    extra = frozenset(profile.extra.items())
    return frozenset(offers), words, times, tuple(folded), frozenset(profile.wants.items()), extra


def _person_faults(profiles: People, row: int, profile: Person) -> Iterator[Fault]:
    """Go through what only somebody has who is there already."""
    for name, (problem, remedy) in NO_PERSON.items():
        if getattr(profile, name):
            yield Fault(profiles.place(row, name), name, f"the profile {problem}", remedy)
    if profile.mentor_capacity == 0:
        where = profiles.place(row, "mentor_capacity")
        yield Fault(
            where,
            "mentor_capacity",
            "the profile takes no mentee",
            "give 1 or more, or leave it out",
        )


def _unknown(profiles: People, row: int, profile: Person, cohort: Cohort) -> Iterator[Fault]:
    """Go through topics, places and languages that nobody of the people has."""
    people, needs = cohort.people, Needs.of(cohort)
    topics = {fold(topic): code for code, topic in enumerate(people.topics)}
    open_ones = [people.topics[code] for code in np.flatnonzero(~needs.private).tolist()]
    for topic in profile.offers:
        code, where = topics.get(fold(topic)), profiles.place(row, "offers")
        if code is None:
            problem = f"nobody wants or teaches {topic!r}"
            yield Fault(where, "offers", problem, nearest(topic, open_ones))
        elif needs.private[code]:
            yield Fault(where, "offers", "the profile teaches a lived topic", LIVED)
    for name in PLACED:
        own, column = getattr(profile, name), getattr(people, name)
        words = [own] if isinstance(own, str) else [*(own or ())]
        said = _words(column)
        for word in words:
            if fold(word) not in said:
                where = profiles.place(row, name)
                yield Fault(where, name, f"nobody has {word!r}", nearest(word, [*said.values()]))


def _words(column: Labels | tuple[str | None, ...]) -> dict[str, str]:
    """Return the words of a column by what their spellings have in common."""
    words = [own for own in column if own] if isinstance(column, tuple) else column.vocabulary
    return {fold(word): word for word in sorted({*words})}
