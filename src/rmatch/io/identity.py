"""One human, one person: who has the address or the name of somebody with another id, and ids that only look different."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.io.join.disagreeing import one_person
from rmatch.io.join.duplicates import cure, groups_of
from rmatch.io.join.humans import Link, near_addresses, near_names, same_humans
from rmatch.io.join.keys import loose
from rmatch.io.join.spec import Duplicates
from rmatch.io.join.traces import texts_of, traced
from rmatch.utils.ids import of_one_form
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.io.crowd import Crowd
    from rmatch.io.faults import Faults

FEW = 20
POST = ("department", "level")
MAY_BE = "may be one person each"
NEAR = "differ only in case, leading zeros or form"
ALIKE = (
    f"{MAY_BE}: their names differ in initials or words left out only, and department and level are the same; if they"
    " are, leave one row out"
)
ALIKE_ADDRESSES = f"{MAY_BE}: their e-mail addresses are one name at two organisations; if they are, leave one row out"
ALIKE_IDS = f"{MAY_BE}: their ids {NEAR}, and stand in two tables; if they are, write them alike"
LAST = 'say at the top of a mapping: duplicates = { keep = "last" }'


def check_humans(
    crowd: Crowd, rules: Sequence[Duplicates | None], faults: Faults, *, whole: bool
) -> None:
    """Note everybody who is in the input twice under two ids, and say which ids only look different.

    Parameters
    ----------
    crowd : Crowd
        Everybody.
    rules : sequence of Duplicates or None
        What the mapping says of each table.
    faults : Faults
        Where to note those who could meet themselves or have two partners.
    whole : bool
        Whether all roles are known; else nobody knows who takes part.
    """
    ids = crowd.columns.get("id", [None] * len(crowd))
    seen = Seen(crowd)
    rule = _one_rule(rules)
    links, namesakes = same_humans(ids, seen.texts("email"), seen.texts("name"), rule)
    roles = crowd.columns.get("role", [0] * len(crowd))
    fields = {link.first: link.field for link in links}
    fields |= {link.second: link.field for link in links}
    idle = []
    for rows in groups_of([link.first, link.second] for link in links):
        active = [row for row in rows if whole and roles[row]]
        # Two who take part may both be linked to a third who does not.
        for row in active[1:]:
            faults.add(_twice(seen, Link(active[0], row, fields[row]), rule), row)
        if len(active) < 2:
            idle.append((rows[0], rows[1]))
    near = _near_ids(ids)
    across = [pair for pair in near if _in_two_tables(crowd, pair) and not seen.are_two(*pair)]
    for pairs, what in (
        (idle, "have the same e-mail address or name, and one of them takes no part"),
        (namesakes, "have the same name and different e-mail addresses: read as different people"),
        ([pair for pair in near if pair not in across], f"have ids that {NEAR}"),
        (across, ALIKE_IDS),
        (_near_names(seen, ids, [*links, *namesakes]), ALIKE),
        (_near_addresses(seen, ids, links), ALIKE_ADDRESSES),
    ):
        if pairs:
            crowd.notes.append(_said(crowd, pairs, what))


class Seen:
    """What tells who is who, also in columns that a mapping does not read; looked up once a table."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self._headers: dict[tuple[int, str], list[str]] = {}
        self._cures: dict[int, str] = {}
        self._texts: dict[str, Sequence[str | None]] = {}

    def texts(self, field: str) -> Sequence[str | None]:
        """Return the names or addresses of all."""
        if field not in self._texts:
            self._texts[field] = self._found(field)
        return self._texts[field]

    def _found(self, field: str) -> Sequence[str | None]:
        read: Sequence[str | None] = self.crowd.columns.get(field, [None] * len(self.crowd))
        if all(read):
            return read
        unread: dict[int, Sequence[str]] = {}
        for placed, _ in self.crowd.origins:
            if id(placed) not in unread:
                headers = traced(placed.table, field)
                self._headers[id(placed), field] = headers
                unread[id(placed)] = texts_of(placed.table, headers) if headers else ()
        if not any(unread.values()):
            return read
        return [
            known or (unread[id(placed)][row] if unread[id(placed)] else None)
            for known, (placed, row) in zip(read, self.crowd.origins, strict=True)
        ]

    def are_two(self, one: int, other: int) -> bool:
        """Tell whether names or addresses show that two rows are two people."""
        names, addresses = (
            (texts[one] or "", texts[other] or "") for texts in map(self.texts, ("name", "email"))
        )
        return one_person(names, addresses) is False

    def header(self, person: int, field: str) -> str:
        """Return the column in which the name or address of somebody stands."""
        placed, row = self.crowd.origins[person]
        if self.crowd.columns.get(field, [None] * len(self.crowd))[person]:
            return field
        headers = self._headers[id(placed), field]
        return next((each for each in headers if text_of(placed.table.columns[each][row])), field)

    def cure(self, one: int, other: int) -> str:
        """Return what to write in a mapping for two rows, of one table or of both."""
        here, there = (self.crowd.origins[person][0] for person in (one, other))
        if here is not there:
            return LAST
        if id(here) not in self._cures:
            self._cures[id(here)] = cure(here.table)
        return self._cures[id(here)]


