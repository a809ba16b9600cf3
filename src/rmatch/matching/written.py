"""What a matching is written to: text, HTML, files and dataframes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from rmatch.matching.export import as_text, document_of, frame, shown, write_csv
from rmatch.rounds import Outcome, PlacesPrice, places_price
from rmatch.utils.documents import json_text
from rmatch.utils.files import Target, write_text
from rmatch.utils.shown import Rows, Shown
from rmatch.utils.validation import refuse, truth


class Written(Outcome, Shown):
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
            The library, such as ``"pandas"`` or ``"polars"``; without it the only one that the program has imported.

        Returns
        -------
        dataframe
            A frame of that library.

        Raises
        ------
        InvalidInputError
            For an unknown table, column or library, or where none or several are imported and none is named.
        """
        return frame(self, table, include, backend)

    def to_csv(self, path: Target, table: str = "pairs", *, include: Sequence[str] = ()) -> None:
        """Write one of the result's tables as a CSV file.

        Text that a spreadsheet would take for a formula gets a ``'`` in front; rmatch takes it away when it reads.

        Parameters
        ----------
        path : str, Path or text file
            Where to write; a path is written whole or not at all.
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

    @cached_property
    def _price(self) -> PlacesPrice:
        """The price of fair places, worked out once: it needs another solve."""
        return places_price(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole result as plain data.

        Returns
        -------
        dict
            What :meth:`to_json` writes.
        """
        return document_of(self, (), None)

    def to_json(
        self,
        path: str | Path,
        *,
        include: Sequence[str] = (),
        price_of_fair_places: bool = False,
    ) -> None:
        """Write the whole result as a JSON file.

        Parameters
        ----------
        path : str or Path
            The file to write, whole or not at all.
        include : sequence of {"name", "email"}
            What to add beside the ids.
        price_of_fair_places : bool
            Whether to add what :meth:`rmatch.Matching.price_of_fair_places` says, which needs another solve.

        Raises
        ------
        InvalidInputError
            For an unknown column, or where the price is asked for and there is none.
        """
        refuse(truth("result", "price_of_fair_places", price_of_fair_places))
        price = self._price if price_of_fair_places else None
        write_text(path, json_text(document_of(self, include, price)) + "\n")

    def __repr__(self) -> str:
        """Return the result as a table."""
        return as_text(self)

    def _parts(self) -> Iterator[str | Rows]:
        return shown(self)
