"""A slip in messages: what is said to one participant, in whatever language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.utils.messages import ANY, Listed, Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rmatch.rounds.slips.slip import Slip, SlipPartner
    from rmatch.utils.messages import Gap

ONE = "Your partner in reverse mentoring"
SEVERAL = "Your partners in reverse mentoring"
NOBODY = "Reverse mentoring: no partner in this round"
DEAR = "Dear {name},"
HELLO = "Hello,"
AS_MENTOR = "You are the mentor of {partner}."
AS_MENTEE = "{partner} is your mentor."
REACHED = "You can reach {partner} at {email}."
TEACH = "You can teach {partner}: {topics}."
TAUGHT = "{partner} can teach you: {topics}."
NO_TOPIC = (
    "Your answers name no topic that one of you wants and the other can teach: ask each other."
)
LANGUAGES = "You both speak {languages}."
MODES = "You can both meet {modes}."
HOURS = "You can both meet {minutes} minutes a week."
HOURS_BETWEEN = "From {first} to {last} you can both meet {minutes} minutes a week at least."
FIRST_HOUR = (
    "The first hour in which you both have time is in the calendar file beside this letter."
)
QUESTIONS = "Three questions for your first meeting:"
ASKED_BY_MENTOR = (
    "What would you like to be able to do in half a year that you cannot do today?",
    "Which of your decisions would you like to hear about from where I work?",
    "How shall we tell each other if something does not go well?",
)
ASKED_BY_MENTEE = (
    "What do people of my level mostly not know that you see every day?",
    "What would you change first if you sat in my chair?",
    "What do you need from me so that you can speak openly?",
)
ABOUT_LEARNING = "Where do you come across {topic} today, and what stops you there?"
ABOUT_TEACHING = "How did you learn {topic}, and what would you show me first?"
NO_PARTNER = "There is no partner for you in this round."
NO_FURTHER = "In your other role there is no partner for you in this round."
WHY = {
    "rules": "The rules of the programme left nobody whom you could meet.",
    "needed_elsewhere": "Everybody whom you could meet was needed for somebody else.",
}
"""Why somebody has no partner, as far as it may be sent: it names nobody, and no rule."""
APPOINTMENT = "Reverse mentoring, first meeting: {partner}"
CLOSING = "If something does not fit, tell the organisers of the programme."


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
        count = len(slip.partners)
        subject = Message(NOBODY if not count else ONE if count == 1 else SEVERAL)
        return cls(subject, tuple(_sections(slip, dates)))


def _sections(slip: Slip, dates: Sequence[date]) -> Iterator[Section]:
    yield Section((Message(DEAR, {"name": slip.name}) if slip.name else Message(HELLO),))
    for partner in slip.partners:
        yield Section(tuple(_about(partner, dates)))
        yield Section((Message(QUESTIONS),))
        yield Section(tuple(_questions(partner)), listed=True)
    if slip.alone:
        why = (Message(WHY[code]) for code in slip.alone if code in WHY)
        yield Section((Message(NO_FURTHER if slip.partners else NO_PARTNER), *why))
    yield Section((Message(CLOSING),))


def _about(partner: SlipPartner, dates: Sequence[date]) -> Iterator[Message]:
    called: dict[str, Gap] = {"partner": partner.called}
    yield Message(AS_MENTOR if partner.role == "mentee" else AS_MENTEE, called)
    if partner.email:
        yield Message(REACHED, called | {"email": partner.email})
    topics = [(TEACH, partner.learns), (TAUGHT, partner.teaches)]
    # A mentee reads first what is taught, and a mentor what to teach.
    for text, shared in topics if partner.role == "mentee" else reversed(topics):
        if shared:
            yield Message(text, called | {"topics": Listed(shared)})
    if not (partner.learns or partner.teaches):
        yield Message(NO_TOPIC)
    common = partner.common
    if common.languages:
        yield Message(LANGUAGES, {"languages": Listed(common.languages)})
    if common.modes:
        yield Message(MODES, {"modes": Listed(common.modes, ANY)})
    if common.minutes and dates:
        days: dict[str, Gap] = {"first": dates[0], "last": dates[-1]}
        yield Message(HOURS_BETWEEN, days | {"minutes": common.minutes})
    elif common.minutes:
        yield Message(HOURS, {"minutes": common.minutes})
    if partner.appointment:
        yield Message(FIRST_HOUR)


def _questions(partner: SlipPartner) -> Iterator[Message]:
    """Go through three questions; where there is a topic, the first is about it."""
    asked, about, topics = (
        (ASKED_BY_MENTOR, ABOUT_LEARNING, partner.learns)
        if partner.role == "mentee"
        else (ASKED_BY_MENTEE, ABOUT_TEACHING, partner.teaches)
    )
    first = Message(about, {"topic": topics[0]}) if topics else Message(asked[0])
    yield from (first, *map(Message, asked[1:]))
