"""What is known of everybody, column by column, in the terms of the programme."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas.meeting import hours_of
from rmatch.formulas.numbered import Numbered
from rmatch.people import PURPOSES, TOPICS, Person
from rmatch.utils.labels import Labels, fold
from rmatch.utils.loops import EVERY, heard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from rmatch.people import People
    from rmatch.programme import Programme


KEPT = 2**12
"""The sets of so many people stay at hand: whoever looks at somebody looks several times."""


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


class Sets(Mapping[str, "dict[str, int]"]):
    """The numbered labels of people by id, each set made when somebody asks for it; nobody changes one.

    Parameters
    ----------
    labels : Labels
        Everybody's.
    row : dict of str to int
        Where each stands.
    """

    def __init__(self, labels: Labels, row: dict[str, int]) -> None:
        self._labels = labels
        self._row = row
        self._made = lru_cache(KEPT)(self._set)

    def __getitem__(self, person: str) -> dict[str, int]:
        """Return the labels of a person."""
        return self._made(person)

    def _set(self, person: str) -> dict[str, int]:
        starts, words, numbers = self._members
        row = self._row[person]
        members = slice(starts[row], starts[row + 1])
        return dict(zip(words[members], numbers[members], strict=True))

    @cached_property
    def _members(self) -> tuple[list[int], list[str], list[int]]:
        """Where the labels of each person begin, those of all people, and the numbers beside them."""
        labels = self._labels
        words = [labels.vocabulary[code] for code in labels.codes.tolist()]
        return labels.starts.tolist(), words, labels.weights.tolist()

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
        self._told: dict[tuple[str, str], Numbered] = {}

    def texts(self, column: str) -> Numbered:
        """Return everybody's text in a column."""
        return self._once("texts", column, lambda: Numbered.of(getattr(self.people, column)))

    def sets(self, column: str) -> Numbered:
        """Return everybody's folded labels in a column of sets; no labels are unknown."""
        return self._once("sets", column, lambda: _folded(getattr(self.people, column)))

    def answers(self, dimension: str) -> Numbered:
        """Return everybody's folded answers to a dimension, as far as they may be used for matching."""
        return self._once("answers", dimension, lambda: self._released(dimension))

    def seniority(self, by: str) -> Numbered:
        """Return everybody's position in the levels × 100, or years × 100."""
        by_levels = by == "levels" or (by == "auto" and bool(self.programme.levels))
        told = self._levels if by_levels else self._years
        return self._once("seniority", "levels" if by_levels else "years", told)

    @cached_property
    def hours(self) -> Numbered:
        """When everybody can meet."""
        told = Numbered.of(zip(self.people.hours, self.people.time_zone, strict=True))
        known = [hours_of(*each) for each in heard(told.values, "people", EVERY)]
        codes = np.where([each is not None for each in known], np.arange(len(known)), -1)
        return Numbered(known, codes[told.codes] if known else told.codes)

    @cached_property
    def chart(self) -> Numbered:
        """Everybody's own id, as far as they have a place in the organisation chart."""
        rows = np.where(self.placed, np.arange(len(self.people)), -1)
        return Numbered(list(self.people.id), rows)

    def _once(self, kind: str, column: str, made: Callable[[], Numbered]) -> Numbered:
        key = kind, column
        if key not in self._told:
            self._told[key] = made()
        return self._told[key]

    def _levels(self) -> Numbered:
        ranks = {level: 100 * position for position, level in enumerate(self.programme.levels)}
        own = self.texts("level")
        return Numbered([ranks[level] for level in own.values], own.codes)

    def _years(self) -> Numbered:
        years = self.people.years.tolist()
        return Numbered.of(None if math.isnan(own) else round(100 * own) for own in years)

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

    def _released(self, dimension: str) -> Numbered:
        given, consent = self.people.dimensions.get(dimension), self.people.consent.get(dimension)
        if given is None or consent is None:
            return Numbered([], np.full(len(self.people), -1))
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


def _folded(labels: Labels) -> Numbered:
    sets, which = labels.distinct()
    words = list(map(fold, labels.vocabulary))
    made = [frozenset(words[code] for code in each) for each in sets]
    codes = np.where([bool(each) for each in made], np.arange(len(made)), -1)
    return Numbered(made, codes[which] if made else which)
