"""Reading requests and earlier pairs."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.cells import text_of
from rmatch.io.documents import read_document
from rmatch.people.requests import KINDS, Request, Requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.io.table import Table

REQUIRED = ("mentor", "mentee")
RANK = re.compile(r"[0-9]+(\.0+)?")  # pandas writes whole numbers beside gaps as 2.0
COLUMNS = (*REQUIRED, "kind", "rank", "override_reason")


def read_requests(source: Any = None, previous: Any = None) -> Requests:
    """Read requests and earlier pairs; see :meth:`rmatch.Requests.read`."""
    if isinstance(source, Requests) and previous is None:
        return source
    stated = source.rows if isinstance(source, Requests) else _rows(source, "requests")
    return Requests((*stated, *_rows(previous, "previous")))


def _rows(source: Any, what: str) -> tuple[Request, ...]:
    from rmatch.io.read import read_table

    if source is None:
        return ()
    if hasattr(source, "pairs"):
        return tuple(Request(pair.mentor, pair.mentee, "previous") for pair in source.pairs)
    table = read_table(_records(_pairs_of(source)))
    faults = [*table.faults, *_header_faults(table, what)]
    if faults:
        raise InvalidInputError(faults)
    rows = [_row(table, place, what, faults) for place in range(len(table))]
    if faults:
        raise InvalidInputError(faults)
    return tuple(rows)


def _pairs_of(source: Any) -> Any:
    """Return the pairs inside a result that was written as JSON, and any other source as it is."""
    if isinstance(source, str | os.PathLike) and Path(source).suffix.lower() == ".json":
        document = read_document(Path(source), "result")
        return document.get("pairs", source) if isinstance(document, dict) else document
    return source


def _records(source: Any) -> Any:
    """Return a list of pairs of a matching as a list of records, and any other source as it is."""
    if isinstance(source, list | tuple) and all(
        hasattr(each, "mentor") and hasattr(each, "mentee") for each in source
    ):
        return [{"mentor": each.mentor, "mentee": each.mentee} for each in source]
    return source


def _header_faults(table: Table, what: str) -> Iterator[Fault]:
    for column in REQUIRED if what == "previous" else (*REQUIRED, "kind"):
        if column not in table.columns and len(table):
            yield Fault(
                table.name, column, "this column is missing", nearest(column, table.columns)
            )
    for column in table.columns if what == "requests" else ():
        if column not in COLUMNS:
            yield Fault(
                table.name,
                column,
                f"{column!r} is not a column of requests",
                nearest(column, COLUMNS),
            )


def _row(table: Table, place: int, what: str, faults: list[Fault]) -> Request:
    cells = {
        column: text_of(table.columns[column][place])
        for column in COLUMNS
        if column in table.columns
    }
    where = f"{table.name}, {table.unit} {table.numbers[place]}"
    kind = "previous" if what == "previous" else cells["kind"].lower()
    rank, reason = cells.get("rank", ""), cells.get("override_reason", "")
    faults.extend(
        Fault(where, column, "is empty", "give an id") for column in REQUIRED if not cells[column]
    )
    if kind not in KINDS:
        faults.append(
            Fault(where, "kind", f"{kind!r} is not a kind of request", nearest(kind, KINDS))
        )
    if rank and not RANK.fullmatch(rank) and what == "requests":
        faults.append(
            Fault(
                where,
                "rank",
                f"{rank!r} is not a rank",
                "give a whole number, 1 for the first wish",
            )
        )
    number = int(rank.split(".")[0]) if RANK.fullmatch(rank) and what == "requests" else None
    return Request(
        cells["mentor"], cells["mentee"], kind, number, reason if what == "requests" else ""
    )
