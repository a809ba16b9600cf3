"""What "best" means over all pairs: which of two matchings with equally many pairs is the better one.

An objective only says how points are ordered; how its best matching is found stands in `rmatch.solve`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias, get_args

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.validation import choice, refuse

Over = Literal["pairs", "people"]
Proposer = Literal["mentors", "mentees"]
BestStable = Literal["proposer", "total"]


@dataclass(frozen=True, slots=True)
class Total:
    r"""The largest sum of points, :math:`\max \sum_{(i,j) \in M} p_{ij}`.

    Examples
    --------
    >>> Total().kind
    'total'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    kind: Literal["total"] = field(default="total", kw_only=True, repr=False)


@dataclass(frozen=True, slots=True)
class AlphaFair:
    r"""The largest sum of transformed points, in which few points weigh more the larger α is.

    .. math:: \max \sum_{(i,j) \in M} f_\alpha(p_{ij}), \qquad
       f_\alpha(s) = \frac{s^{1-\alpha}}{1-\alpha}, \quad f_1(s) = \log\, s

    With α = 0 this is :class:`Total`, with α = 1 the product of all points (Nash), and for α large enough
    :class:`Leximin` [1]_. Points must not be negative, and from α = 1 on not zero. The transformed points are rounded
    once to whole numbers.

    Attributes
    ----------
    alpha : float
        From 0 on.

    Raises
    ------
    InvalidInputError
        If α is not a finite number of 0 or more.

    References
    ----------
    .. [1] J. Mo and J. Walrand, "Fair end-to-end window-based congestion control", IEEE/ACM Transactions on Networking
       8(5), 2000. :doi:`10.1109/90.879343`

    Examples
    --------
    >>> AlphaFair(2).alpha
    2
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    alpha: float
    kind: Literal["alpha_fair"] = field(default="alpha_fair", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the value."""
        given: object = self.alpha
        if (
            isinstance(given, bool)
            or not isinstance(given, int | float)
            or not 0 <= given <= sys.float_info.max
        ):
            remedy = "give a number of 0 or more; what infinity would mean is `leximin`"
            raise InvalidInputError(
                [Fault("objective", "alpha", f"{given!r} is not possible", remedy)]
            )


@dataclass(frozen=True, slots=True)
class MaxMin:
    r"""The worst pair as good as possible, and then the largest total.

    Among the matchings that reach :math:`t^* = \max_M \min_{(i,j) \in M} p_{ij}` the one with the most points.

    Examples
    --------
    >>> MaxMin().kind
    'max_min'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    kind: Literal["max_min"] = field(default="max_min", kw_only=True, repr=False)


@dataclass(frozen=True, slots=True)
class Leximin:
    """The worst as good as possible, then the second worst, and so on to the last.

    Of two matchings with equally many pairs the better one has more points at the first place where their points, both
    sorted from the fewest, differ.

    Attributes
    ----------
    over : {"pairs", "people"}
        Whose points are sorted: one number for each pair, or two, what the mentor gains and what the mentee gains.

    Raises
    ------
    InvalidInputError
        If `over` is neither.

    Examples
    --------
    >>> Leximin(over="people").over
    'people'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    over: Over = "pairs"
    kind: Literal["leximin"] = field(default="leximin", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the value."""
        refuse(choice("objective", "over", self.over, get_args(Over)))


@dataclass(frozen=True, slots=True)
class Stable:
    """No two people would rather have each other than the partners they got.

    Everybody orders the others by what they gain themselves. The number of pairs follows: every stable matching has the
    same where nobody gains equally from two people, and at least half of the most there could be. With participation
    "best" nobody accepts a pair in which they would lose points.

    Attributes
    ----------
    proposer : {"mentors", "mentees"}
        The side for which the matching is the best of all stable ones; it is the worst of them for the other side.
    best : {"proposer", "total"}
        Which stable matching: the best for the proposers, or the one with the most points, for people with one place.

    Raises
    ------
    InvalidInputError
        If a value is unknown.

    Examples
    --------
    >>> Stable("mentees").best
    'proposer'
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    proposer: Proposer = "mentors"
    best: BestStable = "proposer"
    kind: Literal["stable"] = field(default="stable", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        proposer = choice("objective", "proposer", self.proposer, get_args(Proposer))
        refuse([*proposer, *choice("objective", "best", self.best, get_args(BestStable))])


Objective: TypeAlias = Total | AlphaFair | MaxMin | Leximin | Stable
TOTAL = Total()
NAMED: dict[str, Objective] = {
    "total": TOTAL,
    "max_min": MaxMin(),
    "leximin": Leximin(),
    "stable": Stable(),
}
"""The objectives that need nothing but their name."""

NOT_OFFERED = {
    "ef1": "envy-freeness up to one partner says nothing where everybody has one partner",
    "envy_free": "a matching in which nobody envies anybody may not exist",
    "max_min_sum": "to make the smallest sum over a person's partners as large as possible is NP-hard",
}
"""What people ask for and is refused, with the reason."""


def named(given: Objective | str) -> Objective:
    """Return the objective of that name; anything else as it is.

    Examples
    --------
    >>> named("leximin")
    Leximin(over='pairs')
    """
    return NAMED.get(given, given) if isinstance(given, str) else given  # type: ignore[arg-type]  # faults are found later
