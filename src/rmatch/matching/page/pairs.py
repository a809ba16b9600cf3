"""The pairs of the page: each with its reasons, its other possibilities and who stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

from rmatch.errors import InvalidInputError
from rmatch.matching.page.lines import Part, parts
from rmatch.matching.page.others import COSTED, Standing
from rmatch.matching.page.who import Who
from rmatch.programme import Unit
from rmatch.rounds import (
    InCommon,
    Outcome,
    find_stand_ins,
    kept_of,
    mentors_of,
    standing_of,
    told_of,
)
from rmatch.utils.messages import Listed, Message, joined
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.matching.page.others import Standings
    from rmatch.rounds import Pair, StandIns
    from rmatch.utils.sides import Side


LOCKED, NEW = Message("locked"), Message("new")


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What the page tells about a pair.

    Attributes
    ----------
    mentor, mentee : Who
        The two.
    fit, points : int
        What the pair is worth, of 100 and in whole points.
    teaches, gives : str
        The topics that the mentor teaches, and the mentee.
    marks : tuple of str
        What is particular: that the pair was locked, that it is new.
    parts : tuple of Part
        What the fit is made of.
    practical : tuple of str
        How and when the two can meet.
    against : tuple of str
        The rules that the pair breaks, and by whose word it may.
    others : tuple of str
        How the two stand among whom they could have, and what another partner would cost.
    stand_ins : tuple of str
        Who stands in.
    """

    mentor: Who
    mentee: Who
    fit: int
    points: int
    teaches: str
    gives: str
    marks: tuple[str, ...]
    parts: tuple[Part, ...]
    practical: tuple[str, ...]
    against: tuple[str, ...]
    others: tuple[str, ...]
    stand_ins: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """What is at hand to tell about pairs.

    Attributes
    ----------
    matching : Outcome
        The round.
    who : mapping of str to Who
        Everybody by id.
    unit : Unit
        What points are told in.
    standings : Standings
        How partners stand.
    new : set of (str, str)
        The pairs that an earlier round did not have.
    """

    matching: Outcome
    who: Mapping[str, Who]
    unit: Unit
    standings: Standings
    new: frozenset[tuple[str, str]]

    def pairs(self, listed: list[Pair]) -> tuple[PairFacts, ...]:
        """Tell about some pairs."""
        groups, stand_ins = mentors_of(self.matching.id_pairs), self._stand_ins
        return tuple(self._pair(pair, groups, stand_ins) for pair in listed)

    def _pair(
        self, pair: Pair, groups: Mapping[str, list[str]], stand_ins: Mapping[Two, tuple[str, ...]]
    ) -> PairFacts:
        two = pair.mentor, pair.mentee
        told = told_of(self.matching.scores, *two, groups)
        common = InCommon.of(told.why, *two)
        return PairFacts(
            mentor=self.who[pair.mentor],
            mentee=self.who[pair.mentee],
            fit=self.unit.of_100(pair.points),
            points=pair.points,
            teaches=common.taught,
            gives=common.given,
            marks=(LOCKED,) * pair.locked + (NEW,) * (two in self.new),
            parts=parts(told.lines, common, self.unit),
            practical=common.practical,
            against=tuple(_against(pair, [rule.sentence for rule in told.broken])),
            others=tuple(self._others(pair)),
            stand_ins=stand_ins.get(two, ()),
        )

    def _others(self, pair: Pair) -> Iterator[str]:
        found = self.standings.get((pair.mentor, pair.mentee), {})
        both = pair.mentor, pair.mentee
        for side, person, partner in zip(SIDES, both, both[::-1], strict=True):
            if side in found:
                one, other = self.who[person].called, self.who[partner].called
                rank = standing_of(other, one, found[side].rank, found[side].possible)
                yield joined(" ", [rank, self._other(pair, one, side, found[side])])

    def _other(self, pair: Pair, person: str, side: Side, standing: Standing) -> str:
        if standing.other is None:
            return Message("Nobody else is possible for {person}.", person=person)
        instead = Message(
            "{person} (fit {fit} instead of {own}; {meets})",
            person=self.who[standing.other].called,
            fit=self.unit.of_100(standing.points),
            own=self.unit.of_100(pair.points),
            meets=self._meets(standing.other, side),
        )
        cost = standing.cost
        if cost is None:
            return Message("The best other partner: {instead}.", instead=instead)
        loss = self.unit.loss(cost.pairs, cost.points)
        if cost.places:
            loss = Message("{loss}, and other people would have a place", loss=loss)
        if cost.cheapest:
            return Message(
                "The cheapest other partner: {instead}; {loss}.", instead=instead, loss=loss
            )
        return Message("The best other partner: {instead}; {loss}.", instead=instead, loss=loss)

    def _meets(self, other: str, side: Side) -> str:
        """Say whom somebody meets who plays the other side."""
        theirs = self._partners["mentee" if side == "mentor" else "mentor"].get(other, [])
        met = tuple(self.who[person].called for person in theirs)
        if not met:
            return Message("now without a partner")
        return Message("now with {people}", people=Listed(met))

    @cached_property
    def _partners(self) -> dict[Side, dict[str, list[str]]]:
        """The partners of everybody in each role."""
        pairs = [(pair.mentor, pair.mentee) for pair in self.matching.pairs]
        return {
            "mentor": mentors_of((mentee, mentor) for mentor, mentee in pairs),
            "mentee": mentors_of(pairs),
        }

    @property
    def _stand_ins(self) -> Mapping[Two, tuple[str, ...]]:
        """Who stands in in each pair, in words."""
        found = stand_ins_of(self.matching)
        if found is None:
            return {}
        told: dict[Two, tuple[str, ...]] = {}
        for side in (found.mentors, found.mentees):
            for one in side:
                two = one.mentor, one.mentee
                declines = self.who[getattr(one, one.instead_of)].called
                stands_in = None if one.person is None else self.who[one.person].called
                told[two] = (*told.get(two, ()), _if_declined(declines, stands_in))
        return told


Two = tuple[str, str]


def stand_ins_of(matching: Outcome) -> StandIns | None:
    """Return who stands in, up to a size; nothing where nobody can tell."""
    if kept_of(matching.scores) is not None or prod(matching.scores.shape) > COSTED:
        return None
    try:
        return find_stand_ins(matching, 1, None)
    except InvalidInputError:  # under quotas, which whoever stands in might break
        return None


def _if_declined(declines: str, stands_in: str | None) -> Message:
    if stands_in is None:
        return Message("If {person} declines, nobody stands in.", person=declines)
    return Message(
        "If {person} declines, {stands_in} stands in.", person=declines, stands_in=stands_in
    )


def _against(pair: Pair, broken: list[str]) -> Iterator[str]:
    for sentence in broken:
        yield Message("It breaks a rule: {rule}.", rule=sentence)
    if pair.locked and pair.override_reason:
        yield Message("The organiser locked this pair: {reason}", reason=pair.override_reason)
    elif pair.locked:
        yield Message("The organiser locked this pair.")
