"""Memory, estimated before it is taken."""

from __future__ import annotations

import os

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.text import numeral

GIB = 2**30


def free() -> int | None:
    """Return the bytes that are free now, as far as the system tells."""
    if (
        not hasattr(os, "sysconf")
        or not {"SC_AVPHYS_PAGES", "SC_PAGE_SIZE"} <= os.sysconf_names.keys()
    ):
        return None
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def require(needed: int, what: str, remedy: str) -> None:
    """Refuse what does not fit into free memory.

    Parameters
    ----------
    needed : int
        Bytes at the peak.
    what : str
        What takes them.
    remedy : str
        What can be done.

    Raises
    ------
    InvalidInputError
        With both figures.

    Examples
    --------
    >>> require(2**60, "a matrix of everybody", "ask for blocks")
    Traceback (most recent call last):
    rmatch.errors.InvalidInputError: ...takes about 1...824 GiB, and ... GiB are free...
    """
    available = free()
    if available is not None and needed > available:
        problem = f"{what} takes about {numeral(needed / GIB)} GiB, and {numeral(available / GIB)} GiB are free"
        raise InvalidInputError([Fault("", "memory", problem, remedy)])
