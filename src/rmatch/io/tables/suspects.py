"""Rows that could not be read and hold less than any other: a heading of a group, a unit, a legend, another table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rmatch.io.tables.table import Table

SHOWN = 20


def may_be_nobody(table: Table, wrong: Collection[int], telling: Sequence[str]) -> Iterator[Fault]:
    """Ask about rows that may be no people, with the line of a mapping that leaves them out.

    Parameters
    ----------
    table : Table
        The columns of a file.
    wrong : collection of int
        The rows in which something is wrong.
    telling : sequence of str
        The headers of the columns by whose cells a row is named, none of them private.

    Yields
    ------
    Fault
        One, if there are such rows.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> columns = {"id": ["E1", "Sales"], "role": ["mentor", ""]}
    >>> table = Table("a.csv", columns, [2, 3], letters={"id": "A", "role": "B"})
    >>> print(*may_be_nobody(table, {1}, ["id", "role"]))
    a.csv, row 3: 1 row that cannot be read holds less than any other; if it is nobody, write under [table] in a mapping: drop = [{ "id" = { equals = ["Sales"] } }]
    """
    if not wrong:
        return
    filled = [
        sum(1 for cell in cells if text_of(cell))
        for cells in zip(*table.columns.values(), strict=True)
    ]
    for cells in table.lost.values():
        for row in cells:
            filled[row] += 1
    people = [row for row in range(len(table)) if row not in wrong]
    least = min((filled[row] for row in people), default=0)
    columns = [(header, table.columns[header]) for header in telling if header in table.columns]
    taken = {header: {_text(cells[row]) for row in people} for header, cells in columns}
    named: dict[str, dict[str, int]] = {}
    for row in sorted(wrong):
        own = (
            (header, text_of(cells[row]))
            for header, cells in columns
            if isinstance(cells[row], str) and _text(cells[row]) not in taken[header] | {""}
        )
        if filled[row] < least and (name := next(own, None)):
            named.setdefault(name[0], {}).setdefault(name[1], row)
    rows = sorted(row for cells in named.values() for row in cells.values())
    if not rows or len(rows) > SHOWN or not table.letters:
        return
    drop = ", ".join(
        f"{{ {_quoted(header)} = {{ equals = [{', '.join(map(_quoted, cells))}] }} }}"
        for header, cells in named.items()
    )
    one = len(rows) == 1
    where = f"{table.name}, row{'' if one else 's'} {', '.join(str(table.numbers[row]) for row in rows)}"
    problem = f"{counted(len(rows), 'row')} that cannot be read {'holds' if one else 'hold'} less than any other"
    remedy = f"if {'it is' if one else 'they are'} nobody, write under [table] in a mapping: drop = [{drop}]"
    yield Fault(where, "", problem, remedy)


def said_once(table: Table, headers: Iterable[str]) -> Iterator[str]:
    """Warn of columns that say a text in the first row of each group only, as print-outs and pivot tables do.

    Parameters
    ----------
    table : Table
        The columns of a file.
    headers : iterable of str
        Those that many people have in common, such as departments.

    Yields
    ------
    str
        One warning a column.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> table = Table("a.csv", {"Team": ["Data", "", "", "Sales", ""]}, range(2, 7))
    >>> print(*said_once(table, ["Team"]))
    WARNING: a.csv, Team: 2 texts stand once each, with 3 empty cells among them, which are unknown; where a text holds for the rows below it, too, write it into them
    """
    for header in headers:
        cells = table.columns.get(header, ())
        if "" not in cells and None not in cells:
            continue
        texts = [*map(text_of, cells)]
        said = [text for text in texts if text]
        grouped = len(said) > 1 and texts[0] and len(set(map(str.casefold, said))) == len(said)
        if grouped and 2 * len(said) <= len(texts):
            empty = counted(len(texts) - len(said), "empty cell")
            yield (
                f"WARNING: {table.name}, {header}: {len(said)} texts stand once each, with {empty} among them, which are"
                " unknown; where a text holds for the rows below it, too, write it into them"
            )


def _text(cell: Any) -> str:
    return text_of(cell).casefold()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
