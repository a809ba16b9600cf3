"""Two tables side by side: one row a person, each cell with the place it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import number_of, text_of
from rmatch.io.columns import column_of
from rmatch.io.join.keys import MISSING
from rmatch.io.tables.table import Table
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rmatch.io.mapping.translation import Translation
    from rmatch.people import JoinRead


IDLE = "none"
"""The role of who is missing in the table that has the roles: who did not answer takes no part."""


@dataclass(frozen=True, slots=True)
class Joined(Table):
    """Raw columns of two tables about the same people.

    Attributes
    ----------
    parts : tuple of Table
        The tables.
    rows : tuple of sequence of int
        By table, the row in it of each row here; -1 where it has none.
    homes : dict of str to tuple of (int, str)
        By header, the tables that have the column, and its header there.
    joins : tuple of JoinRead
        Who is where.
    """

    parts: tuple[Table, ...] = ()
    rows: tuple[Sequence[int], ...] = ()
    homes: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    joins: tuple[JoinRead, ...] = ()

    def source(self, header: str) -> str:
        """Return the name of the table that a column stands in, of the first where both have it."""
        part, there = self.homes.get(header, ((0, ""),))[0]
        return self.parts[part].source(there)

    def present(self, header: str) -> Sequence[int]:
        """Return the rows that stand in a table with that column: of others it cannot say anything."""
        homes = [self.rows[part] for part, _ in self.homes.get(header, ())]
        whole = range(len(self))
        if not any(MISSING in rows for rows in homes):
            return whole
        return [row for row in whole if any(rows[row] != MISSING for rows in homes)]

    def take(self, rows: Sequence[int]) -> Joined:
        """Return some of the rows."""
        fewer = Table.take(self, rows)
        return replace(fewer, rows=tuple([part[row] for row in rows] for part in self.rows))

    def cell(self, row: int, header: str = "") -> str:
        """Return the same as `place`: without its table nobody knows which cell is meant."""
        return self.place(row, header)

    def place(self, row: int, header: str = "") -> str:
        """Return where a row stands, or one of its cells, in the table that it came from."""
        homes = [
            (part, there)
            for part, there in self.homes.get(header, ())
            if self.rows[part][row] != MISSING
        ]
        filled = [
            (part, there)
            for part, there in homes
            if text_of(self.parts[part].columns[there][self.rows[part][row]])
        ]
        anywhere = [(part, "") for part, rows in enumerate(self.rows) if rows[row] != MISSING]
        part, there = (filled or homes or anywhere)[0]
        return called(self.parts[part], self.rows[part][row], there)

    def places(self, header: str) -> list[str]:
        """Return the same for each cell of a column."""
        return [self.place(row, header) for row in range(len(self))]


def called(table: Table, row: int, header: str = "") -> str:
    """Return where a cell stands, with the name of a table that has no letters too."""
    place = table.place(row, header)
    named = bool(table.letters) or isinstance(table, Joined)
    return place if named else f"{table.name}, {place}"


def sources_of(table: Table) -> Iterator[Table]:
    """Go through the tables that were joined, or the one table."""
    if not isinstance(table, Joined):
        yield table
        return
    for part in table.parts:
        yield from sources_of(part)


def side_by_side(
    left: Table,
    right: Table,
    rows: tuple[Sequence[int], Sequence[int]],
    keys: Sequence[tuple[str, str]],
    translation: Translation,
) -> Joined:
    """Return two tables as one.

    Parameters
    ----------
    left, right : Table
        The tables.
    rows : tuple of two sequences of int
        For each row to come, the row of either table, -1 where it has none.
    keys : sequence of (str, str)
        The headers of the key in either table.
    translation : Translation
        What is read of the tables: only where that is in doubt, both must say the same.

    Returns
    -------
    Joined
        The columns of both. One that both have is under its header, and under the name of its table where the mapping
        asks for that. The key of the left table holds that of the right one for who is there only.
    """
    parts = left, right
    homes = _homes(parts, translation.mentions)
    same = {header for header, other in keys if header == other}
    joined = Joined(
        f"{left.name} + {right.name}",
        {},
        _numbers(left, right, rows),
        left.unit,
        letters={
            header: parts[part].letters[there]
            for header, ((part, there), *_) in homes.items()
            if there in parts[part].letters
        },
        notes=[*left.notes, *right.notes],
        faults=[*left.faults, *right.faults],
        parts=parts,
        rows=rows,
        homes=homes,
        lost=_lost(parts, rows, homes),
    )
    for header, places in homes.items():
        columns = [_taken(parts[part].columns[there], rows[part]) for part, there in places]
        joined.columns[header] = columns[0]
        if len(columns) == 2:
            joined.columns[header] = _united(columns, translation.unknown)
            if header not in same and _is_read(header, translation):
                joined.faults.extend(_quarrels(joined, header, columns, translation.unknown))
    for one, other in keys:
        if one != other and MISSING in rows[0]:
            known = _taken(right.columns[other], rows[1])
            keyed = zip(joined.columns[one], known, rows[0], strict=True)
            joined.columns[one] = [key if row == MISSING else cell for cell, key, row in keyed]
    for header in translation.columns.get("role", ("role",)):
        if len(homes.get(header, ())) == 1:
            absent = rows[homes[header][0][0]]
            cells = zip(joined.columns[header], absent, strict=True)
            joined.columns[header] = [IDLE if row == MISSING else cell for cell, row in cells]
    return joined


def _homes(
    parts: Sequence[Table], mentions: frozenset[str]
) -> dict[str, tuple[tuple[int, str], ...]]:
    homes: dict[str, tuple[tuple[int, str], ...]] = {}
    for part, table in enumerate(parts):
        for header in table.columns:
            homes[header] = (*homes.get(header, ()), (part, header))
            qualified = f"{table.name}: {header}"
            if qualified in mentions:
                homes[qualified] = ((part, header),)
    return homes


def _lost(
    parts: Sequence[Table],
    rows: Sequence[Sequence[int]],
    homes: Mapping[str, tuple[tuple[int, str], ...]],
) -> dict[str, dict[int, str]]:
    """Return the cells whose value a spreadsheet lost, by the headers and rows that they have here."""
    lost: dict[str, dict[int, str]] = {}
    for header, places in homes.items():
        for part, there in places:
            if gone := parts[part].lost.get(there):
                found = {row: gone[old] for row, old in enumerate(rows[part]) if old in gone}
                lost[header] = lost.get(header, {}) | found
    return lost


def _numbers(left: Table, right: Table, rows: tuple[Sequence[int], Sequence[int]]) -> list[int]:
    return [
        left.numbers[one] if one != MISSING else right.numbers[other]
        for one, other in zip(*rows, strict=True)
    ]


def _taken(cells: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    """Return the cells of some rows; the row -1 has nothing."""
    if isinstance(rows, range) and len(rows) == len(cells):
        return cells
    padded = [*cells, None]
    return itemgetter(*rows)(padded) if len(rows) > 1 else [padded[row] for row in rows]


def _united(columns: Sequence[Sequence[Any]], unknown: frozenset[str]) -> list[Any]:
    return [
        other if _is_unknown(one, unknown) and not _is_unknown(other, unknown) else one
        for one, other in zip(*columns, strict=True)
    ]


def _is_read(header: str, translation: Translation) -> bool:
    """Tell whether somebody reads this column, so that it matters which of two tables says it."""
    if header in translation.ignore:
        return False
    own = column_of(header) is not None and header not in translation.columns
    return own or header in translation.mentions


def _quarrels(
    joined: Joined, header: str, columns: Sequence[Sequence[Any]], unknown: frozenset[str]
) -> Iterator[Fault]:
    left, right = joined.parts
    remedy = (
        f"let both say the same, or name in the mapping the one that counts: "
        f'"{left.name}: {header}" or "{right.name}: {header}"'
    )
    for row, (one, other) in enumerate(zip(*columns, strict=True)):
        if one == other or _is_unknown(one, unknown) or _is_unknown(other, unknown):
            continue
        if not _alike(text_of(one), text_of(other)):
            mine, theirs = (rows[row] for rows in joined.rows)
            here, there = called(left, mine, header), called(right, theirs, header)
            yield Fault(here, header, f"differs from {there}, the same person", remedy)


def _is_unknown(cell: Any, unknown: frozenset[str]) -> bool:
    if isinstance(cell, list | tuple | dict):
        return not cell
    return text_of(cell).casefold() in unknown


def _alike(one: str, other: str) -> bool:
    if fold(one) == fold(other):
        return True
    try:
        return number_of(one) == number_of(other)
    except Malformed:
        return False
