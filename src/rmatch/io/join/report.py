"""What is said about a join: who is in both tables, only in one, and whose key was repaired; by id, never by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.io.cells.cell import text_of
from rmatch.io.join.joined import called
from rmatch.people import JoinRead
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.join.keys import Pairing
    from rmatch.io.join.spec import Join
    from rmatch.io.tables.table import Table

FEW = 20


STAYS = {"left": (True, False), "inner": (False, False), "outer": (True, True)}


def report(
    tables: tuple[Table, Table],
    rows: tuple[Sequence[int], Sequence[int]],
    pairing: Pairing,
    join: Join,
    ids: Sequence[str],
) -> JoinRead:
    """Return who is where.

    Parameters
    ----------
    tables : tuple of two Table
        The tables.
    rows : tuple of two sequences of int
        Those of their rows that count.
    pairing : Pairing
        Which belong together.
    join : Join
        By what they are joined, and who stays.
    ids : sequence of str
        The columns that make an id.

    Returns
    -------
    JoinRead
        The numbers, the ids, and where those stand who have none.
    """
    (left, right), (here, there), partner = tables, rows, pairing.partner
    met = set(partner.values())
    one, other = join.key[0]
    return JoinRead(
        left.name,
        right.name,
        join.by(),
        len(partner),
        tuple(_name(left, row, ids) for row in here if row not in partner),
        tuple(_name(right, row, ids) for row in there if row not in met),
        STAYS[join.keep],
        tuple(
            f"{called(right, second, other)} is {called(left, first, one)}"
            for first, second in pairing.repaired
        ),
    )


def notes_of(read: JoinRead) -> Iterator[str]:
    """Go through what is to be said about a join, a sentence each.

    Parameters
    ----------
    read : JoinRead
        How the two tables were joined.

    Yields
    ------
    str
        A note.
    """
    both = counted(read.both, "person")
    yield f"{read.left} and {read.right} are joined by {read.by}: {both} in both"
    sides = (read.left, read.only_left), (read.right, read.only_right)
    for (table, alone), kept in zip(sides, read.kept, strict=True):
        if alone:
            what = "kept" if kept else "left out"
            yield f"only in {table}: {counted(len(alone), 'person')}, {what}: {_few(alone)}"
    if read.repaired:
        count = len(read.repaired)
        some = "1 key differs" if count == 1 else f"{count} keys differ"
        what = "in leading zeros, which spreadsheets drop, in case or in form only"
        yield f"{some} {what}, and it is clear who is meant: {_few(read.repaired)}"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + more


def _name(table: Table, row: int, ids: Sequence[str]) -> str:
    """Return the id of a row, or where it stands; never an e-mail address."""
    parts = [text_of(table.columns[each][row]) for each in ids if each in table.columns]
    name = " ".join(part for part in parts if part)
    return called(table, row) if not name or "@" in name else name
