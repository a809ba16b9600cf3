"""What other pairs would cost the programme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.rounds.player import Player
from rmatch.solve import Costs, Matched, costs_for_mentee, costs_for_mentor, interval
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from rmatch.rounds.player import Cell
    from rmatch.rounds.step import Step
    from rmatch.scoring import Scores

    Lost = tuple[int, int]
    """Pairs and points."""

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
        if self.exact:
            verb = "would cost the programme"
        elif self.pairs_lost or self.points_lost:
            verb = "would cost the programme at least"
        else:
            verb = "might cost the programme"
        changes = ", protected attributes left out, and change who gets a place"
        return f"{verb} {_lost(self.pairs_lost, self.points_lost)}{changes * self.changes_places}"

    @property
    def in_all(self) -> str:
        """How the whole matching would compare, in a few words."""
        pairs, points = self.pairs_lost, self.points_lost
        places = " with other places" * self.changes_places
        if pairs:
            less, more = f"and {points:,} points fewer", f"fewer but {-points:,} points more"
            return f"{counted(pairs, 'pair')} {less if points >= 0 else more} in all{places}"
        return f"{f'{points:,} fewer' if points else 'as many'} in all{places}"


def _lost(pairs: int, points: int) -> str:
    if not pairs:
        return f"{points:,} points" if points else "nothing"
    rest = f"and {points:,} points" if points >= 0 else f"and gain {-points:,} points"
    return f"{counted(pairs, 'pair')} {rest}"


def alternatives(
    scores: Scores,
    steps: Sequence[Step],
    locks: Sequence[Cell],
    person: Player,
    k: int,
    *,
    kept: int = KEPT,
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
    person : Player
        The person and the role.
    k : int
        How many.
    kept : int
        Of how many possible pairs the whole matrix is kept, so that costs are exact.

    Returns
    -------
    tuple of Alternative
        The cheapest first: by pairs lost, then those that leave places as they are, then by points lost.
    """
    made = [*steps[-1].cells, *locks]
    met = {person.partner_in(cell) for cell in made if person.is_in(cell)}
    # The partners that the person meets cost nothing, so they may come first and have to be looked past.
    exact = prod(scores.shape) <= kept
    options = _options(scores, steps, locks, person, k + len(met), exact=exact)
    found = []
    for option in options:
        if option.other not in met:
            cell = person.cell_with(option.other)
            found.append(_named(scores, cell, option))
    return tuple(found[:k])


def cost(
    scores: Scores, steps: Sequence[Step], locks: Sequence[Cell], cell: Cell
) -> Alternative | None:
    """Return what one pair would cost; nothing if no matching has it, or if the programme is too large to tell exactly."""
    if prod(scores.shape) > KEPT:
        return None
    mentor, everybody = Player("mentor", cell[0]), scores.shape[1]
    for option in _options(scores, steps, locks, mentor, everybody, exact=True):
        if mentor.cell_with(option.other) == cell:
            return _named(scores, cell, option)
    return None


class _Option(NamedTuple):
    """A possible partner, and bounds on what the pair costs."""

    other: int
    lower: Lost
    upper: Lost | None
    changes_places: bool = False

    @property
    def rank(self) -> tuple[int, bool, int, int]:
        """What is small for the cheap ones."""
        pairs, points = self.lower
        return pairs, self.changes_places, points, self.other


def _options(
    scores: Scores,
    steps: Sequence[Step],
    locks: Sequence[Cell],
    person: Player,
    k: int,
    *,
    exact: bool,
) -> list[_Option]:
    """Return the best of a few partners, each once, in the cheaper one of the ways to have them."""
    costs = _exact if exact else _bounded
    # A pair can be asked for where it is decided who meets whom, and before that where it is decided who gets a place.
    found = list(costs(scores, steps[-1], locks, person, k))
    if len(steps) > 1:
        before = costs(scores, steps[0], locks, person, k)
        found += [option._replace(changes_places=True) for option in before]
    # The same pair may be had in both ways; the first in the order of the ranks is the cheaper one.
    best: dict[int, _Option] = {}
    for option in sorted(found, key=lambda option: option.rank):
        best.setdefault(option.other, option)
    return list(best.values())


def _exact(
    scores: Scores, step: Step, locks: Sequence[Cell], person: Player, k: int
) -> Iterator[_Option]:
    proof, solution = step.certificate, step.solution
    assert proof is not None
    costs_for = costs_for_mentor if person.side == "mentor" else costs_for_mentee
    problem = step.problem(scores, locks)
    costs = costs_for(problem, solution.rows, solution.cols, proof, person.position)
    for other in _cheapest(costs, k):
        lost = int(costs.pairs[other]), int(costs.points[other])
        yield _Option(other, lost, lost)


def _cheapest(costs: Costs, k: int) -> list[int]:
    possible = np.flatnonzero(costs.possible)
    order = np.lexsort((costs.points[possible], costs.pairs[possible]))
    cheapest: list[int] = possible[order[:k]].tolist()
    return cheapest


def _bounded(
    scores: Scores, step: Step, locks: Sequence[Cell], person: Player, k: int
) -> Iterator[_Option]:
    """Go through the pairs with the least slack, with bounds on what they cost."""
    assert step.certificate is not None
    matched = Matched(
        rows=step.solution.rows,
        cols=step.solution.cols,
        certificate=step.certificate,
        capacities=step.places.capacities,
        minimums=step.places.minimums,
        look=partial(_look, scores, set(locks), step.protected),
    )
    # A pair costs at least its slack, so the cheapest are likely among those with the least.
    slack = _slack(scores, step, person)
    order = np.argsort(slack, kind="stable")
    for other in order[: LOOKED_AT * k].tolist():
        row, column = person.cell_with(other)
        bounds = interval(matched, row, column)
        if bounds is not None:
            yield _Option(other, bounds.lower, bounds.upper)


def _slack(scores: Scores, step: Step, person: Player) -> NDArray[np.int64]:
    """Return by how much the prices of the two exceed the points, for each partner of a person."""
    proof = step.certificate
    assert proof is not None
    mentor_side = person.side == "mentor"
    own, others = (proof.u, proof.v) if mentor_side else (proof.v, proof.u)
    prices = own[person.position] + others
    block = person.all_cells(scores.shape)
    points = scores.block(*block, protected=step.protected).ravel()
    possible = scores.open_block(*block).ravel()
    return np.where(possible, prices - points, np.iinfo(np.int64).max)


def _look(
    scores: Scores,
    locked: AbstractSet[Cell],
    protected: bool,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the points of some pairs, and which of them may be made beside the locks."""
    points = scores.block(rows, columns, protected=protected)
    possible = scores.open_block(rows, columns).diagonal()
    cells = zip(rows.tolist(), columns.tolist(), strict=True)
    free = [cell not in locked for cell in cells]
    return points.diagonal(), possible & np.array(free, bool)


def _named(scores: Scores, cell: Cell, option: _Option) -> Alternative:
    row, column = cell
    return Alternative(
        mentor=scores.mentors[row],
        mentee=scores.mentees[column],
        points=int(scores.block(np.array([row]), np.array([column]))[0, 0]),
        pairs_lost=option.lower[0],
        points_lost=option.lower[1],
        at_most=option.upper,
        changes_places=option.changes_places,
    )
