"""What can go wrong, named by outcome.

Every error of rmatch is a :class:`RmatchError`. Bad input raises *one* :class:`InvalidInputError` that lists every
fault; a request that no matching can satisfy raises :class:`InfeasibleError` with the people concerned.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from rmatch.errors.fault import SHOWN_FAULTS, listing
from rmatch.errors.fault import STEERING as STEERING
from rmatch.errors.fault import Fault as Fault

SHOWN_WORDS = 20
"""The known words that are listed where none is like another."""


class Status(StrEnum):
    """How a call ended: one word for every answer and for every error that says that there is none.

    Each member is the text of its value, so that ``matching.status == "optimal"`` asks the same.
    """

    OPTIMAL = "optimal"
    """There is an answer, and every step ran to its end: nothing is better, in the sense that `claim` says."""
    FEASIBLE = "feasible"
    """There is an answer that keeps every rule. A limit, the host or the keyboard stopped the run; `bound` is true."""
    STOPPED = "stopped"
    """The run was stopped before there was any answer: :class:`StopError`."""
    INFEASIBLE = "infeasible"
    """Nothing can keep to what was asked for: :class:`InfeasibleError`."""


class RmatchError(Exception):
    """Base of every error that rmatch raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        """Return it as it is, for another process: to make it anew from its message would garble what it holds."""
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[RmatchError], args: tuple[object, ...]) -> RmatchError:
    return kind.__new__(kind, *args)


class InvalidInputError(RmatchError, ValueError):
    """The input is wrong, and this error lists every fault at once.

    Parameters
    ----------
    faults : iterable of Fault
        Everything that was found, in the order of the input.
    understood : Understood, optional
        What was understood all the same, where people were read.

    Attributes
    ----------
    faults : tuple of Fault
        All of them; the message tells many that differ in their place alone in one line, shows the first fifty lines and
        says how many more faults there are.
    understood : Understood or None
        The same.

    Examples
    --------
    >>> print(InvalidInputError([Fault("row 2", "years", "'-3' is negative", "give 0 or more")]))
    1 fault in the input:
      row 2, years: '-3' is negative; give 0 or more
    """

    def __init__(self, faults: Iterable[Fault], understood: Any = None) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        self.understood: Any = understood
        super().__init__(listing(self.faults))


def faults_in(step: Callable[[], object]) -> list[Fault]:
    """Return what a step finds wrong, so that it can be told beside what others find."""
    try:
        step()
    except InvalidInputError as error:
        return list(error.faults)
    return []


class InfeasibleError(RmatchError, ValueError):
    """What was asked for cannot be met by any matching.

    Parameters
    ----------
    message : str
        The contradiction in plain words.
    mentors, mentees : sequence
        Those concerned: ids when people are matched, row and column numbers when a bare matrix is solved.

    Attributes
    ----------
    status : Status
        `INFEASIBLE`.
    """

    status: ClassVar[Status] = Status.INFEASIBLE

    def __init__(
        self, message: str, mentors: Sequence[object] = (), mentees: Sequence[object] = ()
    ) -> None:
        super().__init__(message)
        self.mentors: tuple[object, ...] = tuple(mentors)
        self.mentees: tuple[object, ...] = tuple(mentees)


class QuotaError(InfeasibleError):
    """The quotas cannot be met together.

    Parameters
    ----------
    changes : sequence
        The cheapest changes after which they can, each of which says itself as a sentence.

    Attributes
    ----------
    changes : tuple
        The same.
    """

    def __init__(self, changes: Sequence[Any]) -> None:
        self.changes: tuple[Any, ...] = tuple(changes)
        lines = "".join(f"\n  {change}" for change in self.changes)
        super().__init__(
            f"the quotas cannot be met. The cheapest change that makes them possible:{lines}"
        )


class VerificationError(RmatchError, ValueError):
    """A matching is not what it claims to be.

    Parameters
    ----------
    failures : iterable of str
        Everything that was found.

    Attributes
    ----------
    failures : tuple of str
        The same.
    """

    def __init__(self, failures: Iterable[str]) -> None:
        self.failures: tuple[str, ...] = tuple(failures)
        count = len(self.failures)
        lines = [f"the matching fails {count} check{'s' * (count != 1)}:"]
        lines += [f"  {failure}" for failure in self.failures[:SHOWN_FAULTS]]
        if count > SHOWN_FAULTS:
            lines.append(
                f"  … and {count - SHOWN_FAULTS} more, all of them in the error's `failures`"
            )
        super().__init__("\n".join(lines))


class ContradictionError(RmatchError):
    """The prices do not prove the matching: a fault of rmatch, never of the input.

    Parameters
    ----------
    problem : str
        What contradicts what.
    path : Path or None
        The file with the instance; nothing if the points come from a function.

    Attributes
    ----------
    path : Path or None
        The same.
    """

    def __init__(self, problem: str, path: Path | None) -> None:
        message = f"{problem}. This is a fault of rmatch: please report it"
        if path:
            message += f"; the instance (no ids, no answers of anybody, only points) is in {path}"
        super().__init__(message)
        self.path: Path | None = path


class StopError(RmatchError):
    """A limit is reached, or the keyboard says stop, before there is any answer.

    Attributes
    ----------
    status : Status
        `STOPPED`.
    """

    status: ClassVar[Status] = Status.STOPPED


def is_whole(value: object, least: int, most: int | None = None) -> bool:
    """Tell whether a value from outside is a whole number within bounds; bool is none.

    Examples
    --------
    >>> is_whole(3, 1), is_whole(True, 0), is_whole(3.5, 0), is_whole(9, 0, 8)
    (True, False, False, False)
    """
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and least <= value
        and (most is None or value <= most)
    )


def nearest(word: object, known: Iterable[str]) -> str:
    """Return ``"did you mean 'x'?"`` for the known word most like `word`, or the list of known words.

    Examples
    --------
    >>> nearest("expertize", ["expertise", "growth"])
    "did you mean 'expertise'?"
    >>> nearest("zzz", ["expertise", "growth"])
    "known are 'expertise', 'growth'"
    """
    known = list(known)
    close = meant(word, known)
    if close is not None:
        return f"did you mean {close!r}?"
    words = [*map(repr, known[:SHOWN_WORDS]), *["…"] * (len(known) > SHOWN_WORDS)]
    return f"known are {', '.join(words)}" if known else ""


def meant(word: object, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or nothing where none is like it.

    Examples
    --------
    >>> meant("expertize", ["expertise", "growth"])
    'expertise'
    """
    choices = {choice.casefold(): choice for choice in known}
    close = difflib.get_close_matches(str(word).casefold(), choices, n=1)
    return choices[close[0]] if close else None


def __dir__() -> list[str]:
    """Return the errors and what they list; the functions beside them are for rmatch alone."""
    own = (value for value in globals().values() if isinstance(value, type))
    return [each.__name__ for each in own if each.__module__ in (__name__, Fault.__module__)]
