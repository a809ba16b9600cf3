"""What stands between two people, and what it costs to open a pair."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.people import bare
from rmatch.rounds.facts import facts_of
from rmatch.rounds.fixes.gives import Give
from rmatch.utils.names import name_of

if TYPE_CHECKING:
    from rmatch.rounds.fixes.catalogue import Catalogue
    from rmatch.rounds.fixes.gives import Kind
    from rmatch.scoring import Scores

NO_WAY = np.int64(2**40)
"""The cost of what is not to be had."""
PERSONAL: dict[str, Kind] = {
    "shared_language": "languages",
    "overlapping_hours": "hours",
    "covers_a_want": "topics",
}
"""The rules that single people can keep by changing something, and what."""


class Reason(NamedTuple):
    """Something that forbids pairs, and which of them one of the two could open alone.

    Attributes
    ----------
    name : str
        The rule, or `min_points`.
    forbids : ndarray of bool, shape (mentors, mentees)
        Which pairs.
    cost : int
        What it costs that one of the two changes.
    by_mentor, by_mentee : ndarray of bool
        Where the mentor, or the mentee, can open the pair so.
    """

    name: str
    forbids: NDArray[np.bool_]
    cost: int
    by_mentor: NDArray[np.bool_]
    by_mentee: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Openings:
    """What it costs to open each pair of a round.

    Attributes
    ----------
    scores : Scores
        Points and permissions.
    catalogue : Catalogue
        What may give.
    reasons : tuple of Reason
        What forbids pairs.
    never : ndarray of bool, shape (mentors, mentees)
        The pairs that are never made: somebody with themselves, and exclusions; and pairs that were given up.
    """

    scores: Scores
    catalogue: Catalogue
    reasons: tuple[Reason, ...]
    never: NDArray[np.bool_]

    @classmethod
    def of(cls, scores: Scores, catalogue: Catalogue) -> Openings:
        """Look at every pair once."""
        rows, columns = (np.arange(size) for size in scores.shape)
        verdicts = dict(scores.verdicts(rows, columns))
        never = ~verdicts.pop("self") | ~verdicts.pop("exclude")
        kinds = {name_of(rule): bare(rule) for rule in scores.programme.rules}
        reasons = []
        for name, allowed in verdicts.items():
            if not allowed.all():
                reasons.append(_reason(scores, catalogue, name, kinds[name], ~allowed))
        least = scores.programme.min_points
        if least is not None:
            below = scores.deciding_points < least
            nobody = np.zeros_like(below)
            reasons.append(Reason("min_points", below, 0, nobody, nobody))
        return cls(scores, catalogue, tuple(reasons), never)

    @property
    def for_all(self) -> dict[str, int]:
        """What may be given up for all and forbids a pair, with its cost."""
        costs = self.catalogue.for_all
        return {each.name: costs[each.name] for each in self.reasons if each.name in costs}

    def costs(self, given_up: frozenset[str]) -> NDArray[np.int64]:
        """Return what each pair costs when some things are given up for all: 0 for one that may be made."""
        if given_up not in self._known:
            self._known.clear()  # these are as large as all pairs
            self._known[given_up] = self._costs(given_up)
        return self._known[given_up]

    @cached_property
    def _known(self) -> dict[frozenset[str], NDArray[np.int64]]:
        return {}

    def _costs(self, given_up: frozenset[str]) -> NDArray[np.int64]:
        found = np.where(self.never, NO_WAY, np.int64(0))
        for each in self.reasons:
            if each.name in given_up:
                continue
            cost = np.where(each.by_mentor | each.by_mentee, np.int64(each.cost), NO_WAY)
            found += np.where(each.forbids, cost, np.int64(0))
        return np.minimum(found, NO_WAY)

    def gives(self, row: int, column: int, given_up: Collection[str], whom: str) -> Iterator[Give]:
        """Go through what one of the two changes so that the pair can be made, best `whom` where that is enough."""
        mentor, mentee = self.scores.mentors[row], self.scores.mentees[column]
        for each in self.reasons:
            if each.name in given_up or not each.forbids[row, column]:
                continue
            may = {mentor: each.by_mentor[row, column], mentee: each.by_mentee[row, column]}
            who = whom if may.get(whom) else mentee if may[mentee] else mentor
            kind = _kind(self.scores, each.name)
            other = mentee if who == mentor else mentor
            yield Give(kind, each.cost, who, _what(self.scores, kind, who, other))

    def ways(self, reason: Reason, row: int, column: int) -> Iterator[Give]:
        """Go through everything that opens a pair which one reason forbids: for all, or by one of the two."""
        costs = self.for_all
        if reason.name == "min_points":
            if reason.name in costs:
                yield Give("min_points", costs[reason.name])
            return
        if reason.name in costs:
            yield Give("rules", costs[reason.name], what=reason.name)
        mentor, mentee = self.scores.mentors[row], self.scores.mentees[column]
        may = ((mentor, mentee, reason.by_mentor), (mentee, mentor, reason.by_mentee))
        for who, other, able in may:
            if able[row, column]:
                kind = _kind(self.scores, reason.name)
                for what in _whats(self.scores, kind, who, other):
                    yield Give(kind, reason.cost, who, what)


def _kind(scores: Scores, name: str) -> Kind:
    kinds = {name_of(rule): bare(rule).kind for rule in scores.programme.rules}
    return PERSONAL[kinds[name]]


def _reason(
    scores: Scores, catalogue: Catalogue, name: str, rule: object, forbids: NDArray[np.bool_]
) -> Reason:
    kind = PERSONAL.get(getattr(rule, "kind", ""))
    cost = None if kind is None else getattr(catalogue, kind)
    nobody = np.zeros_like(forbids)
    if cost is None:
        return Reason(name, forbids, 0, nobody, nobody)
    by_mentor, by_mentee = _possible(scores, str(kind), rule)
    return Reason(
        name,
        forbids,
        int(cost),
        np.broadcast_to(by_mentor, forbids.shape),
        np.broadcast_to(by_mentee, forbids.shape),
    )


def _possible(
    scores: Scores, kind: str, rule: object
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where a change of the mentor is enough, and where one of the mentee is."""
    cohort = scores.cohort
    if kind == "topics":
        gains = np.zeros(scores.shape, bool)
        for _, taught, knows in _open_topics(scores):
            gains |= taught[:, None] > knows
        return np.zeros_like(gains), gains
    if kind == "languages":
        known = cohort.people.languages.counts > 0
    else:
        facts, least = facts_of(scores), int(getattr(rule, "minutes"))  # noqa: B009 - of any rule of this kind
        weeks = [facts.hours(person) for person in cohort.people.id]
        known = np.array(
            [week is not None and facts.minutes(week, week) >= least for week in weeks]
        )
    return known[cohort.mentees][None, :], known[cohort.mentors][:, None]


