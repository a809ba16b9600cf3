"""CSV files, with the habits of Excel."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal, get_args

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.cells.cell import LONGEST, text_of
from rmatch.io.cells.escape import escape, unescape
from rmatch.io.tables.grid import Grid, Row
from rmatch.io.tables.layout import Layout
from rmatch.utils.text import numeral

Dialect = Literal["excel", "excel-de"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_WRITTEN: dict[Dialect, tuple[str, str]] = {"excel": (",", "."), "excel-de": (";", ",")}
"""What parts the cells of each dialect, and what the decimals of a number."""
DELIMITERS = ",;\t|"
SAMPLE = 30
SAMPLED = 200_000
COMMON = 2**13
"""So many different cells are looked for again: where most differ, each from all others, looking is what takes the time."""
HALF = 0.5
"""The share of rows of one width, below which a delimiter does not part them, and above which it does."""
_NAMED_DELIMITER = re.compile(r'"?sep=(.)"?\r?\n')
# Excel keeps the zeros of ="00123"; other cells that begin so are formulas whose value was not exported, if they name
# a function or a cell, which spreadsheets write in capitals.
_KEPT_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_FORMULA = re.compile(
    r"=\s*[+-]?(?:(?:_xlfn\.)?[^\W\da-z][^\Wa-z.]*(?:\.[^\Wa-z]+)*\(|\$?[A-Z]{1,3}\$?\d+\b|'?[\w .]+'?!)"
)


def csv_grid(text: str, name: str, layout: Layout) -> Grid:
    """Read the text of a CSV file into rows of cells.

    Parameters
    ----------
    text : str
        What the file says.
    name : str
        What to call it.
    layout : Layout
        Its delimiter, if that is known: else the one by which most rows have as many cells as each other, or the one
        that Excel's ``sep=;`` line names.

    Returns
    -------
    Grid
        The rows.

    Raises
    ------
    InvalidInputError
        If the delimiter that is named does not part the rows, and another one does.
    """
    named = _NAMED_DELIMITER.match(text)
    body = text[named.end() :] if named else text
    delimiter = layout.delimiter or (named[1] if named else _delimiter(body))
    faults: list[Fault] = []
    lost: dict[tuple[int, int], str] = {}
    rows = list(_lines(name, body, delimiter, 2 if named else 1, lost, faults))
    _check_delimiter(layout, body, name)
    may_fail = "#" in body or "Err:" in body
    return Grid(name, rows, lost=lost, may_fail=may_fail, by_delimiter=True, faults=faults)


def csv_text(lines: Iterable[Sequence[Any]], dialect: Dialect = "excel") -> str:
    r"""Return lines of cells as the text of a CSV file that a spreadsheet opens without running anything.

    Parameters
    ----------
    lines : iterable of sequence
        The headers, then the cells; a text that a spreadsheet would take for a formula is escaped.
    dialect : {"excel", "excel-de"}
        By which Excel it is opened: with commas and decimal points, or with semicolons and decimal commas.

    Returns
    -------
    str
        The lines.

    Examples
    --------
    >>> csv_text([["id", "years"], ["=E7", 2.5]])
    "id,years\r\n'=E7,2.5\r\n"
    >>> csv_text([["id", "years"], ["E7", 2.5]], "excel-de")
    'id;years\r\nE7;2,5\r\n'
    """
    delimiter, decimal = _WRITTEN[dialect]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows([_said(cell, decimal) for cell in line] for line in lines)
    return buffer.getvalue()


def _said(cell: Any, decimal: str) -> Any:
    if isinstance(cell, str):
        return escape(cell)
    return text_of(cell).replace(".", decimal) if isinstance(cell, float) else cell


def _delimiter(text: str) -> str:
    """Return what parts the first rows most evenly: title lines and commas inside cells do not repeat in every row."""
    top = text[:SAMPLED]
    return max(DELIMITERS, key=lambda delimiter: _evenness(top, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(cells) for cells in islice(reader, SAMPLE) if any(cells))
    except csv.Error:
        return 0.0, 0
    parted = {width: count for width, count in widths.items() if width > 1}
    if not parted:
        return 0.0, 0
    width = max(parted, key=lambda width: (parted[width], width))
    return parted[width] / widths.total(), width


def _check_delimiter(layout: Layout, text: str, name: str) -> None:
    """Refuse a file of which somebody named another delimiter than the one that parts its rows: no cell is right."""
    found, top = _delimiter(text), text[:SAMPLED]
    if found == layout.delimiter or not layout.delimiter:
        return
    if _evenness(top, layout.delimiter)[0] < HALF < _evenness(top, found)[0]:
        shown = "tab" if found == "\t" else found
        problem = f"{layout.delimiter!r} does not part the rows of the file"
        remedy = f'write delimiter = "{shown}" under [table] in the mapping, or leave it out'
        raise InvalidInputError([Fault(name, "delimiter", problem, remedy)])


class _Said(dict[str, str]):
    """What each cell says. Equal cells become one object, where many are equal: it is compared and kept once."""

    def __init__(self) -> None:
        super().__init__()
        self.formulas: set[str] = set()

    def __missing__(self, cell: str) -> str:
        said = self._read(cell) if cell[:1] == "=" or "'" in cell else cell
        if len(self) < COMMON:
            self[cell] = said
        return said

    def _read(self, cell: str) -> str:
        as_text = _KEPT_AS_TEXT.fullmatch(cell)
        if not as_text and _FORMULA.match(cell):
            self.formulas.add(cell)
            return ""
        return unescape(as_text[1].replace('""', '"') if as_text else cell)


def _lines(
    name: str,
    text: str,
    delimiter: str,
    first: int,
    lost: dict[tuple[int, int], str],
    faults: list[Fault],
) -> Iterator[tuple[int, Row]]:
    """Go through the numbered rows, and note formulas without a value and where the quotes are broken."""
    # A buffer of bytes takes a quarter of the memory that one of text takes.
    held = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    lines = io.TextIOWrapper(held, "utf-8", "surrogatepass", newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    said, number = _Said(), first - 1
    try:
        for number, cells in enumerate(reader, first):
            yield number, [*map(said.__getitem__, cells)]
            if said.formulas:
                places = enumerate(cells)
                lost |= {(number, at): cell for at, cell in places if cell in said.formulas}
    except csv.Error as error:
        faults.append(_broken(f"{name}, row {number + 1}", str(error)))


def _broken(where: str, reason: str) -> Fault:
    if "field limit" in reason:
        return Fault(
            where,
            "",
            f"a cell has more than {numeral(LONGEST)} characters",
            "shorten it; nothing after it was read",
        )
    return Fault(
        where,
        "",
        f"the quotes are broken ({reason})",
        "close or double them; nothing after them was read",
    )
