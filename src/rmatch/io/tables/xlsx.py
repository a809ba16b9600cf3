"""Excel workbooks: the first sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.io.cells.escape import unescape
from rmatch.io.faults import refusal
from rmatch.io.tables.table import Table, tabulate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from openpyxl import Workbook


def read_xlsx(path: Path) -> Table:
    """Read the first sheet of a workbook into raw columns of typed values.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Table
        The columns.

    Raises
    ------
    ModuleNotFoundError
        If openpyxl is not installed.
    InvalidInputError
        If the file is not a workbook.
    """
    workbook = _workbook(path)
    try:
        sheet, *others = workbook.worksheets
        sheet.reset_dimensions()  # exporters often state them wrongly, and cells beyond would be lost
        table = tabulate(path.name, _padded(sheet.iter_rows(values_only=True)))
    finally:
        workbook.close()
    for header, cells in table.columns.items():
        table.columns[header] = [
            unescape(cell) if isinstance(cell, str) else cell for cell in cells
        ]
    if others:
        table.notes.append(
            f"{path.name}: only the first of {1 + len(others)} sheets, {sheet.title!r}, was read"
        )
    return table


def _padded(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    width = 0
    for number, cells in enumerate(rows, 1):
        width = max(width, len(cells))
        yield number, cells + (None,) * (width - len(cells))


def _workbook(path: Path) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError as error:
        message = "reading an Excel file needs openpyxl: pip install 'reverse-mentoring[xlsx]'"
        raise ModuleNotFoundError(message, name="openpyxl") from error
    from zipfile import BadZipFile

    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError):
        raise refusal(
            path.name, "the file is not an Excel workbook", "save it as .xlsx or CSV UTF-8"
        ) from None
