"""Faults while a table is read: what is wrong with a cell, and the list of everything found so far."""

from __future__ import annotations

from rmatch.errors import Fault, InvalidInputError

SHOWN_CHARACTERS = 60


class Malformed(ValueError):
    """A value that cannot be read.

    Parameters
    ----------
    value : str or None
        The offending value; None where the problem is a whole sentence.
    problem : str
        What is wrong, as the rest of a sentence about the value.
    remedy : str
        What would be right.

    Examples
    --------
    >>> print(Malformed("-3", "is negative", "give 0 or more"))
    '-3' is negative; give 0 or more
    """

    def __init__(self, value: str | None, problem: str, remedy: str) -> None:
        super().__init__(value, problem, remedy)
        self.value, self.problem, self.remedy = value, problem, remedy

    def __str__(self) -> str:
        """Return the sentence, with the value."""
        return str(self.fault("", ""))

    def fault(self, where: str, field: str, *, private: bool = False) -> Fault:
        """Return the fault of a cell; the value of a private one is not shown."""
        if self.value is None:
            return Fault(where, field, self.problem, self.remedy)
        subject = "the value" if private else shown(self.value)
        return Fault(where, field, f"{subject} {self.problem}", self.remedy)


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

    def check(self) -> None:
        """Raise one error with all faults, if there are any.

        Raises
        ------
        InvalidInputError
            If anything was found.
        """
        if self._found:
            raise InvalidInputError(self.listed())


def refusal(where: str, problem: str, remedy: str = "") -> InvalidInputError:
    """Return the error for a source that cannot be read at all."""
    return InvalidInputError([Fault(where, "", problem, remedy)])


def shown(value: str) -> str:
    """Return a value in quotes, cut where it is long.

    Examples
    --------
    >>> shown("x" * 1000)[-10:]
    "xxxxxxxx…'"
    """
    return repr(value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…")
