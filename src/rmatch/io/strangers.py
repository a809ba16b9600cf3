"""Two tables that number their people alike: whether one id is one human in both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.io.cells.cell import is_silent, text_of
from rmatch.io.join.traces import address_columns, name_columns
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rmatch.io.parse import Parsed
    from rmatch.io.tables.table import Table

LABEL = {"name": "name", "email": "e-mail address"}
_COLUMNS = (name_columns, address_columns)
_WORD = re.compile(r"\w+")


def check_strangers(mentors: Parsed, mentees: Parsed, shared: Mapping[int, int]) -> Iterator[Fault]:
    """Go through people of one id in two tables whose names or addresses, read or not, disagree.

    Parameters
    ----------
    mentors, mentees : Parsed
        The tables.
    shared : mapping of int to int
        The row of a mentor by the row of the mentee with the same id.

    Yields
    ------
    Fault
        One for each of them; the names are not in it.
    """
    tables = [each.placed.table for each in (mentors, mentees)]
    for field, columns_of in zip(LABEL, _COLUMNS, strict=True):
        if field in mentors.columns and field in mentees.columns:
            continue  # what both read is compared like every other field
        left, right = (columns_of(table) for table in tables)
        if not (left and right):
            continue
        for row, known in shared.items():
            one, other = _words(tables[0], left, known), _words(tables[1], right, row)
            if one and other and not (one <= other or other <= one):
                where, there = (
                    mentees.placed.where(row, right[0]),
                    mentors.placed.row(known, left[0]),
                )
                problem = f"has the id of somebody with another {LABEL[field]}, {there}"
                remedy = (
                    "give different people different ids, or write one person alike in both tables"
                )
                yield Fault(where, right[0], problem, remedy)


def untold(mentors: Parsed, mentees: Parsed, shared: Mapping[int, int]) -> int:
    """Return of how many no name or address in both tables could say that one id is one human."""
    tables = [each.placed.table for each in (mentors, mentees)]
    headers = [[columns_of(table) for table in tables] for columns_of in _COLUMNS]
    left = dict(shared)
    for field, (here, there) in zip(LABEL, headers, strict=True):
        read = [each.columns.get(field) for each in (mentors, mentees)]
        for row, known in tuple(left.items()):
            both = read[0] and read[1] and read[0][known] and read[1][row]
            if both or (_words(tables[0], here, known) and _words(tables[1], there, row)):
                del left[row]
    return len(left)


def _words(table: Table, headers: Sequence[str], row: int) -> set[str]:
    texts = [text_of(table.columns[header][row]) for header in headers]
    known = [text for text in texts if not is_silent(text)]
    if any("@" in text for text in known):
        return {fold(text) for text in known}
    return {fold(word) for text in known for word in _WORD.findall(text)}
