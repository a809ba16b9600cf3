"""Tables whose rows are about two people each: their headers in our words, and what else holds such rows."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from rmatch.errors import Fault, nearest
from rmatch.io.documents import read_document
from rmatch.io.tables.table import Table
from rmatch.utils.text import counted

REQUIRED = ("mentor", "mentee")
RESULT = ("points", "why", "locked")
"""What the file of a result has beside, so that it can be given back with a column more."""
EXPLAINED = ("why", "lines", "broken")


@runtime_checkable
class Partners(Protocol):
    """Two people of a pair, by their ids."""

    mentor: str
    mentee: str


@runtime_checkable
class Result(Protocol):
    """An earlier result, such as a :class:`rmatch.Matching`: it says which pairs it has."""

    pairs: Sequence[Partners]


def pairs_of(source: Any) -> Any:
    """Return the ids of the pairs inside a saved round, and any other source as it is."""
    if isinstance(source, str | os.PathLike) and Path(source).suffix.lower() == ".json":
        document = read_document(Path(source), "result")
        if not isinstance(document, dict):
            return document
        pairs = document.get("pairs", source)
        if isinstance(pairs, list) and all(isinstance(pair, dict) for pair in pairs):
            return [{name: pair[name] for name in pair if name not in EXPLAINED} for pair in pairs]
        return pairs
    return source


def records(source: Any) -> Any:
    """Return a list of pairs of a matching as a list of records, and any other source as it is."""
    if isinstance(source, list | tuple) and all(isinstance(each, Partners) for each in source):
        return [{"mentor": each.mentor, "mentee": each.mentee} for each in source]
    return source


def in_our_words(table: Table, columns: Sequence[str]) -> Table:
    """Return a table with "Mentor ID" called mentor, and so on, where one column alone may be meant; ids come first."""
    meant: dict[str, str] = {}
    for column in columns:
        for ending in ("id", "") if column in REQUIRED else ("",):
            likely = [header for header in table.columns if _bare(header) == _bare(column) + ending]
            if len(likely) == 1 and column not in table.columns:
                meant.setdefault(likely[0], column)
                break
    if not meant:
        return table
    named = ", ".join(f"{header} as {column}" for header, column in meant.items())
    return replace(
        table,
        columns={meant.get(header, header): cells for header, cells in table.columns.items()},
        letters={meant.get(header, header): place for header, place in table.letters.items()},
        lost={meant.get(header, header): cells for header, cells in table.lost.items()},
        notes=[*table.notes, f"{table.name}: {counted(len(meant), 'header')} read: {named}"],
    )


def missing(table: Table, required: Sequence[str], columns: Collection[str]) -> Iterator[Fault]:
    """Go through the columns that a table with rows has to have, and has not."""
    for column in required if len(table) else ():
        if column not in table.columns:
            others = [header for header in table.columns if header not in columns]
            hint = nearest(column, others)
            remedy = f"{hint} rename it {column}" if hint.startswith("did") else hint or "add it"
            yield Fault(table.name, column, "this column is missing", remedy)


def unknown(table: Table, columns: Sequence[str], what: str) -> Iterator[Fault]:
    """Go through the columns that are none of a kind of table, nor of the file of a result."""
    for column in table.columns:
        if column not in (*columns, *RESULT):
            problem = f"{column!r} is not a column of {what}"
            hint = nearest(column, [each for each in columns if each not in table.columns])
            remedy = (
                f"{hint} rename it, or take it out" if hint.startswith("did") else "take it out"
            )
            yield Fault(table.name, column, problem, remedy)


def _bare(header: str) -> str:
    """Return a header without case, blanks and signs.

    Examples
    --------
    >>> _bare("Mentor ID"), _bare("override_reason")
    ('mentorid', 'overridereason')
    """
    return "".join(filter(str.isalnum, header.casefold()))
