"""Conditions on the columns of a source, from which roles are derived."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.amounts import count_of, share_of
from rmatch.io.cells.cell import is_number, is_silent, text_of
from rmatch.io.tables.doubts import in_doubt
from rmatch.utils.text import counted
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.faults import Faults
    from rmatch.io.tables.table import Placed

NUMERIC = ("at_least", "at_most")
OPERATORS = (
    *NUMERIC,
    *("equals", "not_equals", "contains", "not_contains"),
    *("starts_with", "not_starts_with", "ends_with", "not_ends_with"),
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One statement about one column of the source.

    Attributes
    ----------
    column : str
        A header of the source.
    operator : str
        One of `OPERATORS`.
    operands : tuple of str
        What to compare with, casefolded: any of them.
    """

    column: str
    operator: str
    operands: tuple[str, ...]

    def holds(self, cell: Any, unknown: frozenset[str]) -> bool:
        """Tell whether a cell meets the condition; an unknown one only meets ``not_`` conditions, an empty one ``equals = ""``.

        Parameters
        ----------
        cell : object
            The raw cell.
        unknown : frozenset of str
            The markers.

        Returns
        -------
        bool
            Whether it holds.

        Raises
        ------
        Malformed
            If a number is needed and the cell is none; the value is not in the message.
        """
        cells = cell if isinstance(cell, list | tuple) else [cell]
        texts = [
            text
            for text in (text_of(item).casefold() for item in cells)
            if text not in unknown and not (self.operator in NUMERIC and is_silent(text))
        ]
        positive = self.operator.removeprefix("not_")
        met = any(self._compares(positive, text) for text in texts)
        if positive == "equals" and "" in self.operands:
            met = met or not any(map(text_of, cells))
        return met == (positive == self.operator)

    def _compares(self, operator: str, text: str) -> bool:
        if operator in NUMERIC:
            number, bound = _number(text), float(self.operands[0])
            return number >= bound if operator == "at_least" else number <= bound
        if operator == "equals":
            return text in self.operands
        if operator == "starts_with":
            return text.startswith(self.operands)
        if operator == "ends_with":
            return text.endswith(self.operands)
        return any(operand in text for operand in self.operands)


def roles_of(
    rules: dict[str, list[list[Condition]]],
    placed: Placed,
    unknown: frozenset[str],
    years: Mapping[str, Sequence[float | None]],
    faults: Faults,
) -> list[int]:
    """Derive roles: a person plays a role if any of its rules holds, and a rule holds if all its conditions do.

    Parameters
    ----------
    rules : dict of str to list of list of Condition
        The rules of ``"mentor"`` and of ``"mentee"``.
    placed : Placed
        The source.
    unknown : frozenset of str
        The markers.
    years : mapping of str to sequence of float or None
        What the columns of years were read as, by source column: bounds are compared with that.
    faults : Faults
        Where to note cells that are no numbers.

    Returns
    -------
    list of int
        1 for a mentor, 2 for a mentee, 3 for both, 0 for neither.
    """
    met = {
        condition: _years_met(condition, years[condition.column])
        if condition.operator in NUMERIC and condition.column in years
        else _column_met(condition, placed, unknown, faults)
        for condition in {
            condition: None for side in rules.values() for rule in side for condition in rule
        }
    }
    mentors, mentees = (
        [
            any(all(met[condition][row] for condition in rule) for rule in rules.get(side, ()))
            for row in range(len(placed))
        ]
        for side in ("mentor", "mentee")
    )
    return [mentor + 2 * mentee for mentor, mentee in zip(mentors, mentees, strict=True)]


def _years_met(condition: Condition, years: Sequence[float | None]) -> Sequence[bool]:
    """Compare years as they were read; those that are unknown, or could not be read, are within no bound."""
    bound = float(condition.operands[0])
    least, most = (bound, inf) if condition.operator == "at_least" else (-inf, bound)
    return [number is not None and least <= number <= most for number in years]


def _column_met(
    condition: Condition, placed: Placed, unknown: frozenset[str], faults: Faults
) -> Sequence[bool]:
    cells = placed.table.columns.get(condition.column)
    if cells is None:
        return [False] * len(placed)
    known: dict[str, bool | Malformed] = {}
    lost = placed.table.lost.get(condition.column, {})
    met = []
    if condition.operator in NUMERIC:
        _check_shares(condition.column, cells, placed, faults)
    doubts = in_doubt(cells, "number" * (condition.operator in NUMERIC), lost, required=True)
    for row, cell in enumerate(cells):
        if row in doubts:
            where = placed.where(row, condition.column)
            faults.add(doubts[row].fault(where, condition.column), row)
            met.append(False)
            continue
        key = cell if isinstance(cell, str) else repr(cell)
        if key not in known:
            known[key] = _met(condition, cell, unknown)
        outcome = known[key]
        if isinstance(outcome, Malformed):
            where = placed.where(row, condition.column)
            faults.add(outcome.fault(where, condition.column, private=True), row)
        met.append(outcome is True)
    return met


def _check_shares(column: str, cells: Sequence[Any], placed: Placed, faults: Faults) -> None:
    """Refuse a column in which 50 % stands beside 0.5, of which nobody knows whether they are the same."""
    shares = [row for row, cell in enumerate(cells) if isinstance(cell, str) and "%" in cell]
    if not shares:
        return
    bare = [cell for cell in cells if text_of(cell) and not share_of(text_of(cell))]
    numbers = [cell for cell in bare if any(map(str.isdigit, text_of(cell)))]
    if numbers:
        other = f"{counted(len(numbers), 'cell')} with another number"
        problem = f"{counted(len(shares), 'share')} in per cent beside {other}"
        remedy = "write all of them alike"
        faults.add(Fault(placed.where(shares[0], column), column, problem, remedy), shares[0])


def _met(condition: Condition, cell: Any, unknown: frozenset[str]) -> bool | Malformed:
    try:
        return condition.holds(cell, unknown)
    except Malformed as malformed:
        return malformed


def _number(text: str) -> float:
    try:
        share = share_of(text)
        return count_of(text) if share is None else share
    except Malformed as malformed:
        remedy = "a role depends on it: correct it, or list it in the mapping's `unknown`"
        # What a column of numbers holds is not known here, only that it cannot be compared.
        problem = malformed.problem if is_number(text) else "is not a number"
        raise Malformed(text, problem, remedy) from None
