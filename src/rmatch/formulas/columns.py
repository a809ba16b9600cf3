"""What is known of everybody, column by column, in the terms of the programme."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas.meeting import hours_of
from rmatch.people import PURPOSES, TOPICS, Person
from rmatch.utils.labels import Labels, fold
from rmatch.utils.loops import heard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.formulas.meeting import Hours
    from rmatch.people import People
    from rmatch.programme import Programme

EVERY = 256
"""After so many people it is heard whether the run is to stop."""


class Persons(Mapping[str, Person]):
    """The records of people by id, each made when somebody asks for it.

    Parameters
    ----------
    people : People
        Everybody.
    row : dict of str to int
        Where each stands.
    """

    def __init__(self, people: People, row: dict[str, int]) -> None:
        self._people = people
        self._row = row
        self._made: dict[str, Person] = {}

    def __getitem__(self, person: str) -> Person:
        """Return the record of a person."""
        found = self._made.get(person)
        if found is None:
            found = self._made[person] = self._people.person(self._row[person])
        return found

    def __iter__(self) -> Iterator[str]:
        """Go through the ids."""
        return iter(self._row)

    def __len__(self) -> int:
        """Return how many people there are."""
        return len(self._row)


class Columns:
    """The columns of people, one value a person, in the order of their rows.

    Parameters
    ----------
    people : People
        Everybody.
    programme : Programme
        What the organiser chose.
    """

    def __init__(self, people: People, programme: Programme) -> None:
        self.people: People = people
        self.programme: Programme = programme
        self._labels: dict[str, list[frozenset[str]]] = {}
        self._answers: dict[str, list[frozenset[str]]] = {}

    @cached_property
    def levels(self) -> list[int | None]:
        """Everybody's position in the levels, times 100."""
        ranks: dict[str | None, int] = {
            level: 100 * position for position, level in enumerate(self.programme.levels)
        }
        return [None if level is None else ranks[level] for level in self.people.level]

    @cached_property
    def years(self) -> list[int | None]:
        """Everybody's years, times 100."""
        return [None if math.isnan(own) else round(100 * own) for own in self.people.years.tolist()]

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Every topic that somebody offers, wants or has lived, folded."""
        columns = (getattr(self.people, column) for column in TOPICS)
        return tuple(sorted({fold(word) for labels in columns for word in labels.vocabulary}))

    @cached_property
    def skills(self) -> Labels:
        """The topics that everybody knows and can teach, with levels; lived ones only of those who opted in."""
        top, lived = self.programme.topic_levels, set(map(fold, self.programme.lived_topics))
        keys, levels = self._members("offers")
        ordinary = np.array([topic not in lived for topic in self.topics], bool)
        own = ordinary[keys % max(len(self.topics), 1)]
        opted, _ = self._members("lived_topics")
        return self._sets(
            np.concatenate([keys[own], opted]),
            np.concatenate([np.where(levels, levels, top)[own], np.full(len(opted), top)]),
        )

    @cached_property
    def wants(self) -> Labels:
        """The topics that everybody wants and has something to learn about, with priorities."""
        keys, priorities = self._members("wants")
        left = self.known(keys) < self.programme.topic_levels
        return self._sets(keys[left], priorities[left])

    def known(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return at which level people know topics, 0 where they do not; a key is the row of a person × topics + the topic."""
        skills = self.skills
        there = skills.rows * len(self.topics) + skills.codes
        found = np.searchsorted(there, keys)
        found[found == len(there)] = 0
        if not len(there):
            return np.zeros(len(keys), np.int64)
        return np.where(there[found] == keys, skills.weights[found], 0)

    @cached_property
    def boss(self) -> NDArray[np.int64]:
        """The row of everybody's boss, -1 for who has none here, and -1 once more at the end: for nobody's boss."""
        row = {person: position for position, person in enumerate(self.people.id)}
        bosses = [row.get(boss, -1) if boss else -1 for boss in self.people.manager_id]
        return np.array([*bosses, -1], np.int64)

    @cached_property
    def placed(self) -> NDArray[np.bool_]:
        """Who has a place in the organisation chart."""
        has_boss = self.boss[:-1] >= 0
        is_boss = np.bincount(self.boss[self.boss >= 0], minlength=len(self.people)) > 0
        return has_boss | is_boss

    @cached_property
    def hours(self) -> list[Hours | None]:
        """When everybody can meet."""
        told = list(zip(self.people.hours, self.people.time_zone, strict=True))
        known = {each: hours_of(*each) for each in heard(dict.fromkeys(told), "people", EVERY)}
        return list(map(known.__getitem__, told))

    def labels(self, column: str) -> list[frozenset[str]]:
        """Return everybody's folded labels in a column of sets."""
        if column not in self._labels:
            self._labels[column] = _folded(getattr(self.people, column))
        return self._labels[column]

    def answers(self, dimension: str) -> list[frozenset[str]]:
        """Return everybody's folded answers to a dimension, as far as they may be used for matching."""
        if dimension not in self._answers:
            self._answers[dimension] = self._released(dimension)
        return self._answers[dimension]

    def _released(self, dimension: str) -> list[frozenset[str]]:
        given, consent = self.people.dimensions.get(dimension), self.people.consent.get(dimension)
        if given is None or consent is None:
            return [frozenset()] * len(self.people)
        return _folded(given.keep((consent & PURPOSES["match"] > 0)[given.rows]))

    def _members(self, column: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return what stands in a column of topics, as keys, and the number beside each."""
        labels: Labels = getattr(self.people, column)
        position = {topic: code for code, topic in enumerate(self.topics)}
        codes = np.array([position[fold(word)] for word in labels.vocabulary], np.int64)
        return labels.rows * len(self.topics) + codes[labels.codes], labels.weights.astype(np.int64)

    def _sets(self, keys: NDArray[np.int64], numbers: NDArray[np.int64]) -> Labels:
        """Return keys sorted into sets, one a person; of two that are the same the last one counts."""
        members, latest = np.unique(keys[::-1], return_index=True)
        rows, codes = np.divmod(members, max(len(self.topics), 1))
        starts = np.searchsorted(rows, np.arange(len(self.people) + 1))
        weights = numbers[::-1][latest].astype(np.int32)
        return Labels(self.topics, starts, codes.astype(np.int32), weights)


def _folded(labels: Labels) -> list[frozenset[str]]:
    """Return the sets of labels, folded; those that are the same are one object."""
    sets, which = labels.distinct()
    words = list(map(fold, labels.vocabulary))
    made = [frozenset(words[code] for code in each) for each in sets]
    return [made[each] for each in which.tolist()]
