"""Which column of a table is which field of rmatch, by its heading or by its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rmatch.cli.guess.agreements import Agreement, agreements
from rmatch.cli.guess.cities import zone_of
from rmatch.cli.guess.content import (
    MOST_LEVELS,
    NEARLY_ALL,
    id_column,
    is_exact,
    level_column,
    manager_column,
    separator_of,
    topic_columns,
)
from rmatch.cli.guess.days import DAYS, are_days
from rmatch.cli.guess.headings import TOPICAL, Headings, is_known
from rmatch.cli.guess.questions import agrees
from rmatch.cli.guess.roles import roles_in
from rmatch.cli.guess.synonyms import FAMILY, GIVEN
from rmatch.cli.guess.vocabulary import UNSURE, bare, is_part_of_name, years_of
from rmatch.io import (
    PREFIXES,
    SEPARATOR,
    UNKNOWN,
    Habits,
    column_of,
    read_cells,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWERS = {"id", "response id", "respondent id", "response number", "submission id"}
"""What forms call the numbers of answers."""
TOPICS = {"topic", "topics", "theme", "themes", "subjects", "themen", "thema", "temas"}
"""Headings that say what a list holds, but not whether it is taught or wanted."""
UNITED = (*TOPICAL, "languages", "lived_topics", "meeting_modes", PREFIXES[0])
"""Fields that are read from all the columns that sound like them."""


@dataclass(frozen=True, eq=False)
class Columns(Headings):
    """Which column of a table is which field."""

    @cached_property
    def agreements(self) -> list[Agreement]:
        """The questions by which people agree to something."""
        made = [*self.heard, *(family.field for family in self.families)]
        names = [name.removeprefix(PREFIXES[0]) for name in made if name.startswith(PREFIXES[0])]
        return agreements(self.texts, names)

    @cached_property
    def doubts(self) -> dict[str, str]:
        """Why fields have to be checked."""
        found = {
            name: "the heading may mean something else"
            for name, headers in self.heard.items()
            if any(self.sounds[header][1] >= UNSURE for header in headers)
        }
        if "mentor_capacity" in found:
            found["mentor_capacity"] += ": partners for mentors, or for mentees (mentee_capacity)?"
        ids = [each for each in self.candidates.get("id", ()) if self._tells_apart(each)]
        if len(ids) > 1 and "id" not in ids:
            found["id"] = "several columns tell people apart"
        cells = dict.fromkeys(self.sensed, "guessed from its cells, the heading does not tell")
        if "id" in cells and self._id == self.heard_addresses:
            cells["id"] = (
                "nothing sounds like an id, and reports show ids: are e-mail addresses to be shown?"
            )
        if {*TOPICAL} <= self.sensed.keys():
            cells |= dict.fromkeys(TOPICAL, "two lists with the same topics: which is taught?")
        if self.columns.get("time_zone") == self.places != []:
            cells["time_zone"] = "guessed from the names of the places"
        for agreement in self.agreements:
            for name in agreement.dimensions if agreement.doubt else ():
                cells[f"{PREFIXES[1]}{name}"] = agreement.doubt
        return found | cells

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
        new = {name: header for name, header in found.items() if header and name not in self.heard}
        rest = {header: cells for header, cells in free.items() if header not in new.values()}
        offers, wants = (
            [text for header in self.heard.get(name, ()) for text in self.texts[header]]
            for name in TOPICAL
        )
        return new | (topic_columns(rest, offers, wants) or self._topics(rest))

    def _topics(self, free: dict[str, list[str]]) -> dict[str, str]:
        """Return the column of topics, taught or wanted as the roles of the people are."""
        headers = [header for header in free if bare(header) in TOPICS]
        known = {*TOPICAL} & {*self.heard, *(family.field for family in self.families)}
        if not headers or known:
            return {}
        cells = [text for header in self.heard.get("role", ()) for text in self.texts[header]]
        said = {role for role, _ in roles_in(cells).values()}
        sides = {"mentor": "offers", "mentee": "wants"}
        fields = [sides[role] for role in said if role in sides] if "both" not in said else []
        return dict.fromkeys(sorted(fields) or TOPICAL, headers[0])

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The headers that each field is read from, but answers that are too exact to be compared."""
        heard = {name: headers for name, headers in self.heard.items() if name not in self.exact}
        found = heard | {name: [header] for name, header in self.sensed.items()}
        for agreement in self.agreements:
            for name in agreement.dimensions:
                found.setdefault(f"{PREFIXES[1]}{name}", [agreement.header])
        if self.places and "time_zone" not in found:
            found["time_zone"] = self.places
        if self.flags:
            found.pop("role", None)  # conditions say who takes part as what
        return found

    @cached_property
    def places(self) -> list[str]:
        """The header of places whose names tell the time zone, where people say when they can meet."""
        headers = self.heard.get("site", [])
        different = {text for header in headers for text in self._known(header)}
        told = sum(bool(zone_of(place)) for place in different)
        meet = "hours" in self.heard or self.grid
        return headers if meet and different and 2 * told >= len(different) else []

    @cached_property
    def exact(self) -> dict[str, str]:
        """The headers of demographic answers that differ for nearly everybody, by field."""
        heard = {name: headers[0] for name, headers in self.heard.items()}
        return {
            name: header
            for name, header in heard.items()
            if name.startswith(PREFIXES[0]) and is_exact(self._known(header))
        }

    @cached_property
    def left(self) -> list[str]:
        """The headers that are not read."""
        used = {header for headers in (self.heard | self.columns).values() for header in headers}
        agreed = {agreement.header for agreement in self.agreements}
        return [header for header in self.table.columns if header not in used | agreed | self.apart]

    def separator(self, name: str, headers: Sequence[str]) -> str:
        """Return what stands between the items in the cells of a list."""
        column = column_of(name)
        if column is None or not column.many or name.startswith(PREFIXES):
            return SEPARATOR
        cells = [text for header in headers for text in self.texts[header]]
        return separator_of(cells)

    def habits_of(self, name: str, headers: Sequence[str], *, levels: bool = True) -> Habits:
        """Return how the cells of a field are written."""
        return Habits(self.separator(name, headers), UNKNOWN | self.markers, levels=levels)

    @cached_property
    def _unheard(self) -> dict[str, list[str]]:
        heard = {*self.sounds, *self.apart, *filter(agrees, self.texts)}
        return {
            header: [text if is_known(text) else "" for text in cells]
            for header, cells in self.texts.items()
            if header not in heard
        }

    @cached_property
    def _id(self) -> str | None:
        heard = self._picked("id", self.candidates.get("id", []))
        addresses = self.heard_addresses
        return heard[0] if heard else addresses or id_column(self._unheard)

    @cached_property
    def heard_addresses(self) -> str | None:
        """The header of e-mail addresses that tell everybody apart, where nothing sounds like ids."""
        headers = self.candidates.get("email", [])
        return next((header for header in headers if self._tells_apart(header)), None)

    @cached_property
    def _ids(self) -> list[str]:
        return self.texts[self._id] if self._id is not None else []

    def _known(self, header: str) -> list[str]:
        return [text for text in self.texts[header] if is_known(text)]

    def _picked(self, name: str, headers: list[str]) -> list[str]:
        """Return the headers that a field is read from, of those that sound like it."""
        if name == "role":
            return [header for header in headers if roles_in(self.texts[header])][:1]
        if name in headers:
            return [name]
        if name == "id":
            telling = [header for header in headers if self._tells_apart(header)]
            # A form numbers its answers; who somebody is for the firm says more.
            return sorted(telling, key=lambda header: bare(header) in ANSWERS)[:1]
        if name == "manager_id":
            return [header for header in headers if self._names_people(header)][:1]
        if name == "name":
            return _name(headers)
        readable = [header for header in headers if self._is_readable(name, header)]
        return readable if name.startswith(UNITED) else self._filled(readable)[:1]

    def _filled(self, headers: list[str]) -> list[str]:
        """Return the headers whose columns have about as many answers as the fullest of them."""
        counts = {header: len(self._known(header)) for header in headers}
        most = max(counts.values(), default=0)
        return [header for header in headers if counts[header] >= NEARLY_ALL * most]

    @cached_property
    def everybody(self) -> set[str]:
        """What people in the table may be called: ids, addresses, names with their words in order."""
        found = {text.casefold() for text in self._ids}
        for name in ("email", "name"):
            heads = self._picked(name, self.candidates.get(name, []))
            rows = zip(*(self.texts[each] for each in heads), strict=True) if heads else ()
            found |= {sorted_words(" ".join(parts)) for parts in rows}
        return found - {""}

    def is_somebody(self, text: str) -> bool:
        """Tell whether a text calls somebody in the table, as an id, an address, a name, or a name with the id behind."""
        behind = re.search(r"\(([^()]+)\)$", text)
        called = {text.casefold(), sorted_words(text), behind[1].casefold() if behind else ""}
        return not self.everybody.isdisjoint(called)

    def _names_people(self, header: str) -> bool:
        return any(map(self.is_somebody, set(self._known(header))))

    def _tells_apart(self, header: str) -> bool:
        texts = self.texts[header]
        return all(texts) and len(set(texts)) == len(self.table)

    def _is_readable(self, name: str, header: str) -> bool:
        """Tell whether at least half of the known cells can be read as a field."""
        column, known = column_of(name), self._known(header)
        if column is None or not known or (name == "level" and len(set(known)) > MOST_LEVELS):
            return False
        habits = self.habits_of(name, [header], levels=False)
        if name == "years":
            _, odd = read_cells(known, "years", habits)
            unread = sum(years_of(known[row]) is None for row in odd)
            return are_days(known) or 2 * unread <= len(known)
        if name == "hours":
            return all(DAYS.search(text) for text in known)
        _, malformed = read_cells(self.table.columns[header], column.kind, habits)
        return 2 * len(malformed) <= len(known)


def sorted_words(text: str) -> str:
    """Return the words of a name, whichever of them comes first."""
    return " ".join(sorted(text.casefold().replace(",", " ").split()))


def _name(headers: list[str]) -> list[str]:
    """Return the column of whole names, or else those of first and last names."""
    firsts = [header for header in headers if is_part_of_name(header, GIVEN)]
    lasts = [header for header in headers if is_part_of_name(header, FAMILY)]
    whole = [header for header in headers if header not in {*firsts, *lasts}]
    return whole[:1] or [*firsts[:1], *lasts[:1]]
