"""The compiler for inner loops, which comes with the extra `scale`."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from numbers import Number
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from rmatch.errors import RmatchError
from rmatch.utils.log import LOG

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

ONE_COMMAND = Event()
"""Set where the process runs one command, and what it loads serves it once."""


def available() -> bool:
    """Return whether the extra `scale` is installed."""
    return find_spec("numba") is not None


def pays(pairs: int, least: int) -> bool:
    """Return whether compiled code saves time: from so many pairs on, and from half as many where the compiler is loaded.

    Only for what comes out the same in either way.
    """
    return (2 * pairs if "numba" in sys.modules else pairs) >= least and available()


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
    try:
        fast._cache = _forgiving_cache()(function)
    except (RuntimeError, OSError) as error:
        fast._cache = _no_cache()(error)
    kept: Callable[P, R] = fast
    return kept


@cache
def _forgiving_cache() -> type[Any]:
    """Return numba's cache, but that what cannot be read or written costs no more than the time to compile.

    Numba tries once whether a folder may be written, and trusts it ever after: another user's files in it, a full disk,
    or a file that was cut short would end the run. And it reads from no folder into which it cannot write, though all may
    be there.
    """
    caching: Any = import_module("numba.core.caching")
    first = [caching.UserProvidedCacheLocator, caching.InTreeCacheLocator]
    others = [each for each in caching.CacheImpl._locator_classes if each not in first]

    class Places(caching.CompileResultCacheImpl):  # type: ignore[misc]
        _locator_classes = (
            *(each for place in first for each in (place, _read_only(place))),
            *others,
        )

    class ForgivingCache(caching.FunctionCache):  # type: ignore[misc]
        _impl_class = Places

        def __init__(self, function: Callable[..., Any]) -> None:
            super().__init__(function)
            self._cache_file._source_stamp = _stamp(function)

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            try:
                return super().load_overload(sig, target_context)
            except Exception:  # noqa: BLE001 - bytes that are no pickle can raise anything
                return self._begin_anew()

        def save_overload(self, sig: Any, data: Any) -> None:
            try:
                super().save_overload(sig, data)
            except OSError as error:
                self._give_up(error)

        def _begin_anew(self) -> None:
            try:
                self.flush()
            except OSError as error:
                self._give_up(error)

        def _give_up(self, error: OSError) -> None:
            self.disable()
            _not_kept(error)

    return ForgivingCache


@cache
def _stamp(function: Callable[..., Any]) -> tuple[Any, ...]:
    """Return what compiled code is made of: the files of the function and of all that it calls, and the numbers that they name.

    numba itself looks at the file of the function alone, and would go on with what another file said once.
    """
    source = Path(function.__code__.co_filename).stat()
    named: list[Any] = [function.__globals__.get(name) for name in function.__code__.co_names]
    called = [_stamp(each.py_func) for each in named if hasattr(each, "py_func")]
    numbers = [each for each in named if isinstance(each, Number)]
    return source.st_mtime, source.st_size, *called, *numbers


@cache
def _no_cache() -> type[Any]:
    """Return what keeps nothing, and says so once something is compiled: much is made that a run never calls."""
    caching: Any = import_module("numba.core.caching")

    class NoCache(caching.NullCache):  # type: ignore[misc]
        def __init__(self, error: Exception) -> None:
            self.error = error

        def save_overload(self, *_: Any) -> None:
            _not_kept(self.error)

    return NoCache


def _read_only(place: Any) -> type[Any]:
    """Return a place where something may be kept, for those who find what they need in it and cannot write."""

    class ReadOnly(place):  # type: ignore[misc]
        def ensure_cache_path(self) -> None:
            kept = Path(self.get_cache_path()).glob(f"*-{self.get_disambiguator()}.py*.nbi")
            if not any(kept):
                raise FileNotFoundError

    return ReadOnly


_told: list[Exception] = []
"""Why compiled code is not kept in this process: said once, however many functions it concerns."""


def _not_kept(error: Exception) -> None:
    if not _told:
        LOG.warning(
            "compiled code cannot be kept, so every process compiles anew (%s); a folder for it that may be written is "
            "named in NUMBA_CACHE_DIR",
            error,
        )
    _told.append(error)
