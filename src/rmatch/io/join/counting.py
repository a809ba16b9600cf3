"""Which rows of a table count, where several are about one person and the mapping says which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.io.join.duplicates import groups_of, settle
from rmatch.io.join.humans import same_humans
from rmatch.io.join.joined import Joined
from rmatch.io.join.keys import exact, repeated
from rmatch.io.join.traces import traced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Table


def rows_that_count(
    table: Table, fields: Mapping[str, Sequence[str]], translation: Translation | None
) -> Table:
    """Return a table with one row a person, as far as the mapping says which.

    Parameters
    ----------
    table : Table
        The table.
    fields : mapping of str to sequence of str
        The source columns of each field.
    translation : Translation or None
        The mapping.

    Returns
    -------
    Table
        The rows that count. Without a choice in the mapping those are all; who has several is a fault later on.
    """
    rule = translation.duplicates if translation else None
    if translation is None or rule is None or not rule.keep or not len(table):
        return table
    if rule.by and rule.by not in table.columns:
        return table  # which is a fault of the mapping already
    headers = {
        field: fields.get(field) or traced(table, field) for field in ("id", "email", "name")
    }
    ids, emails, names = (
        _texts(table, headers[field], translation.unknown) for field in ("id", "email", "name")
    )
    if isinstance(table, Joined):
        names = [""] * len(table)  # the key of the join has told the people of one name apart
    links, _ = same_humans(ids, emails, names, rule)
    rows = [[link.first, link.second] for link in links]
    header = (headers[links[0].field if links else "id"] or ["id"])[0]
    settled = settle(table, groups_of([*repeated(ids), *rows]), rule, header)
    if not (settled.replaced or settled.faults):
        return table
    by_name = sum(1 for link in links if link.field == "name")
    if by_name and settled.replaced:
        some = "1 row was" if by_name == 1 else f"{by_name} rows were"
        hint = "list the ids of different people in the mapping: duplicates.namesakes"
        settled.notes.append(
            f"{table.name}: {some} taken for the same person by name alone; {hint}"
        )
    fewer = _kept(table, settled.replaced, ids, fields)
    return replace(
        fewer,
        notes=[*table.notes, *settled.notes],
        faults=[*table.faults, *settled.faults],
    )


def _kept(
    table: Table,
    replaced: Mapping[int, int],
    ids: Sequence[str],
    fields: Mapping[str, Sequence[str]],
) -> Table:
    """Return the rows that count; whose boss is called by the id of another row has the one that counts."""
    fewer = table.take([row for row in range(len(table)) if row not in replaced])
    renamed = {
        ids[row]: ids[winner] for row, winner in replaced.items() if ids[row] and ids[winner]
    }
    for header in fields.get("manager_id", ()):
        bosses = fewer.columns[header]
        fewer.columns[header] = [renamed.get(exact(boss, frozenset()), boss) for boss in bosses]
    return fewer


def _texts(table: Table, headers: Sequence[str], unknown: frozenset[str]) -> list[str]:
    parts = [[exact(cell, unknown) for cell in table.columns[header]] for header in headers]
    if len(parts) == 1:
        return parts[0]
    return [" ".join(filter(None, row)) for row in zip(*parts, strict=True)] or [""] * len(table)
