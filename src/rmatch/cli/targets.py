"""What a command writes: whether its files may be written, before anything is decided."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING, Any, NamedTuple

from rmatch.cli.codes import BAD_INPUT
from rmatch.cli.failure import Failure
from rmatch.cli.held import STANDARD
from rmatch.cli.streams import say
from rmatch.errors import Fault, InvalidInputError
from rmatch.io import DIALECTS, TABLES, check_xlsx, kind_faults
from rmatch.utils.files import unwritable
from rmatch.utils.spelling import visible
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rmatch.cli.verb import Options
    from rmatch.io import Dialect

FORCE: Options = {
    "--force": {
        "action": "store_true",
        "help": "replace files that are there already; without it nothing is overwritten",
    },
}
DIALECT: Options = {
    "--dialect": {
        "choices": DIALECTS,
        "help": "of .csv: excel, with commas and decimal points; excel-de, with semicolons and decimal commas (default: excel)",
    },
}
KINDS: dict[str, tuple[str, ...]] = {
    "--out": (*TABLES, ".json"),
    "--people-out": TABLES,
    "--fairness": (".html", ".json"),
    "--calendar": TABLES,
}
"""What verbs write their results to, and the kinds of files that these may be."""


def check_targets(
    arguments: Namespace,
    sources: Iterable[Path],
    kinds: Mapping[str, tuple[str, ...]] = KINDS,
    *,
    besides: Iterable[Fault] = (),
    piped: bool = False,
) -> None:
    """Refuse files of a result that cannot be written, or must not be: they are there, read, or written already.

    Parameters
    ----------
    arguments : Namespace
        The command's.
    sources : iterable of Path
        The files that it reads.
    kinds : mapping of str to tuple of str
        The endings that its files may have, by its options.
    besides : iterable of Fault
        What else is wrong with the command.
    piped : bool
        Whether a table goes to the standard output.

    Raises
    ------
    ModuleNotFoundError
        If a workbook is to be written and nothing is installed for it.
    """
    named = {option: _named(arguments, option) for option in kinds}
    files = {option: path for option, path in named.items() if path is not None}
    known = {path.resolve() for path in sources}
    faults = [*besides]
    for option, path in files.items():
        faults += kind_faults(option, path, kinds[option])
        if path.resolve() in known:
            problem = f"{str(path)!r} is another file of this command"
            faults.append(Fault(option, "", problem, "name a new one"))
        else:
            faults += _place_faults(option, path, force=arguments.force)
        known.add(path.resolve())
    endings = {path.suffix.lower() for path in files.values()}
    if _named(arguments, "--dialect") and not piped and ".csv" not in endings:
        remedy = "leave it out, or name a file .csv"
        faults.append(Fault("--dialect", "", "no .csv is written", remedy))
    refuse(faults)
    if ".xlsx" in endings:
        check_xlsx()


def _named(arguments: Namespace, option: str) -> Any:
    return getattr(arguments, option.lstrip("-").replace("-", "_"), None)


def check_new(*paths: Path, force: bool) -> None:
    """Refuse files whose directory is not there, or, unless they may be replaced, that are there already."""
    refuse(dict.fromkeys(fault for path in paths for fault in _place_faults("", path, force=force)))


def _place_faults(option: str, path: Path, *, force: bool) -> Iterator[Fault]:
    yield from unwritable(option, path)
    if path.is_file() and not force:
        problem = f"{str(path)!r} is there already"
        yield Fault(option, "", problem, "name a new one, or add --force to replace it")


def dialect_of(arguments: Namespace) -> Dialect:
    """Return the dialect of CSV that is asked for."""
    return arguments.dialect or DIALECTS[0]


class Delivery(NamedTuple):
    """What became of the files of a result.

    Attributes
    ----------
    written : tuple of Path
        Those that are written.
    unwritten : tuple of Path
        Those that are not where they should be.
    """

    written: tuple[Path, ...]
    unwritten: tuple[Path, ...]

    @property
    def told(self) -> list[str]:
        """What is written, in a line."""
        names = " and ".join(map(str, self.written))
        return [f"Written: {visible(names)}"] if self.written else []

    @property
    def failure(self) -> Failure | None:
        """What is wrong where something is not written."""
        names = ", ".join(map(str, self.unwritten))
        return Failure("system", f"not written: {names}", BAD_INPUT) if self.unwritten else None


def deliver(files: Mapping[Path, Callable[[Path], object]], *, force: bool) -> Delivery:
    """Write the files of a result, which may have taken hours: one that cannot be written is kept elsewhere.

    What goes wrong is said on the error stream.

    Parameters
    ----------
    files : mapping of Path to callable
        What writes each.
    force : bool
        Whether files may be replaced.

    Returns
    -------
    Delivery
        What is written, and what is not.
    """
    written = []
    for path, write in files.items():
        try:
            # Neither the directory nor the file need be as they were when the command began.
            refuse(_place_faults("", path, force=force))
            write(path)
        except OSError as error:
            say(f"{path}: {error.strerror}; {_kept(path, write)}")
        except InvalidInputError as error:
            problems = ", ".join(fault.problem for fault in error.faults)
            say(f"{path}: {problems}; {_kept(path, write)}")
        else:
            written.append(path)
    return Delivery(tuple(written), tuple(path for path in files if path not in written))


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
