"""Rows that could not be read and look like nobody: a heading of a group, a unit, a legend, another table, a total."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.io.tables.no_people import trial_columns
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rmatch.io.tables.table import Table

SHOWN = 20
SPARSE = "holds less than any other", "hold less than any other"
LABELS = "says what the columns hold", ""
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")


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
    people = [row for row in range(len(table)) if row not in wrong]
    if not wrong or not table.letters:
        return
    filled = [
        sum(1 for cell in cells if text_of(cell))
        for cells in zip(*table.columns.values(), strict=True)
    ]
    for cells in table.lost.values():
        for row in cells:
            filled[row] += 1
    least = min((filled[row] for row in people), default=0)
    sparse = [row for row in sorted(wrong) if filled[row] < least]
    labels = [0] if 0 in wrong and 0 not in sparse and _are_labels(table, people) else []
    for rows, (one, several) in ((sparse, SPARSE), (labels, LABELS)):
        named = _named(table, rows, people, telling)
        known = sorted(row for texts in named.values() for same in texts.values() for row in same)
        if not known or len(known) > SHOWN:
            continue
        drop = ", ".join(
            f"{{ {_quoted(header)} = {{ equals = [{', '.join(map(_quoted, texts))}] }} }}"
            for header, texts in named.items()
        )
        alone = len(known) == 1
        numbers = ", ".join(str(table.numbers[row]) for row in known)
        where = f"{table.name}, row{'' if alone else 's'} {numbers}"
        problem = f"{counted(len(known), 'row')} that cannot be read {one if alone else several}"
        remedy = f"if {'it is' if alone else 'they are'} nobody, write under [table] in a mapping: drop = [{drop}]"
        yield Fault(where, "", problem, remedy)


def _are_labels(table: Table, people: Sequence[int]) -> bool:
    """Tell whether the first row has no digit in several columns in which everybody has one: it says what they hold."""
    numbered = [
        cells
        for cells in table.columns.values()
        if all(_DIGIT.search(text_of(cells[row])) for row in people)
    ]
    return (
        len(people) > 0
        and len(numbered) > 1
        and not any(_DIGIT.search(text_of(cells[0])) for cells in numbered)
    )


def _named(
    table: Table, rows: Iterable[int], people: Sequence[int], telling: Sequence[str]
) -> dict[str, dict[str, list[int]]]:
    """Return by which text of which column rows are told from people: by none at all where they hold numbers only."""
    columns = [(header, table.columns[header]) for header in telling if header in table.columns]
    taken = {header: {_text(cells[row]) for row in people} for header, cells in columns}
    named: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        texts = [text_of(cells[row]) for cells in table.columns.values()]
        least = "" if any(map(_LETTER.search, texts)) else None
        own = (
            (header, text_of(cells[row]))
            for header, cells in columns
            if (isinstance(cells[row], str) or least is None)
            and _text(cells[row]) not in taken[header] | {least}
        )
        if name := next(own, None):
            named.setdefault(name[0], {}).setdefault(name[1], []).append(row)
    return named


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


def may_be_trials(table: Table) -> Iterator[str]:
    """Warn of rows that a column calls tests, as survey tools do, with the line that leaves them out.

    Parameters
    ----------
    table : Table
        The columns of a file.

    Yields
    ------
    str
        One warning a column.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> table = Table("a.csv", {"Mode": ["live", "Test", "live"]}, range(2, 5))
    >>> print(*may_be_trials(table))
    WARNING: a.csv, Mode: 1 row that may be a trial is read as a person; if it is one, write under [table] in a mapping: drop = [{ "Mode" = { equals = ["test"] } }]
    """
    headers = list(table.columns)
    for place, words in trial_columns(headers, sure=False):
        texts = [_text(cell) for cell in table.columns[headers[place]]]
        found = [text for text in texts if text in words]
        if 0 < len(found) < len(texts):
            values = ", ".join(map(_quoted, sorted(set(found))))
            drop = f"drop = [{{ {_quoted(headers[place])} = {{ equals = [{values}] }} }}]"
            one = len(found) == 1
            are = "is read as a person" if one else "are read as people"
            some = f"{counted(len(found), 'row')} that may be {'a trial' if one else 'trials'}"
            remedy = (
                f"if {'it is one' if one else 'they are'}, write under [table] in a mapping: {drop}"
            )
            yield f"WARNING: {table.name}, {headers[place]}: {some} {are}; {remedy}"


def _text(cell: Any) -> str:
    return text_of(cell).casefold()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
