"""Chances instead of pairs: a fair lottery over matchings."""

from collections.abc import Callable

from rmatch.lotteries.best import lottery
from rmatch.lotteries.lottery import Lottery
from rmatch.lotteries.parity import Parity
from rmatch.rounds import Pair
from rmatch.solve import Marginals

__all__ = ["Lottery", "Marginals", "Pair", "Parity", "lottery"]
__dir__: Callable[[], list[str]] = __all__.copy
