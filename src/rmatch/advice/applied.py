"""People, requests and programme after changes, or everything that cannot be changed like this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from rmatch.advice.scenario import CHANGEABLE, WHERE, id_of
from rmatch.errors import Fault, faults_in, nearest
from rmatch.io import (
    complete_record,
    programme_document,
    read_people,
    read_programme,
    read_requests,
)
from rmatch.people import Request, Requests
from rmatch.programme import Programme
from rmatch.utils.names import name_of
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from rmatch.advice.scenario import Scenario
    from rmatch.people import People


class Applied(NamedTuple):
    """What a round is made of after changes, and what is to be told of them."""

    people: People
    programme: Programme
    requests: Requests
    notes: tuple[str, ...]


def applied(
    scenario: Scenario, people: People, programme: Programme, requests: Requests
) -> Applied:
    """Return people, programme and requests after changes.

    Parameters
    ----------
    scenario : Scenario
        The changes.
    people, programme, requests : People, Programme, Requests
        What holds now.

    Returns
    -------
    Applied
        All three; whatever is not changed is as it was.

    Raises
    ------
    InvalidInputError
        With every change that cannot be.
    """
    found: list[Any] = []
    faults = [*_people_faults(scenario, people), *_request_faults(scenario, requests)]
    if not faults:
        faults += faults_in(lambda: found.append(_people(scenario, people)))
    stated: list[Requests] = []
    faults += faults_in(lambda: stated.append(_stated(scenario.requests)))
    chosen: list[Programme] = []
    faults += faults_in(lambda: chosen.append(changed_programme(programme, scenario.programme)))
    refuse(faults)
    gone = frozenset(scenario.drop)
    withdrawn = {_key(one) for one in _stated(scenario.withdraw).rows}
    kept = [one for one in requests.rows if _key(one) not in withdrawn]
    left = [one for one in kept if not gone & {one.mentor, one.mentee}]
    notes = []
    if len(left) < len(kept):
        lost = counted(len(kept) - len(left), "request")
        notes.append(f"{lost} that named somebody who takes no part: left out")
    now = replace(requests, rows=(*left, *stated[0].rows))
    return Applied(found[0], chosen[0], now, tuple(notes))


def changed_programme(programme: Programme, changes: Programme | Mapping[str, Any]) -> Programme:
    """Return another programme, or this one with what is different in it.

    Raises
    ------
    InvalidInputError
        For keys and values that no programme has, and for what is taken away and is not there.
    """
    if isinstance(changes, Programme):
        return changes
    faults: list[Fault] = []
    gone, rest = _taken_away(changes, programme, faults)
    refuse(faults)
    fewer = replace(programme, **gone) if gone else programme
    if not rest:
        return fewer
    return read_programme(_merged(programme_document(fewer, complete=True), rest))


def _taken_away(
    changes: Mapping[str, Any], programme: Programme, faults: list[Fault]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields of a programme from which something is taken away, and the changes that remain."""
    gone: dict[str, Any] = {}
    rest: dict[str, Any] = dict(changes)
    for part in ("criteria", "rules"):
        table = changes.get(part)
        if not isinstance(table, Mapping):
            continue
        names = {name for name, value in table.items() if value is False}
        items = getattr(programme, part)
        known = [name_of(item) for item in items]
        for name in sorted(names.difference(known)):
            problem = f"there is no {name!r} to take away"
            faults.append(Fault(WHERE, f"programme.{part}", problem, nearest(name, known)))
        if names:
            gone[part] = tuple(item for item in items if name_of(item) not in names)
        rest[part] = {name: value for name, value in table.items() if name not in names}
        if not rest[part]:
            del rest[part]
    if changes.get("min_points") is False:
        gone["min_points"] = None
        del rest["min_points"]
    return gone, rest


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(old)
    for key, value in new.items():
        known = both.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            both[key] = _merged(known, value)
        else:
            both[key] = value
    return both


def _people(scenario: Scenario, people: People) -> People:
    if not (scenario.join or scenario.drop or scenario.change):
        return people
    gone = frozenset(scenario.drop)
    records = []
    for person in people:
        record = complete_record(person, people)
        record |= scenario.change.get(person.id, {})
        if person.id in gone:
            record["role"] = "none"
        records.append(record)
    # How the people were read says nothing about a table that was put together here.
    return replace(read_people([*records, *scenario.join]), notes=people.notes)


def _people_faults(scenario: Scenario, people: People) -> Iterator[Fault]:
    known = set(people.id)
    yield from _id_faults("drop", scenario.drop, known)
    yield from _id_faults("change", scenario.change, known)
    for who in {*map(str, scenario.drop)} & {*map(str, scenario.change)}:
        problem, remedy = f"{who!r} is dropped and changed", "do one of the two"
        yield Fault(WHERE, "change", problem, remedy)
    for who, new in scenario.change.items():
        yield from _answer_faults(str(who), new)
    joining = Counter(map(id_of, scenario.join))
    for who, times in joining.items():
        if who in known or times > 1:
            remedy = "give everybody an id of their own"
            yield Fault(WHERE, "join", f"{who!r} is there already", remedy)


def _id_faults(field: str, ids: Any, known: set[str]) -> Iterator[Fault]:
    for who in ids:
        if who not in known:
            remedy = nearest(str(who), sorted(known))
            yield Fault(WHERE, field, f"nobody has the id {who!r}", remedy)


def _answer_faults(who: str, new: Any) -> Iterator[Fault]:
    if not isinstance(new, Mapping) or not new:
        yield Fault(WHERE, f"change.{who}", "changes nothing", "give columns and their new values")
        return
    for column in new:
        if column not in CHANGEABLE:
            private = str(column).startswith(("dimension", "consent", "lived"))
            problem = "is a person's own to say" if private else "cannot be changed"
            remedy = "leave it out" if private else nearest(str(column), CHANGEABLE)
            yield Fault(WHERE, f"change.{who}.{column}", problem, remedy or "leave it out")


def _request_faults(scenario: Scenario, requests: Requests) -> Iterator[Fault]:
    faults = faults_in(lambda: _stated(scenario.withdraw))
    if faults:
        yield from faults
        return
    known = {_key(one) for one in requests.rows}
    for one in _stated(scenario.withdraw).rows:
        if _key(one) not in known:
            problem = f"there is no {one.kind} {one.mentor!r} → {one.mentee!r}"
            yield Fault(WHERE, "withdraw", problem, "take back what was asked for")


def _stated(given: Sequence[Request | Mapping[str, Any]]) -> Requests:
    ready = tuple(one for one in given if isinstance(one, Request))
    told = [dict(one) for one in given if not isinstance(one, Request)]
    return Requests((*ready, *(read_requests(told).rows if told else ())))


def _key(one: Request) -> tuple[str, str, str]:
    return one.kind, one.mentor, one.mentee
