"""Cells of a week grid: whether a person can meet when the header says, or at which times, or on which days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.io.cells.answers import names_nothing, says_yes
from rmatch.io.cells.cell import scalar_of
from rmatch.io.cells.hours import Slot, readings, written
from rmatch.io.cells.weekdays import plain
from rmatch.people import WORKING_DAYS
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.io.cells.at_once import Parser

FREE = frozenset(("available", "free", "verfugbar", "frei", "disponible", "libre", "can", "kann"))
BUSY = frozenset(("unavailable", "not available", "busy", "nicht verfugbar", "occupe", "ocupado"))


def tick_parser(slots: Sequence[Slot]) -> Parser:
    """Return what reads the cells below a header that names a day, a time, or both."""
    return lambda cell, habits: ticked(scalar_of(cell, habits), slots)


def ticked(text: str, slots: Sequence[Slot]) -> str | None:
    """Return the hours of a cell under a header that names a day, a time, or both.

    Parameters
    ----------
    text : str
        The cell.
    slots : sequence of Slot
        What the header says.

    Returns
    -------
    str or None
        The hours in rmatch's own form, an empty text for no, None where nothing is said.

    Raises
    ------
    Malformed
        If the cell says neither yes nor no, nor what the header leaves open.

    Examples
    --------
    >>> ticked("x", [Slot((0,), ((540, 660),))]), ticked("0", [Slot((0,), ((540, 660),))])
    ('Mon 09:00-11:00', '')
    >>> ticked("9-11", [Slot((0,), ())]), ticked("Tue, Thu", [Slot((), ((540, 660),))])
    ('Mon 09:00-11:00', 'Tue 09:00-11:00; Thu 09:00-11:00')
    """
    word = plain(text)
    if not word:
        return None
    if word in BUSY or says_yes(text) is False or names_nothing(text):
        return ""
    if word in FREE or says_yes(text):
        return _all_of(text, slots)
    remedy = f'say in the mapping what it means: [values.hours] "{text}" = "yes"'
    own = set(readings(text).values())
    if tuple(slots) in own:  # forms repeat the header where it was ticked
        return _all_of(text, slots)
    if len(own) != 1:
        problem = "names different days in different languages" if own else "is neither yes nor no"
        raise Malformed(text, problem, remedy)
    found = [slot for header in slots for cell in own.pop() for slot in _united(header, cell)]
    if not found:
        raise Malformed(text, "is not what the header leaves open", remedy)
    return written(found)


def _all_of(text: str, slots: Sequence[Slot]) -> str:
    if not all(slot.spans for slot in slots):
        remedy = "give times like 9:00-11:00 below a header that names a day only"
        raise Malformed(text, "says no time of day", remedy)
    return written([Slot(slot.days or WORKING_DAYS, slot.spans) for slot in slots])


def _united(header: Slot, cell: Slot) -> list[Slot]:
    if header.days and cell.spans and not (header.spans or cell.days):
        return [Slot(header.days, cell.spans)]
    if header.spans and cell.days and not (header.days or cell.spans):
        return [Slot(cell.days, header.spans)]
    return []
