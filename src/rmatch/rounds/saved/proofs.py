"""The shape of what proves a step in a saved round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from rmatch.rounds.saved.strict import STRICT, Cell, Count, Whole


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices that prove a total, or the bound of a run that was stopped."""

    __pydantic_config__ = STRICT
    kind: Literal["prices"]
    points: list[Whole]
    mentors: list[Whole]
    mentees: list[Whole]
    bonus: Count
    bound: Whole
    proved: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut that proves how good the worst pair can be: the positions of its rows and columns, the dummies last."""

    __pydantic_config__ = STRICT
    kind: Literal["cut"]
    value: Whole
    mentors: list[Count]
    mentees: list[Count]


@dataclass(frozen=True, slots=True)
class TierPotentials:
    """Potentials that prove how rarely one number of points is used."""

    __pydantic_config__ = STRICT
    value: Whole
    mentors: list[Whole]
    mentees: list[Whole]


@dataclass(frozen=True, slots=True)
class Tiers:
    """The proof of leximin, one number of points after the other."""

    __pydantic_config__ = STRICT
    kind: Literal["tiers"]
    tiers: list[TierPotentials]


@dataclass(frozen=True, slots=True)
class Transformed:
    """What each number of points counts for under α-fairness."""

    __pydantic_config__ = STRICT
    kind: Literal["transformed"]
    points: list[Whole]
    values: list[Whole]
    unit: float
    anchor: float
    merged: Count


@dataclass(frozen=True, slots=True)
class Quotas:
    """What the linear programme says is possible under quotas."""

    __pydantic_config__ = STRICT
    kind: Literal["quotas"]
    bound: Whole
    most_pairs: Count


@dataclass(frozen=True, slots=True)
class MentorPrices:
    """What a place with each mentor costs, and what a pair earns, in parts of a point."""

    __pydantic_config__ = STRICT
    mentors: list[Whole]
    bonus: Whole


@dataclass(frozen=True, slots=True)
class PricedCase:
    """A case among the groups that the first prices leave, and the pair by which it is split."""

    __pydantic_config__ = STRICT
    mentors: list[Whole]
    bonus: Whole
    pair: Cell | None


@dataclass(frozen=True, slots=True)
class GroupBound:
    """What bounds the points of groups, or their number of pairs."""

    __pydantic_config__ = STRICT
    prices: MentorPrices
    cases: list[PricedCase]


@dataclass(frozen=True, slots=True)
class Aims:
    """What proves that no groups do more for what comes before their points: how much they do, and prices of all people."""

    __pydantic_config__ = STRICT
    total: Whole
    prices: Prices


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What bounds the points of groups whoever gets a place."""

    __pydantic_config__ = STRICT
    bound: Whole
    proof: GroupBound


@dataclass(frozen=True, slots=True)
class Groups:
    """What proves that no groups are better, of those that do as much for what comes before the points."""

    __pydantic_config__ = STRICT
    kind: Literal["groups"]
    bound: Whole
    most_pairs: Count | None
    by_points: GroupBound
    by_pairs: GroupBound | None
    aims: Aims | None = None
    ceiling: Ceiling | None = None


@dataclass(frozen=True, slots=True)
class PairsAlone:
    """Nothing beside the pairs, from which all that proves them can be worked out."""

    __pydantic_config__ = STRICT
    kind: Literal["pairs"]


@dataclass(frozen=True, slots=True)
class Stopped:
    """What is known after a run for another objective was stopped: a bound on all points, and what was settled."""

    __pydantic_config__ = STRICT
    kind: Literal["stopped"]
    total: Whole
    pairs: list[Cell]
    prices: Prices
    tiers: list[TierPotentials]
    up_to: Whole | None
    cut: Cut | None


Proof = Annotated[
    Prices | Cut | Tiers | Transformed | Quotas | Groups | PairsAlone | Stopped,
    Field(discriminator="kind"),
]
