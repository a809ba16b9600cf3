"""What "best" means over all pairs, and what goes with it."""

from rmatch.objectives.compatibility import (
    EXPECTED,
    Compatibility,
    compatibility,
    every_kind,
    objective_fault,
    over_people,
    refused,
    refused_by_lot,
)
from rmatch.objectives.objectives import (
    NAMED,
    TOTAL,
    AlphaFair,
    Leximin,
    MaxMin,
    Objective,
    Proposer,
    Stable,
    Total,
    named,
)

__all__ = [
    "EXPECTED",
    "NAMED",
    "TOTAL",
    "AlphaFair",
    "Compatibility",
    "Leximin",
    "MaxMin",
    "Objective",
    "Proposer",
    "Stable",
    "Total",
    "compatibility",
    "every_kind",
    "named",
    "objective_fault",
    "over_people",
    "refused",
    "refused_by_lot",
]
