"""How several tables are joined, as far as their cells tell."""

from __future__ import annotations

from collections.abc import Sequence

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.cells.dates import ORDERS
from rmatch.io.join.candidates import likely_key
from rmatch.io.join.duplicates import settle, timed_column
from rmatch.io.join.join import joined, named_apart
from rmatch.io.join.keys import keys_of, repeated
from rmatch.io.join.moments import readings
from rmatch.io.join.spec import Duplicates, Join
from rmatch.io.mapping.translation import Translation
from rmatch.io.tables.table import Table


def joined_by_guess(
    tables: Sequence[Table],
) -> tuple[Table, tuple[Join, ...], Duplicates | None]:
    """Join tables by the columns that have most in common.

    Parameters
    ----------
    tables : sequence of Table
        At least two about the same people.

    Returns
    -------
    Table, tuple of Join, Duplicates or None
        The joined table, the joins, and which of several rows of one person was taken to count, where somebody has them;
        with an order of day and month where nothing tells it and it matters.

    Raises
    ------
    InvalidInputError
        If two tables have nothing in common by which they could be joined.
    """
    whole, *further = named_apart(tables)
    joins: list[Join] = []
    rule: Duplicates | None = None
    for right in further:
        key = likely_key(whole, right)
        if not key:
            raise _apart(whole, right)
        for table, headers in zip((whole, right), zip(*key, strict=True), strict=True):
            if groups := repeated(keys_of(table, headers, frozenset({""}))):
                rule = _newest(table, groups) or rule or Duplicates("last")
        joins.append(Join(key))
        both = joined([whole, right], Translation(joins=(joins[-1],), duplicates=rule))
        if any(fault.field == "join.key" for fault in both.faults):
            raise _apart(whole, right)
        whole = both
    return whole, tuple(joins), rule


def _apart(whole: Table, right: Table) -> InvalidInputError:
    """Return the error for tables that are about different people, by all that they say."""
    problem = f"no column of it names the people of {whole.name}"
    remedy = (
        "give tables that both hold an id or an e-mail address; if one holds mentors and the other mentees, call them"
        ' so: "mentors.csv" and "mentees.csv"'
    )
    return InvalidInputError([Fault(right.name, "", problem, remedy)])


def _newest(table: Table, groups: Sequence[Sequence[int]]) -> Duplicates | None:
    """Return the choice of the newest row, if a column tells when it was written."""
    by = timed_column(table)
    if not by:
        return None
    ways = [Duplicates("newest", by, order=order) for order in ORDERS[:2]]
    unsure = len(readings(table.columns[by])) > 1
    first, other = (settle(table, groups, way, by).replaced for way in ways)
    return ways[0] if unsure and first != other else Duplicates("newest", by)
