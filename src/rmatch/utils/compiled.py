"""The compiler for inner loops, which comes with the extra `scale`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from rmatch.errors import RmatchError

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of numbers and arrays at its first call; it releases the interpreter's lock.

    Raises
    ------
    RmatchError
        If numba is missing.
    """
    try:
        import numba
    except ModuleNotFoundError as missing:
        message = "numba is missing: install reverse-mentoring[scale]"
        raise RmatchError(message) from missing
    fast: Callable[P, R] = numba.njit(cache=True, nogil=True, boundscheck=False)(function)
    return fast
