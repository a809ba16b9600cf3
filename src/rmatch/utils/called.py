"""What people are called in what is printed: their ids, or their names where the organiser asked for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from rmatch.utils.spelling import visible

NAMES: ContextVar[Mapping[str, str | None]] = ContextVar("NAMES")


@contextmanager
def by_name(names: Mapping[str, str | None]) -> Iterator[None]:
    """Let whatever is told in here call people by their names, with their ids beside.

    Parameters
    ----------
    names : mapping of str to str or None
        The names by id; whoever has none stays an id.

    Examples
    --------
    >>> with by_name({"E7": "Ada Example"}):
    ...     called("E7"), called("E8")
    ('Ada Example (E7)', 'E8')
    >>> called("E7")
    'E7'
    """
    before = NAMES.set(names)
    try:
        yield
    finally:
        NAMES.reset(before)


def called(person: str) -> str:
    """Return what somebody is called, by their id."""
    name = NAMES.get({}).get(person)
    return f"{visible(name)} ({person})" if name else person
