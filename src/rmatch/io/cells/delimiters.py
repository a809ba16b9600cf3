"""What may part the items of a list beside its separator: "Python, SQL" may be one topic or two."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from rmatch.io.cells.cell import is_silent
from rmatch.io.cells.items import Bare, array_of, is_quoted, object_of, quoted, split
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from rmatch.io.cells.cell import Habits

ENOUGH = 3
"""Cells with one mark, and none with the separator, that show what parts the items of the column."""
_MARK = re.compile(r"\s*(?:(?<!\d),|,(?!\d)|[;|\n\t•●▪‣\u3001\uff0c\uff1b])\s*")
"""Marks that part more often than they belong to a name; a decimal comma does neither."""
_LINK = re.compile(
    r"\s*[/\\&+·]\s*|(?<=\w\w)\.\s+|\s+(?:[-–—>]+|and|und|et|y|e|en|och|og|i|or|oder|ou|o|of|eller|lub)\s+",
    re.IGNORECASE,
)
"""Marks and words that belong to a name as often: "CI/CD", "Health and safety"."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BEHIND_LEVEL = re.compile(r"(?<=:[1-9])\s+(?=\w)|(?<=:\s[1-9])\s+(?=\w)")
"""What follows a level begins another topic: "Python: 4 SQL: 3"."""
_NUMBER = re.compile(r"\s*:\s*\d+\s*$")


