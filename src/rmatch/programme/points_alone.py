"""Where nothing can come before the points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rmatch.errors import Fault
from rmatch.objectives import Objective, compatibility_of

REMEDY = "take the objective 'total' without quotas, or leave it out"


def points_alone(objective: Any, quotas: Sequence[Any]) -> Iterator[Fault]:
    """Go through what lets neither people who wait nor earlier pairs come before the points.

    Parameters
    ----------
    objective : Objective
        What is best over all pairs; anything else is a fault of its own, and no objective here.
    quotas : sequence of Quota, PairQuota or MeanParity
        Bounds on partners, places or pairs of groups.

    Yields
    ------
    Fault
        With the reason.

    Examples
    --------
    >>> from rmatch.objectives import Leximin, Total
    >>> list(points_alone(Total(), ()))
    []
    >>> [fault.problem for fault in points_alone(Leximin(), ())]
    ["cannot come before the objective 'leximin': no exact method is at hand"]
    """
    if isinstance(objective, Objective) and not compatibility_of(objective).is_total:
        problem = f"cannot come before the objective {objective.kind!r}: no exact method is at hand"
        yield Fault("programme", "objective", problem, REMEDY)
    if quotas:
        problem = "cannot come before the points under quotas: no exact method is at hand"
        yield Fault("programme", "quotas", problem, REMEDY)
