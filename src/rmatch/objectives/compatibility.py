"""Which objective goes with which other choices of a programme, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rmatch.objectives.objectives import Leximin, MaxMin, Stable, Total

if TYPE_CHECKING:
    from rmatch.objectives.objectives import Objective

Choice = Literal["best", "several", "minimums", "quotas"]
ByLot = Literal["lottery", "spread", "quotas"]

FREE_NUMBER = (
    "the number of pairs cannot be left open: to leave out the worst would always be better"
)
BUNDLES = "to compare the sums of people with several partners is NP-hard"
SAME_NUMBER = "how many partners somebody gets is the same in all stable matchings"
MANY_STABLE = "no exact method is at hand for the best total where people have several partners"
NO_METHOD = "no exact method for quotas is at hand with another objective than the total"
SINGLE = "it compares single matchings, and a lottery has expected points only"
PAIRS_BY_LOT = "it compares the pairs of single matchings; in expectation there are people only"
LEXIMIN_BY_LOT = "leximin in expectation does the same, and goes on after the worst off"
OWN_GOAL = "`spread` has a goal of its own"
EXPECTED = "quotas bound single matchings, and a lottery has expected numbers only"
MAY_NOT_EXIST = "a stable matching that keeps quotas may not exist, and to find out is NP-hard"


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
    if isinstance(objective, Total):
        return {}
    if isinstance(objective, Stable):
        several: dict[Choice, str] = {"several": MANY_STABLE} if objective.best == "total" else {}
        return {**several, "minimums": SAME_NUMBER, "quotas": MAY_NOT_EXIST}
    found: dict[Choice, str] = {"quotas": NO_METHOD}
    if isinstance(objective, MaxMin | Leximin) or objective.alpha >= 1:
        found["best"] = FREE_NUMBER
    if isinstance(objective, Leximin) and objective.over == "people":
        found["several"] = BUNDLES
    return found


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
    if isinstance(objective, Total):
        return {"quotas": EXPECTED}
    if isinstance(objective, Leximin):
        return (
            {"spread": OWN_GOAL, "quotas": EXPECTED}
            if objective.over == "people"
            else {"lottery": PAIRS_BY_LOT}
        )
    return {"lottery": LEXIMIN_BY_LOT if isinstance(objective, MaxMin) else SINGLE}
