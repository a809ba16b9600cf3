"""Learning the options of a form from its answers: what always stands together is one option."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from rmatch.io.cells.items import split
from rmatch.io.cells.options import DROP, Options
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

SURE = 5
"""Two texts that so many cells hold, always side by side, are one option."""
SEPARATORS = (";", "\n", "|", "•", "\uff1b", "\u3001", "\uff0c", ",")
"""What forms put between options."""
DOUBTFUL = 3
"""From so many on it could be one option or two; fewer are taken as what the separator says."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What the cells of a column tell about its options.

    Attributes
    ----------
    options : dict of str to int
        The options that hold the separator, and in how many cells each stands.
    doubtful : dict of str to int
        Texts that may be one option or several, and in how many cells they stand.
    """

    options: dict[str, int]
    doubtful: dict[str, int]


def learned(cells: Iterable[Any], separator: str, options: Options) -> Learned:
    """Look for options that hold the separator.

    What stands in brackets belongs together; and so do two texts that many cells hold, and each of these cells both,
    side by side: separate options would be ticked without one another by somebody.

    Parameters
    ----------
    cells : iterable
        The cells of a column; what is no text is passed over.
    separator : str
        What stands between items.
    options : Options
        What is known already.

    Returns
    -------
    Learned
        The options, and what is doubtful.

    Examples
    --------
    >>> cells = [
    ...     "Python, Cloud (AWS, Azure)",
    ...     *["Data, dashboards", "Python, Data, dashboards"] * 3,
    ... ]
    >>> learned(cells, ",", Options()).options
    {'Cloud (AWS, Azure)': 1, 'Data, dashboards': 6}
    """
    if not separator:
        return Learned({}, {})
    lists: Counter[tuple[str, ...]] = Counter()
    for text, times in Counter(cell for cell in cells if isinstance(cell, str)).items():
        lists[tuple(_bracketed(_pieces(text, separator, options), separator))] += times
    single: Counter[str] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for pieces, times in lists.items():
        for piece in set(pieces):
            single[piece] += times
        for pair in set(pairwise(pieces)):
            beside[pair] += times
    bound = {
        pair[0]: pair[1]
        for pair, times in beside.items()
        if times == single[pair[0]] == single[pair[1]]
        and pair[0] != pair[1]
        and times >= DOUBTFUL
        and not {fold(text) for text in pair} & options.known.keys()
    }
    found = {piece: times for piece, times in single.items() if separator in piece}
    doubtful: dict[str, int] = {}
    for chain in _chains(bound):
        times = single[chain[0]]
        whole = f"{separator} ".join(chain)
        sure = times >= SURE or (chain[0][:1].isupper() and chain[1][:1].islower())
        (found if sure else doubtful)[whole] = times
    known = {option for option in found if fold(option) in options.known}
    return Learned(
        {option: times for option, times in sorted(found.items()) if option not in known}, doubtful
    )


def separator_of(cells: Iterable[Any], options: Options) -> str:
    """Return what parts the items of a column whose mapping does not say it.

    Parameters
    ----------
    cells : iterable
        The cells of the column.
    options : Options
        What is known of their options.

    Returns
    -------
    str
        The separator by which most cells hold nothing but options; of an unknown form the first that is there at all.

    Examples
    --------
    >>> separator_of(["a, b", "c"], Options(learn=True))
    ','
    """
    texts = Counter(cell for cell in cells if isinstance(cell, str))
    if options.known and not options.learn:
        known = replace(options, rest=DROP)
        return max(SEPARATORS, key=lambda each: _covered(texts, each, known))
    there = (each for each in SEPARATORS if any(each in text for text in texts))
    return next(there, SEPARATORS[0])


def _covered(texts: Counter[str], separator: str, options: Options) -> int:
    covered = 0
    for text, times in texts.items():
        try:
            covered += times * (not options.items(text, separator)[1])
        except Malformed:  # told when the cell is read
            continue
    return covered


def _pieces(text: str, separator: str, options: Options) -> list[str]:
    try:
        return options.items(text, separator)[0]
    except Malformed:  # told when the cell is read
        return split(text, separator)


def torn(text: str, separator: str) -> list[str]:
    """Return what stands in one pair of brackets of a cell, and would be parted there by the separator.

    Examples
    --------
    >>> torn("Python, Cloud (AWS, Azure)", ","), torn("Python, SQL (basics)", ",")
    (['Cloud (AWS, Azure)'], [])
    """
    pieces = split(text, separator)
    return [whole for whole in _bracketed(pieces, separator) if whole not in pieces]


def side_by_side(cells: Iterable[Any], separator: str) -> dict[str, int]:
    """Return what the separator parts though its parts only ever stand side by side, in this order.

    Examples
    --------
    >>> side_by_side(
    ...     ["Python, Data, dashboards", "Data, dashboards", "Data, dashboards, Python"], ","
    ... )
    {'Data, dashboards': 3}
    """
    told = learned(cells, separator, Options())
    return {
        text: times
        for text, times in (told.options | told.doubtful).items()
        if len(_bracketed(split(text, separator), separator)) > 1
    }


def _bracketed(pieces: Sequence[str], separator: str) -> list[str]:
    """Return pieces with those of one bracket as one; a bracket that nobody closes binds nothing."""
    whole: list[str] = []
    at = 0
    while at < len(pieces):
        depth, end = _depth(pieces[at]), at + 1
        while depth > 0 and end < len(pieces):
            depth, end = depth + _depth(pieces[end]), end + 1
        if depth == 0:
            whole.append(f"{separator} ".join(pieces[at:end]))
            at = end
        else:
            whole.append(pieces[at])
            at += 1
    return whole


def _depth(piece: str) -> int:
    return sum(map(piece.count, "([")) - sum(map(piece.count, ")]"))


def _chains(bound: dict[str, str]) -> list[list[str]]:
    """Return the texts that are bound to one another, from the first of each chain on."""
    chains = []
    for first in bound.keys() - set(bound.values()):
        chain = [first]
        while chain[-1] in bound:
            chain.append(bound[chain[-1]])
        chains.append(chain)
    return sorted(chains)
