"""Which column of a table is which field of rmatch, by its heading or by its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rmatch.cli.guess.content import (
    MOST_LEVELS,
    id_column,
    is_exact,
    level_column,
    manager_column,
    separator_of,
    topic_columns,
)
from rmatch.cli.guess.synonyms import FAMILY, GIVEN, MARKERS
from rmatch.cli.guess.vocabulary import (
    bare,
    meaning,
    role_of,
    years_of,
)
from rmatch.io import PREFIXES, SEPARATOR, UNKNOWN, Habits, column_of, read_cells, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmatch.io import Table

TOPICAL = ("offers", "wants")
UNITED = {*TOPICAL, "languages", "lived_topics"}
"""Fields that are read from all the columns that sound like them."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Which column of a table is which field.

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
        written = {text.casefold() for texts in self.texts.values() for text in texts}
        return written & (MARKERS | UNKNOWN) - {""}

    @cached_property
    def candidates(self) -> dict[str, list[str]]:
        """The headers that sound like each field, the surest first."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for header in self.table.columns:
            heard = meaning(header)
            if heard is not None:
                name, doubt = heard
                found[name].append((doubt, header))
        surest = {name: sorted(ranked, key=itemgetter(0)) for name, ranked in found.items()}
        return {name: [header for _, header in ranked] for name, ranked in surest.items()}

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
        return new | topic_columns(rest, offers, wants)

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The headers that each field is read from, but answers that are too exact to be compared."""
        heard = {name: headers for name, headers in self.heard.items() if name not in self.exact}
        return heard | {name: [header] for name, header in self.sensed.items()}

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
        return [header for header in self.table.columns if header not in used]

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
        heard = {header for headers in self.candidates.values() for header in headers}
        return {
            header: [text if is_known(text) else "" for text in cells]
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

    def _known(self, header: str) -> list[str]:
        return [text for text in self.texts[header] if is_known(text)]

    def _picked(self, name: str, headers: list[str]) -> list[str]:
        """Return the headers that a field is read from, of those that sound like it."""
        if name == "role":
            return [header for header in headers if self._names_roles(header)][:1]
        if name in headers:
            return [name]
        if name == "id":
            return [header for header in headers if self._tells_apart(header)][:1]
        if name == "manager_id":
            ids = set(self._ids)
            return [header for header in headers if not ids.isdisjoint(self._known(header))][:1]
        if name == "name":
            return _name(headers)
        readable = [header for header in headers if self._is_readable(name, header)]
        return readable if name in UNITED else readable[:1]

    def _names_roles(self, header: str) -> bool:
        return not {"mentor", "mentee"}.isdisjoint(map(role_of, self.texts[header]))

    def _tells_apart(self, header: str) -> bool:
        texts = self.texts[header]
        return all(texts) and len(set(texts)) == len(self.table)

    def _is_readable(self, name: str, header: str) -> bool:
        """Tell whether at least half of the known cells can be read as a field."""
        column, known = column_of(name), self._known(header)
        if column is None or not known or (name == "level" and len(set(known)) > MOST_LEVELS):
            return False
        if name == "years":
            return 2 * sum(years_of(text) is not None for text in known) >= len(known)
        habits = self.habits_of(name, [header], levels=False)
        _, malformed = read_cells(self.table.columns[header], column.kind, habits)
        return 2 * len(malformed) <= len(known)


def _name(headers: list[str]) -> list[str]:
    """Return the column of whole names, or else those of first and last names."""
    given, family = ({bare(name) for name in names} for names in (GIVEN, FAMILY))
    whole = [header for header in headers if bare(header) not in given | family]
    firsts = [header for header in headers if bare(header) in given]
    lasts = [header for header in headers if bare(header) in family]
    return whole[:1] or [*firsts[:1], *lasts[:1]]


def is_known(text: str) -> bool:
    """Tell whether a text is no marker for "unknown"."""
    return text.casefold() not in UNKNOWN | MARKERS


def _plain(cell: Any) -> str:
    if isinstance(cell, Mapping):
        return _joined(
            f"{topic}:{number}" if number else f"{topic}" for topic, number in cell.items()
        )
    return _joined(map(text_of, cell)) if isinstance(cell, list | tuple) else text_of(cell)


def _joined(items: Iterable[str]) -> str:
    return f"{SEPARATOR} ".join(items)
