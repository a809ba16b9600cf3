"""The compiler for inner loops, which comes with the extra `scale`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

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
    return _compiled(function, inlined=False)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a part of a larger compiled function, into the place where it is called: a call would pass every array.

    Raises
    ------
    RmatchError
        If numba is missing.
    """
    return _compiled(function, inlined=True)


def _compiled(function: Callable[P, R], *, inlined: bool) -> Callable[P, R]:
    try:
        import numba
    except ModuleNotFoundError as missing:
        message = "numba is missing: install reverse-mentoring[scale]"
        raise RmatchError(message) from missing
    # Indices are right by construction, and checking them would keep loops from being vectorised.
    compiler = numba.njit(nogil=True, boundscheck=False, inline="always" if inlined else "never")
    fast: Any = compiler(function)
    # Kept beside the source or in the user's folder, so that only the first run on a machine compiles; where neither
    # may be written, every run does.
    with suppress(RuntimeError):
        fast.enable_caching()
    kept: Callable[P, R] = fast
    return kept
