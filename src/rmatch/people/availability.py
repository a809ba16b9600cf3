"""How much time of a week mentors and mentees have in common, whatever the day of the round."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.people.days import clock, ends_of
from rmatch.people.hours import QUARTER, WEEK, week
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    Span = tuple[str | None, str | None]
    Week = tuple[int, tuple[int, ...]]

UNKNOWN_HOURS = -1
"""Where hours are unknown; as a position it is the last, at which nobody can meet anybody."""


@dataclass(frozen=True, slots=True, eq=False)
class Availability(Value):
    """The different hours of the week that occur on both sides, and what every two of them have in common.

    Attributes
    ----------
    mentors, mentees : ndarray of int64
        Which hours each mentor and each mentee has; -1 where they are unknown.
    minutes : ndarray of int64, shape (hours of mentors + 1, hours of mentees + 1)
        Minutes a week in which both can meet, on the worst day of the round; the last of each are none.
    """

    mentors: NDArray[np.int64]
    mentees: NDArray[np.int64]
    minutes: NDArray[np.int64]

    @classmethod
    def of(
        cls, mentors: Sequence[Span], mentees: Sequence[Span], dates: Sequence[date]
    ) -> Availability:
        """Take the hours of people in their zones on the days of a round.

        Parameters
        ----------
        mentors, mentees : sequence of tuple of (str or None, str or None)
            Hours and zone of everybody, as in :class:`~rmatch.Person`.
        dates : sequence of date
            The first and the last day; empty for a whole year.

        Returns
        -------
        Availability
            What every two have in common.
        """
        spans = {span for span in (*mentors, *mentees) if span[0]}
        ahead = _seasons({zone for _, zone in spans}, dates)
        masks = {text: week(text) for text, _ in spans if text}
        # Two zones that go alike through the round are one, as are two ways to write the same hours.
        weeks: dict[Span, Week] = {
            (text, zone): (masks[text], ahead[zone]) for text, zone in spans if text
        }
        rows, own = _numbered(mentors, weeks)
        columns, others = _numbered(mentees, weeks)
        minutes = np.zeros((len(own) + 1, len(others) + 1), np.int64)
        if own and others:
            minutes[:-1, :-1] = _in_common(own, others)
            minutes *= QUARTER
        return cls(rows, columns, minutes)


def _seasons(zones: set[str | None], dates: Sequence[date]) -> dict[str | None, tuple[int, ...]]:
    """Return how far each zone is ahead in each season: each way in which the zones stand to each other."""
    if not zones:
        return {}
    listed = sorted(zones, key=str)
    ahead = np.array([clock(zone, *ends_of(dates)) for zone in listed], np.int64)
    # Weeks are rings: what moves all of them alike changes nothing that two of them have in common.
    seasons = sorted(set(map(tuple, (ahead - ahead[0]).T.tolist())))
    return dict(zip(listed, zip(*seasons, strict=True), strict=True))


def _numbered(
    people: Sequence[Span], weeks: dict[Span, Week]
) -> tuple[NDArray[np.int64], list[Week]]:
    """Return which week each person has, and the weeks that occur."""
    distinct = list(dict.fromkeys(weeks[span] for span in people if span in weeks))
    place = {each: number for number, each in enumerate(distinct)}
    code = {span: place[weeks[span]] for span in set(people) if span in weeks}
    return np.array([code.get(span, UNKNOWN_HOURS) for span in people], np.int64), distinct


def _in_common(mentors: Sequence[Week], mentees: Sequence[Week]) -> NDArray[np.float32]:
    """Return how many quarter hours the weeks of both sides have in common in the season in which they have the fewest."""
    weeks = [*mentors, *mentees]
    local = _bits([mask for mask, _ in weeks])
    least = np.full((len(mentors), len(mentees)), WEEK, np.float32)
    for ahead in zip(*(ahead for _, ahead in weeks), strict=True):
        moved = _moved(local, np.array(ahead))
        kinds = _kinds(moved)
        # Sums of up to 672 ones are exact.
        can = moved[:, list(kinds)].astype(np.float32)
        times = np.array(list(kinds.values()), np.float32)
        shared = (can[: len(mentors)] * times) @ can[len(mentors) :].T
        np.minimum(least, shared, out=least)
    return least


def _moved(local: NDArray[np.uint8], ahead: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return weeks as one clock shows them, each of them some quarter hours ahead of it."""
    moved = np.empty_like(local)
    for by in set(ahead.tolist()):
        moved[ahead == by] = np.roll(local[ahead == by], -by, axis=1)
    return moved


def _kinds(weeks: NDArray[np.uint8]) -> dict[int, int]:
    """Return one of the quarter hours in which the same people can meet, and how many they are, for all such kinds.

    Most quarter hours are like others, to the last person: on other days, in the same hour, at night.
    """
    packed = np.ascontiguousarray(np.packbits(weeks, axis=0).T)
    seen = [people.tobytes() for people in packed]
    first = {people: quarter for quarter, people in reversed([*enumerate(seen)])}
    return {first[people]: times for people, times in Counter(seen).items()}


def _bits(masks: Iterable[int]) -> NDArray[np.uint8]:
    rows = [np.frombuffer(mask.to_bytes(WEEK // 8, "little"), np.uint8) for mask in masks]
    return np.unpackbits(np.array(rows), axis=1, bitorder="little")
