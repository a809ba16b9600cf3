"""What one round has that another had not, pair by pair, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from rmatch.people import IdPair, Outlook
from rmatch.rounds.reasons import rule_words
from rmatch.utils.documents import Document
from rmatch.utils.messages import Listed, Message, joined
from rmatch.utils.shown import SHOWN, Rows, more

Keep = Literal["pairs", "optimum"]
KEEP: tuple[Keep, ...] = get_args(Keep)

Cause = Literal["left", "declined", "ended", "rule", "gave_way"]
CAUSES: tuple[Cause, ...] = get_args(Cause)

GaveWayFor = Literal["", "locks", "places", "minimums", "pairs", "waiting", "points", "stopped"]
GAVE_WAY_FOR: tuple[GaveWayFor, ...] = get_args(GaveWayFor)

OVER: tuple[Cause, ...] = ("declined", "ended")
"""What pairs are broken by that are not to go on."""

OVER_NOW = {"declined": Message("It was declined."), "ended": Message("It is over.")}
FOR = {
    "locks": Message("as locks have it"),
    "minimums": Message("as minimums have it"),
    "pairs": Message("so that there are more pairs"),
    "waiting": Message("so that somebody who comes before others has a partner"),
    "points": Message("as the points have it"),
}
"""What a pair gave way for."""

BELOW = "min_points"
"""Stands among rules for what no rule forbids, and has too few points."""


@dataclass(frozen=True, slots=True)
class BrokenPair(Document):
    """A pair of the earlier round that is none any more, and why.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    cause : {"left", "declined", "ended", "rule", "gave_way"}
        Somebody takes no part any more; the responses say that it was declined, or is over; rules forbid it now; or other
        pairs were made instead.
    people : tuple of str
        Who left, or has fewer places than earlier partners.
    rules : tuple of str
        Which rules forbid it now; ``"min_points"`` where none does, and it has too few points.
    to : tuple of (str, str)
        The new pairs that one of the two is in.
    reason : {"", "locks", "places", "minimums", "pairs", "waiting", "points", "stopped"}
        What it gave way for: a locked pair; fewer places than before; somebody's minimum; more pairs; a partner for somebody
        who comes before others; points; or the run was stopped. Empty where the later round was not made to keep pairs of the earlier one.
    """

    mentor: str
    mentee: str
    cause: Cause
    people: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    to: tuple[IdPair, ...] = ()
    reason: GaveWayFor = ""

    _besides = ("sentence",)

    @property
    def sentence(self) -> str:
        """Why, in plain words."""
        if self.cause == "left":
            return Message(
                "{people} takes no part in that role any more.",
                "{people} take no part in that role any more.",
                count=len(self.people),
                people=Listed(self.people),
            )
        if self.cause == "rule":
            if self.rules == (BELOW,):
                return Message("It has too few points now.")
            reasons = joined("; ", map(rule_words, self.rules))
            return Message("It is not allowed now: {rules}.", rules=reasons)
        if self.cause == "gave_way":
            return self._way if self.reason else self._made_instead
        return OVER_NOW[self.cause]

    @property
    def _made_instead(self) -> Message:
        if not self.to:
            return Message("It is not made again.")
        return Message(
            "It is not made again; {pairs} is made instead.",
            "It is not made again; {pairs} are made instead.",
            count=len(self.to),
            pairs=Listed(tuple(map(arrow, self.to))),
        )

    @property
    def _way(self) -> Message:
        way = Message("It is not made again")
        if self.to:
            way = Message("It gave way to {pairs}", pairs=Listed(tuple(map(arrow, self.to))))
        if self.reason == "places":
            return Message(
                "{way}, as {people} has fewer places than earlier partners.",
                "{way}, as {people} have fewer places than earlier partners.",
                count=len(self.people),
                way=way,
                people=Listed(self.people),
            )
        if self.reason == "stopped":
            return Message(
                "{way}; the run was stopped, and nobody knows whether that was needed.", way=way
            )
        return Message("{way}, {why}.", way=way, why=FOR[self.reason])


@dataclass(frozen=True, slots=True, repr=False)
class Changes(Document):
    """What became of the pairs of an earlier round.

    Attributes
    ----------
    keep : {"pairs", "optimum", ""}
        What the later round was made to keep: as many pairs of the earlier one as possible, or only where no points are
        lost by it; empty where two rounds are compared.
    kept : tuple of (str, str)
        Pairs of both rounds.
    new : tuple of (str, str)
        Pairs that are not of the earlier round, or that were over and are made once more.
    broken : tuple of BrokenPair
        Pairs of the earlier round alone.

    Examples
    --------
    >>> changes = Changes("pairs", (("m1", "L2"),), (), (BrokenPair("m2", "L1", "declined"),))
    >>> print(changes)
    1 pair kept, 0 new, 1 broken
      - m2 → L1: It was declined.
    """

    keep: Literal["pairs", "optimum", ""]
    kept: tuple[IdPair, ...]
    new: tuple[IdPair, ...]
    broken: tuple[BrokenPair, ...]

    @property
    def earlier(self) -> tuple[IdPair, ...]:
        """The pairs of the earlier round."""
        return (*self.kept, *((pair.mentor, pair.mentee) for pair in self.broken))

    @property
    def over(self) -> dict[IdPair, Outlook]:
        """The pairs of the earlier round that were declined or are over, with which of the two."""
        return {
            (pair.mentor, pair.mentee): pair.cause
            for pair in self.broken
            if pair.cause == "declined" or pair.cause == "ended"  # noqa: PLR1714 — so that types are narrowed
        }

    @property
    def wanted(self) -> tuple[IdPair, ...]:
        """The pairs of the earlier round but for those that were declined or are over."""
        over = self.over
        return tuple(pair for pair in self.earlier if pair not in over)

    @property
    def headline(self) -> str:
        """How many there are of each."""
        kept, new, broken = len(self.kept), len(self.new), len(self.broken)
        return Message(
            "{count} pair kept, {new} new, {broken} broken",
            "{count} pairs kept, {new} new, {broken} broken",
            count=kept,
            new=new,
            broken=broken,
        )

    def __str__(self) -> str:
        """Return the counts, the new pairs and the broken ones."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.headline
        yield from (f"  + {arrow(pair)}" for pair in self.new[:SHOWN])
        if rest := more(len(self.new), "new"):
            yield f"  {rest}"
        for pair in self.broken[:SHOWN]:
            yield f"  - {arrow((pair.mentor, pair.mentee))}: {pair.sentence}"
        if rest := more(len(self.broken), "broken"):
            yield f"  {rest}"

    def _parts(self) -> Iterator[str | Rows]:
        yield self.headline
        yield Rows(("new mentor", "new mentee"), self.new[:SHOWN])
        yield more(len(self.new), "new")
        broken = ((pair.mentor, pair.mentee, pair.sentence) for pair in self.broken[:SHOWN])
        yield Rows(("broken mentor", "broken mentee", "why"), broken)
        yield more(len(self.broken), "broken")


def arrow(pair: IdPair) -> str:
    """Return a pair as it is written in sentences."""
    return " → ".join(pair)
