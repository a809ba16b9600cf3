"""Why a person has no partner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas import missing
from rmatch.objectives import compatibility_of
from rmatch.people import ROLES, natural
from rmatch.rounds.facts import facts_of
from rmatch.scoring import NO_PAIRS
from rmatch.solve import ALLOWED
from rmatch.utils.names import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from rmatch.scoring import Scores

    Block = tuple[Callable[[], NDArray[np.integer]], NDArray[np.bool_]]
    Ask = Callable[[NDArray[np.intp], NDArray[np.intp]], Block]

CELLS = 2**22
"""About so many pairs are looked at together."""

WORDS = {
    "self": "nobody is paired with themselves",
    "exclude": "the exclusions in the requests",
    "junior_mentor": "the mentor must be the junior one",
    "reporting_chain": "nobody may meet somebody in their own reporting line",
    "other_department": "the two must work in different departments",
    "other_site": "the two must work at different sites",
    "shared_language": "the two must share a language",
    "overlapping_hours": "the two must have hours in common",
    "covers_a_want": "the mentor must teach something that the mentee wants",
    "no_repeat": "nobody meets an earlier partner again",
}


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A person without a partner in one role, and why.

    Attributes
    ----------
    id : str
        The person.
    role : {"mentor", "mentee", "none"}
        The role in which the person has no partner.
    code : str
        ``"takes_no_part"``, ``"no_capacity"``, ``"no_allowed_partner"``, ``"below_min_points"``,
        ``"needed_elsewhere"``, ``"adds_nothing"`` or ``"run_stopped"``.
    sentence : str
        The reason in plain words, and where rules are it, the least that would free a partner.
    rules : tuple of str
        For ``"no_allowed_partner"``: the fewest rules without which there would be a partner.
    reason : str
        The same for everybody who has no partner for the same reason.
    """

    id: str
    role: str
    code: str
    sentence: str
    rules: tuple[str, ...] = ()
    reason: str = ""


def unmatched(
    scores: Scores, pairs: Iterable[tuple[str, str]], *, stopped: bool = False
) -> tuple[Unmatched, ...]:
    """Return everybody without a partner, with the reason.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    pairs : iterable of (str, str)
        The mentor and mentee ids of the pairs.
    stopped : bool
        Whether they come from a run that was stopped: then somebody free is no sign that a pair would add nothing.

    Returns
    -------
    tuple of Unmatched
        Mentors, then mentees, then those without a role, each by id.
    """
    paired, ask = list(pairs), _asked(scores)
    people = scores.cohort.people
    idle = sorted(
        (people.id[row] for row in np.flatnonzero(people.role == ROLES["none"]).tolist()),
        key=natural,
    )
    return (
        *_side(scores, paired, "mentor", ask, stopped=stopped),
        *_side(scores, paired, "mentee", ask, stopped=stopped),
        *(
            Unmatched(person, "none", "takes_no_part", "Has no role in this round.")
            for person in idle
        ),
    )


def _asked(scores: Scores) -> Ask:
    """Return what gives the points that decide places, of any block, and which of its pairs may be made."""
    protected = not scores.basis
    if scores.fits:
        return lambda rows, columns: (
            partial(scores.block, rows, columns, protected=protected),
            scores.open_block(rows, columns),
        )
    source = scores.source(NO_PAIRS, protected=protected)

    def block(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Block:
        points = source.take(*_ascending(rows, columns, scores.shape)).rows(0, len(rows))
        return lambda: points, points > ALLOWED

    return block


def _ascending(
    rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, int]
) -> tuple[NDArray[np.intp] | None, NDArray[np.intp] | None]:
    """Return the rows and the columns, nothing where these are all of them."""
    return (None if len(rows) == shape[0] else rows), (
        None if len(columns) == shape[1] else columns
    )


