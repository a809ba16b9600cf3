"""Measuring the members of a workbook: what a reader will make room for is asked before it does."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from rmatch.io.tables import binary
from rmatch.io.tables.grid import COLUMNS
from rmatch.io.tables.reach import CELLS, Reach

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 12
"""No number of a row or a column has so many digits."""
_PIECE = 1 << 20
_ODS_ROW, _ODS_CELLS = "table:table-row", {"table:table-cell", "table:covered-table-cell"}
_REPEATED = ("table:number-rows-repeated", "table:number-columns-repeated")


def measure_xml(member: str, held: bytes, reach: Reach) -> None:
    """Read a member as XML, and take in what it says if it holds cells, or texts that cells share.

    Parameters
    ----------
    member : str
        Its name.
    held : bytes
        What it holds.
    reach : Reach
        Takes it in.

    Raises
    ------
    xml.parsers.expat.ExpatError
        If it is no XML: the reader of workbooks may wait for a tag for ever.

    Examples
    --------
    >>> reach = Reach()
    >>> measure_xml(
    ...     "xl/sheet.xml", b'<sheetData><row><c r="B3"><v>1</v></c></row></sheetData>', reach
    ... )
    >>> reach.cells
    6
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    meter: _Meter | None = None
    if b"sheetData" in held:
        meter = _Sheet(reach)
    elif _is_texts(member):
        meter = _Texts(reach)
    elif member == "content.xml":
        meter = _Ods(reach)
    if meter:
        parser.StartElementHandler = meter.start
        parser.CharacterDataHandler = meter.data
    if isinstance(meter, _Ods):
        parser.EndElementHandler = meter.stop
    for place in range(0, len(held), _PIECE):
        parser.Parse(held[place : place + _PIECE], False)
        if meter and meter.is_too_far:
            break
    else:
        parser.Parse(b"", True)
    if meter:
        meter.end()


def measure_binary(member: str, held: bytes, reach: Reach) -> None:
    """Take in a member of a binary workbook, if it is a sheet or the texts that cells share.

    Parameters
    ----------
    member : str
        Its name.
    held : bytes
        What it holds.
    reach : Reach
        Takes it in.

    Raises
    ------
    ValueError
        If it is damaged.
    """
    if binary.WITH_CELLS not in held and not _is_texts(member):
        return
    rows = columns = 0
    of_sheet, lengths = False, list[int]()
    for kind, content in binary.records_of(held):
        of_sheet = kind == binary.BEGIN_CELLS or (of_sheet and kind != binary.END_CELLS)
        if kind == binary.STRING:
            lengths.append(_number_at(content, 1))
        elif of_sheet and kind == binary.ROW:
            rows = max(rows, _number_at(content, 0) + 1)
        elif of_sheet and kind in binary.CELLS_OF_ROW:
            columns = max(columns, _number_at(content, 0) + 1)
            if kind == binary.SHARING:
                reach.sharing[_number_at(content, 8)] += 1
            elif kind in binary.TEXTS:
                reach.text += _number_at(content, 8)
    reach.add(rows, columns)
    reach.share(lengths)


def _number_at(content: bytes, place: int) -> int:
    """Return a number in a record; of a shorter one the reader of workbooks takes what it has read before."""
    if len(content) < place + 4:
        message = "a cell or a text is cut off"
        raise ValueError(message)
    return int.from_bytes(content[place : place + 4], "little")


def _is_texts(member: str) -> bool:
    return "sharedstrings." in member.lower()


class _Meter:
    """Goes along with a member while it is read."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.row = self.column = self.rows = self.columns = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in the beginning of an element."""

    def data(self, text: str) -> None:
        """Take in what stands between."""

    @property
    def is_too_far(self) -> bool:
        return self.columns > COLUMNS or self.rows * self.columns > CELLS

    def end(self) -> None:
        """Take in what the member, or a sheet in it, amounts to."""
        self.reach.add(self.rows, self.columns)
        self.row = self.column = self.rows = self.columns = 0


class _Sheet(_Meter):
    """A sheet of Excel: a row or a cell may leave out where it is, and then follows the one before it."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self.shares, self.text = False, ""
        self.numbers, self.shared = set[str](), list[str]()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            if self.shares:
                self._end_cell()
            place = attributes.get("r")
            if place:
                letters = place.rstrip("0123456789")
                self.column = column = _position(letters)
                self.numbers.add(place[len(letters) :])
            else:
                self.column = column = self.column + 1
            self.columns = max(self.columns, column)
            self.shares = attributes.get("t") == "s"
        elif name == "row":
            self.row, self.column = _number(attributes.get("r", "")) or self.row + 1, 0
            self.rows = max(self.rows, self.row)

    def data(self, text: str) -> None:
        if self.shares:
            self.text += text

    def end(self) -> None:
        self._end_cell()
        self.rows = max(self.rows, *map(_number, self.numbers), 0)
        for text, uses in Counter(self.shared).items():
            self.reach.sharing[_number(text.strip())] += uses
        super().end()

    def _end_cell(self) -> None:
        if self.shares:
            self.shared.append(self.text)
            self.text = ""


class _Texts(_Meter):
    """The texts that cells of Excel share."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self.lengths = list[int]()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - expat gives them
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def data(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)

    def end(self) -> None:
        self.reach.share(self.lengths)


class _Ods(_Meter):
    """The sheets of LibreOffice, which says of the empty rest of a sheet that it is repeated a million times."""

    rows_here = cells_here = 0
    """How often the row is repeated that is read, and the cell, 0 outside of one."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table:table":
            self.end()
        elif name == _ODS_ROW:
            self.row += self.rows_here
            self.rows_here, self.cells_here, self.column = _times(attributes, 0), 0, 0
        elif name in _ODS_CELLS:
            self.cells_here = _times(attributes, 1)
            self.column += self.cells_here
            if any(key.startswith("office:") or key == "table:formula" for key in attributes):
                self._fill()
                self.data("".join(attributes.values()))
        else:
            self._fill()

    def stop(self, name: str) -> None:
        """Take in the end of an element."""
        if name in _ODS_CELLS:
            self.cells_here = 0

    def data(self, text: str) -> None:
        self._fill()
        self.reach.text += len(text) * self.rows_here * self.cells_here

    def end(self) -> None:
        super().end()
        self.rows_here = self.cells_here = 0

    def _fill(self) -> None:
        """Take note that there is something in the cell, if this is one."""
        if self.cells_here:
            self.rows = max(self.rows, self.row + self.rows_here)
            self.columns = max(self.columns, self.column)


def _times(attributes: Mapping[str, str], which: int) -> int:
    return _number(attributes.get(_REPEATED[which], "1"))


def _number(text: str) -> int:
    """Return a number of ASCII digits; 0 for what is none, and one that is too large for what is too long."""
    if not (text.isascii() and text.isdigit()):
        return 0
    return int(text) if len(text) < LONGEST else 10**LONGEST


@lru_cache(COLUMNS)
def _position(letters: str) -> int:
    position = 0
    for letter in letters.upper()[:LONGEST]:
        position = 26 * position + max(ord(letter) - ord("A"), 0) + 1
    return position
