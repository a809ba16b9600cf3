"""What one round has that another had not, pair by pair, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from rmatch.people import IdPair, Outlook
from rmatch.rounds.unmatched import WORDS
from rmatch.utils.documents import Document
from rmatch.utils.shown import SHOWN, Rows, more
from rmatch.utils.text import counted

Keep = Literal["pairs", "optimum"]
KEEP: tuple[Keep, ...] = get_args(Keep)

Cause = Literal["left", "declined", "ended", "rule", "gave_way"]
CAUSES: tuple[Cause, ...] = get_args(Cause)

GaveWayFor = Literal["", "locks", "places", "minimums", "pairs", "waiting", "points", "stopped"]
GAVE_WAY_FOR: tuple[GaveWayFor, ...] = get_args(GaveWayFor)

OVER: tuple[Cause, ...] = ("declined", "ended")
"""What pairs are broken by that are not to go on."""

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
        who = " and ".join(self.people)
        several = len(self.people) > 1
        if self.cause == "left":
            return f"{who} {'take' if several else 'takes'} no part in that role any more."
        if self.cause == "rule":
            if self.rules == (BELOW,):
                return "It has too few points now."
            reasons = "; ".join(WORDS.get(rule, f"the rule {rule!r}") for rule in self.rules)
            return f"It is not allowed now: {reasons}."
        if self.cause == "gave_way":
            pairs = " and ".join(arrow(pair) for pair in self.to)
            if not self.reason:
                verb = "are" if len(self.to) > 1 else "is"
                return f"It is not made again{f'; {pairs} {verb} made instead' * bool(pairs)}."
            way = f"It gave way to {pairs}" if pairs else "It is not made again"
            return f"{way}{self._for(who)}."
        return {"declined": "It was declined.", "ended": "It is over."}[self.cause]

    def _for(self, who: str) -> str:
        if self.reason == "places":
            verb = "have" if len(self.people) > 1 else "has"
            return f", as {who} {verb} fewer places than earlier partners"
        return {
            "locks": ", as locks have it",
            "minimums": ", as minimums have it",
            "pairs": ", so that there are more pairs",
            "waiting": ", so that somebody who comes before others has a partner",
            "points": ", as the points have it",
            "stopped": "; the run was stopped, and nobody knows whether that was needed",
        }[self.reason]


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
        return f"{counted(kept, 'pair')} kept, {new} new, {broken} broken"

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
