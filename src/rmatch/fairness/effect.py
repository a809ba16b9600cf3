"""What the protected criteria change: the same round with and without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rmatch.utils.loops import EVERY, heard
from rmatch.utils.messages import Message
from rmatch.utils.shown import Shown
from rmatch.utils.sides import SIDES

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Effect(Shown):
    """How many people would have another partner, or none, if protected attributes gave no points.

    Attributes
    ----------
    people : int or None
        How many people play a role, those who play both counted once in each; None if it was not worked out.
    other_partner : int or None
        How many of them have other partners, and as many.
    other_places : int or None
        How many of them have more partners, or fewer. Always 0 where places are given without protected attributes.
    reason : str
        Why there is nothing to compare.
    price : int or None
        The price of fair places: how many more points there would be if protected attributes decided places, too; None
        if it was not worked out.
    """

    people: int | None
    other_partner: int | None
    other_places: int | None
    reason: str = ""
    price: int | None = None

    def __str__(self) -> str:
        """Return the finding in a sentence."""
        return self.sentence

    @property
    def sentence(self) -> str:
        """The finding in a sentence, without the price."""
        if self.people is None:
            return Message("Not compared: {reason}.", reason=self.reason)
        return Message(
            "Without the points of protected attributes {partners} of {people} people would have another partner, "
            "and {places} would gain or lose a place.",
            partners=self.other_partner or 0,
            people=self.people,
            places=self.other_places or 0,
        )


def effect(people: Iterable[tuple[str, str]], pairs: Pairs, without: Pairs) -> Effect:
    """Compare two matchings of the same people.

    Parameters
    ----------
    people : iterable of (str, str)
        Everybody's side and id.
    pairs, without : iterable of (str, str)
        Mentor and mentee of every pair, with the protected criteria and without.

    Returns
    -------
    Effect
        The counts.

    Examples
    --------
    >>> everybody = [("mentor", "m1"), ("mentor", "m2"), ("mentee", "e1")]
    >>> effect(everybody, [("m1", "e1")], [("m2", "e1")])
    Effect(people=3, other_partner=1, other_places=2, reason='', price=None)
    """
    with_them, without_them = set(pairs), set(without)
    fewer, more = (
        Counter(
            person
            for pair in heard(some, "effect", EVERY)
            for person in zip(SIDES, pair, strict=True)
        )
        for some in (with_them - without_them, without_them - with_them)
    )
    changed = fewer.keys() | more.keys()
    other_places = sum(fewer[person] != more[person] for person in changed)
    return Effect(sum(1 for _ in people), len(changed) - other_places, other_places)
