"""Which objective goes with which other choices of a programme, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rmatch.objectives import Leximin, MaxMin, Stable, Total

if TYPE_CHECKING:
    from rmatch.objectives import Objective

Choice = Literal["best", "several", "minimums", "quotas"]

FREE_NUMBER = "the number of pairs cannot be left open: to leave out the worst would always be better"
BUNDLES = "to compare the sums of people with several partners is NP-hard"
SAME_NUMBER = "how many partners somebody gets is the same in all stable matchings"
MANY_STABLE = "no exact method is at hand for the best total where people have several partners"
NO_METHOD = "no exact method for quotas is at hand with another objective than the total"
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
