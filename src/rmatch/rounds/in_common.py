"""What the two people of a pair may both read about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rmatch.rounds.facts import facts_of
from rmatch.rounds.visible import visible
from rmatch.scoring import Scores
from rmatch.utils.documents import Document
from rmatch.utils.labels import fold
from rmatch.utils.messages import ANY, Listed, Message, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rmatch.formulas import Facts

NOTHING = Message("What they have in common is for them to find out.")
"""What is said where there is nothing that both may read."""
EARLIER = "Overall fit: "
"""How a sentence of earlier versions begins, which called nearly every pair strong."""


class InCommon(NamedTuple):
    """What the two of a pair may both read about it, taken apart again.

    Attributes
    ----------
    taught, given : str
        The topics that the mentor teaches and the mentee gives, as they are listed.
    practical : tuple of str
        How and when they can meet.
    """

    taught: str
    given: str
    practical: tuple[str, ...]

    @classmethod
    def of(cls, why: Iterable[str], mentor: str, mentee: str) -> InCommon:
        """Take the sentences about two people apart, in which these are called by their ids."""
        begins = teaches(mentor, mentee, "")[:-1], gives(mentee, mentor, "")[:-1]
        listed, practical = ["", ""], list[str]()
        for sentence in why:
            for at, begin in enumerate(begins):
                if sentence.startswith(begin):
                    listed[at] = sentence[len(begin) : -1]
                    break
            else:
                if not sentence.startswith(EARLIER):
                    practical.append(sentence)
        taught, given = listed
        return cls(taught, given, tuple(practical))


def in_common(
    scores: Scores, mentor: str, mentee: str, called: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Go through what the two people of a pair may both read about it.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    mentor, mentee : str
        The ids of the two.
    called : mapping of str to str, optional
        What the two are called; their ids without it.

    Yields
    ------
    str
        A sentence: topics and logistics.
    """
    names, both = called or {}, Common.of(scores, mentor, mentee)
    first = names.get(mentor, mentor)
    second = names.get(mentee, mentee)
    if both.taught:
        yield teaches(first, second, ", ".join(both.taught))
    if both.given:
        yield gives(second, first, ", ".join(both.given))
    if both.languages:
        yield Message("Both speak {languages}.", languages=Listed(both.languages))
    if both.minutes:
        yield Sentence.of(facts_of(visible(scores)).both_can_meet(mentor, mentee))
    if both.modes:
        yield Message("Both can meet {modes}.", modes=Listed(both.modes, ANY))
    if both == Common((), (), (), (), 0):
        yield NOTHING


def teaches(mentor: str, mentee: str, topics: str) -> Message:
    """Say what a mentor can teach."""
    return Message(
        "{mentor} can teach {mentee}: {topics}.", mentor=mentor, mentee=mentee, topics=topics
    )


def gives(mentee: str, mentor: str, topics: str) -> Message:
    """Say what a mentee can give in return."""
    return Message(
        "{mentee} can give {mentor}: {topics}.", mentee=mentee, mentor=mentor, topics=topics
    )


@dataclass(frozen=True, slots=True)
class Common(Document):
    """What two people have for each other, as far as both may know it.

    Attributes
    ----------
    taught, given : tuple of str
        The topics that the mentor can teach the mentee, and the mentee the mentor.
    languages, modes : tuple of str
        What both speak, and how both can meet.
    minutes : int
        How many minutes a week both can meet, on the worst day of the round; 0 where hours are unknown.
    """

    taught: tuple[str, ...]
    given: tuple[str, ...]
    languages: tuple[str, ...]
    modes: tuple[str, ...]
    minutes: int

    @classmethod
    def of(cls, scores: Scores, mentor: str, mentee: str) -> Common:
        """Look it up for a mentor and a mentee."""
        facts = facts_of(visible(scores))
        person = facts.person[mentor]
        spoken = facts.languages(mentor) & facts.languages(mentee)
        modes = facts.modes(mentee)
        return cls(
            taught=gained(facts, mentor, mentee),
            given=gained(facts, mentee, mentor),
            languages=tuple(sorted(word for word in person.languages if fold(word) in spoken)),
            modes=tuple(sorted(mode for mode in person.meeting_modes if fold(mode) in modes)),
            minutes=facts.minutes_in_common(mentor, mentee),
        )


def gained(facts: Facts, teacher: str, learner: str) -> tuple[str, ...]:
    """Return the topics that somebody wants, and the other can teach beyond what they know."""
    teaches, knows = facts.skills[teacher], facts.skills[learner]
    wanted = map(facts.spelling.__getitem__, sorted(facts.wants[learner]))
    return tuple(
        topic for topic in wanted if teaches.get(fold(topic), 0) > knows.get(fold(topic), 0)
    )
