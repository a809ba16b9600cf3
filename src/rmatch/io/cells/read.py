"""Reading the cells of a column, each different text once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rmatch.io.cells.at_once import AtOnce, Parser
from rmatch.io.cells.cell import REFUSED, Cell, Habits
from rmatch.io.cells.parsers import PARSERS
from rmatch.people import UNSET
from rmatch.utils.validation import Malformed

Mark = tuple[str, str]


PLAIN = {str, type(None)}
"""Types whose equal values are the same cell."""


@dataclass(frozen=True, slots=True)
class CellsRead:
    """The cells of a column, read.

    Attributes
    ----------
    values : list
        What they say, None where a cell is malformed.
    wrong : dict of int to Malformed
        What is wrong, by row.
    marks : Counter
        What happened to cells beside being read, a mark and the text that it is about: how many cells.
    refused : int
        How many cells say nothing because the person declines to answer.
    """

    values: list[Any]
    wrong: dict[int, Malformed] = field(default_factory=dict)
    marks: Counter[Mark] = field(default_factory=Counter)
    refused: int = 0

    def marked(self, mark: str) -> Counter[str]:
        """Return the texts that a mark is about, and how many cells have it."""
        return Counter({text: count for (kind, text), count in self.marks.items() if kind == mark})


def read_cells(
    cells: Iterable[Cell], kind: str, habits: Habits
) -> tuple[list[Any], dict[int, Malformed]]:
    """Read the cells of a column.

    Parameters
    ----------
    cells : iterable
        Texts or typed values.
    kind : str
        A key of `PARSERS`.
    habits : Habits
        How the source writes them.

    Returns
    -------
    list, dict of int to Malformed
        The values, None where a cell is malformed, and what is wrong by row.
    """
    written = list(cells)
    read = read_by(PARSERS[kind], written, habits, plain={*map(type, written)} <= PLAIN)
    return read.values, read.wrong


def read_by(
    parser: Parser, cells: Sequence[Cell], habits: Habits, *, plain: bool = False
) -> CellsRead:
    """Read the cells of a column by some parser, and count what happens to them.

    Parameters
    ----------
    parser : callable
        What reads a cell.
    cells : sequence
        Texts or typed values.
    habits : Habits
        How the source writes them.
    plain : bool
        Whether they are texts and gaps only: equal ones are the same cell.

    Returns
    -------
    CellsRead
        The values, what is wrong, and the marks.
    """
    known = _Known(parser, habits)
    if plain:
        if isinstance(parser, AtOnce):
            known.update(parser.known(filter(None, dict.fromkeys(cells)), habits))
        values = list(map(known.__getitem__, cells))
    else:
        values = [known[cell] if type(cell) in PLAIN else known.typed(cell) for cell in cells]
    marks, refused = known.counted(cells)
    if not known.malformed:
        return CellsRead(values, {}, marks, refused)
    wrong = {row: value for row, value in enumerate(values) if isinstance(value, Malformed)}
    rest = [None if isinstance(value, Malformed) else value for value in values]
    return CellsRead(rest, wrong, marks, refused)


class _Known(dict[str | None, Any]):
    """What each text means, and an empty cell; what is new is read."""

    def __init__(self, parser: Parser, habits: Habits) -> None:
        super().__init__()
        self.parser, self.habits, self.malformed = parser, habits, False
        self.lists: dict[str, Any] = {}
        self.marks: dict[str, tuple[tuple[Mark, ...], bool]] = {}

    def __missing__(self, text: str | None) -> Any:
        value = self[text] = self.read(text)
        return value

    def typed(self, cell: Cell) -> Any:
        if type(cell) not in {list, dict}:
            return self.read(cell)
        key = repr(cell)  # tells 1 from True and 1.0, as equality does not
        if key not in self.lists:
            self.lists[key] = self.read(cell)
        return self.lists[key]

    def read(self, cell: Cell) -> Any:
        value: Any
        try:
            value = self.parser(cell, self.habits)
        except Malformed as malformed:
            self.malformed = True
            value = malformed
        if marks := self.habits.marks.taken():
            self.marks[_key(cell)] = marks, _is_blank(value)
        return value

    def counted(self, cells: Iterable[Cell]) -> tuple[Counter[Mark], int]:
        """Return how many cells have each mark, and how many of them are refused as a whole."""
        total: Counter[Mark] = Counter()
        refused = 0
        if not self.marks:
            return total, refused
        for key, times in Counter(map(_key, cells)).items():
            marks, blank = self.marks.get(key, ((), False))
            for mark in dict.fromkeys(marks):
                total[mark] += times
            refused += times * (blank and any(kind == REFUSED for kind, _ in marks))
        return total, refused


def _key(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"\0{cell!r}"


def _is_blank(value: Any) -> bool:
    return not isinstance(value, Malformed) and (
        not value or value == UNSET or value != value  # noqa: PLR0124 - only NaN differs from itself
    )
