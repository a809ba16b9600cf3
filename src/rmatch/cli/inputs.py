"""What a command reads: the people, the programme, the requests, and who is left out."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rmatch.cli.options import STANDARD
from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io import read_document, read_people, read_programme, read_requests, read_wishes
from rmatch.people import ROLES, Requests
from rmatch.programme import Programme
from rmatch.utils.files import read_all, read_bytes
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
        The pipe, or ``-`` for the standard input.
    """

    def __init__(self, path: Path) -> None:
        self.name = "the standard input" if is_standard(path) else path.name
        self._path = path

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        piece = self._kept.read(size)
        if not piece:
            self._kept.seek(0)
        return piece

    def begins(self, start: bytes) -> bool:
        """Tell whether the first that is no blank is this."""
        return self._kept.getvalue().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(start)

    @cached_property
    def _kept(self) -> io.BytesIO:
        if not is_standard(self._path):
            return io.BytesIO(read_bytes(self._path))
        return io.BytesIO(b"" if sys.stdin is None else read_all(sys.stdin.buffer))


def is_standard(path: Path | None) -> bool:
    """Tell whether a path stands for the standard input, or the standard output."""
    return str(path) == STANDARD


def _held(path: Path) -> Path | Held:
    return Held(path) if is_standard(path) or path.is_fifo() else path


def _document(path: Path | None, what: str) -> Any:
    """Return a mapping or a programme that comes through a pipe as the document that it is; a file stays one."""
    source = None if path is None else _held(path)
    return read_document(source, what) if isinstance(source, Held) else source


def _earlier(path: Path) -> Any:
    """Return the pairs of an earlier round that comes through a pipe as JSON; any other source stays one."""
    source = _held(path)
    if isinstance(source, Held) and source.begins(b"{"):
        document = read_document(source, "result")
        return document.get("pairs", [])
    return source


def sources(arguments: Namespace) -> list[Path]:
    """Return every file that is read."""
    tables = [path for name in TABLES for path in getattr(arguments, name)]
    given = [*tables, *(getattr(arguments, name) for name in SETTINGS), *arguments.previous]
    return [path for path in given if path]


def inputs(arguments: Namespace) -> tuple[People, Programme, Requests]:
    """Read everything, and say what is wrong with any of it at once."""
    _check_standard(sources(arguments))
    one, *two = ([*map(_held, getattr(arguments, name))] or None for name in TABLES)
    if [paths is not None for paths in (one, *two)] not in (
        [True, False, False],
        [False, True, True],
    ):
        remedy = "give PEOPLE, or both --mentors and --mentees"
        refuse([Fault("people", "", "it is not clear what to read", remedy)])
    faults: list[Fault] = []
    understood: list[Understood] = []
    sided = {"mentors": two[0], "mentees": two[1]}
    with _collected(faults, understood):
        mapping = _document(arguments.mapping, "mapping")
        people = read_people(one, **sided, mapping=mapping)
    with _collected(faults):
        chosen = _document(arguments.programme, "programme")
        programme = Programme() if chosen is None else read_programme(chosen)
    requests = Requests()
    with _collected(faults):
        requests = read_requests(arguments.requests and _held(arguments.requests))
    for path in arguments.previous:
        with _collected(faults):
            requests = read_requests(requests, previous=_earlier(path))
    if faults:
        raise InvalidInputError(faults, understood[0] if understood else None)
    if arguments.mapping:
        wishes = read_wishes(one, **sided, mapping=mapping, people=people)
        requests = Requests((*requests.rows, *wishes.rows), (*requests.notes, *wishes.notes))
    return _without(people, arguments.exclude), programme, _asked(requests, set(arguments.exclude))


def _check_standard(paths: Sequence[Path]) -> None:
    """Refuse to read the standard input twice: it is gone after the first time."""
    if sum(map(is_standard, paths)) > 1:
        problem, remedy = "is given more than once", "give the others as files"
        refuse([Fault("-", "", f"the standard input {problem}", remedy)])


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
