"""What became of one proposed pair: accepted, declined, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from rmatch.errors import Fault, nearest
from rmatch.utils.shown import Shown
from rmatch.utils.validation import choice, seen, text

ResponseStatus = Literal["proposed", "accepted", "declined", "active", "ended", "completed"]
RESPONSE_STATUSES: tuple[ResponseStatus, ...] = get_args(ResponseStatus)

Outlook = Literal["open", "stays", "declined", "ended"]
OUTLOOKS: dict[str, Outlook] = {
    "proposed": "open",
    "accepted": "stays",
    "active": "stays",
    "declined": "declined",
    "ended": "ended",
    "completed": "ended",
}
"""What each status means for the next matching: nothing, a lock, an exclusion, or an earlier pair."""

Answering = Literal["", "mentor", "mentee", "organiser"]
ANSWERING: tuple[Answering, ...] = get_args(Answering)


@dataclass(frozen=True, slots=True)
class Response(Shown):
    """What became of one pair of an earlier round.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    status : {"proposed", "accepted", "declined", "active", "ended", "completed"}
        Nobody has answered yet; the pair stays (accepted, active); it is never made again (declined); it was one, and is over
        (ended, completed).
    date : datetime.date or None
        Since when. Of several answers about a pair the latest stands if each has its day.
    by : {"", "mentor", "mentee", "organiser"}
        Who answered.
    reason_code : str
        Why, in the organiser's own code. It decides nothing, and no result tells it.
    override_reason : str
        Why a pair that stays may break a rule; kept in the result. Without one such a pair is an error.

    Examples
    --------
    >>> Response("E7", "D2", "declined", by="mentee")
    Response(mentor='E7', mentee='D2', status='declined', date=None, by='mentee')
    """

    mentor: str
    mentee: str
    status: ResponseStatus
    date: dt.date | None = None
    by: Answering = ""
    # Both may say things about the two that are not for everybody who sees the pair.
    reason_code: str = field(default="", repr=False)
    override_reason: str = field(default="", repr=False)

    @property
    def outlook(self) -> Outlook:
        """What the status means for the next matching."""
        return OUTLOOKS[self.status]

    def faults(self) -> Iterator[Fault]:
        """Go through what is wrong with it, whoever the people are.

        Yields
        ------
        Fault
            An unknown status, a day that is none, somebody else who answered, a reason that does not belong, a person with
            themselves.
        """
        where = f"response {self.mentor!r} → {self.mentee!r}"
        named = ("mentor", "mentee", "reason_code", "override_reason")
        strange = [fault for name in named for fault in text(where, name, getattr(self, name))]
        if strange:
            yield from strange
            return
        if self.status not in RESPONSE_STATUSES:
            problem = f"{seen(self.status)} is not a status of a pair"
            yield Fault(where, "status", problem, nearest(self.status, RESPONSE_STATUSES))
        elif self.override_reason and self.outlook != "stays":
            problem = "stands beside something else than a pair that stays"
            yield Fault(
                where, "override_reason", problem, "only accepted and active pairs have one"
            )
        if self.date is not None and type(self.date) is not dt.date:
            yield Fault(where, "date", f"{seen(self.date)} is no day", "give a datetime.date")
        yield from choice(where, "by", self.by, ANSWERING)
        if self.mentor == self.mentee:
            yield Fault(where, "mentee", "is the mentor", "nobody is paired with themselves")
