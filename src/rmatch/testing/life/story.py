"""A programme from day to day: who is there, what became of pairs, and what has happened, in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rmatch.testing.life.situation import Situation
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from rmatch.testing.life.situation import IdPair

SIDES = ("mentor", "mentee")


@dataclass
class Story:
    """What has happened so far, and what it has come to.

    Attributes
    ----------
    day : Situation
        Everybody and everything as it is now.
    told : list of str
        What has happened, a line each.
    joined : int
        How many have joined so far.
    """

    day: Situation
    told: list[str] = field(default_factory=list)
    joined: int = 0

    def joins(self, side: int, places: int, points: Sequence[int | None]) -> None:
        """Let somebody join, with points for everybody of the other side, None where they may not meet."""
        self.joined += 1
        who = f"{SIDES[side]}{self.joined}"
        others = self.day.capacity(1 - side)
        new = {
            (who, other) if side == 0 else (other, who): worth
            for other, worth in zip(others, points, strict=True)
            if worth is not None
        }
        told = f"{who} joins with {counted(places, 'place')}; {_numbers(new)}"
        self._now(told, points=self.day.points | new, **self._with_places(side, who, places))

    def leaves(self, who: str) -> None:
        """Let somebody leave, with all their pairs."""
        day = self.day
        self._now(
            f"{who} leaves",
            mentor_capacity=_without(who, day.mentor_capacity),
            mentee_capacity=_without(who, day.mentee_capacity),
            points={pair: worth for pair, worth in day.points.items() if who not in pair},
            accepted=frozenset(pair for pair in day.accepted if who not in pair),
            waiting=_without(who, day.waiting),
        )

    def takes(self, who: str, places: int) -> None:
        """Let somebody have another number of places."""
        side = int(who in self.day.mentee_capacity)
        told = f"{who} now has {counted(places, 'place')}"
        self._now(told, **self._with_places(side, who, places))

    def valued(self, pair: IdPair, worth: int | None) -> None:
        """Let a pair be worth something else, or be forbidden by a rule, where it is worth nothing that is known."""
        points = _without(pair, self.day.points)
        if worth is None:
            self._now(f"a rule forbids {_named(pair)}", points=points)
        else:
            self._now(f"{_named(pair)} is worth {worth} now", points={**points, pair: worth})

    def accepts(self, pair: IdPair) -> None:
        """Let both of a pair accept."""
        self._now(f"{_named(pair)} accept", accepted=self.day.accepted | {pair})

    def declines(self, pair: IdPair) -> None:
        """Let one of a pair decline."""
        self._now(f"{_named(pair)} decline", declined=self.day.declined | {pair})

    def made(self, pairs: Iterable[IdPair]) -> None:
        """Take what was answered for the pairs of this round."""
        self._now(f"made: {_listed(pairs)}", earlier=frozenset(pairs))

    def next_round(self, going_on: Iterable[IdPair]) -> None:
        """Begin the next round: pairs are over, but those that go on; and who had no partner waits."""
        day, stay = self.day, frozenset(going_on)
        # A pair that was declined, or is without one of its two, is none.
        took_place = (day.earlier & frozenset(day.points)) - day.declined
        met = {pair: ago + 1 for pair, ago in day.met.items()} | dict.fromkeys(
            sorted(took_place), 1
        )
        served = {who for pair in took_place for who in pair}
        everybody = (*day.mentor_capacity, *day.mentee_capacity)
        self._now(
            f"the next round begins; going on: {_listed(stay)}",
            earlier=stay,
            accepted=stay,
            met={pair: ago for pair, ago in met.items() if pair not in stay},
            waiting={who: day.waiting.get(who, 0) + 1 for who in everybody if who not in served},
        )

    def _with_places(self, side: int, who: str, places: int) -> dict[str, Any]:
        return {f"{SIDES[side]}_capacity": {**self.day.capacity(side), who: places}}

    def _now(self, told: str, **changed: Any) -> None:
        self.day = replace(self.day, **changed)
        self.told.append(told)


def _without(gone: Hashable, numbers: dict[Any, int]) -> dict[Any, int]:
    return {one: number for one, number in numbers.items() if one != gone}


def _named(pair: IdPair) -> str:
    return " with ".join(pair)


def _listed(pairs: Iterable[IdPair]) -> str:
    return ", ".join(map(_named, sorted(pairs))) or "none"


def _numbers(points: dict[IdPair, int]) -> str:
    return ", ".join(f"{_named(pair)} {worth}" for pair, worth in points.items()) or "no pairs"
