"""What the data say of a programme, area by area."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

import numpy as np

from rmatch.errors import Status
from rmatch.people import PURPOSES, UNKNOWN, measure
from rmatch.rounds import Aims, hopeless, wants_of
from rmatch.scoring import Scores, lacking
from rmatch.utils.documents import Document
from rmatch.utils.sides import SIDES, Side
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.rounds import Outcome

Area = Literal["places", "partners", "topics", "data", "consent", "distance", "reports"]
TITLES: Mapping[Area, str] = {
    "places": "Places",
    "partners": "Who can meet whom",
    "topics": "What is wanted and taught",
    "data": "What is known",
    "consent": "Consent",
    "distance": "Distance between the two of a pair",
    "reports": "What can be reported",
}
"""What remarks are about, in the order in which they are told."""
SHOWN = 5
"""So many topics a sentence names."""
FIELDS = (
    "level",
    "years",
    "manager_id",
    "department",
    "site",
    "languages",
    "hours",
    "meeting_modes",
)
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Remark(Document):
    """One thing that the data say.

    Attributes
    ----------
    area : str
        What it is about: ``"places"``, ``"partners"``, ``"topics"``, ``"data"``, ``"consent"``, ``"distance"`` or
        ``"reports"``.
    sentence : str
        In words, with its figures.
    figures : mapping of str to int or float
        The figures by themselves.
    trouble : bool
        Whether it is better looked at before a programme starts.
    """

    area: Area
    sentence: str
    figures: Mapping[str, int | float]
    trouble: bool = False


def places(scores: Scores) -> Remark:
    """Count the people of both sides, and their places."""
    cohort = scores.cohort
    figures: dict[str, int | float] = {}
    told = []
    for side, ids in zip(SIDES, (scores.mentors, scores.mentees), strict=True):
        room = int(cohort.capacity(side).sum())
        figures |= {f"{side}s": len(ids), f"{side}_places": room}
        told.append(f"{counted(len(ids), side)} with {counted(room, 'place')}")
    empty = not min(figures.values())
    return Remark("places", ", ".join(told), figures, trouble=empty)


def alone(scores: Scores) -> Iterator[Remark]:
    """Say who can have no partner at all, and for which reason."""
    reasons = Counter((each.role, each.reason or each.sentence) for each in hopeless(scores))
    for (role, reason), count in reasons.most_common():
        sentence = f"{counted(count, role)} can have no partner: {reason}"
        yield Remark("partners", sentence, {f"{role}s": count}, trouble=True)
    if not reasons:
        yield Remark("partners", "everybody has a possible partner", {})


def today(outcome: Outcome) -> Iterator[Remark]:
    """Say how many pairs there would be.

    Yields
    ------
    Remark
        Beside what the places allow.
    """
    scores = outcome.scores
    most = min(int(scores.cohort.capacity(side).sum()) for side in SIDES)
    pairs = len(outcome.pairs)
    sentence = f"matched today there would be {counted(pairs, 'pair')}, of at most {most} that the places allow"
    if outcome.status is not Status.OPTIMAL:
        sentence += " (the best so far: the run was stopped)"
    yield Remark("partners", sentence, {"pairs": pairs, "most": most}, trouble=pairs < HALF * most)


def covered(outcome: Outcome, aims: Aims) -> Iterator[Remark]:
    """Say how much of what is wanted the pairs would teach, all together and by aim."""
    wants = wants_of(outcome.scores, outcome.id_pairs, aims)
    by_aim: dict[str, list[bool]] = defaultdict(list)
    for own in wants.values():
        for (aim, _), taught in own.items():
            by_aim[aim].append(taught)
    every = [taught for aim in by_aim.values() for taught in aim]
    if not every:
        yield Remark("topics", "nobody says what they want to learn", {"wants": 0}, trouble=True)
        return
    for aim, taught in [("all that is wanted", every), *(sorted(by_aim.items()) if aims else ())]:
        share = sum(taught) / len(taught)
        sentence = f"{aim}: the pairs would cover {sum(taught)} of {counted(len(taught), 'want')} ({share:.0%})"
        yield Remark("topics", sentence, {"covered": sum(taught), "wants": len(taught)})


def untaught(scores: Scores) -> Iterator[Remark]:
    """Say which topics are wanted and taught by nobody; lived topics are nobody's business here."""
    cohort = scores.cohort
    people, size = cohort.people, len(cohort.people.topics)
    wanted = np.bincount(people.wants.take(cohort.mentees).codes, minlength=size)
    taught = np.bincount(cohort.skills.take(cohort.mentors).codes, minlength=size)
    private = np.isin(np.arange(size), [*people.lived_topics.codes, *cohort.lived_topics])
    lacking_ones = np.flatnonzero((wanted > 0) & (taught == 0) & ~private)
    order = sorted(
        lacking_ones.tolist(), key=lambda code: (-int(wanted[code]), people.topics[code])
    )
    if order:
        shown = ", ".join(repr(people.topics[code]) for code in order[:SHOWN])
        more = f" and {len(order) - SHOWN} more" if len(order) > SHOWN else ""
        asked = int(wanted[order].sum())
        sentence = f"{counted(len(order), 'topic')} wanted and taught by nobody: {shown}{more} ({counted(asked, 'want')})"
        figures = {"topics": len(order), "wants": asked}
        yield Remark("topics", sentence, figures, trouble=True)


