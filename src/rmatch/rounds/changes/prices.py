"""How many changes buy how many points: the corners of the trade, each with its proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.programme import Unit
from rmatch.rounds.changes.wanted import wanted_cells
from rmatch.rounds.costs import unproved
from rmatch.rounds.precedence import Precedence, nobody
from rmatch.rounds.round import Round
from rmatch.rounds.step import Step
from rmatch.utils.documents import UNWRITTEN, Document
from rmatch.utils.shown import SHOWN, Rows, more
from rmatch.utils.stopping import listen
from rmatch.utils.text import aligned, counted
from rmatch.utils.validation import refuse
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from rmatch.rounds.outcome import Outcome


@dataclass(frozen=True, slots=True)
class ChangesPrice(Document):
    """One line of a price list.

    Attributes
    ----------
    changes : int
        How many of the earlier pairs that could be made again are broken.
    points : int
        The most points that pairs which are not locked have with so few changes.
    """

    changes: int
    points: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PriceList(Value, Document):
    r"""How many changes of an earlier round buy how many points.

    With the points `P` and the earlier pairs `k` that a matching keeps, each line is a corner of the set of all (k, P): it has
    the most :math:`\alpha P + \beta k` of all matchings with as many pairs as possible, and that do as much for those who come
    before others, by whole numbers :math:`\alpha, \beta` and prices of people [1]_. So none of these with as few changes has
    more points. Between two lines
    there may be matchings with other numbers of changes; they lie on the straight line between the two or below it, and are not
    listed.

    Attributes
    ----------
    prices : tuple of ChangesPrice
        From the fewest changes on; each further line has more points.
    protected : bool
        Whether the points count protected attributes; where these decide no places, the list is about the other points.
    steps : tuple of Step
        The problem of each line, with the certificate that proves it.
    unit : Unit
        What points are told in.

    References
    ----------
    .. [1] H. Everett, "Generalized Lagrange multiplier method for solving problems of optimum allocation of resources",
       Operations Research 11(3), 1963. :doi:`10.1287/opre.11.3.399`
    """

    prices: tuple[ChangesPrice, ...]
    protected: bool
    steps: tuple[Step, ...] = field(repr=False)
    unit: Unit = field(kw_only=True, compare=False, repr=False, metadata=UNWRITTEN)

    def to_dict(self) -> dict[str, Any]:
        """Return the lines as plain data."""
        return {"prices": [each.to_dict() for each in self.prices], "protected": self.protected}

    def __str__(self) -> str:
        """Return the lines."""
        lines = aligned(self._rows(), "  ", right=(1, 2))
        rest = more(len(self.prices), "prices")
        return "\n".join([self._headline, *lines, *([f"  {rest}"] if rest else [])])

    @property
    def _headline(self) -> str:
        basis = "" if self.protected else ", protected attributes left out"
        first = self.steps[0]
        waiting = first.precedence is not None and first.precedence.firsts is not None
        equals = " and ".join(
            ["as many pairs"] * (first.participation == "most")
            + ["as much for those who come before others"] * waiting
        )
        best = f"of matchings with {equals} none" if equals else "no matching"
        return f"The price of changes, for pairs that are not locked{basis}, {self._unit}; {best} with as few changes has more:"

    @property
    def _unit(self) -> str:
        return "in points" if self.unit.exact else "of 100 a pair"

    def _rows(self) -> list[list[str]]:
        best = self.prices[-1].points
        return [
            [
                counted(each.changes, "change"),
                self.unit.figure(each.points),
                self._beside(each.points, best),
            ]
            for each in self.prices[:SHOWN]
        ]

    def _beside(self, points: int, best: int) -> str:
        """Return how far some points are below the best ones: as a share, where there is anything to share."""
        if points == best:
            return "the best"
        return (
            f"{100 * (points - best) / best:+.2g} %" if best > 0 else self.unit.gap(points - best)
        )

    def _parts(self) -> Iterator[str | Rows]:
        yield self._headline
        yield Rows(("changes", self._unit, ""), self._rows())
        yield more(len(self.prices), "prices")


def price_list(outcome: Outcome) -> PriceList:
    """Return how many changes buy how many points in a rematch; see :meth:`rmatch.Matching.price_of_changes`."""
    if outcome.changes is None:
        problem = "this matching was not made from an earlier round"
        raise InvalidInputError(
            [Fault("price_of_changes", "", problem, "ask one of rmatch.rematch")]
        )
    refuse(unproved(outcome, "price_of_changes"))
    step = outcome.steps[0]
    if not wanted_cells(outcome.scores, outcome.changes.wanted):
        return listed_prices([step], outcome.unit)
    return listed_prices(_corners(Round(outcome.scores, outcome.seed), step), outcome.unit)


def listed_prices(steps: list[Step], unit: Unit) -> PriceList:
    """Return the list of some solved steps, which say all that is in it."""
    prices = tuple(ChangesPrice(_wanted(step) - _kept(step), step.points) for step in steps)
    return PriceList(prices, steps[0].protected, tuple(steps), unit=unit)


def _corners(this_round: Round, step: Step) -> list[Step]:
    """Return the steps of all corners, from the fewest changes to the most points.

    Between two corners the one that is farthest above the straight line between them is a corner, too, if there is any [1]_.

    References
    ----------
    .. [1] M. J. Eisner and D. G. Severance, "Mathematical techniques for efficient record segmentation in large shared
       databases", Journal of the ACM 23(4), 1976. :doi:`10.1145/321978.321982`
    """
    fewest, best = (_extreme(this_round, step, points_first=first) for first in (False, True))
    corners, todo = [fewest], [best]
    while todo:
        left, right = corners[-1], todo[-1]
        kept, points = _kept(left) - _kept(right), right.points - left.points
        if kept > 0 and points > 0:
            between = _at_price(this_round, step, points, kept)
            if _worth(between, points, kept) > _worth(left, points, kept):
                todo.append(between)
                continue
        if kept > 0:
            corners.append(right)
        todo.pop()
    return corners


def _extreme(this_round: Round, step: Step, *, points_first: bool) -> Step:
    """Return the step with earlier pairs before the points, or after them."""
    assert step.precedence is not None  # there are pairs to keep
    scores, cells = this_round.scores, [(row, column) for row, column in step.precedence.kept]
    asked = nobody(scores.shape), cells, step.places, scores.reach
    weights = Precedence.of(*asked, points_first=points_first)
    assert weights is not None
    return _at_price(this_round, step, weights.gain, weights.point)


def _at_price(this_round: Round, step: Step, gain: int, point: int) -> Step:
    """Solve a step at other weights, to its end: what was stopped says nothing about what changes cost."""
    found = this_round.at_price(step, gain, point)
    if not found.solution.proved:
        listen("prices")
    return found


def _worth(step: Step, gain: int, point: int) -> int:
    return gain * _kept(step) + point * step.points


def _wanted(step: Step) -> int:
    return 0 if step.precedence is None else len(step.precedence.kept)


def _kept(step: Step) -> int:
    """Return how many earlier pairs a step keeps."""
    solution, precedence = step.solution, step.precedence
    if precedence is None:
        return 0
    return int(np.count_nonzero(precedence.goes_on(solution.rows, solution.cols)))
