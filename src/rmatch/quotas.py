"""Group quotas of a programme: how many partners, places or pairs a group gets at least and at most."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from rmatch.errors import Fault
from rmatch.objectives import Objective, refused
from rmatch.utils.sides import SIDES, Side
from rmatch.utils.validation import choice, refuse, seen, text, truth, whole

PAIRS = ("same", "different")
LARGEST = 1_000_000_000
"""The largest bound: far above all pairs and points, and far below what whole numbers of 64 bits hold."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Fewest and most pairs with members of a group: of all of them, or of each person on the other side.

    Attributes
    ----------
    dimension : str
        What people differ in.
    group : str
        Their answer; with several answers a person belongs to several groups.
    side : {"mentor", "mentee"}
        Whether mentors or mentees with that answer count.
    at_least, at_most : int
        Bounds on the number of pairs; no upper one if None.
    each : bool
        Whether each person on the other side is counted apart: "every mentee at least one mentor of the group".

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> print(Quota("age band", "under 30", "mentor", at_least=1, each=True))
    mentors with age band 'under 30' for each mentee
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    dimension: str
    group: str
    side: Side
    at_least: int = 0
    at_most: int | None = None
    each: bool = False
    kind: Literal["partners"] = field(default="partners", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        words = [*text("quota", "dimension", self.dimension), *text("quota", "group", self.group)]
        rest = [*_count_faults(self.at_least, self.at_most), *truth("quota", "each", self.each)]
        refuse([*words, *choice("quota", "side", self.side, SIDES), *rest])

    def __str__(self) -> str:
        """Return the words for it."""
        other = SIDES[self.side == "mentor"]
        return (
            f"{self.side}s with {self.dimension} {self.group!r}" + f" for each {other}" * self.each
        )


@dataclass(frozen=True, slots=True)
class PairQuota:
    """Fewest and most pairs of two people with the same answer, or with different ones.

    A pair with an unknown answer is neither.

    Attributes
    ----------
    dimension : str
        What people differ in.
    pairs : {"same", "different"}
        Whether two people share an answer, or none.
    at_least, at_most : int
        Bounds on the number of such pairs; no upper one if None.

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> print(PairQuota("gender", "different", at_least=10))
    pairs with different gender
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    dimension: str
    pairs: Literal["same", "different"]
    at_least: int = 0
    at_most: int | None = None
    kind: Literal["pairs"] = field(default="pairs", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        words = [
            *text("quota", "dimension", self.dimension),
            *choice("quota", "pairs", self.pairs, PAIRS),
        ]
        refuse([*words, *_count_faults(self.at_least, self.at_most)])

    def __str__(self) -> str:
        """Return the words for it."""
        return f"pairs with {self.pairs} {self.dimension}"


@dataclass(frozen=True, slots=True)
class MeanParity:
    """How far the mean points of the groups of one side may lie apart; whoever has no partner counts as 0.

    Protected attributes have no share in these points, as in those that `min_points` looks at, unless the programme's
    `places` says otherwise: what is paired in the end then keeps the means that gave everybody their places.

    Attributes
    ----------
    dimension : str
        What people differ in; each answer is a group.
    side : {"mentor", "mentee"}
        Whose groups.
    within : int
        The largest difference, in points.

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> print(MeanParity("gender", "mentor", within=50_000))
    mean points of mentors by gender
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    dimension: str
    side: Side
    within: int
    kind: Literal["parity"] = field(default="parity", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        words = [
            *text("quota", "dimension", self.dimension),
            *choice("quota", "side", self.side, SIDES),
        ]
        refuse([*words, *whole("quota", "within", self.within, 0, LARGEST)])

    def __str__(self) -> str:
        """Return the words for it."""
        return f"mean points of {self.side}s by {self.dimension}"


AnyQuota: TypeAlias = Quota | PairQuota | MeanParity


def quota_faults(
    quotas: Sequence[object], unprotected: Collection[str], justification: str
) -> Iterator[Fault]:
    """Go through the quotas of a programme that are none, or that nobody has justified.

    Parameters
    ----------
    quotas : sequence of Quota, PairQuota or MeanParity
        The quotas.
    unprotected : collection of str
        Dimensions that are not protected.
    justification : str
        Why protected attributes may decide; quotas on them need it.

    Yields
    ------
    Fault
        What is wrong.
    """
    for quota in quotas:
        if not isinstance(quota, AnyQuota):
            yield Fault(
                "",
                "quotas",
                f"{seen(quota)} is no quota",
                "give a Quota, a PairQuota or a MeanParity",
            )
        elif quota.dimension not in unprotected and not justification.strip():
            problem = f"is empty, and {str(quota)!r} goes by a protected dimension"
            yield Fault(
                "", "justification", problem, "say why, or name the dimension in unprotected"
            )


def clashes(quotas: Sequence[object], objective: object) -> Iterator[Fault]:
    """Go through why quotas and an objective do not go together."""
    if quotas and isinstance(objective, Objective) and "quotas" in refused(objective):
        problem = f"cannot go with {objective.kind!r}: {refused(objective)['quotas']}"
        yield Fault("", "quotas", problem, "take the objective 'total', or drop the quotas")


def _count_faults(at_least: int, at_most: int | None) -> list[Fault]:
    faults = whole("quota", "at_least", at_least, 0, LARGEST)
    faults += [] if at_most is None else whole("quota", "at_most", at_most, 0, LARGEST)
    if faults:
        return faults
    if at_most is not None and at_most < at_least:
        return [
            Fault("quota", "at_most", f"{at_most} is below at_least {at_least}", "exchange them")
        ]
    if at_least == 0 and at_most is None:
        return [
            Fault("quota", "at_least", "neither it nor at_most says anything", "give one of them")
        ]
    return []


def __dir__() -> list[str]:
    """Return the kinds of quotas; what is beside them is for rmatch alone."""
    own = (value for value in globals().values() if isinstance(value, type))
    return [each.__name__ for each in own if each.__module__ == __name__]
