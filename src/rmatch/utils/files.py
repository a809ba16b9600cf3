"""Files that are read up to a limit, and written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from shutil import rmtree
from typing import IO, TYPE_CHECKING, AnyStr, Protocol, TypeAlias, runtime_checkable

from rmatch.errors import Fault
from rmatch.utils.text import numeral
from rmatch.utils.validation import path_faults, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 100_000_000
"""The most bytes, or characters, of one source: a hundred thousand people take a quarter."""
_PIECE = 1 << 20


@runtime_checkable
class SupportsWrite(Protocol):
    """A text file, or what takes text like one."""

    def write(self, text: str, /) -> object:
        """Take text."""


Target: TypeAlias = str | Path | SupportsWrite


def read_bytes(path: Path, largest: int | None = None) -> bytes:
    """Return what a file holds.

    Parameters
    ----------
    path : Path
        The file, or a pipe, which is waited for.
    largest : int, optional
        The most bytes that are read; :data:`LARGEST` if absent.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is a device, which may never end; or if it is too large.
    """
    with open(path, "rb", opener=_opened) as file:
        return read_all(file, largest)


def read_all(stream: IO[AnyStr], largest: int | None = None) -> AnyStr:
    """Return what a stream holds to its end.

    Parameters
    ----------
    stream : file-like object
        Open for reading; it may give less than it is asked for.
    largest : int, optional
        The most bytes, or characters, that are read; :data:`LARGEST` if absent.

    Returns
    -------
    str or bytes
        All of it.

    Raises
    ------
    ValueError
        If it holds more.

    Examples
    --------
    >>> from io import StringIO
    >>> read_all(StringIO("id,role"))
    'id,role'
    """
    most = LARGEST if largest is None else largest
    pieces = [stream.read(_PIECE)]
    size = len(pieces[0])
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            message = f"it holds more than {numeral(most)} bytes"
            raise ValueError(message)
    return pieces[0][:0].join(pieces)


def _opened(path: str, flags: int) -> int:
    """Open a file, or a pipe, which ends when its other end is closed; what a device would do is not even tried."""
    mode = Path(path).stat().st_mode
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        message = "it is a device, and no file"
        raise ValueError(message)
    return os.open(path, flags)


def unwritable(where: str, path: Path) -> Iterator[Fault]:
    """Go through why nothing can be written to a path, as far as that shows before there is anything to write.

    Parameters
    ----------
    where : str
        Who named it.
    path : Path
        The file.

    Yields
    ------
    Fault
        That it is no file, or that there is no directory to put it in.

    Examples
    --------
    >>> [str(fault) for fault in unwritable("file", Path("nowhere") / "pairs.csv")]
    ["file: there is no directory 'nowhere'; make it first"]
    """
    if path.exists() and not path.is_file():
        yield Fault(where, "", f"{str(path)!r} is no file", "name one")
    folder = path.parent
    if not folder.is_dir():
        yield Fault(where, "", f"there is no directory {str(folder)!r}", "make it first")
    elif not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        yield Fault(where, "", f"nothing can be written in {str(folder)!r}", "name another")


def write_text(path: Target, text: str, encoding: str = "utf-8") -> None:
    """Write a file in one step: it holds the whole text, or it is not touched.

    Who may read the file that was there before may read this one, and nobody else. A link stays, and what it points to is
    written.

    Parameters
    ----------
    path : str, Path or text file
        The file; one that is open takes the text and knows its own encoding.
    text : str
        What it shall hold; line ends are written as they are.
    encoding : str
        How.

    Raises
    ------
    InvalidInputError
        If the path is none, or nothing can be written there.
    OSError
        If the system does not write it all the same, with its name: the disk is full.
    """
    if isinstance(path, SupportsWrite):
        path.write(text)
        return
    write_bytes(path, text.encode(encoding))


def write_bytes(path: str | Path, held: bytes) -> None:
    """Write a file of bytes, as :func:`write_text` writes one of text."""
    refuse(path_faults("file", path) or unwritable("file", Path(path)))
    try:
        _replace(Path(os.path.realpath(path)), held)
    except OSError as error:
        # Of a full disk the system does not say which file it is, and of others only the draft.
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_folder(path: str | Path, held: Mapping[str, bytes]) -> None:
    """Write a new folder of files in one step: it is there with all of them, or not at all.

    Parameters
    ----------
    path : str or Path
        The folder: nothing is there yet, or an empty folder.
    held : mapping of str to bytes
        What each file of the folder shall hold, by its name.

    Raises
    ------
    InvalidInputError
        If something is there already, or nothing can be written there.
    OSError
        If the system does not write it all the same.
    """
    refuse(path_faults("folder", path) or folder_faults(Path(path)))
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        draft.mkdir()
        for name, content in held.items():
            (draft / name).write_bytes(content)
        # An empty folder gives way, and one that has been filled since does not.
        draft.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        rmtree(draft, ignore_errors=True)


def folder_faults(path: Path) -> Iterator[Fault]:
    """Go through why a new folder cannot be written, as far as that shows before there is anything to write."""
    if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
        return
    if path.exists() or path.is_symlink():
        yield Fault("folder", "", f"{str(path)!r} is there already", "name a new folder")
    else:
        yield from unwritable("folder", path)


def _replace(target: Path, held: bytes) -> None:
    there = target.exists()
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        with draft.open("xb") as file:
            if there:
                # Before there is anything to read.
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            file.write(held)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
