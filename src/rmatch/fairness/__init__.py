"""How fair a matching is: what each side gains, who would rather meet whom, how groups fare.

Everything here works on points and pairs; nothing here solves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmatch.fairness.effect import Effect, effect
from rmatch.utils.lazy import handed_out

if TYPE_CHECKING:
    from rmatch.fairness.figures import FairnessFigures, PersonStanding, Side
    from rmatch.fairness.groups.group import Group, GroupTable
    from rmatch.fairness.indices import (
        atkinson,
        generalised_entropy,
        gini,
        jain,
        mean_log_deviation,
        theil,
    )
    from rmatch.fairness.measure import fairness
    from rmatch.fairness.pareto import Pareto
    from rmatch.fairness.report import Fairness

__all__ = [
    "Effect",
    "Fairness",
    "FairnessFigures",
    "Group",
    "GroupTable",
    "Pareto",
    "PersonStanding",
    "Side",
    "atkinson",
    "effect",
    "fairness",
    "generalised_entropy",
    "gini",
    "jain",
    "mean_log_deviation",
    "theil",
]
__dir__: Callable[[], list[str]] = __all__.copy

__getattr__: Callable[[str], Any] = handed_out(
    __name__,
    {
        "rmatch.fairness.figures": "FairnessFigures PersonStanding Side",
        "rmatch.fairness.groups.group": "Group GroupTable",
        "rmatch.fairness.indices": "atkinson generalised_entropy gini jain mean_log_deviation theil",
        "rmatch.fairness.measure": "fairness",
        "rmatch.fairness.pareto": "Pareto",
        "rmatch.fairness.report": "Fairness",
    },
)
