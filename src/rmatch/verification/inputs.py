"""What a result is held against: people, programme and requests, one's own as far as they are given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError, VerificationError
from rmatch.formulas import AllPairs, Facts
from rmatch.people import Cohort
from rmatch.rounds import Kept
from rmatch.scoring import Scores, input_faults, score, scored
from rmatch.utils.loops import heard
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.formulas import Lines
    from rmatch.people import People, Requests
    from rmatch.programme import Programme
    from rmatch.rounds import Cell, Pair

    Parts = tuple[NDArray[np.int64], NDArray[np.int64], csr_array]
    Sides = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, eq=False)
class Inputs:
    """People, programme and requests, and what follows from them alone; nothing of a result is in it.

    Attributes
    ----------
    scores : Scores
        What they come to by blocks, worked out anew.
    believed : tuple of str
        Which of the three were not given, and were taken from the result; and a baseline, which no one can give.
    """

    scores: Scores
    believed: tuple[str, ...]

    @classmethod
    def of(
        cls,
        claimed: object,
        people: People | None,
        programme: Programme | None,
        requests: Requests | None,
    ) -> Inputs:
        """Take what is given, and the rest from the scores of a result."""
        given: dict[str, Any] = {"people": people, "programme": programme, "requests": requests}
        missing = tuple(name for name, value in given.items() if value is None)
        own = {name: value for name, value in given.items() if name not in missing}
        refuse(input_faults(**own))
        inside = _inside(claimed, missing) if missing else {}
        baseline = _baseline(claimed)
        believed = (*missing, *([] if baseline is None else ["baseline"]))
        if not missing and baseline is None:
            return cls(score(**given), missing)
        try:
            return cls(scored(**given | inside, baseline=baseline), believed)
        except InvalidInputError as error:
            around = f" beside your own {' and '.join(own)}" if own else ""
            message = f"what is inside the result is no round{around}"
            raise VerificationError([f"{message}: {fault}" for fault in error.faults]) from error

    def under(self, programme: Programme) -> Inputs:
        """Return the same people and requests under another programme."""
        cohort = self.scores.cohort
        scores = scored(cohort.people, programme, cohort.requests, cohort.baseline)
        return Inputs(scores, self.believed)

    @cached_property
    def facts(self) -> Facts:
        """What the formulas know of everybody."""
        return Facts.of(self.scores.cohort, self.scores.programme)

    @cached_property
    def pairs(self) -> AllPairs:
        """The formulas over arrays."""
        return AllPairs(self.facts)

    @property
    def lines(self) -> Lines:
        """The formulas for single pairs."""
        return self.pairs.lines

    @property
    def programme(self) -> Programme:
        """What the organiser chose."""
        return self.scores.programme

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each mentor."""
        return {person: row for row, person in enumerate(self.facts.mentors)}

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each mentee."""
        return {person: column for column, person in enumerate(self.facts.mentees)}

    def matrix(self, *, protected: bool = True, side: str | None = None) -> NDArray[np.int64]:
        """Return the points of all pairs, or what a side gains by them."""
        key = protected, side
        if key not in self._matrices:
            self._matrices[key] = self.pairs.whole(
                lambda first, last: self.pairs.points(first, last, protected=protected, side=side)
            )
        return self._matrices[key]

    @cached_property
    def open(self) -> NDArray[np.bool_]:
        """Which pairs may be made."""
        return self.pairs.whole(self.pairs.open)

    def told(self, first: int, last: int) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
        """Return the points of some rows, without those of protected attributes and with them, which tell who may meet."""
        return self.pairs.told(first, last)

    def points_at(self, cells: Sequence[Cell], *, protected: bool) -> NDArray[np.int64]:
        """Return the points of single pairs; where there are criteria of one's own, by their formulas and not by blocks."""
        if not self.pairs.has_own_points:
            rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
            return self.pairs.points_at(rows, columns, protected=protected)
        mentors, mentees = self.facts.sides
        some = heard(cells, "points")
        both = [self.points_of(mentors[row], mentees[column]) for row, column in some]
        return np.array([points if protected else blind for points, blind in both], np.int64)

    def suspects(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """Go through the pairs that a rule may forbid: all of them where there are rules of one's own."""
        if self.pairs.has_own_bars:
            yield from heard(pairs, "rules")
            return
        rows, columns = np.array(self.cells(pairs), np.int64).reshape(-1, 2).T
        bars = self.pairs.barred_at(rows, columns).values()
        barred = np.logical_or.reduce(list(bars))
        yield from (pairs[position] for position in np.flatnonzero(barred).tolist())

    def cells(self, pairs: Sequence[Pair]) -> list[Cell]:
        """Return row and column of each pair."""
        return [(self.row[pair.mentor], self.column[pair.mentee]) for pair in pairs]

    def taken_apart(self, *, protected: bool) -> Parts:
        """Return what adds up over pairs, whose each want is, and what each mentor brings for it."""
        from scipy.sparse import csr_array

        taught = self.pairs.taught(protected=protected)
        gains = np.array(list(taught.values()), np.int64).reshape(len(taught), self.pairs.shape[0])
        whose = np.array([column for column, _ in taught], np.int64)
        rest = self.matrix(protected=protected).copy()
        np.subtract.at(rest.T, whose, gains)
        return rest, whose, csr_array(gains)

    def points_beside(self, mentor: str, mentee: str, others: Sequence[str]) -> int:
        """Return the points of a pair as they count beside the other mentors of the mentee."""
        return sum(line.points for line in self.lines.beside(mentor, mentee, others))

    def points_of(self, mentor: str, mentee: str) -> tuple[int, int]:
        """Return the points of a pair, and those that no protected attribute has a share in, each pair worked out once."""
        found = self._points.get((mentor, mentee))
        if found is None:
            lines = self.lines.of(mentor, mentee)
            blind = sum(line.points for line in lines if not line.protected)
            found = self._points[mentor, mentee] = sum(line.points for line in lines), blind
        return found

    @cached_property
    def _points(self) -> dict[tuple[str, str], tuple[int, int]]:
        return {}

    @cached_property
    def _matrices(self) -> dict[tuple[bool, str | None], NDArray[np.int64]]:
        return {}


def _baseline(claimed: object) -> Cohort | None:
    """Return the cohort whose means the points of a result were worked out with, where it is not that of the result."""
    cohort = getattr(getattr(claimed, "scores", None), "cohort", None)
    return cohort.baseline if isinstance(cohort, Cohort) else None


def _inside(claimed: object, missing: tuple[str, ...]) -> dict[str, Any]:
    """Return those of the people, the programme and the requests that are missing, as they are inside a result."""
    scores: Any = getattr(claimed, "scores", None)
    if type(scores) is Kept and "people" in missing:
        problem = "nobody is given, and a saved round holds no people to be held against"
        raise InvalidInputError([Fault("verify", "people", problem, "give your own")])
    if type(scores) not in (Scores, Kept):
        message = "the result holds no people: give your own"
        raise VerificationError([message])
    where = {"people": scores.cohort, "programme": scores, "requests": scores.cohort}
    found = {name: getattr(where[name], name) for name in missing}
    if any(value is None for value in found.values()):
        message = "the people, the programme or the requests of the result are gone: give your own"
        raise VerificationError([message])
    return found
