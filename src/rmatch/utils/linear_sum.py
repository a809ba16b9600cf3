"""The dense assignment solver of scipy, without all else that optimises: that would take a tenth of a second to import."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.machinery import ExtensionFileLoader, PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING, Any

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
    import scipy

    folders = [f"{folder}/optimize" for folder in scipy.__path__]
    found = None if "scipy.optimize" in sys.modules else PathFinder.find_spec("_lsap", folders)
    module: Any = None
    if found is not None and isinstance(found.loader, ExtensionFileLoader):
        module = module_from_spec(found)
        found.loader.exec_module(module)
    if not hasattr(module, "linear_sum_assignment"):
        module = import_module("scipy.optimize")
    solver: Callable[..., Pairs] = module.linear_sum_assignment
    return solver
