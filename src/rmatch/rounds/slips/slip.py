"""What one participant is sent, as facts: nothing of a third person, no points, no answer that was not released."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rmatch.rounds.in_common import Common
from rmatch.utils.documents import Document
from rmatch.utils.sides import Side


@dataclass(frozen=True, slots=True)
class Appointment(Document):
    """When two people could meet first.

    Attributes
    ----------
    start, end : datetime
        The earliest hour of the round in which both can, in UTC.
    """

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class SlipPartner(Document):
    """A partner, as whoever is paired with them may know them.

    Attributes
    ----------
    id : str
        The partner.
    role : {"mentor", "mentee"}
        What the partner is in this pair.
    name, email : str or None
        Where the organiser asks for them.
    common : Common
        What the two have for each other.
    appointment : Appointment or None
        When they could meet first, where their hours and the days of the round are known.
    """

    id: str
    role: Side
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    common: Common
    appointment: Appointment | None = None

    @property
    def called(self) -> str:
        """The name, else the id."""
        return self.name or self.id

    @property
    def learns(self) -> tuple[str, ...]:
        """The topics that the partner can be taught."""
        return self.common.taught if self.role == "mentee" else self.common.given

    @property
    def teaches(self) -> tuple[str, ...]:
        """The topics that the partner can teach."""
        return self.common.given if self.role == "mentee" else self.common.taught


@dataclass(frozen=True, slots=True)
class Slip(Document):
    """What one participant is sent.

    Attributes
    ----------
    id : str
        The participant.
    name, email : str or None
        Where the organiser asks for them.
    partners : tuple of SlipPartner
        Everybody whom the participant meets; nobody for who has no partner.
    alone : tuple of str
        For each role without a partner why, as a code that may be sent.
    """

    id: str
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    partners: tuple[SlipPartner, ...]
    alone: tuple[str, ...] = ()
