"""The partners of one mentee together: who covers which want, what stays open, and the next-best swap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rmatch.errors import Fault, InvalidInputError
from rmatch.formulas import COUNTED_ONCE
from rmatch.programme import Unit, counts_once
from rmatch.rounds.groups.credit import mentors_of
from rmatch.rounds.groups.swap import Swap, best_swap
from rmatch.rounds.kept import kept_of, told_of
from rmatch.rounds.outcome import Outcome
from rmatch.utils.called import called
from rmatch.utils.documents import UNWRITTEN, Document
from rmatch.utils.text import aligned
from rmatch.utils.validation import seen


@dataclass(frozen=True, slots=True)
class Covered(Document):
    """What one mentor gives in a group.

    Attributes
    ----------
    mentor : str
        The id.
    criterion : str
        The criterion's kind, or the name of a user's own criterion.
    subject : str
        The topic, dimension or part that it is about.
    points : int
        What counts with this mentor.
    sentence : str
        Why, in plain words; never a demographic answer.
    """

    mentor: str
    criterion: str
    subject: str
    points: int
    sentence: str


@dataclass(frozen=True, slots=True, repr=False)
class MenteeGroup(Document):
    """The partners of a mentee together, for the organiser.

    Attributes
    ----------
    mentee : str
        The id of the mentee.
    mentors : tuple of str
        The ids of the partners.
    points : int
        What the group is worth: the points of its pairs together.
    lines : tuple of Covered
        They add up to the points.
    open : tuple of str
        The topics that are wanted and that nobody of the group brings anything for.
    swap : Swap or None
        The change of one partner that costs least; None where there is none, or the people are not at hand.
    unit : Unit
        What points are told in.
    """

    mentee: str
    mentors: tuple[str, ...]
    points: int
    lines: tuple[Covered, ...]
    open: tuple[str, ...]
    swap: Swap | None
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    def __str__(self) -> str:
        """Return the group as text."""
        return "\n".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if not self.mentors:
            yield f"{called(self.mentee)} has no partner."
            return
        yield f"{called(self.mentee)} with {', '.join(map(called, self.mentors))}: {self.unit.together(self.points)}"
        yield from aligned([*self._rows()], "  ", right={1})
        if self.open:
            yield f"Nobody of them teaches what is wanted beside: {', '.join(self.open)}."
        if self.swap is not None:
            yield str(self.swap)

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Go through who covers which want, and what each of them adds beside."""
        wants = [line for line in self.lines if line.criterion == COUNTED_ONCE and line.points]
        rest = [
            sum(line.points for line in self.lines if line.mentor == mentor)
            - sum(line.points for line in wants if line.mentor == mentor)
            for mentor in self.mentors
        ]
        figures = iter(self.unit.figures([*(line.points for line in wants), *rest]))
        for line in wants:
            yield line.subject, next(figures), called(line.mentor), line.sentence
        for mentor in self.mentors:
            yield "all else", next(figures), called(mentor), ""


def group_of(matching: Outcome, mentee: str) -> MenteeGroup:
    """Return the partners of a mentee together; see :meth:`rmatch.Matching.group`."""
    groups = mentors_of((pair.mentor, pair.mentee) for pair in matching.pairs)
    known = matching.scores.cohort.column
    if mentee not in known:
        problem = f"nobody with the id {seen(mentee)} plays that role"
        raise InvalidInputError(
            [Fault("group", "mentee", problem, "give the id of a mentee from the people table")]
        )
    mentors = tuple(groups.get(mentee, ()))
    lines = tuple(
        Covered(mentor, line.criterion, line.subject, line.points, line.sentence)
        for mentor in mentors
        for line in told_of(matching.scores, mentor, mentee, groups).lines
    )
    wanted = [line for line in lines if line.criterion == COUNTED_ONCE and line.subject]
    taught = {line.subject for line in wanted if line.points}
    still_open = dict.fromkeys(line.subject for line in wanted if line.subject not in taught)
    asked = counts_once(matching.programme) and mentors and not kept_of(matching.scores)
    swap = best_swap(matching, groups, mentee) if asked else None
    points = sum(line.points for line in lines)
    return MenteeGroup(mentee, mentors, points, lines, tuple(still_open), swap, unit=matching.unit)
