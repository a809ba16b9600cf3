"""Workbooks: the sheet of people in a file of Excel or LibreOffice."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.cells.escape import unescape
from rmatch.io.faults import refusal
from rmatch.io.tables.grid import Grid, Row
from rmatch.io.tables.markup import markup_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    from rmatch.io.tables.layout import Layout

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
SAMPLE = 40


def workbook_grid(data: bytes, name: str, layout: Layout) -> tuple[Grid, str]:
    """Read the sheet of people in a workbook.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What to call it.
    layout : Layout
        The sheet, if it is named: else the only one that looks like people.

    Returns
    -------
    Grid, str
        The rows, and the name of the sheet.

    Raises
    ------
    ModuleNotFoundError
        If python-calamine is not installed.
    InvalidInputError
        If the file is no workbook, or it is not clear which sheet is meant: the error lists them.
    """
    book = _opened(data, name)
    sheets = _with_cells(book)
    if not sheets and not layout.sheet:
        return Grid(name, []), ""
    chosen = _named(sheets, layout, name) if layout.sheet else _found(sheets, layout, name)
    others = [sheet for sheet in sheets if sheet != chosen]
    called = f"{name}, sheet {chosen!r}" if others else name
    sheet = sheets[chosen]
    rows: list[tuple[int, Row]] = [
        (number, [unescape(cell) if type(cell) is str else cell for cell in cells])
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    merged = [
        ((top + 1, left), (bottom + 1, right))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    markup = markup_of(data, chosen, book.sheet_names.index(chosen))
    notes = []
    if not markup.complete:
        notes.append(f"{name}: in this format, cells with an error value read as empty ones")
    if others and not layout.sheet:
        listed = ", ".join(map(repr, others))
        notes.append(f"{name}: sheet {chosen!r} was read, not {listed}")
    return Grid(called, rows, merged or markup.merged, markup.lost, notes=notes), chosen


def sheets_of(data: bytes, name: str) -> list[str]:
    """Return the sheets of a workbook that hold anything, in their order.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What to call it.

    Returns
    -------
    list of str
        Their names; hidden sheets come last.
    """
    return list(_with_cells(_opened(data, name)))


def _opened(data: bytes, name: str) -> CalamineWorkbook:
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ModuleNotFoundError as error:
        message = "reading a workbook needs python-calamine: pip install 'reverse-mentoring[xlsx]'"
        raise ModuleNotFoundError(message, name="python_calamine") from error
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise refusal(name, "the workbook has a password", "save it without one") from None
    except (CalamineError, ValueError, OSError):
        remedy = "save it as .xlsx or CSV UTF-8"
        raise refusal(name, "the file is not an Excel workbook", remedy) from None


def _with_cells(book: CalamineWorkbook) -> dict[str, CalamineSheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    kept = [data for data in book.sheets_metadata if data.typ == SheetTypeEnum.WorkSheet]
    kept.sort(key=lambda data: data.visible != SheetVisibleEnum.Visible)
    sheets = {data.name: book.get_sheet_by_name(data.name) for data in kept}
    return {name: sheet for name, sheet in sheets.items() if sheet.start is not None}


def _named(sheets: dict[str, Any], layout: Layout, name: str) -> str:
    folded = {sheet.strip().casefold(): sheet for sheet in sheets}
    if found := folded.get(layout.sheet.strip().casefold()):
        return found
    hint = nearest(layout.sheet, list(sheets))
    remedy = f"{hint}; " * hint.startswith("did") + f"its sheets are {_listed(sheets)}"
    raise InvalidInputError([Fault(name, "sheet", f"there is no sheet {layout.sheet!r}", remedy)])


def _found(sheets: dict[str, CalamineSheet], layout: Layout, name: str) -> str:
    """Return the only sheet that looks like people: that holds most of the headers that are looked for, or is a table."""
    tops = {sheet: _texts(found) for sheet, found in sheets.items()}
    counts = {sheet: len(layout.wanted.intersection(texts)) for sheet, texts in tops.items()}
    most = max(counts.values())
    likely = [sheet for sheet in sheets if counts[sheet] == most] if most else list(sheets)
    if len(likely) > 1:
        tables = [sheet for sheet in likely if min(sheets[sheet].width, sheets[sheet].height) > 1]
        likely = tables or likely
    if len(likely) == 1:
        return likely[0]
    problem = f"it is not clear which sheet holds the people: {_listed(sheets)}"
    remedy = f'name it in a mapping: sheet = "{likely[0]}" under [table], or under [mentors.table] and [mentees.table]'
    raise InvalidInputError([Fault(name, "sheet", problem, remedy)])


def _texts(sheet: CalamineSheet) -> set[str]:
    rows: Sequence[Sequence[Any]] = sheet.to_python(nrows=SAMPLE)
    return {text_of(cell) for cells in rows for cell in cells}


def _listed(sheets: dict[str, Any]) -> str:
    return ", ".join(map(repr, sheets))
