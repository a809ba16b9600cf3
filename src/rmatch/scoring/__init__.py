"""Points and permission of any block of pairs, of both sides or of one, and the quotas as limits on them."""

from __future__ import annotations

from collections.abc import Callable

from rmatch.scoring.build import input_faults, lacking, score, scored
from rmatch.scoring.coverage import Coverage
from rmatch.scoring.points import WHOLE
from rmatch.scoring.quota_bounds import limits
from rmatch.scoring.scores import Scores
from rmatch.scoring.sides import side_points
from rmatch.scoring.source import NO_PAIRS

__all__ = [
    "NO_PAIRS",
    "WHOLE",
    "Coverage",
    "Scores",
    "input_faults",
    "lacking",
    "limits",
    "score",
    "scored",
    "side_points",
]
__dir__: Callable[[], list[str]] = __all__.copy
