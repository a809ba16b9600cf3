"""What no table of people says: questions that the organisers answer themselves."""

from __future__ import annotations

from dataclasses import dataclass

from rmatch.utils.shown import Shown


@dataclass(frozen=True, slots=True)
class Question(Shown):
    """A question that data cannot answer.

    Attributes
    ----------
    about : str
        What it is about.
    text : str
        The question.
    source : str
        Where to read on about it.
    """

    about: str
    text: str
    source: str


CHECKLIST = (
    Question(
        "purpose",
        "Can you say in one sentence what leaders shall learn, and how you will know that they did?",
        "LawCare and University of Leeds, reverse mentoring toolkit: purpose and aims 8 to 12 weeks before the launch",
    ),
    Question(
        "sponsor",
        "Does a member of the top team take part as a mentee, and not only approve?",
        "Reciprocal Mentorship Toolkit, checklist of buy-in",
    ),
    Question(
        "safety",
        "To whom does a junior turn who fears for the career after an honest word, and does that person stand outside of both reporting lines?",
        "htvb.co.uk on reverse mentoring: it can do more harm than good",
    ),
    Question(
        "consent",
        "May everybody say no without a reason, also in the middle, and does nobody learn of it who decides about pay?",
        "LawCare and University of Leeds, reverse mentoring toolkit",
    ),
    Question(
        "training",
        "Who prepares both sides before the first meeting, leaders for listening and juniors for setting topics?",
        "EMCC UK, Preparing for a reverse mentoring programme",
    ),
    Question(
        "time",
        "Does working time count for it, an hour every two to four weeks, and do the bosses of the juniors know?",
        "Reciprocal Mentorship Toolkit, checklist of organisational readiness",
    ),
    Question(
        "trust",
        "Would you stop the launch if a short survey of trust came out low, and who decides that?",
        "Reciprocal Mentorship Toolkit: a readiness assessment that can pause the launch",
    ),
)
"""Asked of every programme, whatever its data say."""
