"""What columns seem to be by their cells alone, where no heading tells."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from rmatch.cli.guess.vocabulary import grade_number, is_number, words
from rmatch.io import SEPARATOR, circles, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Texts = Mapping[str, Sequence[str]]

SEPARATORS = (SEPARATOR, "|", "•", "\n", "\t", "\uff1b", "\u3001", "\uff0c", ",", " / ", " + ")
MOST_LEVELS = 25
"""More different grades than this are job titles."""
NEARLY_ALL = 0.9
FEWEST = 3
"""Fewer cells than this show nothing."""
_ID = re.compile(r"[^\s@,;]{1,40}")
_DECIMAL = re.compile(r"\d+\.\d+")
_GRADE = re.compile(r"([^\W\d_]{1,3})[ -]?\d{1,2}")


def separator_of(cells: Sequence[str]) -> str:
    """Return what stands between the items in the cells of a list.

    Examples
    --------
    >>> (
    ...     separator_of(["python, law", "law", "sales, python"]),
    ...     separator_of(["law; sales, Europe", "python"]),
    ... )
    (',', ';')
    """
    # Where a cell has a semicolon, what else could separate is part of an item.
    others = [text for text in cells if SEPARATOR not in text]
    counts = {each: sum(each in text for text in others) for each in SEPARATORS}
    counts[SEPARATOR] = len(cells) - len(others)
    return max(SEPARATORS, key=counts.__getitem__)


def id_column(columns: Texts) -> str | None:
    """Return the column that tells people apart: filled, without two alike; best if another column refers to it."""
    telling = [header for header, cells in columns.items() if _tells_apart(cells)]
    referred = [header for header in telling if manager_column(columns, columns[header])]
    return _first([*referred, *telling])


def manager_column(columns: Texts, ids: Sequence[str]) -> str | None:
    """Return the column whose cells are nearly all ids of other people, and make a chart of them."""
    rows = {name: row for row, name in enumerate(ids)}
    return _first(header for header, cells in columns.items() if _is_chart(cells, rows))


def level_column(columns: Texts) -> str | None:
    """Return the column with few different cells of one pattern, such as E1 to E7."""
    return _first(header for header, cells in columns.items() if _is_graded(cells))


def topic_columns(columns: Texts, offers: Sequence[str], wants: Sequence[str]) -> dict[str, str]:
    """Return the lists that share their items: offers and wants, or one of them if the other's cells are given."""
    lists = {header: cells for header, cells in columns.items() if _is_list(cells)}
    if offers and wants:
        return {}
    if offers or wants:
        partner = _first(
            header for header, cells in lists.items() if _share(cells, offers or wants)
        )
        return {"wants" if offers else "offers": partner} if partner else {}
    for one, two in combinations(lists, 2):
        if _share(lists[one], lists[two]):
            return {"offers": one, "wants": two}
    return {}


def is_exact(cells: Sequence[str]) -> bool:
    """Tell whether known answers differ for nearly everybody, as exact ages do.

    Examples
    --------
    >>> is_exact(["31", "32", "45", "31"]), is_exact(["25-34", "35-44", "25-34", "35-44"])
    (True, False)
    """
    numeric, different = sum(map(is_number, cells)), len(set(cells))
    if len(cells) >= FEWEST and numeric >= NEARLY_ALL * len(cells):
        return different > 8 or 2 * different > len(cells)
    return len(cells) >= 8 and different >= 0.8 * len(cells)


def by_numbers(upwards: Sequence[str]) -> list[str]:
    """Return grades in order, but those that differ by their number alone in the order of most of the numbers.

    Examples
    --------
    >>> by_numbers(["P2", "P1", "P3", "M1"]), by_numbers(["L3", "L2", "L1"])
    (['P1', 'P2', 'P3', 'M1'], ['L3', 'L2', 'L1'])
    """
    places: dict[str, list[int]] = {}
    for place, label in enumerate(upwards):
        if grade_number(label) is not None:
            places.setdefault(_stem(label), []).append(place)
    pairs = [
        (grade_number(upwards[one]) or 0) < (grade_number(upwards[two]) or 0)
        for own in places.values()
        for one, two in combinations(own, 2)
    ]
    falling = 2 * sum(pairs) < len(pairs)
    ordered = list(upwards)
    for own in places.values():
        labels = [upwards[place] for place in own]
        labels.sort(key=lambda label: grade_number(label) or 0, reverse=falling)
        for place, label in zip(own, labels, strict=True):
            ordered[place] = label
    return ordered


