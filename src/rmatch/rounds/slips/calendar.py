"""A draft of the first appointments of one participant, for their calendar."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from rmatch.utils.messages import Message

if TYPE_CHECKING:
    from rmatch.rounds.slips.slip import Slip, SlipPartner
    from rmatch.utils.languages import Language


def calendar(slip: Slip, language: Language) -> bytes:
    """Return the appointments of a slip as a file that calendars open.

    Parameters
    ----------
    slip : Slip
        With a partner who has an hour in common at least.
    language : Language
        In which the appointments are named.

    Returns
    -------
    bytes
        Tentative events in the format iCalendar (:rfc:`5545`), the same for the same slip.

    Raises
    ------
    ModuleNotFoundError
        Where icalendar, which writes them, is not installed.
    """
    try:
        from icalendar import Calendar, Event
    except ModuleNotFoundError as error:
        message = "calendar files need icalendar: pip install 'reverse-mentoring[letters]'"
        raise ModuleNotFoundError(message, name="icalendar") from error
    whole = Calendar()
    whole.add("prodid", "-//rmatch//slips//EN")
    whole.add("version", "2.0")
    for partner in slip.partners:
        if partner.appointment is None:
            continue
        event = Event()
        event.add("uid", _uid(slip, partner))
        # The same file for the same slip: the time at which it was made is that of the appointment.
        event.add("dtstamp", partner.appointment.start)
        event.add("dtstart", partner.appointment.start)
        event.add("dtend", partner.appointment.end)
        event.add("status", "TENTATIVE")
        summary = Message("Reverse mentoring, first meeting: {partner}", partner=partner.called)
        event.add("summary", language.say(summary))
        whole.add_component(event)
    found: bytes = whole.to_ical()
    return found


def _uid(slip: Slip, partner: SlipPartner) -> str:
    """Return the same for both who meet, so that the appointment is one; it does not tell who they are."""
    two = sorted([slip.id, partner.id])
    assert partner.appointment is not None
    told = "\x00".join([*two, partner.appointment.start.isoformat()])
    return f"{sha256(told.encode()).hexdigest()[:32]}@rmatch"
