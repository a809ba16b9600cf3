"""How the partners of somebody compare, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.utils.called import called
from rmatch.utils.messages import Listed, Message, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds.explanation import Explanation, Other


def comparison(explanation: Explanation, other: Other) -> Iterator[Message]:
    """Say how the partner of one of the two stands, and how the best other one compares."""
    person, partner = explanation.mentor, explanation.mentee
    if other.side == "mentee":
        person, partner = partner, person
    one, best = called(person), called(other.id)
    gap = explanation.unit.gap(other.points - (explanation.points or 0))
    if person in other.meets:
        yield Message("{person} meets {other} ({points}).", person=one, other=best, points=gap)
        return
    if explanation.paired:
        yield standing_of(called(partner), one, other.rank, other.of)
    if other.cost is not None:
        gap = joined(", ", [gap, other.cost.in_all])
    meets = Message("who has no partner")
    if other.meets:
        meets = Message("who meets {people}", people=Listed(tuple(map(called, other.meets))))
    told: dict[str, str] = {"person": one, "other": best, "points": gap, "meets": meets}
    if other.possible is None:
        yield Message(
            "The best other partner of {person} would be, if minimums and quotas allow it, {other} ({points}), {meets}.",
            **told,
        )
    else:
        yield Message(
            "The best other partner of {person} would be {other} ({points}), {meets}.", **told
        )


def standing_of(partner: str, person: str, rank: int, of: int) -> Message:
    """Return how a partner of somebody stands among all that are possible.

    Examples
    --------
    >>> standing_of("E3", "E15", 1, 9), standing_of("E3", "E15", 3, 9)
    ('E3 is the best of 9 possible partners of E15.', 'E3 is number 3 of 9 possible partners of E15.')
    """
    if of < 2:
        return Message(
            "{partner} is the only possible partner of {person}.", partner=partner, person=person
        )
    if rank == 1:
        return Message(
            "{partner} is the best of {possible} possible partners of {person}.",
            partner=partner,
            possible=of,
            person=person,
        )
    return Message(
        "{partner} is number {rank} of {possible} possible partners of {person}.",
        partner=partner,
        rank=rank,
        possible=of,
        person=person,
    )
