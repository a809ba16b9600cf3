"""The dense assignment solver of scipy, without all else that optimises: that would take a tenth of a second to import."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rmatch.utils.extension import extension

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def linear_sum_assignment(costs: NDArray[Any], *, maximize: bool = False) -> Pairs:
    """Return what :func:`scipy.optimize.linear_sum_assignment` returns."""
    return _solver()(costs, maximize=maximize)


@cache
def _solver() -> Callable[..., Pairs]:
    """Return the function from the extension module where scipy keeps it, or the public one if it is not there."""
    module: Any = None if "scipy.optimize" in sys.modules else extension("optimize", "_lsap")
    if not hasattr(module, "linear_sum_assignment"):
        module = import_module("scipy.optimize")
    solver: Callable[..., Pairs] = module.linear_sum_assignment
    return solver
