"""By which columns two tables can be joined: those that hold the same, once each."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from rmatch.io.cells.cell import text_of
from rmatch.io.join.keys import PLUS, exact, is_name, keys_of, loose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.tables.table import Table

UNIQUE = 0.9
ENOUGH = 0.5
NAMES = 0.8
MOST_NAMES = 4
"""Which share of the cells are different ones, in one of the tables and in both: people may answer several times. Of
the keys of the shorter table, as large a share as the second is in the other. And how much names count beside ids."""
_SINGLE = re.compile(r"[^\Wa-z\d_][^\d@_]*")
"""A first or a last name: it begins with a capital, and holds no digit."""


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
            count = len(mine.keys & theirs.keys)
            enough = count >= ENOUGH * min(len(mine.keys), len(theirs.keys))
            if count and enough and max(mine.share, theirs.share) >= UNIQUE:
                found.append((one, other, count))
    return sorted(found, key=lambda pair: -pair[2] * ones[pair[0]].worth)


def likely_key(left: Table, right: Table) -> tuple[tuple[str, str], ...]:
    """Return the key by which two tables may be joined; nothing if they have too little in common.

    Many people have the same first name: with the last one beside it, if both tables have that, it is a key.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> staff = Table("staff", {"First": ["Ada", "Bo"], "Last": ["Lind", "Karg"]}, range(2))
    >>> form = Table("form", {"Given": ["BO", "Ada"], "Family": ["Karg", "Braun"]}, range(2))
    >>> likely_key(staff, form)
    (('First', 'Given'), ('Last', 'Family'))
    """
    found = likely_keys(left, right)
    if not found:
        return whole_names(left, right)
    one, other, most = found[0]
    first, rest = (one, other), _single_names(right)
    if one not in (mine := _single_names(left)) or other not in rest:
        return (first,)
    seconds = [(here, there) for here in mine for there in rest if here != one and there != other]
    both = {pair: in_common(left, right, (first, pair)) for pair in seconds}
    best = max(both, key=both.__getitem__, default=first)
    return (first, best) if both.get(best, 0) >= ENOUGH * most else (first,)


def whole_names(left: Table, right: Table) -> tuple[tuple[str, str], ...]:
    """Return the key of tables of which one has whole names, and the other first and last ones; nothing if none fits."""
    keys = [
        *((whole, PLUS.join(two)) for two in _pairs(right) for whole in _names(left)),
        *((PLUS.join(two), whole) for two in _pairs(left) for whole in _names(right)),
    ]
    best = max(keys, key=lambda key: in_common(left, right, (key,)), default=None)
    least = ENOUGH * min(len(left), len(right))
    return (best,) if best and in_common(left, right, (best,)) >= max(1, least) else ()


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    return permutations(_single_names(table)[:MOST_NAMES], 2)


def _names(table: Table) -> list[str]:
    """Return the headers of columns with whole names."""
    return [
        header for header, cells in table.columns.items() if any(map(is_name, map(text_of, cells)))
    ]


def _single_names(table: Table) -> list[str]:
    """Return the headers of columns with first names, or with last names."""
    texts = {
        header: [text for cell in cells if (text := text_of(cell))]
        for header, cells in table.columns.items()
    }
    return [
        header for header, cells in texts.items() if cells and all(map(_SINGLE.fullmatch, cells))
    ]


def in_common(left: Table, right: Table, key: Sequence[tuple[str, str]]) -> int:
    """Return how many keys of several columns two tables have in common."""
    sides = zip((left, right), zip(*key, strict=True), strict=True)
    mine, theirs = (
        {loose(each) for each in keys_of(table, headers, frozenset({""})) if each}
        for table, headers in sides
    )
    return len(mine & theirs)


class _Keys(NamedTuple):
    """What a column holds, and which share of its cells are different ones."""

    keys: set[str]
    share: float

    @property
    def worth(self) -> float:
        """How much it counts that two tables have keys in common: of names less, for two people may have one."""
        names = sum(map(is_name, self.keys))
        return NAMES if 2 * names > len(self.keys) else 1


def _keys(table: Table) -> dict[str, _Keys]:
    columns: dict[str, _Keys] = {}
    for header, cells in table.columns.items():
        texts = [
            loose(text)
            for cell in cells
            if not isinstance(cell, list | tuple | dict) and (text := exact(cell, frozenset({""})))
        ]
        known = _Keys(set(texts), len(set(texts)) / max(1, len(texts)))
        if known.share >= ENOUGH and len(texts) >= ENOUGH * len(table):
            columns[header] = known
    return columns
