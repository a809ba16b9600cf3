"""What a matching is written to: text, HTML, files and dataframes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, get_args, overload

from rmatch.io import Dialect, write_table
from rmatch.matching.export import (
    Contact,
    PageColumn,
    TableName,
    as_text,
    check_contacts,
    frame,
    lines,
    shown,
)
from rmatch.rounds import Outcome, PlacesPrice, places_price
from rmatch.utils.files import Target, write_text
from rmatch.utils.languages import Language
from rmatch.utils.shown import Rows, Shown
from rmatch.utils.validation import choice, refuse, truth

PeopleKept = Literal["fingerprints", "whole"]
PEOPLE_KEPT = get_args(PeopleKept)


class Written(Outcome, Shown):
    """A matching that can be shown and written."""

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same round: the same people, by their fingerprints, and all that was decided about them.

        By which version of rmatch they were written, and how the people and requests were read, does not matter.
        """
        if self is other or not isinstance(other, Written):
            return self is other
        from rmatch.rounds import content_of

        quick = self._key == other._key and self.programme == other.programme
        return quick and content_of(self) == content_of(other)

    def __hash__(self) -> int:  # type: ignore[override]
        """Return the same for equal rounds."""
        return hash(self._key)

    @property
    def _key(self) -> tuple[Any, ...]:
        return self.seed, self.pairs, self.total

    def to_frame(
        self, table: TableName = "pairs", *, include: Sequence[Contact] = (), backend: Any = None
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

    def to_table(
        self,
        path: Target,
        table: TableName = "pairs",
        *,
        include: Sequence[Contact] = (),
        dialect: Dialect = "excel",
    ) -> None:
        """Write one of the result's tables as a workbook or a CSV file.

        Text that a spreadsheet would take for a formula gets a ``'`` in front; rmatch takes it away when it reads.

        Parameters
        ----------
        path : str, Path or text file
            Where to write: a workbook (``.xlsx``), or CSV (``.csv``, and what an open file takes). A path is written whole
            or not at all.
        table : {"pairs", "people"}
            The pairs, or everybody with partners or reason.
        include : sequence of {"name", "email"}
            What to add beside the ids.
        dialect : {"excel", "excel-de"}
            Of CSV: commas and decimal points, or semicolons and decimal commas.

        Raises
        ------
        InvalidInputError
            For an unknown table, column, dialect or ending.
        ModuleNotFoundError
            If a workbook is asked for, and XlsxWriter is not installed.
        """
        write_table(lines(self, table, include), path, dialect)

    @cached_property
    def _price(self) -> PlacesPrice:
        """The price of fair places, worked out once: it needs another solve."""
        return places_price(self)

    def to_dict(
        self,
        *,
        people: PeopleKept = "fingerprints",
        include: Sequence[Contact] = (),
        price_of_fair_places: bool = False,
    ) -> dict[str, Any]:
        """Return everything that explains and verifies the result elsewhere, without solving again, as plain data.

        Two equal runs give the same data: :doc:`/reference/saved-round`.

        Parameters
        ----------
        people : {"fingerprints", "whole"}
            Whether the people are in it with their ids and fingerprints, or whole, with all that is known of them.
        include : sequence of {"name", "email"}
            What to tell of each person beside.
        price_of_fair_places : bool
            Whether to add what :meth:`rmatch.Matching.price_of_fair_places` says, with its proof; it needs another solve.

        Returns
        -------
        dict
            What :func:`rmatch.read_matching` reads back as an equal matching.

        Raises
        ------
        InvalidInputError
            For an unknown column, where the price is asked for and there is none, or where the people are asked for and
            the matching was itself read without them.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> rmatch.read_matching(matching.to_dict()) == matching
        True
        """
        from rmatch.rounds import document_of

        check_contacts(include)
        asked = truth("result", "price_of_fair_places", price_of_fair_places)
        refuse([*choice("result", "people", people, PEOPLE_KEPT), *asked])
        price = self._price if price_of_fair_places else None
        return document_of(self, whole=people == "whole", include=include, price=price)

    @overload
    def to_json(
        self,
        path: None = None,
        *,
        people: PeopleKept = "fingerprints",
        include: Sequence[Contact] = (),
        price_of_fair_places: bool = False,
    ) -> str: ...

    @overload
    def to_json(
        self,
        path: Target,
        *,
        people: PeopleKept = "fingerprints",
        include: Sequence[Contact] = (),
        price_of_fair_places: bool = False,
    ) -> None: ...

    def to_json(
        self,
        path: Target | None = None,
        *,
        people: PeopleKept = "fingerprints",
        include: Sequence[Contact] = (),
        price_of_fair_places: bool = False,
    ) -> str | None:
        """Write what :meth:`to_dict` returns as JSON.

        Parameters
        ----------
        path : str, Path or text file, optional
            Where to write; a path is written whole or not at all.
        people : {"fingerprints", "whole"}
            Whether the people are in it with their ids and fingerprints, or whole.
        include : sequence of {"name", "email"}
            What to tell of each person beside.
        price_of_fair_places : bool
            Whether to add what :meth:`rmatch.Matching.price_of_fair_places` says, with its proof; it needs another solve.

        Returns
        -------
        str or None
            The text, if it is not written.

        Raises
        ------
        InvalidInputError
            As for :meth:`to_dict`.
        """
        from rmatch.rounds import text_of

        text = text_of(
            self.to_dict(people=people, include=include, price_of_fair_places=price_of_fair_places)
        )
        if path is None:
            return text
        write_text(path, text)
        return None

    def to_html(
        self,
        path: Target,
        *,
        include: Sequence[PageColumn] = (),
        previous: Outcome | None = None,
        language: str = "en",
    ) -> None:
        """Write the organiser's page: one file with the pairs, their reasons, and everything that there is to decide with.

        It opens in any browser, loads nothing and sends nothing. What it says is for the organiser alone.

        Parameters
        ----------
        path : str, Path or text file
            Where to write; a path is written whole or not at all.
        include : sequence of {"name"}
            Whether people are called by their names, with their ids beside; by their ids alone without it.
        previous : Matching, optional
            An earlier round that this one is compared with.
        language : str
            ``"en"``, ``"de"``, ``"es"`` or ``"fr"``; other languages than English need the extra ``letters``.

        Raises
        ------
        InvalidInputError
            For another column than the name, an earlier round that is none, names of a matching that was read without its
            people, or a language without a catalogue.
        ModuleNotFoundError
            Where Babel, which reads catalogues, is not installed.

        Examples
        --------
        >>> from io import StringIO
        >>> import rmatch
        >>> page = StringIO()
        >>> rmatch.match(rmatch.datasets.example()).to_html(page)
        >>> page.getvalue().startswith("<!DOCTYPE html>")
        True
        """
        from datetime import datetime

        from rmatch.matching.page.facts import page
        from rmatch.matching.page.html import html

        today = datetime.now().astimezone().date()
        tongue = Language(language)
        write_text(path, html(page(self, include, previous, today), tongue))

    def __repr__(self) -> str:
        """Return the result as a table."""
        return as_text(self)

    def _parts(self) -> Iterator[str | Rows]:
        return shown(self)
