"""What a fairer answer costs: matchings along one parameter."""

from collections.abc import Callable

from rmatch.frontiers.frontier import frontier
from rmatch.frontiers.over_objectives import Choice, Frontier
from rmatch.frontiers.quota_frontier import QuotaChoice, QuotaFrontier
from rmatch.solve import Strictest

__all__ = ["Choice", "Frontier", "QuotaChoice", "QuotaFrontier", "Strictest", "frontier"]
__dir__: Callable[[], list[str]] = __all__.copy
