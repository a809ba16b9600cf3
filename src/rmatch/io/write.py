"""Writing people, so that they read back the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rmatch.io.columns import SEPARATOR, STANDARD
from rmatch.io.tables.csv import DIALECTS, Dialect
from rmatch.io.tables.paths import flattened
from rmatch.io.tables.records import item_text, record_of
from rmatch.io.tables.written import TABLES, write_table, written_kind
from rmatch.people import People, Person
from rmatch.utils.files import write_text
from rmatch.utils.validation import choice, instance, path_faults, refuse

PEOPLE = (*TABLES, ".json")
"""The endings of files of people that are written."""


def write_people(people: People, path: str | Path, *, dialect: Dialect = "excel") -> None:
    """Write people as a file that :func:`rmatch.read_people` reads back the same.

    Parameters
    ----------
    people : People
        Whom to write.
    path : str or Path
        The file: a ``.csv`` in UTF-8 with the byte order mark that Excel needs, a workbook (``.xlsx``), or a ``.json`` with
        one line a person.
    dialect : {"excel", "excel-de"}
        Of CSV: commas and decimal points, or semicolons and decimal commas.

    Raises
    ------
    InvalidInputError
        If the file is to be of another kind, or for an unknown dialect.
    ModuleNotFoundError
        If a workbook is asked for, and XlsxWriter is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import rmatch
    >>> people = rmatch.datasets.example()
    >>> with TemporaryDirectory() as folder:
    ...     write_people(people, Path(folder) / "people.csv")
    ...     rmatch.read_people(Path(folder) / "people.csv") == people
    True
    """
    reader = "give People: rmatch.read_people reads a table"
    refuse(
        [*instance("write_people", "people", people, People, reader), *path_faults("people", path)]
    )
    if written_kind(path, PEOPLE) == ".json":
        refuse(choice("write_people", "dialect", dialect, DIALECTS))
        write_text(path, _json(people))
    else:
        write_table(_lines(people), path, dialect)


def _lines(people: People) -> Iterator[list[Any]]:
    headers = _headers(people)
    yield headers
    for person in people:
        record = dict(flattened(complete_record(person, people)))
        yield [_cell(record.get(header)) for header in headers]


def _json(people: People) -> str:
    records = (json.dumps(complete_record(person, people), ensure_ascii=False) for person in people)
    return '{"people": [\n' + ",\n".join(records) + "\n]}\n"


def complete_record(person: Person, people: People) -> dict[str, Any]:
    """Return a person's record as it is written, with every question that anybody was asked."""
    record = record_of(person)
    # Rounds were kept before there were priorities, and whoever has none is written as then.
    if record["priority"] is None:
        del record["priority"]
    record["dimensions"] = {name: record["dimensions"].get(name, []) for name in people.dimensions}
    record["consent"] = {name: record["consent"].get(name, []) for name in people.consent}
    record["extra"] = {name: record["extra"].get(name) for name in people.extra}
    return record


def _headers(people: People) -> list[str]:
    groups: dict[str, Iterable[str]] = {
        "dimension": people.dimensions,
        "consent": people.consent,
        "extra": people.extra,
    }
    standard = [header for header in STANDARD if ":" not in header]
    return standard + [f"{prefix}:{name}" for prefix, group in groups.items() for name in group]


def _cell(cell: Any) -> Any:
    if isinstance(cell, dict):
        items = {
            item_text(topic, topical=True, numbered=True): number for topic, number in cell.items()
        }
        return _joined(f"{item}:{number}" if number else item for item, number in items.items())
    return _joined(cell) if isinstance(cell, list) else cell


def _joined(items: Iterable[str]) -> str:
    return f"{SEPARATOR} ".join(items)
