"""Several rows of one person in one table: which of them counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.io.join.joined import called, sources_of
from rmatch.io.join.moments import Moment, looks_timed, moments, readings
from rmatch.io.join.spec import Duplicates
from rmatch.io.tables.table import Table

FEW = 20
ORDER = 'say at the top of a mapping: dates = { order = "day first" } or "month first"'


@dataclass(slots=True)
class Settled:
    """What becomes of rows that are about the same people.

    Attributes
    ----------
    replaced : dict of int to int
        By a row that is left out, the row that counts.
    notes : list of str
        Which rows were left out.
    faults : list of Fault
        Where it cannot be said which counts.
    """

    replaced: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def settle(
    table: Table,
    groups: Sequence[Sequence[int]],
    rule: Duplicates | None,
    header: str,
    beside: Sequence[Table] = (),
) -> Settled:
    """Say which row of each group counts.

    Parameters
    ----------
    table : Table
        The table.
    groups : sequence of sequence of int
        The rows of each person who has several, in their order.
    rule : Duplicates or None
        What the mapping says.
    header : str
        The column by which they are the same person.
    beside : sequence of Table
        Further tables in which somebody has several rows, and for which one rule has to hold, too.

    Returns
    -------
    Settled
        The rows that are left out, or a fault for every row that is one too many.
    """
    settled = Settled()
    if not groups:
        return settled
    if rule is None or not rule.keep:
        settled.faults.extend(_repeats(table, groups, header, beside))
        return settled
    winners = _winners(table, groups, rule, settled.faults)
    for rows, winner in zip(groups, winners, strict=True):
        settled.replaced |= {row: winner for row in rows if row != winner}
    if settled.replaced:
        settled.notes.append(_note(table, settled.replaced, rule))
    return settled


def groups_of(links: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return rows that hang together, directly or through others.

    Examples
    --------
    >>> groups_of([[0, 2], [5, 6], [2, 4]])
    [[0, 2, 4], [5, 6]]
    """
    parent: dict[int, int] = {}

    def top(row: int) -> int:
        while (above := parent.setdefault(row, row)) != row:
            row = above
        return row

    for rows in links:
        for row in rows:
            one, other = sorted((top(rows[0]), top(row)))
            parent[other] = one
    groups: dict[int, list[int]] = defaultdict(list)
    for row in sorted(parent):
        groups[top(row)].append(row)
    return list(groups.values())


def cure(*tables: Table) -> str:
    """Return what to write in a mapping so that one row a person counts in each of some tables, and in their parts."""
    by = timed_column(*(part for table in tables for part in sources_of(table)))
    choice = f'keep = "newest", by = "{by}"' if by else 'keep = "last"'
    return f"say at the top of a mapping: duplicates = {{ {choice} }}"


def timed_column(*tables: Table) -> str:
    """Return the first column that says in each table when a row was written, empty if none does."""
    headers = (
        header
        for header in tables[0].columns
        if all(header in table.columns and looks_timed(table.columns[header]) for table in tables)
    )
    return next(headers, "")


def _repeats(
    table: Table, groups: Iterable[Sequence[int]], header: str, beside: Sequence[Table]
) -> Iterable[Fault]:
    remedy = f"leave one of them out, or {cure(table, *beside)}"
    for first, *others in groups:
        for row in others:
            problem = f"is the same person as {called(table, first, header)}"
            yield Fault(called(table, row, header), header, problem, remedy)


def _winners(
    table: Table, groups: Sequence[Sequence[int]], rule: Duplicates, faults: list[Fault]
) -> list[int]:
    if rule.keep != "newest":
        return [rows[-1 if rule.keep == "last" else 0] for rows in groups]
    cells = table.columns.get(rule.by)
    if cells is None:
        first, other, *_ = (called(table, row) for row in groups[0])
        some = "1 person has" if len(groups) == 1 else f"{len(groups)} people have"
        problem = f"{some} several rows ({first} and {other}), and there is no column {rule.by!r}"
        remedy = 'leave one row a person, or write keep = "last"'
        faults.append(Fault(table.name, "duplicates.by", problem, remedy))
        return [rows[-1] for rows in groups]
    ways = moments(cells, rule.order)
    if not ways:
        faults.append(_unreadable(table, rule, cells))
        return [rows[-1] for rows in groups]
    return [_newest(table, rows, ways, rule.by, faults) for rows in groups]


def _newest(
    table: Table,
    rows: Sequence[int],
    ways: Sequence[Sequence[Moment | None]],
    by: str,
    faults: list[Fault],
) -> int:
    rows = _without_copies(table, rows)
    dateless = [row for row in rows if ways[0][row] is None]
    if len(rows) > 1 and dateless:
        problem = "is empty, so nobody knows which row of this person is the newest"
        faults.append(Fault(called(table, dateless[0], by), by, problem, "give the date and time"))
        return rows[-1]
    if len(rows) == 1:
        return rows[0]
    newest = [max(rows, key=lambda row: ((way[row] or ())[:2], row)) for way in ways]
    first, places = newest[0], " or ".join(called(table, row, by) for row in dict.fromkeys(newest))
    if len(set(newest)) > 1:
        problem = "days and months cannot be told apart in this column, and it matters here"
        remedy = f"{ORDER}, since {places} is the newest"
        faults.append(Fault(called(table, first, by), by, problem, remedy))
    elif rivals := _rivals(ways[0], rows, first):
        # Copies are gone, so this is between rows that say different things.
        if (ways[0][rivals[-1]] or ())[:2] == (ways[0][first] or ())[:2]:
            problem = "two rows of this person that differ have the same time"
        else:
            there = called(table, rivals[-1], by)
            problem = f"may be newer or older than {there}, the same person: one of them lacks the time of day, or its zone"
        faults.append(Fault(called(table, first, by), by, problem, "leave one of them out"))
    return first


def _rivals(way: Sequence[Moment | None], rows: Sequence[int], newest: int) -> list[int]:
    """Return the rows of which nobody can say that they are older than the newest."""
    last = way[newest]
    others = [(row, way[row]) for row in rows if row != newest]
    return [row for row, each in others if each and last and not each.before(last)]


def _without_copies(table: Table, rows: Sequence[int]) -> list[int]:
    """Return the last of the rows that say the same in every column."""
    said = {tuple(text_of(cells[row]) for cells in table.columns.values()): row for row in rows}
    return sorted(said.values())


def _unreadable(table: Table, rule: Duplicates, cells: Sequence[Any]) -> Fault:
    by, order = rule.by, rule.order
    for row, cell in enumerate(cells):
        if text_of(cell) and not readings([cell], order):
            problem = "is not a date, so nobody knows which row of a person is the newest"
            return Fault(called(table, row, by), by, problem, "write it as 2026-03-31 14:05")
    last = max(row for row, cell in enumerate(cells) if len(readings([cell])) == 1 and cell)
    problem = "some dates of this column have the day first, and others the month"
    return Fault(called(table, last, by), by, problem, "write all of them as 2026-03-31 14:05")


def _note(table: Table, replaced: dict[int, int], rule: Duplicates) -> str:
    few = [
        f"{called(table, row)} ({called(table, winner)} counts)"
        for row, winner in list(replaced.items())[:FEW]
    ]
    more = f" and {len(replaced) - FEW} more" if len(replaced) > FEW else ""
    some = "1 row is" if len(replaced) == 1 else f"{len(replaced)} rows are"
    said = f"further answers of the same people, and {rule.sentence()}"
    return f"{table.name}: {some} left out as {said}: {', '.join(few)}{more}"
