"""What ``rmatch init`` guesses from a foreign table: how it is read, and a programme for its people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rmatch.cli.guess.guess import Guess
from rmatch.cli.guess.mapping_text import mapping_text
from rmatch.cli.guess.programme_text import programme_text
from rmatch.errors import InvalidInputError
from rmatch.io import read_people, read_table

__all__ = ["Draft", "draft", "draft_programme"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Two files to start from.

    Attributes
    ----------
    mapping, programme : str
        The texts of a mapping and of a programme in TOML, with comments on what was guessed and what is to be filled in.
    """

    mapping: str
    programme: str


def draft(source: str | Path) -> Draft:
    """Guess from a table's columns and cells how it is read, and what its people can be matched by.

    Parameters
    ----------
    source : str or Path
        A file that :func:`rmatch.read_people` reads: ``.csv``, ``.xlsx`` or ``.json``.

    Returns
    -------
    Draft
        What to write. Consent is never guessed, and no answer to a demographic question is in it.

    Raises
    ------
    InvalidInputError
        If the file is no table.
    """
    table = read_table(source)
    if table.faults:
        raise InvalidInputError(table.faults)
    guess, name = Guess(table), Path(source).name
    return Draft(mapping_text(guess, name), programme_text(guess, name))


def draft_programme(source: str | Path, mapping: str | Path) -> str:
    """Guess what the people of a table can be matched by, as they are read through a mapping.

    Parameters
    ----------
    source : str or Path
        A file that :func:`rmatch.read_people` reads.
    mapping : str or Path
        How it is read, corrected by hand.

    Returns
    -------
    str
        The text of a programme in TOML. No answer to a demographic question is in it.

    Raises
    ------
    InvalidInputError
        If the people cannot be read: every fault.
    """
    table = read_table(list(read_people(source, mapping=mapping)))
    filled = replace(
        table, columns={header: cells for header, cells in table.columns.items() if any(cells)}
    )
    return programme_text(Guess(filled), f"{Path(source).name}, read through {Path(mapping).name}")
