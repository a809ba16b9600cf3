"""Numbers that two people read differently: 1,200 is twelve hundred here and one point two there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.years import MOST_YEARS
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NUMERIC = frozenset({"years", "capacity"})
"""The kinds of columns whose cells are numbers."""
_FITS: dict[str, Callable[[str], Any]] = {
    "years": lambda number: 0 <= float(number) <= MOST_YEARS,
    "capacity": str.isdigit,
}
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:\d+([.,])(?:\d{1,2}|\d{4,})|0([.,])\d{3})", re.ASCII)


def decimal_marks(cells: Iterable[Any]) -> str:
    """Return the marks that are decimal ones for certain, as other cells of the column use them.

    Examples
    --------
    >>> decimal_marks(["7,5", "1,200"]), decimal_marks(["12", "1,200"])
    (',', '')
    """
    texts = {cell for cell in cells if type(cell) is str}
    found = (_DECIMAL.fullmatch(text.strip()) for text in texts)
    return "".join(sorted({match[1] or match[2] for match in found if match}))


def ambiguous(text: str, decimals: str = "", kind: str = "") -> Malformed | None:
    """Return what is wrong with a number whose mark may stand before thousands or before decimals.

    Parameters
    ----------
    text : str
        What is written.
    decimals : str
        Marks that are decimal ones for certain.
    kind : str
        The kind of its column: what is to be written is a number that fits there.

    Returns
    -------
    Malformed or None
        Both readings; None if there is one.

    Examples
    --------
    >>> ambiguous("1,200").problem, ambiguous("1,200", ","), ambiguous("12,5")
    ('may be 1200 or 1.2', None, None)
    """
    match = _EITHER.fullmatch(text)
    if match is None or match[1] in decimals:
        return None
    whole, part = text.replace(match[1], ""), text.replace(",", ".").rstrip("0").rstrip(".")
    part += "0" * (_EITHER.fullmatch(part) is not None)  # as many digits are read in one way only
    right = [number for number in (whole, part) if _FITS.get(kind, str)(number)]
    return Malformed(
        text, f"may be {whole} or {part}", f"write {' or '.join(right or [whole, part])}"
    )
