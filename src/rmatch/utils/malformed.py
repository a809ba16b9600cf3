"""A value that cannot be read, and how it is shown."""

from __future__ import annotations

from rmatch.errors import Fault

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


def shown(value: str) -> str:
    """Return a value in quotes, cut where it is long.

    Examples
    --------
    >>> shown("x" * 1000)[-10:]
    "xxxxxxxx…'"
    """
    return repr(value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…")
