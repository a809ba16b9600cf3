"""Is it time to consider a programme: what the data say, in figures and words, and what they cannot say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rmatch.advice.checklist import CHECKLIST, Question
from rmatch.advice.remarks import (
    TITLES,
    Remark,
    alone,
    apart,
    consents,
    covered,
    known,
    places,
    reports,
    today,
    untaught,
)
from rmatch.errors import InfeasibleError
from rmatch.people import People, Requests
from rmatch.programme import Programme
from rmatch.rounds import Aims, Round, aim_faults
from rmatch.scoring import score
from rmatch.utils.documents import Document
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule, unheard
from rmatch.utils.validation import refuse
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Readiness(Value, Document):
    """What the data say about a programme that is to be started, and what they cannot say.

    Made by :func:`rmatch.advice.readiness`. There is no score in it: what weighs how much is for people to judge.

    Attributes
    ----------
    remarks : tuple of Remark
        What the data say, area by area.
    checklist : tuple of Question
        What they cannot say.
    """

    remarks: tuple[Remark, ...]
    checklist: tuple[Question, ...] = CHECKLIST

    @property
    def troubles(self) -> tuple[Remark, ...]:
        """What is better looked at before a programme starts."""
        return tuple(remark for remark in self.remarks if remark.trouble)

    def __str__(self) -> str:
        """Return it as a report; a mark stands before what is better looked at first."""
        lines = []
        for area, title in TITLES.items():
            remarks = [remark for remark in self.remarks if remark.area == area]
            if remarks:
                lines += ["", title]
                lines += [f"  {'!' if each.trouble else ' '} {each.sentence}" for each in remarks]
        lines += ["", "What no table of people says; ask yourselves:"]
        lines += [
            f"  [ ] {each.about}: {each.text}\n      ({each.source})" for each in self.checklist
        ]
        return "\n".join(lines[1:])


@timed
def readiness(
    people: People,
    programme: Programme | None = None,
    requests: Requests | None = None,
    *,
    aims: Aims | None = None,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> Readiness:
    """Say what the data tell about a programme that might be started, to judge whether it is time.

    Everybody is matched as :func:`rmatch.match` would do it today, so that the number of pairs, what they cover and how far
    apart the two of a pair are is what would come out, and no estimate.

    Parameters
    ----------
    people : People
        Everybody who might take part.
    programme : Programme, optional
        What "good" and "allowed" would mean; the default programme if absent.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.
    aims : mapping of str to sequence of str, optional
        The aims of the programme, and the topics that serve each.
    max_seconds : float, optional
        Stop the matching after about so many seconds: its figures are then those of the best one so far.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true.

    Returns
    -------
    Readiness
        Remarks in words with their figures, and a checklist of what data cannot say. No score.

    Raises
    ------
    InvalidInputError
        For people, programme, requests or aims that do not fit each other.
    StopError
        If it was stopped before there was any matching.

    Examples
    --------
    >>> import rmatch
    >>> found = rmatch.advice.readiness(rmatch.datasets.example())
    >>> print(found.remarks[0].sentence)
    14 mentors with 15 places, 10 mentees with 10 places
    >>> [remark.area for remark in found.troubles]
    ['partners', 'reports', 'reports']
    """
    chosen: Aims = {} if aims is None else aims
    refuse([*aim_faults("readiness", chosen), *limit_faults(max_seconds, 0.0, progress, cancel)])
    scores = score(people, programme, requests)
    with StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False):
        remarks = [places(scores), *alone(scores)]
        try:
            outcome = Round(scores, 0).solve()
        except InfeasibleError as error:
            told = f"no matching keeps all that is asked: {error}"
            remarks.append(Remark("partners", told, {}, trouble=True))
        else:
            # What a run has found that was stopped is told all the same.
            with unheard():
                remarks += [*today(outcome), *covered(outcome, chosen), *apart(outcome)]
        with unheard():
            remarks += [
                *untaught(scores),
                *known(scores),
                *consents(scores),
                *reports(scores),
            ]
    return Readiness(tuple(sorted(remarks, key=lambda remark: [*TITLES].index(remark.area))))
