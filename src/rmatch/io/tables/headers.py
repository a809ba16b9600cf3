"""Which rows of a grid hold the headers, and what each column is called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.io.cells.cell import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rmatch.io.tables.grid import Grid
    from rmatch.io.tables.layout import Layout

LOOKED_AT = 40
JOINT = " - "
# What SurveyMonkey writes under a question that has one answer: it says nothing.
SILENT = frozenset({"response", "open-ended response"})
_IMPORT_ID = re.compile(r'\{"ImportId":')
_DIGIT = re.compile(r"\d")
_NO_HEADER = re.compile(r"[\d\s.,:/%+-]*|\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Heading:
    """The rows that hold headers, and what they say.

    Attributes
    ----------
    rows : tuple of int
        Positions in the rows of the grid.
    data : int
        The position of the first row after them.
    names : list of str
        The header of each column; empty where there is none.
    """

    rows: tuple[int, ...]
    data: int
    names: list[str]


def heading_of(grid: Grid, layout: Layout) -> Heading | None:
    """Find the header rows of a grid, and name its columns.

    Named rows are taken as they are. Else a row that holds most of the headers that are looked for is one, or else the
    first that fills at least half of the columns. Rows of groups above it and of options under it belong to it.

    Parameters
    ----------
    grid : Grid
        The rows.
    layout : Layout
        Which rows hold the headers, if that is known, and which headers will be looked for.

    Returns
    -------
    Heading or None
        None if there is no row at all, or not the one that was named.
    """
    texts = [[text_of(cell) for cell in cells] for _, cells in grid.rows[:LOOKED_AT]]
    if layout.header:
        places = {number: place for place, (number, _) in enumerate(grid.rows)}
        if not all(number in places for number in layout.header):
            return None
        rows = tuple(places[number] for number in layout.header)
        named = [[text_of(cell) for cell in grid.rows[row][1]] for row in rows]
        return Heading(rows, max(rows) + 1, _names(named, layout, _merges(grid, rows)))
    codes = _import_ids(texts)
    rows = _before_import_ids(texts, codes) if codes else _found(grid, texts, layout)
    if not rows:
        return None
    named = [texts[row] for row in rows]
    if codes:
        return Heading(rows, codes + 1, _survey_names(named, layout))
    return Heading(rows, rows[-1] + 1, _names(named, layout, _merges(grid, rows)))


def _import_ids(texts: Sequence[Sequence[str]]) -> int:
    """Return the position of the row in which Qualtrics writes {"ImportId": …}, 0 if there is none."""
    for place, cells in enumerate(texts):
        if sum(1 for cell in cells if _IMPORT_ID.match(cell)) * 2 > _filled(cells) > 0:
            return place
    return 0


def _before_import_ids(texts: Sequence[Sequence[str]], codes: int) -> tuple[int, ...]:
    above = [place for place in range(codes) if 2 * _filled(texts[place]) >= _filled(texts[codes])]
    return tuple(above[-2:])


def _found(grid: Grid, texts: Sequence[Sequence[str]], layout: Layout) -> tuple[int, ...]:
    start = _row_of_wanted(texts, layout.wanted)
    if start is None:
        start = _first_full(texts)
    if start is None:
        return ()
    if start and _is_group(grid, texts, start - 1, start):
        return start - 1, start
    if start + 1 < len(texts) and _goes_on(grid, texts, start, start + 1):
        return start, start + 1
    return (start,)


def _row_of_wanted(texts: Sequence[Sequence[str]], wanted: Collection[str]) -> int | None:
    # A row of answers may hold words of a mapping, too: numbers and addresses give it away, and a tie the first.
    found = [
        len(set(wanted).intersection(cells)) if _may_be_headers(cells) else 0 for cells in texts
    ]
    most, widest = max(found, default=0), max(map(_filled, texts), default=0)
    return found.index(most) if most >= min(2, len(wanted), widest) > 0 else None


def _first_full(texts: Sequence[Sequence[str]]) -> int | None:
    """Return the first row that fills half as many cells as the fullest but one: a row may have a cell too many."""
    filled = [_filled(cells) for cells in texts]
    full = sorted(filled)[-2:]
    if not full or not full[-1]:
        return None
    least = 2 if full[0] > 1 else 1  # a single cell above several columns is a title
    likely = [
        place for place, count in enumerate(filled) if count >= least and 2 * count >= full[0]
    ]
    if not likely:
        return next(place for place, count in enumerate(filled) if count)
    first = likely[0]
    # A title may have several cells, too: then there is a date or a number in it, and fewer than in the headers.
    better = (place for place in likely if _may_be_headers(texts[place]))
    after = next((place for place in better if filled[place] > filled[first]), first)
    return first if _may_be_headers(texts[first]) else after


def _is_group(grid: Grid, texts: Sequence[Sequence[str]], above: int, start: int) -> bool:
    """Tell whether a row names groups of the headers under it: it is needed only where those are no names yet."""
    if _filled(texts[above]) < 2 or not _may_be_headers(texts[above]):
        return False
    width = len(texts[start])
    if len(set(filter(None, texts[start]))) == width:
        return False
    return bool(_merges(grid, (above,))) or _goes_on(grid, texts, above, start)


def _goes_on(grid: Grid, texts: Sequence[Sequence[str]], row: int, following: int) -> bool:
    """Tell whether the headers go on in the following row: as options of a question, or as columns of a group."""
    upper, lower = texts[row], texts[following]
    if not _filled(lower) or not _may_be_headers(lower) or following + 1 >= len(grid.rows):
        return False
    under_gaps = sum(1 for one, two in zip(upper, lower, strict=False) if two and not one)
    if any(cell.casefold() in SILENT for cell in lower) and under_gaps:
        return True
    if under_gaps and _merges(grid, (row,)):
        return True
    if under_gaps > 1 and lower[0] and 3 * _filled(upper) <= 2 * _filled(lower):
        answers = any(_DIGIT.search(cell) for cell in lower)
        named = [pair for pair in zip(upper, lower, strict=False) if pair[1]]
        return not answers and len(set(named)) == len(named)
    below = [cells[0] for cells in texts[following + 1 :] if cells]
    return bool(under_gaps and not lower[0] and sum(map(bool, below)) * 5 > 4 * len(below))


def _may_be_headers(cells: Sequence[str]) -> bool:
    return not any(cell and _NO_HEADER.fullmatch(cell) for cell in cells)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _merges(grid: Grid, rows: Sequence[int]) -> dict[int, int]:
    """Return the first column of the merged range in which each column of the upper rows stands."""
    numbers = {grid.rows[row][0] for row in rows}
    return {
        column: left
        for (top, left), (_, right) in grid.merged
        if top in numbers and right > left
        for column in range(left, right + 1)
    }


def _names(named: list[list[str]], layout: Layout, merges: dict[int, int]) -> list[str]:
    width = max(map(len, named))
    rows = [[*cells, *[""] * (width - len(cells))] for cells in named]
    last = rows[-1]
    uppers = [_spread(cells, last, merges) for cells in rows[:-1]]
    parts = [
        list(dict.fromkeys(filter(None, column))) for column in zip(*uppers, last, strict=True)
    ]
    alone = _filled(last) == width == len(set(last)) and not layout.header
    joined = [JOINT.join(_telling(column)) for column in parts]
    own = last if alone or len(rows) == 1 else joined
    ways = [[mine, *column, *_joins(column)] for mine, column in zip(own, parts, strict=True)]
    return _as_wanted(own, ways, layout.wanted)


def _survey_names(named: list[list[str]], layout: Layout) -> list[str]:
    """Name the columns of Qualtrics: by the question, and by its code, too, where several have the same question."""
    codes, questions = named[0], named[-1]
    counts = Counter(questions)
    pairs = list(zip(codes, questions, strict=False))
    own = [
        question
        if question and counts[question] == 1
        else JOINT.join(filter(None, (question, code)))
        for code, question in pairs
    ]
    ways = [[mine, code, question] for mine, (code, question) in zip(own, pairs, strict=True)]
    return _as_wanted(own, ways, layout.wanted)


def _spread(cells: Sequence[str], last: Sequence[str], merges: dict[int, int]) -> list[str]:
    """Return a row of groups with each name over all columns of its group."""
    spread: list[str] = []
    for column, cell in enumerate(cells):
        if not cell and merges:
            spread.append(cells[merges.get(column, column)])
        elif not cell and last[column] and spread:
            spread.append(spread[-1])
        else:
            spread.append(cell)
    return spread


def _telling(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part.casefold() not in SILENT] or list(parts)


def _joins(parts: Sequence[str]) -> list[str]:
    telling = _telling(parts)
    return [joint.join(telling) for joint in (JOINT, " ", ": ", "\n")]


def _as_wanted(own: list[str], ways: list[list[str]], wanted: Collection[str]) -> list[str]:
    """Return the columns under the names that are asked for: each answers to any of its names that no other has."""
    claims = Counter(name for names in ways for name in set(names))
    return [
        next((name for name in names if name in wanted and claims[name] == 1), mine)
        for mine, names in zip(own, ways, strict=True)
    ]
