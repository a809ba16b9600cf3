"""How much time of a week every two people have in common, whatever the day of the round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.people.days import clock, ends_of
from rmatch.people.hours import QUARTER, WEEK, week

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    Week = tuple[int, tuple[int, ...]]

NOBODY_KNOWS: Week = (0, ())


@dataclass(frozen=True, slots=True, eq=False)
class Availability:
    """The different hours of the week that occur, and what every two of them have in common.

    Attributes
    ----------
    which : ndarray of intp
        Which hours each person has.
    minutes : ndarray of int64, shape (hours, hours)
        Minutes a week in which both can meet, on the worst day of the round.
    unknown : int
        Which of them stands for unknown hours; -1 where everybody's are known.
    """

    which: NDArray[np.intp]
    minutes: NDArray[np.int64]
    unknown: int

    @classmethod
    def of(
        cls, hours: Sequence[str | None], zones: Sequence[str | None], dates: Sequence[date]
    ) -> Availability:
        """Take the hours of people in their zones on the days of a round.

        Parameters
        ----------
        hours, zones : sequence of str or None
            As in :class:`~rmatch.Person`.
        dates : sequence of date
            The first and the last day; empty for a whole year.

        Returns
        -------
        Availability
            What every two have in common.
        """
        spans = [(text, zone if text else None) for text, zone in zip(hours, zones, strict=True)]
        masks = {text: week(text) if text else 0 for text in dict.fromkeys(hours)}
        ahead = _seasons({zone for text, zone in spans if text}, dates)
        # Two zones that go alike through the round are one, as are two ways to write the same hours.
        weeks = {
            span: (masks[span[0]], ahead.get(span[1], ()) if span[0] else ()) for span in spans
        }
        number = {each: place for place, each in enumerate(dict.fromkeys(weeks.values()))}
        return cls(
            np.array([number[weeks[span]] for span in spans], np.intp),
            QUARTER * _in_common(list(number)),
            number.get(NOBODY_KNOWS, -1),
        )


def _seasons(zones: set[str | None], dates: Sequence[date]) -> dict[str | None, tuple[int, ...]]:
    """Return how far each zone is ahead in each season: each way in which the zones stand to each other."""
    if not zones:
        return {}
    listed = sorted(zones, key=str)
    ahead = np.array([clock(zone, *ends_of(dates)) for zone in listed], np.int64)
    # Weeks are rings: what moves all of them alike changes nothing that two of them have in common.
    seasons = np.unique(ahead - ahead[:1], axis=1)
    return dict(zip(listed, map(tuple, seasons.tolist()), strict=True))


def _in_common(weeks: Sequence[Week]) -> NDArray[np.int64]:
    """Return how many quarter hours every two weeks have in common in the season in which they have the fewest."""
    local = _bits([mask for mask, _ in weeks])
    seasons = max((len(ahead) for _, ahead in weeks), default=0)
    least = np.full((len(weeks), len(weeks)), WEEK if seasons else 0, np.float32)
    for season in range(seasons):
        ahead = np.array([ahead[season] if ahead else 0 for _, ahead in weeks])
        moments = (np.arange(WEEK) + ahead[:, None]) % WEEK
        # Most quarter hours are like others, to the last person: days of the week, halves of an hour.
        kinds, times = np.unique(
            np.take_along_axis(local, moments, axis=1), axis=1, return_counts=True
        )
        can = kinds.astype(np.float32)
        np.minimum(least, (can * times.astype(np.float32)) @ can.T, out=least)
    return np.rint(least).astype(np.int64)


def _bits(masks: Sequence[int]) -> NDArray[np.uint8]:
    size = WEEK // 8
    packed = np.frombuffer(b"".join(mask.to_bytes(size, "little") for mask in masks), np.uint8)
    return np.unpackbits(packed.reshape(len(masks), size), axis=1, bitorder="little")
