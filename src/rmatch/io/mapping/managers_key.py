"""The key ``managers`` of a mapping: what the cells of bosses hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.fields.directory import WAYS

if TYPE_CHECKING:
    from collections.abc import Callable


def managers_key(value: Any, report: Callable[[str, str, str], None]) -> dict[str, Any]:
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
        How bosses are called, if that is right.
    """
    if not isinstance(value, Mapping):
        report("managers", "is not a table", 'write [managers] and by = "name" under it')
        return {}
    for key in value:
        if key != "by":
            report(f"managers.{key}", "is not known", nearest(str(key), ["by"]))
    by = value.get("by", "")
    if "by" in value and by not in WAYS:
        remedy = "write " + ", ".join(f'"{way}"' for way in WAYS)
        report("managers.by", f"{by!r} is no way to call a manager", remedy)
        return {}
    return {"managers_by": by}
