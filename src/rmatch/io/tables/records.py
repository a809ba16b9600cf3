"""Records, one mapping a person: from JSON, from SCIM, or made in Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.answers import names_nothing, unnamed
from rmatch.io.cells.cell import is_bare, is_silent
from rmatch.io.cells.delimiters import holds_delimiter
from rmatch.io.cells.graded import carries_grade
from rmatch.io.cells.items import array_of, literal, object_of, quoted
from rmatch.io.columns import SEPARATOR, STANDARD, TOPICAL
from rmatch.io.tables.error_values import is_error_value
from rmatch.io.tables.paths import NESTED, flattened
from rmatch.io.tables.table import Table
from rmatch.people import COUNTS, SETS, TEXTS, TOPICS
from rmatch.utils.nesting import DEEPEST, too_deep
from rmatch.utils.validation import a_kind, seen, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.people import Person

NUMBERED = ("offers", "wants")
AS_THEY_ARE = ("name", "email", "role", "years", *COUNTS)


def tabulate_records(
    name: str, records: Sequence[Any], whole: frozenset[str] = frozenset()
) -> Table:
    """Make a table of records; a header is the path to a value.

    Parameters
    ----------
    name : str
        The source.
    records : sequence
        Mappings, which may hold further mappings and lists.
    whole : frozenset of str
        Paths under which a mapping is one value.

    Returns
    -------
    Table
        The columns, with a fault for every record that is no mapping or says something twice.
    """
    columns: dict[str, list[Any]] = {}
    numbers, faults = list[int](), list[Fault]()
    for number, record in enumerate(records, 1):
        if not isinstance(record, Mapping):
            faults.append(
                Fault(
                    f"person {number}",
                    "",
                    "this is not a record",
                    "give a mapping of fields to values",
                )
            )
            continue
        if too_deep(record):
            problem, remedy = f"the record is nested more than {DEEPEST} deep", "give it flat"
            faults.append(Fault(f"person {number}", "", problem, remedy))
            continue
        for header, cell in _cells(record, whole, number, faults).items():
            column = columns.setdefault(header, [])
            if len(column) < len(numbers):
                column.extend([None] * (len(numbers) - len(column)))
            column.append(cell)
        numbers.append(number)
    for column in columns.values():
        column.extend([None] * (len(numbers) - len(column)))
    return Table(name, dict(columns), numbers, "person", faults=faults)


def person_faults(number: int, person: Person) -> Iterator[Fault]:
    """Go through the fields of a person made in Python that are no list or no mapping where they should be.

    Parameters
    ----------
    number : int
        The person's number, from 1.
    person : Person
        Whom to look at.

    Yields
    ------
    Fault
        What is wrong; a value may be private and is not shown.

    Examples
    --------
    >>> from rmatch import Person
    >>> [str(fault) for fault in person_faults(1, Person(id="E7", role="mentor", languages=None))]
    ["person 1 (id 'E7'), languages: is a NoneType; give a list of texts"]
    """
    where = f"person {number} (id {seen(person.id)})"
    for name in (*SETS, *TOPICS):
        value = getattr(person, name)
        numbered = name in NUMBERED and isinstance(value, Mapping)
        if texts(where, name, list(value) if numbered else value) and not isinstance(value, str):
            remedy = (
                "give a mapping of topics to numbers"
                if name in NUMBERED
                else "give a list of texts"
            )
            yield Fault(where, name, f"is {a_kind(value)}", remedy)
    for name in NESTED:
        value = getattr(person, name)
        if not isinstance(value, Mapping):
            yield Fault(where, name, f"is {a_kind(value)}", "give a mapping")
        elif name != "extra":
            wrong = [
                key
                for key, inner in value.items()
                if texts(where, name, inner) and not isinstance(inner, str)
            ]
            yield from (
                Fault(where, name, f"{seen(key)} has no list of texts", "give one") for key in wrong
            )


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
    >>> from rmatch import Person
    >>> record = record_of(Person(id="E7", role="mentor", site="NA", languages=["en"]))
    >>> record["site"], record["languages"]
    ('"NA"', ['en'])
    """
    record: dict[str, Any] = {name: getattr(person, name) for name in AS_THEY_ARE}
    record |= {name: _name(getattr(person, name)) for name in ("name", "email")}
    record |= {
        name: _text(getattr(person, name)) for name in ("id", *TEXTS) if name not in AS_THEY_ARE
    }
    record |= {
        name: _items(getattr(person, name), topical=name in TOPICAL)
        for name in (*SETS, "lived_topics")
    }
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


def _cells(
    record: Mapping[Any, Any], whole: frozenset[str], number: int, faults: list[Fault]
) -> dict[str, Any]:
    pairs = flattened(record, whole)
    cells = dict(pairs)
    if len(cells) < len(pairs):
        counts = Counter(path for path, _ in pairs)
        repeated = [path for path, count in counts.items() if count > 1]
        where = f"person {number}"
        faults.extend(Fault(where, path, "is given twice", "give it once") for path in repeated)
    return cells


def _name(text: Any) -> Any:
    return quoted(text) if isinstance(text, str) and is_silent(literal(text.strip())) else text


def _text(text: Any) -> Any:
    if not isinstance(text, str) or not text:
        return text
    bare = text.strip()
    silent = is_silent(bare) or is_bare(bare) or names_nothing(bare)
    return quoted(text) if silent or literal(bare) != bare or is_error_value(bare) else text


def _items(labels: Any, *, topical: bool = False) -> Any:
    if isinstance(labels, str):
        return labels
    return [item_text(label, topical=topical) for label in labels]


def _numbered(topics: Any) -> Any:
    return dict(topics) if isinstance(topics, Mapping) else _items(topics, topical=True)


def item_text(label: str, *, topical: bool = False, numbered: bool = False) -> str:
    """Return an item of a list as it is written: in double quotes where it would be read as something else.

    Examples
    --------
    >>> (
    ...     item_text("python"),
    ...     item_text("a; b"),
    ...     item_text("AWS: EC2", numbered=True),
    ...     item_text("No", topical=True),
    ... )
    ('python', '"a; b"', '"AWS: EC2"', '"No"')
    """
    bare = label.strip()
    plain = (
        SEPARATOR not in label
        and not bare.startswith('"')
        and (array_of(bare), object_of(bare)) == (None, None)
        and not is_silent(bare)
        and not is_bare(bare)
        and not is_error_value(bare)
        and not (topical and (unnamed(bare) or holds_delimiter(bare) or carries_grade(bare)))
    )
    return label if plain and not (numbered and ":" in label) else quoted(label)
