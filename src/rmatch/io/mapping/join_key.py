"""The keys `join` and `duplicates`: who is the same person in several tables, and in several rows of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.join.spec import CHOICES, KEEPS, Duplicates, Join

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[str, str, str], None]

EXAMPLE = 'write key = { "Work E-Mail" = "Email Address" }, or one header that both tables have'
NEWEST = 'name the column with the time: by = "Timestamp"'


def read_joins(value: Any, report: Report) -> dict[str, Any]:
    """Read how further tables are joined: one table of settings, or a list of them."""
    parts = list(value) if isinstance(value, list | tuple) else [value]
    if not parts or not all(isinstance(part, Mapping) for part in parts):
        report("join", "is not a table", f"write [join] and under it: {EXAMPLE}")
        return {}
    return {"joins": tuple(_join(part, report) for part in parts)}


def read_duplicates(value: Any, report: Report) -> dict[str, Any]:
    """Read which of several rows of one person counts: a table of settings, or the choice alone."""
    part = {"keep": value} if isinstance(value, str) else value
    if not isinstance(part, Mapping):
        report("duplicates", "is not a table", 'write [duplicates] and under it: keep = "last"')
        return {}
    _check_keys("duplicates", part, ("keep", "by", "namesakes"), report)
    keep, by = _choice("duplicates.keep", part.get("keep", ""), CHOICES, report), part.get("by", "")
    if not isinstance(by, str) or (keep == "newest" and not by):
        report("duplicates.by", "is not the header of a column", NEWEST)
        by = ""
    elif by and keep != "newest":
        report("duplicates.by", "has no effect", 'leave it out, or write keep = "newest"')
    elif not part.keys() & {"keep", "namesakes"}:
        report("duplicates", "says nothing", 'write keep = "last", "first" or "newest"')
    ids, distinct = _namesakes(part.get("namesakes", ()), report)
    return {"duplicates": Duplicates(keep, by, ids, distinct)}


def _join(part: Mapping[str, Any], report: Report) -> Join:
    _check_keys("join", part, ("key", "keep"), report)
    keep = _choice("join.keep", part.get("keep", KEEPS[0]), KEEPS, report)
    key = part.get("key")
    named = {key: key} if isinstance(key, str) and key else key
    if "key" not in part:
        report("join.key", "is missing", EXAMPLE)
    elif not isinstance(named, Mapping) or not _are_headers(named):
        report("join.key", "names no columns", EXAMPLE)
    else:
        return Join(tuple(named.items()), keep)
    return Join((), keep)


def _are_headers(named: Mapping[Any, Any]) -> bool:
    return bool(named) and all(
        isinstance(header, str) and header for pair in named.items() for header in pair
    )


def _choice(where: str, value: Any, choices: tuple[str, ...], report: Report) -> str:
    if value in ("", *choices):
        return str(value)
    report(where, f"{value!r} is not a choice", nearest(str(value), choices))
    return ""


def _namesakes(value: Any, report: Report) -> tuple[frozenset[str], bool]:
    if isinstance(value, bool):
        return frozenset(), value
    if isinstance(value, list | tuple) and all(isinstance(item, str | int) for item in value):
        return frozenset(map(str, value)), False
    remedy = 'list the ids of different people with one name: namesakes = ["E7", "E9"]'
    report("duplicates.namesakes", "is not a list of ids", f"{remedy}, or true for all of them")
    return frozenset(), False


def _check_keys(
    where: str, part: Mapping[str, Any], known: tuple[str, ...], report: Report
) -> None:
    for key in part:
        if key not in known:
            report(f"{where}.{key}", "is not a setting", nearest(str(key), known))
