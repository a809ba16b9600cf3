"""Reading requests and earlier pairs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.faults import refusal
from rmatch.io.fields.wishes import wishes_of
from rmatch.io.join.joined import called
from rmatch.io.mapping.loaded import NAME as MAPPING
from rmatch.io.mapping.translation import SIDES, translations
from rmatch.io.pairs import REQUIRED, Result, in_our_words, missing, pairs_of, records, unknown
from rmatch.io.read import parsed_sources
from rmatch.io.tables.layout import Layout
from rmatch.io.tables.source import read_table
from rmatch.io.tables.table import Table
from rmatch.people import REQUEST_KINDS, People, Request, Requests
from rmatch.utils.validation import refuse, shown

ASKER = "read_requests"
RANK = re.compile(r"[0-9]{1,9}(\.0{1,9})?")  # pandas writes whole numbers beside gaps as 2.0
COLUMNS = (*REQUIRED, "kind", "rank", "override_reason")
LAYOUT = Layout(wanted=frozenset(COLUMNS))
"""By its headers, the sheet of pairs in a workbook is found."""


def read_requests(
    source: Any = None,
    *,
    previous: Any = None,
    mentors: Any = None,
    mentees: Any = None,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    people: People | None = None,
) -> Requests:
    """Read requests from a table, or wishes from a sign-up table, and earlier pairs from an earlier result.

    Parameters
    ----------
    source : path, dataframe, sequence or Requests, optional
        A table with the columns ``mentor``, ``mentee`` and ``kind``, and where they are needed ``rank`` and
        ``override_reason``; a path ends in ``.csv``, ``.xlsx`` or ``.json``. With a mapping, the sign-up table that the
        people were read from.
    previous : path, dataframe, sequence or Matching, optional
        A table with the columns ``mentor`` and ``mentee``, such as the file of an earlier result, or that result.
    mentors, mentees : path, dataframe or sequence, optional
        The sign-up tables, with a mapping, where there is one a side.
    mapping : path or mapping, optional
        How the sign-up table is read: its key ``wishes`` names the columns in which people name others.
    people : People, optional
        Whom the wishes are about, as :func:`read_people` read them with the same mapping.

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
    (Request(mentor='E7', mentee='D2', kind='lock', rank=None),)

    Wishes from a sign-up table name people by id, e-mail address or name:

    >>> from rmatch.io import read_people
    >>> signups = [
    ...     {"id": "7", "role": "mentor", "name": "Ada Example"},
    ...     {"id": "2", "role": "mentee", "1st choice": "Example, Ada"},
    ... ]
    >>> mapping = {"wishes": {"mentee": ["1st choice"]}}
    >>> people = read_people(signups, mapping=mapping)
    >>> wishes = read_requests(signups, mapping=mapping, people=people)
    >>> wishes.rows
    (Request(mentor='7', mentee='2', kind='wish', rank=None),)
    >>> wishes.notes
    ('1 wish read: 1 by name',)
    """
    if mapping is not None:
        sides = {"mentors": mentors, "mentees": mentees}
        if not _names_wishes(mapping, mentors):
            raise refusal(
                MAPPING,
                "it names no columns of wishes",
                'write [wishes] and mentee = ["1st choice"]',
            )
        wishes, earlier = _all(
            lambda: read_wishes(source, **sides, mapping=mapping, people=people),
            lambda: _rows(previous, "previous"),
        )
    elif isinstance(source, Requests) and previous is None:
        return source
    elif source is None:
        return _rows(previous, "previous")
    else:
        wishes, earlier = _all(lambda: _stated(source), lambda: _rows(previous, "previous"))
    return Requests((*wishes.rows, *earlier.rows), (*wishes.notes, *earlier.notes))


def _all(*readers: Callable[[], Requests]) -> list[Requests]:
    """Return what each reads, or refuse with the faults of all."""
    read: list[Requests] = []
    faults: list[Fault] = []
    for reader in readers:
        try:
            read.append(reader())
        except InvalidInputError as error:
            faults.extend(error.faults)
    refuse(faults)
    return read


def _stated(source: Any) -> Requests:
    return source if isinstance(source, Requests) else _rows(source, "requests")


def read_wishes(
    source: Any = None,
    *,
    mentors: Any = None,
    mentees: Any = None,
    mapping: str | os.PathLike[str] | Mapping[str, Any],
    people: People | None,
) -> Requests:
    """Read the wishes that stand in the tables that people were read from; none where the mapping names no columns.

    Parameters
    ----------
    source, mentors, mentees, mapping : object
        As for :func:`read_people`.
    people : People
        What these were read as.

    Returns
    -------
    Requests
        The wishes.
    """
    if not isinstance(people, People):
        raise refusal(ASKER, "wishes are about people", "give people= as read_people read them")
    if not _names_wishes(mapping, mentors):
        return Requests()
    parsed, read = parsed_sources(source, mentors, mentees, mapping)
    refuse(fault for each in parsed for fault in each.faults.listed())
    pairs = zip(parsed, read, strict=True)
    return wishes_of([(each, translation) for each, translation in pairs if translation], people)


def _names_wishes(mapping: str | os.PathLike[str] | Mapping[str, Any], mentors: Any) -> bool:
    sides = () if mentors is None else SIDES
    return any(each.wishes.columns for each in translations(mapping, sides))


def _rows(source: Any, what: str) -> Requests:
    if source is None:
        return Requests()
    if isinstance(source, Result):
        pairs = (Request(pair.mentor, pair.mentee, "previous") for pair in source.pairs)
        return Requests(tuple(pairs))
    table = in_our_words(read_table(records(pairs_of(source)), LAYOUT), COLUMNS)
    faults = [*table.faults, *_header_faults(table, what)]
    rows = [_row(table, position, what, faults) for position in range(len(table))]
    refuse(faults)
    return Requests(tuple(rows), tuple(table.notes))


def _header_faults(table: Table, what: str) -> Iterator[Fault]:
    known = table.columns
    if what == "requests" and "kind" not in known and "points" in known:
        problem = "the column is missing: this looks like the file of a result"
        remedy = "give it as previous (--previous), or add the column: lock keeps its pairs"
        yield Fault(table.name, "kind", problem, remedy)
        return
    yield from missing(
        table, REQUIRED if what == "previous" else (*REQUIRED, "kind"), columns=COLUMNS
    )
    # An earlier result has columns of its own beside the two ids; a table of requests has not.
    if what == "requests":
        yield from unknown(table, COLUMNS, "requests")


def _row(table: Table, position: int, what: str, faults: list[Fault]) -> Request:
    """Return one request, and note all that is wrong with it, in columns that are there."""
    present = [column for column in COLUMNS if column in table.columns]
    cells = {column: text_of(table.columns[column][position]) for column in present}

    def wrong(column: str, problem: str, remedy: str) -> None:
        faults.append(Fault(called(table, position, column), column, problem, remedy))

    for column in REQUIRED:
        if cells.get(column) == "":
            wrong(column, "is empty", "give an id")
    mentor, mentee = (cells.get(column, "") for column in REQUIRED)
    if what == "previous":
        return Request(mentor, mentee, "previous")
    kind: Any = cells.get("kind", "").lower()
    rank = cells.get("rank", "")
    is_rank = RANK.fullmatch(rank) is not None
    if rank and not is_rank:
        wrong("rank", f"{shown(rank)} is not a rank", "give a whole number, 1 for the first wish")
    number = int(rank.split(".")[0]) if is_rank else None
    request = Request(mentor, mentee, kind, number, cells.get("override_reason", ""))
    if mentor and mentee and "kind" in cells:
        for fault in request.faults():
            wrong(fault.field, fault.problem, fault.remedy)
    elif "kind" in cells and kind not in REQUEST_KINDS:
        wrong("kind", f"{kind!r} is not a kind of request", nearest(kind, REQUEST_KINDS))
    return request
