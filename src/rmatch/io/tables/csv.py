"""CSV files, with the habits of Excel."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import LONGEST
from rmatch.io.cells.escape import escape, escaped_anywhere, unescape
from rmatch.io.faults import refusal
from rmatch.io.tables.table import Table, tabulate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

DELIMITERS = ",;\t|"
_FIRST_LINE = re.compile(r'(?:[^"\r\n]|"[^"]*")*')
_NAMED_DELIMITER = re.compile(r'"?sep=(.)"?\r?\n')


def read_csv(path: Path) -> Table:
    """Read a CSV file into raw columns of text.

    The encoding is UTF-8, UTF-16 with a byte order mark, or else cp1252; the delimiter is the most frequent of comma,
    semicolon, tab and bar in the headers, or the one named in Excel's ``sep=;`` line.

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
    InvalidInputError
        If the file is not text.
    """
    text, notes = decoded(path.read_bytes(), path.name)
    named = _NAMED_DELIMITER.match(text)
    delimiter = named[1] if named else _delimiter(text.lstrip())
    faults: list[Fault] = []
    first = 2 if named else 1
    lines = _lines(path.name, text[named.end() :] if named else text, delimiter, first, faults)
    table = tabulate(path.name, lines)
    if escaped_anywhere(text):
        for header, cells in table.columns.items():
            table.columns[header] = [unescape(cell) if cell[:1] == "'" else cell for cell in cells]
    table.faults.extend(faults)
    table.notes.extend(notes)
    return table


def decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text of a file and a note where its encoding had to be guessed.

    Parameters
    ----------
    data : bytes
        What the file holds.
    name : str
        Its name, for the message.

    Returns
    -------
    str, list of str
        The text and the notes.

    Raises
    ------
    InvalidInputError
        If the bytes are not text.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, [f"{name} is not UTF-8 and was read as cp1252"] * (encoding == "cp1252")
    raise refusal(name, "the file is not text in UTF-8, UTF-16 or cp1252", "save it as 'CSV UTF-8'")


def csv_text(lines: Iterable[Sequence[Any]]) -> str:
    r"""Return lines of cells as the text of a CSV file that a spreadsheet opens without running anything.

    Parameters
    ----------
    lines : iterable of sequence
        The headers, then the cells; a text that a spreadsheet would take for a formula is escaped.

    Returns
    -------
    str
        Comma-separated lines.

    Examples
    --------
    >>> csv_text([["id", "years"], ["=E7", 2.5]])
    "id,years\r\n'=E7,2.5\r\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerows(
        [escape(cell) if isinstance(cell, str) else cell for cell in line] for line in lines
    )
    return buffer.getvalue()


def _delimiter(text: str) -> str:
    match = _FIRST_LINE.match(text)
    header = re.sub(r'"[^"]*"', "", match[0] if match else "")
    return max(DELIMITERS, key=header.count)


def _lines(
    name: str, text: str, delimiter: str, first: int, faults: list[Fault]
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = first - 1
    try:
        for number, cells in enumerate(reader, first):
            yield number, cells
    except csv.Error as error:
        faults.append(_broken(f"{name}, row {number + 1}", str(error)))


def _broken(where: str, reason: str) -> Fault:
    if "field limit" in reason:
        return Fault(
            where,
            "",
            f"a cell has more than {LONGEST:,} characters",
            "shorten it; nothing after it was read",
        )
    return Fault(
        where,
        "",
        f"the quotes are broken ({reason})",
        "close or double them; nothing after them was read",
    )
