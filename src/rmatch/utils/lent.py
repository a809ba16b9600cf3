"""An executor that a caller lends to a run, for whatever in it is worth the way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from rmatch.errors import Fault
from rmatch.utils.log import LOG
from rmatch.utils.validation import seen


@dataclass(eq=False, slots=True)
class Lent:
    """An executor that a caller has given, and whether it was needed."""

    executor: Executor
    used: bool = False


_LENT: ContextVar[Lent | None] = ContextVar("lent", default=None)
"""What the run that is going on here may use; other threads have their own."""


@contextmanager
def lending(executor: Executor | None) -> Iterator[None]:
    """Let what runs within use an executor, and warn in the log if nothing has."""
    if executor is None:
        yield
        return
    given = Lent(executor)
    token = _LENT.set(given)
    try:
        yield
    finally:
        _LENT.reset(token)
    if not given.used:
        LOG.warning(
            "the executor was not used: this run is done sooner, or can only be done, in this process"
        )


def lent() -> Lent | None:
    """Return what the run that is going on here may use."""
    return _LENT.get()


def executor_faults(executor: object) -> Iterator[Fault]:
    """Go through what is wrong with an executor."""
    if executor is not None and not isinstance(executor, Executor):
        remedy = "give a concurrent.futures.Executor; of a client of Dask its get_executor()"
        yield Fault("", "executor", f"{seen(executor)} is none", remedy)
