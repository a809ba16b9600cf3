"""Two tables that number their people alike: whether one id is one human in both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import UNKNOWN, text_of
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rmatch.io.parse import Parsed
    from rmatch.io.tables.table import Table

_NAMES = re.compile(
    r"(first|last|full|sur|fore|given|family|legal|your)?[ _-]?names?\b|\b(pr[ée])?noms?\b|\bnombres?\b"
    r"|apellido|\b(cog|sobre)?nome\b|(voor|achter|\b)naam\b|(för|efter|\b)namn\b|(for|etter|\b)navn\b"
    r"|(vor|nach|familien)name|nimi\b|\bimi[eę]\b|nazwisko|jm[ée]no|p[řr][íi]jmen[íi]|\bnév\b"
    r"|\bимя\b|фамилия|\bфио\b|прізвище|姓名|氏名|名前",  # noqa: RUF001
    re.IGNORECASE,
)
_NOT_THEIR_OWN = re.compile(
    r"manager|boss|supervisor|reports|vorgesetz|chef|leiter|company|firm|team|dep|user|file|course"
    r"|org|cost|project|unit|programme|site|school|emergency|mentor|mentee|partner|topic|skill",
    re.IGNORECASE,
)
LABEL = {"name": "name", "email": "e-mail address"}
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
    for field, columns_of in (("name", _name_columns), ("email", _address_columns)):
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


def nothing_tells(mentors: Parsed, mentees: Parsed) -> bool:
    """Tell whether no column could say that one id is one human in both tables."""
    tables = [each.placed.table for each in (mentors, mentees)]
    read = any(field in mentors.columns and field in mentees.columns for field in LABEL)
    return not read and not any(
        all(columns_of(table) for table in tables)
        for columns_of in (_name_columns, _address_columns)
    )


def _name_columns(table: Table) -> list[str]:
    return [
        header
        for header in table.columns
        if _NAMES.search(header) and not _NOT_THEIR_OWN.search(header)
    ]


def _address_columns(table: Table) -> list[str]:
    return [
        header
        for header, cells in table.columns.items()
        if not _NOT_THEIR_OWN.search(header) and _are_addresses(cells)
    ][:1]


def _are_addresses(cells: Sequence[Any]) -> bool:
    filled = [text for text in map(text_of, cells[:100]) if text]
    return bool(filled) and 2 * sum("@" in text for text in filled) > len(filled)


def _words(table: Table, headers: Sequence[str], row: int) -> set[str]:
    texts = [text_of(table.columns[header][row]) for header in headers]
    known = [text for text in texts if text.casefold() not in UNKNOWN]
    if any("@" in text for text in known):
        return {fold(text) for text in known}
    return {fold(word) for text in known for word in _WORD.findall(text)}
