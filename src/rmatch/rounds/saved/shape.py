"""The shape of a saved round, the document that a matching is written as: what pydantic checks, and its JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from rmatch.rounds.saved.changed import SavedChanges
from rmatch.rounds.saved.proofs import Proof
from rmatch.rounds.saved.strict import STRICT, Cell, Count, Whole
from rmatch.utils.sides import SideOrNone


@dataclass(frozen=True, slots=True)
class SavedRequest:
    """One request about one pair."""

    __pydantic_config__ = STRICT
    mentor: str
    mentee: str
    kind: str
    rank: int | None
    override_reason: str
    left: bool = False


@dataclass(frozen=True, slots=True)
class SavedPerson:
    """One person: the fingerprint, the partners, and more where it was asked for."""

    __pydantic_config__ = STRICT
    id: str
    fingerprint: str
    partners: list[str]
    name: str | None = None
    email: str | None = None
    whole: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SavedReason:
    """A person without a partner in a role, and why."""

    __pydantic_config__ = STRICT
    id: str
    role: SideOrNone
    code: str
    sentence: str
    rules: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class SavedLine:
    """What one criterion gives a pair, and why."""

    __pydantic_config__ = STRICT
    criterion: str
    subject: str
    points: Whole
    sentence: str
    known: bool
    protected: bool


@dataclass(frozen=True, slots=True)
class SavedBroken:
    """A rule that a locked pair breaks."""

    __pydantic_config__ = STRICT
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SavedPlainPair:
    """A pair of a matching that is there to be compared with."""

    __pydantic_config__ = STRICT
    mentor: str
    mentee: str
    points: Whole
    locked: bool
    override_reason: str


@dataclass(frozen=True, slots=True)
class SavedPair(SavedPlainPair):
    """A pair: its points, what they are made of, and what both may read."""

    __pydantic_config__ = STRICT
    why: list[str]
    lines: list[SavedLine]
    broken: list[SavedBroken]


@dataclass(frozen=True, slots=True)
class SavedPlaces:
    """The most and the fewest partners in the order of `mentors` and of `mentees`, as the step has them."""

    __pydantic_config__ = STRICT
    mentor_capacity: list[Count]
    mentee_capacity: list[Count]
    mentor_minimum: list[Count]
    mentee_minimum: list[Count]


@dataclass(frozen=True, slots=True)
class SavedPrecedence:
    """What comes before the points, as numbers that count beside them: first partners, and earlier pairs by row and column."""

    __pydantic_config__ = STRICT
    mentor_first: list[Count]
    mentee_first: list[Count]
    kept: list[Cell]
    gain: Count
    point: Count


@dataclass(frozen=True, slots=True)
class SavedStep:
    """One problem that was solved: who gets a place, or who meets whom; row and column of each pair, and the proof."""

    __pydantic_config__ = STRICT
    decides: Literal["places", "pairs"]
    participation: Literal["most", "best"]
    places: SavedPlaces
    route: str
    total: Whole
    pairs: list[Cell]
    proof: Proof
    precedence: SavedPrecedence | None = None


@dataclass(frozen=True, slots=True)
class SavedPrice:
    """What fair places cost: the best matching if protected attributes decided them, too, unless that is this one."""

    __pydantic_config__ = STRICT
    points: Whole
    share: float
    pairs_with_protected: Count
    total_with_protected: Whole
    with_protected: list[SavedPlainPair] | None
    steps: list[SavedStep]


@dataclass(frozen=True, slots=True)
class SavedNotes:
    """How people and requests were read, in words."""

    __pydantic_config__ = STRICT
    people: list[str]
    requests: list[str]


@dataclass(frozen=True, slots=True)
class SavedRound:
    """A round of matching that was kept: everything that explains and verifies it without solving it again."""

    __pydantic_config__ = STRICT
    format: Literal["rmatch round"]
    version: Literal[1, 2, 3]
    rmatch: str
    programme: dict[str, Any]
    own: list[str]
    requests: list[SavedRequest]
    seed: int | str
    total: Whole
    bound: Whole
    status: Literal["optimal", "feasible"]
    claim: str
    route: str
    criteria_without_data: list[str]
    protected_most: Count
    notes: SavedNotes
    pairs: list[SavedPair]
    unmatched: list[SavedReason]
    people: list[SavedPerson]
    fingerprint: str
    mentors: list[str]
    mentees: list[str]
    steps: list[SavedStep]
    price_of_fair_places: SavedPrice | None = None
    changes: SavedChanges | None = None
    waited: dict[str, Count] = field(default_factory=dict)


@cache
def round_adapter() -> TypeAdapter[SavedRound]:
    """Return what checks and writes a saved round."""
    return TypeAdapter(SavedRound)


def plain_requests(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without the word that nobody of a request has left."""
    for request in document["requests"]:
        if not request["left"]:
            del request["left"]
    return document


def plain(saved: SavedRound) -> dict[str, Any]:
    """Return a saved round as dicts and lists, without what was not asked for."""
    document = plain_requests(round_adapter().dump_python(saved, mode="json"))
    for person in document["people"]:
        for name in ("name", "email", "whole"):
            if person[name] is None:
                del person[name]
    price = document["price_of_fair_places"]
    for step in (*document["steps"], *(price["steps"] if price else ())):
        if step["precedence"] is None:
            del step["precedence"]
        for name in ("aims", "ceiling"):
            if step["proof"].get(name, step) is None:
                del step["proof"][name]
    for name in ("price_of_fair_places", "changes", "waited"):
        if not document[name]:
            del document[name]
    return document
