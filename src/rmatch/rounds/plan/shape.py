"""The shape of a saved plan: what pydantic checks, and its JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from rmatch.rounds.plan.terms import Over
from rmatch.rounds.saved.shape import SavedRequest
from rmatch.rounds.saved.strict import STRICT, Count, Whole

Number = Annotated[int, Field(ge=1, le=1_000)]
Two = Annotated[list[str], Field(min_length=2, max_length=2)]
"""The ids of a mentor and a mentee."""


@dataclass(frozen=True, slots=True)
class SavedMeeting:
    """A pair and the round in which it meets."""

    __pydantic_config__ = STRICT
    round: Number
    mentor: str
    mentee: str
    points: Whole
    locked: bool
    override_reason: str


@dataclass(frozen=True, slots=True)
class SavedPrices:
    """What proves of a round that no other pairs of those left serve better who has waited."""

    __pydantic_config__ = STRICT
    mentors: list[Whole]
    mentees: list[Whole]
    each: Whole


@dataclass(frozen=True, slots=True)
class SavedWord:
    """What a mixed-integer programme says of a plan whose rounds were decided one by one, and who takes part in them."""

    __pydantic_config__ = STRICT
    bound: Whole
    proved: bool
    mentors: list[str] | None = None
    mentees: list[str] | None = None
    """None in the first version, which cannot be read without its people."""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """Everything that explains and verifies a plan elsewhere, beside the people."""

    __pydantic_config__ = STRICT
    format: Literal["rmatch plan"]
    version: Literal[1, 2, 3]
    """3 in all that are written now; 2, the rest of an earlier plan, or rounds that were decided one by one."""
    rmatch: str
    """The version of rmatch that wrote it."""
    programme: dict[str, Any]
    """The programme, by its own schema."""
    own: list[str]
    """The criteria and rules made of functions, which the programme names only."""
    requests: list[SavedRequest]
    people: dict[str, str]
    """A fingerprint of each person, by id."""
    fingerprint: str
    """That of all of them together."""
    seed: int | str
    rounds: Number
    gap: Count | Literal["never"]
    """How many rounds lie between two meetings of a pair at least."""
    load: dict[str, Count]
    """The most meetings of people over all rounds, by id."""
    away: dict[str, list[Number]]
    """In which rounds people take no part, by id."""
    history: list[list[Two]]
    """The pairs of earlier rounds, the earliest round first."""
    waited: dict[str, Count]
    """For how many rounds people have waited before the first, by id."""
    total: Whole
    status: Literal["optimal", "feasible"]
    claim: str
    """In which sense this is the best plan."""
    meetings: list[SavedMeeting]
    order: list[SavedPrices]
    by_rounds: SavedWord | None
    together: dict[str, Any] | None
    """All rounds together, as a saved round."""
    planned: list[list[Two]] = field(default_factory=list)
    """The pairs that an earlier plan has for each round, of which as many as possible are to stay."""
    over: dict[Over, list[Two]] = field(default_factory=dict)
    """Those of them that were declined, or are over."""


@cache
def plan_adapter() -> TypeAdapter[SavedPlan]:
    """Return what checks and writes a saved plan."""
    return TypeAdapter(SavedPlan)
