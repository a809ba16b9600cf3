"""Templates: a table with every column and two people as examples, to be filled in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rmatch.io.columns import COLUMNS
from rmatch.io.read import read_people
from rmatch.io.write import write_people, written_kind
from rmatch.utils.validation import path_faults, refuse, texts


def write_template(path: str | Path, dimensions: Iterable[str] = ("age", "gender")) -> None:
    """Write a table with every column and two people as examples, to be filled in.

    Parameters
    ----------
    path : str or Path
        A ``.csv`` or ``.json`` file.
    dimensions : iterable of str
        The demographic questions that the organisation asks.

    Raises
    ------
    InvalidInputError
        If the file is to be of another kind.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from rmatch.io import read_people
    >>> with TemporaryDirectory() as folder:
    ...     write_template(Path(folder) / "people.csv", dimensions=["age"])
    ...     read_people(Path(folder) / "people.csv")
    <People: 1 mentor, 1 mentee, 4 topics, 1 dimension>
    """
    refuse([*path_faults("template", path), *texts("template", "dimensions", dimensions, "names")])
    written_kind(path)
    write_people(read_people(_examples(dimensions)), path)


def _examples(dimensions: Iterable[str]) -> list[dict[str, str]]:
    mentor: dict[str, str] = {}
    mentee: dict[str, str] = {}
    for column in COLUMNS:
        for name in _names(column.header, dimensions):
            header = column.header.replace("<name>", name)
            mentor[header], mentee[header] = column.examples
    return [mentor, mentee]


def _names(header: str, dimensions: Iterable[str]) -> Iterable[str]:
    if "<" not in header:
        return [""]
    return ["club"] if header.startswith("extra") else dimensions
