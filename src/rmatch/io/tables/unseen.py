"""Cells with characters that nobody sees: a mark of order, a space without width, an accent apart from its letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.utils.spelling import all_visible, visible
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.tables.table import Table

SHOWN = 20


def as_seen(table: Table) -> Table:
    r"""Return a table as its reader sees it, with a note of every cell that held more.

    Parameters
    ----------
    table : Table
        The raw columns.

    Returns
    -------
    Table
        Its headers and texts as :func:`~rmatch.utils.spelling.visible` has them.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> table = as_seen(Table("staff.csv", {"id": ["\ufeff1", "2"]}, [2, 3], letters={"id": "A"}))
    >>> table.columns["id"], table.notes
    (['1', '2'], ['staff.csv: 1 cell is read without what nobody sees in it: A2'])
    """
    columns: dict[str, Sequence[Any]] = {}
    places: list[str] = []
    faults = list[Fault]()
    for written, cells in table.columns.items():
        header = visible(written).strip()
        if header in columns:
            problem = "two columns have this header, but for what nobody sees"
            faults.append(Fault(table.name, header, problem, "rename one of them"))
            continue
        if header != written:
            places.append(f"the header {header}")
        changed = _changed(cells)
        places += (table.cell(row, written) for row in changed)
        columns[header] = (
            [changed.get(row, cell) for row, cell in enumerate(cells)] if changed else cells
        )
    if not places and not faults:
        return table
    if places:
        few = ", ".join(places[:SHOWN])
        more = f" and {len(places) - SHOWN:,} more" * (len(places) > SHOWN)
        is_read = "is" if len(places) == 1 else "are"
        some = f"{counted(len(places), 'cell')} {is_read} read without what nobody sees in"
        them = "it" if len(places) == 1 else "them"
        table.notes.append(f"{table.name}: {some} {them}: {few}{more}")
    return replace(table, columns=columns, faults=[*table.faults, *faults])


def _changed(cells: Sequence[Any]) -> Mapping[int, Any]:
    """Return the cells that look different from what they hold, by row."""
    try:
        # Most columns repeat few texts, or hold no letter beyond ASCII.
        if all(type(cell) is not str or visible(cell) == cell for cell in set(cells)):
            return {}
    except TypeError:  # a list in a cell of JSON
        pass
    seen = ((row, cell, all_visible(cell)) for row, cell in enumerate(cells))
    return {row: new for row, cell, new in seen if new is not cell and new != cell}
