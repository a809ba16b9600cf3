"""What the organiser and the people ask for: locks, exclusions, previous pairs, wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.people.people import People
from rmatch.people.person import ROLES
from rmatch.people.request import REQUEST_KINDS, Request, RequestKind
from rmatch.utils.ids import LikelyIds, how, ids_in
from rmatch.utils.recognised import Recognised, owners_of, said
from rmatch.utils.shown import SHOWN, Rows, Shown, more
from rmatch.utils.spelling import mailbox_of
from rmatch.utils.text import counted
from rmatch.utils.validation import choice, instance, refuse, texts

SMALL = 5000
"""For how many people the nearest id is looked for."""
READER = "give People: rmatch.read_people reads a table"


@dataclass(frozen=True, slots=True, repr=False)
class Requests(Shown):
    """All requests of a round.

    Attributes
    ----------
    rows : tuple of Request
        The requests.
    notes : tuple of str
        What the reader should be told about how they were read.

    Raises
    ------
    InvalidInputError
        For notes that are no texts, an unknown kind, a rank that is not 1 or more or stands beside something else than a wish, a reason beside
        something else than a lock.

    Examples
    --------
    >>> requests = Requests((Request("E7", "D2", "lock"), Request("E8", "D2", "exclude")))
    >>> [request.mentor for request in requests.of_kind("lock")]
    ['E7']
    """

    rows: tuple[Request, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        rows: Any = self.rows
        if not isinstance(rows, list | tuple) or not all(isinstance(row, Request) for row in rows):
            raise InvalidInputError([NO_TABLE])
        object.__setattr__(self, "rows", tuple(rows))
        strange = texts("requests", "notes", self.notes)
        refuse([*strange, *(fault for request in self.rows for fault in request.faults())])
        object.__setattr__(self, "notes", tuple(self.notes))

    def of_kind(self, kind: RequestKind) -> list[Request]:
        """Return the requests of one kind, in the order of the table.

        Raises
        ------
        InvalidInputError
            For an unknown kind.
        """
        refuse(choice("requests", "kind", kind, REQUEST_KINDS))
        return [request for request in self.rows if request.kind == kind]

    def _parts(self) -> Iterator[str | Rows]:
        yield counted(len(self.rows), "request")
        shown = (
            (one.kind, one.mentor, one.mentee, "" if one.rank is None else str(one.rank))
            for one in self.rows[:SHOWN]
        )
        yield Rows(("kind", "mentor", "mentee", "rank"), shown)
        yield more(len(self.rows), "rows")

    def fitted(self, people: People) -> Requests:
        """Return the same with the earlier pairs under the people's ids, where a spreadsheet has changed these.

        An earlier pair that nobody recognises would be made again. What was repaired, and what only may be meant, is
        in the notes.

        Parameters
        ----------
        people : People
            Everybody.

        Returns
        -------
        Requests
            These, or repaired ones.
        """
        refuse(instance("requests", "people", people, People, READER))
        earlier = self.of_kind("previous")
        stated = [one for row in earlier for one in (row.mentor, row.mentee)]
        found = Recognised.of(stated, people.id, people.email)
        if found.all_known:
            return self
        renamed = iter(found.renamed(earlier))
        rows = (next(renamed) if row.kind == "previous" else row for row in self.rows)
        notes = [note for note in found.notes("the earlier pairs") if note not in self.notes]
        return Requests(tuple(rows), (*self.notes, *notes))

    def faults(self, people: People) -> Iterator[Fault]:
        """Go through what does not fit the people: unknown ids, roles that they do not play, repeated locks.

        Previous pairs may name people who have left, and so may exclusions that say so.
        """
        refuse(instance("requests", "people", people, People, READER))
        role = dict(zip(people.id, people.role.tolist(), strict=True))
        strange = any(not {row.mentor, row.mentee} <= role.keys() for row in self.rows)
        likely = LikelyIds(people.id if strange else ())
        owners = (
            owners_of(people.id, people.name) | owners_of(people.id, people.email)
            if strange
            else {}
        )
        for request in self.rows:
            if request.kind in {"lock", "wish"}:
                yield from _role_faults(request, role)
            if request.kind == "previous" or request.left:
                yield from _several_faults(request, role)
            else:
                yield from _id_faults(request, role, likely, owners)
        earlier = self.of_kind("previous")
        if earlier and not any({pair.mentor, pair.mentee} & role.keys() for pair in earlier):
            problem = f"nobody of the earlier pairs is in the people table, {said(earlier[0].mentor, role)} for example"
            remedy = nearest(earlier[0].mentor, role) if len(role) <= SMALL else ""
            yield Fault(
                "previous",
                "",
                problem,
                remedy if remedy.startswith("did") else "use the same ids in both",
            )
        locks = Counter((lock.mentor, lock.mentee) for lock in self.of_kind("lock"))
        for (mentor, mentee), times in locks.items():
            if times > 1:
                yield Fault(
                    f"lock {said(mentor, role)} → {said(mentee, role)}",
                    "",
                    f"is given {times} times",
                    "give it once",
                )


NO_TABLE = Fault(
    "requests", "rows", "are not all Requests", "read a table with rmatch.read_requests"
)


def _place(request: Request, role: dict[str, int]) -> str:
    return f"{request.kind} {said(request.mentor, role)} → {said(request.mentee, role)}"


def _id_faults(
    request: Request, role: dict[str, int], likely: LikelyIds, owners: dict[str, str]
) -> Iterator[Fault]:
    for column in ("mentor", "mentee"):
        person = getattr(request, column)
        if person in role:
            continue
        remedy, problem = _hint(person, role, likely), f"nobody has the id {said(person, role)}"
        if owner := owners.get(mailbox_of(person)):
            remedy = f"give the id, {owner!r}: a request names people by id alone"
        yield Fault(_place(request, role), column, problem, remedy)


def _several_faults(request: Request, role: dict[str, int]) -> Iterator[Fault]:
    for column in ("mentor", "mentee"):
        if len(ids := ids_in(getattr(request, column), role)) > 1:
            problem = f"holds several ids: {', '.join(map(repr, ids))}"
            yield Fault(_place(request, role), column, problem, "give each pair a row of its own")


def _hint(person: str, role: dict[str, int], likely: LikelyIds) -> str:
    """Return whom an id that nobody has may mean."""
    if known := likely.of(person):
        return f"did you mean {' or '.join(map(repr, known))}? It is {how(person, known[0])}"
    return nearest(person, role) if len(role) <= SMALL else ""


def _role_faults(request: Request, role: dict[str, int]) -> Iterator[Fault]:
    for column in ("mentor", "mentee"):
        person = getattr(request, column)
        if person in role and not role[person] & ROLES[column]:
            problem = f"{person!r} takes no part as a {column}"
            remedy = "change the role or the request"
            yield Fault(_place(request, role), column, problem, remedy)
