"""Whom the page names, and how."""

from __future__ import annotations

from dataclasses import dataclass

from rmatch.rounds import Outcome, kept_of
from rmatch.utils.messages import Message


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody on the page.

    Attributes
    ----------
    id : str
        The person's id.
    name : str
        The name, where the organiser asked for names and there is one.
    about : str
        Level, department and site, as far as they are known.
    """

    id: str
    name: str = ""
    about: str = ""

    @property
    def called(self) -> str:
        """What sentences call the person."""
        return self.name or self.id

    @property
    def number(self) -> str:
        """The id beside a name."""
        return self.id if self.name else ""


def players(count: int, role: str) -> Message:
    """Say how many people play a role."""
    if role == "mentor":
        return Message("{count} mentor", "{count} mentors", count=count)
    return Message("{count} mentee", "{count} mentees", count=count)


def together(one: Who, other: Who) -> Message:
    """Say that two people are a pair."""
    return Message("{mentor} with {mentee}", mentor=one.called, mentee=other.called)


def everybody(matching: Outcome, *, named: bool) -> dict[str, Who]:
    """Return everybody by id.

    Parameters
    ----------
    matching : Outcome
        The round; without its people only the ids are known.
    named : bool
        Whether the organiser asked for names.
    """
    if kept_of(matching.scores) is not None and not named:
        return {person: Who(person) for person in matching.partners}
    people = matching.people
    columns = zip(people.id, people.name, people.level, people.department, people.site, strict=True)
    return {
        person: Who(person, (name or "") if named else "", " · ".join(filter(None, about)))
        for person, name, *about in columns
    }
