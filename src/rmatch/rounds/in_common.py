"""What the two people of a pair may both read about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rmatch.rounds.facts import facts_of, formulas_of
from rmatch.rounds.visible import visible
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rmatch.formulas import Facts
    from rmatch.scoring import Scores

BANDS = ((2, 3, "strong"), (1, 3, "good"), (0, 1, "worth a try"))
"""From which share of the best points a pair is called so: two thirds, one third, anything."""
TEACHES, GIVES, FIT = "{} can teach {}: ", "{} can give {}: ", "Overall fit: "
"""How the sentences about topics, and about everything together, begin."""


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
        begins = TEACHES.format(mentor, mentee), GIVES.format(mentee, mentor)
        listed, practical = ["", ""], list[str]()
        for sentence in why:
            for at, begin in enumerate(begins):
                if sentence.startswith(begin):
                    listed[at] = sentence[len(begin) : -1]
                    break
            else:
                if not sentence.startswith(FIT):
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
        A sentence: topics, logistics, and one overall band.
    """
    seen, names = visible(scores), called or {}
    facts = facts_of(seen)
    first = names.get(mentor, mentor)
    second = names.get(mentee, mentee)
    taught = gained(facts, mentor, mentee)
    given = gained(facts, mentee, mentor)
    if taught:
        yield f"{TEACHES.format(first, second)}{', '.join(taught)}."
    if given:
        yield f"{GIVES.format(second, first)}{', '.join(given)}."
    yield from _logistics(facts, mentor, mentee)
    yield _fit(seen, mentor, mentee)


def gained(facts: Facts, teacher: str, learner: str) -> list[str]:
    """Return the topics that somebody wants, and the other can teach beyond what they know."""
    teaches, knows = facts.skills[teacher], facts.skills[learner]
    gained = []
    for wanted in sorted(facts.wants[learner]):
        topic = facts.spelling[wanted]
        beyond = teaches.get(fold(topic), 0) > knows.get(fold(topic), 0)
        if beyond:
            gained.append(topic)
    return gained


def _logistics(facts: Facts, mentor: str, mentee: str) -> Iterator[str]:
    person = facts.person[mentor]
    languages = facts.languages(mentor) & facts.languages(mentee)
    if languages:
        spoken = sorted(word for word in person.languages if fold(word) in languages)
        yield f"Both speak {' and '.join(spoken)}."
    if facts.minutes_in_common(mentor, mentee):
        yield f"{facts.both_can_meet(mentor, mentee).capitalize()}."
    modes = sorted(mode for mode in person.meeting_modes if fold(mode) in facts.modes(mentee))
    if modes:
        yield f"Both can meet {' or '.join(modes)}."


def _fit(scores: Scores, mentor: str, mentee: str) -> str:
    """Return the band of a pair beside the best that the rules allow, protected attributes left out."""
    best = scores.best_blind_points
    points = formulas_of(scores).blind_points(mentor, mentee)
    # In whole numbers, points / best >= part / whole; the last band takes everybody.
    band = next(name for part, whole, name in BANDS if points * whole >= part * best or not part)
    return f"Overall fit: {band}."
