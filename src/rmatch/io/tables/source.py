"""Sources: a file, a buffer, a dataframe, a dict or a list, read into raw columns."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from rmatch.errors import InvalidInputError, nearest
from rmatch.io.faults import refusal
from rmatch.io.tables.compound import SIGNATURE
from rmatch.io.tables.csv import csv_grid
from rmatch.io.tables.encodings import decoded
from rmatch.io.tables.entities import in_plain_text
from rmatch.io.tables.grid import check_columns
from rmatch.io.tables.layout import Layout, Layouts
from rmatch.io.tables.lost import without_lost
from rmatch.io.tables.shape import shaped
from rmatch.io.tables.table import Table
from rmatch.io.tables.unseen import as_seen
from rmatch.utils.files import read_all, read_bytes
from rmatch.utils.spelling import visible
from rmatch.utils.validation import shown

TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
BEGINNINGS = (b"PK\x03\x04", SIGNATURE)
"""What a workbook begins with."""
KINDS = (*TEXTS, *WORKBOOKS, ".json")
OLD = ".xls"
"""Many a program writes a text or a web page under this ending."""
WHAT_ELSE = f"give a file that ends in {', '.join(KINDS[:-1])} or {KINDS[-1]}"
BUFFER, TEXT = "the buffer", "the text"
T = TypeVar("T")
_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|meta)", re.IGNORECASE)


def read_table(source: Any, layouts: Layouts | Layout | None = None) -> Table:
    """Read a source into raw columns.

    Parameters
    ----------
    source : path, bytes, buffer, dataframe, mapping or sequence
        What :func:`read_people` takes.
    layouts : Layouts or Layout, optional
        How the source is laid out; what is not said is found.

    Returns
    -------
    Table
        The columns as they are.

    Raises
    ------
    InvalidInputError
        If it cannot be read.
    """
    table = _raw_table(source, layouts)
    check_columns(table.name, len(table.columns))
    return as_seen(in_plain_text(table))


def _raw_table(source: Any, layouts: Layouts | Layout | None) -> Table:
    known = layouts if isinstance(layouts, Layouts) else Layouts(layouts or Layout())
    if isinstance(source, str) and "\n" in source:
        return _of_text(source, TEXT, known.of(TEXT))
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        return _guarded(
            path, lambda: _of_bytes(read_bytes(path), visible(path.name), known.of(path.name), path)
        )
    if isinstance(source, bytes | bytearray | memoryview):
        return _of_bytes(bytes(source), BUFFER, known.of(BUFFER))
    if callable(getattr(source, "read", None)):
        return _of_buffer(source, known)
    return without_lost(_of_objects(source, known))


def _of_objects(source: Any, known: Layouts) -> Table:
    from rmatch.io.tables.objects import dict_table, list_table

    if isinstance(source, Mapping):
        return dict_table(source)
    if isinstance(source, Sequence | Iterator):
        return list_table(list(source), known.general)
    from rmatch.io.tables.frames import read_frame

    return read_frame(source)


def sheets(source: Any) -> list[str]:
    """Return the sheets of a workbook that hold anything; a source of another kind has none.

    Parameters
    ----------
    source : path, bytes or buffer
        Where the workbook is.

    Returns
    -------
    list of str
        Their names in order, hidden ones last.

    Raises
    ------
    InvalidInputError
        If it cannot be read.
    """
    if isinstance(source, str | os.PathLike) and "\n" not in str(source):
        path = Path(source)
        workbook = path.suffix.lower() in WORKBOOKS
        return _guarded(path, lambda: _sheets(read_bytes(path), path.name)) if workbook else []
    if isinstance(source, bytes) and source.startswith(BEGINNINGS):
        return _sheets(source, BUFFER)
    return []


def _sheets(data: bytes, name: str) -> list[str]:
    from rmatch.io.tables.workbook import sheets_of

    return sheets_of(data, name)


def _guarded(path: Path, read: Callable[[], T]) -> T:
    """Return what is read of a file, and say in one sentence why it cannot be."""
    try:
        if path.is_dir():
            raise refusal(path.name, "this is a directory", "give a file in it")
        if path.suffix.lower() not in KINDS and not path.is_fifo():
            # A pipe has no name that says what comes through it.
            problem = f"{shown(path.suffix)} is not a kind of file that is read"
            raise refusal(shown(path.name), problem, nearest(path.suffix, KINDS))
        return read()
    except InvalidInputError:
        raise
    except FileNotFoundError:
        remedy = "give the path of an existing one"
        raise refusal(path.name, "there is no such file", remedy) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(path.name, f"the file cannot be read: {reason}", WHAT_ELSE) from None


def _of_buffer(buffer: Any, layouts: Layouts) -> Table:
    called = getattr(buffer, "name", "")
    name = Path(called).name if isinstance(called, str) and called else BUFFER
    try:
        data = read_all(buffer)
    except (OSError, ValueError) as error:
        raise refusal(
            name, f"it cannot be read: {error}", "give one that is open for reading"
        ) from None
    if isinstance(data, str):
        return _of_text(data.removeprefix("\ufeff"), name, layouts.of(name))
    return _of_bytes(data, name, layouts.of(name))


def _of_bytes(data: bytes, name: str, layout: Layout, path: Path | None = None) -> Table:
    """Read what a file holds, whatever its name says: many a program calls a text .xls."""
    ending = Path(name).suffix.lower()
    where = str(path.resolve()) if path else ""
    if data.startswith(BEGINNINGS) or (
        ending in WORKBOOKS and not (ending == OLD and _is_text(data))
    ):
        from rmatch.io.tables.workbook import workbook_grid

        grid, sheet = workbook_grid(data, name, layout)
        return replace(shaped(grid, layout), origin=(where, sheet))
    if ending == OLD and _PAGE.match(data):
        remedy = "open it in a spreadsheet and save it as .xlsx or CSV UTF-8"
        raise refusal(name, "the file is no workbook but a web page with a table", remedy)
    text, notes = decoded(data, name, layout.encoding)
    table = _of_text(text, name, layout)
    if ending == OLD:
        notes.append(f"{name} is no workbook but a text, and was read as one")
    table.notes[:0] = notes
    return replace(table, origin=(where, ""))


def _is_text(data: bytes) -> bool:
    return bool(data) and b"\0" not in data[:4096]


def _of_text(text: str, name: str, layout: Layout) -> Table:
    ending = Path(name).suffix.lower()
    if ending == ".json" or (ending not in KINDS and text.lstrip()[:1] in {"[", "{"}):
        from rmatch.io.tables.json import json_table

        return without_lost(json_table(text, name, layout))
    return shaped(csv_grid(text, name, layout), layout)
