"""Which objective goes with which other choices of a programme, and why not: the one table of all objectives.

What each kind means for the solver stands in `rmatch.solve.fair`; nothing else asks which kind an objective is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from rmatch.errors import Fault, nearest
from rmatch.objectives.objectives import (
    NAMED,
    NOT_OFFERED,
    AlphaFair,
    Leximin,
    MaxMin,
    Objective,
    Stable,
    Total,
)

Row = TypeVar("Row")
Choice = Literal["best", "several", "minimums", "quotas"]
ByLot = Literal["lottery", "spread", "quotas"]

KINDS: tuple[type[Any], ...] = get_args(Objective)
"""All kinds of objectives there are."""

FREE_NUMBER = "to leave out the worst would always be better"
BUNDLES = "to compare sums over partners is NP-hard"
SAME_NUMBER = "how many partners somebody gets is the same in all of them"
MANY_STABLE = "no exact method is at hand for them"
NO_METHOD = "no exact method for quotas is at hand with another objective than the total"
SINGLE = "it compares single matchings, and a lottery has expected points only"
PAIRS_BY_LOT = "it compares the pairs of single matchings; in expectation there are people only"
LEXIMIN_BY_LOT = "leximin in expectation does the same, and goes on after the worst off"
OWN_GOAL = "`spread` has a goal of its own"
EXPECTED = "quotas bound single matchings, and a lottery has expected numbers only"
MAY_NOT_EXIST = "a stable matching that keeps quotas may not exist, and to find out is NP-hard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatibility:
    """What goes with an objective; whatever is refused has the reason.

    Attributes
    ----------
    is_total : bool
        Whether the sum of the points is what counts: then prices prove it, pairs may come in blocks without a matrix,
        and what a pair costs is a number of points.
    settles_places : bool
        Whether one search says at once who gets a partner and which one, so that places cannot be settled before.
    by_consent : bool
        Whether a pair is made only if neither of the two would lose points by it.
    ratios : bool
        Whether points are compared as ratios, which costs have no use for.
    sides : str, optional
        Why what each side gains is needed, if the two of a pair are compared apart.
    best, several, minimums, quotas : str, optional
        Why participation ``"best"``, ``several`` places for a person, minimums and quotas are refused.
    lottery, spread : str, optional
        Why a lottery is refused, or the chances in it cannot be spread.
    """

    is_total: bool = False
    settles_places: bool = False
    by_consent: bool = False
    ratios: bool = False
    sides: str | None = None
    best: str | None = None
    several: str | None = None
    minimums: str | None = None
    quotas: str | None = NO_METHOD
    lottery: str | None = SINGLE
    spread: str | None = None

    @property
    def gains_by_lot(self) -> bool:
        """Whether a lottery for this objective compares what everybody may expect to gain."""
        return self.sides is not None and self.lottery is None


def every_kind(table: Mapping[type[Any], Row]) -> dict[type[Any], Row]:
    """Return a table of objectives if it has a row for each kind.

    Parameters
    ----------
    table : mapping of type to anything
        What is decided for each kind.

    Returns
    -------
    dict
        The same.

    Raises
    ------
    LookupError
        If a kind was forgotten, with its name.

    Examples
    --------
    >>> every_kind({Total: 1, AlphaFair: 2, MaxMin: 3})
    Traceback (most recent call last):
    LookupError: nothing is decided for Leximin, Stable
    """
    missing = [kind.__name__ for kind in KINDS if kind not in table]
    if missing:
        message = f"nothing is decided for {', '.join(missing)}"
        raise LookupError(message)
    return dict(table)


WITH_TOTAL = Compatibility(is_total=True, quotas=None, lottery=None)


def _total(_: Total) -> Compatibility:
    return WITH_TOTAL


def _alpha_fair(objective: AlphaFair) -> Compatibility:
    # Below α = 1 a pair of no points is worth 0 and every other one more, so that the number of pairs may be left open.
    return Compatibility(
        best=FREE_NUMBER if objective.alpha >= 1 else None, ratios=objective.alpha > 0
    )


def _max_min(_: MaxMin) -> Compatibility:
    return Compatibility(best=FREE_NUMBER, lottery=LEXIMIN_BY_LOT)


def _leximin(objective: Leximin) -> Compatibility:
    if objective.over == "pairs":
        return Compatibility(best=FREE_NUMBER, lottery=PAIRS_BY_LOT)
    return Compatibility(
        sides="leximin over people needs what each side gains",
        best=FREE_NUMBER,
        several=BUNDLES,
        lottery=None,
        spread=OWN_GOAL,
    )


def _stable(objective: Stable) -> Compatibility:
    return Compatibility(
        sides="a stable matching needs what each side gains",
        settles_places=True,
        by_consent=True,
        several=MANY_STABLE if objective.best == "total" else None,
        minimums=SAME_NUMBER,
        quotas=MAY_NOT_EXIST,
    )


TABLE: dict[type[Any], Callable[[Any], Compatibility]] = every_kind(
    {
        Total: _total,
        AlphaFair: _alpha_fair,
        MaxMin: _max_min,
        Leximin: _leximin,
        Stable: _stable,
    }
)
"""What goes with the objectives of each kind."""


def compatibility_of(objective: Objective) -> Compatibility:
    """Return what goes with an objective.

    Examples
    --------
    >>> compatibility_of(Leximin("people")).several
    'to compare sums over partners is NP-hard'
    """
    return TABLE[type(objective)](objective)


def refused(objective: Objective) -> dict[Choice, str]:
    """Return what an objective does not go with, each with the reason; everything else it does.

    The choices are participation ``"best"``, ``"several"`` places for a person, ``"minimums"`` and ``"quotas"``.

    Parameters
    ----------
    objective : Objective
        What is best over all pairs.

    Returns
    -------
    dict of str to str
        The choices that are refused, and why.

    Examples
    --------
    >>> refused(Total())
    {}
    >>> sorted(refused(Stable()))
    ['minimums', 'quotas']
    """
    fits = compatibility_of(objective)
    reasons = {name: getattr(fits, name) for name in get_args(Choice)}
    return {name: reason for name, reason in reasons.items() if reason is not None}


def refused_by_lot(objective: Objective) -> dict[ByLot, str]:
    """Return what an objective does not go with in a lottery, each with the reason.

    Places for several partners, minimums, caps, locks, parity and likeness of people go with whatever a lottery can
    maximise: with expected points all of them are linear.

    Parameters
    ----------
    objective : Objective
        What is best, read in expectation.

    Returns
    -------
    dict of str to str
        ``"lottery"`` if there is no lottery for it at all; else the arguments and settings that are refused.

    Examples
    --------
    >>> sorted(refused_by_lot(Leximin("people")))
    ['quotas', 'spread']
    >>> sorted(refused_by_lot(Leximin("pairs")))
    ['lottery']
    """
    fits = compatibility_of(objective)
    if fits.lottery is not None:
        return {"lottery": fits.lottery}
    found: dict[ByLot, str] = {"quotas": EXPECTED}
    if fits.spread is not None:
        found["spread"] = fits.spread
    return found


def objective_fault(objective: object, participation: str) -> Fault | None:
    """Return what is wrong with an objective, be it that it would have to choose the number of pairs and cannot."""
    if not isinstance(objective, Objective):
        return _unknown(objective)
    reason = compatibility_of(objective).best
    if reason is None or participation != "best":
        return None
    problem = f"{objective.kind!r} cannot choose the number of pairs: {reason}"
    return Fault("", "objective", problem, "say participation 'most', or take another objective")


def _unknown(objective: object) -> Fault:
    if isinstance(objective, str) and objective in NOT_OFFERED:
        problem = f"{objective!r} is not offered: {NOT_OFFERED[objective]}"
        return Fault("", "objective", problem, f"known are {', '.join(map(repr, NAMED))}")
    remedy = (
        "give its α, such as AlphaFair(1)"
        if objective == "alpha_fair"
        else nearest(objective, NAMED)
    )
    return Fault("", "objective", f"{objective!r} is no objective", remedy)
