"""The keys `table` and `tables`: how a source is laid out."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.mapping.condition_keys import rule_of
from rmatch.io.tables.layout import Layout

if TYPE_CHECKING:
    from rmatch.io.mapping.condition_keys import Report
    from rmatch.io.mapping.conditions import Condition

PARTS = ("sheet", "header", "encoding", "delimiter", "drop")
NAMED_DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


def read_table_key(value: Any, report: Report) -> dict[str, Any]:
    """Read `[table]`, which holds for all sources.

    Parameters
    ----------
    value : object
        What the document says.
    report : callable
        Is told what is wrong.

    Returns
    -------
    dict of str to Layout
        The setting of a translation.
    """
    return {"layout": layout_of("table", value, report)}


def read_tables_key(value: Any, report: Report) -> dict[str, Any]:
    """Read `[tables."survey.csv"]`, which holds for one file.

    Parameters
    ----------
    value : object
        What the document says.
    report : callable
        Is told what is wrong.

    Returns
    -------
    dict of str to dict of str to Layout
        The setting of a translation.
    """
    if not isinstance(value, Mapping):
        report("tables", "is not a table", 'write [tables."survey.csv"] and lines under it')
        return {"layouts": {}}
    return {
        "layouts": {
            str(file): layout_of(f"tables.{file}", part, report) for file, part in value.items()
        }
    }


def layout_of(where: str, value: Any, report: Report) -> Layout:
    """Read the layout of a source.

    Parameters
    ----------
    where : str
        The place in the document, for faults.
    value : object
        What stands there.
    report : callable
        Is told what is wrong.

    Returns
    -------
    Layout
        What can be understood.

    Examples
    --------
    >>> layout_of("table", {"sheet": "Sign-ups", "header": [3, 4]}, print).header
    (3, 4)
    """
    if not isinstance(value, Mapping):
        report(where, "is not a table", f"write [{where}] and lines under it")
        return Layout()
    for key in value.keys() - set(PARTS):
        report(f"{where}.{key}", "says nothing about a table", nearest(str(key), PARTS))
    return Layout(
        sheet=_text(f"{where}.sheet", value.get("sheet", ""), report),
        header=_header(f"{where}.header", value.get("header", ()), report),
        encoding=_encoding(f"{where}.encoding", value.get("encoding", ""), report),
        delimiter=_delimiter(f"{where}.delimiter", value.get("delimiter", ""), report),
        drop=_drop(f"{where}.drop", value.get("drop", ()), report),
    )


def _text(where: str, value: Any, report: Report) -> str:
    if isinstance(value, str):
        return value
    report(where, f"{value!r} is not a text", 'write it in quotes, like "Sign-ups"')
    return ""


def _header(where: str, value: Any, report: Report) -> tuple[int, ...]:
    rows = value if isinstance(value, list | tuple) else [value]
    if all(type(row) is int and row > 0 for row in rows) and sorted(set(rows)) == list(rows):
        return tuple(rows)
    report(
        where, f"{value!r} is not the number of a row", "write 3, or [3, 4] for two that are joined"
    )
    return ()


def _encoding(where: str, value: Any, report: Report) -> str:
    name = _text(where, value, report)
    try:
        return name and codecs.lookup(name).name
    except LookupError:
        report(
            where,
            f"{name!r} is not an encoding",
            'write one like "utf-8", "cp1252", "cp1250", "mac_roman"',
        )
        return ""


def _delimiter(where: str, value: Any, report: Report) -> str:
    text = _text(where, value, report)
    delimiter = NAMED_DELIMITERS.get(text.casefold(), text)
    if len(delimiter) < 2 and delimiter not in {'"', "\r", "\n"}:
        return delimiter
    report(where, f"{text!r} is not one character", 'write ";", ",", "|" or "tab"')
    return ""


def _drop(where: str, value: Any, report: Report) -> tuple[tuple[Condition, ...], ...]:
    if not isinstance(value, list | tuple) or not all(
        isinstance(rule, Mapping) and rule for rule in value
    ):
        remedy = 'write drop = [ { "Employee ID" = { starts_with = "Total" } } ]'
        report(where, "is not a list of conditions", remedy)
        return ()
    return tuple(tuple(rule_of(where, rule, report)) for rule in value)
