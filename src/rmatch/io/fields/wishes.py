"""Wishes for people: from columns of a sign-up table in which people name others, to requests."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import is_silent, text_of
from rmatch.io.fields.directory import Directory, told
from rmatch.people import ROLES, Request, Requests
from rmatch.utils.ids import may_be_shown
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rmatch.io.fields.directory import Found
    from rmatch.io.mapping.translation import Translation
    from rmatch.io.parse import Parsed
    from rmatch.people import People

FEW = 8
_WORDS = r"\s(?:and|or|then|und|oder|et|ou|y|o|e)\s"
SPLITS = (
    r"[;\n]",
    r"(?:^|\s)\(?\d[.)]\s",
    _WORDS,
    rf"[,|/&]|{_WORDS}",
    r"[;,|/&\s]+",
)
"""What may stand between several people in one cell, tried one after the other."""


def wishes_of(parsed: Iterable[tuple[Parsed, Translation]], people: People) -> Requests:
    """Return the wishes that the columns of sign-up tables hold.

    Parameters
    ----------
    parsed : iterable of (Parsed, Translation)
        The tables, with the ids of their rows, and how they are read.
    people : People
        Whom the wishes are about.

    Returns
    -------
    Requests
        The wishes; the notes say how people were found, and which cells name nobody.

    Raises
    ------
    InvalidInputError
        If a cell names one of several people of one name.
    """
    reader = _Reader(people)
    for each, translation in parsed:
        reader.read(each, translation)
    refuse(reader.faults)
    return Requests(tuple(reader.wishes), tuple(reader.notes()))


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where somebody wishes: in which role, and as which choice."""

    role: str
    person: str
    rank: int | None
    where: str

    @property
    def other(self) -> str:
        """The role of those who are wished for."""
        return "mentor" if self.role == "mentee" else "mentee"

    def request(self, partner: str) -> Request:
        """Return the wish for somebody."""
        if self.role == "mentee":
            return Request(partner, self.person, "wish", self.rank)
        return Request(self.person, partner, "wish", self.rank)


@dataclass
class _Reader:
    people: People
    wishes: dict[Request, None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unresolved: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        people = self.people
        self.everybody = Directory(people.id, people.name, people.email)
        self.roles = dict(zip(people.id, people.role.tolist(), strict=True))

    def read(self, parsed: Parsed, translation: Translation) -> None:
        """Read the columns of wishes of one table."""
        columns = parsed.placed.table.columns
        for role, headers in translation.wishes.columns.items():
            # A single column is a list of people without an order; several are ranked by their own.
            ranked = len(headers) > 1
            present = [header for header in headers if header in columns]
            for rank, header in enumerate(present, 1):
                self._column(parsed, translation, header, (role, rank if ranked else None))

    def _column(
        self,
        parsed: Parsed,
        translation: Translation,
        header: str,
        what: tuple[str, int | None],
    ) -> None:
        placed, (role, rank) = parsed.placed, what
        for row, cell in enumerate(placed.table.columns[header]):
            text = _text(cell)
            if is_silent(text, translation.unknown):
                continue
            where, person = placed.row(row, header), placed.ids[row]
            if person is None or not self._plays(person, role):
                self._unresolved(f"people who are no {role}s wish", where)
                continue
            wishing = _Cell(role, person, rank, where)
            for named, found in self._people_in(text, translation.wishes.values):
                self._wish(wishing, named, found)

    def _people_in(self, text: str, values: Mapping[str, str]) -> list[tuple[str, Found]]:
        """Return whom a cell names: as one person, or else by the separator that makes most sense of it."""

        def find(item: str) -> Found:
            return self.everybody.find(values.get(item.casefold(), item))

        whole = find(text)
        if whole.people:
            return [(text, whole)]
        ways = []
        for separator in SPLITS:
            items = [item.strip() for item in re.split(separator, text)]
            ways.append([(item, find(item)) for item in items if item])
        return min(ways, key=_nobodies)

    def _wish(self, wishing: _Cell, named: str, found: Found) -> None:
        if len(found.people) > 1:
            problem = f"the one who is wished for may be {len(found.people)} people"
            remedy = "say whose id it is under [wishes.values] in a mapping"
            self.faults.append(Fault(wishing.where, "wishes", problem, remedy))
        elif found.only is None:
            ids = self.people.id
            those = f" {shown(named)}" if may_be_shown(named, ids) else ""
            meant = " or ".join(shown(ids[one]) for one in self.everybody.likely(named)[:FEW])
            perhaps = f", perhaps {meant}" if meant else ""
            self._unresolved("nobody is called like that", f"{wishing.where}{those}{perhaps}")
        else:
            self._resolved(wishing, self.people.id[found.only], found.how)

    def _resolved(self, wishing: _Cell, partner: str, how: str) -> None:
        if partner == wishing.person:
            self._unresolved("people wish for themselves", wishing.where)
        elif not self._plays(partner, wishing.other):
            self._unresolved(f"the one wished for is no {wishing.other}", wishing.where)
        else:
            self.wishes[wishing.request(partner)] = None
            self.counts[how] += 1

    def _plays(self, person: str, role: str) -> bool:
        return bool(self.roles.get(person, 0) & ROLES[role])

    def _unresolved(self, why: str, where: str) -> None:
        self.unresolved.setdefault(why, []).append(where)

    def notes(self) -> Iterator[str]:
        """Say how many wishes were read, and list those that were not."""
        if self.counts:
            count = counted(self.counts.total(), "wish")
            yield f"{count} read: {told(self.counts)}"
        for why, places in self.unresolved.items():
            listed = ", ".join(places[:FEW])
            more = f" and {len(places) - FEW} more" if len(places) > FEW else ""
            verb = "is" if len(places) == 1 else "are"
            yield f"{counted(len(places), 'wish')} {verb} not read, {why}: {listed}{more}"


def _text(cell: Any) -> str:
    """Return a cell as one text; a list of people is written with semicolons."""
    if isinstance(cell, list | tuple):
        return " ; ".join(map(text_of, cell))
    return text_of(cell)


def _nobodies(way: Sequence[tuple[str, Found]]) -> int:
    return sum(1 for _, found in way if not found.people)
