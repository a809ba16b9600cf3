"""Grades, departments and sites in several spellings: one is kept, so that `Leeds` and `leeds` are one site to every rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rmatch.utils.labels import fold
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.io.crowd import Crowd

HEADERS = ("level", "department", "site")


def unite_spellings(crowd: Crowd) -> list[str]:
    """Give every grade, department and site one spelling, and say in how many cells that changed it.

    Parameters
    ----------
    crowd : Crowd
        Everybody; the columns are changed.

    Returns
    -------
    list of str
        A note a column that changed.
    """
    notes = []
    for header in HEADERS:
        cells = crowd.columns.get(header, [])
        counts = Counter(cell for cell in cells if cell)
        kept = kept_spellings(counts)
        if not kept:
            continue
        crowd.columns[header] = [kept.get(cell, cell) for cell in cells]
        pairs = ", ".join(f"{shown(odd)} as {shown(usual)}" for odd, usual in sorted(kept.items()))
        some = counted(sum(counts[odd] for odd in kept), "cell")
        notes.append(f"{header}: {some} in another case or with other spaces: {pairs}")
    return notes


def kept_spellings(counts: Counter[str]) -> dict[str, str]:
    """Return the usual spelling of each text that differs from it in case or spaces alone.

    Parameters
    ----------
    counts : Counter of str
        How often each text stands.

    Returns
    -------
    dict of str to str
        The most frequent spelling by each rarer one; among equally frequent ones the first in the alphabet is kept, so
        that the order of rows does not matter.

    Examples
    --------
    >>> kept_spellings(Counter({"Leeds": 3, "leeds": 1, "York": 2}))
    {'leeds': 'Leeds'}
    """
    usual: dict[str, str] = {}
    for text in _most_frequent_first(counts):
        usual.setdefault(fold(text), text)
    return {text: usual[fold(text)] for text in counts if usual[fold(text)] != text}


def _most_frequent_first(counts: Counter[str]) -> Iterable[str]:
    return sorted(counts, key=lambda text: (-counts[text], text))
