"""Whom to recruit, where the pairs leave wants open."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from rmatch.errors import InvalidInputError, Status
from rmatch.rounds import find_recruits, usual_profiles
from rmatch.utils.messages import Message, joined

if TYPE_CHECKING:
    from rmatch.programme import Unit
    from rmatch.rounds import Outcome, Worth

QUICK = 250_000
"""Up to so many possible pairs it is worked out unasked."""
SHOWN = 5
"""So many profiles are listed."""
TOGETHER = 3
"""So many are recruited together."""
CALLED = {
    "years": Message("years"),
    "level": Message("level"),
    "department": Message("department"),
    "site": Message("site"),
    "languages": Message("languages"),
    "meeting_modes": Message("meeting modes"),
    "hours": Message("hours"),
}


@dataclass(frozen=True, slots=True)
class Gain:
    """A profile and what it adds.

    Attributes
    ----------
    name : str
        The topic.
    pairs, fit, wants : str
        What it adds to the best matching, with its sign; the fit of 100.
    rank, short : int
        The rank by worth, and how many more want the topic than there are places.
    """

    name: str
    pairs: str
    fit: str
    wants: str
    rank: int
    short: int


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom to recruit.

    Attributes
    ----------
    alone : tuple of Gain
        One more mentor: those that are worth most.
    about_the_count : str
        How far the count of wants and places misleads.
    together : tuple of Gain
        The best few together, each with what it adds beside those before.
    proved : bool
        Whether no other few add more.
    like : str
        What all profiles say beside their topics.
    """

    alone: tuple[Gain, ...]
    about_the_count: str
    together: tuple[Gain, ...]
    proved: bool
    like: str


def _said(name: str, said: Any) -> Message:
    return joined(" ", [CALLED.get(name, name.replace("_", " ")), str(said)])


def recruitable(matching: Outcome) -> bool:
    """Return whether it is worked out unasked: the best matching is known, and not too large."""
    return matching.status is Status.OPTIMAL and prod(matching.scores.shape) <= QUICK


def whom(matching: Outcome, unit: Unit) -> Whom | None:
    """Return whom to recruit; None where nobody wants a topic, or where a programme has no worth in points.

    Parameters
    ----------
    matching : Outcome
        The round, with its people.
    unit : Unit
        What points are told in.
    """
    scores = matching.scores
    profiles = usual_profiles(scores.cohort, scores.programme)
    if not len(profiles):
        return None
    try:
        found = find_recruits(scores, profiles, TOGETHER, own=False)
    except InvalidInputError:  # said by `rmatch recruit`, with what would help
        return None
    by_name = {one.profile: one for one in found.recruits}

    def told(name: str, worth: Worth) -> Gain:
        one = by_name[name]
        fit = unit.of_100(worth.points)
        signed = f"{worth.pairs:+d}", f"{fit:+d}", f"{worth.covered:+d}"
        return Gain(name, *signed, one.rank, one.short)

    together = zip(found.together.profiles, found.together.each, strict=True)
    says = found.recruits[0].says
    return Whom(
        tuple(told(one.profile, one.worth) for one in found.recruits[:SHOWN]),
        found.about_the_count,
        tuple(told(*one) for one in together),
        found.together.proved,
        joined(", ", (_said(name, said) for name, said in says.items() if name != "offers")),
    )
