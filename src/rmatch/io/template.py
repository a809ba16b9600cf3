"""Templates: a table with every column and two people as examples, to be filled in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rmatch.io.columns import COLUMNS
from rmatch.io.read import read_people
from rmatch.io.tables.csv import Dialect
from rmatch.io.tables.written import written_kind
from rmatch.io.write import PEOPLE, write_people
from rmatch.utils.validation import path_faults, refuse, texts


def write_template(
    path: str | Path,
    dimensions: Iterable[str] = ("age", "gender"),
    *,
    dialect: Dialect = "excel",
) -> None:
    """Write a table with every column and two people as examples, to be filled in.

    Parameters
    ----------
    path : str or Path
        A ``.csv``, ``.xlsx`` or ``.json`` file.
    dimensions : iterable of str
        The demographic questions that the organisation asks.
    dialect : {"excel", "excel-de"}
        Of CSV: commas and decimal points, or semicolons and decimal commas.

    Raises
    ------
    InvalidInputError
        If the file is to be of another kind, or for an unknown dialect.
    ModuleNotFoundError
        If a workbook is asked for, and XlsxWriter is not installed.

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
    written_kind(path, PEOPLE)
    write_people(read_people(_examples(dimensions)), path, dialect=dialect)


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
