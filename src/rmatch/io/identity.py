"""One human, one person: who has the address or the name of somebody with another id, and ids that only look different."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.io.join.duplicates import cure, groups_of
from rmatch.io.join.humans import Link, same_humans
from rmatch.io.join.keys import loose
from rmatch.io.join.spec import Duplicates
from rmatch.io.join.traces import texts_of, traced
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.io.crowd import Crowd
    from rmatch.io.faults import Faults

FEW = 20
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
    emails, names = (_told(crowd, field) for field in ("email", "name"))
    rule = _one_rule(rules)
    links, namesakes = same_humans(ids, emails, names, rule)
    roles = crowd.columns.get("role", [0] * len(crowd))
    fields = {link.first: link.field for link in links}
    fields |= {link.second: link.field for link in links}
    idle = []
    for rows in groups_of([link.first, link.second] for link in links):
        active = [row for row in rows if whole and roles[row]]
        # Two who take part may both be linked to a third who does not.
        for row in active[1:]:
            faults.add(_twice(crowd, ids, Link(active[0], row, fields[row]), rule), row)
        if len(active) < 2:
            idle.append((rows[0], rows[1]))
    for pairs, what in (
        (idle, "have the same e-mail address or name, and one of them takes no part"),
        (namesakes, "have the same name and different e-mail addresses: read as different people"),
        (_near_ids(ids), "have ids that differ only in case or leading zeros"),
    ):
        if pairs:
            crowd.notes.append(_said(crowd, pairs, what))


def _told(crowd: Crowd, field: str) -> Sequence[str | None]:
    """Return the names or addresses of all, also those that a mapping does not read: who is who depends on them."""
    read: Sequence[str | None] = crowd.columns.get(field, [None] * len(crowd))
    unread: dict[int, Sequence[str]] = {}
    for placed, _ in crowd.origins:
        if id(placed) not in unread:
            headers = traced(placed.table, field, placed.headers)
            unread[id(placed)] = texts_of(placed.table, headers) if headers else ()
    if not any(unread.values()):
        return read
    return [
        unread[id(placed)][row] if unread[id(placed)] else known
        for known, (placed, row) in zip(read, crowd.origins, strict=True)
    ]


def _header(crowd: Crowd, person: int, field: str) -> str:
    placed, _ = crowd.origins[person]
    return next(iter(traced(placed.table, field, placed.headers)), field)


def _one_rule(rules: Sequence[Duplicates | None]) -> Duplicates | None:
    given = [rule for rule in rules if rule]
    if not given:
        return None
    ids = frozenset[str]().union(*(rule.namesakes for rule in given))
    keep = given[0].keep
    return Duplicates(keep, namesakes=ids, distinct=all(rule.distinct for rule in given))


def _twice(crowd: Crowd, ids: Sequence[str | None], link: Link, rule: Duplicates | None) -> Fault:
    said = {"email": "e-mail address", "name": "name"}[link.field]
    header = _header(crowd, link.second, link.field)
    whose = crowd.where(link.first, _header(crowd, link.first, link.field))
    problem = f"is the {said} of {whose}, too: one person would be two"
    one, other = (crowd.origins[row][0].table for row in (link.first, link.second))
    remedy = "leave one of them out" if one is other else "give both rows one id"
    if rule is None:
        choice = cure(other) if one is other else LAST
        remedy = f"{remedy}, or {choice}"
    last = ids[link.second] or ""
    if last and "@" not in last:
        known = [*sorted(rule.namesakes if rule else ()), last]
        two = f"namesakes = {json.dumps(known, ensure_ascii=False)}"
        where = "duplicates = { " + two + " }" if rule is None else f"under [duplicates], {two}"
        remedy = f"{remedy}; if they are two people: {where}"
    return Fault(crowd.where(link.second, header), header, problem, remedy)


def _near_ids(ids: Sequence[str | None]) -> list[tuple[int, int]]:
    first: dict[str, int] = {}
    near = []
    for row, name in enumerate(ids):
        known = row if name is None else first.setdefault(loose(name), row)
        if ids[known] != name:
            near.append((known, row))
    return near


def _said(crowd: Crowd, pairs: Sequence[tuple[int, int]], what: str) -> str:
    few = [f"{_called(crowd, one)} and {_called(crowd, other)}" for one, other in pairs[:FEW]]
    more = f" and {len(pairs) - FEW} more" if len(pairs) > FEW else ""
    return f"{counted(len(pairs), 'pair')} of people {what}: {'; '.join(few)}{more}"


def _called(crowd: Crowd, person: int) -> str:
    """Return the id of a person, or where they stand where the id is an address."""
    name = crowd.columns["id"][person]
    return crowd.row(person) if name is None or "@" in name else shown(name)
