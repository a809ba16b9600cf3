"""Bands that a spreadsheet has taken for days: of the grades 3-4, 5-6 and 7-8 it may have made 3-4, 05-Jun and 7-8."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rmatch.io.cells.cell import text_of
from rmatch.io.cells.dates import Dates, damaged, damaged_day, day_of
from rmatch.io.tables.table import different_texts
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from rmatch.io.cells.cell import Cell

_BAND = re.compile(r"\D{0,20}\d{1,5}\s?[-–—]\s?\d{1,5}(?!\s?[-–—.]\s?\d)\D{0,20}")
_LONGEST = 24


def damaged_bands(cells: Sequence[Cell], said: Container[str] = ()) -> dict[str, str]:
    """Return what stands among bands and is a day, and the band that it may have been.

    Parameters
    ----------
    cells : sequence
        A column of texts.
    said : container of str
        What a mapping explains, in small letters.

    Examples
    --------
    >>> damaged_bands(["1-2", "3-4", "05-Jun"]), damaged_bands(["05-Jun", "Sales"])
    ({'05-Jun': '5-6'}, {})
    """
    different = different_texts(cells)
    plain = cells if different is None else different
    texts = dict.fromkeys(
        text_of(cell) for cell in plain if not isinstance(cell, list | tuple | dict)
    )
    short = sorted(text for text in texts if 0 < len(text) <= _LONGEST)
    pairs = {
        text: pair for text in short if text.casefold() not in said and (pair := _band_of(text))
    }
    return pairs if pairs and any(map(_BAND.fullmatch, texts.keys() - pairs.keys())) else {}


def _band_of(text: str) -> str:
    if not any(map(str.isdigit, text)):
        return ""
    if pair := damaged(text):
        return pair
    try:
        day = day_of(text, Dates(order="day first"))
    except Malformed:
        return ""
    return damaged_day(day) if day else ""
