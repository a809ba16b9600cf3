"""Calling what users have written: whatever goes wrong in it is told as a fault of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, RmatchError

if TYPE_CHECKING:
    from types import TracebackType


def asked(where: str, item: Any, method: str, *given: Any, of: str = "") -> Any:
    """Return what a method of somebody's own criterion or rule returns.

    Parameters
    ----------
    where : str
        What the criterion or rule is called in faults.
    item : object
        The criterion or rule.
    method : {"block", "formula", "words"}
        What to call.
    *given : object
        Its arguments.
    of : str
        The ids of the pair that it is asked about, where it is one pair.

    Returns
    -------
    object
        Whatever it returns.

    Raises
    ------
    InvalidInputError
        If it raises, with the kind of the error and its place. What the error says may quote a private answer, and is
        not told.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> odd = SimpleNamespace(formula=lambda mentor, mentee: 1 / 0)
    >>> asked("criterion 'odd'", odd, "formula", "Ann", "Bob", of="'7' with '3'")
    Traceback (most recent call last):
        ...
    rmatch.errors.InvalidInputError: 1 fault in the input:
      criterion 'odd', formula: raised ZeroDivisionError for '7' with '3' in line 1 of <doctest ...>; mend it...
    """
    try:
        return getattr(item, method)(*given)
    except (RmatchError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - somebody else's code can raise anything
        about = f" for {of}" if of else ""
        problem = f"raised {type(error).__name__}{about}{_place(error.__traceback__)}"
        remedy = "mend it; what the error says may quote an answer, and stands in `__context__`"
        raise InvalidInputError([Fault(where, method, problem, remedy)]) from None


def _place(trace: TracebackType | None) -> str:
    """Return the line of the user's function, the one that was called from here."""
    called = trace.tb_next if trace else None
    if called is None:
        return ""
    return f" in line {called.tb_lineno} of {Path(called.tb_frame.f_code.co_filename).name}"
