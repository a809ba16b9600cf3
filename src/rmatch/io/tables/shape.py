"""From a grid to a table: headers found, rows that are no people left out, merged cells filled down."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import UNKNOWN, text_of
from rmatch.io.columns import column_of
from rmatch.io.tables.grid import check_columns
from rmatch.io.tables.headers import heading_of
from rmatch.io.tables.lost import without_lost
from rmatch.io.tables.no_people import (
    A_TOTAL,
    A_TRIAL,
    adds_up,
    may_be_total,
    stranger,
    trial_columns,
)
from rmatch.io.tables.table import Table, letter
from rmatch.utils.spelling import visible
from rmatch.utils.text import counted
from rmatch.utils.validation import Malformed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rmatch.io.tables.grid import Grid, Place, Row
    from rmatch.io.tables.headers import Heading
    from rmatch.io.tables.layout import Layout

ONE_BY_ONE = 20
BLOCK = 256
"""So many rows become columns together: of more, each cell would be far from the one before."""
EMPTY = "empty"


def shaped(grid: Grid, layout: Layout) -> Table:
    """Make a table of a grid: one row a person, under headers.

    Empty rows, totals, remarks and what a mapping drops are left out and noted. A row with more or fewer cells than
    there are headers is a fault and left out too, since nobody knows what its cells mean.

    Parameters
    ----------
    grid : Grid
        The rows of a sheet or a text file.
    layout : Layout
        How they are laid out.

    Returns
    -------
    Table
        The columns, with the faults of the shape.

    Raises
    ------
    InvalidInputError
        If it has more columns than a spreadsheet can have.
    """
    check_columns(grid.name, max((len(cells) for _, cells in grid.rows), default=0))
    heading = heading_of(grid, layout)
    names = list(heading.names) if heading else []
    while names and not names[-1]:
        names.pop()
    if heading is None or not names:
        return Table(
            grid.name, {}, (), notes=grid.notes, faults=[*grid.faults, _headless(grid, layout)]
        )
    faults: list[Fault] = []
    body = _Body(grid, names, [text_of(cell) for cell in grid.rows[heading.rows[-1]][1]])
    kept, dropped = body.people(heading.data, _drops(names, layout, faults), faults)
    filled = body.filled_down(kept, faults)
    numbers = [number for number, _ in kept]
    columns = _columns([cells for _, cells in kept], len(names))
    top = grid.rows[heading.rows[-1]][0]
    named = _named(names, columns, (grid.name, top), faults)
    letters = {header: letter(place) for place, header in enumerate(names) if header in named}
    notes = [*grid.notes, *_heading_notes(grid, heading), *_row_notes(grid.name, dropped)]
    notes += [f"{grid.name}: {counted(filled, 'merged range')} filled down"] * bool(filled)
    table = Table(grid.name, named, numbers, "row", letters, notes, [*grid.faults, *faults])
    return without_lost(table, grid.lost, names) if grid.lost or grid.may_fail else table


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows under the headers."""

    grid: Grid
    names: list[str]
    header: list[str]

    def people(
        self, first: int, drops: list[_Drop], faults: list[Fault]
    ) -> tuple[list[tuple[int, Row]], list[tuple[int, str, Row]]]:
        """Return the rows that are people, and the number of each other one, what it is and its cells."""
        width, name = len(self.names), self.grid.name
        kept: list[tuple[int, Row]] = []
        dropped: list[tuple[int, str, Row]] = []
        formulas, trials = _formulas(self.grid), trial_columns(self.names)
        for row in self.grid.rows[first:]:
            number, cells = row
            size = len(cells)
            # Hardly any row is sparse: looking closer at those alone keeps a hundred thousand rows quick.
            gaps = cells.count("") + (0 if self.grid.by_delimiter else cells.count(None))
            sparse = 2 * (size - gaps) <= width
            odd = sparse or cells[0] == self.header[0] or may_be_total(cells[0])
            what, telling = stranger(cells, self.header) if odd else "", cells
            if what == EMPTY and number in formulas:
                what, telling = _calculated(formulas[number])
            if trials and not what and (word := _trial(cells, trials)):
                what, telling = A_TRIAL, [word]
            if not what and drops and any(drop.takes(cells) for drop in drops):
                what = "by the mapping's `drop`"
            if what:
                dropped.append((number, what, telling))
            elif size == width:
                kept.append(row)
            elif size < width and not self.grid.by_delimiter:
                kept.append((number, [*cells, *[""] * (width - size)]))
            elif size < width or any(map(text_of, cells[width:])):
                fault = _ragged(f"{name}, row {number}", size, width, self.grid.by_delimiter)
                if 2 * size <= width and cells[0]:
                    line = f'drop = [{{ {json.dumps(self.names[0])} = {{ equals = "…" }} }}] under [table]'
                    nobody = f"if it is nobody, {line} in a mapping leaves it out, with what stands in A{number}"
                    fault = replace(fault, remedy=f"{fault.remedy}; {nobody}")
                faults.append(fault)
            else:
                kept.append((number, cells[:width]))
        last = kept[-1][0] if kept else 0
        return kept, [each for each in dropped if each[1] != EMPTY or each[0] < last]

    def filled_down(self, kept: list[tuple[int, Row]], faults: list[Fault]) -> int:
        """Write the text of each merged range into its rows, and return how many ranges that were.

        A department counts for every row of a range. A number may count once, and a range over several columns may say
        one thing or several: nobody knows.
        """
        merged = self.grid.merged
        places = {number: place for place, (number, _) in enumerate(kept)} if merged else {}
        count = 0
        for (top, left), (bottom, right) in merged:
            rows = [places[number] for number in range(top, bottom + 1) if number in places]
            if not rows or left >= len(self.names) or top not in places:
                continue
            value = kept[places[top]][1][left]
            number = isinstance(value, int | float) and not isinstance(value, bool)
            across = min(right, len(self.names) - 1) > left
            if text_of(value) and (across or (number and len(rows) > 1)):
                faults.append(self._merged((top, left), (bottom, right), across=across))
            for place in rows[1:]:
                row, cells = kept[place]
                kept[place] = row, [*cells[:left], value, *cells[left + 1 :]]
            count += len(rows) > 1
        return count

    def _merged(self, first: Place, last: Place, *, across: bool) -> Fault:
        (top, left), (bottom, right) = first, last
        cells = f"{letter(left)}{top}:{letter(right)}{bottom}"
        each = "column" if across else "row"
        problem = f"{cells} is merged: what stands there may count once, or for each {each}"
        remedy = (
            "unmerge it in the spreadsheet, and write into each cell what it shall say, or nothing"
        )
        return Fault(f"{self.grid.name}, {letter(left)}{top}", self.names[left], problem, remedy)