def known(scores: Scores) -> Iterator[Remark]:
    """Say what is known of how many people, and which criteria have no data."""
    people = scores.cohort.people
    shares = {name: _stated(people, name) for name in FIELDS}
    stated = {name: share for name, share in shares.items() if share}
    unknown = [name for name, share in shares.items() if not share]
    told = ", ".join(f"{name} of {share:.0%}" for name, share in stated.items())
    if told:
        yield Remark("data", f"known are: {told}", stated)
    if unknown:
        yield Remark("data", f"of nobody: {', '.join(unknown)}", dict.fromkeys(unknown, 0))
    for lack in lacking(scores.programme, scores.without_data):
        yield Remark("data", f"the criterion {lack}", {}, trouble=True)


def _stated(people: People, name: str) -> float:
    """Return how many of those who play a role say something, as a share."""
    playing = people.role > 0
    column = getattr(people, name)
    if name == "years":
        has = ~np.isnan(column)
    elif isinstance(column, tuple):
        has = np.array([each is not None for each in column], bool)
    else:
        has = column.counts > 0
    return float(has[playing].mean()) if playing.any() else 0.0


def consents(scores: Scores) -> Iterator[Remark]:
    """Say how many let their answers count; no number that points at a few."""
    people = scores.cohort.people
    size = int((people.role > 0).sum())
    for name, bits in sorted(people.consent.items()):
        if name not in people.dimensions:
            continue
        figures = {
            purpose: int(((bits & PURPOSES[purpose]) > 0)[people.role > 0].sum())
            for purpose in ("match", "report")
        }
        if any(0 < count < scores.programme.smallest_group for count in figures.values()):
            # A handful who agree would be pointed at by their number.
            yield Remark("consent", f"{name}: hardly anybody lets the answer count", {})
            continue
        sentence = f"{name}: {figures['match']} of {size} let the answer count for matching, {figures['report']} for reports"
        yield Remark("consent", sentence, figures)


def apart(outcome: Outcome) -> Iterator[Remark]:
    """Say how far apart in rank the two of a pair would be."""
    cohort, levels = outcome.scores.cohort, outcome.programme.levels
    by = measure("auto", levels)
    seniority = cohort.seniority("auto")
    rows = [
        (cohort.mentors[cohort.row[a]], cohort.mentees[cohort.column[b]])
        for a, b in outcome.id_pairs
    ]
    gaps = [
        (int(seniority[senior]) - int(seniority[junior])) / 100
        for junior, senior in rows
        if UNKNOWN not in {int(seniority[junior]), int(seniority[senior])}
    ]
    if gaps:
        sentence = (
            f"the two of a pair would be {median(gaps):g} {by} apart in the middle, from {min(gaps):g} to {max(gaps):g}: "
            "the further, the more an honest word can cost"
        )
        figures = {"median": median(gaps), "least": min(gaps), "most": max(gaps)}
        yield Remark("distance", sentence, figures)
    own = sum(
        cohort.people.department[a] == cohort.people.department[b]
        for a, b in rows
        if cohort.people.department[a]
    )
    if rows and any(cohort.people.department):
        sentence = f"{counted(own, 'pair')} of {len(rows)} would stay within one department"
        yield Remark("distance", sentence, {"pairs": own}, trouble=own > HALF * len(rows))


def reports(scores: Scores) -> Iterator[Remark]:
    """Say of how many a group must be, and which dimensions would have two of them.

    Yields
    ------
    Remark
        One for all, and one for each dimension that would not.
    """
    smallest = scores.programme.smallest_group
    sides: dict[Side, np.ndarray] = {
        "mentor": scores.cohort.mentors,
        "mentee": scores.cohort.mentees,
    }
    sentence = f"no group of fewer than {smallest} is told of, so a comparison needs {2 * smallest} people of a side at least"
    small = [side for side, rows in sides.items() if len(rows) < 2 * smallest]
    yield Remark("reports", sentence, {"smallest": smallest}, trouble=bool(small))
    people = scores.cohort.people
    for name, labels in sorted(people.dimensions.items()):
        may = (people.consent.get(name, np.zeros(len(people), np.uint8)) & PURPOSES["report"]) > 0
        large = {
            side: int(
                (np.bincount(labels.keep(may[labels.rows]).take(rows).codes) >= smallest).sum()
            )
            for side, rows in sides.items()
        }
        if max(large.values()) < 2:
            yield Remark("reports", f"{name}: too few answers to compare groups", {}, trouble=True)