def _one_rule(rules: Sequence[Duplicates | None]) -> Duplicates | None:
    given = [rule for rule in rules if rule]
    if not given:
        return None
    ids = frozenset[str]().union(*(rule.namesakes for rule in given))
    keep = given[0].keep
    return Duplicates(keep, namesakes=ids, distinct=all(rule.distinct for rule in given))


def _twice(seen: Seen, link: Link, rule: Duplicates | None) -> Fault:
    crowd, said = seen.crowd, {"email": "e-mail address", "name": "name"}[link.field]
    header = seen.header(link.second, link.field)
    whose = crowd.where(link.first, seen.header(link.first, link.field))
    problem = f"is the {said} of {whose}, too: one person would be two"
    one, other = (crowd.origins[row][0] for row in (link.first, link.second))
    remedy = "leave one of them out" if one is other else "give both rows one id"
    if rule is None:
        remedy = f"{remedy}, or {seen.cure(link.first, link.second)}"
    last = crowd.columns["id"][link.second] or ""
    if last and "@" not in last:
        known = [*sorted(rule.namesakes if rule else ()), last]
        two = f"namesakes = {json.dumps(known, ensure_ascii=False)}"
        where = "duplicates = { " + two + " }" if rule is None else f"under [duplicates], {two}"
        remedy = f"{remedy}; if they are two people: {where}"
    return Fault(crowd.where(link.second, header), header, problem, remedy)


def _in_two_tables(crowd: Crowd, pair: tuple[int, int]) -> bool:
    one, other = (crowd.origins[row][0] for row in pair)
    return one is not other


def _near_ids(ids: Sequence[str | None]) -> list[tuple[int, int]]:
    known = [name for name in ids if name is not None]
    if "".join(known).isalnum() and of_one_form(known):
        return []
    first: dict[str, int] = {}
    near = []
    for row, name in enumerate(ids):
        one = row if name is None else first.setdefault(loose(name), row)
        if ids[one] != name:
            near.append((one, row))
    return near


def _near_addresses(
    seen: Seen, ids: Sequence[str | None], links: Sequence[Link]
) -> list[tuple[int, int]]:
    known = {(link.first, link.second) for link in links}
    found = near_addresses(ids, seen.texts("email"), seen.texts("name"))
    return [pair for pair in dict.fromkeys(found) if pair not in known]


def _near_names(
    seen: Seen, ids: Sequence[str | None], linked: Sequence[Link | tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return people who do the same, under names that are one if initials and words left out do not count."""
    columns = [seen.crowd.columns.get(field, [None] * len(ids)) for field in POST]
    posts = [*zip(*columns, strict=True)]
    found = dict.fromkeys(near_names(ids, seen.texts("email"), seen.texts("name"), posts))
    known = linked if found else ()
    told = {each if isinstance(each, tuple) else (each.first, each.second) for each in known}
    return [pair for pair in found if pair not in told]


def _said(crowd: Crowd, pairs: Sequence[tuple[int, int]], what: str) -> str:
    few = [f"{_called(crowd, one)} and {_called(crowd, other)}" for one, other in pairs[:FEW]]
    more = f" and {len(pairs) - FEW} more" if len(pairs) > FEW else ""
    loud = "WARNING: " if what.startswith(MAY_BE) else ""
    return f"{loud}{counted(len(pairs), 'pair')} of people {what}: {'; '.join(few)}{more}"


def _called(crowd: Crowd, person: int) -> str:
    """Return the id of a person, or where they stand where the id is an address."""
    name = crowd.columns["id"][person]
    return crowd.row(person) if name is None or "@" in name else shown(name)
