"""Why two people are, or are not, a pair."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.formulas import broken_rules
from rmatch.rounds.facts import facts_of, formulas_of, lines_of
from rmatch.utils.labels import fold
from rmatch.utils.validation import choice, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from rmatch.formulas import Broken, Facts, Line
    from rmatch.rounds.alternatives import Alternative
    from rmatch.scoring import Scores

AUDIENCES = ("admin", "participant")
BANDS = ((2, 3, "strong"), (1, 3, "good"), (0, 1, "worth a try"))


@dataclass(frozen=True, slots=True)
class Other:
    """The best other partner that one of the two could have.

    Attributes
    ----------
    side : {"mentor", "mentee"}
        Whose other partner.
    id : str
        The other partner.
    points : int
        What that pair would have.
    meets : tuple of str
        Whom the other partner meets in this matching.
    cost : Alternative or None
        What that pair would cost the programme, where it is possible and known exactly.
    """

    side: str
    id: str
    points: int
    meets: tuple[str, ...]
    cost: Alternative | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two people are a pair, for the organiser or for the two themselves.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    audience : {"admin", "participant"}
        Who reads it. A participant's explanation holds no points, no other people, no demographic dimension and no
        lived topic that was not released.
    paired : bool
        Whether the two are a pair of the matching.
    points : int or None
        The points of the pair.
    lines : tuple of Line
        They add up to the points.
    broken : tuple of Broken
        The rules that forbid the pair.
    others : tuple of Other
        The best other partner of each.
    sentences : tuple of str
        The explanation in plain words.
    """

    mentor: str
    mentee: str
    audience: str
    paired: bool
    points: int | None
    lines: tuple[Line, ...]
    broken: tuple[Broken, ...]
    others: tuple[Other, ...]
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        """Return the explanation as text."""
        return "\n".join([*self._table(), *self.sentences])

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"

    def _table(self) -> Iterator[str]:
        if self.points is None:
            return
        verb = "with" if self.paired else "and"
        yield f"{self.mentor} {verb} {self.mentee}: {self.points:,} points"
        rows = list(_cells(self.lines))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for criterion, points, reason in rows:
            yield f"  {criterion:<{widths[0]}}  {points:>{widths[1]}}  {reason}"


def explain(
    scores: Scores,
    pairs: AbstractSet[tuple[str, str]],
    mentor: str,
    mentee: str,
    audience: str = "admin",
    cost: Callable[[str, str], Alternative | None] = lambda *_: None,
) -> Explanation:
    """Explain one pair of a matching, or why two people are not one.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    pairs : set of (str, str)
        The mentor and mentee ids of the matching.
    mentor, mentee : str
        The ids of the two.
    audience : {"admin", "participant"}
        Who reads it.
    cost : callable, optional
        Returns what another pair would cost the programme.

    Returns
    -------
    Explanation
        Lines that add up to the points, and sentences.

    Raises
    ------
    InvalidInputError
        For an unknown id or audience, or a participant's explanation of two people who are not a pair.
    """
    scores.check_pair(mentor, mentee)
    paired = (mentor, mentee) in pairs
    refuse(choice("explain", "audience", audience, AUDIENCES))
    if audience == "participant":
        if not paired:
            problem = f"{mentor!r} and {mentee!r} are not a pair"
            raise InvalidInputError(
                [Fault("explain", "audience", problem, "participants see their own pair only")]
            )
        sentences = tuple(in_common(scores, mentor, mentee))
        return Explanation(mentor, mentee, audience, paired, None, (), (), (), sentences)
    broken, lines = broken_rules(facts_of(scores), mentor, mentee), lines_of(scores, mentor, mentee)
    others = tuple(_others(scores, pairs, mentor, mentee, cost))
    points = sum(line.points for line in lines)
    locks = [
        lock
        for lock in scores.cohort.requests.of_kind("lock")
        if (lock.mentor, lock.mentee) == (mentor, mentee)
    ]
    refused = (
        not paired and not broken and not scores.open_block(*_cell(scores, mentor, mentee))[0, 0]
    )
    sentences = (
        *([f"The pair is below min_points{scores.basis}."] * refused),
        *(
            f"The requests lock this pair{f': {lock.override_reason}' * bool(lock.override_reason)}."
            for lock in locks
        ),
        *_sentences(
            paired, broken, others, points, mentor, mentee, None if paired else cost(mentor, mentee)
        ),
    )
    return Explanation(mentor, mentee, audience, paired, points, lines, broken, others, sentences)


