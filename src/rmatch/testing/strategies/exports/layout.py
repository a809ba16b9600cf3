"""How a table lies in its file: titles, one or two rows of headers, a row of totals; delimiter, encoding, line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rmatch.testing.strategies.exports.export import Sheet
from rmatch.testing.strategies.exports.written import JOINT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Columns = Mapping[str, Sequence[str]]

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1250", "mac_roman")
NEEDS_NO_NAME = ENCODINGS[:3]
NARROW = 2
DELIMITERS = (",", ";", "\t", "|")


@st.composite
def laid_out(draw: st.DrawFn, name: str, columns: Columns) -> tuple[Sheet, dict[str, Any]]:
    """Return a file of some columns, and what a mapping says of its layout.

    Parameters
    ----------
    name : str
        Of the file.
    columns : mapping of str to sequence of str
        Cells by header.
    """
    width = len(columns)
    rows = [list(cells) for cells in zip(*columns.values(), strict=True)]
    heads = [list(columns)]
    if any(JOINT in header for header in columns) and draw(st.booleans()):
        heads = _two_rows(list(columns))
    titles = [
        [text, *[""] * (width - 1)]
        for text in draw(
            st.sampled_from(((), ("Staff of the firm",), ("Export", "by HR, of 2026-03-01")))
        )
    ]
    keys: dict[str, Any] = {}
    # Nobody can tell a title from the one header of a narrow table.
    if len(heads) > 1 or width <= NARROW or draw(st.booleans()):
        numbers = [len(titles) + 1 + place for place in range(len(heads))]
        keys["header"] = numbers if len(numbers) > 1 else numbers[0]
    rows = [*titles, *heads, *draw(_among(rows, heads[-1], width))]
    text = "".join(cell for row in rows for cell in row)
    able = [each for each in ENCODINGS if _can_write(text, each)]
    encoding, delimiter = draw(st.sampled_from(able)), draw(st.sampled_from(DELIMITERS))
    if encoding not in NEEDS_NO_NAME:
        keys["encoding"] = encoding
    if draw(st.booleans()):
        keys["delimiter"] = delimiter
    newline = draw(st.sampled_from(("\n", "\r\n")))
    return Sheet(name, rows, delimiter, encoding, newline), keys


@st.composite
def _among(draw: st.DrawFn, rows: list[list[str]], head: list[str], width: int) -> list[list[str]]:
    """Return the rows with some that are no people: empty ones, the headers again, totals."""
    place = draw(st.integers(0, len(rows)))
    total = [f"Total: {len(rows)}", *[""] * (width - 1)]
    more = {"": [], "empty": [[""] * width], "headers": [head], "total": []}
    what = draw(st.sampled_from(sorted(more) if width > 2 and len(rows) > 1 else [""]))
    end = [total] if what == "total" else []
    return [*rows[:place], *more[what], *rows[place:], *end]


def _two_rows(headers: Sequence[str]) -> list[list[str]]:
    """Return headers of two rows: a question stands over its first option alone."""
    parts = [header.partition(JOINT)[::2] for header in headers]
    upper = [
        "" if lower and place and parts[place - 1][0] == first and parts[place - 1][1] else first
        for place, (first, lower) in enumerate(parts)
    ]
    return [upper, [lower for _, lower in parts]]


def _can_write(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
