"""What everybody can teach everybody else, topic by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.utils.loops import heard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Block
    from rmatch.formulas.facts import Facts
    from rmatch.formulas.teaching import Teaching

    Worth = Callable[[str, str, int], int]
    """What it is worth to a learner to be taught a topic at a level."""


class Topic(NamedTuple):
    """What one topic gives to the pairs of those who teach it and those who want it.

    Attributes
    ----------
    teachers, levels : numpy.ndarray of int64
        Who teaches it, sorted, and at which level.
    learners : numpy.ndarray of int64
        Who wants it, sorted.
    worth : numpy.ndarray of int64, shape (levels, learners)
        What each of them gets from being taught at each level.
    """

    teachers: NDArray[np.int64]
    levels: NDArray[np.int64]
    learners: NDArray[np.int64]
    worth: NDArray[np.int64]


def taught_to_mentees(teaching: Teaching) -> Block:
    """Return the points of :class:`rmatch.criteria.Expertise`."""
    topics = list(_topics(teaching.facts, teaching.teachers, teaching.learners, teaching.worth))
    unwilling = _without_wants(teaching)

    def block(first: int, last: int) -> NDArray[np.int64]:
        points = np.zeros((last - first, len(teaching.learners)), np.int64)
        points[:, unwilling] = teaching.neutral if len(unwilling) else 0
        return _mentors_teach(topics, first, last, points)

    return block


def each_taught(teaching: Teaching) -> Iterator[tuple[str, Topic]]:
    """Go through the topics that somebody teaches and somebody wants, by name."""
    yield from _named(teaching.facts, teaching.teachers, teaching.learners, teaching.worth)


def taught_to_mentors(teaching: Teaching) -> Block:
    """Return the points of :class:`rmatch.criteria.Growth`."""
    topics = list(_topics(teaching.facts, teaching.teachers, teaching.learners, teaching.worth))
    unwilling = _without_wants(teaching)

    def block(first: int, last: int) -> NDArray[np.int64]:
        points = np.zeros((last - first, len(teaching.teachers)), np.int64)
        for topic in topics:
            here = slice(*np.searchsorted(topic.learners, (first, last)).tolist())
            pairs = np.ix_(topic.learners[here] - first, topic.teachers)
            points[pairs] += topic.worth[:, here][topic.levels].T
        here = slice(*np.searchsorted(unwilling, (first, last)).tolist())
        points[unwilling[here] - first] = teaching.neutral if len(unwilling) else 0
        return points

    return block


def covers_a_want(facts: Facts) -> Block:
    """Return whether the mentor teaches something that the mentee wants and does not know as well already."""

    def more(learner: str, topic: str, level: int) -> int:
        return int(level > facts.skills[learner].get(topic, 0))

    topics = list(_topics(facts, facts.mentors, facts.mentees, more))

    def block(first: int, last: int) -> NDArray[np.bool_]:
        covered = np.zeros((last - first, len(facts.mentees)), np.int64)
        return _mentors_teach(topics, first, last, covered) > 0

    return block


def _mentors_teach(
    topics: list[Topic], first: int, last: int, points: NDArray[np.int64]
) -> NDArray[np.int64]:
    for topic in topics:
        here = slice(*np.searchsorted(topic.teachers, (first, last)).tolist())
        points[np.ix_(topic.teachers[here] - first, topic.learners)] += topic.worth[
            topic.levels[here]
        ]
    return points


def _topics(
    facts: Facts, teachers: list[str], learners: list[str], worth: Worth
) -> Iterator[Topic]:
    """Go through the topics that somebody teaches and somebody wants."""
    return (topic for _, topic in _named(facts, teachers, learners, worth))


def _named(
    facts: Facts, teachers: list[str], learners: list[str], worth: Worth
) -> Iterator[tuple[str, Topic]]:
    wanting: dict[str, list[int]] = {}
    for position, learner in enumerate(heard(learners, "points")):
        for topic in facts.wants[learner]:
            wanting.setdefault(topic, []).append(position)
    teaching: dict[str, list[tuple[int, int]]] = {}
    for position, teacher in enumerate(heard(teachers, "points")):
        for topic, level in facts.skills[teacher].items():
            teaching.setdefault(topic, []).append((position, level))
    every_level = range(facts.programme.topic_levels + 1)
    for topic in heard(wanting.keys() & teaching.keys(), "points"):
        who, levels = np.array(teaching[topic], np.int64).T
        gains = [
            [worth(learners[position], topic, level) for position in wanting[topic]]
            for level in every_level
        ]
        learning = np.array(wanting[topic], np.int64)
        yield topic, Topic(who, levels, learning, np.array(gains, np.int64))


def _without_wants(teaching: Teaching) -> NDArray[np.int64]:
    """Return the positions of the learners who want nothing that they do not know already."""
    alone = [at for at, who in enumerate(teaching.learners) if who not in teaching.wanted]
    return np.array(alone, np.int64)
