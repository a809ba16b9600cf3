"""What to expect of the first answers: points, how many pairs survive, whom to ask first, and what another matching could expect."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault
from rmatch.programme import Unit
from rmatch.rounds.costs import group_faults, priceless
from rmatch.rounds.pair import Pair
from rmatch.rounds.round import Round
from rmatch.rounds.stand_ins.acceptance import Acceptance
from rmatch.rounds.step import Step, posed
from rmatch.utils.called import called
from rmatch.utils.documents import UNWRITTEN, Document, plain
from rmatch.utils.text import counted
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from rmatch.rounds.capacity import Places
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.precedence import Precedence
    from rmatch.solve import Participation, Problem

IdPair = tuple[str, str]
SURE = 0.9
"""How likely a number of pairs is that is said to be reached."""
ASKED = 5
"""So many pairs are printed of those to be asked first."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FirstAnswers(Value, Document):
    """What to expect when all pairs are asked, each answering for itself.

    Attributes
    ----------
    acceptance : Acceptance
        The probabilities that were given.
    expected_points : int
        The expected points of the matching: those of each pair times its probability, rounded to whole points.
    surviving : tuple of float
        How likely it is that none of the pairs survives the first answers, one, two, and so on to all: a Poisson binomial
        distribution in floating point, for which the answers of different pairs are independent.
    order : tuple of (str, str)
        The pairs in the order in which to ask: those whose stand-in is worth most first, so that somebody who stands in
        for several is still free where most can be expected of it; those without one last.
    best_pairs : tuple of Pair
        The pairs of the matching that expects the most points.
    steps : tuple of Step
        The problems that were solved for it, with expected points in the place of points, each with its certificate.
    unit : Unit
        What points are told in.
    """

    acceptance: Acceptance = field(repr=False)
    expected_points: int
    surviving: tuple[float, ...]
    order: tuple[IdPair, ...]
    best_pairs: tuple[Pair, ...]
    steps: tuple[Step, ...] = field(repr=False)
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    @property
    def best_expected_points(self) -> int:
        """The expected points of the matching that expects the most."""
        return expected_total(self.best_pairs, self.acceptance)

    @property
    def expected_pairs(self) -> float:
        """How many pairs survive the first answers on average."""
        return float(np.arange(len(self.surviving)) @ np.array(self.surviving))

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data; the probabilities and the proofs are left out."""
        told = ("expected_points", "expected_pairs", "surviving", "order")
        best = ("best_expected_points", "best_pairs")
        return {name: plain(getattr(self, name)) for name in (*told, *best)}

    def __str__(self) -> str:
        """Return it in sentences."""
        pairs, sure = counted(len(self.surviving) - 1, "pair"), self._reached(SURE)
        answers = (
            f"Of {pairs}, {self.expected_pairs:.1f} survive the first answers on average, {sure} or more with a "
            f"probability of {SURE:.0%}, if pairs answer independently."
        )
        lines = [
            answers,
            f"To be expected: {self.unit.together(self.expected_points)}. {self._best()}",
        ]
        if self.order:
            asked = ", ".join(" with ".join(map(called, pair)) for pair in self.order[:ASKED])
            lines.append(f"Ask in this order: {asked}{' …' * (len(self.order) > ASKED)}")
        return "\n".join(lines)

    def _best(self) -> str:
        more = self.best_expected_points - self.expected_points
        if more > 0:
            return f"The matching that expects the most expects {self.unit.size(more)} more."
        return "No matching chosen for what it expects has more."

    def _reached(self, share: float) -> int:
        """Return the largest number of pairs that as many or more survive with such a probability."""
        at_least = np.cumsum(self.surviving[::-1])[::-1]
        return int(np.flatnonzero(at_least >= share).max(initial=0))


def expectable(matching: Outcome) -> Iterator[Fault]:
    """Go through what keeps expected points from being known: quotas, another objective, too many pairs for one matrix."""
    yield from priceless(matching.programme, "accept")
    yield from group_faults(matching, "accept")
    if not matching.scores.fits:
        problem = "there are too many possible pairs to find what can be expected at best"
        yield Fault("accept", "", problem, "ask for stand-ins without probabilities")


def expected(points: NDArray[Any], chances: ArrayLike) -> NDArray[np.int64]:
    """Return expected points, rounded to whole ones.

    Examples
    --------
    >>> expected(np.array([10, 10]), [0.5, 0.34]).tolist()
    [5, 3]
    """
    rounded: NDArray[np.int64] = np.rint(points * np.asarray(chances, float)).astype(np.int64)
    return rounded


def expected_total(pairs: Sequence[Pair], acceptance: Acceptance) -> int:
    """Return the expected points of some pairs."""
    points = np.array([pair.points for pair in pairs], np.int64)
    return int(expected(points, chances_of(pairs, acceptance)).sum())


def chances_of(pairs: Iterable[Pair], acceptance: Acceptance) -> list[float]:
    """Return how likely some pairs are to be accepted."""
    return [acceptance.chance(pair.mentor, pair.mentee) for pair in pairs]


def poisson_binomial(chances: Sequence[float]) -> tuple[float, ...]:
    """Return the distribution of the number of successes of independent trials, each with a chance of its own.

    One trial after the other is added: only sums and products of numbers from 0 to 1, so that no digits cancel.

    Examples
    --------
    >>> poisson_binomial([0.5, 0.5])
    (0.25, 0.5, 0.25)
    """
    found = np.ones(1)
    for chance in chances:
        found = np.append(found * (1 - chance), 0) + np.insert(found * chance, 0, 0)
    return tuple(found.tolist())


@dataclass(frozen=True, eq=False)
class Expecting(Round):
    """A round in which each pair is worth its expected points.

    Attributes
    ----------
    acceptance : Acceptance
        How likely everybody is to accept.
    """

    acceptance: Acceptance = field(kw_only=True)

    def problem(
        self,
        places: Places | None = None,
        participation: Participation | None = None,
        *,
        protected: bool,
        precedence: Precedence | None = None,
    ) -> Problem:
        """Return the problem of a round, with expected points."""
        plainly = super().problem(places, participation, protected=protected)
        chances = self.acceptance.block(self.scores.mentors, self.scores.mentees)
        points, offered = expected(plainly.points, chances), places or self.places
        return posed(points, plainly.allowed, offered, plainly.participation, precedence)
