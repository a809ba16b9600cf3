"""What a command writes: whether its files may be written, before anything is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KINDS = {"--out": (".csv", ".json"), "--people-out": (".csv",), "--fairness": (".html", ".json")}


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
    targets = {
        "--out": arguments.out,
        "--people-out": arguments.people_out,
        "--fairness": arguments.fairness,
    }
    faults: list[Fault] = []
    for option, path in targets.items():
        if path is None:
            continue
        faults += [*_kind_faults(option, path), *_directory_faults(option, path)]
        if path.is_dir():
            faults.append(Fault(option, "", f"{str(path)!r} is a directory", "name a file"))
        if path.resolve() in known:
            problem = f"{str(path)!r} is another file of this command"
            faults.append(Fault(option, "", problem, "name a new one"))
        known.add(path.resolve())
    refuse(faults)


def check_new(*paths: Path) -> None:
    """Refuse files that are there already, or whose directory is not."""
    faults = dict.fromkeys(fault for path in paths for fault in _directory_faults("", path))
    there = (path for path in paths if path.exists())
    refuse(
        [
            *faults,
            *(
                Fault("", "", f"{str(path)!r} is there already", "move it away first")
                for path in there
            ),
        ]
    )


def _kind_faults(option: str, path: Path) -> Iterator[Fault]:
    if path.suffix.lower() not in KINDS[option]:
        problem = f"{path.suffix!r} is not a kind of file that is written"
        yield Fault(option, "", problem, f"name it {' or '.join(KINDS[option])}")


def _directory_faults(option: str, path: Path) -> Iterator[Fault]:
    if not path.parent.is_dir():
        yield Fault(option, "", f"there is no directory {str(path.parent)!r}", "make it first")