def _side(
    scores: Scores, pairs: list[tuple[str, str]], side: str, ask: Ask, *, stopped: bool
) -> Iterator[Unmatched]:
    ids = getattr(scores, f"{side}s")
    placed = {pair[side == "mentee"] for pair in pairs}
    alone = np.array([place for place, person in enumerate(ids) if person not in placed], np.intp)
    taken = Counter(pair[side == "mentor"] for pair in pairs)
    size = max(CELLS // max(scores.shape[side == "mentor"], 1), 1)
    for first in range(0, len(alone), size):
        some = alone[first : first + size]
        reasons = _Reasons.of(scores, side, some, taken, ask, stopped=stopped)
        for place, position in enumerate(some.tolist()):
            yield reasons.of_person(ids[position], place)


@dataclass(frozen=True, eq=False)
class _Reasons:
    """The pairs that some people without a partner could have made: a row a person, a column a possible partner."""

    scores: Scores
    side: str
    alone: NDArray[np.intp]
    others: tuple[str, ...]
    possible: list[int]
    takes: list[bool]
    spare: list[bool]
    takers: NDArray[np.bool_]
    points: Callable[[], NDArray[np.integer]]
    stopped: bool

    @classmethod
    def of(
        cls,
        scores: Scores,
        side: str,
        alone: NDArray[np.intp],
        taken: Mapping[str, int],
        ask: Ask,
        *,
        stopped: bool,
    ) -> _Reasons:
        mentor_side, everybody = side == "mentor", np.arange(scores.shape[side == "mentor"])
        points, possible = ask(alone, everybody) if mentor_side else ask(everybody, alone)
        possible = possible if mentor_side else possible.T
        other = "mentee" if mentor_side else "mentor"
        others, room = getattr(scores, f"{other}s"), scores.cohort.capacity(other)
        takes = possible & (room > 0)
        spare = possible & (room > np.array([taken.get(person, 0) for person in others], np.int64))
        return cls(
            scores,
            side,
            alone,
            others,
            possible.sum(1).tolist(),
            np.asarray(takes.any(1)).tolist(),
            np.asarray(spare.any(1)).tolist(),
            takes,
            points if mentor_side else (lambda: points().T),
            stopped,
        )

    @cached_property
    def nearest(self) -> list[tuple[int, int]]:
        """The possible partner with the most points, and these."""
        points = self.points()
        best = np.where(self.takers, points, np.iinfo(points.dtype).min).argmax(1)
        return [(place, int(points[row, place])) for row, place in enumerate(best.tolist())]

    @cached_property
    def verdicts(self) -> dict[str, NDArray[np.bool_]]:
        """Which partners each rule allows those who have no possible one; the other rows are left out."""
        hopeless = self.alone[list(self._rows)]
        everybody = np.arange(len(self.others))
        if self.side == "mentor":
            return dict(self.scores.verdicts(hopeless, everybody))
        return {name: verdict.T for name, verdict in self.scores.verdicts(everybody, hopeless)}

    @cached_property
    def _rows(self) -> dict[int, int]:
        hopeless = [row for row, count in enumerate(self.possible) if not count]
        return {row: place for place, row in enumerate(hopeless)}

    @cached_property
    def _capacity(self) -> NDArray[np.int64]:
        return self.scores.cohort.capacity(self.side)[self.alone]

    def of_person(self, person: str, row: int) -> Unmatched:
        other = "mentee" if self.side == "mentor" else "mentor"
        possible = self.possible[row]
        if not self._capacity[row]:
            return Unmatched(
                person,
                self.side,
                "no_capacity",
                f"Takes no {other} in this round: the capacity is 0.",
            )
        if not possible:
            return self._hopeless(person, self._rows[row], other)
        if not self.takes[row]:
            sentence = f"No {other} that is possible takes anybody: their capacity is 0."
            return Unmatched(person, self.side, "no_capacity", sentence)
        if self.spare[row] and self.stopped:
            sentence = (
                f"The run was stopped before a place was found, and a possible {other} is free."
            )
            return Unmatched(person, self.side, "run_stopped", sentence)
        if self.spare[row]:
            return Unmatched(person, self.side, "adds_nothing", self._useless(other))
        verb = "is" if possible == 1 else "are"
        place, points = self.nearest[row]
        quotas = ", as the quotas have it" * bool(self.scores.programme.quotas)
        sentence = (
            f"{possible} possible {other}{'s' * (possible != 1)} {verb} needed elsewhere{quotas}."
        )
        nearest = f"Nearest: {self.others[place]} ({points:,} points)."
        return Unmatched(person, self.side, "needed_elsewhere", f"{sentence} {nearest}")

    def _useless(self, other: str) -> str:
        programme = self.scores.programme
        if compatibility_of(programme.objective).by_consent:
            return f"In every pair with a {other} who is free, one of the two would lose points{self.scores.basis}."
        verb = "would break a quota, or add" if programme.quotas else "would add"
        return f"Pairing with a {other} who is free {verb} nothing to the total{self.scores.basis}."

    def _hopeless(self, person: str, row: int, other: str) -> Unmatched:
        allowed = int(
            np.logical_and.reduce([verdict[row] for verdict in self.verdicts.values()]).sum()
        )
        if not allowed:
            return self._forbidden(person, row, other)
        basis = self.scores.basis
        sentence = f"All {allowed} {other}s that the rules allow are below min_points{basis}."
        reason = f"all pairs that the rules allow are below min_points{basis}"
        return Unmatched(person, self.side, "below_min_points", sentence, reason=reason)

    def _forbidden(self, person: str, row: int, other: str) -> Unmatched:
        forbids = {name: ~verdict[row] for name, verdict in self.verdicts.items()}
        if forbids["self"].all():  # also where there is nobody
            sentence = f"There is no {other} to meet."
            return Unmatched(
                person,
                self.side,
                "no_allowed_partner",
                sentence,
                reason=f"there is no {other} to meet",
            )
        # An exclusion is the last thing to give up, and nobody is ever their own partner.
        broken = np.sum(list(forbids.values()), axis=0) + len(forbids) * (
            forbids["exclude"] + 2 * forbids["self"]
        )
        easiest = int(np.argmin(broken))
        rules = tuple(name for name, forbidden in forbids.items() if forbidden[easiest])
        freed = sum(
            np.logical_or.reduce([forbids[name] for name in forbids if name not in rules]) == 0
        )
        reasons = "; ".join(self._words(name, person) for name in rules)
        without = f" Without {'it' if len(rules) == 1 else 'these'}, {_count(int(freed), other)} would be possible."
        sentence = f"No {other} is allowed: {reasons}.{without}"
        return Unmatched(person, self.side, "no_allowed_partner", sentence, rules, reasons)

    def _words(self, name: str, person: str) -> str:
        rule = next((rule for rule in self.scores.programme.rules if name_of(rule) == name), None)
        unknown = (
            missing(facts_of(self.scores), rule, person, self.side) if rule is not None else ""
        )
        words = WORDS.get(name, f"the rule {name!r}")
        return f"{words}, and the {unknown} not known" if unknown else words


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
