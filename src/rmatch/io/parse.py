"""From the raw columns of one source to parsed columns of rmatch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.ambiguous import NUMERIC
from rmatch.io.cells.cell import ARRAY, GRADE, NUMBER, text_of
from rmatch.io.cells.read import read_by
from rmatch.io.cells.scales import Scale, level_parser
from rmatch.io.cells.years import CHOSEN
from rmatch.io.columns import PREFIXES, Column, column_of
from rmatch.io.faults import Faults
from rmatch.io.fields.found import Found
from rmatch.io.fields.hours_grid import note_untold, with_grid
from rmatch.io.fields.parts import Part, parts_of
from rmatch.io.fields.united import by_rank, joined, prioritised, with_levels
from rmatch.io.join.counting import rows_that_count
from rmatch.io.join.joined import sources_of
from rmatch.io.mapping.conditions import roles_of
from rmatch.io.mapping.fields import fields_of, is_private, looked_into
from rmatch.io.tables.doubts import REQUIRED, in_doubt
from rmatch.io.tables.overlong import without_overlong
from rmatch.io.tables.suspects import may_be_nobody, may_be_trials, said_once
from rmatch.io.tables.table import Placed
from rmatch.io.understood import Reading
from rmatch.people import PURPOSES, ROLE_NAMES, ROLES
from rmatch.utils.labels import fold
from rmatch.utils.text import counted
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Table
    from rmatch.people import ColumnRead

LIVED = "consent:lived_topics"
SHARED = ("department", "site", "level")
"""What several people have in common: a row that is no person, or one of a group, may say it alone."""


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
    translation = with_grid(translation, table, faults)
    fields = fields_of(table, translation, sided=bool(side), faults=faults)
    table = rows_that_count(table, fields, translation)
    table, overlong = without_overlong(table, looked_into(fields))
    for fault in table.faults:
        faults.add(fault)
    headers = {header: sources[0] for header, sources in fields.items()}
    placed = Placed(table, f"{side} " if side else "", headers=headers)
    reading = Reading(placed, translation)
    reader = _Reader(placed, translation, fields, faults, reading, Found(placed, faults))
    columns = {"id": reader.values("id")} if "id" in fields else {}
    placed.ids.extend(columns.get("id", ()))
    for row, source, malformed in overlong:
        private = is_private(source, fields)
        faults.add(malformed.fault(placed.where(row, source), source, private=private), row)
    # First of all it has to be known what may be read from columns of answers, whatever it is read as.
    stated = {field: reader.values(field) for field in fields if field.startswith(PREFIXES[1])}
    reader.guard(stated)
    for header in sorted(fields, key=lambda header: header.startswith(PREFIXES[0])):
        if header.startswith(PREFIXES[0]):
            columns |= reader.dimension(header, stated)
        elif header != "id":
            columns[header] = stated[header] if header in stated else reader.values(header)
    columns |= reader.display(columns) | reader.roles(side, columns)
    reader.found.close()
    shared = [headers[header] for header in SHARED if header in headers]
    telling = [headers[header] for header in REQUIRED if header in headers] + shared
    for fault in may_be_nobody(table, faults.rows(), telling):
        faults.add(fault)
    for part in sources_of(table):
        table.notes.extend([*said_once(part, shared), *may_be_trials(part)])
    note_untold(translation, table, columns.get("hours", ()))
    return Parsed(placed, columns, faults, reading.columns())


@dataclass(frozen=True, slots=True)
class _Reader:
    placed: Placed
    translation: Translation | None
    fields: dict[str, list[str]]
    faults: Faults
    reading: Reading
    found: Found
    guarded: dict[str, list[int]] = field(default_factory=dict)
    """Whether each row of a source column may be read, where it holds answers."""

    def values(self, header: str, consent: Sequence[int] | None = None) -> list[Any]:
        column = column_of(header)
        assert column is not None  # fields_of lets no other header through
        parts = parts_of(
            column,
            self.fields[header],
            lambda source: self._cells(source, consent),
            self.translation,
            self.found,
        )
        values = [self._read(part, column, consent) for part in parts]
        ranked = [each for each, part in zip(values, parts, strict=True) if part.ranked]
        if ranked:
            chosen, twice = by_rank(ranked)
            self._tell(twice, f"{header}: the same is chosen twice: its better rank counts")
            rest = [each for each, part in zip(values, parts, strict=True) if not part.ranked]
            values = [*rest, chosen]
        alone = len(values) == 1 and not parts[0].optional
        whole = values[0] if alone else self._joined(values, column)
        return self._finished(whole, column)

    def _read(self, part: Part, column: Column, consent: Sequence[int] | None) -> list[Any]:
        consent = self.guarded.get(part.source) if consent is None else consent
        cells = self._cells(part.source, consent)
        plain = self.placed.table.texts(part.source) is not None
        read = read_by(part.parser, cells, part.habits, plain=plain)
        doubts = self._doubts(part, cells, column, consent)
        if doubts:
            values = [None if row in doubts else value for row, value in enumerate(read.values)]
            read = replace(read, values=values, wrong=read.wrong | doubts)
        self.found.cells(column, part.source, read)
        self.reading.note(
            part.source,
            column,
            read.values,
            faulty=read.wrong,
            consent=consent,
            refused=read.refused,
            repaired=sum(
                sum(read.marked(mark).values()) for mark in (NUMBER, CHOSEN, GRADE, ARRAY)
            ),
        )
        return read.values

    def _doubts(
        self, part: Part, cells: Sequence[Any], column: Column, consent: Sequence[int] | None
    ) -> dict[int, Malformed]:
        """Return what is in doubt, but for answers without consent and for numbers that the mapping explains."""
        lost = self.placed.table.lost.get(part.source, {})
        found = in_doubt(
            cells, column.kind * (column.kind in NUMERIC), lost, required=column.kind in REQUIRED
        )
        return {
            row: doubt
            for row, doubt in found.items()
            if (consent is None or consent[row])
            and text_of(cells[row]).casefold() not in part.habits.values
        }

    def _joined(self, parts: list[list[Any]], column: Column) -> list[Any]:
        def holder(row: int, value: str) -> str:
            """Return the last of the joined columns in whose cell a value stands: there it is one too many."""
            cells = self.placed.table.columns
            found = [
                source
                for source in self.fields[column.header]
                if source in cells and value in fold(text_of(cells[source][row]))
            ]
            return found[-1] if found else column.header

        def wrong(row: int, malformed: Malformed) -> None:
            where = self.placed.where(row, holder(row, fold(malformed.value or "")))
            self.faults.add(malformed.fault(where, column.header, private=column.private), row)

        return joined(column.kind, parts, wrong)

    def _finished(self, values: list[Any], column: Column) -> list[Any]:
        """Return the values of a field with the levels of another column, and with priorities of 1 where none are given."""
        by = self.translation.levels_by.get(column.header) if self.translation else None
        if by in self.placed.table.columns:
            values = self._with_levels(values, column, by)
        return prioritised(values) if column.kind == "priorities" else values

    def _with_levels(self, values: list[Any], column: Column, by: str) -> list[Any]:
        assert self.translation is not None  # it names the column
        scale = Scale(self.translation.scales.get(column.header, {}))
        part = Part(by, level_parser(scale), self.translation.habits("", by))
        one = replace(column, kind="text")  # one value, and no list
        self.found.turned(column, [by], scale.words)
        graded, dropped, kept = with_levels(values, self._read(part, one, None))
        where = f"{column.header}: {by}"
        self._tell(dropped, f"{where} says that nothing of the list is meant: it is left out")
        self._tell(kept, f"{where} gives another level than the list itself: the list's counts")
        return graded

    def _tell(self, rows: int, what: str) -> None:
        if rows:
            table = self.placed.table
            table.notes.append(f"{table.name}: in {counted(rows, table.unit)}, {what}")

    def dimension(self, header: str, stated: dict[str, list[Any]]) -> dict[str, list[Any]]:
        consent = self._consent(header, stated)
        name = header.removeprefix(PREFIXES[0])
        return {PREFIXES[1] + name: consent, header: self.values(header, consent)}

    def guard(self, stated: dict[str, list[Any]]) -> None:
        """Let nothing but the answers themselves be read from what nobody may match by: no role, no years, nothing extra."""
        for header in self.fields:
            if header.startswith(PREFIXES[0]):
                consent = self._consent(header, stated)
                may = [(given or 0) & PURPOSES["match"] for given in consent]
                self.guarded.update(dict.fromkeys(self.fields[header], may))

    def _consent(self, header: str, stated: dict[str, list[Any]]) -> list[int]:
        name = header.removeprefix(PREFIXES[0])
        given = self.translation.consent if self.translation else {}
        assumed = [given.get(name, given.get("all", 0))] * len(self.placed)
        return stated.get(PREFIXES[1] + name) or assumed

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
                    self.translation.roles,
                    self._for_matching(),
                    self.translation.unknown,
                    dict.fromkeys(self.fields.get("years", ()), columns.get("years", ())),
                    self.faults,
                )
            }
        return {}

    def _for_matching(self) -> Placed:
        """Return the source without the answers that nobody may match by."""
        table = self.placed.table
        read = {source: self._cells(source, None) for source in self.guarded}
        return replace(self.placed, table=replace(table, columns={**table.columns, **read}))

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

    def _cells(self, source: str, consent: Sequence[int] | None) -> Sequence[Any]:
        cells = self.placed.table.columns[source]
        consent = self.guarded.get(source) if consent is None else consent
        if consent is None:
            return cells
        return [cell if may else None for cell, may in zip(cells, consent, strict=True)]
