"""A grid: the rows of a sheet or a text file before anybody knows which of them hold headers and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rmatch.io.faults import refusal
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from rmatch.errors import Fault

Row = Sequence[Any]
Place = tuple[int, int]
"""The number of a row as its source counts, from 1, and the position of a column, from 0."""
COLUMNS = 16_384
"""No sheet of a spreadsheet has more, and each is looked at closely."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbered rows of raw cells.

    Attributes
    ----------
    name : str
        The source in the user's terms.
    rows : list of (int, sequence)
        The number of each row in the source, and its cells.
    merged : list of (Place, Place)
        The first and the last cell of each merged range.
    lost : mapping of Place to str
        Cells whose value the source lost, and what stands there instead: an error value, or ``=`` and a formula.
    may_fail : bool
        Whether some cell may hold an error value as its text.
    by_delimiter : bool
        Whether a delimiter tells its cells apart.
    notes : list of str
        What the user should know about how it was read.
    faults : list of Fault
        What is wrong with it.
    """

    name: str
    rows: list[tuple[int, Row]]
    merged: Sequence[tuple[Place, Place]] = ()
    lost: Mapping[Place, str] = field(default_factory=dict)
    may_fail: bool = True
    by_delimiter: bool = False
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def check_columns(name: str, columns: int) -> None:
    """Refuse a table with more columns than a spreadsheet can have.

    Parameters
    ----------
    name : str
        What to call it.
    columns : int
        How many it has.

    Raises
    ------
    InvalidInputError
        If they are too many.
    """
    if columns > COLUMNS:
        problem = f"the table has {numeral(columns)} columns, and may have {numeral(COLUMNS)}"
        raise refusal(name, problem, "keep those that are about the people")
