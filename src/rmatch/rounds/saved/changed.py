"""The shape of the changes in a saved round."""

from __future__ import annotations

from dataclasses import dataclass

from rmatch.rounds.changes.changes import Cause, GaveWayFor, Keep
from rmatch.rounds.saved.strict import STRICT


@dataclass(frozen=True, slots=True)
class SavedTwo:
    """The ids of the two of a pair."""

    __pydantic_config__ = STRICT
    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True)
class SavedBrokenPair:
    """A pair of the earlier round that is none any more, and why."""

    __pydantic_config__ = STRICT
    mentor: str
    mentee: str
    cause: Cause
    people: list[str]
    rules: list[str]
    to: list[SavedTwo]
    reason: GaveWayFor


@dataclass(frozen=True, slots=True)
class SavedChanges:
    """What became of the pairs of the earlier round that this one was made from."""

    __pydantic_config__ = STRICT
    keep: Keep
    kept: list[SavedTwo]
    new: list[SavedTwo]
    broken: list[SavedBrokenPair]
