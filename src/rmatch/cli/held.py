"""Where a command reads from: a file, a pipe, or the standard input."""

from __future__ import annotations

import io
import sys
from functools import cached_property
from pathlib import Path

from rmatch.utils.files import read_all, read_bytes

STANDARD = Path("-")
"""Stands for the standard input, and for the standard output."""
PLAN = "rmatch plan"
"""What a saved plan says that it is."""
_BLANK = b"\xef\xbb\xbf \t\r\n"


class Held:
    """What comes through a pipe, which gives it only once: a reader that is at its end begins anew.

    Nothing is read before somebody asks.

    Parameters
    ----------
    path : Path
        The pipe, or ``-`` for the standard input.
    """

    def __init__(self, path: Path) -> None:
        self.name: str = "the standard input" if path == STANDARD else path.name
        self.path = path

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        if isinstance(self._kept, Exception):
            raise self._kept
        piece = self._kept.read(size)
        if not piece:
            self._kept.seek(0)
        return piece

    def head(self, size: int) -> bytes:
        """Return the first bytes that are no blanks, and leave them to be read; none of what cannot be read."""
        if isinstance(self._kept, Exception):
            return b""
        return self._kept.getvalue().lstrip(_BLANK)[:size]

    @cached_property
    def _kept(self) -> io.BytesIO | OSError | ValueError:
        """What came, or why nothing did: neither comes a second time."""
        try:
            if self.path != STANDARD:
                return io.BytesIO(read_bytes(self.path))
            return io.BytesIO(b"" if sys.stdin is None else read_all(sys.stdin.buffer))
        except (OSError, ValueError) as error:
            return error


def source(text: str) -> Path | Held:
    """Return what an argument names: a file as its path, and anything that gives itself only once to be held."""
    path = Path(text)
    return Held(path) if path == STANDARD or path.is_fifo() else path


def path_of(given: Path | Held) -> Path:
    """Return the path of a source."""
    return given.path if isinstance(given, Held) else given


def is_round(given: Path | Held) -> bool:
    """Tell whether a file says that it is a saved round; one that cannot be read says nothing."""
    return _says(given)


def is_plan(given: Path | Held) -> bool:
    """Tell whether a file says that it is a saved plan; one that cannot be read says nothing."""
    return _says(given, PLAN)


def _says(given: Path | Held, *kind: str) -> bool:
    from rmatch.rounds import HEAD, is_saved

    return is_saved(given.head(HEAD) if isinstance(given, Held) else given, *kind)
