"""One row of a table for each participant, for mail merge."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.utils.spelling import mailbox_of
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmatch.rounds.slips.letter import Letter
    from rmatch.rounds.slips.slip import Slip
    from rmatch.utils.languages import Language
    from rmatch.utils.sides import Side

OTHER: dict[Side, Side] = {"mentor": "mentee", "mentee": "mentor"}
COLUMNS = (
    *("id", "name", "email", "language", "subject", "partners", "partner_names", "partner_emails"),
    *("roles", "can_teach", "can_learn", "languages", "ways_to_meet", "minutes_a_week"),
    *("question_1", "question_2", "question_3", "letter"),
)
"""What a row for mail merge says."""


def row(slip: Slip, letter: Letter, text: str, language: Language) -> dict[str, str]:
    """Return a row for one participant.

    Parameters
    ----------
    slip : Slip
        The facts.
    letter : Letter
        The same in messages.
    text : str
        The whole letter.
    language : Language
        In which it is written.

    Returns
    -------
    dict of str to str
        By :data:`COLUMNS`; several partners are joined by semicolons.
    """
    say = language.say
    partners = slip.partners
    questions = [
        say(each) for section in letter.sections if section.listed for each in section.messages
    ][:3]
    told = (
        *(slip.id, slip.name or "", slip.email or "", language.code, say(letter.subject)),
        _joined(partner.id for partner in partners),
        _joined(partner.name or "" for partner in partners),
        _joined(partner.email or "" for partner in partners),
        _joined(OTHER[partner.role] for partner in partners),
        _joined(", ".join(partner.learns) for partner in partners),
        _joined(", ".join(partner.teaches) for partner in partners),
        _joined(", ".join(partner.common.languages) for partner in partners),
        _joined(", ".join(partner.common.modes) for partner in partners),
        _joined(str(partner.common.minutes or "") for partner in partners),
        *(questions or ("", "", "")),
        text,
    )
    return dict(zip(COLUMNS, told, strict=True))


def refuse_shared_mailboxes(slips: Sequence[Slip]) -> None:
    """Refuse two participants of one mailbox, which would get the letters of both."""
    of: dict[str, list[str]] = defaultdict(list)
    for slip in slips:
        if slip.email:
            of[mailbox_of(slip.email)].append(slip.id)
    problem = "have one e-mail address, which would get the letters of all"
    remedy = "correct it in the table of people"
    refuse(
        Fault("slips", "email", f"{', '.join(map(repr, people))} {problem}", remedy)
        for people in of.values()
        if len(people) > 1
    )


def _joined(words: Iterable[str]) -> str:
    found = list(words)
    return "; ".join(found) if any(found) else ""
