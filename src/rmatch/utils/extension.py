"""What scipy has in C, without all else that its packages import: that would take a tenth of a second and more."""

from __future__ import annotations

from functools import cache
from importlib.machinery import ExtensionFileLoader, PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any


@cache
def extension(package: str, name: str) -> Any:
    """Return an extension module from where scipy keeps it; None if it is not there, or cannot be loaded by itself.

    Parameters
    ----------
    package, name : str
        The package inside scipy, and the module inside that.

    Returns
    -------
    module or None
        A copy of its own, whether or not the package is imported.
    """
    scipy = find_spec("scipy")
    folders = scipy.submodule_search_locations if scipy else None
    found = PathFinder.find_spec(name, [f"{folder}/{package}" for folder in folders or ()])
    if found is None or not isinstance(found.loader, ExtensionFileLoader):
        return None
    try:
        module = module_from_spec(found)
        found.loader.exec_module(module)
    except ImportError:
        return None
    return module
