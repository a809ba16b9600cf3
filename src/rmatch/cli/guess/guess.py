"""What the people of a table can be matched by, as far as its columns and cells tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import TYPE_CHECKING

from rmatch.cli.guess.columns import Columns
from rmatch.cli.guess.content import MOST_LEVELS, by_numbers, slip_of
from rmatch.cli.guess.days import are_days, years_since
from rmatch.cli.guess.headings import TOPICAL, is_known
from rmatch.cli.guess.roles import roles_in
from rmatch.cli.guess.vocabulary import grade_number, grade_rank, years_of
from rmatch.io import PREFIXES, read_cells, says_nobody, split
from rmatch.people import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.cli.guess.agreements import Agreement


FEW, SMALL_SHARE = 3, 0.05
"""So many people, or such a share, are an oversight in a table rather than its habit."""


BANDS_FIRST = "with an answer that differs for nearly everybody, as exact ages do. Put bands (under 30, 30 to 49, …) there first."
"""What to do about exact answers."""


@dataclass(frozen=True, eq=False)
class Guess(Columns):
    """What the columns of a table seem to be, and what their cells tell."""

    @cached_property
    def questions(self) -> dict[str, str]:
        """Why fields have to be checked, those of the headings and those of the whole table."""
        found = dict(self.doubts)
        if self.unusable_chart:
            found["manager_id"] = "most bosses are nobody in the table: is this the whole staff?"
        return found

    @cached_property
    def fields(self) -> list[str]:
        """Every field that something is read from."""
        grid = ["hours"] if self.grid else []
        return [*self.columns, *(family.field for family in self.families), *grid]

    @cached_property
    def dimensions(self) -> list[str]:
        """The demographic questions."""
        found = [name for name in self.fields if name.startswith(PREFIXES[0])]
        return list(dict.fromkeys(name.removeprefix(PREFIXES[0]) for name in found))

    @cached_property
    def numbered(self) -> bool:
        """Whether what follows a topic's colon is always a number."""
        items = [item for name in TOPICAL for item in self._items(name)]
        return all(":" not in item or re.fullmatch(r".+:\s*\d+", item) for item in items)

    @cached_property
    def top_level(self) -> int:
        """The highest level of a topic that somebody offers."""
        headers = self.columns.get("offers", ())
        cells = [cell for header in headers for cell in self.table.columns[header]]
        offers, _ = read_cells(cells, "levels", self.habits_of("offers", headers))
        levels = (level or 0 for topics in offers if topics for level in topics.values())
        return max(levels, default=0)

    @cached_property
    def strangers(self) -> dict[str, list[str]]:
        """The managers who are nobody in the table, and whose they are."""
        found: dict[str, list[str]] = defaultdict(list)
        for header in self.columns.get("manager_id", ()):
            for row, manager in enumerate(self.texts[header]):
                if is_known(manager) and not (self.is_somebody(manager) or says_nobody(manager)):
                    found[manager].append(self.person(row))
        return dict(found)

    @cached_property
    def open_chart(self) -> bool:
        """Whether so many managers are nobody in the table that it must be its habit."""
        count = sum(map(len, self.strangers.values()))
        return count > FEW and count >= SMALL_SHARE * len(self.known("manager_id"))

    @cached_property
    def unusable_chart(self) -> bool:
        """Whether most managers are nobody in the table, so that it tells little of who reports to whom."""
        count = sum(map(len, self.strangers.values()))
        return count > FEW and 2 * count > len(self.known("manager_id"))

    @cached_property
    def slips(self) -> dict[str, tuple[str, str]]:
        """The grades that may be slips: which each seems to mean, and who has it."""
        counts = Counter(self.known("level"))
        if len(counts) > MOST_LEVELS:
            return {}
        cells = self._cells("level")
        found = {}
        for label in [label for label, count in counts.items() if count == 1]:
            near = slip_of(label, [other for other in counts if other != label])
            # Two grades that one person each has may both be right, unless the odd one has a number.
            if near and (counts[near] > 1 or grade_number(label) is not None):
                found[label] = near, self.person(cells.index(label))
        return found

    @cached_property
    def grades(self) -> tuple[list[str], str]:
        """The grades from the most junior to the most senior, and by what they were ordered; empty if by nothing."""
        labels = [label for label in dict.fromkeys(self.known("level")) if label not in self.slips]
        if not labels:
            return [], ""
        means = self._mean_years()
        numbers = {label: grade_number(label) for label in labels}
        names = {label: grade_rank(label) for label in labels}
        if means.keys() >= set(labels):
            # Where two grades have the same mean, the number or the word in their names decides.
            ranks = {
                label: (means[label], _first(numbers[label], names[label])) for label in labels
            }
            if len(set(ranks.values())) == len(labels):
                upwards = by_numbers(sorted(labels, key=ranks.__getitem__))
                return upwards, "by the mean years of those who have them"
        for how, known in (("by their numbers", numbers), ("by the words in their names", names)):
            distinct = {rank: label for label, rank in known.items() if rank is not None}
            if len(distinct) == len(labels):
                return _upwards([distinct[rank] for rank in sorted(distinct)], means), how
        return labels, ""

    @cached_property
    def grades_agree(self) -> bool:
        """Whether the numbers or the words in the names of the grades say the same order as was found."""
        grades, _ = self.grades
        if len(grades) == 1:
            return True
        for rank in (grade_number, grade_rank):
            ranks = [rank(label) for label in grades]
            known = [each for each in ranks if each is not None]
            if len(known) == len(grades) and known in (sorted(known), sorted(known, reverse=True)):
                return True
        return False

    def person(self, row: int) -> str:
        """Return the id of the person in a row, or which row it is."""
        if row < len(self._ids):
            return self._ids[row]
        return f"{self.table.unit} {self.table.numbers[row]}"

    def known(self, name: str) -> list[str]:
        """Return the known texts of a field."""
        return [text for text in self._cells(name) if is_known(text)]

    def years(self) -> dict[str, str]:
        """Return the years in words that rmatch does not read itself, and the number in them."""
        stated = self.known("years")
        if not stated or are_days(stated):
            return {}
        _, malformed = read_cells(stated, "years", self.habits_of("years", self.columns["years"]))
        odd = dict.fromkeys(stated[row] for row in malformed)
        known = {text: years_of(text) for text in odd}
        return {text: f"{years:g}" for text, years in known.items() if years is not None}

    def said_roles(self) -> tuple[dict[str, str], bool]:
        """Return the role that each answer states, and whether all of them are sure."""
        said = roles_in(self._cells("role"))
        return {text: role for text, (role, _) in said.items()}, all(
            sure for _, sure in said.values()
        )

    def roles(self) -> tuple[dict[str, str], bool]:
        """Return the answers that are no role of rmatch with what they seem to mean, and whether that is sure."""
        said, sure = self.said_roles()
        return {text: role for text, role in said.items() if text.casefold() not in ROLES}, sure

    @cached_property
    def processing(self) -> list[Agreement]:
        """The agreements without which people do not take part."""
        return [each for each in self.agreements if not each.dimensions and not each.doubt]

    @cached_property
    def zoned(self) -> bool:
        """Whether time zones are guessed from the names of places."""
        return "time_zone" in self.columns and self.columns["time_zone"] == self.columns.get("site")

    def _cells(self, name: str) -> list[str]:
        """Return the texts of a field from all columns that it is read from."""
        return [text for header in self.columns.get(name, ()) for text in self.texts[header]]

    def _items(self, name: str) -> Iterator[str]:
        separator = self.separator(name, self.columns.get(name, ()))
        return (item for text in self._cells(name) for item in split(text, separator))

    def _mean_years(self) -> dict[str, float]:
        """Return the mean years of those who have each grade."""
        if not {"level", "years"} <= self.columns.keys():
            return {}
        levels = self.texts[self.columns["level"][0]]
        stated = self.texts[self.columns["years"][0]]
        years: dict[str, list[float]] = defaultdict(list)
        numbers = years_since(stated) if are_days(self.known("years")) else map(years_of, stated)
        for label, number in zip(levels, numbers, strict=True):
            if number is not None:
                years[label].append(number)
        return {label: fmean(numbers) for label, numbers in years.items()}


def _upwards(labels: list[str], means: dict[str, float]) -> list[str]:
    """Return ordered grades, the other way round if the years fall."""
    known = [means[label] for label in labels if label in means]
    falling = len(known) > 1 and known[0] > known[-1]
    return labels[::-1] if falling else labels


def _first(*ranks: float | None) -> float:
    return next((rank for rank in ranks if rank is not None), 0)
