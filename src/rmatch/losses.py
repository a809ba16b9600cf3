"""What the programme would lose without a person, or without a topic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.labels import fold
from rmatch.match import Task
from rmatch.scoring import score

if TYPE_CHECKING:
    from rmatch.matching import Matching
    from rmatch.people import People


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


def without_person(matching: Matching, side: str, person: int) -> Loss:
    """Return what is lost if somebody takes no part in one role, their locks included, at the same points of all others.

    Parameters
    ----------
    matching : Matching
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


def without_topic(matching: Matching, topic: str) -> Loss:
    """Return what is lost if nobody can teach a topic.

    The points of that other programme are scored anew, so a criterion that has no data then gives its share to the others.

    Parameters
    ----------
    matching : Matching
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
        raise InvalidInputError([Fault("loss_without", "topic", f"{topic!r} is taught by nobody", hint)])
    scores = score(_untaught(matching.people, taught[0]), matching.programme, matching.requests)
    return _loss(matching, Task(scores, matching.seed).matching())


def _untaught(people: People, topic: str) -> People:
    code = people.topics.index(topic)
    return replace(people, offers=people.offers.without(code), lived_topics=people.lived_topics.without(code))


def _loss(before: Matching, after: Matching) -> Loss:
    return Loss(len(before.pairs) - len(after.pairs), before.total - after.total)
