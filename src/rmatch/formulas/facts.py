"""What is known of one person, in the terms of the programme."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from rmatch.people import quarter_hours
from rmatch.utils.labels import Labels, fold

if TYPE_CHECKING:
    from rmatch.people import People, Person, Requests
    from rmatch.programme import Programme


class Facts:
    """People, programme and requests, looked up one person at a time.

    Parameters
    ----------
    people : People
        Everybody.
    programme : Programme
        What the organiser chose.
    requests : Requests
        What was asked for.
    """

    def __init__(self, people: People, programme: Programme, requests: Requests) -> None:
        self.people, self.programme, self.requests = people, programme, requests
        self.person: dict[str, Person] = {person.id: person for person in people}
        self.row = {person: row for row, person in enumerate(people.id)}

    @cached_property
    def mentors(self) -> list[str]:
        """The ids of those who play mentor."""
        return [person.id for person in self.person.values() if person.role in {"mentor", "both"}]

    @cached_property
    def mentees(self) -> list[str]:
        """The ids of those who play mentee."""
        return [person.id for person in self.person.values() if person.role in {"mentee", "both"}]

    @cached_property
    def bosses(self) -> set[str]:
        """The ids of those whom somebody reports to."""
        return {
            person.manager_id for person in self.person.values() if person.manager_id in self.person
        }

    @cached_property
    def named(self) -> dict[str, set[tuple[str, str]]]:
        """The pairs that the requests of each kind name."""
        pairs: dict[str, set[tuple[str, str]]] = {
            kind: set() for kind in ("lock", "exclude", "previous", "wish")
        }
        for request in self.requests.rows:
            pairs[request.kind].add((request.mentor, request.mentee))
        return pairs

    def matchable(self, person: str, *, protected: bool) -> People:
        """Return one person as user-made criteria and rules see them: without answers that may only be reported."""
        one = self.people.take([self.row[person]])
        hidden = set() if protected else set(one.dimensions) - set(self.programme.unprotected)
        return replace(
            one,
            dimensions={
                name: Labels.of([self.answers_as_written(person, name)])
                for name in one.dimensions.keys() - hidden
            },
            consent={name: bits for name, bits in one.consent.items() if name not in hidden},
        )

    @cached_property
    def lived(self) -> set[str]:
        """The programme's lived topics, folded, which only those teach who opted in."""
        return {fold(topic) for topic in self.programme.lived_topics}

    @cached_property
    def skills(self) -> dict[str, dict[str, int]]:
        """The folded topics that each person knows and can teach, with levels."""
        return {person: self._skills(facts) for person, facts in self.person.items()}

    @cached_property
    def wants(self) -> dict[str, dict[str, int]]:
        """The folded topics that each person wants and has something to learn about, with priorities."""
        top = self.programme.topic_levels
        return {
            person: {
                fold(topic): priority
                for topic, priority in facts.wants.items()
                if self.skills[person].get(fold(topic), 0) < top
            }
            for person, facts in self.person.items()
        }

    @cached_property
    def spelling(self) -> dict[str, str]:
        """How a folded topic is written."""
        return {fold(topic): topic for topic in self.people.topics}

    def seniority(self, person: str, by: str) -> int | None:
        """Return a person's place in the levels × 100, or years × 100, or `None` where unknown."""
        facts, levels = self.person[person], self.programme.levels
        if by == "levels" or (by == "auto" and levels):
            return None if facts.level is None else 100 * levels.index(facts.level)
        return None if facts.years is None else round(100 * facts.years)

    def answers(self, person: str, dimension: str) -> frozenset[str]:
        """Return a person's folded answers to a dimension, as far as they may be used for matching."""
        return frozenset(fold(answer) for answer in self.answers_as_written(person, dimension))

    def answers_as_written(self, person: str, dimension: str) -> tuple[str, ...]:
        """Return a person's answers to a dimension, as far as they may be used for matching."""
        facts = self.person[person]
        return (
            facts.dimensions.get(dimension, ())
            if "match" in facts.consent.get(dimension, ())
            else ()
        )

    def languages(self, person: str) -> frozenset[str]:
        """Return what a person speaks."""
        return frozenset(fold(language) for language in self.person[person].languages)

    def modes(self, person: str) -> frozenset[str]:
        """Return how a person can meet."""
        return frozenset(fold(mode) for mode in self.person[person].meeting_modes)

    def quarters(self, person: str) -> frozenset[int]:
        """Return the quarters of the UTC day in which a person can meet."""
        facts = self.person[person]
        mask = 0 if facts.hours is None else quarter_hours(facts.hours, facts.time_zone)
        return frozenset(quarter for quarter in range(96) if mask >> quarter & 1)

    def placed(self, person: str) -> bool:
        """Tell whether a person has a place in the organisation chart."""
        return person in self.bosses or self.person[person].manager_id in self.person

    def above(self, person: str, steps: int | None = None) -> list[str]:
        """Return the person, their boss, the boss's boss … up to a number of steps."""
        chain = [person]
        while steps is None or len(chain) <= steps:
            boss = self.person[chain[-1]].manager_id
            if boss not in self.person or boss is None:
                break
            chain.append(boss)
        return chain

    def distance(self, one: str, other: str, cap: int) -> int:
        """Return the steps between two people along reporting lines, at most `cap`."""
        upwards = {boss: steps for steps, boss in enumerate(self.above(one, cap))}
        meeting = [
            upwards[boss] + steps
            for steps, boss in enumerate(self.above(other, cap))
            if boss in upwards
        ]
        return min([*meeting, cap])

    def capacity(self, person: str, side: str) -> int:
        """Return how many partners a person can take as a mentor or as a mentee."""
        own: int | None = getattr(self.person[person], f"{side}_capacity")
        return int(getattr(self.programme, f"{side}_capacity")) if own is None else own

    def _skills(self, facts: Person) -> dict[str, int]:
        top = self.programme.topic_levels
        ordinary = {
            fold(topic): level or top
            for topic, level in facts.offers.items()
            if fold(topic) not in self.lived
        }
        return ordinary | {fold(topic): top for topic in facts.lived_topics}
