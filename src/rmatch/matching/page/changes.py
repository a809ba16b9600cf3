"""What has changed since an earlier round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rmatch.matching.page.who import Who
from rmatch.rounds import changes_since

if TYPE_CHECKING:
    from rmatch.rounds import BrokenPair, Changes, Outcome

LISTED = 300
"""So many new and so many broken pairs are listed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What has become of the pairs of an earlier round.

    Attributes
    ----------
    headline : str
        How many are kept, new and broken.
    new : tuple of (Who, Who)
        The pairs that the earlier round did not have.
    broken : tuple of (Who, Who, str)
        The pairs that it had, and why they are none any more.
    unlisted : int
        How many more there are.
    """

    headline: str
    new: tuple[tuple[Who, Who], ...]
    broken: tuple[tuple[Who, Who, str], ...]
    unlisted: int


def changes_of(matching: Outcome, previous: Outcome | None) -> Changes | None:
    """Return what has changed since the earlier round that is given, or since the one that a rematch was made from."""
    if previous is None:
        return matching.changes
    return changes_since([(pair.mentor, pair.mentee) for pair in previous.pairs], matching)


def changed(changes: Changes, known: Mapping[str, Who]) -> Changed:
    """Return changes as the page tells them.

    Parameters
    ----------
    changes : Changes
        What has changed.
    known : mapping of str to Who
        Everybody of the later round by id.
    """

    def who(person: str) -> Who:
        return known.get(person, Who(person))

    def called(people: Iterable[str]) -> tuple[str, ...]:
        return tuple(who(person).called for person in people)

    def sentence(pair: BrokenPair) -> str:
        to = tuple((who(one).called, who(other).called) for one, other in pair.to)
        return replace(pair, people=called(pair.people), to=to).sentence

    new = tuple((who(mentor), who(mentee)) for mentor, mentee in changes.new[:LISTED])
    broken = tuple(
        (who(pair.mentor), who(pair.mentee), sentence(pair)) for pair in changes.broken[:LISTED]
    )
    rest = len(changes.new) + len(changes.broken) - len(new) - len(broken)
    return Changed(changes.headline, new, broken, rest)
