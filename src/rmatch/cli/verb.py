"""A verb of the command line: what it does, what it is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

    from rmatch.cli.failure import Failure
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
    beside : sequence of object
        What there is to be said about it, a line each.
    alone : bool
        Whether the output is for a program also as text, so that nothing else may stand there.
    failure : RmatchError or Failure, optional
        What is wrong all the same: an error, or what the answer itself says to whoever reads it.
    """

    result: Result
    beside: Sequence[object] = ()
    alone: bool = False
    failure: RmatchError | Failure | None = None


class Command(NamedTuple):
    """What a verb is given, and what it does."""

    options: tuple[Options, ...]
    examples: str
    run: Callable[[Namespace], Answer]


class Verb(NamedTuple):
    """A verb: ``rmatch VERB …``.

    Attributes
    ----------
    summary : str
        What it does, in a line.
    home : str
        The module of its command, and the name there.
    """

    summary: str
    home: str

    @property
    def command(self) -> Command:
        """What it is given, and what it does; imported when it is asked for."""
        module, _, name = self.home.partition(":")
        command: Command = getattr(import_module(f"rmatch.cli.verbs.{module}"), name)
        return command
