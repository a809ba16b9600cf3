"""Files that are read up to a limit, and written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from secrets import token_hex
from typing import IO, AnyStr

from rmatch.utils.validation import path_faults, refuse

LARGEST = 100_000_000
"""The most bytes, or characters, of one source: a hundred thousand people take a quarter."""
_PIECE = 1 << 20


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is no file, but a device or a pipe, which may never end; or if it is too large.
    """
    with open(path, "rb", opener=_opened) as file:
        return read_all(file)


def read_all(stream: IO[AnyStr]) -> AnyStr:
    """Return what a stream holds to its end.

    Parameters
    ----------
    stream : file-like object
        Open for reading; it may give less than it is asked for.

    Returns
    -------
    str or bytes
        All of it.

    Raises
    ------
    ValueError
        If it holds more than :data:`LARGEST`.

    Examples
    --------
    >>> from io import StringIO
    >>> read_all(StringIO("id,role"))
    'id,role'
    """
    pieces = [stream.read(_PIECE)]
    size = len(pieces[0])
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            message = f"it holds more than {LARGEST:,} bytes"
            raise ValueError(message)
    return pieces[0][:0].join(pieces)


def _opened(path: str, flags: int) -> int:
    """Open a file without waiting for what a pipe has at its other end."""
    number = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        message = "it is no file, but a device or a pipe"
        raise ValueError(message)
    return number


def write_text(path: str | Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file in one step: it holds the whole text, or it is not touched.

    Who may read the file that was there before may read this one, and nobody else. A link stays, and what it points to is
    written.

    Parameters
    ----------
    path : str or Path
        The file.
    text : str
        What it shall hold; line ends are written as they are.
    encoding : str
        How.

    Raises
    ------
    InvalidInputError
        If the path is none.
    """
    refuse(path_faults("file", path))
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        with draft.open("x", encoding=encoding, newline="") as file:
            if target.exists():
                # Before there is anything to read.
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            file.write(text)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
