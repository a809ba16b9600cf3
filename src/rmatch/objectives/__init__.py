"""What "best" means over all pairs, and what goes with it."""

from collections.abc import Callable

from rmatch.objectives.compatibility import (
    EXPECTED,
    MANY_STABLE,
    Compatibility,
    compatibility_of,
    every_kind,
    objective_fault,
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
    "MANY_STABLE",
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
    "compatibility_of",
    "every_kind",
    "named",
    "objective_fault",
    "refused",
    "refused_by_lot",
]
__dir__: Callable[[], list[str]] = __all__.copy
