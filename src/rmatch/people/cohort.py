"""The people of one round, in the terms of their programme: who is a row, who is a column, what the words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault
from rmatch.people.availability import Availability
from rmatch.people.conditions import Who
from rmatch.people.members import members_of
from rmatch.people.organisation import Organisation
from rmatch.people.people import People
from rmatch.people.person import PURPOSES
from rmatch.people.requests import Requests
from rmatch.people.terms import Terms, faults_of
from rmatch.utils.beside import Beside
from rmatch.utils.labels import Labels, fold
from rmatch.utils.shown import Shown
from rmatch.utils.sides import Side
from rmatch.utils.spelling import mailboxes_of
from rmatch.utils.values import Value

UNKNOWN = np.iinfo(np.int64).min
_MEMBERS: Beside[dict[Who, NDArray[np.bool_]]] = Beside()
"""Who meets which conditions, as far as it was asked: no part of a cohort, for it depends on who asked what."""
_SENIORITY: Beside[dict[str, NDArray[np.int64]]] = Beside()
"""Everybody's levels or years, as far as they were asked for."""

Measure = Literal["auto", "levels", "years"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True, eq=False, repr=False)
class Cohort(Value, Shown):
    """People and requests in the terms of a programme.

    Attributes
    ----------
    people : People
        Everybody, those without a role included.
    terms : Terms
        What the programme says about people.
    requests : Requests
        Locks, exclusions, previous pairs, wishes.
    baseline : Cohort, optional
        Another cohort in the same terms that the means for unknown answers are taken over, and that says what has data
        and which topics are rare: then the points of a pair depend on nobody else. The cohort itself if absent.
    """

    people: People
    terms: Terms
    requests: Requests
    baseline: Cohort | None = None

    def faults(self) -> Iterator[Fault]:
        """Go through what people have that the terms do not know: a grade off the list, a topic above the top level."""
        yield from faults_of(self.people, self.terms)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be told about how the people and the requests were read."""
        return self.people.notes + self.requests.notes

    @property
    def basis(self) -> Cohort:
        """The cohort that means, rarity and what has data are told of."""
        return self if self.baseline is None else self.baseline

    @cached_property
    def mentors(self) -> NDArray[np.intp]:
        """The people behind the rows of points, sorted by id."""
        return self.people.mentors

    @cached_property
    def mentees(self) -> NDArray[np.intp]:
        """The people behind the columns of points, sorted by id."""
        return self.people.mentees

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each mentor's id."""
        return {self.people.id[person]: row for row, person in enumerate(self.mentors.tolist())}

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each mentee's id."""
        return {
            self.people.id[person]: column for column, person in enumerate(self.mentees.tolist())
        }

    @cached_property
    def humans(self) -> NDArray[np.intp]:
        """Who is who: the first person with the same mailbox, without one the person alone."""
        emails = enumerate(self.people.email)
        given = {person: email for person, email in emails if email is not None}
        first: dict[str, int] = {}
        found = np.arange(len(self.people))
        for person, mailbox in zip(given, mailboxes_of([*given.values()]), strict=True):
            found[person] = first.setdefault(mailbox, person)
        return found

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation chart."""
        return Organisation.of(self.people)

    @cached_property
    def skills(self) -> Labels:
        """What each person knows and can teach: topics with levels.

        A topic without a level counts as the top level, and so does what a person lists under `lived_topics`. A lived
        topic of the programme counts only for those who listed it there.
        """
        people, top = self.people, self.terms.topic_levels
        offers, lived = people.offers, people.lived_topics
        ordinary = ~np.isin(offers.codes, self.lived_topics) & ~offers.among(lived)
        rows = np.concatenate([offers.rows[ordinary], lived.rows])
        codes = np.concatenate([offers.codes[ordinary], lived.codes])
        stated = np.concatenate([offers.weights[ordinary], np.zeros(len(lived.codes), np.int32)])
        order = np.lexsort((codes, rows))
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(people)))))
        return Labels(
            people.topics,
            starts,
            codes[order],
            np.where(stated == 0, top, stated)[order].astype(np.int32),
        )

    @cached_property
    def lived_topics(self) -> NDArray[np.int64]:
        """Codes of the programme's lived topics, which only those teach who opted in."""
        named = {fold(topic) for topic in self.terms.lived_topics}
        codes = [code for code, topic in enumerate(self.people.topics) if fold(topic) in named]
        return np.array(codes, np.int64)

    def matchable(self, *, protected: bool) -> People:
        """Return the people as user-made criteria and rules see them.

        Parameters
        ----------
        protected : bool
            Whether with protected dimensions. Answers that may only be reported are left out in any case.

        Returns
        -------
        People
            The same people, in the same order.
        """
        return self._matchable[protected]

    @cached_property
    def _matchable(self) -> dict[bool, People]:
        answers = {name: self.answers(name).compact() for name in self.people.dimensions}
        consent, named = self.people.consent, self.terms.unprotected
        open_to_all = {name: labels for name, labels in answers.items() if name in named}
        asked = {
            name: bits for name, bits in consent.items() if name in named or name not in answers
        }
        return {
            True: replace(self.people, dimensions=answers),
            False: replace(self.people, dimensions=open_to_all, consent=asked),
        }

    @cached_property
    def availability(self) -> Availability:
        """When people can meet, and how much of a week every two have in common on the worst day of the round."""
        spans = list(zip(self.people.hours, self.people.time_zone, strict=True))
        mentors, mentees = (
            [spans[row] for row in side.tolist()] for side in (self.mentors, self.mentees)
        )
        return Availability.of(mentors, mentees, self.terms.dates)

    def members(self, who: Who) -> NDArray[np.bool_]:
        """Return which of the people meet conditions; everybody where there are none."""
        known = _MEMBERS.of(self, dict)
        if who not in known:
            known[who] = members_of(self.people, self.terms.levels, self.answers, who)
        return known[who]

    def seniority(self, by: Measure) -> NDArray[np.int64]:
        """Return everybody's level or years, in hundredths, ``UNKNOWN`` where it is not known.

        Parameters
        ----------
        by : {"auto", "levels", "years"}
            What to measure; ``"auto"`` takes the levels where the programme has any.

        Returns
        -------
        ndarray of int64, shape (people,)
            Positions in the list of levels × 100, or years × 100.
        """
        known = _SENIORITY.of(self, dict)
        meant = measure(by, self.terms.levels)
        if meant not in known:
            known[meant] = self._hundredths(meant)
        return known[meant]

    def _hundredths(self, by: str) -> NDArray[np.int64]:
        if by == "levels":
            rank = {level: 100 * position for position, level in enumerate(self.terms.levels)}
            ranks = [UNKNOWN if own is None else rank[own] for own in self.people.level]
            return np.array(ranks, np.int64)
        known = ~np.isnan(self.people.years)
        hundredths = np.full(len(self.people), UNKNOWN)
        hundredths[known] = np.rint(self.people.years[known] * 100)
        return hundredths

    def answers(self, dimension: str) -> Labels:
        """Return the answers to one dimension that may be used for matching."""
        labels = self.people.dimensions[dimension]
        may = (
            self.people.consent.get(dimension, np.zeros(len(self.people), np.uint8))
            & PURPOSES["match"]
        ) > 0
        return labels.keep(may[labels.rows])

    def capacity(self, side: Side) -> NDArray[np.int64]:
        """Return how many partners each mentor or each mentee can take.

        Parameters
        ----------
        side : {"mentor", "mentee"}
            The role.

        Returns
        -------
        ndarray of int64
            The person's own number, else the programme's.
        """
        return self._count(side, "capacity")

    def minimum(self, side: Side) -> NDArray[np.int64]:
        """Return how many partners each mentor or each mentee must get.

        Parameters
        ----------
        side : {"mentor", "mentee"}
            The role.

        Returns
        -------
        ndarray of int64
            The person's own number, else the programme's.
        """
        return self._count(side, "minimum")

    def priority(self, side: Side) -> NDArray[np.int64]:
        """Return how far each mentor or each mentee comes before others, 0 or more, whatever the programme makes of it."""
        rows = self.mentors if side == "mentor" else self.mentees
        return np.maximum(self.people.priority[rows], 0)

    def _count(self, side: Side, what: str) -> NDArray[np.int64]:
        rows = self.mentors if side == "mentor" else self.mentees
        own: NDArray[np.int64] = getattr(self.people, f"{side}_{what}")[rows]
        return np.where(own < 0, getattr(self.terms, f"{side}_{what}"), own)


def measure(by: str, levels: Iterable[str]) -> str:
    """Return whether seniority is told by levels or by years."""
    if by == "auto":
        return "levels" if tuple(levels) else "years"
    return by
