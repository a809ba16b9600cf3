"""Ids that a spreadsheet has changed: numbers that lost their zeros, and another case."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WHOLE = re.compile(r"0*(\d+?)(?:\.0+)?", re.ASCII)


class LikelyIds:
    """Which known id is meant by one that nobody has.

    Parameters
    ----------
    known : iterable of str
        All ids.

    Examples
    --------
    >>> likely = LikelyIds(["00101", "00102", "E7"])
    >>> likely.of("101"), likely.of("e7"), likely.of("103")
    (['00101'], ['E7'], [])
    >>> likely.only("101"), LikelyIds(["101", "0101"]).only("00101")
    ('00101', None)
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._widths: set[int] = set()
        for each in known:
            self._by_key[id_key(each)].append(each)
            if each.isdecimal():
                self._widths.add(len(each) if each.startswith("0") else 0)

    def of(self, text: str) -> list[str]:
        """Return the ids that say the same number, or the same without case, the text itself left out."""
        return [each for each in self._by_key.get(id_key(text), ()) if each != text]

    def only(self, text: str) -> str | None:
        """Return the one id that is meant: where there are several, or zeros of several widths, nobody can tell."""
        found = self.of(text)
        if len(found) != 1:
            return None
        padded = self._widths - {0}
        return None if found[0].isdecimal() and len(padded) > 1 else found[0]


def how(text: str, known: str) -> str:
    """Return what tells an id from the known one that is meant.

    Examples
    --------
    >>> how("101", "00101"), how("00101", "101"), how("e7", "E7")
    ('the same number, zeros lost', 'the same number, with other zeros', 'the same in another case')
    """
    if not known.isdecimal():
        return "the same in another case"
    return "the same number, " + (
        "zeros lost" if len(text.partition(".")[0]) < len(known) else "with other zeros"
    )


def id_key(text: str) -> str:
    """Return what is left of an id when leading zeros and case are lost.

    Examples
    --------
    >>> id_key("00101"), id_key("101.0"), id_key("E7")
    ('101', '101', 'e7')
    """
    number = _WHOLE.fullmatch(text.strip())
    return number[1] if number else text.strip().casefold()
