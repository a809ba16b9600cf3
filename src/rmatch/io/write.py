"""Writing people, so that they read back the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rmatch.io.cells.cell import text_of
from rmatch.io.columns import SEPARATOR, STANDARD
from rmatch.io.faults import refusal
from rmatch.io.tables.csv import csv_text
from rmatch.io.tables.paths import flattened
from rmatch.io.tables.records import item_text, record_of
from rmatch.people import People, Person
from rmatch.utils.files import write_text
from rmatch.utils.validation import instance, path_faults, refuse


def write_people(people: People, path: str | Path) -> None:
    """Write people as a file that :func:`rmatch.read_people` reads back the same.

    Parameters
    ----------
    people : People
        Whom to write.
    path : str or Path
        The file: a ``.csv`` in UTF-8 with the byte order mark that Excel needs, or a ``.json`` with one line a person.

    Raises
    ------
    InvalidInputError
        If the file is to be of another kind.

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
    as_text, encoding = (_csv, "utf-8-sig") if written_kind(path) == ".csv" else (_json, "utf-8")
    write_text(path, as_text(people), encoding)


def written_kind(path: str | Path) -> str:
    """Return the ending of a file of people that is to be written.

    Raises
    ------
    InvalidInputError
        If such a file is not written.

    Examples
    --------
    >>> written_kind("People.CSV")
    '.csv'
    """
    name, kind = Path(path).name, Path(path).suffix.lower()
    if kind not in {".csv", ".json"}:
        problem = f"{kind!r} is not a kind of file that is written"
        raise refusal(name, problem, "name it .csv or .json")
    return kind


def _csv(people: People) -> str:
    headers = _headers(people)
    rows = (dict(flattened(complete_record(person, people))) for person in people)
    lines = ([_cell(row.get(header)) for header in headers] for row in rows)
    return csv_text([headers, *lines])


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


def _cell(cell: Any) -> str:
    if isinstance(cell, dict):
        items = {
            item_text(topic, topical=True, numbered=True): number for topic, number in cell.items()
        }
        return _joined(f"{item}:{number}" if number else item for item, number in items.items())
    return _joined(cell) if isinstance(cell, list) else text_of(cell)


def _joined(items: Iterable[str]) -> str:
    return f"{SEPARATOR} ".join(items)
