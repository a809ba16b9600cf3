"""Columns that tell who somebody is, also where nobody reads them: names and e-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import is_silent, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

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
MOST = 0.5
"""A column that tells people apart is filled for so many, with as many different texts, and names are of two words."""


def traced(table: Table, field: str) -> list[str]:
    """Return the columns that hold the name or the address of people, whether or not they are read as that.

    Parameters
    ----------
    table : Table
        The table.
    field : {"name", "email"}
        What to look for.

    Returns
    -------
    list of str
        Headers; none where no column tells people apart.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> form = Table(
    ...     "form", {"Full name": ["Kim Lund", "Lars Ohm"], "Team name": ["A", "A"]}, range(2)
    ... )
    >>> traced(form, "name"), traced(form, "email")
    (['Full name'], [])
    """
    found = name_columns(table) if field == "name" else address_columns(table)
    texts = [text for text in texts_of(table, found) if text]
    if field == "name":
        texts = [text for text in texts if len(text.split()) > 1]
    enough = MOST * len(table)
    return found if texts and len(texts) >= enough and len(set(texts)) >= MOST * len(texts) else []


def texts_of(table: Table, headers: Sequence[str]) -> list[str]:
    """Return what some columns say together, row by row; unknown cells say nothing."""
    columns = [[_known(cell) for cell in table.columns[header]] for header in headers]
    if len(columns) == 1:
        return columns[0]
    return [" ".join(filter(None, row)) for row in zip(*columns, strict=True)] or [""] * len(table)


def name_columns(table: Table) -> list[str]:
    """Return the columns that are called like a name of the person themselves."""
    return [
        header
        for header in table.columns
        if _NAMES.search(header) and not _NOT_THEIR_OWN.search(header)
    ]


def address_columns(table: Table) -> list[str]:
    """Return the first column that holds e-mail addresses of the person themselves."""
    return [
        header
        for header, cells in table.columns.items()
        if not _NOT_THEIR_OWN.search(header) and _are_addresses(cells)
    ][:1]


def _are_addresses(cells: Sequence[Any]) -> bool:
    filled = [text for text in map(text_of, cells[:100]) if text]
    return bool(filled) and 2 * sum("@" in text for text in filled) > len(filled)


def _known(cell: Any) -> str:
    text = text_of(cell)
    return "" if is_silent(text) else text
