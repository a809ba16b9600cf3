"""What is said about a join: who is in both tables, only in one, and whose key was repaired; by id, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.io.cells.cell import text_of
from rmatch.io.join.joined import called
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.join.keys import Pairing
    from rmatch.io.join.spec import Join
    from rmatch.io.tables.table import Table

FEW = 20


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of two tables, and which belong together.

    Attributes
    ----------
    left, right : Table
        The tables.
    here, there : sequence of int
        Those of their rows that count.
    pairing : Pairing
        Which belong together.
    ids : sequence of str
        The columns that make an id.
    headers : tuple of two sequences of str
        The columns of the key in either table.
    """

    left: Table
    right: Table
    here: Sequence[int]
    there: Sequence[int]
    pairing: Pairing
    ids: Sequence[str]
    headers: tuple[Sequence[str], ...]

    def names(self, table: Table, rows: Sequence[int]) -> str:
        """Return what rows are called: their ids, or where they stand; never an e-mail address."""
        few = ", ".join(self._name(table, row) for row in rows[:FEW])
        return few + (f" and {len(rows) - FEW} more" if len(rows) > FEW else "")

    def _name(self, table: Table, row: int) -> str:
        parts = [text_of(table.columns[each][row]) for each in self.ids if each in table.columns]
        name = " ".join(part for part in parts if part)
        return called(table, row) if not name or "@" in name else name


def notes_of(rows: Rows, join: Join) -> Iterator[str]:
    """Go through what is to be said about a join.

    Parameters
    ----------
    rows : Rows
        Who is where.
    join : Join
        By what they were joined, and who stays.

    Yields
    ------
    str
        A sentence each.
    """
    left, right, partner = rows.left, rows.right, rows.pairing.partner
    by = " and ".join(one if one == other else f"{one} = {other}" for one, other in join.key)
    yield f"{left.name} and {right.name} are joined by {by}: {counted(len(partner), 'person')} in both"
    met = set(partner.values())
    only_left = [row for row in rows.here if row not in partner]
    only_right = [row for row in rows.there if row not in met]
    stays = {"left": (True, False), "inner": (False, False), "outer": (True, True)}[join.keep]
    for table, alone, kept in ((left, only_left, stays[0]), (right, only_right, stays[1])):
        if alone:
            what = "kept" if kept else "left out"
            some = counted(len(alone), "person")
            yield f"only in {table.name}: {some}, {what}: {rows.names(table, alone)}"
    if rows.pairing.repaired:
        yield _repairs(rows)


def _repairs(rows: Rows) -> str:
    pairs = rows.pairing.repaired
    (one, *_), (other, *_) = rows.headers
    few = [
        f"{called(rows.right, right, other)} is {called(rows.left, left, one)}"
        for left, right in pairs[:FEW]
    ]
    more = f" and {len(pairs) - FEW} more" if len(pairs) > FEW else ""
    some = "1 key differs" if len(pairs) == 1 else f"{len(pairs)} keys differ"
    what = "in leading zeros, which spreadsheets drop, or in case only"
    return f"{some} {what}, and it is clear who is meant: {', '.join(few)}{more}"
