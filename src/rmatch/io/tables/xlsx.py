"""Tables as workbooks that people keep and filter, and that run nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.cells.cell import text_of
from rmatch.io.cells.escape import escape
from rmatch.utils.text import cut, numeral

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
"""What a sheet of Excel holds, and one of its cells."""
_NO_XML = re.compile("[\ufffe\uffff]")
NAMED = 60
"""So many letters of a header are said."""
NARROWEST, WIDEST, ROOM = 8, 60, 3
"""How many letters wide a column is at least, at most, and more than its longest text: the arrow of the filter takes room."""
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""When each workbook was made, as its own archive says it: the same table makes the same bytes."""


def check_xlsx() -> None:
    """Refuse to write a workbook where nothing is installed for it.

    Raises
    ------
    ModuleNotFoundError
        With what is to be installed.
    """
    try:
        import xlsxwriter  # noqa: F401
    except ModuleNotFoundError as error:
        message = "writing a workbook needs XlsxWriter: pip install 'reverse-mentoring[xlsx]'"
        raise ModuleNotFoundError(message, name="xlsxwriter") from error


def xlsx_bytes(lines: Iterable[Sequence[Any]]) -> bytes:
    """Return lines of cells as a workbook: texts as texts, the first row frozen and with a filter, columns as wide as they need.

    Parameters
    ----------
    lines : iterable of sequence
        The headers, then the cells; a text that a spreadsheet would take for a formula, were it typed or saved as CSV, is
        escaped.

    Returns
    -------
    bytes
        A ``.xlsx`` file.

    Raises
    ------
    ModuleNotFoundError
        If XlsxWriter is not installed.
    InvalidInputError
        If it is more than a sheet holds, or something else.
    """
    check_xlsx()
    from xlsxwriter import Workbook

    table = [[escape(cell) if isinstance(cell, str) else cell for cell in line] for line in lines]
    faults = list(_unfit(table))
    if faults:
        raise InvalidInputError(faults)
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": NO_DATE})
        _fill(book, table)
    return file.getvalue()


def _fill(book: Workbook, table: list[list[Any]]) -> None:
    """Write the cells, and lay the sheet out."""
    # As in a column that somebody formats as text, zeros stay and nothing becomes a formula, whatever is edited or added.
    text = {"num_format": "@", "valign": "top"}
    plain, wrapped = book.add_format(text), book.add_format({**text, "text_wrap": True})
    bold, sheet = book.add_format({**text, "bold": True}), book.add_worksheet()
    for number, (name, *cells) in enumerate(zip(*table, strict=True)):
        widest = max(map(_width, (name, *cells))) + ROOM
        as_text = wrapped if widest > WIDEST else plain
        counted = any(isinstance(cell, int | float) for cell in cells)
        width = min(max(widest, NARROWEST), WIDEST)
        sheet.set_column(number, number, width, None if counted else as_text)
        sheet.write_string(0, number, name, bold)
        for row, cell in enumerate(cells, 1):
            _write(sheet, row, number, cell, as_text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)


def _write(sheet: Worksheet, row: int, column: int, cell: Any, as_text: Format) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, str) and cell:
        sheet.write_string(row, column, cell, as_text)
    elif text_of(cell):
        sheet.write_number(row, column, cell)


def _width(cell: Any) -> int:
    said = cell if isinstance(cell, str) else text_of(cell)
    return max(map(len, said.splitlines()), default=0)


def _unfit(table: list[list[Any]]) -> Iterator[Fault]:
    """Go through what a sheet does not hold."""
    remedy = "write a .csv file instead"
    if len(table) > MOST_ROWS:
        yield Fault(
            "workbook",
            "",
            f"{numeral(len(table))} rows, and a sheet holds {numeral(MOST_ROWS)}",
            remedy,
        )
    if len(table[0]) > MOST_COLUMNS:
        problem = f"{numeral(len(table[0]))} columns, and a sheet holds {numeral(MOST_COLUMNS)}"
        yield Fault("workbook", "", problem, remedy)
    for number, line in enumerate(table, 1):
        for name, cell in zip(table[0], line, strict=True):
            if not isinstance(cell, str):
                continue
            where = f"workbook, row {number}", cut(name, NAMED)
            if len(cell) > LONGEST_TEXT:
                problem = (
                    f"{numeral(len(cell))} characters, and a cell holds {numeral(LONGEST_TEXT)}"
                )
                yield Fault(*where, problem, remedy)
            elif found := _NO_XML.search(cell):
                problem = f"U+{ord(found[0]):X} is no character, and no workbook holds it"
                yield Fault(*where, problem, remedy)
