"""What is known of one person, in the terms of the programme."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas.columns import Columns, Persons, Sets
from rmatch.formulas.meeting import both_can_meet, minutes_by
from rmatch.people import PURPOSES
from rmatch.utils.labels import fold
from rmatch.utils.messages import Message
from rmatch.utils.sides import SIDES
from rmatch.utils.spelling import mailbox_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from rmatch.formulas.meeting import Hours
    from rmatch.people import Cohort, People, Person, Requests
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
    baseline : Facts, optional
        Facts of other people that the means for unknown answers are taken over, and that say what has data and which
        topics are rare.
    """

    def __init__(
        self,
        people: People,
        programme: Programme,
        requests: Requests,
        baseline: Facts | None = None,
    ) -> None:
        self.basis: Facts = self if baseline is None else baseline
        self.people: People = people
        self.programme: Programme = programme
        self.requests: Requests = requests
        self.row: dict[str, int] = {person: row for row, person in enumerate(people.id)}
        self.person: Mapping[str, Person] = Persons(people, self.row)
        self.columns: Columns = Columns(people, programme)

    @classmethod
    def of(cls, cohort: Cohort, programme: Programme) -> Facts:
        """Take the people and the requests of a cohort, and its baseline."""
        basis = cohort.baseline
        baseline = None if basis is None else cls(basis.people, programme, basis.requests)
        return cls(cohort.people, programme, cohort.requests, baseline)

    @cached_property
    def rows(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The rows of those who play mentor, and of those who play mentee, sorted by id as everywhere."""
        return self.people.mentors, self.people.mentees

    @cached_property
    def mentors(self) -> list[str]:
        """The ids of those who play mentor."""
        return [self.people.id[row] for row in self.rows[0].tolist()]

    @cached_property
    def mentees(self) -> list[str]:
        """The ids of those who play mentee."""
        return [self.people.id[row] for row in self.rows[1].tolist()]

    @property
    def sides(self) -> tuple[list[str], list[str]]:
        """The ids of the mentors, and those of the mentees."""
        return self.mentors, self.mentees

    @cached_property
    def bosses(self) -> set[str]:
        """The ids of those whom somebody reports to."""
        return {boss for boss in self.people.manager_id if boss in self.row}

    @cached_property
    def named(self) -> dict[str, set[tuple[str, str]]]:
        """The pairs that the requests of each kind name."""
        pairs: dict[str, set[tuple[str, str]]] = {
            kind: set() for kind in ("lock", "exclude", "previous", "wish")
        }
        for request in self.requests.rows:
            pairs[request.kind].add((request.mentor, request.mentee))
        return pairs

    def same_human(self, mentor: str, mentee: str) -> bool:
        """Tell whether two people have one mailbox."""
        one, other = (self.plain(person, "email") for person in (mentor, mentee))
        return one is not None and other is not None and mailbox_of(one) == mailbox_of(other)

    def seen(self, *people: str, protected: bool) -> tuple[Person, ...]:
        """Return people as criteria and rules of one's own see them: without answers that may only be reported.

        Parameters
        ----------
        *people : str
            Their ids.
        protected : bool
            Whether with protected dimensions.

        Returns
        -------
        tuple of Person
            One each.
        """
        return tuple(self._seen(person, protected) for person in people)

    def crowd(self, *, protected: bool) -> People:
        """Return everybody as blocks of criteria and rules of one's own see them; see :meth:`seen`."""
        people, hidden = self.people, set() if protected else self._protected
        released = {name: bits & PURPOSES["match"] > 0 for name, bits in people.consent.items()}
        nobody = np.zeros(len(people), bool)
        return replace(
            people,
            dimensions={
                name: given.keep(released.get(name, nobody)[given.rows]).compact()
                for name, given in people.dimensions.items()
                if name not in hidden
            },
            consent={name: bits for name, bits in people.consent.items() if name not in hidden},
        )

    def _seen(self, person: str, protected: bool) -> Person:
        key = person, protected
        if key not in self._views:
            full, hidden = self.person[person], set() if protected else self._protected
            answers = {name: self.answers_as_written(person, name) for name in full.dimensions}
            self._views[key] = replace(
                full,
                dimensions={n: given for n, given in answers.items() if given and n not in hidden},
                consent={n: may for n, may in full.consent.items() if n not in hidden},
            )
        return self._views[key]

    @cached_property
    def _views(self) -> dict[tuple[str, bool], Person]:
        return {}

    @cached_property
    def _protected(self) -> set[str]:
        return set(self.people.dimensions) - set(self.programme.unprotected)

    @cached_property
    def skills(self) -> Mapping[str, dict[str, int]]:
        """The folded topics that each person knows and can teach, with levels."""
        return Sets(self.columns.skills, self.row)

    @cached_property
    def wants(self) -> Mapping[str, dict[str, int]]:
        """The folded topics that each person wants and has something to learn about, with priorities."""
        return Sets(self.columns.wants, self.row)

    @cached_property
    def teachers(self) -> Counter[str]:
        """How many mentors teach each folded topic."""
        skills = self.columns.skills
        taught = np.bincount(skills.take(self.rows[0]).codes, minlength=len(skills.vocabulary))
        return Counter(dict(zip(skills.vocabulary, taught.tolist(), strict=True)))

    @cached_property
    def spelling(self) -> dict[str, str]:
        """How a folded topic is written."""
        return {fold(topic): topic for topic in self.people.topics}

    def plain(self, person: str, column: str) -> str | None:
        """Return the text that a person has in a column, `None` where there is none."""
        text: str | None = getattr(self.people, column)[self.row[person]]
        return text

    def seniority(self, person: str, by: str) -> int | None:
        """Return a person's position in the levels × 100, or years × 100, or `None` where unknown."""
        told: int | None = self.columns.seniority(by)[self.row[person]]
        return told

    def answers(self, person: str, dimension: str) -> frozenset[str]:
        """Return a person's folded answers to a dimension, as far as they may be used for matching."""
        return self.columns.answers(dimension)[self.row[person]] or frozenset()

    def answers_as_written(self, person: str, dimension: str) -> tuple[str, ...]:
        """Return a person's answers to a dimension, as far as they may be used for matching."""
        facts = self.person[person]
        return (
            facts.dimensions.get(dimension, ())
            if "match" in facts.consent.get(dimension, ())
            else ()
        )

    def labels(self, person: str, column: str) -> frozenset[str]:
        """Return a person's folded labels in a column."""
        return self.columns.sets(column)[self.row[person]] or frozenset()

    def languages(self, person: str) -> frozenset[str]:
        """Return what a person speaks."""
        return self.labels(person, "languages")

    def modes(self, person: str) -> frozenset[str]:
        """Return how a person can meet."""
        return self.labels(person, "meeting_modes")

    def hours(self, person: str) -> Hours | None:
        """Return when a person can meet."""
        told: Hours | None = self.columns.hours[self.row[person]]
        return told

    @cached_property
    def minutes(self) -> Callable[[Hours | None, Hours | None], int]:
        """What counts the minutes a week in which two people can both meet, on the worst day of the round."""
        return minutes_by(self.programme.dates)

    def minutes_in_common(self, one: str, other: str) -> int:
        """Return the minutes a week in which two people can both meet, on the worst day of the round."""
        return self.minutes(self.hours(one), self.hours(other))

    def both_can_meet(self, one: str, other: str) -> Message:
        """Say how long two people can both meet, and on which days that holds."""
        return both_can_meet(self.minutes_in_common(one, other), self.programme.dates)

    def placed(self, person: str) -> bool:
        """Tell whether a person has a place in the organisation chart."""
        return person in self.bosses or self.plain(person, "manager_id") in self.row

    def above(self, person: str, steps: int | None = None) -> list[str]:
        """Return the person, their boss, the boss's boss … up to a number of steps."""
        chain, bosses, row = [person], self.people.manager_id, self.row
        while steps is None or len(chain) <= steps:
            boss = bosses[row[chain[-1]]]
            if boss is None or boss not in row:
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
        return self._count(person, f"{side}_capacity")

    def minimum(self, person: str, side: str) -> int:
        """Return how many partners a person must get as a mentor or as a mentee."""
        return self._count(person, f"{side}_minimum")

    def amounts(self, what: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the "capacity" or the "minimum" of every mentor, and of every mentee."""
        mentors, mentees = (
            self._counts(f"{side}_{what}")[rows]
            for side, rows in zip(SIDES, self.rows, strict=True)
        )
        return mentors, mentees

    @cached_property
    def priorities(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How far every mentor and every mentee comes before others, whatever the programme makes of it."""
        mentors, mentees = (np.maximum(self.people.priority[rows], 0) for rows in self.rows)
        return mentors, mentees

    def _count(self, person: str, name: str) -> int:
        own = int(getattr(self.people, name)[self.row[person]])
        return int(getattr(self.programme, name)) if own < 0 else own

    def _counts(self, name: str) -> NDArray[np.int64]:
        own: NDArray[np.int64] = getattr(self.people, name)
        return np.where(own < 0, int(getattr(self.programme, name)), own)
