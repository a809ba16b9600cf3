"""What one person can teach the other, topic by topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from rmatch.formulas.line import Line
from rmatch.utils.loops import EVERY, heard
from rmatch.utils.messages import Message
from rmatch.utils.points import rounded_mean
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.formulas.facts import Facts
    from rmatch.formulas.line import Formula
    from rmatch.utils.sides import Side


NOT_TAUGHT = Message("wanted, but not among what the other can teach")


def expertise(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Expertise`, `None` without data."""
    return teaching_mentees(facts, criterion, most).formula


def growth(facts: Facts, criterion: Any, most: int) -> Formula | None:
    """Return the formula of :class:`rmatch.criteria.Growth`, `None` without data."""
    formula = teaching_mentors(facts, criterion, most).formula
    return None if formula is None else Turned(formula)


def teaching_mentees(facts: Facts, criterion: Any, most: int) -> Teaching:
    """Return what mentors teach mentees, the rarer the more by the boost of the criterion."""
    basis = facts.basis
    teachers = basis.teachers
    count, boost = len(basis.mentors), criterion.rare_boost

    def factor(topic: str) -> int:
        return count + int(boost) * (count - teachers[topic])

    return Teaching(facts, "mentor", most, factor, criterion.kind)


def teaching_mentors(facts: Facts, criterion: Any, most: int) -> Teaching:
    """Return what mentees teach mentors."""
    return Teaching(facts, "mentee", most, lambda _: 1, criterion.kind)


@dataclass(frozen=True, slots=True)
class Turned:
    """What mentees teach, told of a mentor and a mentee.

    Attributes
    ----------
    formula : Formula
        The same for a teacher and a learner.
    """

    formula: Formula

    def points(self, mentor: str, mentee: str) -> int:
        """Return the points of a pair."""
        return self.formula.points(mentee, mentor)

    def lines(self, mentor: str, mentee: str) -> Iterator[Line]:
        """Go through the same points, and why."""
        return self.formula.lines(mentee, mentor)


@dataclass(frozen=True)
class Teaching:
    """What some people can teach others.

    Attributes
    ----------
    facts : Facts
        The people, the programme, the requests.
    side : {"mentor", "mentee"}
        Who teaches the others.
    most : int
        What it is worth to be taught everything that is wanted.
    factor : callable
        How much more a topic counts than its priority says.
    kind : str
        The criterion.
    """

    facts: Facts
    side: Side
    most: int
    factor: Callable[[str], int]
    kind: str

    @property
    def formula(self) -> Formula | None:
        """The lines of a teacher and a learner, `None` where nobody teaches or nobody wants anything."""
        basis = self._basis
        some_teach = any(basis.facts.skills[person] for person in basis.teachers)
        some_learn = any(basis.facts.wants[person] for person in basis.learners)
        return self if some_teach and some_learn else None

    @property
    def teachers(self) -> list[str]:
        """The ids of those who teach."""
        return self.facts.sides[SIDES.index(self.side)]

    @property
    def learners(self) -> list[str]:
        """The ids of the others."""
        return self.facts.sides[1 - SIDES.index(self.side)]

    @cached_property
    def _basis(self) -> Teaching:
        """The same among those whose mean counts."""
        basis = self.facts.basis
        return self if basis is self.facts else replace(self, facts=basis)

    def points(self, teacher: str, learner: str) -> int:
        """Return what a teacher is worth to a learner."""
        shares = self.shares(learner)
        if not shares:
            return self.neutral
        taught, learnt = self.facts.skills[teacher], self.facts.skills[learner]
        whole = sum(shares.values())
        return sum(
            self.worth(share, whole, taught[topic], learnt.get(topic, 0))
            for topic, share in shares.items()
            if topic in taught
        )

    def lines(self, teacher: str, learner: str) -> Iterator[Line]:
        """Go through the same points, topic by topic, and why."""
        facts, shares = self.facts, self.shares(learner)
        if not shares:
            sentence = Message("nothing is wanted that is not known already: the mean")
            yield Line(self.kind, "", self.neutral, sentence, known=False)
        taught, learnt, top = (
            facts.skills[teacher],
            facts.skills[learner],
            facts.programme.topic_levels,
        )
        whole = sum(shares.values())
        for topic in sorted(shares):
            level, known = taught.get(topic, 0), learnt.get(topic, 0)
            points = self.worth(shares[topic], whole, level, known)
            yield Line(self.kind, facts.spelling[topic], points, _sentence(level, known, top))

    def worth(self, share: int, whole: int, level: int, known: int) -> int:
        """Return what teaching a topic with a share of the whole at some level is worth to who knows it at another one."""
        left = self.facts.programme.topic_levels - known
        return self.most * share * max(0, level - known) // (whole * left)

    def shares(self, learner: str) -> dict[str, int]:
        """Return how much each topic counts for somebody; nothing is wanted without topics."""
        wants = self.facts.wants[learner].items()
        return {topic: priority * self.factor(topic) for topic, priority in wants}

    @cached_property
    def wanted(self) -> dict[str, dict[str, int]]:
        """How much each topic counts for those who want something."""
        everybody = {
            person: self.shares(person) for person in heard(self.learners, "points", EVERY)
        }
        return {person: shares for person, shares in everybody.items() if shares}

    @cached_property
    def _skilled(self) -> dict[str, Counter[int]]:
        """How many teach each topic at each level."""
        skilled: dict[str, Counter[int]] = defaultdict(Counter)
        for person in heard(self.teachers, "points", EVERY):
            for topic, level in self.facts.skills[person].items():
                skilled[topic][level] += 1
        return skilled

    @property
    def neutral(self) -> int:
        """The mean over everybody of the baseline who wants something."""
        return self._basis._mean

    @cached_property
    def _mean(self) -> int:
        taught = sum(
            times * self.worth(share, sum(shares.values()), level, known.get(topic, 0))
            for person, shares in heard(self.wanted.items(), "points", EVERY)
            for known in [self.facts.skills[person]]
            for topic, share in shares.items()
            for level, times in self._skilled[topic].items()
        )
        return rounded_mean(taught, len(self.teachers) * len(self.wanted))


@cache
def _sentence(level: int, known: int, top: int) -> Message:
    if level == 0:
        return NOT_TAUGHT
    if level <= known:
        return Message(
            "wanted, and known already at level {known}; the other teaches level {level}",
            known=known,
            level=level,
        )
    return Message("wanted; {taught}", taught=_taught(level, known, top))


def _taught(level: int, known: int, top: int) -> Message:
    if not known:
        return Message("taught at level {level} of {top}", level=level, top=top)
    return Message(
        "taught at level {level} of {top}, known at level {known}",
        level=level,
        top=top,
        known=known,
    )
