"""What a matching is written to: text, HTML, files and dataframes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.matching.export import as_html, as_text, frame, write_csv, write_json
from rmatch.rounds import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Written(Outcome):
    """A matching that can be shown and written."""

    def to_frame(
        self, table: str = "pairs", *, include: Sequence[str] = (), backend: Any = None
    ) -> Any:
        """Return one of the result's tables as a dataframe of the user's library.

        Parameters
        ----------
        table : {"pairs", "people"}
            The pairs, or everybody with partners or reason.
        include : sequence of {"name", "email"}
            What to add beside the ids.
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown table, column or library, or if no library is imported.
        """
        return frame(self, table, include, backend)

    def to_csv(
        self, path: str | Path, table: str = "pairs", *, include: Sequence[str] = ()
    ) -> None:
        """Write one of the result's tables as a CSV file.

        Text that a spreadsheet would take for a formula gets a ``'`` in front; rmatch takes it away when it reads.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        table : {"pairs", "people"}
            The pairs, or everybody with partners or reason.
        include : sequence of {"name", "email"}
            What to add beside the ids.

        Raises
        ------
        InvalidInputError
            For an unknown table or column.
        """
        write_csv(self, path, table, include)

    def to_json(self, path: str | Path, *, include: Sequence[str] = ()) -> None:
        """Write the whole result as a JSON file.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        include : sequence of {"name", "email"}
            What to add beside the ids.

        Raises
        ------
        InvalidInputError
            For an unknown column.
        """
        write_json(self, path, include)

    def __repr__(self) -> str:
        """Return the result as a table."""
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)