def slip_of(label: str, others: Sequence[str]) -> str:
    """Return the grade that one person's grade may be a slip of, empty if it seems to be one of its own.

    Examples
    --------
    >>> (
    ...     slip_of("E22", ["E1", "E2", "E3"]),
    ...     slip_of("E4", ["E1", "E2", "E3"]),
    ...     slip_of("Analysts", ["Analyst", "Head"]),
    ... )
    ('E2', '', 'Analyst')
    """
    near = _number_slip if grade_number(label) is not None else _word_slip
    return near(label, others)


def _number_slip(label: str, others: Sequence[str]) -> str:
    stem, number = _stem(label), grade_number(label) or 0
    alike = {other: grade_number(other) or 0 for other in others if _stem(other) == stem}
    numbers = sorted(alike.values())
    step = max((upper - lower for lower, upper in pairwise(numbers)), default=1)
    if not numbers or number <= numbers[-1] + step:
        return ""
    near = (other for other in reversed(alike) if other != label and _one_edit(other, label))
    return _first(near) or ""


def _word_slip(label: str, others: Sequence[str]) -> str:
    said = words(label).split()
    known = (other for other in others if other != label)
    return _first(other for other in known if _one_slip(said, words(other).split())) or ""


def _one_slip(said: list[str], meant: list[str]) -> bool:
    if not said or len(said) != len(meant):
        return False
    odd = [(one, two) for one, two in zip(said, meant, strict=True) if one != two]
    if len(odd) > 1:
        return False
    # Short words differ by one character and mean different things.
    long = all(min(map(len, pair)) > 3 for pair in odd)
    return long and all(_one_edit(one, two) for one, two in odd)


def _one_edit(one: str, two: str) -> bool:
    """Tell whether one character too many, too few, wrong, or two in the wrong order make the difference."""
    start = 0
    while one[start : start + 1] == two[start : start + 1] != "":
        start += 1
    one, two = one[start:], two[start:]
    if one == two:
        return False
    swapped = one[1::-1] + one[2:] == two
    wrong = one[1:] == two[1:]
    too_many, too_few = one[1:] == two, one == two[1:]
    return swapped or wrong or too_many or too_few


def _stem(label: str) -> str:
    return re.sub(r"\d+", "", label).casefold().strip()


def _tells_apart(cells: Sequence[str]) -> bool:
    if not FEWEST <= len(cells) == len(set(cells)):
        return False
    return all(_ID.fullmatch(text) and not _DECIMAL.fullmatch(text) for text in cells)


def _is_chart(cells: Sequence[str], rows: Mapping[str, int]) -> bool:
    known = [text for text in cells if text]
    inside = sum(text in rows for text in known)
    if inside < FEWEST or inside < NEARLY_ALL * len(known) or len(set(known)) == len(cells):
        return False
    return not circles([rows.get(text) for text in cells])


def _is_graded(cells: Sequence[str]) -> bool:
    known = [text for text in cells if text]
    different = set(known)
    matches = [_GRADE.fullmatch(text) for text in different]
    stems = {match[1] if match else "" for match in matches}
    few = 1 < len(different) <= min(MOST_LEVELS, 0.75 * len(known))
    return few and len(stems) == 1 and "" not in stems


def _is_list(cells: Sequence[str]) -> bool:
    separator = separator_of(cells)
    counts = [len(split(text, separator)) for text in cells if text]
    several = sum(count > 1 for count in counts)
    return len(counts) > 1 and 5 * several >= len(counts)


def _share(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether a fifth of the shorter list of items, and more than one of them, are in the other."""
    left, right = _items(one), _items(two)
    alike = left & right
    return len(alike) > 1 and 5 * len(alike) >= min(len(left), len(right))


def _items(cells: Sequence[str]) -> set[str]:
    separator = separator_of(cells)
    items = (item for text in cells for item in split(text, separator))
    return {item.partition(":")[0].strip().casefold() for item in items}


def _first(texts: Iterable[str]) -> str | None:
    return next(iter(texts), None)
