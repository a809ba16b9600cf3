"""What a saved round says of a round whose people are not at hand: it stands where the scores would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.people import Fingerprints, Requests
from rmatch.programme import Programme
from rmatch.rounds.told import Told
from rmatch.rounds.unmatched import Unmatched
from rmatch.scoring import Scores

REMEDY = (
    "give the people where it is read, as in rmatch.read_matching(source, people=…), "
    "or on the command line their files behind that of the round"
)


@dataclass(frozen=True, eq=False, repr=False)
class Kept:
    """What a saved round knows without its people.

    Whatever else is asked of scores needs the people, and one error says so.

    Attributes
    ----------
    programme : Programme
        What the organiser chose.
    requests : Requests
        Locks, exclusions, previous pairs, wishes.
    fingerprints : Fingerprints
        Of everybody, by id.
    mentors, mentees : tuple of str
        The ids behind the rows and the columns of the steps.
    without_data : tuple of str
        Criteria that were left out because the people have no data for them.
    protected_most : int
        What protected attributes add to the points of any pair at most.
    notes : tuple of str
        How the people were read.
    unmatched : tuple of Unmatched
        Everybody without a partner, and why.
    told : dict of (str, str) to Told
        What is told about each pair that was made.
    document : mapping
        All of it as plain data, to be held against the people.
    """

    programme: Programme
    requests: Requests
    fingerprints: Fingerprints
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    without_data: tuple[str, ...]
    protected_most: int
    notes: tuple[str, ...]
    unmatched: tuple[Unmatched, ...]
    told: dict[tuple[str, str], Told]
    document: Mapping[str, Any]

    @property
    def cohort(self) -> Kept:
        """Itself, which knows the requests."""
        return self

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each mentor's id."""
        return {person: row for row, person in enumerate(self.mentors)}

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each mentee's id."""
        return {person: column for column, person in enumerate(self.mentees)}

    def __getattr__(self, name: str) -> Any:
        """Refuse what only the people would tell; what Python itself asks for is simply not there."""
        if name.startswith("__"):
            raise AttributeError(name)
        problem = "it was saved without its people, and they are needed for this"
        raise InvalidInputError([Fault("matching", "people", problem, REMEDY)])


def kept_of(scores: object) -> Kept | None:
    """Return what stands where scores would, if it is what was kept of a round without its people."""
    return scores if type(scores) is Kept else None


def told_of(scores: Scores, mentor: str, mentee: str, groups: Mapping[str, Sequence[str]]) -> Told:
    """Return what is told about a pair that was made beside others, or what was kept of it."""
    kept = kept_of(scores)
    return Told.of(scores, mentor, mentee, groups) if kept is None else kept.told[mentor, mentee]
