"""What went wrong, in words and as one shape of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rmatch.cli.codes import BAD_INPUT, INTERRUPTED, NO_ANSWER
from rmatch.cli.streams import say, write
from rmatch.errors import (
    Fault,
    InfeasibleError,
    InvalidInputError,
    RmatchError,
    StopError,
    VerificationError,
)
from rmatch.utils.documents import Document


class UsageError(Exception):
    """The command line cannot be understood.

    Parameters
    ----------
    problem : str
        What is wrong with it.
    usage : str
        How it would be right.
    """

    def __init__(self, problem: str, usage: str) -> None:
        super().__init__(problem)
        self.usage = usage


EXPECTED = (UsageError, RmatchError, OSError, ModuleNotFoundError, KeyboardInterrupt)
"""What a command may meet without being at fault."""


@dataclass(frozen=True, slots=True)
class Failure(Document):
    """What went wrong.

    Attributes
    ----------
    error : str
        ``"usage"``, ``"invalid_input"``, ``"errors_found"``, ``"infeasible"``, ``"no_pairs"``, ``"not_verified"``,
        ``"not_installed"``, ``"system"``, ``"interrupted"``, ``"stopped"`` or, a fault of rmatch, ``"contradiction"``.
    message : str
        The same in words.
    exit_code : int
        The exit code.
    faults : tuple of Fault
        Everything that is wrong with the input, or with the result that was to be verified.
    people : tuple of str
        The ids of those concerned, where no matching can do what is asked.
    """

    error: str
    message: str
    exit_code: int
    faults: tuple[Fault, ...] = ()
    people: tuple[str, ...] = ()

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """Return what an error comes to."""
        said = str(error)
        if isinstance(error, UsageError):
            return cls("usage", said, BAD_INPUT)
        if isinstance(error, InvalidInputError):
            return cls("invalid_input", said, BAD_INPUT, error.faults)
        if isinstance(error, InfeasibleError):
            people = tuple(map(str, (*error.mentors, *error.mentees)))
            return cls("infeasible", said, NO_ANSWER, people=people)
        if isinstance(error, VerificationError):
            failures = tuple(Fault("", "", failure) for failure in error.failures)
            return cls("not_verified", said, NO_ANSWER, failures)
        if isinstance(error, KeyboardInterrupt):
            return cls("interrupted", "interrupted", INTERRUPTED)
        if isinstance(error, OSError):
            return cls("system", _refused(error), BAD_INPUT)
        if isinstance(error, StopError):
            return cls("stopped", said, INTERRUPTED)
        kind = "not_installed" if isinstance(error, ModuleNotFoundError) else "contradiction"
        return cls(kind, said, BAD_INPUT)


def tell(error: BaseException | Failure, *, as_json: bool) -> int:
    """Say what went wrong, as the last line where it is JSON, and return the exit code.

    What an answer itself says to people, that it found errors or no pairs, only programs are told once more.
    """
    failure = error if isinstance(error, Failure) else Failure.of(error)
    if as_json:
        # Any stream takes it whole: nothing in it is beyond ASCII.
        write(json.dumps(failure.to_dict()))
    elif isinstance(error, UsageError):
        write(f"{error.usage}{error}")
    elif failure is not error:
        say(failure.message)
    return failure.exit_code


def _refused(error: OSError) -> str:
    """Say what the system refuses: a file, which has a name, or the output."""
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    # No command prints before its files are written.
    return f"the output: {error.strerror}; what goes to files is written"
