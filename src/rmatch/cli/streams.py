"""The streams of the process: one that is closed or full must not cost what a command has found."""

from __future__ import annotations

import io
import os
import sys
from typing import IO

from rmatch.errors import STEERING


def opened() -> bool:
    """Open what is closed onto nothing, and let no letter be too odd for a terminal.

    Returns
    -------
    bool
        Whether there is somebody to print for.
    """
    heard = sys.stdout is not None
    # Or else the next file that is opened takes the number of a stream, and gets what is printed.
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BytesIO())
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BytesIO())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return heard


def apart() -> None:
    """Keep the output for what the command says: what libraries print by themselves goes to the error stream.

    HiGHS, for one, prints a line now and then whatever it is told, from where no Python hears it.
    """
    if sys.stdout is None or sys.stderr is None:
        return
    own = os.dup(sys.stdout.fileno())
    buffered = 1 if os.isatty(own) else -1
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = open(own, "w", buffered, sys.stdout.encoding, sys.stdout.errors)  # noqa: SIM115, PTH123


def say(sentence: object) -> None:
    """Say something on the error stream, if anything can be said there."""
    write(f"rmatch: {sentence}")


def write(line: str) -> None:
    """Write a line to the error stream as it is, if anything can be written there."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def exact(text: str) -> None:
    """Print what is for a program: in UTF-8 whatever the terminal's letters are, with the line ends that it has."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    print(text, end="")


def silence(stream: IO[str]) -> None:
    """Let a stream that cannot be written end in nothing: the interpreter flushes it once more, and must not fail then."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)


def unsteering(document: str) -> str:
    """Return a JSON document in which what would steer a terminal is spelt out: every reader takes it for the same."""
    spelt = STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", document.rstrip())
    return f"{spelt}\n"
