"""A verb of the command line: what it does, what it is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from rmatch.cli.codes import FINE

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

    from rmatch.errors import RmatchError

    Options = Mapping[str, Mapping[str, Any]]
    """What argparse is told of each argument, by its name."""


class Result(Protocol):
    """What prints as text and says itself as JSON: whatever rmatch returns."""

    def to_json(self) -> str:
        """Return it as JSON."""


class Told(NamedTuple):
    """What is put together of several results, or told in other words than they print."""

    text: str
    json: Callable[[], str]

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def to_json(self) -> str:
        """Return the JSON."""
        return self.json()


@dataclass(frozen=True)
class Answer:
    """What a verb answers.

    Attributes
    ----------
    result : Result
        What was asked for.
    code : int
        The exit code.
    beside : sequence of object
        What there is to be said about it, a line each.
    alone : bool
        Whether the output is for a program also as text, so that nothing else may stand there.
    failure : RmatchError, optional
        What is wrong all the same.
    """

    result: Result
    code: int = FINE
    beside: Sequence[object] = ()
    alone: bool = False
    failure: RmatchError | None = field(default=None, kw_only=True)


class Verb(NamedTuple):
    """A verb: ``rmatch VERB …``."""

    summary: str
    options: tuple[Options, ...]
    examples: str
    run: Callable[[Namespace], Answer]
