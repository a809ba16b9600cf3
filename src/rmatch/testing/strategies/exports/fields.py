"""All fields of some people, each written in a way of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rmatch.testing.strategies.exports.lists import lists
from rmatch.testing.strategies.exports.persons import code, consents, managers, names, roles, texts
from rmatch.testing.strategies.exports.written import Written, column, headers, refusing
from rmatch.testing.strategies.exports.years import years

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rmatch.people import People, Person

TEXTS = ("level", "department", "site", "time_zone", "hours")
SETS = ("languages", "meeting_modes", "accepted_levels", "accepted_sites", "lived_topics")
COUNTS = ("mentor_capacity", "mentee_capacity", "mentor_minimum", "mentee_minimum")


@st.composite
def fields(draw: st.DrawFn, people: People, *, sided: bool = False) -> list[Written]:
    """Return the columns of everybody, the id first; a field that nobody has may be missing.

    Parameters
    ----------
    people : People
        Whom to write.
    sided : bool
        Whether the roles show by the file.
    """
    persons = [people.person(row) for row in range(len(people))]
    ids = [code(person.id) for person in persons]
    written = [column("id", draw(headers("id")), ids)]
    written += [] if sided else [draw(roles(persons))]
    if any(person.name for person in persons):
        written.append(draw(names(persons)))
    if any(person.email for person in persons):
        emails = [person.email or "" for person in persons]
        written.append(column("email", draw(headers("email")), emails))
    if any(person.years is not None for person in persons):
        written.append(draw(years(persons)))
    if any(person.manager_id for person in persons):
        written.append(draw(managers(persons)))
    called = draw(_other_names(people))
    written += [draw(each) for each in _plain(persons, people.consent, called)]
    written.append(
        Written(keys={"topics": {own: topic for topic, own in called.items()}} if called else {})
    )
    for name in COUNTS:
        numbers = [getattr(person, name) for person in persons]
        if any(number is not None for number in numbers):
            written.append(draw(_counts(name, numbers)))
    return draw(refusing([*written, *(draw(each) for each in _asked(people, persons))]))


@st.composite
def _other_names(draw: st.DrawFn, people: People) -> dict[str, str]:
    """Return what some topics are called in the export."""
    if not people.topics or not draw(st.booleans()):
        return {}
    some = draw(st.sets(st.sampled_from(people.topics)))
    return {topic: f"Course, no {place}" for place, topic in enumerate(sorted(some))}


@st.composite
def _counts(draw: st.DrawFn, name: str, numbers: Sequence[int | None]) -> Written:
    words = "at least {}" if name.endswith("minimum") else "up to {}"
    form = draw(st.sampled_from(("{}", "{}.0", "{} people", words)))
    cells = ["" if number is None else form.format(number) for number in numbers]
    return column(name, draw(headers(name)), cells)


def _plain(
    persons: Sequence[Person], asked: Collection[str], called: Mapping[str, str]
) -> list[st.SearchStrategy[Written]]:
    found = []
    for name in TEXTS:
        stated = [getattr(person, name) for person in persons]
        if any(stated):
            found.append(texts(name, stated))
    for name in SETS:
        own = called if name == "lived_topics" else {}
        sets = [{own.get(item, item): None for item in getattr(person, name)} for person in persons]
        if any(sets) or (name == "lived_topics" and name in asked):
            found.append(lists(name, sets))
    for name in ("offers", "wants"):
        topics = [
            {called.get(topic, topic): number for topic, number in getattr(person, name).items()}
            for person in persons
        ]
        if any(topics):
            found.append(lists(name, topics))
    return found


def _asked(people: People, persons: Sequence[Person]) -> Iterator[st.SearchStrategy[Written]]:
    """Go through the questions that some organisation asks: they are there even where nobody answers."""
    for name in people.dimensions:
        answers = [dict.fromkeys(person.dimensions.get(name, ())) for person in persons]
        yield lists(f"dimension:{name}", answers)
    for name in people.consent:
        yield consents(name, [person.consent.get(name, ()) for person in persons])
    for name in people.extra:
        yield texts(f"extra:{name}", [person.extra.get(name) for person in persons])
