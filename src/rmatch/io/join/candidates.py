"""By which columns two tables can be joined: those that hold the same, once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.io.join.keys import exact, loose

if TYPE_CHECKING:
    from rmatch.io.tables.table import Table

UNIQUE = 0.9
ENOUGH = 0.5
"""Which share of a column's cells are different ones in a key, and which share of the shorter one is in the other."""


def likely_keys(left: Table, right: Table) -> list[tuple[str, str, int]]:
    """Return the columns by which two tables may be joined, the likeliest first.

    Parameters
    ----------
    left, right : Table
        The tables.

    Returns
    -------
    list of (str, str, int)
        The header of either, and how many keys both have.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> staff = Table("staff", {"No": ["007", "008"], "Mail": ["a@x.org", "b@x.org"]}, range(2))
    >>> form = Table("form", {"Your e-mail": ["B@x.org "], "When": ["today"]}, range(1))
    >>> likely_keys(staff, form)
    [('Mail', 'Your e-mail', 1)]
    """
    ones, others = _keys(left), _keys(right)
    found = []
    for one, mine in ones.items():
        for other, theirs in others.items():
            count = len(mine & theirs)
            if count and count >= ENOUGH * min(len(mine), len(theirs)):
                found.append((one, other, count))
    return sorted(found, key=lambda pair: -pair[2])


def _keys(table: Table) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {}
    for header, cells in table.columns.items():
        texts = [
            loose(text)
            for cell in cells
            if not isinstance(cell, list | tuple | dict) and (text := exact(cell, frozenset({""})))
        ]
        if texts and len(set(texts)) >= UNIQUE * len(texts) and len(texts) * 2 >= len(table):
            columns[header] = set(texts)
    return columns
