"""Wishes for people: from columns of a sign-up table in which people name others, to requests."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.io.fields.directory import SAID, Directory, may_be_shown
from rmatch.people import ROLES, Request, Requests
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rmatch.io.fields.directory import Found
    from rmatch.io.mapping.translation import Translation
    from rmatch.io.parse import Parsed
    from rmatch.people import People

FEW = 8
SPLITS = (r"[;\n]", r"[,|/&]|\s(?:and|und|et|y)\s", r"[;,|/&\s]+")
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
        for role, headers in translation.wishes.columns.items():
            present = [header for header in headers if header in parsed.placed.table.columns]
            for rank, header in enumerate(present, 1):
                # A single column is a list of people without an order; several are ranked by their own.
                self._column(parsed, translation, role, header, rank if len(headers) > 1 else None)

    def _column(
        self, parsed: Parsed, translation: Translation, role: str, header: str, rank: int | None
    ) -> None:
        placed = parsed.placed
        for row, cell in enumerate(placed.table.columns[header]):
            text = text_of(
                " ; ".join(map(text_of, cell)) if isinstance(cell, list | tuple) else cell
            )
            if text.casefold() in translation.unknown:
                continue
            where = placed.row(row, header)
            own = placed.ids[row] if row < len(placed.ids) else None
            if own is None or not self.roles.get(own, 0) & ROLES[role]:
                self._unresolved(f"people who are no {role}s wish", where)
                continue
            for named, found in self._people_in(text, translation.wishes.values):
                self._wish(role, own, rank, named, found, where)

    def _people_in(self, text: str, values: Mapping[str, str]) -> list[tuple[str, Found]]:
        """Return whom a cell names: as one person, or else by the separator that makes most sense of it."""
        whole = self._find(text, values)
        if whole.people:
            return [(text, whole)]
        ways = []
        for pattern in SPLITS:
            items = [item.strip() for item in re.split(pattern, text) if item and item.strip()]
            ways.append([(item, self._find(item, values)) for item in items])
        return min(ways, key=lambda way: sum(1 for _, found in way if not found.people))

    def _find(self, text: str, values: Mapping[str, str]) -> Found:
        return self.everybody.find(values.get(text.casefold(), text))

    def _wish(
        self, role: str, own: str, rank: int | None, named: str, found: Found, where: str
    ) -> None:
        if len(found.people) > 1:
            problem = f"the one who is wished for may be {len(found.people)} people"
            remedy = "say whose id it is under [wishes.values] in a mapping"
            self.faults.append(Fault(where, "wishes", problem, remedy))
            return
        if found.only is None:
            those = shown(named) if may_be_shown(named, self.people.id) else ""
            self._unresolved("nobody is called like that", f"{where} {those}".strip())
            return
        partner, other = self.people.id[found.only], "mentor" if role == "mentee" else "mentee"
        if partner == own:
            self._unresolved("people wish for themselves", where)
        elif not self.roles[partner] & ROLES[other]:
            self._unresolved(f"the one wished for is no {other}", where)
        else:
            pair = (partner, own) if role == "mentee" else (own, partner)
            self.wishes[Request(*pair, "wish", rank)] = None
            self.counts[found.how] += 1

    def _unresolved(self, why: str, where: str) -> None:
        self.unresolved.setdefault(why, []).append(where)

    def notes(self) -> Iterator[str]:
        """Say how many wishes were read, and list those that were not."""
        if self.counts:
            ways = ", ".join(
                f"{self.counts[how]} {said}" for how, said in SAID.items() if self.counts[how]
            )
            yield f"{counted(sum(self.counts.values()), 'wish')} read: {ways}"
        for why, places in self.unresolved.items():
            more = f" and {len(places) - FEW} more" if len(places) > FEW else ""
            verb = "wish is" if len(places) == 1 else "wishes are"
            yield f"{len(places)} {verb} not read, {why}: {', '.join(places[:FEW])}{more}"
