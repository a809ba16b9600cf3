"""The fairness report: its figures, to print, to read as tables and to write to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.fairness.figures import FairnessFigures
from rmatch.fairness.groups.group import GroupTable
from rmatch.utils.documents import Document
from rmatch.utils.files import write_text
from rmatch.utils.frames import dataframe
from rmatch.utils.sides import Whose
from rmatch.utils.validation import choice, refuse, text, texts

TableName = Literal["groups", "people", "blocking"]
TABLES: tuple[TableName, ...] = get_args(TableName)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fairness(FairnessFigures, Document):
    """The figures of a matching's fairness, for the organiser alone.

    Made by :meth:`rmatch.Matching.fairness`. Prints as a report. It holds no name, no address and nobody's answer to a
    demographic question; what it prints and writes names nobody at all. What it holds is listed at :class:`rmatch.fairness.FairnessFigures`.
    """

    def table(self, side: Whose, *dimensions: str) -> GroupTable:
        """Return the groups of one side.

        Parameters
        ----------
        side : {"mentor", "mentee", "both"}
            Whose groups: of people who play this role alone, or both.
        *dimensions : str
            One dimension, or those that the programme crosses.

        Returns
        -------
        GroupTable
            With `overall`, `by_group`, `rest`, `difference` and `ratio`.

        Raises
        ------
        InvalidInputError
            If there is no such table.
        """
        refuse([*text("fairness", "side", side), *texts("fairness", "dimensions", dimensions)])
        tables = {_label(table.side, table.dimensions): table for table in self.groups}
        asked = _label(side, sorted(dimensions))
        if asked not in tables:
            problem, remedy = f"there is no table {asked!r}", nearest(asked, list(tables))
            raise InvalidInputError([Fault("fairness", "table", problem, remedy)])
        return tables[asked]

    def to_frame(self, table: TableName = "groups", *, backend: Any = None) -> Any:
        """Return one of the report's tables as a dataframe of the user's library.

        Parameters
        ----------
        table : {"groups", "people", "blocking"}
            Groups with their figures; or, for your own eyes, everybody's rank, regret and envy, or the first blocking pairs.
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the only one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown table or library, or where none or several are imported and none is named.
        """
        from rmatch.fairness.text import columns

        refuse(choice("fairness", "table", table, TABLES))
        return dataframe(columns(self, table), backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data, without what it holds of single people and pairs.

        Returns
        -------
        dict
            The figures, and a dict for every table of groups.
        """
        from rmatch.fairness.text import as_dict

        return as_dict(self)

    def to_html(self, path: str | Path) -> None:
        """Write the report as an HTML page that needs nothing else.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        """
        from rmatch.fairness.text import as_page

        write_text(path, as_page(self))

    def __str__(self) -> str:
        """Return the report as text."""
        from rmatch.fairness.text import as_text

        return as_text(self)

    def __repr__(self) -> str:
        """Return the report as text."""
        return str(self)

    def _repr_html_(self) -> str:
        from rmatch.fairness.text import as_html

        return as_html(self)


def _label(side: str, dimensions: Sequence[str]) -> str:
    return f"{side}: {' × '.join(dimensions)}"
