"""What a command reads: the people, the programme, the requests, and who is left out."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io import read_people, read_programme, read_requests, read_wishes
from rmatch.people import ROLES, Requests
from rmatch.programme import Programme
from rmatch.utils.files import read_bytes
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rmatch.people import People, Understood

TABLES = ("people", "mentors", "mentees")
SETTINGS = ("mapping", "programme", "requests")


class Held:
    """What comes through a pipe, which gives it only once: a reader that is at its end begins anew.

    Parameters
    ----------
    path : Path
        The pipe.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path
        self._kept: io.BytesIO | None = None

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        if self._kept is None:
            self._kept = io.BytesIO(read_bytes(self._path))
        piece = self._kept.read(size)
        if not piece:
            self._kept.seek(0)
        return piece


def _held(path: Path) -> Path | Held:
    return Held(path) if path.is_fifo() else path


def sources(arguments: Namespace) -> list[Path]:
    """Return every file that is read."""
    tables = [path for name in TABLES for path in getattr(arguments, name)]
    given = [*tables, *(getattr(arguments, name) for name in SETTINGS), *arguments.previous]
    return [path for path in given if path]


def inputs(arguments: Namespace) -> tuple[People, Programme, Requests]:
    """Read everything, and say what is wrong with any of it at once."""
    one, *two = ([*map(_held, getattr(arguments, name))] or None for name in TABLES)
    if [paths is not None for paths in (one, *two)] not in (
        [True, False, False],
        [False, True, True],
    ):
        remedy = "give PEOPLE, or both --mentors and --mentees"
        refuse([Fault("people", "", "it is not clear what to read", remedy)])
    faults: list[Fault] = []
    understood: list[Understood] = []
    with _collected(faults, understood):
        people = read_people(one, mentors=two[0], mentees=two[1], mapping=arguments.mapping)
    with _collected(faults):
        programme = read_programme(arguments.programme) if arguments.programme else Programme()
    requests = Requests()
    with _collected(faults):
        requests = read_requests(arguments.requests)
    for path in arguments.previous:
        with _collected(faults):
            requests = read_requests(requests, previous=path)
    if faults:
        raise InvalidInputError(faults, understood[0] if understood else None)
    if arguments.mapping:
        sided = {"mentors": two[0], "mentees": two[1]}
        wishes = read_wishes(one, **sided, mapping=arguments.mapping, people=people)
        requests = Requests((*requests.rows, *wishes.rows), (*requests.notes, *wishes.notes))
    return _without(people, arguments.exclude), programme, _asked(requests, set(arguments.exclude))


def rows_of(people: People, where: str, ids: Sequence[str]) -> list[int]:
    """Return the rows of some people, and refuse ids that nobody has."""
    rows = {person: row for row, person in enumerate(people.id)}
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
def _collected(faults: list[Fault], understood: list[Understood] | None = None) -> Iterator[None]:
    try:
        yield
    except InvalidInputError as error:
        faults.extend(error.faults)
        if understood is not None and error.understood is not None:
            understood.append(error.understood)


def _without(people: People, ids: Sequence[str]) -> People:
    """Return the people, some of whom take no part."""
    role = people.role.copy()
    role[rows_of(people, "--exclude", ids)] = ROLES["none"]
    return replace(people, role=role)


def _asked(requests: Requests, excluded: set[str]) -> Requests:
    """Return the requests without the wishes of and for people who take no part."""
    void = [
        row for row in requests.rows if row.kind == "wish" and {row.mentor, row.mentee} & excluded
    ]
    return Requests(tuple(row for row in requests.rows if row not in void), requests.notes)
