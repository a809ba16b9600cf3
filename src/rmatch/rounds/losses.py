"""What the programme would lose without a person, or without a topic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.matching.match import Task
from rmatch.rounds.alternatives import side_of
from rmatch.rounds.costs import unproved
from rmatch.scoring import score
from rmatch.utils.labels import fold
from rmatch.utils.validation import refuse, text

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.rounds.outcome import Proposal


@dataclass(frozen=True, slots=True)
class Loss:
    """What one matching has more than another.

    Attributes
    ----------
    pairs, points : int
        Negative, if the other one has more.
    """

    pairs: int
    points: int


def loss(matching: Proposal, *, mentor: str | None, mentee: str | None, topic: str | None) -> Loss:
    """Return what would be lost without one of the three; see :meth:`rmatch.Matching.loss_without`."""
    given = {
        name: value
        for name, value in (("mentor", mentor), ("mentee", mentee), ("topic", topic))
        if value is not None
    }
    if len(given) != 1:
        raise InvalidInputError(
            [Fault("loss_without", "", f"{len(given)} are named", "name one: who or what is gone")]
        )
    refuse(unproved(matching, "loss_without"))
    if topic is not None:
        refuse(text("loss_without", "topic", topic))
        return without_topic(matching, topic)
    (side, person), *_ = given.items()
    return without_person(matching, *side_of(matching.scores, str(person), side))


def without_person(matching: Proposal, side: str, person: int) -> Loss:
    """Return what is lost if somebody takes no part in one role, their locks included, at the same points of all others.

    Parameters
    ----------
    matching : Proposal
        The matching with the person.
    side : {"mentor", "mentee"}
        The role.
    person : int
        Row or column.

    Returns
    -------
    Loss
        By solving once more.

    Raises
    ------
    InfeasibleError
        If the minimums of the others cannot be met then.
    """
    return _loss(matching, Task(matching.scores, matching.seed, absent=(side, person)).matching())


def without_topic(matching: Proposal, topic: str) -> Loss:
    """Return what is lost if nobody can teach a topic.

    The points of that other programme are scored anew, so a criterion that has no data then gives its share to the others.

    Parameters
    ----------
    matching : Proposal
        The matching with the topic.
    topic : str
        Something that is offered or lived.

    Returns
    -------
    Loss
        By scoring and solving once more.

    Raises
    ------
    InvalidInputError
        If nobody teaches the topic.
    """
    taught = [label for label in matching.people.topics if fold(label) == fold(topic)]
    if not taught:
        hint = nearest(topic, matching.people.topics)
        raise InvalidInputError(
            [Fault("loss_without", "topic", f"{topic!r} is taught by nobody", hint)]
        )
    scores = score(_untaught(matching.people, taught[0]), matching.programme, matching.requests)
    return _loss(matching, Task(scores, matching.seed).matching())


def _untaught(people: People, topic: str) -> People:
    code = people.topics.index(topic)
    return replace(
        people, offers=people.offers.without(code), lived_topics=people.lived_topics.without(code)
    )


def _loss(before: Proposal, after: Proposal) -> Loss:
    return Loss(len(before.pairs) - len(after.pairs), before.total - after.total)
