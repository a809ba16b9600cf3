"""Dimensions whose answers reports count together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.utils.validation import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEDY = 'give lists of two or more dimensions, such as [["gender", "ethnicity"]]'


def as_crossings(given: Any) -> Any:
    """Return lists of lists as tuples of tuples; whatever else it is, is left for :func:`crossed_faults`.

    Examples
    --------
    >>> as_crossings([["gender", "ethnicity"]])
    (('gender', 'ethnicity'),)
    """
    if not isinstance(given, list | tuple):
        return given
    return tuple(tuple(names) if isinstance(names, list) else names for names in given)


def crossed_faults(crossed: Any) -> Iterator[Fault]:
    """Go through what is no crossing, and through dimensions that are in two of them.

    Parameters
    ----------
    crossed : object
        The crossings.

    Yields
    ------
    Fault
        One for each.
    """
    listed = crossed if isinstance(crossed, tuple) else (crossed,)
    wrong = [names for names in listed if texts("", "", names) or len(names) < 2]
    for names in wrong:
        given = list(names) if isinstance(names, tuple) else names
        yield Fault("programme", "crossed", f"{given!r} is not possible", REMEDY)
    every = [] if wrong else [name for names in listed for name in names]
    for name in dict.fromkeys(name for name in every if every.count(name) > 1):
        problem = f"{name!r} is there twice"
        yield Fault("programme", "crossed", problem, "cross each dimension once")
