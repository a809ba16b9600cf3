"""Workbooks: the sheet of people in a file of Excel or LibreOffice."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.cells.escape import unescape
from rmatch.io.faults import refusal
from rmatch.io.tables import compound
from rmatch.io.tables.archive import check_reach, checked_archive, damaged, refusing_damage
from rmatch.io.tables.biff import reach_of
from rmatch.io.tables.breaks import with_breaks
from rmatch.io.tables.grid import Grid, Row
from rmatch.io.tables.markup import markup_of
from rmatch.utils.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zipfile import ZipFile

    from python_calamine import CalamineSheet, CalamineWorkbook

    from rmatch.io.tables.layout import Layout

SAMPLE = 40
REASON = 120
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream in which Excel keeps a workbook with a password."""


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
    archive, book, sheets = _opened(data, name)
    if not sheets:
        raise refusal(
            name, "no sheet of the workbook holds a cell", "give one with a sheet of people"
        )
    chosen = _named(sheets, layout, name) if layout.sheet else _found(sheets, layout, name)
    others = [sheet for sheet in sheets if sheet != chosen]
    called = f"{name}, sheet {chosen!r}" if others else name
    sheet = sheets[chosen]
    with _refusing(name):
        read = sheet.to_python(skip_empty_area=False)
        markup = markup_of(archive, chosen, book.sheet_names.index(chosen))
    rows: list[tuple[int, Row]] = [
        (number, [unescape(cell) if type(cell) is str else cell for cell in cells])
        for number, cells in enumerate(read, 1)
    ]
    # The reader ends at the last value; formulas that were saved without one may stand below.
    below = sorted({number for number, _ in markup.lost if number > len(rows)})
    rows += [(number, []) for number in below]
    merged = [
        ((top + 1, left), (bottom + 1, right))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
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
    return list(_opened(data, name)[2])


def _opened(
    data: bytes, name: str
) -> tuple[ZipFile | None, CalamineWorkbook, dict[str, CalamineSheet]]:
    """Return the archive, unless it is an old workbook that is none, the workbook, and its sheets that hold anything."""
    try:
        from python_calamine import CalamineWorkbook
    except ModuleNotFoundError as error:
        message = "reading a workbook needs python-calamine: pip install 'reverse-mentoring[xlsx]'"
        raise ModuleNotFoundError(message, name="python_calamine") from error
    old = data.startswith(compound.SIGNATURE)
    archive = None if old else checked_archive(data, name)
    if old:
        _check_old(data, name)
    with _refusing(name):
        book = CalamineWorkbook.from_filelike(io.BytesIO(with_breaks(archive, data)))
        return archive, book, _with_cells(book)


def _check_old(data: bytes, name: str) -> None:
    """Refuse an old workbook that the reader of workbooks would not get to the end of, or that it has no room for."""
    if _ENCRYPTED in data:
        raise _locked(name)
    workbooks = compound.workbooks_in(data)
    if workbooks is None:
        raise damaged(name, "its parts do not fit together")
    with refusing_damage(name):
        for workbook in workbooks:
            check_reach(reach_of(workbook), name)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Make one refusal of whatever the reader of workbooks raises: which that is in a damaged file nobody has listed."""
    from python_calamine import PasswordError

    try:
        yield
    except PasswordError:
        raise _locked(name) from None
    except BaseException as error:
        panic = type(error).__module__ == "pyo3_runtime"  # of Rust; it is no Exception
        if panic or isinstance(error, Exception):
            raise damaged(name, cut(str(error), REASON)) from None
        raise


def _locked(name: str) -> InvalidInputError:
    return refusal(name, "the workbook has a password", "save it without one")


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
    with _refusing(name):
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
    remedy = f'name it in a mapping: sheet = "{likely[0]}" under [table], or under [mentors.table] and [mentees.table];'
    remedy += " sheets about the same people are joined: give the file once for each; of pairs, save the sheet as a file"
    raise InvalidInputError([Fault(name, "sheet", problem, remedy)])


def _texts(sheet: CalamineSheet) -> set[str]:
    rows: Sequence[Sequence[Any]] = sheet.to_python(nrows=SAMPLE)
    return {text_of(cell) for cells in rows for cell in cells}


def _listed(sheets: dict[str, Any]) -> str:
    return ", ".join(map(repr, sheets))
