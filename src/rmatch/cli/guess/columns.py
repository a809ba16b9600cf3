"""What the columns of a table seem to be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import TYPE_CHECKING, Any

from rmatch.cli.guess.content import (
    MOST_LEVELS,
    id_column,
    is_exact,
    level_column,
    manager_column,
    separator_of,
    slip_of,
    topic_columns,
)
from rmatch.cli.guess.synonyms import FAMILY, GIVEN, MARKERS
from rmatch.cli.guess.vocabulary import (
    bare,
    grade_number,
    grade_rank,
    is_number,
    meaning,
    role_of,
    years_of,
)
from rmatch.io import PREFIXES, SEPARATOR, UNKNOWN, Habits, column_of, read_cells, split, text_of
from rmatch.people import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io import Table

TOPICAL = ("offers", "wants")
UNITED = {*TOPICAL, "languages", "lived_topics"}
"""Fields that are read from all the columns that sound like them."""
FEW, SMALL_SHARE = 3, 0.05
"""So many people, or such a share, are an oversight in a table rather than its habit."""


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
        return {
            header: [_plain(cell) for cell in cells] for header, cells in self.table.columns.items()
        }

    @cached_property
    def markers(self) -> set[str]:
        """The markers for "unknown" in the cells, beside empty ones."""
        return {text.casefold() for texts in self.texts.values() for text in texts} & (
            MARKERS | UNKNOWN
        ) - {""}

    @cached_property
    def candidates(self) -> dict[str, list[str]]:
        """The headers that sound like each field, the surest first."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for header in self.table.columns:
            heard = meaning(header)
            if heard is not None:
                found[heard[0]].append((heard[1], header))
        return {
            name: [header for _, header in sorted(ranked, key=lambda each: each[0])]
            for name, ranked in found.items()
        }

    @cached_property
    def heard(self) -> dict[str, list[str]]:
        """The headers that each field is read from by what they say."""
        picked = {name: self._picked(name, headers) for name, headers in self.candidates.items()}
        return {name: headers for name, headers in picked.items() if headers}

    @cached_property
    def sensed(self) -> dict[str, str]:
        """The headers that say nothing, but whose cells do, by field."""
        free = self._unheard
        found = {
            "id": self._id,
            "manager_id": manager_column(free, self._ids),
            "level": level_column(free),
        }
        fresh = {
            name: header for name, header in found.items() if header and name not in self.heard
        }
        rest = {header: cells for header, cells in free.items() if header not in fresh.values()}
        lists = (
            [text for header in self.heard.get(name, ()) for text in self.texts[header]]
            for name in TOPICAL
        )
        return fresh | topic_columns(rest, *lists)

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The headers that each field is read from, but answers that are too exact to be compared."""
        heard = {name: headers for name, headers in self.heard.items() if name not in self.exact}
        return heard | {name: [header] for name, header in self.sensed.items()}

    @cached_property
    def exact(self) -> dict[str, str]:
        """The headers of demographic answers that differ for nearly everybody, by field."""
        asked = (
            (name, headers[0])
            for name, headers in self.heard.items()
            if name.startswith(PREFIXES[0])
        )
        return {
            name: header
            for name, header in asked
            if is_exact([text for text in self.texts[header] if _is_known(text)])
        }

    @cached_property
    def left(self) -> list[str]:
        """The headers that are not read."""
        used = {header for headers in (self.heard | self.columns).values() for header in headers}
        return [header for header in self.table.columns if header not in used]

    @cached_property
    def dimensions(self) -> list[str]:
        """The demographic questions."""
        return [
            name.removeprefix(PREFIXES[0]) for name in self.columns if name.startswith(PREFIXES[0])
        ]

    @cached_property
    def numbered(self) -> bool:
        """Whether what follows a topic's colon is always a number."""
        items = [item for name in TOPICAL for item in self._items(name)]
        return all(":" not in item or re.fullmatch(r".+:\s*\d+", item) for item in items)

    @cached_property
    def top_level(self) -> int:
        """The highest level of a topic that somebody offers."""
        cells = [
            cell for header in self.columns.get("offers", ()) for cell in self.table.columns[header]
        ]
        offers = read_cells(
            cells, "levels", self._habits("offers", self.columns.get("offers", ()))
        )[0]
        return max(
            (level or 0 for topics in offers if topics for level in topics.values()), default=0
        )

    @cached_property
    def strangers(self) -> dict[str, list[str]]:
        """The managers who are nobody in the table, and whose they are."""
        found: dict[str, list[str]] = defaultdict(list)
        ids = set(self._ids)
        for header in self.columns.get("manager_id", ()):
            for row, manager in enumerate(self.texts[header]):
                if _is_known(manager) and manager not in ids:
                    found[manager].append(self.person(row))
        return dict(found)

    @cached_property
    def open_chart(self) -> bool:
        """Whether so many managers are nobody in the table that it must be its habit."""
        count = sum(map(len, self.strangers.values()))
        return count > FEW and count >= SMALL_SHARE * len(self.known("manager_id"))

    @cached_property
    def slips(self) -> dict[str, tuple[str, str]]:
        """The grades that may be slips: which each seems to mean, and who has it."""
        counts = Counter(self.known("level"))
        lone = (
            [label for label, count in counts.items() if count == 1]
            if len(counts) <= MOST_LEVELS
            else []
        )
        meant = {
            label: slip_of(label, [other for other in counts if other != label]) for label in lone
        }
        cells = [text for header in self.columns.get("level", ()) for text in self.texts[header]]
        return {
            label: (near, self.person(cells.index(label)))
            for label, near in meant.items()
            if near and (counts[near] > 1 or grade_number(label) is not None)
        }

    @cached_property
    def grades(self) -> tuple[list[str], str]:
        """The grades from the most junior to the most senior, and by what they were ordered; empty if by nothing."""
        labels = [label for label in dict.fromkeys(self.known("level")) if label not in self.slips]
        means = self._mean_years()
        numbers, names = (
            {label: rank(label) for label in labels} for rank in (grade_number, grade_rank)
        )
        pattern = {label: _first(numbers[label], names[label]) for label in labels}
        if labels and means.keys() >= set(labels):
            ranks = {label: (means[label], pattern[label]) for label in labels}
            if len(set(ranks.values())) == len(labels):
                return sorted(
                    labels, key=ranks.__getitem__
                ), "by the mean years of those who have them"
        for how, known in (("by their numbers", numbers), ("by the words in their names", names)):
            distinct = {rank: label for label, rank in known.items() if rank is not None}
            if labels and len(distinct) == len(labels):
                return _upwards([distinct[rank] for rank in sorted(distinct)], means), how
        return labels, ""

    def person(self, row: int) -> str:
        """Return the id of the person in a row, or which row it is."""
        return (
            self._ids[row]
            if row < len(self._ids)
            else f"{self.table.unit} {self.table.numbers[row]}"
        )

    def known(self, name: str) -> list[str]:
        """Return the known texts of a field."""
        return [
            text
            for header in self.columns.get(name, ())
            for text in self.texts[header]
            if _is_known(text)
        ]

    def years(self) -> dict[str, str]:
        """Return the years that are written in words, and the number in them; empty if there is none."""
        odd = {text: years_of(text) for text in self.known("years") if not is_number(text)}
        return {text: "" if years is None else f"{years:g}" for text, years in odd.items()}

    def roles(self) -> dict[str, str]:
        """Return the cells of the role column that are no role of rmatch, and what they seem to mean."""
        cells = dict.fromkeys(
            text for header in self.columns.get("role", ()) for text in self.texts[header]
        )
        return {text: role_of(text) for text in cells if text.casefold() not in ROLES}

    def separator(self, name: str, headers: Sequence[str]) -> str:
        """Return what stands between the items in the cells of a list."""
        column = column_of(name)
        if column is None or not column.many or name.startswith(PREFIXES):
            return SEPARATOR
        cells = [text for header in headers for text in self.texts[header]]
        return separator_of(cells)

    @cached_property
    def _unheard(self) -> dict[str, list[str]]:
        heard = {header for headers in self.candidates.values() for header in headers}
        return {
            header: [text if _is_known(text) else "" for text in cells]
            for header, cells in self.texts.items()
            if header not in heard
        }

    @cached_property
    def _id(self) -> str | None:
        heard = self._picked("id", self.candidates.get("id", []))
        return heard[0] if heard else id_column(self._unheard)

    @cached_property
    def _ids(self) -> list[str]:
        return self.texts[self._id] if self._id is not None else []

    def _picked(self, name: str, headers: list[str]) -> list[str]:
        if name == "role":
            return [
                header
                for header in headers
                if {"mentor", "mentee"} & set(map(role_of, self.texts[header]))
            ][:1]
        if name in headers:
            return [name]
        if name == "id":
            return [header for header in headers if self._tells_apart(header)][:1]
        if name == "manager_id":
            ids = set(self._ids)
            return [
                header
                for header in headers
                if any(_is_known(text) and text in ids for text in self.texts[header])
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
        return (
            item
            for header in headers
            for text in self.texts[header]
            for item in split(text, separator)
        )

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
    given, family = ({bare(name) for name in names} for names in (GIVEN, FAMILY))
    parts = [
        [header for header in headers if bare(header) in names][:1] for names in (given, family)
    ]
    whole = [header for header in headers if bare(header) not in given | family]
    return whole[:1] or [header for part in parts for header in part]


def _upwards(labels: list[str], means: dict[str, float]) -> list[str]:
    """Return ordered grades, the other way round if the years fall."""
    known = [means[label] for label in labels if label in means]
    return labels[::-1] if len(known) > 1 and known[0] > known[-1] else labels


def _is_known(text: str) -> bool:
    return text.casefold() not in UNKNOWN | MARKERS


def _first(*ranks: float | None) -> float:
    return next((rank for rank in ranks if rank is not None), 0)


def _plain(cell: Any) -> str:
    if isinstance(cell, Mapping):
        return f"{SEPARATOR} ".join(
            f"{topic}:{number}" if number else str(topic) for topic, number in cell.items()
        )
    return (
        f"{SEPARATOR} ".join(map(text_of, cell))
        if isinstance(cell, list | tuple)
        else text_of(cell)
    )
