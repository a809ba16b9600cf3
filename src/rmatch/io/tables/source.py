"""Sources: a file, a dataframe or a list, read into raw columns."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import InvalidInputError, nearest
from rmatch.io.faults import refusal
from rmatch.io.tables.csv import read_csv
from rmatch.io.tables.frames import read_frame
from rmatch.io.tables.json import read_json
from rmatch.io.tables.records import person_faults, record_of, tabulate_records
from rmatch.io.tables.xlsx import read_xlsx
from rmatch.people import Person
from rmatch.utils.validation import refuse, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.io.tables.table import Table


READERS: dict[str, Callable[[Path], Table]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), read_csv),
    ".xlsx": read_xlsx,
    ".json": read_json,
}


def read_table(source: Any) -> Table:
    """Read a source into raw columns.

    Parameters
    ----------
    source : path, dataframe or sequence
        What :func:`read_people` takes.

    Returns
    -------
    Table
        The columns as they are.

    Raises
    ------
    InvalidInputError
        If it cannot be read.
    """
    if isinstance(source, str | os.PathLike):
        return _file(Path(source))
    if isinstance(source, Sequence) and not isinstance(source, bytes):
        return _list(source)
    return read_frame(source)


def _list(people: Sequence[Any]) -> Table:
    made = ((number, each) for number, each in enumerate(people, 1) if isinstance(each, Person))
    refuse(fault for number, person in made for fault in person_faults(number, person))
    records = [record_of(each) if isinstance(each, Person) else each for each in people]
    return tabulate_records("the list", records)


def _file(path: Path) -> Table:
    ending = path.suffix.lower()
    try:
        if path.is_dir():
            raise refusal(path.name, "this is a directory", "give a file in it")
        if ending not in READERS:
            problem = f"{shown(path.suffix)} is not a kind of file that is read"
            raise refusal(shown(path.name), problem, nearest(path.suffix, READERS))
        return READERS[ending](path)
    except InvalidInputError:
        raise
    except FileNotFoundError:
        remedy = "give the path of an existing one"
        raise refusal(path.name, "there is no such file", remedy) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(shown(path.name), f"the file cannot be read: {reason}") from None
