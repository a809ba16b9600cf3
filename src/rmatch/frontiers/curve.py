"""What every frontier has in common: choices with a price, a table, a dataframe, and one that is recommended."""

from __future__ import annotations

import textwrap
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

from rmatch.fairness import gini, jain
from rmatch.frontiers.plot import Panel, plot
from rmatch.programme import Unit
from rmatch.utils.documents import Document
from rmatch.utils.frames import dataframe
from rmatch.utils.shown import Rows
from rmatch.utils.text import numeral
from rmatch.utils.values import Value

AFFORDABLE = Fraction(1, 50)
"""The most that the recommended matching may cost, as a share of the total."""
STOPPED = "the run was stopped before it was found"
"""Why a choice is left out that might be had."""
WIDTH = 100
"""Where the sentences below a table are broken."""


class Figures(Document):
    """What the points of some pairs come to."""

    __slots__ = ()
    _besides: ClassVar[tuple[str, ...]] = ("total", "worst", "gini", "jain")
    pairs: tuple[tuple[str, str], ...]
    points: tuple[int, ...]
    price: Fraction | None

    @property
    def total(self) -> int:
        """The points of all pairs."""
        return sum(self.points)

    @property
    def worst(self) -> int:
        """The points of the worst pair; 0 if there is none."""
        return min(self.points, default=0)

    @property
    def gini(self) -> float | None:
        """How unequal the points of the pairs are, 0 where they are equal; none where that is not defined."""
        return gini(self.points) if self._comparable else None

    @property
    def jain(self) -> float | None:
        """How equal the points of the pairs are, 1 where they are; none where that is not defined."""
        return jain(self.points) if self._comparable else None

    @property
    def affordable(self) -> bool:
        """Whether it costs at most 2 % of the total."""
        return self.price is not None and self.price <= AFFORDABLE

    def shown(self, unit: Unit) -> tuple[str, str, str]:
        """Return the number of pairs, what they come to and the worst one, as they stand in the table."""
        together = self.total if unit.exact else self.total / max(1, len(self.pairs))
        return numeral(len(self.pairs)), unit.finely(together), unit.finely(self.worst)

    @property
    def _comparable(self) -> bool:
        return self.worst >= 0 < self.total


class Curve(Value, Document, ABC):
    """Choices, as data, table and plot, with one recommended."""

    choices: tuple[Figures, ...]
    locked: int
    left_out: tuple[tuple[str, str], ...]
    unit: Unit

    @property
    @abstractmethod
    def recommended(self) -> Figures:
        """The one of the choices that is recommended."""

    @property
    def stopped(self) -> bool:
        """Whether the run was stopped before it had found every choice."""
        return any(reason == STOPPED for _, reason in self.left_out)

    @property
    def recommendation(self) -> str:
        """What is recommended, and what it gains and costs, in words."""
        return f"{'The run was stopped. Of what it found: ' * self.stopped}{self._recommendation}"

    @property
    @abstractmethod
    def _recommendation(self) -> str:
        """Return what is recommended of the choices that were found."""

    @property
    def _heads(self) -> tuple[str, str]:
        """Return what stands above what pairs come to, and above the worst one."""
        return ("total", "worst pair") if self.unit.exact else ("mean of 100", "worst of 100")

    @abstractmethod
    def _panels(self) -> list[Panel]:
        """Return what is drawn."""

    @abstractmethod
    def _columns(self) -> dict[str, list[Any]]:
        """Return the columns of the dataframe."""

    @abstractmethod
    def _rows(self) -> Iterator[tuple[str, ...]]:
        """Go through the rows of the table, the heads of its columns first."""

    @abstractmethod
    def _notes(self) -> Iterator[str]:
        """Go through what stands below the table."""

    def to_dict(self) -> dict[str, Any]:
        """Return the choices as plain data, with the place of the recommended one in their list.

        Returns
        -------
        dict
            The attributes, ``"recommended"`` from 0 on, and ``"recommendation"`` in words.
        """
        place = self.choices.index(self.recommended)
        return super().to_dict() | {"recommended": place, "recommendation": self.recommendation}

    def plot(self, path: str | Path) -> None:
        """Draw the curve: what each choice costs, and what it does for the pairs. Needs the extra ``report``.

        Parameters
        ----------
        path : str or Path
            The file to write; its ending says whether SVG, PNG or PDF.

        Raises
        ------
        InvalidInputError
            If the extra is not installed, or for another ending.
        """
        plot(self._panels(), path)

    def to_frame(self, *, backend: Any = None) -> Any:
        """Return a row for each choice as a dataframe.

        Parameters
        ----------
        backend : str or module, optional
            The library, such as ``"pandas"`` or ``"polars"``; without it the only one that the program has imported.

        Returns
        -------
        dataframe
            With a column for each figure.

        Raises
        ------
        InvalidInputError
            For an unknown library, or where none or several are imported and none is named.
        """
        return dataframe(self._columns(), backend)

    def _figures(self) -> dict[str, list[Any]]:
        """Return the columns of the dataframe that every frontier has."""
        choices = self.choices
        prices = [choice.price for choice in choices]
        return {
            "pairs": [len(choice.pairs) for choice in choices],
            "total": [choice.total for choice in choices],
            "worst": [choice.worst for choice in choices],
            "price": [None if share is None else float(share) for share in prices],
            "gini": [choice.gini for choice in choices],
        }

    def __repr__(self) -> str:
        """Return the choices as a table, and the recommendation."""
        told = (textwrap.fill(line, WIDTH, break_on_hyphens=False) for line in self._told())
        return "\n".join([*_table(list(self._rows())), *told])

    def _parts(self) -> Iterator[str | Rows]:
        header, *choices = self._rows()
        yield Rows(header, choices)
        yield from self._told()

    def _told(self) -> Iterator[str]:
        """Go through all that stands below the table."""
        yield from (f"Left out: {name}: {why}" for name, why in self.left_out)
        yield from self._notes()
        yield self.recommendation


def price(best: int, total: int) -> Fraction | None:
    """Return the price of fairness: what is lost against the best total, as a share of it.

    Parameters
    ----------
    best, total : int
        The points of the best matching, and of another.

    Returns
    -------
    Fraction or None
        None if something is lost or won where the best total has no points above zero: no share says how much.

    Examples
    --------
    >>> price(200, 197), price(0, 0), price(0, -3)
    (Fraction(3, 200), Fraction(0, 1), None)
    """
    if best == total:
        return Fraction(0)
    return Fraction(best - total, best) if best > 0 else None


def percent(share: Fraction | None) -> str:
    """Return a share in per cent; nothing if there is none.

    Examples
    --------
    >>> percent(Fraction(1, 80)), percent(Fraction(0))
    ('1.25 %', '0 %')
    """
    return "" if share is None else f"{100 * float(share):.2f}".rstrip("0").rstrip(".") + " %"


def decimals(index: float | None) -> str:
    """Return an index of inequality as it stands in the table.

    Examples
    --------
    >>> decimals(0.0625), decimals(None)
    ('0.062', '')
    """
    return "" if index is None else f"{index:.3f}"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{figure:>{width}}" for figure, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join([f"{row[0]:<{widths[0]}}", *cells]).rstrip()
