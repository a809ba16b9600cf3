"""What is imported only when it is asked for: names that a package hands out (PEP 562), and modules."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # see :mod:`rmatch`
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def handed_out(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package: it imports the module of a name when the name is first asked for.

    Parameters
    ----------
    package : str
        The package's own name.
    homes : mapping of str to str
        The names that each module holds, with blanks between them.

    Returns
    -------
    callable
        Returns what a name stands for, and keeps it in the package, so that it is asked once.

    Examples
    --------
    >>> look_up = handed_out("rmatch", {"rmatch.utils.text": "counted numeral"})
    >>> look_up("counted")(2, "pair")
    '2 pairs'
    """
    home_of = {name: home for home, names in homes.items() for name in names.split()}

    def look_up(name: str) -> Any:
        if name not in home_of:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        found = getattr(import_module(home_of[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return look_up


class Later:
    """A module that is imported when something of it is first asked for.

    Parameters
    ----------
    name : str
        The module.

    Examples
    --------
    >>> text = Later("rmatch.utils.text")
    >>> text.counted(2, "pair")
    '2 pairs'
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """Return what the module calls so."""
        return getattr(import_module(self._name), attribute)
