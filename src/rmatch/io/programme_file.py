"""Programmes in TOML and JSON: read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.documents import read_document, shaped, write_document
from rmatch.io.for_some import KEY, restricted_to, taken_out
from rmatch.io.installed import BUILT_IN, GROUPS, installed, made
from rmatch.io.mapping.unsettled import settled
from rmatch.io.programme_shape import PARTS, adapter_with
from rmatch.objectives import NAMED, TOTAL, Objective
from rmatch.people import Only, bare
from rmatch.programme import ITEMS, LATER, Programme, faults_of
from rmatch.utils.names import OWN, name_of
from rmatch.utils.validation import instance, refuse, truth

EXACT = 2**53
"""Below it a float is one whole number only."""
READER = "give a Programme: rmatch.read_programme reads a file"


def read_programme(source: str | Path | Mapping[str, Any]) -> Programme:
    """Read a programme from a TOML or JSON file, or from the same structure as a mapping.

    Parameters
    ----------
    source : str, Path or mapping
        The file, or what it would hold.

    Returns
    -------
    Programme
        The programme. A file that has a table ``criteria`` (or ``rules``) names all of them; without it the default
        ones hold.

    Raises
    ------
    InvalidInputError
        With every wrong key, named with the nearest right one, and every wrong value.

    Examples
    --------
    >>> programme = read_programme({"criteria": {"expertise": {"weight": 1}}, "mentor_capacity": 2})
    >>> [criterion.kind for criterion in programme.criteria]
    ['expertise']
    """
    document = read_document(source, "programme")
    if not isinstance(document, dict):
        raise InvalidInputError(
            [Fault("programme", str(source), "is not a table", "put the keys at the top")]
        )
    faults: list[Fault] = []
    document = settled(document, lambda *doubt: faults.append(Fault("programme", *doubt)))
    doubtful = {fault.field.split(".")[0] for fault in faults}
    document.pop("$schema", None)
    if isinstance(document.get("dates"), list):
        document["dates"] = [_plain(each) for each in document["dates"]]
    if isinstance(document.get("objective"), str):
        document["objective"] = {"kind": document["objective"]}
    asked = taken_out(document, PARTS)
    own = {part: _installed(part, document.get(part)) for part in PARTS}
    shape, misshapen, incomplete = shaped(adapter_with(own), document, "programme", ITEMS)
    faults += misshapen
    values = {column.name: getattr(shape, column.name) for column in fields(shape)}
    for part in PARTS:
        if values[part] is None:
            values[part] = getattr(Programme(), part)
            continue
        before = len(faults)
        values[part] = tuple(_items(part, document[part], values[part], own[part], asked, faults))
        incomplete |= {part} if len(faults) > before else set()
    refuse([*faults, *faults_of(values, doubtful | incomplete)])
    return Programme(**values)


def programme_document(programme: Programme, *, complete: bool = False) -> dict[str, Any]:
    """Return a programme as plain data, as it stands in a file.

    Parameters
    ----------
    programme : Programme
        What the organiser chose.
    complete : bool
        Whether to write what is as it is by default, too: then it means the same whatever the defaults become.

    Returns
    -------
    dict
        What :func:`rmatch.read_programme` reads back without loss.

    Raises
    ------
    InvalidInputError
        If the programme has criteria or rules made of functions, or of classes that no installed package gives.

    Examples
    --------
    >>> from rmatch import Programme
    >>> from rmatch.criteria import Growth
    >>> programme_document(Programme(criteria=(Growth(1),), rules=()))
    {'criteria': {'growth': {'weight': 1}}, 'rules': {}}
    """
    wrong = instance("programme", "", programme, Programme, READER)
    refuse([*wrong, *truth("programme", "complete", complete)])
    refuse(fault for part in PARTS for fault in _unwritable(part, getattr(programme, part)))
    items = {part: getattr(programme, part) for part in PARTS}
    return _document(programme, items, complete=complete)


def named_document(programme: Programme) -> tuple[dict[str, Any], list[str]]:
    """Return what a file can hold of a programme, defaults included, and the names of the criteria and rules that none can.

    Parameters
    ----------
    programme : Programme
        What the organiser chose.

    Returns
    -------
    dict
        The programme without these criteria and rules.
    list of str
        Their names.
    """
    items = {part: getattr(programme, part) for part in PARTS}
    odd = {
        part: [one for one in own if any(_unwritable(part, [one]))] for part, own in items.items()
    }
    named = {part: [one for one in own if one not in odd[part]] for part, own in items.items()}
    own_ones = [name_of(one) for part in PARTS for one in odd[part]]
    return _document(programme, named, complete=True), own_ones


def _document(
    programme: Programme, items: Mapping[str, Iterable[Any]], *, complete: bool
) -> dict[str, Any]:
    plain = {
        column.name: _plain(getattr(programme, column.name))
        for column in fields(programme)
        if column.name not in {"criteria", "rules", "objective", "quotas"}
        and (_differs(programme, column) or (complete and _is_told(column)))
    }
    if complete or programme.objective != TOTAL:
        plain["objective"] = _objective(programme.objective)
    if complete or programme.quotas:
        plain["quotas"] = [_plain(asdict(quota)) for quota in programme.quotas]
    for part in PARTS:
        plain[part] = {item.kind: _written(item) for item in items[part]}
    return plain


def _is_told(column: Field[Any]) -> bool:
    """Tell whether a complete document names a column that is as it is by default."""
    return column.default is not None and column.name not in LATER


def _differs(programme: Programme, column: Field[Any]) -> bool:
    return bool(getattr(programme, column.name) != column.default)


def write_programme(programme: Programme, path: str | Path) -> None:
    """Write a programme to a TOML or JSON file, as the name's ending says.

    Parameters
    ----------
    programme : Programme
        What the organiser chose.
    path : str or Path
        The file to write.

    Raises
    ------
    InvalidInputError
        If the programme has criteria or rules that no file can name, or the ending is neither.
    """
    write_document(programme_document(programme), path, "programme")


def _items(
    part: str,
    table: Mapping[str, Any],
    shape: Any,
    own: Mapping[str, type],
    asked: Mapping[tuple[str, str], Any],
    faults: list[Fault],
) -> Iterator[Any]:
    """Go through the criteria or rules of a table that fit its shape, each for the people that it is for."""
    for kind, given in table.items():
        item = getattr(shape, kind, None)
        if item is None and given is not None:
            continue  # what does not fit is known to be wrong; what is null is refused with the values
        try:
            item = made(part, own[kind], item) if kind in own else item
        except InvalidInputError as error:
            faults += error.faults
            continue
        if (part, kind) in asked:
            item = restricted_to(item, asked[part, kind], f"{part}.{kind}", faults)
        yield item


def _installed(part: str, table: Any) -> dict[str, type]:
    """Return what installed packages give for the kinds of a table; anything but a table is refused later."""
    return installed(part, table) if isinstance(table, dict) else {}


def _unwritable(part: str, items: Iterable[Any]) -> Iterator[Fault]:
    """Go through the criteria or rules that no file can name."""
    for item in map(bare, items):
        if item.kind == OWN:
            problem = "is a function: no file holds it"
            remedy = "write a programme without them, and add them in Python after reading"
            yield Fault("programme", repr(item.name), problem, remedy)
        elif item.kind not in BUILT_IN[part] and not _is_installed(part, item):
            problem = "is given by no installed package: no file can name it"
            remedy = f"make its class an entry point of the group {GROUPS[part]}"
            yield Fault("programme", repr(item.kind), problem, remedy)


def _is_installed(part: str, item: Any) -> bool:
    return installed(part, [item.kind]).get(item.kind) is type(item)


def _values(item: Any) -> Any:
    """Return the values of a criterion or rule, those that it is made of."""
    made_of = {column.name for column in fields(item) if column.init}
    return _plain({name: value for name, value in asdict(item).items() if name in made_of})


def _written(item: Any) -> Any:
    """Return a criterion or rule as it stands in a file, with the people that it is for."""
    values = _values(bare(item))
    return values | {KEY: item.document()} if isinstance(item, Only) else values


def _objective(objective: Objective) -> str | dict[str, Any]:
    """Return the name alone of an objective that needs no values."""
    return objective.kind if NAMED.get(objective.kind) == objective else _plain(asdict(objective))


def _plain(value: Any) -> Any:
    """Return what a file can hold: dates as texts, no numpy types, and without nothing, as the default says it anyway.

    Numbers that are equal are written alike: 45.0 as 45.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value
