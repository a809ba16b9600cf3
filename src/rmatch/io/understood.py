"""Counting what is understood of a table while its columns are read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from operator import ne
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import UNKNOWN, text_of
from rmatch.io.columns import public
from rmatch.io.mapping.fields import known_headers
from rmatch.people import UNSET, ColumnRead

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rmatch.io.columns import Column
    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Placed

EXAMPLES = 3
LOOKED_AT = 10_000
"""Examples are looked for among so many cells."""
CONSENTS = {"consent", "display"}
_BLANKS: dict[str, Any] = {
    **dict.fromkeys(("capacity", "minimum", "priority"), UNSET),
    "set": (),
    "levels": {},
    "priorities": {},
}


class Reading:
    """What was understood of one table so far: whoever reads a column tells it.

    Parameters
    ----------
    placed : Placed
        The table, with the ids of its rows.
    translation : Translation or None
        How it is read.
    """

    def __init__(self, placed: Placed, translation: Translation | None) -> None:
        self.placed: Placed = placed
        self.translation: Translation | None = translation
        self._noted: dict[str, ColumnRead] = {}
        self._known = set(known_headers(placed.table, translation))

    def note(
        self,
        header: str,
        column: Column,
        values: Sequence[Any],
        *,
        faulty: Collection[int] = (),
        consent: Sequence[int] | None = None,
        refused: int = 0,
        repaired: int = 0,
    ) -> None:
        """Count the cells of a source column that was read as some column of rmatch.

        Parameters
        ----------
        header : str
            The source column.
        column : Column
            What it was read as.
        values : sequence
            What was understood, row by row.
        faulty : collection of int
            The rows whose cell cannot be read.
        consent : sequence of int, optional
            What everybody consents to; without it nothing is left out.
        refused : int
            How many of the unknown cells decline to answer.
        repaired : int
            How many cells were read otherwise than they are written.
        """
        cells, rows = self.placed.table.columns[header], self.placed.table.present(header)
        if len(rows) < len(cells):
            cells, values = [cells[row] for row in rows], [values[row] for row in rows]
            consent = consent and [consent[row] for row in rows]
        unknown = _unknown(column, cells, values, len(faulty))
        dropped = 0
        if consent is not None:
            dropped = _filled(cell for cell, may in zip(cells, consent, strict=True) if not may)
        known = self._noted.get(header)
        counts = ColumnRead(
            source=self._source(header),
            column=self._told(header),
            letter=self.placed.table.letters.get(header, ""),
            fields=(*(known.fields if known else ()), column.header),
            read=len(values) - unknown - len(faulty),
            unknown=unknown - dropped - refused,
            refused=refused,
            faulty=len(faulty),
            dropped=dropped,
            repaired=repaired,
            examples=self._examples(column, cells, values),
        )
        # A column that is read as several fields has the counts of the one that found most in it, and no example of a private one.
        if known and known.read > counts.read:
            counts = replace(known, fields=counts.fields)
        hidden = column.private or bool(known and not known.examples)
        self._noted[header] = replace(counts, examples=() if hidden else counts.examples)

    def _source(self, header: str) -> str:
        """Return the source of a column; the two sides may come from one file, or from none."""
        name, side = self.placed.table.source(header), self.placed.prefix.strip()
        return f"{name} ({side})" if side else name

    def _told(self, header: str) -> str:
        """Return a header as it may be told."""
        return public(header) if public(header) in self._known else ""

    def columns(self) -> tuple[ColumnRead, ...]:
        """Return every column of the table, those that nobody reads with the reason."""
        tested = {test.column for test in self.translation.tests()} if self.translation else set()
        wished = self.translation.wishes.headers if self.translation else frozenset()
        found = []
        for header in self.placed.table.columns:
            used = header in tested or header in wished
            known = self._noted.get(header) or self._unread(header, used=used)
            if header in wished:
                known = replace(known, fields=(*known.fields, "wishes"), examples=())
            if header in tested:
                known = replace(known, fields=(*known.fields, "role"))
            found.append(known)
        return tuple(found)

    def _unread(self, header: str, *, used: bool) -> ColumnRead:
        table = self.placed.table
        cells = [table.columns[header][row] for row in table.present(header)]
        markers = self.translation.unknown if self.translation else UNKNOWN
        filled = sum(1 for cell in cells if text_of(cell).casefold() not in markers)
        counts = ColumnRead(
            source=self._source(header),
            column=self._told(header),
            letter=table.letters.get(header, ""),
            unknown=len(cells) - filled,
        )
        if used:
            return replace(counts, read=filled)
        reason = self._reason(header)
        return replace(counts, dropped=filled, reason=reason)

    def _reason(self, header: str) -> str:
        how = self.translation
        if how is None:
            return "no column of rmatch"
        if any(header in pair for join in how.joins for pair in join.key):
            return "says who is who in several tables"
        if how.duplicates and how.duplicates.by == header:
            return "says which row of a person counts"
        return "ignored by the mapping" if header in how.ignore else "not in the mapping"

    def _examples(
        self, column: Column, cells: Sequence[Any], values: Sequence[Any]
    ) -> tuple[str, ...]:
        if column.private:
            return ()
        ids = set(self.placed.ids) if column.header == "manager_id" else set()
        blank = _blank(column)
        found: dict[str, None] = {}
        for cell, value in islice(zip(cells, values, strict=True), LOOKED_AT):
            text = "" if value is None or value == blank or value != value else text_of(cell)  # noqa: PLR0124 - NaN
            # An address, or a manager who is given by name, is as private in this column as in its own.
            if text and "@" not in text and (not ids or text in ids):
                found[text] = None
            if len(found) == EXAMPLES:
                break
        return tuple(found)


def _unknown(column: Column, cells: Sequence[Any], values: Sequence[Any], faulty: int) -> int:
    """Return how many cells say nothing: in the value that stands for it, which a faulty cell may have, too."""
    if column.kind in CONSENTS:
        return len(cells) - _filled(cells)
    if column.kind == "years":
        return sum(map(ne, values, values))  # only NaN differs from itself
    blank = _blank(column)
    return list(values).count(blank) - (faulty if blank is None else 0)


def _filled(cells: Iterable[Any]) -> int:
    """Return how many cells hold anything; few of them are different."""
    texts = Counter(cell if type(cell) is str else text_of(cell) for cell in cells)
    return sum(times for text, times in texts.items() if text_of(text))


def _blank(column: Column) -> Any:
    return _BLANKS.get(column.kind)
