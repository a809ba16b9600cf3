"""What rmatch runs on, for a report of a fault."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from rmatch.utils.threads import THREADS, threads

if TYPE_CHECKING:
    from collections.abc import Iterator

DISTRIBUTION = "reverse-mentoring"
MISSING = "not installed"


def show_versions() -> None:
    """Print the versions of rmatch, Python, the system and whatever rmatch stands on, extras included.

    Nothing is imported for it, and nothing in it is about people: paste it into a report of a fault as it is.

    Examples
    --------
    >>> import rmatch
    >>> rmatch.show_versions()
    rmatch ...
    """
    lines = list(_versions())
    width = max(len(name) for name, _ in lines)
    sys.stdout.write("".join(f"{name:<{width}}  {found}\n" for name, found in lines))


def _versions() -> Iterator[tuple[str, str]]:
    yield "rmatch", _version_of(DISTRIBUTION)
    yield "Python", f"{platform.python_version()} ({platform.python_implementation()})"
    yield "platform", platform.platform()
    said = f", by {THREADS}" if THREADS in os.environ else ""
    yield "threads", f"{threads()}{said}"
    for extra, package in _required():
        yield f"{extra}: {package}" if extra else package, _version_of(package)


def _required() -> list[tuple[str, str]]:
    """Return what rmatch needs here, each as its extra (or nothing) and its name, what is always needed first."""
    try:
        asked = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []
    found = []
    for requirement in asked:
        package, _, marker = requirement.partition(";")
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", marker)
        if extra or not marker:
            name = re.match(r"[\w.-]+", package)
            found.append((extra[1] if extra else "", name[0] if name else package))
    return sorted(found, key=lambda one: bool(one[0]))


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return MISSING
