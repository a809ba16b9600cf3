"""Cells with signs as HTML writes them: a web form exports ``R&amp;D``, whose semicolon would part a list."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.entities import name2codepoint
from typing import TYPE_CHECKING, Any

from rmatch.io.columns import PREFIXES
from rmatch.utils.text import counted, numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.io.tables.table import Table

SHOWN = 20
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|(?P<name>[A-Za-z]{2,8}\d{0,2}));")


def in_plain_text(table: Table) -> Table:
    """Return a table whose cells hold the signs themselves, with a note of every cell that did not.

    Parameters
    ----------
    table : Table
        The raw columns; headers stay as they are, since a mapping names them so.

    Returns
    -------
    Table
        The same with ``&`` for ``&amp;``.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> table = in_plain_text(Table("staff.csv", {"offers": ["R&amp;D; law", "Q&A"]}, [2, 3]))
    >>> table.columns["offers"], table.notes
    (['R&D; law', 'Q&A'], ['staff.csv: 1 cell holds signs as HTML writes them, read as the signs: row 2'])
    """
    columns: dict[str, Sequence[Any]] = {}
    places: list[str] = []
    for header, cells in table.columns.items():
        changed = {
            row: plain
            for row in _marked(cells, table.texts(header))
            if (plain := _plain(cells[row])) != cells[row]
        }
        # As with what nobody sees: an answer without consent changes nothing, no note either.
        if not header.startswith(PREFIXES[0]):
            places += (table.cell(row, header) for row in changed)
        columns[header] = (
            [changed.get(row, cell) for row, cell in enumerate(cells)] if changed else cells
        )
    if places:
        some = f"{counted(len(places), 'cell')} {'holds' if len(places) == 1 else 'hold'}"
        more = f" and {numeral(len(places) - SHOWN)} more" * (len(places) > SHOWN)
        where = ", ".join(places[:SHOWN]) + more
        table.notes.append(
            f"{table.name}: {some} signs as HTML writes them, read as the signs: {where}"
        )
    return replace(table, columns=columns)


def _marked(cells: Sequence[Any], texts: set[str] | None) -> list[int]:
    """Return the rows of texts with an ampersand, of which most columns have none."""
    if texts is not None and "&" not in "".join(texts):
        return []
    return [row for row, cell in enumerate(cells) if type(cell) is str and "&" in cell]


def _plain(text: str) -> str:
    # What was escaped twice is read as what was meant, and what rmatch writes reads back the same.
    while (plain := _ENTITY.sub(_sign, text)) != text:
        text = plain
    return text


def _sign(found: re.Match[str]) -> str:
    named = found["name"]
    return unescape(found[0]) if named is None or named in {*name2codepoint, "apos"} else found[0]
