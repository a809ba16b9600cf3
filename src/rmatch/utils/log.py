"""The logger `rmatch`: what a host may want to follow, and never who the people are.

It is silent until the host gives it a handler. INFO tells what was called, how it ended and after how many seconds, and
why a run was stopped; DEBUG the steps in between, with sizes and routes. No id, no name, no seed and nothing that somebody answered is in either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from rmatch.utils.text import numeral

P = ParamSpec("P")
R = TypeVar("R")

LOG = logging.getLogger("rmatch")
# Without a handler of its own, warnings would go to the standard error of hosts that never asked for them.
LOG.addHandler(logging.NullHandler())


def timed(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function log when it begins and how it ends, and give its result the seconds as `runtime`, if it has one."""
    name = function.__name__

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        begun = monotonic()

        def ended(how: Any) -> float:
            seconds = monotonic() - begun
            LOG.info("%s ends after %.3f s: %s", name, seconds, how)
            return seconds

        LOG.info("%s begins", name)
        try:
            result: Any = function(*args, **kwargs)
        except BaseException as error:
            # What an error says names people; of what kind it is does not.
            ended(getattr(error, "status", type(error).__name__))
            raise
        seconds = ended(_told_of(result))
        timed_result: R = replace(result, runtime=seconds) if hasattr(result, "runtime") else result
        return timed_result

    return call


def _told_of(result: Any) -> str:
    """Return what is told of a result: how it ended and by which route, or what it is and how large."""
    if hasattr(result, "status"):
        return (
            f"{result.status}, route {result.route}" if hasattr(result, "route") else result.status
        )
    size = f" of {numeral(len(result))}" if hasattr(result, "__len__") else ""
    return f"{type(result).__name__}{size}"
