"""Week grids: one column a slot, whose header says when it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault, nearest
from rmatch.io.cells.hours import Slot, readings
from rmatch.io.cells.weekdays import LANGUAGES
from rmatch.io.faults import Faults
from rmatch.io.tables.table import Table
from rmatch.utils.validation import Malformed, shown

if TYPE_CHECKING:
    from rmatch.io.mapping.translation import Translation

Slots = tuple[Slot, ...]


KEY = "hours_grid"
_IN_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]\s*$")
_AFTER_A_QUESTION = re.compile(r"(?:\s[-–—|]\s|[?:/_]\s*|\n)")


def slots_in(headers: Sequence[str]) -> dict[str, Slots]:
    """Return the headers that name days and times, with what they name.

    Parameters
    ----------
    headers : sequence of str
        The headers of a table.

    Returns
    -------
    dict of str to tuple of Slot
        Those that are slots of a week, in their order.

    Raises
    ------
    Malformed
        If one of them names different days in different languages, and the others do not tell which is meant.

    Examples
    --------
    >>> slots_in(["Code", "Mon 9-11", "When can you meet? [Tue 14:00-16:00]", "Age 20-30"])
    {'Mon 9-11': (Slot(days=(0,), spans=((540, 660),)),), 'When can you meet? [Tue 14:00-16:00]': (Slot(days=(1,), spans=((840, 960),)),)}
    """
    read = {header: _readings(header) for header in headers}
    return _one_language(
        {
            header: found
            for header, found in read.items()
            if any(slot.days and slot.spans for slots in found.values() for slot in slots)
        }
    )


def with_grid(translation: Translation | None, table: Table, faults: Faults) -> Translation | None:
    """Return a mapping that reads the hours from the columns of a week grid, if it names one.

    Parameters
    ----------
    translation : Translation or None
        The mapping.
    table : Table
        The source.
    faults : Faults
        Where to note headers that are no slots.

    Returns
    -------
    Translation or None
        The same mapping, with the slots of this table.
    """
    if translation is None or translation.hours_grid is None:
        return translation
    headers = [header for header in table.columns if header not in translation.ignore]
    try:
        listed = translation.hours_grid
        slots = _listed(listed, headers) if listed else slots_in(headers)
    except Malformed as malformed:
        faults.add(malformed.fault(translation.name, KEY))
        return translation
    for problem, remedy in _problems(translation, slots, headers):
        faults.add(Fault(translation.name, KEY, problem, remedy))
    columns = {**translation.columns, "hours": list(slots)} if slots else translation.columns
    return replace(translation, columns=columns, slots=slots)


def note_untold(translation: Translation | None, table: Table, hours: Sequence[str | None]) -> None:
    """Say how many people tick no slot at all."""
    silent = list(hours).count(None)
    if translation and translation.slots and silent:
        some = "1 person ticks" if silent == 1 else f"{silent} people tick"
        table.notes.append(f"{table.name}: {some} no slot of the week: their hours are unknown")


def _problems(
    translation: Translation, slots: dict[str, Slots], headers: Sequence[str]
) -> Iterator[tuple[str, str]]:
    if "hours" in translation.columns:
        yield "hours come from a column and from a week grid", "drop one of them"
    if not translation.hours_grid and not slots:
        problem = "no header names a day and a time"
        listed = 'list the headers of the grid: hours_grid = ["Mon 9-11", "Tue 14-16"]'
        yield problem, f"{listed}; where one side has it, write it under [mentors] or [mentees]"
    for header in translation.hours_grid or ():
        if header not in headers:
            yield f"{shown(header)} is not a column of the table", nearest(header, headers)
        elif header not in slots:
            problem = f"{shown(header)} names neither a day nor a time"
            yield problem, "leave it out, or rename it like Mon 9-11"


def _listed(listed: Sequence[str], headers: Sequence[str]) -> dict[str, Slots]:
    read = {header: _readings(header) for header in listed if header in headers}
    return _one_language({header: found for header, found in read.items() if found})


def _one_language(read: dict[str, dict[str, Slots]]) -> dict[str, Slots]:
    """Return what headers mean in the languages that all of them are in."""
    common = [name for name in LANGUAGES if all(name in found for found in read.values())]
    slots = {}
    for header, found in read.items():
        meanings = {found[name] for name in common or found}
        if len(meanings) > 1:
            problem = "names different days in different languages"
            raise Malformed(header, problem, "write the day of the header in full")
        slots[header] = meanings.pop()
    return slots


def _readings(header: str) -> dict[str, Slots]:
    """Return what a header names in each language, those left out in which it names nothing."""
    found: dict[str, Slots] = {}
    for part in _parts(header):
        found = readings(part) | found
    return found


def _parts(header: str) -> Iterator[str]:
    """Go through what may name the slot: the header, what is in brackets at its end, what follows a question."""
    yield header
    if bracketed := _IN_BRACKETS.search(header):
        yield bracketed[1]
    for match in _AFTER_A_QUESTION.finditer(header):
        yield header[match.end() :]
