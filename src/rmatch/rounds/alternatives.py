"""What other pairs would cost the programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.solve import Costs, Matched, costs_for_mentee, costs_for_mentor, interval
from rmatch.utils.validation import choice, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.rounds.step import Step
    from rmatch.scoring import Scores
    from rmatch.solve import Interval

    Locks = Sequence[tuple[int, int]]
    Cost = tuple[int, tuple[int, int], tuple[int, int] | None]

KEPT = 2**22
"""Up to so many pairs the whole matrix is kept, and costs are exact."""

LOOKED_AT = 4
"""How many times as many pairs as asked for are looked at beyond that, those with the least slack first."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another pair, and what the whole programme would lose by it.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    points : int
        What the pair is worth.
    pairs_lost, points_lost : int
        What the best matching with this pair has less than the best matching. Fewer pairs may have more points left.
    at_most : tuple of two int, or None
        The same, where it is exact. In programmes too large for that, `pairs_lost` and `points_lost` are the least that is
        lost and this is what a matching at hand loses, if there is one.
    changes_places : bool
        Whether somebody else would get a place or lose one. Then the points are counted without protected attributes, as
        they are when places are decided.
    """

    mentor: str
    mentee: str
    points: int
    pairs_lost: int
    points_lost: int
    at_most: tuple[int, int] | None
    changes_places: bool

    @property
    def exact(self) -> bool:
        """Whether the loss is known exactly."""
        return self.at_most == (self.pairs_lost, self.points_lost)

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.mentor} with {self.mentee} ({self.points:,} points): {self.price}"

    @property
    def price(self) -> str:
        """What it would cost the programme, in words."""
        verb = "would cost the programme" if self.exact else "would cost the programme at least"
        if not self.exact and not (self.pairs_lost or self.points_lost):
            verb = "might cost the programme"
        blind = (
            ", protected attributes left out, and change who gets a place"
            if self.changes_places
            else ""
        )
        return f"{verb} {_loss(self.pairs_lost, self.points_lost)}{blind}"

    @property
    def in_all(self) -> str:
        """How the whole matching would compare, in a few words."""
        pairs, points = self.pairs_lost, self.points_lost
        places = " with other places" * self.changes_places
        if not pairs:
            return f"{f'{points:,} fewer' if points else 'as many'} in all{places}"
        rest = (
            f"and {points:,} points fewer" if points >= 0 else f"fewer but {-points:,} points more"
        )
        return f"{pairs} pair{'s' * (pairs != 1)} {rest} in all{places}"


def _loss(pairs: int, points: int) -> str:
    if not (pairs or points):
        return "nothing"
    count = f"{pairs} pair{'s' * (pairs != 1)}"
    if not pairs:
        return f"{points:,} points"
    return (
        f"{count} and {points:,} points" if points >= 0 else f"{count} and gain {-points:,} points"
    )


def alternatives(
    scores: Scores, steps: Sequence[Step], locks: Locks, side: str, person: int, k: int
) -> tuple[Alternative, ...]:
    """Return the other partners of a person that cost the programme least.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    steps : sequence of Step
        The problems that were solved, to the end.
    locks : sequence of (int, int)
        Rows and columns of the pairs that are settled.
    side : {"mentor", "mentee"}
        What the person plays.
    person : int
        Row or column.
    k : int
        How many.

    Returns
    -------
    tuple of Alternative
        The cheapest first: by pairs lost, then those that leave places as they are, then by points lost.
    """
    pairing = steps[-1].solution
    met = (
        pairing.cols[pairing.rows == person]
        if side == "mentor"
        else pairing.rows[pairing.cols == person]
    ).tolist()
    taken = {*met, *(lock[side == "mentor"] for lock in locks if lock[side == "mentee"] == person)}
    best = _best(scores, steps, locks, side, person, k + len(taken))
    return tuple(
        _named(scores, side, person, option) for option in best if option.other not in taken
    )[:k]


def cost(
    scores: Scores, steps: Sequence[Step], locks: Locks, row: int, column: int
) -> Alternative | None:
    """Return what one pair would cost; nothing if no matching has it, or if the programme is too large to tell exactly."""
    if scores.shape[0] * scores.shape[1] > KEPT:
        return None
    best = _best(scores, steps, locks, "mentor", row, scores.shape[1])
    return next(
        (_named(scores, "mentor", row, option) for option in best if option.other == column), None
    )


class _Option(NamedTuple):
    """A possible partner, and bounds on what the pair costs."""

    other: int
    lower: tuple[int, int]
    upper: tuple[int, int] | None
    places: bool


def _best(
    scores: Scores, steps: Sequence[Step], locks: Locks, side: str, person: int, k: int
) -> list[_Option]:
    """Return the best of a few partners, each once, in the cheaper one of the ways to have them."""
    costs = _exact if scores.shape[0] * scores.shape[1] <= KEPT else _bounded
    options = [
        _Option(other, lower, upper, places)
        for places, step in _questions(steps)
        for other, lower, upper in costs(scores, step, locks, side, person, k)
    ]
    best: dict[int, _Option] = {}
    for option in sorted(
        options, key=lambda one: (one.lower[0], one.places, one.lower[1], one.other)
    ):
        best.setdefault(option.other, option)
    return list(best.values())


def _questions(steps: Sequence[Step]) -> Iterator[tuple[bool, Step]]:
    """Go through the problems in which a pair can be asked for: who meets whom, and before that who gets a place."""
    yield False, steps[-1]
    if len(steps) > 1:
        yield True, steps[0]


def _exact(
    scores: Scores, step: Step, locks: Locks, side: str, person: int, k: int
) -> Iterator[Cost]:
    proof, solution = step.certificate, step.solution
    assert proof is not None
    costs_for = costs_for_mentor if side == "mentor" else costs_for_mentee
    costs = costs_for(step.problem(scores, locks), solution.rows, solution.cols, proof, person)
    for other in _cheapest(costs, k):
        cost = int(costs.pairs[other]), int(costs.points[other])
        yield other, cost, cost


def _cheapest(costs: Costs, k: int) -> list[int]:
    possible = np.flatnonzero(costs.possible)
    order = np.lexsort((costs.points[possible], costs.pairs[possible]))
    cheapest: list[int] = possible[order[:k]].tolist()
    return cheapest


def _bounded(
    scores: Scores, step: Step, locks: Locks, side: str, person: int, k: int
) -> Iterator[Cost]:
    """Go through the pairs with the least slack, with bounds on what they cost."""
    proof, solution = step.certificate, step.solution
    assert proof is not None
    settled = set(locks)

    def look(
        rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        points = scores.block(rows, columns, protected=step.protected).diagonal()
        locked = [pair in settled for pair in zip(rows.tolist(), columns.tolist(), strict=True)]
        return points, scores.open_block(rows, columns).diagonal() & ~np.array(locked)

    own, mentor_side = np.array([person]), side == "mentor"
    everybody = np.arange(scores.shape[mentor_side])
    block = (own, everybody) if mentor_side else (everybody, own)
    points, possible = (
        scores.block(*block, protected=step.protected).ravel(),
        scores.open_block(*block).ravel(),
    )
    mine, theirs = (proof.u, proof.v) if mentor_side else (proof.v, proof.u)
    slack = np.where(possible, mine[person] + theirs - points, np.iinfo(np.int64).max)
    matched = Matched(solution.rows, solution.cols, proof, step.capacities, step.minimums, look)
    for other in np.argsort(slack, kind="stable")[: LOOKED_AT * k].tolist():
        row, column = (person, other) if mentor_side else (other, person)
        bounds: Interval | None = interval(matched, row, column)
        if bounds is not None:
            yield other, bounds.lower, bounds.upper


def _named(scores: Scores, side: str, person: int, option: _Option) -> Alternative:
    row, column = (person, option.other) if side == "mentor" else (option.other, person)
    points = int(scores.block(np.array([row]), np.array([column]))[0, 0])
    return Alternative(
        scores.mentors[row],
        scores.mentees[column],
        points,
        *option.lower,
        option.upper,
        option.places,
    )


def side_of(scores: Scores, person: str, side: str | None) -> tuple[str, int]:
    """Return what a person plays, where that is one thing or is said, and the person's row or column.

    Raises
    ------
    InvalidInputError
        If the person plays no such role, or both and it is not said which.
    """
    places = {"mentor": scores.cohort.row, "mentee": scores.cohort.column}
    refuse([] if side is None else choice("people", "side", side, tuple(places)))
    roles = [role for role, known in places.items() if person in known]
    problem, remedy = "", ""
    if not roles or (side is not None and side not in roles):
        problem, remedy = f"{person!r} plays no such role", "give an id from the people table"
    elif side is None and len(roles) > 1:
        problem, remedy = (
            f"{person!r} plays both roles",
            "say which: side='mentor' or side='mentee'",
        )
    if problem:
        raise InvalidInputError([Fault("people", "id", problem, remedy)])
    role = side or roles[0]
    return role, places[role][person]
