"""Writing people, so that they read back the same, and templates to fill in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.io.cells import UNKNOWN, text_of
from rmatch.io.columns import COLUMNS, SEPARATOR, STANDARD
from rmatch.io.csv import csv_text
from rmatch.io.faults import refusal
from rmatch.io.items import literal, quoted
from rmatch.io.records import flattened
from rmatch.people.people import CAPACITIES, SETS, TEXTS
from rmatch.utils.files import write_text
from rmatch.utils.validation import path_faults, refuse, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.people.people import People, Person

AS_THEY_ARE = ("name", "email", "role", "years", *CAPACITIES)


def people_to_csv(people: People, path: str | Path) -> None:
    """Write people as CSV in UTF-8, with the byte order mark that Excel needs.

    Parameters
    ----------
    people : People
        Whom to write.
    path : str or Path
        The file.
    """
    headers = _headers(people)
    rows = (dict(flattened(_complete(person, people))) for person in people)
    lines = ([_cell(row.get(header)) for header in headers] for row in rows)
    write_text(path, csv_text([headers, *lines]), "utf-8-sig")


def people_to_json(people: People, path: str | Path) -> None:
    """Write people as JSON, one line a person.

    Parameters
    ----------
    people : People
        Whom to write.
    path : str or Path
        The file.
    """
    records = (json.dumps(_complete(person, people), ensure_ascii=False) for person in people)
    write_text(path, '{"people": [\n' + ",\n".join(records) + "\n]}\n")


def write_template(path: str | Path, dimensions: Iterable[str] = ("age", "gender")) -> None:
    """Write a table with every column and two people as examples, to be filled in.

    Parameters
    ----------
    path : str or Path
        A ``.csv`` or ``.json`` file.
    dimensions : iterable of str
        The demographic questions that the organisation asks.

    Raises
    ------
    InvalidInputError
        If the file is to be of another kind.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from rmatch.io import read_people
    >>> with TemporaryDirectory() as folder:
    ...     write_template(Path(folder) / "people.csv", dimensions=["age"])
    ...     read_people(Path(folder) / "people.csv")
    <People: 1 mentor, 1 mentee, 4 topics, 1 dimension>
    """
    from rmatch.io.read import read_people

    refuse([*path_faults("template", path), *texts("template", "dimensions", dimensions, "names")])
    writers = {".csv": people_to_csv, ".json": people_to_json}
    kind = Path(path).suffix.lower()
    if kind not in writers:
        raise refusal(
            Path(path).name,
            f"{kind!r} is not a kind of file that is written",
            "name it .csv or .json",
        )
    writers[kind](read_people(_examples(dimensions)), path)


def record_of(person: Person) -> dict[str, Any]:
    """Return a person as the record that reads back the same: what would be taken otherwise stands in double quotes.

    Parameters
    ----------
    person : Person
        Whom to write.

    Returns
    -------
    dict of str to object
        Values by field.

    Examples
    --------
    >>> from rmatch.people.people import Person
    >>> record = record_of(Person(id="E7", role="mentor", site="NA", languages=["en"]))
    >>> record["site"], record["languages"]
    ('"NA"', ['en'])
    """
    record: dict[str, Any] = {name: getattr(person, name) for name in AS_THEY_ARE}
    record |= {
        name: _text(getattr(person, name)) for name in ("id", *TEXTS) if name not in AS_THEY_ARE
    }
    record |= {name: _items(getattr(person, name)) for name in (*SETS, "lived_topics")}
    record |= {name: _numbered(getattr(person, name)) for name in ("offers", "wants")}
    unanswered = dict.fromkeys(name for name in person.consent if name != "lived_topics")
    record["dimensions"] = {
        **unanswered,
        **{name: _items(answers) for name, answers in person.dimensions.items()},
    }
    record["consent"] = {name: _items(purposes) for name, purposes in person.consent.items()}
    record["extra"] = {name: _text(value) for name, value in person.extra.items()}
    return {
        name: record[name]
        for name in [*STANDARD, "dimensions", "consent", "extra"]
        if name in record
    }


def _complete(person: Person, people: People) -> dict[str, Any]:
    record = record_of(person)
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


def _text(text: Any) -> Any:
    literally = (
        isinstance(text, str)
        and text
        and (text.strip().casefold() in UNKNOWN or literal(text.strip()) != text.strip())
    )
    return quoted(text) if literally else text


def _items(labels: Any) -> Any:
    return labels if isinstance(labels, str) else [_item(label) for label in labels]


def _numbered(topics: Any) -> Any:
    return dict(topics) if isinstance(topics, Mapping) else _items(topics)


def _item(label: str, *, numbered: bool = False) -> str:
    plain = (
        SEPARATOR not in label
        and not label.strip().startswith('"')
        and label.strip().casefold() not in UNKNOWN
    )
    return label if plain and not (numbered and ":" in label) else quoted(label)


def _cell(cell: Any) -> str:
    if isinstance(cell, dict):
        return _joined(
            _item(topic, numbered=True) + (f":{number}" if number else "")
            for topic, number in cell.items()
        )
    return _joined(cell) if isinstance(cell, list) else text_of(cell)


def _joined(items: Iterable[str]) -> str:
    return f"{SEPARATOR} ".join(items)


def _examples(dimensions: Iterable[str]) -> list[Mapping[str, Any]]:
    people: list[dict[str, Any]] = [{}, {}]
    for column in COLUMNS:
        for header in [
            column.header.replace("<name>", name) for name in _names(column.header, dimensions)
        ]:
            for person, example in zip(people, column.examples, strict=True):
                person[header] = example
    return list(people)


def _names(header: str, dimensions: Iterable[str]) -> Iterable[str]:
    if "<" not in header:
        return [""]
    return ["club"] if header.startswith("extra") else dimensions
