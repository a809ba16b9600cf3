"""From the raw columns of one source to parsed columns of rmatch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import Habits
from rmatch.io.cells.parsers import read_cells, united
from rmatch.io.cells.years import settled, years_notes
from rmatch.io.columns import PREFIXES, Column, column_of
from rmatch.io.faults import Faults
from rmatch.io.join.counting import rows_that_count
from rmatch.io.mapping.conditions import roles_of
from rmatch.io.mapping.fields import fields_of
from rmatch.io.tables.table import Placed
from rmatch.io.understood import Reading
from rmatch.people import ROLE_NAMES, ROLES
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Table
    from rmatch.people import ColumnRead

LIVED = "consent:lived_topics"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The columns of rmatch in one source.

    Attributes
    ----------
    placed : Placed
        The source.
    columns : dict of str to list
        Values by header, None where a cell is malformed.
    faults : Faults
        What is wrong.
    understood : tuple of ColumnRead
        What was understood of each source column.
    """

    placed: Placed
    columns: dict[str, list[Any]]
    faults: Faults
    understood: tuple[ColumnRead, ...] = ()


def parse(table: Table, translation: Translation | None, side: str = "") -> Parsed:
    """Read the cells of a table.

    Parameters
    ----------
    table : Table
        The source.
    translation : Translation or None
        How to read it, if it is foreign.
    side : str
        ``"mentors"`` or ``"mentees"`` if the table holds one side only.

    Returns
    -------
    Parsed
        The columns and the faults.
    """
    faults = Faults()
    fields = fields_of(table, translation, sided=bool(side), faults=faults)
    table = rows_that_count(table, fields, translation)
    for fault in table.faults:
        faults.add(fault)
    headers = {header: sources[0] for header, sources in fields.items()}
    placed = Placed(table, f"{side} " if side else "", headers=headers)
    reading = Reading(placed, translation)
    reader = _Reader(placed, translation, fields, faults, reading)
    columns = {"id": reader.values("id")} if "id" in fields else {}
    placed.ids.extend(columns.get("id", ()))
    for header in sorted(fields, key=lambda header: header.startswith(PREFIXES[0])):
        if header.startswith(PREFIXES[0]):
            columns |= reader.dimension(header, columns)
        elif header != "id":
            columns[header] = reader.values(header)
    columns |= reader.display(columns) | reader.roles(side, columns)
    return Parsed(placed, columns, faults, reading.columns())


@dataclass(frozen=True, slots=True)
class _Reader:
    placed: Placed
    translation: Translation | None
    fields: dict[str, list[str]]
    faults: Faults
    reading: Reading

    def values(self, header: str, consent: Sequence[int] | None = None) -> list[Any]:
        column = column_of(header)
        assert column is not None  # fields_of lets no other header through
        habits = self.translation.habits(header) if self.translation else Habits()
        parts = []
        for source in self.fields[header]:
            cells = self._cells(source, consent)
            if column.kind == "years":
                habits = settled(cells, habits)
                self._tell(source, years_notes(cells, habits))
            values, wrong = read_cells(cells, column.kind, habits)
            for row, malformed in wrong.items():
                self._note(row, malformed, column, source)
            self.reading.note(source, column, values, faulty=wrong, consent=consent)
            parts.append(values)
        return parts[0] if len(parts) == 1 else self._joined(parts, column)

    def dimension(self, header: str, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        name = header.removeprefix(PREFIXES[0])
        consent = columns.get(PREFIXES[1] + name) or self._given(name)
        return {PREFIXES[1] + name: consent, header: self.values(header, consent)}

    def display(self, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        given = self.translation.consent.get("lived_topics") if self.translation else None
        if given is None or LIVED in columns or "lived_topics" not in columns:
            return {}
        return {LIVED: [given] * len(self.placed)}

    def roles(self, side: str, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        if side:
            return {"role": self._of_side(side.removesuffix("s"), columns.get("role"))}
        if self.translation and self.translation.roles:
            return {
                "role": roles_of(
                    self.translation.roles, self.placed, self.translation.unknown, self.faults
                )
            }
        return {}

    def _of_side(self, side: str, stated: list[Any] | None) -> list[int]:
        bit = ROLES[side]
        for row, role in enumerate(stated or ()):
            if role is not None and not role & bit:
                malformed = Malformed(
                    ROLE_NAMES[role],
                    f"stands in the table of {side}s",
                    f"give {side} or both, or ignore the column",
                )
                self.faults.add(malformed.fault(self.placed.where(row, "role"), "role"), row)
        return [role or bit for role in stated] if stated else [bit] * len(self.placed)

    def _given(self, name: str) -> list[int]:
        given = self.translation.consent if self.translation else {}
        return [given.get(name, given.get("all", 0))] * len(self.placed)

    def _cells(self, source: str, consent: Sequence[int] | None) -> Sequence[Any]:
        cells = self.placed.table.columns[source]
        if consent is None:
            return cells
        return [cell if may else None for cell, may in zip(cells, consent, strict=True)]

    def _joined(self, parts: list[list[Any]], column: Column) -> list[Any]:
        values = []
        for row, cells in enumerate(zip(*parts, strict=True)):
            try:
                values.append(_JOINS[column.kind]([cell for cell in cells if cell]))
            except Malformed as malformed:
                self._note(row, malformed, column, column.header)
                values.append(None)
        return values

    def _tell(self, source: str, sentences: Iterable[str]) -> None:
        table = self.placed.table
        table.notes.extend(f"{table.name}, {source}: {sentence}" for sentence in sentences)

    def _note(self, row: int, malformed: Malformed, column: Column, source: str) -> None:
        where = self.placed.where(row, source)
        self.faults.add(malformed.fault(where, column.header, private=column.private), row)


def _one_text(cells: list[str]) -> str | None:
    return " ".join(cells) or None


def _one_set(cells: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for cell in cells for item in cell))


_JOINS: dict[str, Callable[[list[Any]], Any]] = {
    **dict.fromkeys(("id", "plain", "text"), _one_text),
    "set": _one_set,
    "levels": united,
    "priorities": united,
}