@dataclass(frozen=True, slots=True)
class Unparted:
    """Texts of a list that something else than its separator may part.

    Attributes
    ----------
    delimiter : str
        What parts the items of the whole column; empty where each text is a question of its own.
    texts : dict of str to int
        The texts, and in how many cells each stands.
    pieces : dict of str to list of str
        What each would be parted into.
    evident : bool
        Whether the other cells leave no doubt that it parts items.
    """

    delimiter: str
    texts: dict[str, int]
    pieces: dict[str, list[str]]
    evident: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The items of a column as they are written, each with the number of its cells.

    Attributes
    ----------
    items : Counter
        The items, without those in double quotes, those to which a mapping gives a meaning, and what is unknown.
    several : bool
        Whether a cell holds more than one.
    lists : mapping of str to list of str
        The items of each text.
    written : collection of str
        All items, those too that `items` is without.
    """

    items: Counter[str]
    several: bool
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    written: Collection[str] = ()

    def without(self, left_out: Callable[[str], bool]) -> Listed:
        """Return the same without some items."""
        kept = {item: times for item, times in self.items.items() if not left_out(item)}
        return replace(self, items=Counter(kept))


def listed(texts: Mapping[str, int], habits: Habits) -> Listed:
    """Return the items of a column by its texts, of which each has the number of its cells."""
    bare = Bare().__getitem__
    lists = {text: _items(text.strip(), habits, bare) for text in texts}
    items = Counter(chain.from_iterable(map(dict.fromkeys, lists.values())))
    for text, times in texts.items():
        if times > 1:
            items.update(dict.fromkeys(lists[text], times - 1))
    several = max(map(len, lists.values()), default=0) > 1
    named = {
        item: times
        for item, times in items.items()
        if not (
            is_quoted(item) or item.casefold() in habits.values or is_silent(item, habits.unknown)
        )
    }
    return Listed(Counter(named), several, lists, items.keys())


def _items(text: str, habits: Habits, bare: Callable[[str], str]) -> list[str]:
    if habits.values and text.casefold() in habits.values:
        return [text]
    if object_of(text) is not None:
        return []  # its keys are topics as they stand
    items = array_of(text)
    if items is None:
        return split(text, habits.separator, bare)
    return [bare(quoted(item)) for item in items]


def unparted(column: Listed, *, said: bool) -> Unparted | None:
    """Look for items that hold another delimiter than the separator.

    Parameters
    ----------
    column : Listed
        The items.
    said : bool
        Whether a mapping says the separator: then only a text whose pieces all stand alone elsewhere is doubtful.

    Returns
    -------
    Unparted or None
        The doubtful texts, if there are any.

    Examples
    --------
    >>> found = unparted(
    ...     Listed(Counter(["Python, SQL", "SQL", "CI/CD"]), several=False), said=False
    ... )
    >>> found.delimiter, found.pieces, found.evident
    (',', {'Python, SQL': ['Python', 'SQL']}, False)
    """
    alone = {_name(item) for item in column.items}

    def stands_alone(piece: str) -> bool:
        names = [_name(own) for own in _pieces(piece, _LINK)]
        return _name(piece) in alone or (len(names) > 1 and alone.issuperset(names))

    marked, linked = (
        {item: pieces for item in column.items if len(pieces := _pieces(item, pattern)) > 1}
        for pattern in (_MARK, _LINK)
    )
    whole = {item: each for item, each in (linked | marked).items() if all(map(stands_alone, each))}
    if said:
        return _doubt(whole, column, "") if whole else None
    if marked:
        cells = sum(column.items[item] for item in marked)
        evident = bool(whole.keys() & marked) or (cells >= ENOUGH and not column.several)
        return _doubt(marked, column, _commonest(marked, _MARK), evident=evident)
    if linked and not column.several and 2 * len(linked) > len(column.items):
        return _doubt(linked, column, _commonest(linked, _LINK))
    some = {item: each for item, each in linked.items() if any(map(stands_alone, each))}
    some |= {item: two for item in column.items if (two := _two(item, alone))}
    some |= {
        item: several for item in column.items if len(several := _pieces(item, _BEHIND_LEVEL)) > 1
    }
    return _doubt(some, column, "") if some else None


def _doubt(
    pieces: dict[str, list[str]], column: Listed, delimiter: str, *, evident: bool = False
) -> Unparted:
    texts = {item: column.items[item] for item in pieces}
    return Unparted(delimiter, texts, pieces, evident)


def holds_mark(text: str) -> bool:
    """Tell whether a text holds a mark, outside of brackets, that parts more often than it belongs to a name.

    Examples
    --------
    >>> holds_mark("Python, SQL"), holds_mark("CI/CD")
    (True, False)
    """
    return len(_pieces(text, _MARK)) > 1


def holds_delimiter(text: str) -> bool:
    """Tell whether something in a text may part it.

    Examples
    --------
    >>> (
    ...     holds_delimiter("Python, SQL"),
    ...     holds_delimiter("CI/CD"),
    ...     holds_delimiter("Cloud (AWS, Azure)"),
    ... )
    (True, True, False)
    """
    return any(len(_pieces(text, pattern)) > 1 for pattern in (_MARK, _LINK))


def _pieces(item: str, pattern: re.Pattern[str]) -> list[str]:
    """Return what a mark parts an item into, outside of brackets."""
    if pattern.search(item) is None:
        return [item]
    masked = _BRACKETS.sub(lambda match: "x" * len(match[0]), item)
    ends = [match.span() for match in pattern.finditer(masked)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(item)]
    pieces = (item[start:stop].strip() for start, stop in zip(starts, stops, strict=True))
    return [piece for piece in pieces if piece]


def _two(item: str, alone: set[str]) -> list[str]:
    """Return the two names that stand alone elsewhere and here side by side, without anything between."""
    words = item.split()
    halves = ([" ".join(words[:end]), " ".join(words[end:])] for end in range(1, len(words)))
    return next((two for two in halves if alone.issuperset(map(_name, two))), [])


def _commonest(texts: Iterable[str], pattern: re.Pattern[str]) -> str:
    """Return the delimiter that stands most often in texts, as a mapping writes it."""
    found = (match[0] for text in texts for match in pattern.finditer(_BRACKETS.sub("", text)))
    marks = Counter(
        mark if pattern is _LINK else mark.strip()[-1:] or mark.strip(" ") for mark in found
    )
    return marks.most_common(1)[0][0]


def _name(item: str) -> str:
    return fold(_NUMBER.sub("", item))
