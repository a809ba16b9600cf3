"""From profiles to what they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.people import with_more
from rmatch.programme import Unit
from rmatch.rounds.recruits.market import Market
from rmatch.rounds.recruits.needs import Needs
from rmatch.rounds.recruits.recruits import Recruit, Recruits, Together
from rmatch.rounds.recruits.worth import Worth
from rmatch.rounds.unmatched import hopeless
from rmatch.scoring import scored
from rmatch.utils.labels import fold
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rmatch.people import People, Person
    from rmatch.scoring import Scores

SAID = (
    "level",
    "years",
    "site",
    "department",
    "languages",
    "meeting_modes",
    "hours",
    "time_zone",
    "wants",
    "mentor_capacity",
)
"""What is told of a profile beside its topics."""


def find_recruits(scores: Scores, profiles: People, k: int, *, own: bool) -> Recruits:
    """Return what profiles are worth to a round.

    Parameters
    ----------
    scores : Scores
        The round as it is.
    profiles : People
        Mentors who might be recruited, checked.
    k : int
        How many together.
    own : bool
        Whether the organiser gave them: then a profile whom nobody may meet is a fault.

    Returns
    -------
    Recruits
        Each alone and the best together.

    Raises
    ------
    InvalidInputError
        If a round has no worth in pairs and points, or if nobody may meet a profile.
    InfeasibleError
        If minimums or locks cannot be met.
    StopError
        If the run was stopped.
    """
    cohort, programme = scores.cohort, scores.programme
    people = with_more(cohort.people, profiles)
    enlarged = scored(people, programme, cohort.requests, cohort)
    market = Market(scores, enlarged, profiles.id, k)
    refuse(market.faults("recruit"))
    reasons = _reasons(market)
    if own or len(reasons) == len(profiles):
        refuse(_closed(profiles, reasons))
    chosen, each, bound = market.together()
    together = Together(
        tuple(profiles.id[kind] for kind in chosen.kinds), tuple(each), _sum(each), bound
    )
    return Recruits(
        market.today,
        int(Needs.of(cohort).wanted.sum()),
        tuple(_ranked(scores, profiles, market.alone(), reasons)),
        together,
        Unit.of(programme, [scores.best_blind_points]).most,
    )


def _reasons(market: Market) -> dict[str, str]:
    """Return why nobody may meet some of the recruits, by their ids."""
    closed = {
        person
        for person, may in zip(market.recruits, market.may_meet.tolist(), strict=True)
        if not may
    }
    if not closed:
        return {}
    found = (one for one in hopeless(market.enlarged) if one.role == "mentor" and one.id in closed)
    return {one.id: one.reason for one in found}


def _closed(profiles: People, reasons: Mapping[str, str]) -> Iterator[Fault]:
    remedy = "say in the profile what the rule has to know, or loosen the rule"
    for row, person in enumerate(profiles.id):
        if person in reasons:
            yield Fault(
                profiles.place(row, "id"), "", f"no mentee may meet it: {reasons[person]}", remedy
            )


def _ranked(
    scores: Scores, profiles: People, worth: Sequence[Worth], reasons: Mapping[str, str]
) -> Iterator[Recruit]:
    """Go through the recruits, the best first, those that are alike by their names."""
    topics, short = scores.cohort.people.topics, Needs.of(scores.cohort).short
    short_by = dict(zip(map(fold, topics), short.tolist(), strict=True))
    shortages = [
        max((short_by.get(fold(topic), 0) for topic in profile.offers), default=0)
        for profile in profiles
    ]
    order = ("pairs", "points", "covered")
    if scores.programme.participation == "best":
        order = ("points", "pairs", "covered")
    keys = [tuple(getattr(own, name) for name in order) for own in worth]
    by_worth, by_count = _ranks(keys), _ranks(shortages)
    everybody = list(profiles)
    for row in sorted(range(len(profiles)), key=lambda row: (by_worth[row], profiles.id[row])):
        yield Recruit(
            profiles.id[row],
            _said(everybody[row]),
            worth[row],
            by_worth[row],
            shortages[row],
            by_count[row],
            reasons.get(profiles.id[row], ""),
        )


def _ranks(keys: Sequence[Any]) -> list[int]:
    """Return the ranks of some keys from 1 on, the largest first; those that are alike have the same.

    Examples
    --------
    >>> _ranks([3, 9, 3, 1])
    [2, 1, 2, 4]
    """
    ordered = sorted(keys, reverse=True)
    return [1 + ordered.index(key) for key in keys]


def _said(profile: Person) -> dict[str, str]:
    """Return what a profile says, in words."""
    offers = (f"{topic}:{level}" if level else topic for topic, level in profile.offers.items())
    told = {"offers": "; ".join(offers)}
    for name in SAID:
        own = getattr(profile, name)
        told[name] = "; ".join(own) if isinstance(own, tuple | dict) else _text(own)
    return {name: said for name, said in told.items() if said}


def _text(own: float | str | None) -> str:
    if own is None:
        return ""
    return own if isinstance(own, str) else f"{own:g}"


def _sum(each: Iterable[Worth]) -> Worth:
    return sum(each, Worth(0, 0, 0))
