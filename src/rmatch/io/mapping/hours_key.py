"""The key `hours_grid`: which columns are the slots of a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def read_hours_grid(value: Any, report: Callable[[str, str, str], None]) -> dict[str, Any]:
    """Read the key: a list of headers, or ``"found"`` for those that name a day and a time.

    Parameters
    ----------
    value : object
        What the mapping holds.
    report : callable
        Takes what is wrong.

    Returns
    -------
    dict
        The setting of a translation: the headers, none of them where they are found.
    """
    if value == "found":
        return {"hours_grid": ()}
    if isinstance(value, list | tuple) and value and all(isinstance(each, str) for each in value):
        return {"hours_grid": tuple(value)}
    remedy = 'write hours_grid = "found", or hours_grid = ["Mon 9-11", "Tue 14-16"]'
    report("hours_grid", "is neither found nor a list of headers", remedy)
    return {}