def _open_topics(
    scores: Scores,
) -> Iterator[tuple[str, NDArray[np.int64], NDArray[np.int64]]]:
    """Go through the topics that may be named, with the levels at which mentors teach and mentees know them."""
    cohort = scores.cohort
    people, skills = cohort.people, cohort.skills
    private = {*people.lived_topics.codes.tolist(), *cohort.lived_topics.tolist()}
    for code, topic in enumerate(people.topics):
        if code not in private:
            here = skills.codes == code
            levels = np.zeros(len(people), np.int64)
            levels[skills.rows[here]] = skills.weights[here]
            yield topic, levels[cohort.mentors], levels[cohort.mentees]


def _what(scores: Scores, kind: Kind, who: str, other: str) -> str:
    """Return the language or the topic that somebody takes on for somebody else, the best of all; nothing for hours."""
    return _whats(scores, kind, who, other)[-1]


def _whats(scores: Scores, kind: Kind, who: str, other: str) -> list[str]:
    """Return the languages or the topics that somebody may take on for somebody else, the best one last."""
    people = scores.cohort.people
    if kind == "hours":
        return [""]
    if kind == "languages":
        languages = people.languages
        often = np.bincount(languages.codes, minlength=len(languages.vocabulary))
        theirs = list(languages[people.id.index(other)])
        return sorted(theirs, key=lambda each: (often[languages.vocabulary.index(each)], each))
    row, column = scores.cohort.row[other], scores.cohort.column[who]
    gains = {
        topic: int(taught[row] - known[column]) for topic, taught, known in _open_topics(scores)
    }
    return sorted(
        (topic for topic, gain in gains.items() if gain > 0),
        key=lambda topic: (gains[topic], topic),
    )
