"""What is to be changed to see what would be: as an organiser writes it down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from rmatch.errors import Fault, nearest
from rmatch.io import read_document
from rmatch.people import Person, Request
from rmatch.programme import Programme
from rmatch.utils.documents import Document, plain
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse, seen
from rmatch.utils.values import Value

WHERE = "what-if"
CHANGEABLE = (
    "role",
    "years",
    "level",
    "manager_id",
    "department",
    "site",
    "hours",
    "time_zone",
    "languages",
    "meeting_modes",
    "offers",
    "wants",
    "mentor_capacity",
    "mentee_capacity",
    "mentor_minimum",
    "mentee_minimum",
    "priority",
    "accepted_levels",
    "accepted_sites",
)
"""What may be changed of a person: no answer to a demographic question, no consent and no lived topic is supposed."""
REQUESTED = "give requests, or tables with mentor, mentee and kind"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scenario(Value, Document):
    """Changes to people, requests and programme: what a file of changes holds.

    Attributes
    ----------
    join : sequence of Person or mapping
        Who takes part besides; a mapping has the columns of a table of people.
    drop : sequence of str
        Who takes no part. They keep their place in the organisation chart, and requests that name them are left out.
    change : mapping of str to mapping
        New answers of people by id, a mapping of columns to values: grades, places, hours, languages, topics, capacities,
        minimums, what they accept. Nobody's demographic answers, consents or lived topics can be changed.
    requests : sequence of Request or mapping
        Requests that are added.
    withdraw : sequence of Request or mapping
        Requests that no longer count: each takes all of its kind and pair away.
    programme : Programme or mapping
        Another programme; or, by the keys of a programme's file, what is different in it. `False` takes a key away: a
        rule, a criterion, `min_points`.

    Examples
    --------
    >>> scenario = Scenario(drop=["E7"], change={"E4": {"mentor_capacity": 2}})
    >>> print(scenario)
    E7 takes no part; E4: mentor_capacity 2
    """

    join: Sequence[Person | Mapping[str, Any]] = ()
    drop: Sequence[str] = ()
    change: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    requests: Sequence[Request | Mapping[str, Any]] = ()
    withdraw: Sequence[Request | Mapping[str, Any]] = ()
    programme: Programme | Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the shape of what is given."""
        refuse(self._faults())

    @classmethod
    def of(cls, given: Scenario | Mapping[str, Any] | str | Path | IO[Any]) -> Scenario:
        """Take changes as they are, or read them from a file or from what it would hold.

        Parameters
        ----------
        given : Scenario, mapping, str, Path or file
            The changes, or where they are: in TOML or JSON.

        Returns
        -------
        Scenario
            The changes.

        Raises
        ------
        InvalidInputError
            With every unknown key, and every value of a wrong kind.
        """
        if isinstance(given, Scenario):
            return given
        document = read_document(given, WHERE)
        refuse(_document_faults(document))
        return cls(**document)

    def __str__(self) -> str:
        """Return what changes in one line, without any name or address."""
        return "; ".join(self._words()) or "nothing changes"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, as its file holds it, without names and addresses.

        Returns
        -------
        dict
            By the names of the attributes; an entire programme by its name only.
        """
        new = self.programme
        return {
            "join": [id_of(one) for one in self.join],
            "drop": list(self.drop),
            "change": {who: _plain(fields) for who, fields in self.change.items()},
            "requests": [plain(one) for one in self.requests],
            "withdraw": [plain(one) for one in self.withdraw],
            "programme": {"name": new.name} if isinstance(new, Programme) else _plain(new),
        }

    def _words(self) -> Iterator[str]:
        yield from (f"{id_of(one)} takes part, too" for one in self.join)
        yield from (f"{one} takes no part" for one in self.drop)
        for who, new in self.change.items():
            yield f"{who}: " + ", ".join(f"{name} {_told(value)}" for name, value in new.items())
        for word, given in (("added", self.requests), ("withdrawn", self.withdraw)):
            if given:
                yield f"{counted(len(given), 'request')} {word}"
        if isinstance(self.programme, Programme):
            yield "another programme"
        else:
            yield from _told_keys(self.programme)

    def _faults(self) -> Iterator[Fault]:
        kinds: dict[str, tuple[Any, str]] = {
            "join": ((Person, Mapping), "give people, or tables with id and role"),
            "drop": (str, "give ids"),
            "requests": ((Request, Mapping), REQUESTED),
            "withdraw": ((Request, Mapping), REQUESTED),
        }
        for name, (kind, remedy) in kinds.items():
            value: Any = getattr(self, name)
            if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
                yield Fault(WHERE, name, f"{seen(value)} is no list", remedy)
                continue
            wrong = [one for one in value if not isinstance(one, kind)]
            yield from (Fault(WHERE, name, f"{seen(one)} is not possible", remedy) for one in wrong)
        tables: dict[str, Any] = {"change": Mapping, "programme": (Mapping, Programme)}
        for name, kind in tables.items():
            value = getattr(self, name)
            if not isinstance(value, kind):
                yield Fault(WHERE, name, f"{seen(value)} is no table", "give a table of keys")


def _document_faults(document: Any) -> Iterator[Fault]:
    if not isinstance(document, dict):
        yield Fault(WHERE, "", "the changes are no table", "put the keys at the top")
        return
    known = [each.name for each in fields(Scenario)]
    for key in document:
        if key not in known:
            yield Fault(WHERE, str(key), "is unknown", nearest(str(key), known))


def id_of(one: Person | Mapping[str, Any]) -> str:
    """Return the id of somebody who joins."""
    return one.id if isinstance(one, Person) else str(one.get("id", ""))


def _plain(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        str(name): _plain(value)
        if isinstance(value, Mapping)
        else list(value)
        if isinstance(value, tuple | list)
        else value
        for name, value in table.items()
    }


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{one}:{level}" if level else str(one) for one, level in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return "unknown" if value is None else str(value)


def _told_keys(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in table.items():
        path = f"{above}{key}"
        if isinstance(value, Mapping) and value:
            yield from _told_keys(value, f"{path}.")
        else:
            yield f"without {path}" if value is False else f"{path} {_told(value)}".strip()
