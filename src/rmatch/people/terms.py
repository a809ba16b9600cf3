"""What a programme says about people, and what people say that it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from rmatch.errors import Fault, nearest
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rmatch.people.people import People


class Terms(Protocol):
    """What a programme says about people: the grades, the topics and how many partners one gets."""

    @property
    def levels(self) -> Sequence[str]:
        """The grades from the most junior to the most senior; empty to go by years."""

    @property
    def topic_levels(self) -> int:
        """The top level of a topic."""

    @property
    def lived_topics(self) -> Sequence[str]:
        """Topics that only those teach who listed them under the people's column `lived_topics`."""

    @property
    def unprotected(self) -> Sequence[str]:
        """Dimensions that are not protected attributes."""

    @property
    def dates(self) -> tuple[date, ...]:
        """The first and the last day of the round; empty for a whole year."""

    @property
    def mentor_capacity(self) -> int:
        """Partners for every mentor who does not state their own number."""

    @property
    def mentee_capacity(self) -> int:
        """Partners for every mentee who does not state their own number."""

    @property
    def mentor_minimum(self) -> int:
        """Fewest partners for every mentor who does not state their own number."""

    @property
    def mentee_minimum(self) -> int:
        """Fewest partners for every mentee who does not state their own number."""


def faults_of(people: People, terms: Terms) -> Iterator[Fault]:
    """Go through what people have that the terms do not know: a grade off the list, a topic above the top level.

    Parameters
    ----------
    people : People
        Whom to look at.
    terms : Terms
        What the programme says.

    Yields
    ------
    Fault
        One for each value.
    """
    if terms.levels:
        yield from _level_faults(people, terms.levels)
    yield from _topic_faults(people, terms.topic_levels)


def _level_faults(people: People, levels: Sequence[str]) -> Iterator[Fault]:
    for row, level in enumerate(people.level):
        if level is not None and level not in levels:
            yield _off_the_list(people.place(row, "level"), "level", level, levels)
    known = {fold(level) for level in levels}
    accepted = people.accepted_levels
    strange = [code for code, level in enumerate(accepted.vocabulary) if fold(level) not in known]
    for row in np.unique(accepted.rows[np.isin(accepted.codes, strange)]).tolist():
        for level in accepted[row]:
            if fold(level) not in known:
                where = people.place(row, "accepted_levels")
                yield _off_the_list(where, "accepted_levels", level, levels)


def _off_the_list(where: str, field: str, level: str, levels: Sequence[str]) -> Fault:
    problem = f"{level!r} is not in the programme's levels"
    return Fault(where, field, problem, nearest(level, levels))


def _topic_faults(people: People, top: int) -> Iterator[Fault]:
    offers = people.offers
    for row in np.unique(offers.rows[offers.weights > top]).tolist():
        for topic, level in offers[row].items():
            if level > top:
                problem = f"'{topic}:{level}' is above the programme's topic_levels"
                remedy = f"write {topic}:1 to {topic}:{top}, or raise topic_levels"
                yield Fault(people.place(row, "offers"), "offers", problem, remedy)
