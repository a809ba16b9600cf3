"""What "best" means over all pairs."""

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
    objective_fault,
    over_people,
)

__all__ = [
    "NAMED",
    "TOTAL",
    "AlphaFair",
    "Leximin",
    "MaxMin",
    "Objective",
    "Proposer",
    "Stable",
    "Total",
    "named",
    "objective_fault",
    "over_people",
]