def in_common(
    scores: Scores, mentor: str, mentee: str, called: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Go through what the two people of a pair may both read about it.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    mentor, mentee : str
        The ids of the two.
    called : mapping of str to str, optional
        What the two are called; their ids without it.

    Yields
    ------
    str
        A sentence: topics, logistics, and one overall band.
    """
    yield from _shared(facts_of(scores), mentor, mentee, called or {})
    yield _fit(scores, mentor, mentee)


def _cells(lines: Iterable[Line]) -> Iterator[tuple[str, str, str]]:
    """Go through the lines as text, several topics that give nothing for one reason in one."""
    ordered = sorted(
        lines,
        key=lambda line: (line.points == 0, line.sentence) if not line.points else (False, ""),
    )
    for (criterion, points, sentence), group in groupby(
        ordered, lambda line: (line.criterion, line.points, line.sentence)
    ):
        same = list(group)
        for few in [same] if not points else [[line] for line in same]:
            subject = ", ".join(line.subject for line in few if line.subject)
            yield (
                criterion.replace("_", " "),
                f"{points:,}",
                f"{subject}: {sentence}" if subject else sentence,
            )


def _cell(scores: Scores, mentor: str, mentee: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    return np.array([scores.cohort.row[mentor]]), np.array([scores.cohort.column[mentee]])


def _others(
    scores: Scores,
    pairs: AbstractSet[tuple[str, str]],
    mentor: str,
    mentee: str,
    cost: Callable[[str, str], Alternative | None],
) -> Iterator[Other]:
    row, column = _cell(scores, mentor, mentee)
    rows, columns = (np.arange(size) for size in scores.shape)
    # Beside a pair the other pairs of the two are no alternative; beside two who are none they are the comparison.
    made = pairs if (mentor, mentee) in pairs else set[tuple[str, str]]()
    mentees = {mentee} | {other for person, other in made if person == mentor}
    mentors = {mentor} | {person for person, other in made if other == mentee}
    flipped = {pair[::-1] for pair in pairs}
    yield from _best_other(
        scores, "mentor", (row, columns), scores.mentees, mentees, pairs, partial(cost, mentor)
    )
    yield from _best_other(
        scores,
        "mentee",
        (rows, column),
        scores.mentors,
        mentors,
        flipped,
        lambda other: cost(other, mentee),
    )


def _best_other(
    scores: Scores,
    side: str,
    block: tuple[NDArray[np.intp], NDArray[np.intp]],
    ids: tuple[str, ...],
    own: AbstractSet[str],
    pairs: AbstractSet[tuple[str, str]],
    cost: Callable[[str], Alternative | None],
) -> Iterator[Other]:
    points, possible = scores.block(*block).ravel(), scores.open_block(*block).ravel()
    possible &= scores.cohort.capacity("mentee" if side == "mentor" else "mentor") > 0
    choices = [
        (-int(points[place]), ids[place])
        for place in np.flatnonzero(possible).tolist()
        if ids[place] not in own
    ]
    if choices:
        less, best = min(choices)
        yield Other(
            side,
            best,
            -less,
            tuple(sorted(person for person, other in pairs if other == best)),
            cost(best),
        )


def _sentences(
    paired: bool,
    broken: tuple[Broken, ...],
    others: tuple[Other, ...],
    points: int,
    mentor: str,
    mentee: str,
    cost: Alternative | None,
) -> Iterator[str]:
    if not paired:
        yield f"{mentor} and {mentee} are not a pair."
    if cost is not None:
        yield f"To make them one {cost.price}."
    for rule in broken:
        yield f"The rule {rule.rule} forbids it: {rule.sentence}."
    for other in others:
        person = mentor if other.side == "mentor" else mentee
        gap = other.points - points
        compare = "as many" if not gap else f"{abs(gap):,} {'more' if gap > 0 else 'fewer'}"
        meets = f"who meets {' and '.join(other.meets)}" if other.meets else "who has no partner"
        if person in other.meets:
            yield f"{person} meets {other.id} ({compare} points)."
        else:
            whole = f", {other.cost.in_all}" if other.cost is not None else ""
            yield f"The best other partner of {person} would be {other.id} ({compare} points{whole}), {meets}."


def _shared(facts: Facts, mentor: str, mentee: str, called: Mapping[str, str]) -> Iterator[str]:
    for teacher, learner, verb in ((mentor, mentee, "teach"), (mentee, mentor, "give")):
        teaches, knows = facts.skills[teacher], facts.skills[learner]
        topics = [
            facts.spelling[topic]
            for topic in sorted(facts.wants[learner])
            if _may_show(facts, teacher, topic)
        ]
        gained = [
            topic for topic in topics if teaches.get(fold(topic), 0) > knows.get(fold(topic), 0)
        ]
        if gained:
            yield f"{called.get(teacher, teacher)} can {verb} {called.get(learner, learner)}: {', '.join(gained)}."
    languages = facts.languages(mentor) & facts.languages(mentee)
    if languages:
        spoken = sorted(word for word in facts.person[mentor].languages if fold(word) in languages)
        yield f"Both speak {' and '.join(spoken)}."
    hours = len(facts.quarters(mentor) & facts.quarters(mentee)) / 4
    if hours:
        yield f"{hours:g} hours a day in common."
    modes = sorted(
        mode for mode in facts.person[mentor].meeting_modes if fold(mode) in facts.modes(mentee)
    )
    if modes:
        yield f"Both can meet {' or '.join(modes)}."


def _may_show(facts: Facts, teacher: str, topic: str) -> bool:
    person = facts.person[teacher]
    lived = facts.lived | {fold(own) for own in person.lived_topics}
    return topic not in lived or "display" in person.consent.get("lived_topics", ())


def _fit(scores: Scores, mentor: str, mentee: str) -> str:
    """Return the band of a pair beside the best pair of all, protected attributes left out."""
    best = scores.best_blind_points
    points = formulas_of(scores).blind_points(mentor, mentee)
    band = next(name for part, whole, name in BANDS if points * whole >= part * best or not part)
    return f"Overall fit: {band}."
