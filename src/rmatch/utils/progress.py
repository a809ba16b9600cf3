"""How far a run is."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes
    ----------
    step : str
        What is being decided or worked out: ``"places"``, ``"pairs"``, ``"chances"``, ``"choices"``, ``"checks"`` or
        ``"figures"``.
    phase : str
        What is going on, such as ``"scoring"``, ``"passes"`` or ``"ties"``.
    passes : float
        How often all possible pairs were looked at, by column generation; how many tiers of points are settled, by leximin.
    pairs, total : int
        The best matching so far, and its points.
    bound : int or None
        What no matching with as many pairs can exceed; None where nothing is known yet.
    seconds : float
        Time since the beginning.
    remaining : float or None
        An estimate of the seconds that this step still takes, once the bound has come down twice.
    """

    step: str
    phase: str
    passes: float
    pairs: int
    total: int
    bound: int | None
    seconds: float
    remaining: float | None

    @property
    def gap(self) -> float:
        """The distance from the points to the bound, as a share of the points; infinite without points or without bound."""
        return math.inf if self.bound is None else relative_gap(self.bound, self.total)


def relative_gap(bound: float, total: float) -> float:
    """Return how far a bound exceeds a total, as a share of the total.

    Examples
    --------
    >>> relative_gap(110, 100), relative_gap(7, 7), relative_gap(5, 0)
    (0.1, 0.0, inf)
    """
    if bound == total:
        return 0.0
    return (bound - total) / abs(total) if total else math.inf