@dataclass(frozen=True, slots=True)
class _Drop:
    """A rule of a mapping for rows that are no people, with the columns that it looks at."""

    tests: list[tuple[int, Any]]

    def takes(self, cells: Row) -> bool:
        """Tell whether all conditions hold; a cell that is no number meets no comparison with one."""
        try:
            return all(
                place < len(cells) and test.holds(cells[place], UNKNOWN)
                for place, test in self.tests
            )
        except Malformed:
            return False


def _columns(rows: Sequence[Row], width: int) -> list[tuple[Any, ...]]:
    columns: list[list[Any]] = [[] for _ in range(width)]
    for first in range(0, len(rows), BLOCK):
        block = zip(*rows[first : first + BLOCK], strict=True)
        for column, cells in zip(columns, block, strict=True):
            column.extend(cells)
    return list(map(tuple, columns))


def _trial(cells: Row, trials: Sequence[tuple[int, frozenset[str]]]) -> str:
    """Return what says that a row is a trial of a survey; nothing where none does."""
    told = ((text_of(cells[place]), words) for place, words in trials if place < len(cells))
    return next((text for text, words in told if text.casefold() in words), "")


def _formulas(grid: Grid) -> dict[int, list[str]]:
    """Return the formulas without a value of each row that has some."""
    formulas: dict[int, list[str]] = {}
    for (number, _), text in grid.lost.items():
        if text.startswith("="):
            formulas.setdefault(number, []).append(text)
    return formulas


