"""People that a program holds already: columns in a dict, models, dataclasses, rows of a database or of a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from rmatch.errors import Fault
from rmatch.io.faults import refusal
from rmatch.io.tables.frames import plain
from rmatch.io.tables.grid import Grid
from rmatch.io.tables.layout import UNSAID, Layout
from rmatch.io.tables.records import person_faults, record_of, tabulate_records
from rmatch.io.tables.shape import shaped
from rmatch.io.tables.table import Table
from rmatch.people import Person
from rmatch.utils.validation import a_kind, refuse

THE_LIST, THE_DICT = "the list", "the dict"
_ONE_VALUE = (str, bytes, int, float, bool, type(None), Mapping)


def list_table(people: Sequence[Any], layout: Layout = UNSAID) -> Table:
    """Make a table of a list of people, or of rows the first of which holds the headers.

    Parameters
    ----------
    people : sequence
        Of :class:`~rmatch.Person`, mappings, pydantic models, dataclasses, named tuples, rows of a database, or lists.
    layout : Layout
        How rows are laid out, and where topics stand in records.

    Returns
    -------
    Table
        The columns.
    """
    made = ((number, each) for number, each in enumerate(people, 1) if isinstance(each, Person))
    refuse(fault for number, person in made for fault in person_faults(number, person))
    records = [record_from(each) for each in people]
    rows = all(isinstance(record, list | tuple) for record in records)
    if records and rows and any(isinstance(cell, str) for cell in records[0]):
        return shaped(Grid(THE_LIST, list(enumerate(records, 1))), layout)
    return tabulate_records(THE_LIST, records, layout.whole)


def record_from(item: Any) -> Any:
    """Return a person as a mapping of fields to values, and what is none as it is.

    Examples
    --------
    >>> from collections import namedtuple
    >>> record_from(namedtuple("Row", "id role")("E7", "mentor"))
    {'id': 'E7', 'role': 'mentor'}
    """
    if isinstance(item, Mapping):
        return item
    if isinstance(item, Person):
        return record_of(item)
    if callable(dump := getattr(item, "model_dump", None)):  # pydantic
        return dump(mode="json")
    if is_dataclass(item) and not isinstance(item, type):
        return {each.name: _simple(getattr(item, each.name)) for each in fields(item)}
    if names := getattr(item, "__attrs_attrs__", None):
        return {each.name: _simple(getattr(item, each.name)) for each in names}
    if callable(as_dict := getattr(item, "_asdict", None)):  # a named tuple
        return as_dict()
    if isinstance(known := getattr(item, "_mapping", None), Mapping):  # SQLAlchemy
        return dict(known)
    if callable(keys := getattr(item, "keys", None)):  # sqlite3
        return {key: item[key] for key in keys()}
    return item


def dict_table(columns: Mapping[Any, Any]) -> Table:
    """Make a table of columns by header.

    Parameters
    ----------
    columns : mapping
        A list, or an array, for each header.

    Returns
    -------
    Table
        The columns.

    Raises
    ------
    InvalidInputError
        If some are no lists, or they differ in length.
    """
    if not columns:
        raise refusal(THE_DICT, "there is no column in it", "give a list for each header")
    single = [header for header, cells in columns.items() if isinstance(cells, _ONE_VALUE)]
    if single:
        problem = f"column {single[0]!r} is {a_kind(columns[single[0]])}, no list of cells"
        raise refusal(THE_DICT, problem, "give a list for each header, or a list of people")
    whole = {
        str(header).strip(): [plain(cell) for cell in cells] for header, cells in columns.items()
    }
    sizes = {header: len(cells) for header, cells in whole.items()}
    most = max(sizes.values(), default=0)
    refuse(
        Fault(THE_DICT, header, f"has {size} cells, and another column {most}", "give as many")
        for header, size in sizes.items()
        if size < most
    )
    return Table(THE_DICT, dict(whole), range(most))


def _simple(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | set | frozenset):
        return [_simple(item) for item in value]
    return record_from(value)
