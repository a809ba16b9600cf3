"""Reading requests and earlier pairs."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.documents import read_document
from rmatch.io.tables.source import read_table
from rmatch.people import REQUEST_KINDS, Request, Requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.tables.table import Table

REQUIRED = ("mentor", "mentee")
RANK = re.compile(r"[0-9]+(\.0+)?")  # pandas writes whole numbers beside gaps as 2.0
COLUMNS = (*REQUIRED, "kind", "rank", "override_reason")


@runtime_checkable
class Partners(Protocol):
    """Two people of a pair, by their ids."""

    mentor: str
    mentee: str


@runtime_checkable
class Result(Protocol):
    """An earlier result, such as a :class:`rmatch.Matching`: it says which pairs it has."""

    pairs: Sequence[Partners]


def read_requests(source: Any = None, *, previous: Any = None) -> Requests:
    """Read requests from a table, and earlier pairs from an earlier result.

    Parameters
    ----------
    source : path, dataframe, sequence or Requests, optional
        A table with the columns ``mentor``, ``mentee`` and ``kind``, and where they are needed ``rank`` and
        ``override_reason``; a path ends in ``.csv``, ``.xlsx`` or ``.json``.
    previous : path, dataframe, sequence or Matching, optional
        A table with the columns ``mentor`` and ``mentee``, such as the file of an earlier result, or that result.

    Returns
    -------
    Requests
        The rows of both.

    Raises
    ------
    InvalidInputError
        With everything that is wrong.

    Examples
    --------
    >>> read_requests([{"mentor": "E7", "mentee": "D2", "kind": "lock"}]).rows
    (Request(mentor='E7', mentee='D2', kind='lock', rank=None, override_reason=''),)
    """
    if isinstance(source, Requests) and previous is None:
        return source
    stated = source.rows if isinstance(source, Requests) else _rows(source, "requests")
    return Requests((*stated, *_rows(previous, "previous")))


def _rows(source: Any, what: str) -> tuple[Request, ...]:
    if source is None:
        return ()
    if isinstance(source, Result):
        return tuple(Request(pair.mentor, pair.mentee, "previous") for pair in source.pairs)
    table = read_table(_records(_pairs_of(source)))
    faults = [*table.faults, *_header_faults(table, what)]
    if faults:
        raise InvalidInputError(faults)
    rows = [_row(table, position, what, faults) for position in range(len(table))]
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
    if isinstance(source, list | tuple) and all(isinstance(each, Partners) for each in source):
        return [{"mentor": each.mentor, "mentee": each.mentee} for each in source]
    return source


def _header_faults(table: Table, what: str) -> Iterator[Fault]:
    known = table.columns
    required = REQUIRED if what == "previous" else (*REQUIRED, "kind")
    for column in required if len(table) else ():
        if column not in known:
            yield Fault(table.name, column, "this column is missing", nearest(column, known))
    # An earlier result has columns of its own beside the two ids; a table of requests has not.
    for column in known if what == "requests" else ():
        if column not in COLUMNS:
            problem = f"{column!r} is not a column of requests"
            yield Fault(table.name, column, problem, nearest(column, COLUMNS))


def _row(table: Table, position: int, what: str, faults: list[Fault]) -> Request:
    cells = {
        column: text_of(table.columns[column][position])
        for column in COLUMNS
        if column in table.columns
    }
    where = f"{table.name}, {table.unit} {table.numbers[position]}"
    empty = [column for column in REQUIRED if not cells[column]]
    faults.extend(Fault(where, column, "is empty", "give an id") for column in empty)
    mentor, mentee = cells["mentor"], cells["mentee"]
    if what == "previous":
        return Request(mentor, mentee, "previous")
    kind, rank = cells["kind"].lower(), cells.get("rank", "")
    if kind not in REQUEST_KINDS:
        problem = f"{kind!r} is not a kind of request"
        faults.append(Fault(where, "kind", problem, nearest(kind, REQUEST_KINDS)))
    is_rank = RANK.fullmatch(rank) is not None
    if rank and not is_rank:
        remedy = "give a whole number, 1 for the first wish"
        faults.append(Fault(where, "rank", f"{rank!r} is not a rank", remedy))
    number = int(rank.split(".")[0]) if is_rank else None
    return Request(mentor, mentee, kind, number, cells.get("override_reason", ""))
