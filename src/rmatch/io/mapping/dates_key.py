"""The key ``dates`` of a mapping: how days are written, and to which day years are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.cells.dates import ORDERS, Dates

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = ("on", "order")


def dates_key(value: Any, report: Callable[[str, str, str], None]) -> dict[str, Any]:
    """Return the setting of a translation.

    Parameters
    ----------
    value : object
        What stands under the key.
    report : callable
        Takes the place, the problem and the remedy of what is wrong.

    Returns
    -------
    dict of str to object
        The dates, as far as they are right.
    """
    if not isinstance(value, Mapping):
        report("dates", "is not a table", "write [dates] and on = 2026-03-01 under it")
        return {}
    for key in value:
        if key not in KNOWN:
            report(f"dates.{key}", "is not known", nearest(str(key), KNOWN))
    order = value.get("order", "")
    if "order" in value and order not in ORDERS:
        known = " or ".join(f'"{each}"' for each in ORDERS)
        report("dates.order", f"{order!r} is not an order of days", f"write {known}")
        order = ""
    return {"dates": Dates(_reference(value["on"], report) if "on" in value else None, order)}


def _reference(value: Any, report: Callable[[str, str, str], None]) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        report("dates.on", f"{value!r} is not a day", "write on = 2026-03-01")
        return None
