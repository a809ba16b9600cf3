"""What the columns of a table seem to be."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import TYPE_CHECKING, Any

from rmatch.guess.vocabulary import (
    FAMILY,
    GIVEN,
    MARKERS,
    grade_number,
    grade_rank,
    is_number,
    meaning,
    role_of,
    words,
    years_of,
)
from rmatch.io.cells import UNKNOWN, Habits, text_of
from rmatch.io.columns import PREFIXES, SEPARATOR, column_of
from rmatch.io.items import split
from rmatch.io.parsers import read_cells
from rmatch.people import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.table import Table

SEPARATORS = (SEPARATOR, "|", "\n", ",", " / ")
TOPICAL = ("offers", "wants")
UNITED = {*TOPICAL, "languages", "lived_topics"}
"""Fields that are read from all the columns that sound like them."""
MOST_LEVELS = 25
"""More different grades than this are job titles."""


@dataclass(frozen=True, eq=False)
class Guess:
    """What the columns of a table seem to be.

    Attributes
    ----------
    table : Table
        The raw columns.
    """

    table: Table

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The cells as text."""
        return {header: [_plain(cell) for cell in cells] for header, cells in self.table.columns.items()}

    @cached_property
    def markers(self) -> set[str]:
        """The markers for "unknown" that rmatch does not know by itself."""
        return {text.casefold() for texts in self.texts.values() for text in texts} & MARKERS

    @cached_property
    def candidates(self) -> dict[str, list[str]]:
        """The headers that sound like each field, the surest first."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for header in self.table.columns:
            heard = meaning(header)
            if heard is not None:
                found[heard[0]].append((heard[1], header))
        return {
            name: [header for _, header in sorted(ranked, key=lambda each: each[0])] for name, ranked in found.items()
        }

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The headers that each field is read from."""
        picked = {name: self._picked(name, headers) for name, headers in self.candidates.items()}
        return {name: headers for name, headers in picked.items() if headers}

    @cached_property
    def left(self) -> list[str]:
        """The headers that are not read."""
        used = {header for headers in self.columns.values() for header in headers}
        return [header for header in self.table.columns if header not in used]

    @cached_property
    def dimensions(self) -> list[str]:
        """The demographic questions."""
        return [name.removeprefix(PREFIXES[0]) for name in self.columns if name.startswith(PREFIXES[0])]

    @cached_property
    def numbered(self) -> bool:
        """Whether what follows a topic's colon is always a number."""
        items = [item for name in TOPICAL for item in self._items(name)]
        return all(":" not in item or re.fullmatch(r".+:\s*\d+", item) for item in items)

    @cached_property
    def top_level(self) -> int:
        """The highest level of a topic that somebody offers."""
        cells = [cell for header in self.columns.get("offers", ()) for cell in self.table.columns[header]]
        offers = read_cells(cells, "levels", self._habits("offers", self.columns.get("offers", ())))[0]
        return max((level or 0 for topics in offers if topics for level in topics.values()), default=0)

    @cached_property
    def strangers(self) -> int:
        """How many people have a manager who is nobody in the table."""
        ids = set(self.known("id"))
        return sum(manager not in ids for manager in self.known("manager_id"))

    @cached_property
    def grades(self) -> tuple[list[str], str]:
        """The grades from the most junior to the most senior, and by what they were ordered; empty if by nothing."""
        labels, means = list(dict.fromkeys(self.known("level"))), self._mean_years()
        ways = {
            "by their numbers": {label: grade_number(label) for label in labels},
            "by the words in their names": {label: grade_rank(label) for label in labels},
            "by the mean years of those who have them": {label: means.get(label) for label in labels},
        }
        for how, ranks in ways.items():
            known = {label: rank for label, rank in ranks.items() if rank is not None}
            if labels and len(set(known.values())) == len(labels):
                return _upwards(sorted(labels, key=known.__getitem__), means), how
        return labels, ""

    def known(self, name: str) -> list[str]:
        """Return the known texts of a field."""
        return [text for header in self.columns.get(name, ()) for text in self.texts[header] if _is_known(text)]

    def years(self) -> dict[str, str]:
        """Return the years that are written in words, and the number in them; empty if there is none."""
        odd = {text: years_of(text) for text in self.known("years") if not is_number(text)}
        return {text: "" if years is None else f"{years:g}" for text, years in odd.items()}

    def roles(self) -> dict[str, str]:
        """Return the cells of the role column that are no role of rmatch, and what they seem to mean."""
        cells = dict.fromkeys(text for header in self.columns.get("role", ()) for text in self.texts[header])
        return {text: role_of(text) for text in cells if text.casefold() not in ROLES}

    def separator(self, name: str, headers: Sequence[str]) -> str:
        """Return what stands between the items in the cells of a list."""
        column = column_of(name)
        if column is None or not column.many or name.startswith(PREFIXES):
            return SEPARATOR
        cells = [text for header in headers for text in self.texts[header]]
        return max(SEPARATORS, key=lambda separator: sum(separator in text for text in cells))

    def _picked(self, name: str, headers: list[str]) -> list[str]:
        if name == "role":
            return [header for header in headers if {"mentor", "mentee"} & set(map(role_of, self.texts[header]))][:1]
        if name in headers:
            return [name]
        if name == "id":
            return [header for header in headers if self._tells_apart(header)][:1]
        if name == "manager_id":
            ids = {text for header in self._picked("id", self.candidates.get("id", [])) for text in self.texts[header]}
            return [
                header for header in headers if any(_is_known(text) and text in ids for text in self.texts[header])
            ][:1]
        if name == "name":
            return _name(headers)
        readable = [header for header in headers if self._is_readable(name, header)]
        return readable if name in UNITED else readable[:1]

    def _tells_apart(self, header: str) -> bool:
        return all(self.texts[header]) and len(set(self.texts[header])) == len(self.table)

    def _is_readable(self, name: str, header: str) -> bool:
        """Tell whether at least half of the known cells can be read as a field."""
        column, known = column_of(name), [text for text in self.texts[header] if _is_known(text)]
        if column is None or not known or (name == "level" and len(set(known)) > MOST_LEVELS):
            return False
        if name == "years":
            return 2 * sum(years_of(text) is not None for text in known) >= len(known)
        habits = self._habits(name, [header], levels=False)
        return 2 * len(read_cells(self.table.columns[header], column.kind, habits)[1]) <= len(known)

    def _habits(self, name: str, headers: Sequence[str], *, levels: bool = True) -> Habits:
        return Habits(self.separator(name, headers), UNKNOWN | self.markers, levels=levels)

    def _items(self, name: str) -> Iterator[str]:
        headers = self.columns.get(name, ())
        separator = self.separator(name, headers)
        return (item for header in headers for text in self.texts[header] for item in split(text, separator))

    def _mean_years(self) -> dict[str, float]:
        years: dict[str, list[float]] = defaultdict(list)
        pairs = (zip(*(self.texts[self.columns[name][0]] for name in ("level", "years")), strict=True)
                 if {"level", "years"} <= self.columns.keys() else ())  # fmt: skip
        for label, text in pairs:
            number = years_of(text)
            if number is not None:
                years[label].append(number)
        return {label: fmean(numbers) for label, numbers in years.items()}


def _name(headers: list[str]) -> list[str]:
    parts = [[header for header in headers if words(header) in names][:1] for names in (GIVEN, FAMILY)]
    whole = [header for header in headers if words(header) not in {*GIVEN, *FAMILY}]
    return whole[:1] or [header for part in parts for header in part]


def _upwards(labels: list[str], means: dict[str, float]) -> list[str]:
    """Return ordered grades, the other way round if the years fall."""
    known = [means[label] for label in labels if label in means]
    return labels[::-1] if len(known) > 1 and known[0] > known[-1] else labels


def _is_known(text: str) -> bool:
    return text.casefold() not in UNKNOWN | MARKERS


def _plain(cell: Any) -> str:
    return f"{SEPARATOR} ".join(map(text_of, cell)) if isinstance(cell, list | tuple) else text_of(cell)