def _calculated(formulas: list[str]) -> tuple[str, Row]:
    """Return what a row of nothing but formulas is, and what to show of it: somebody, unless all are about many rows."""
    return (A_TOTAL, formulas) if all(map(adds_up, formulas)) else ("", ())


def _drops(names: list[str], layout: Layout, faults: list[Fault]) -> list[_Drop]:
    drops = []
    for rule in layout.drop:
        missing = [test.column for test in rule if test.column not in names]
        faults.extend(
            Fault(
                layout.name,
                "table.drop",
                f"{column!r} is no column",
                f"name one of {', '.join(names)}",
            )
            for column in missing
        )
        if not missing:
            drops.append(_Drop([(names.index(test.column), test) for test in rule]))
    return drops


def _headless(grid: Grid, layout: Layout) -> Fault:
    if grid.rows and layout.header:
        wrong = ", ".join(map(str, layout.header))
        remedy = f"the rows are numbered {grid.rows[0][0]} to {grid.rows[-1][0]}"
        return Fault(grid.name, "header", f"there is no header in row {wrong}", remedy)
    return Fault(grid.name, "", "the table is empty", "give a row of headers and one row a person")


def _heading_notes(grid: Grid, heading: Heading) -> Iterator[str]:
    above = [
        (number, next(filter(None, map(text_of, cells))))
        for number, cells in grid.rows[: heading.rows[0]]
        if any(map(text_of, cells))
    ]
    for number, text in above:
        yield f"{grid.name}, row {number}: above the headers, left out: {shown(text)}"
    unseen = [
        f"{letter(place)}{grid.rows[row][0]}"
        for row in heading.rows
        for place, cell in enumerate(grid.rows[row][1])
        if isinstance(cell, str) and visible(cell) != cell
    ]
    if unseen:
        yield f"{grid.name}: headers read without what nobody sees in them: {', '.join(unseen)}"
    if len(heading.rows) > 1:
        rows = " and ".join(str(grid.rows[row][0]) for row in heading.rows)
        yield f"{grid.name}: rows {rows} hold the headers"


def _row_notes(name: str, dropped: list[tuple[int, str, Row]]) -> Iterator[str]:
    told = [each for each in dropped if each[1] != EMPTY]
    for number, what, cells in told[:ONE_BY_ONE]:
        text = next(text for text in map(text_of, cells) if text)
        yield f"{name}, row {number}: no person but {what}, left out: {shown(text)}"
    if len(told) > ONE_BY_ONE:
        yield f"{name}: {counted(len(told) - ONE_BY_ONE, 'more row')} left out that are no people"
    if empty := len(dropped) - len(told):
        yield f"{name}: {counted(empty, 'empty row')} between the others skipped"


def _named(
    headers: Sequence[str],
    columns: Iterable[Sequence[Any]],
    at: tuple[str, int],
    faults: list[Fault],
) -> dict[str, Sequence[Any]]:
    kept: dict[str, Sequence[Any]] = {}
    for place, (header, cells) in enumerate(zip(headers, columns, strict=False)):
        where = f"{at[0]}, {letter(place)}{at[1]}"
        if header in kept:
            # Where no headers are, this may be what somebody answered: the place says it as well.
            known = header if column_of(header) else ""
            faults.append(Fault(where, known, "two columns have this header", "rename one of them"))
        elif header:
            kept[header] = cells
        elif any(map(text_of, cells)):
            faults.append(Fault(where, "", "the column has no header", "give it one"))
    return kept


def _ragged(where: str, count: int, width: int, by_delimiter: bool) -> Fault:
    problem = f"the row has {counted(count, 'cell')} under {counted(width, 'header')}"
    remedy = "give every row as many; put a cell that holds the delimiter into double quotes"
    if not by_delimiter:
        remedy = "give every column a header; if the headers stand in another row, write header = 3 under [table]"
    return Fault(where, "", problem, remedy)
