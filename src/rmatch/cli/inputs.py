"""What a command reads: the people, the programme, the requests, and who is left out."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rmatch import io
from rmatch.cli.held import STANDARD, Held, is_round, path_of
from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.people import ROLES, Requests
from rmatch.programme import Programme
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rmatch.people import People, Understood

TABLES = ("people", "mentors", "mentees")
SETTINGS = ("mapping", "programme", "requests", "responses", "accept", "profiles")
ROUNDS = ("round", "plan", "earlier", "later")
EITHER = ([True, False, False], [False, True, True], [False, False, False])
"""One table, or one a side; and without any, whoever needs people says so."""


def sources(arguments: Namespace) -> list[Path]:
    """Return every file that is read."""
    tables = [given for name in TABLES for given in getattr(arguments, name)]
    others = [getattr(arguments, name, None) for name in (*ROUNDS, *SETTINGS)]
    return [path_of(given) for given in (*tables, *others, *arguments.previous) if given]


def inputs(arguments: Namespace) -> tuple[People, Programme, Requests]:
    """Read everything, and say what is wrong with any of it at once."""
    people, programme, requests = given(arguments)
    if people is None:
        raise InvalidInputError([_unclear()])
    return people, programme or Programme(), requests


def given(arguments: Namespace) -> tuple[People | None, Programme | None, Requests]:
    """Read what is given, and say what is wrong with any of it at once."""
    refuse(_twice(sources(arguments)))
    refuse(_rounds(arguments))
    one, *two = (getattr(arguments, name) or None for name in TABLES)
    if [paths is not None for paths in (one, *two)] not in EITHER:
        raise InvalidInputError([_unclear()])
    faults: list[Fault] = []
    understood: list[Understood] = []
    people, programme, requests = None, None, Requests()
    sided = {"mentors": two[0], "mentees": two[1]}
    with collected(faults, understood):
        mapping = _document(arguments.mapping, "mapping")
        if one or two[0]:
            people = io.read_people(one, **sided, mapping=mapping)
    with collected(faults):
        if arguments.programme:
            programme = io.read_programme(_document(arguments.programme, "programme"))
    if arguments.requests:
        with collected(faults):
            requests = io.read_requests(arguments.requests)
    for earlier in arguments.previous:
        with collected(faults):
            requests = io.read_requests(requests, previous=earlier_pairs(earlier))
    if faults:
        raise InvalidInputError(faults, understood[0] if understood else None)
    if people is None:
        return None, programme, requests
    if mapping:
        wishes = io.read_wishes(one, **sided, mapping=mapping, people=people)
        requests = Requests((*requests.rows, *wishes.rows), (*requests.notes, *wishes.notes))
    excluded = arguments.exclude
    return _without(people, excluded), programme, _asked(requests, set(excluded))


def _unclear() -> Fault:
    remedy = "give PEOPLE, or both --mentors and --mentees"
    return Fault("people", "", "it is not clear what to read", remedy)


def _twice(paths: Sequence[Path]) -> list[Fault]:
    """Return what is wrong with reading the standard input twice: it is gone after the first time."""
    problem = "the standard input is given more than once"
    return [Fault("-", "", problem, "give the others as files")] * (paths.count(STANDARD) > 1)


def _rounds(arguments: Namespace) -> Iterator[Fault]:
    """Go through saved rounds that are given for tables of people."""
    problem = "is a saved round, and no table of people"
    remedy = "put it in front of the people for verify, explain, alternatives, stand-ins or fairness; for others it may be --previous"
    for table in (table for name in TABLES for table in getattr(arguments, name)):
        if is_round(table):
            yield Fault(path_of(table).name, "", problem, remedy)


def _document(source: Path | Held | None, what: str) -> Any:
    """Return a mapping or a programme that comes through a pipe as the document that it is; a file stays one."""
    return io.read_document(source, what) if isinstance(source, Held) else source


def earlier_pairs(source: Path | Held) -> Any:
    """Return the pairs of an earlier round that comes through a pipe as JSON; any other source stays one."""
    if isinstance(source, Held) and source.head(1) == b"{":
        return io.read_document(source, "result").get("pairs", [])
    return source


def rows_of(everybody: Sequence[str], where: str, ids: Sequence[str]) -> list[int]:
    """Return the rows of some people, and refuse ids that nobody has."""
    rows = {person: row for row, person in enumerate(everybody)}
    hints = {person: nearest(person, rows) for person in ids if person not in rows}
    refuse(
        Fault(
            where,
            "",
            f"nobody has the id {person!r}",
            hint if hint.startswith("did") else "give one of the table",
        )
        for person, hint in hints.items()
    )
    return [rows[person] for person in ids]


@contextmanager
def collected(faults: list[Fault], understood: list[Understood] | None = None) -> Iterator[None]:
    """Keep the faults of what is read, to be told with those of everything else."""
    try:
        yield
    except InvalidInputError as error:
        faults.extend(error.faults)
        if understood is not None and error.understood is not None:
            understood.append(error.understood)


def _without(people: People, ids: Sequence[str]) -> People:
    """Return the people, some of whom take no part."""
    role = people.role.copy()
    role[rows_of(people.id, "--exclude", ids)] = ROLES["none"]
    return replace(people, role=role)


def _asked(requests: Requests, excluded: set[str]) -> Requests:
    """Return the requests without the wishes of and for people who take no part."""
    void = [
        row for row in requests.rows if row.kind == "wish" and {row.mentor, row.mentee} & excluded
    ]
    return Requests(tuple(row for row in requests.rows if row not in void), requests.notes)
