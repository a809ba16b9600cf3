"""Topics: who wants, teaches and gets what, as far as participants may know it of each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rmatch.rounds import Outcome, gained, visible_facts
from rmatch.utils.labels import fold


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the round.

    Attributes
    ----------
    name : str
        What it is called.
    wanted : int
        How many mentees want it.
    covered : int
        How many of these have a partner who teaches it beyond what they know.
    offered : int
        How many mentors can teach it.
    """

    name: str
    wanted: int
    covered: int
    offered: int

    @property
    def missing(self) -> int:
        """How many want it in vain."""
        return self.wanted - self.covered


def topics(matching: Outcome) -> tuple[Topic, ...]:
    """Return the topics that mentees want or mentors teach, those first that most want in vain.

    Lived topics that are not released are none here: a count of one would tell whose.

    Parameters
    ----------
    matching : Outcome
        The round, with its people.
    """
    facts = visible_facts(matching.scores)
    wanted = Counter(topic for mentee in facts.mentees for topic in facts.wants[mentee])
    offered = Counter(topic for mentor in facts.mentors for topic in facts.skills[mentor])
    # What several partners of a mentee teach covers the want once.
    covers = {
        (mentee, fold(topic))
        for mentor, mentee in matching.id_pairs
        for topic in gained(facts, mentor, mentee)
    }
    covered = Counter(topic for _, topic in covers)
    found = (
        Topic(facts.spelling[key], wanted[key], covered[key], offered[key])
        for key in wanted.keys() | offered.keys()
    )
    return tuple(sorted(found, key=lambda one: (-one.missing, -one.wanted, fold(one.name))))
