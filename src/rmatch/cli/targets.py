"""What a command writes: whether its files may be written, before anything is decided."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

from rmatch.cli.held import STANDARD
from rmatch.cli.streams import say
from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.files import unwritable
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Mapping

KINDS = {
    "--out": (".csv", ".json"),
    "--people-out": (".csv",),
    "--fairness": (".html", ".json"),
    "--calendar": (".csv",),
}
"""What verbs write their results to, and the kinds of files that these may be."""


def check_targets(arguments: Namespace, sources: Iterable[Path]) -> None:
    """Refuse files of a result that cannot be written, or that are read or written already.

    Parameters
    ----------
    arguments : Namespace
        The command's.
    sources : iterable of Path
        The files that it reads.
    """
    known = {path.resolve() for path in sources}
    targets = {option: getattr(arguments, option[2:].replace("-", "_"), None) for option in KINDS}
    faults: list[Fault] = []
    for option, path in targets.items():
        if path is None:
            continue
        faults += [*_kind_faults(option, path), *unwritable(option, path)]
        if path.resolve() in known:
            problem = f"{str(path)!r} is another file of this command"
            faults.append(Fault(option, "", problem, "name a new one"))
        known.add(path.resolve())
    refuse(faults)


def check_new(*paths: Path) -> None:
    """Refuse files that are there already, or whose directory is not."""
    there = [path for path in paths if path.exists()]
    new = dict.fromkeys(
        fault for path in paths if path not in there for fault in unwritable("", path)
    )
    old = [Fault("", "", f"{str(path)!r} is there already", "move it away first") for path in there]
    refuse([*new, *old])


def write_or_keep(files: Mapping[Path, Callable[[Path], object]]) -> list[Path]:
    """Write the files of a result, which may have taken hours: one that cannot be written is kept elsewhere.

    What goes wrong is said on the error stream.

    Parameters
    ----------
    files : mapping of Path to callable
        What writes each.

    Returns
    -------
    list of Path
        Those that are written.
    """
    written = []
    for path, write in files.items():
        try:
            write(path)
        except OSError as error:
            say(f"{path}: {error.strerror}; {_kept(path, write)}")
        except InvalidInputError as error:
            # The directory was there when the command began.
            problems = ", ".join(fault.problem for fault in error.faults)
            say(f"{path}: {problems}; {_kept(path, write)}")
        else:
            written.append(path)
    return written


def _kind_faults(option: str, path: Path) -> Iterator[Fault]:
    if path.suffix.lower() not in KINDS[option]:
        problem = f"{path.suffix!r} is not a kind of file that is written"
        yield Fault(option, "", problem, f"name it {' or '.join(KINDS[option])}")


def check_files(paths: Iterable[Path]) -> None:
    """Refuse pipes, where what is read is read again and again."""
    pipes = [path for path in paths if path == STANDARD or path.is_fifo()]
    problem = "is a pipe, and can be read once only"
    refuse(Fault("", "", f"{str(path)!r} {problem}", "save it as a file") for path in pipes)


def _kept(path: Path, write: Callable[[Path], object]) -> str:
    place = None
    try:
        place = Path(mkdtemp(prefix="rmatch-"))  # which nobody else may look into
        write(place / path.name)
    except OSError:
        if place is not None:
            rmtree(place, ignore_errors=True)
        return f"nor can it be kept in {gettempdir()}"
    return f"it is kept in {place / path.name}"
