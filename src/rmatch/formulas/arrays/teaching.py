"""What everybody can teach everybody else, topic by topic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.formulas.arrays.sums import Kinds, Marks, Sums
from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.teaching import Teaching
    from rmatch.utils.labels import Labels

    Worth = Callable[["Wanted", int], NDArray[np.int64]]
    """What it is worth for each want to be taught its topic at a level."""


class Wanted(NamedTuple):
    """What some people want and do not know as well as can be, one entry for each topic of each of them.

    Attributes
    ----------
    learners, topics, priorities, known : numpy.ndarray of int64
        Who wants what, how much, and at which level they know it.
    """

    learners: NDArray[np.int64]
    topics: NDArray[np.int64]
    priorities: NDArray[np.int64]
    known: NDArray[np.int64]


class Taught(NamedTuple):
    """What teachers give to learners; a kind is a topic at a level.

    Attributes
    ----------
    sums : Sums
        The kinds that each teacher teaches, and what each kind is worth to each learner.
    topics : numpy.ndarray of int64
        The topic of each kind.
    learns : numpy.ndarray of bool
        Which learners want something.
    """

    sums: Sums
    topics: NDArray[np.int64]
    learns: NDArray[np.bool_]

    @property
    def mean(self) -> int:
        """The rounded mean over those who want something."""
        marks, worth = self.sums.marks, self.sums.worth.sum(axis=1)
        total = int(worth[marks.kinds].sum())
        return rounded_mean(total, len(marks.times) * int(self.learns.sum()))


def taught(teaching: Teaching) -> Taught:
    """Return the points of what some people teach others, without those of learners who want nothing."""
    facts = teaching.facts
    top, topics = facts.programme.topic_levels, facts.columns.topics
    factor = np.array([teaching.factor(topic) for topic in topics], np.int64)

    def worth(wanted: Wanted, level: int) -> NDArray[np.int64]:
        shares = wanted.priorities * factor[wanted.topics]
        shared_out = np.zeros(len(teaching.learners), np.int64)
        np.add.at(shared_out, wanted.learners, shares)
        gain, room = np.maximum(level - wanted.known, 0), top - wanted.known
        return teaching.most * shares * gain // (shared_out[wanted.learners] * room)

    return _taught(facts, teaching.side == "mentor", worth)


def taught_to_mentees(teaching: Teaching) -> Sums:
    """Return the points of :class:`rmatch.criteria.Expertise`."""
    return _with_mean(teaching)


def taught_to_mentors(teaching: Teaching) -> Sums:
    """Return the points of :class:`rmatch.criteria.Growth`."""
    return _with_mean(teaching).turned


def covered(facts: Facts) -> Sums:
    """Return how many of the mentee's wants the mentor teaches better than the mentee knows them."""
    return _taught(facts, True, lambda wanted, level: (level > wanted.known).astype(np.int64)).sums


def _with_mean(teaching: Teaching) -> Sums:
    """Return what is taught, and the mean over those of the baseline where nothing is wanted."""
    own, basis = taught(teaching), teaching.facts.basis
    among = own if basis is teaching.facts else taught(replace(teaching, facts=basis))
    teachers, learners = len(own.sums.marks.times), len(own.learns)
    neutral = among.mean if learners > own.learns.sum() else 0
    everybody = np.zeros(teachers, np.int64)
    unwilling = np.where(own.learns, 0, neutral).reshape(1, learners)
    return Sums.added([own.sums, Kinds(everybody, unwilling)], (teachers, learners))


def _taught(facts: Facts, by_mentors: bool, worth: Worth) -> Taught:
    rows, others = facts.rows if by_mentors else facts.rows[::-1]
    top, skills = facts.programme.topic_levels, facts.columns.skills.take(rows)
    kinds, which = np.unique(
        skills.codes.astype(np.int64) * (top + 1) + skills.weights, return_inverse=True
    )
    wanted = _wanted(facts, facts.columns.wants.take(others), others)
    points = np.zeros((len(kinds), len(others)), np.int64)
    for level in range(1, top + 1):
        keys = wanted.topics * (top + 1) + level
        there = np.isin(keys, kinds)
        row = np.searchsorted(kinds, keys[there])
        points[row, wanted.learners[there]] = worth(wanted, level)[there]
    learns = np.bincount(wanted.learners, minlength=len(others)) > 0
    sums = Sums(Marks.once(skills.starts, which.reshape(-1), points), points)
    return Taught(sums, kinds // (top + 1), learns)


def _wanted(facts: Facts, wants: Labels, people: NDArray[np.intp]) -> Wanted:
    learners, topics = wants.rows, wants.codes.astype(np.int64)
    known = facts.columns.known(people[learners] * len(facts.columns.topics) + topics)
    return Wanted(learners, topics, wants.weights.astype(np.int64), known)
