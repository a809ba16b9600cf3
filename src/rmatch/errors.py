"""What can go wrong, named by outcome.

Every error of rmatch is a :class:`RmatchError`. Bad input raises *one* :class:`InvalidInputError` that lists every
fault; a request that no matching can satisfy raises :class:`InfeasibleError` with the people concerned.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

SHOWN_FAULTS = 50
LONGEST = 2_000
"""The characters of a part of a fault that are shown."""
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves the cursor of a terminal, or turns the order of letters."""


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


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the input.

    Attributes
    ----------
    where : str
        The place, in the user's terms: ``"row 7 (id 'A12')"``, ``"programme"``, ``"lock 'A12' → 'B3'"``.
    field : str
        The column, key or argument.
    problem : str
        What is wrong, with the offending value unless that value is private.
    remedy : str
        What would be right.
    """

    where: str
    field: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return the fault as one line."""
        parts = [_cut(part) for part in (self.where, self.field, self.problem, self.remedy)]
        place = ", ".join(filter(None, parts[:2]))
        sentence = f"{place}: {parts[2]}" if place else parts[2]
        return f"{sentence}; {parts[3]}" if parts[3] else sentence


def _cut(text: str) -> str:
    """Return a text that any terminal shows, without its middle where it is too long: a damaged file has such headers.

    Examples
    --------
    >>> [len(_cut("x" * size)) for size in (LONGEST, LONGEST + 1)]
    [2000, 1503]
    """
    text = STEERING.sub(lambda found: ascii(found[0])[1:-1], text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 4 :]}"


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
        All of them; the message shows the first fifty and says how many more there are.
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
        super().__init__(_listing(self.faults))


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
        shown = "".join(f"\n  {failure}" for failure in self.failures[:SHOWN_FAULTS])
        super().__init__(f"the matching fails {count} check{'s' * (count != 1)}:{shown}")


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
    return f"known are {', '.join(map(repr, known))}" if known else ""


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


def _listing(faults: Sequence[Fault]) -> str:
    count = len(faults)
    lines = [
        f"{count} fault{'s' * (count != 1)} in the input:",
        *(f"  {fault}" for fault in faults[:SHOWN_FAULTS]),
    ]
    if count > SHOWN_FAULTS:
        lines.append(f"  … and {count - SHOWN_FAULTS} more, all of them in the error's `faults`")
    return "\n".join(lines)


def __dir__() -> list[str]:
    """Return the errors and what they list; the functions beside them are for rmatch alone."""
    own = (value for value in globals().values() if isinstance(value, type))
    return [each.__name__ for each in own if each.__module__ == __name__]
