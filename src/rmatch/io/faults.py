"""Faults while a table is read: what is wrong with a cell, and the list of everything found so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault, InvalidInputError

if TYPE_CHECKING:
    from rmatch.people import Understood


class Faults:
    """Everything found so far; a fault may belong to a row, and the rows are listed in order.

    Examples
    --------
    >>> faults = Faults()
    >>> faults.add(Fault("row 3", "years", "'x' is not a number"), row=1)
    >>> faults.add(Fault("people.csv", "id", "the column is missing"))
    >>> [fault.field for fault in faults.listed()]
    ['id', 'years']
    """

    def __init__(self) -> None:
        self._found: list[tuple[int, Fault]] = []

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return bool(self._found)

    def add(self, fault: Fault, row: int = -1) -> None:
        """Note a fault; without a row it concerns the whole table and comes first."""
        self._found.append((row, fault))

    def listed(self) -> list[Fault]:
        """Return the faults, those of the whole table first, then row by row."""
        return [fault for _, fault in sorted(self._found, key=lambda found: found[0])]

    def fields(self) -> set[str]:
        """Return the fields in which something was found."""
        return {fault.field for _, fault in self._found}

    def rows(self) -> set[int]:
        """Return the rows in which something was found."""
        return {row for row, _ in self._found if row >= 0}

    def check(self, understood: Understood | None = None) -> None:
        """Raise one error with all faults, if there are any.

        Parameters
        ----------
        understood : Understood, optional
            What was understood all the same.

        Raises
        ------
        InvalidInputError
            If anything was found.
        """
        if self._found:
            raise InvalidInputError(self.listed(), understood)


def refusal(where: str, problem: str, remedy: str = "") -> InvalidInputError:
    """Return the error for a source that cannot be read at all."""
    return InvalidInputError([Fault(where, "", problem, remedy)])
