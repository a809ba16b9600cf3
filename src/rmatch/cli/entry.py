"""The entry: one command is run, and whatever goes wrong becomes one sentence and an exit code."""

from __future__ import annotations

import signal
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from rmatch.cli.codes import FINE, UNREAD
from rmatch.cli.failure import EXPECTED, tell
from rmatch.cli.interrupts import interrupting
from rmatch.cli.parser import parser_of, wants_json
from rmatch.cli.streams import exact, opened, say, silence, unsteering
from rmatch.cli.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from rmatch.cli.verb import Answer


def run(argv: Sequence[str] | None = None, waiting: Iterable[int] = ()) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; those of the process if absent.
    waiting : iterable of int
        Signals that have come before.

    Returns
    -------
    int
        The exit code; ``rmatch --help`` lists them.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    heard = code = None
    try:
        with interrupting() as heard:
            for number in waiting:
                signal.raise_signal(number)
            code = _run(given)
    except BaseException as error:
        if not (isinstance(error, KeyboardInterrupt) or (heard and heard.is_set())):
            raise
        return tell(KeyboardInterrupt(), as_json=wants_json(given)) if code is None else code
    return code


def _run(given: list[str]) -> int:
    heard = opened()
    in_json = wants_json(given)
    try:
        try:
            arguments = parser_of(given).parse_args(given)
            in_json = wants_json(arguments)
            with _told_in(getattr(arguments, "points", "")):
                answer = VERBS[arguments.command].command.run(arguments)
                _answer(answer, in_json=in_json)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        return UNREAD
    except EXPECTED as error:
        if isinstance(error, OSError) and error.filename is None:
            silence(sys.stdout)
        return tell(error, as_json=in_json)
    if answer.failure is not None:
        return tell(answer.failure, as_json=in_json)
    if heard:
        return FINE
    say("nobody reads the output: it is closed")
    return UNREAD


def _told_in(points: str) -> AbstractContextManager[None]:
    """Return the block in which points are told as they are asked for."""
    if points != "exact":
        return nullcontext()
    from rmatch.programme import whole_points

    return whole_points()


def _answer(answer: Answer, *, in_json: bool) -> None:
    """Print an answer; beside what is for a program nothing else stands on the output."""
    if in_json or answer.alone:
        exact(unsteering(answer.result.to_json()) if in_json else str(answer.result))
        for line in answer.beside:
            say(line)
        return
    for line in filter(None, map(str, (answer.result, *answer.beside))):
        print(line)
