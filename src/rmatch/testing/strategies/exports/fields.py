"""All fields of some people, each written in a way of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rmatch.testing.strategies.exports.lists import lists
from rmatch.testing.strategies.exports.persons import consents, managers, names, roles, texts
from rmatch.testing.strategies.exports.written import Written, column, headers, standing
from rmatch.testing.strategies.exports.years import years

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
    ids = [standing(person.id) for person in persons]
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
    written += [draw(each) for each in _plain(persons, people.consent)]
    for name in COUNTS:
        numbers = [getattr(person, name) for person in persons]
        if any(number is not None for number in numbers):
            cells = ["" if number is None else str(number) for number in numbers]
            written.append(column(name, draw(headers(name)), cells))
    return written + [draw(each) for each in _asked(people, persons)]


def _plain(persons: Sequence[Person], asked: Collection[str]) -> list[st.SearchStrategy[Written]]:
    found = []
    for name in TEXTS:
        stated = [getattr(person, name) for person in persons]
        if any(stated):
            found.append(texts(name, stated))
    for name in SETS:
        sets = [dict.fromkeys(getattr(person, name)) for person in persons]
        if any(sets) or (name == "lived_topics" and name in asked):
            found.append(lists(name, sets))
    for name in ("offers", "wants"):
        topics = [getattr(person, name) for person in persons]
        if any(topics):
            found.append(lists(name, topics))
    return found


def _asked(people: People, persons: Sequence[Person]) -> list[st.SearchStrategy[Written]]:
    """Return the columns of questions that some organisation asks: they are there even where nobody answers."""
    found = []
    for name in people.dimensions:
        answers = [dict.fromkeys(person.dimensions.get(name, ())) for person in persons]
        found.append(lists(f"dimension:{name}", answers))
    for name in people.consent:
        found.append(consents(name, [person.consent.get(name, ()) for person in persons]))
    for name in people.extra:
        found.append(texts(f"extra:{name}", [person.extra.get(name) for person in persons]))
    return found
