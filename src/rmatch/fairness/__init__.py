"""How fair a matching is: what each side gains, who would rather meet whom, how groups fare.

Everything here works on points and pairs; nothing here solves.
"""

from __future__ import annotations

from rmatch.fairness.effect import Effect, effect
from rmatch.fairness.groups import Group, GroupTable
from rmatch.fairness.pareto import Pareto
from rmatch.fairness.report import Fairness, PersonStanding, Side, fairness

__all__ = [
    "Effect",
    "Fairness",
    "Group",
    "GroupTable",
    "Pareto",
    "PersonStanding",
    "Side",
    "effect",
    "fairness",
]
