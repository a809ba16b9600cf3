"""Tables as files of spreadsheets: the ending of a file says of which kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rmatch.errors import Fault
from rmatch.io.tables.csv import DIALECTS, Dialect, csv_text
from rmatch.io.tables.xlsx import xlsx_bytes
from rmatch.utils.files import SupportsWrite, Target, write_bytes, write_text
from rmatch.utils.validation import choice, path_faults, refuse

CSV, WORKBOOK = ".csv", ".xlsx"
TABLES = (CSV, WORKBOOK)
"""The endings of tables that are written."""


def write_table(lines: Iterable[Sequence[Any]], path: Target, dialect: Dialect = "excel") -> None:
    """Write lines of cells as a file that a spreadsheet opens, and that rmatch reads again.

    Parameters
    ----------
    lines : iterable of sequence
        The headers, then the cells: texts, numbers, truths, None.
    path : str, Path or text file
        Where to write: a workbook (``.xlsx``), or CSV (``.csv``, and what an open file takes). A path is written whole or
        not at all.
    dialect : {"excel", "excel-de"}
        Of CSV: commas and decimal points, or semicolons and decimal commas, both in UTF-8 with the byte order mark that
        Excel needs.

    Raises
    ------
    InvalidInputError
        For another ending or dialect, if the path is none, nothing can be written there, or it is more than a sheet holds.
    ModuleNotFoundError
        If a workbook is asked for, and XlsxWriter is not installed.
    """
    refuse(choice("table", "dialect", dialect, DIALECTS))
    if isinstance(path, SupportsWrite):
        write_text(path, csv_text(lines, dialect))
        return
    refuse(path_faults("file", path))
    if written_kind(path, TABLES) == WORKBOOK:
        write_bytes(path, xlsx_bytes(lines))
    else:
        write_text(path, csv_text(lines, dialect), "utf-8-sig")


def written_kind(path: str | Path, kinds: Sequence[str]) -> str:
    """Return the ending of a file that is to be written.

    Parameters
    ----------
    path : str or Path
        The file.
    kinds : sequence of str
        The endings that it may have.

    Returns
    -------
    str
        One of them.

    Raises
    ------
    InvalidInputError
        If it has another one.

    Examples
    --------
    >>> written_kind("People.CSV", (".csv", ".json"))
    '.csv'
    """
    refuse(kind_faults(Path(path).name, Path(path), kinds))
    return Path(path).suffix.lower()


def kind_faults(where: str, path: Path, kinds: Sequence[str]) -> list[Fault]:
    """Look for an ending that a file to be written may have.

    Examples
    --------
    >>> [str(fault) for fault in kind_faults("--out", Path("pairs.xls"), (".csv", ".xlsx"))]
    ["--out: '.xls' is not a kind of file that is written; name it .csv or .xlsx"]
    """
    if path.suffix.lower() in kinds:
        return []
    known = " or ".join(filter(None, [", ".join(kinds[:-1]), kinds[-1]]))
    problem = f"{path.suffix!r} is not a kind of file that is written"
    return [Fault(where, "", problem, f"name it {known}")]
