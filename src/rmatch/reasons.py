"""Why a person has no partner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas import missing
from rmatch.formulas.line import name_of
from rmatch.people import ROLES, natural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from rmatch.formulas import Facts
    from rmatch.scoring import Scores

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
        ``"needed_elsewhere"`` or ``"adds_nothing"``.
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


def unmatched(scores: Scores, pairs: Iterable[tuple[str, str]]) -> tuple[Unmatched, ...]:
    """Return everybody without a partner, with the reason.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    pairs : iterable of (str, str)
        The mentor and mentee ids of the pairs.

    Returns
    -------
    tuple of Unmatched
        Mentors, then mentees, then those without a role, each by id.
    """
    paired = list(pairs)
    people = scores.cohort.people
    idle = sorted((people.id[row] for row in np.flatnonzero(people.role == ROLES["none"]).tolist()), key=natural)
    return (
        *_side(scores, paired, "mentor"),
        *_side(scores, paired, "mentee"),
        *(Unmatched(person, "none", "takes_no_part", "Has no role in this round.") for person in idle),
    )


def _side(scores: Scores, pairs: list[tuple[str, str]], side: str) -> Iterator[Unmatched]:
    ids = getattr(scores, f"{side}s")
    placed = {pair[side == "mentee"] for pair in pairs}
    alone = np.array([place for place, person in enumerate(ids) if person not in placed], np.intp)
    reasons = _Reasons.of(scores, pairs, side, alone)
    for place, position in enumerate(alone.tolist()):
        yield reasons.of_person(ids[position], place)


@dataclass(frozen=True, slots=True, eq=False)
class _Reasons:
    """The pairs that some people without a partner could have made: a row a person, a column a possible partner."""

    facts: Facts
    side: str
    basis: str
    others: tuple[str, ...]
    points: Callable[[], NDArray[np.int64]]
    capacity: NDArray[np.int64]
    verdicts: dict[str, NDArray[np.bool_]]
    allowed: NDArray[np.bool_]
    open: NDArray[np.bool_]
    takes: NDArray[np.bool_]
    spare: NDArray[np.bool_]

    @classmethod
    def of(cls, scores: Scores, pairs: list[tuple[str, str]], side: str, alone: NDArray[np.intp]) -> _Reasons:
        mentor_side = side == "mentor"
        everybody = np.arange(scores.shape[mentor_side])
        block = (alone, everybody) if mentor_side else (everybody, alone)
        verdicts = {name: verdict if mentor_side else verdict.T for name, verdict in scores.verdicts(*block)}
        open_pairs = scores.open_block(*block)
        other = "mentee" if mentor_side else "mentor"
        points = partial(scores.block, *block, protected=not scores.basis)
        taken: dict[str, list[str]] = {person: [] for person in getattr(scores, f"{other}s")}
        for pair in pairs:
            taken[pair[mentor_side]].append(pair[not mentor_side])
        room = scores.cohort.capacity(other)
        return cls(
            scores.facts,
            side,
            scores.basis,
            getattr(scores, f"{other}s"),
            cache(lambda: points() if mentor_side else points().T),
            scores.cohort.capacity(side)[alone],
            verdicts,
            np.logical_and.reduce(list(verdicts.values())),
            open_pairs if mentor_side else open_pairs.T,
            room > 0,
            room > np.array([len(theirs) for theirs in taken.values()], np.int64),
        )

    def of_person(self, person: str, row: int) -> Unmatched:
        other = "mentee" if self.side == "mentor" else "mentor"
        allowed, possible = int(self.allowed[row].sum()), int(self.open[row].sum())
        if not self.capacity[row]:
            return Unmatched(person, self.side, "no_capacity", f"Takes no {other} in this round: the capacity is 0.")
        if not allowed:
            return self._forbidden(person, row, other)
        if not possible:
            sentence = f"All {allowed} {other}s that the rules allow are below min_points{self.basis}."
            reason = f"all pairs that the rules allow are below min_points{self.basis}"
            return Unmatched(person, self.side, "below_min_points", sentence, reason=reason)
        if not (self.open[row] & self.takes).any():
            sentence = f"No {other} that is possible takes anybody: their capacity is 0."
            return Unmatched(person, self.side, "no_capacity", sentence)
        if (self.open[row] & self.spare).any():
            sentence = f"Pairing with a {other} who is free would add nothing to the total{self.basis}."
            return Unmatched(person, self.side, "adds_nothing", sentence)
        verb = "is" if possible == 1 else "are"
        sentence = f"{possible} possible {other}{'s' * (possible != 1)} {verb} needed elsewhere."
        return Unmatched(person, self.side, "needed_elsewhere", f"{sentence} {self._nearest(row)}")

    def _nearest(self, row: int) -> str:
        possible = np.flatnonzero(self.open[row] & self.takes)
        points = self.points()[row]
        best = int(possible[np.argmax(points[possible])])
        return f"Nearest: {self.others[best]} ({points[best]:,} points)."

    def _forbidden(self, person: str, row: int, other: str) -> Unmatched:
        forbids = {name: ~verdict[row] for name, verdict in self.verdicts.items()}
        if forbids["self"].all():  # also where there is nobody
            sentence = f"There is no {other} to meet."
            return Unmatched(person, self.side, "no_allowed_partner", sentence, reason=f"there is no {other} to meet")
        # An exclusion is the last thing to give up, and nobody is ever their own partner.
        broken = np.sum(list(forbids.values()), axis=0) + len(forbids) * (forbids["exclude"] + 2 * forbids["self"])
        easiest = int(np.argmin(broken))
        rules = tuple(name for name, forbidden in forbids.items() if forbidden[easiest])
        freed = sum(np.logical_or.reduce([forbids[name] for name in forbids if name not in rules]) == 0)
        reasons = "; ".join(self._words(name, person) for name in rules)
        without = f" Without {'it' if len(rules) == 1 else 'these'}, {_count(int(freed), other)} would be possible."
        sentence = f"No {other} is allowed: {reasons}.{without}"
        return Unmatched(person, self.side, "no_allowed_partner", sentence, rules, reasons)

    def _words(self, name: str, person: str) -> str:
        rule = next((rule for rule in self.facts.programme.rules if name_of(rule) == name), None)
        unknown = missing(self.facts, rule, person, self.side) if rule is not None else ""
        words = WORDS.get(name, f"the rule {name!r}")
        return f"{words}, and the {unknown} not known" if unknown else words


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
