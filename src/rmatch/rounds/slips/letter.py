"""A slip in messages: what is said to one participant, in whatever language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.utils.messages import ANY, Listed, Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rmatch.rounds.slips.slip import Slip, SlipPartner

ASKED_BY_MENTOR = (
    Message("What would you like to be able to do in half a year that you cannot do today?"),
    Message("Which of your decisions would you like to hear about from where I work?"),
    Message("How shall we tell each other if something does not go well?"),
)
ASKED_BY_MENTEE = (
    Message("What do people of my level mostly not know that you see every day?"),
    Message("What would you change first if you sat in my chair?"),
    Message("What do you need from me so that you can speak openly?"),
)
NO_PARTNER = Message("There is no partner for you in this round.")
NO_FURTHER = Message("In your other role there is no partner for you in this round.")
WHY = {
    "rules": Message("The rules of the programme left nobody whom you could meet."),
    "needed_elsewhere": Message("Everybody whom you could meet was needed for somebody else."),
}
"""Why somebody has no partner, as far as it may be sent: it names nobody, and no rule."""


@dataclass(frozen=True, slots=True)
class Section:
    """Messages that belong together.

    Attributes
    ----------
    messages : tuple of Message
        A sentence each.
    listed : bool
        Whether each stands as a point of a list.
    """

    messages: tuple[Message, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said to one participant.

    Attributes
    ----------
    subject : Message
        What it is about.
    sections : tuple of Section
        In the order in which they are read.
    """

    subject: Message
    sections: tuple[Section, ...]

    @classmethod
    def of(cls, slip: Slip, dates: Sequence[date]) -> Letter:
        """Say what a slip holds.

        Parameters
        ----------
        slip : Slip
            The facts.
        dates : sequence of date
            The first and the last day of the round; empty where it has none.

        Returns
        -------
        Letter
            The same facts in messages, whatever the language.
        """
        return cls(_subject(len(slip.partners)), tuple(_sections(slip, dates)))


def _subject(partners: int) -> Message:
    if not partners:
        return Message("Reverse mentoring: no partner in this round")
    if partners == 1:
        return Message("Your partner in reverse mentoring")
    return Message("Your partners in reverse mentoring")


def _sections(slip: Slip, dates: Sequence[date]) -> Iterator[Section]:
    yield Section((Message("Dear {name},", name=slip.name) if slip.name else Message("Hello,"),))
    for partner in slip.partners:
        yield Section(tuple(_about(partner, dates)))
        yield Section((Message("Three questions for your first meeting:"),))
        yield Section(tuple(_questions(partner)), listed=True)
    if slip.alone:
        why = (WHY[code] for code in slip.alone if code in WHY)
        yield Section((NO_FURTHER if slip.partners else NO_PARTNER, *why))
    yield Section((Message("If something does not fit, tell the organisers of the programme."),))


def _about(partner: SlipPartner, dates: Sequence[date]) -> Iterator[Message]:
    called = partner.called
    if partner.role == "mentee":
        yield Message("You are the mentor of {partner}.", partner=called)
    else:
        yield Message("{partner} is your mentor.", partner=called)
    if partner.email:
        yield Message("You can reach {partner} at {email}.", partner=called, email=partner.email)
    yield from _topics(partner)
    common = partner.common
    if common.languages:
        yield Message("You both speak {languages}.", languages=Listed(common.languages))
    if common.modes:
        yield Message("You can both meet {modes}.", modes=Listed(common.modes, ANY))
    if common.minutes and dates:
        yield Message(
            "From {first} to {last} you can both meet {minutes} minutes a week at least.",
            first=dates[0],
            last=dates[-1],
            minutes=common.minutes,
        )
    elif common.minutes:
        yield Message("You can both meet {minutes} minutes a week.", minutes=common.minutes)
    if partner.appointment:
        yield Message(
            "The first hour in which you both have time is in the calendar file beside this letter."
        )


def _topics(partner: SlipPartner) -> Iterator[Message]:
    """Go through what the two can teach each other: a mentee reads first what is taught, and a mentor what to teach."""
    called, topics = partner.called, list[Message]()
    if partner.learns:
        listed = Listed(partner.learns)
        topics.append(Message("You can teach {partner}: {topics}.", partner=called, topics=listed))
    if partner.teaches:
        listed = Listed(partner.teaches)
        topics.append(Message("{partner} can teach you: {topics}.", partner=called, topics=listed))
    yield from topics if partner.role == "mentee" else reversed(topics)
    if not topics:
        yield Message(
            "Your answers name no topic that one of you wants and the other can teach: ask each other."
        )


def _questions(partner: SlipPartner) -> Iterator[Message]:
    """Go through three questions; where there is a topic, the first is about it."""
    if partner.role == "mentee":
        first, *rest = ASKED_BY_MENTOR
        for topic in partner.learns[:1]:
            first = Message(
                "Where do you come across {topic} today, and what stops you there?", topic=topic
            )
    else:
        first, *rest = ASKED_BY_MENTEE
        for topic in partner.teaches[:1]:
            first = Message(
                "How did you learn {topic}, and what would you show me first?", topic=topic
            )
    yield from (first, *rest)
