"""Max-min: how good the worst pair can be."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nextafter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import StopError
from rmatch.solve.fair.lookups import BLOCK
from rmatch.solve.feasibility import most_pairs, shortage
from rmatch.solve.network.greedy import at_once
from rmatch.solve.network.network import CutError, Network, Numbers, Whole
from rmatch.solve.network.residual import Residual
from rmatch.utils.aside import aside
from rmatch.utils.loops import strips
from rmatch.utils.stopping import listen

if TYPE_CHECKING:
    from rmatch.solve.feasibility import Names
    from rmatch.solve.network.residual import Mask, Reached
    from rmatch.solve.problem import Problem


class Bottleneck(NamedTuple):
    """How good the worst pair can be, and why not better.

    Attributes
    ----------
    value : int or float
        The most points that the worst pair can have; only a run that was stopped leaves open whether it has them.
    rows, columns : numpy.ndarray of bool
        A part of the network that shows it: these rows supply more than these columns demand and than all arcs out of
        the part carry, if pairs with `value` points or fewer are left out. The last of each is the dummy.
    """

    value: float
    rows: NDArray[np.bool_]
    columns: NDArray[np.bool_]


def bottleneck(network: Network, points: Numbers, start: float | None = None) -> Bottleneck | None:
    r"""Return the largest :math:`t` for which some flow uses no real arc with fewer than :math:`t` points.

    Arcs below some :math:`t` are closed, at first below what those who cannot be left out have at best, and units are
    sent over the others. Where they find no way, the part of the network that they reach is the proof that the answer
    is not above the best closed arc out of it; where all of them do, it is not below the worst arc in use. The next
    :math:`t` is the nearest of the points in between, then the second nearest, the fourth and so on, but no further than
    to their median. This is the threshold method [1]_ from both sides, by repair of one flow.

    Parameters
    ----------
    network : Network
        Arcs, supplies and demands; its own points do not matter. The last row and the last column are the dummies.
    points : numpy.ndarray
        The points of the real arcs.
    start : int or float, optional
        What is tried first: without it the least that any of those has at best who must have a pair.

    Returns
    -------
    Bottleneck or None
        The value with its proof; None if the flow has no pair.

    Raises
    ------
    CutError
        If no flow meets every supply and demand.
    StopError
        If the run was stopped; a :class:`ThresholdResidual` of one's own knows how far it has come.

    References
    ----------
    .. [1] R. S. Garfinkel, "An improved algorithm for the bottleneck assignment problem", Operations Research 19(7),
       1971. :doi:`10.1287/opre.19.7.1747`

    Examples
    --------
    >>> from rmatch.solve.network.network import Network
    >>> points = np.array([[9, 5], [6, 3]])
    >>> one = np.array([1, 1, 0])
    >>> network = Network(np.zeros((3, 3)), np.ones((3, 3), int), one, one)
    >>> bottleneck(network, points).value
    5
    """
    return ThresholdResidual(network, points).bottleneck(start)


def worst_pair(problem: Problem, names: Names | None) -> ThresholdResidual:
    """Search for how good the worst of as many pairs as possible can be.

    Parameters
    ----------
    problem : Problem
        Points, capacities, minimums.
    names : tuple of two sequences, optional
        What an error calls the people.

    Returns
    -------
    ThresholdResidual
        The search; it is not done if the run was stopped when there were pairs.

    Raises
    ------
    InfeasibleError
        If the minimums are out of reach.
    StopError
        If the run was stopped before that.
    """
    search = None
    try:
        # The points of its network do not matter, and none take less room than these.
        any_points: Any = problem.allowed
        network = replace(problem, points=any_points).network(most_pairs(problem))
        search = ThresholdResidual(network, problem.points)
        search.bottleneck()
    except CutError as cut:
        raise shortage(problem, cut, names) from None
    except StopError:
        if search is None or not search.met:
            raise
    return search


def _above(value: float) -> float:
    return value + 1 if isinstance(value, int) else nextafter(value, inf)


def _nth(points: Numbers, position: int) -> float:
    """Return the points that would stand at a position if all were sorted."""
    found = aside("threshold", points.size, lambda: np.partition(points, position)[position])
    nth: float = found.item()
    return nth


def _at_a_glance(network: Network, points: Numbers) -> Bottleneck | None:
    """Return what the worst of those who must have a pair has at best, more than which the worst pair cannot have.

    It is None if nobody must have one.
    """
    best_of_rows, best_of_columns = _best_of_each(network, points)
    found = None
    for best, turned in ((best_of_rows, False), (best_of_columns, True)):
        side = network.transposed if turned else network
        spare = np.minimum(side.capacity[:-1, -1], side.demand[-1])
        # Whoever has more units than dummies can take must have a pair.
        must = np.flatnonzero(side.supply[:-1] > spare)
        if must.size and (found is None or best[must].min() < found.value):
            who = must[best[must].argmin()]
            alone, dummy = np.zeros(len(side.supply), bool), np.zeros(len(side.demand), bool)
            alone[who] = True
            # Where the dummy takes less than the arc to it carries, it is part of the proof.
            dummy[-1] = side.demand[-1] < side.capacity[who, -1]
            part = (~dummy, ~alone) if turned else (alone, dummy)
            found = Bottleneck(best[who].item(), *part)
    return found


def _best_of_each(network: Network, points: Numbers) -> tuple[Numbers, Numbers]:
    """Return what the best pair of each row and of each column has; the fewest points of all if there is none."""
    lowest = points.min(initial=0)
    of_rows, of_columns = (np.full(people, lowest) for people in points.shape)
    for rows in strips(points.shape, "threshold", BLOCK):
        best = np.where(network.capacity[rows, :-1] > 0, points[rows], lowest)
        of_rows[rows] = best.max(1, initial=lowest)
        np.maximum(of_columns, best.max(0, initial=lowest), out=of_columns)
    return of_rows, of_columns


class ThresholdResidual(Residual):
    """A residual network on which new pairs have at least so many points, with nothing sent as yet.

    Attributes
    ----------
    pairs : tuple of two numpy.ndarray of int64
        Row and column of each pair of the best flow so far.
    met : bool
        Whether there is one yet.
    shown : Bottleneck, optional
        What the worst pair has at most, as far as that is proved; None if there are no pairs.
    done : bool
        Whether it has as much.
    """

    def __init__(self, network: Network, points: Numbers) -> None:
        super().__init__(network, np.zeros(network.capacity.shape, np.int64))
        listen("threshold")
        self.points = points
        self.better: NDArray[np.bool_] = np.ones(network.capacity.shape, bool)
        self.lacking: tuple[Whole, Whole] = network.supply.copy(), network.demand.copy()
        self.pairs: tuple[Whole, Whole] = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.met = self.done = False
        self.shown: Bottleneck | None = None

    def bottleneck(self, start: float | None = None) -> Bottleneck | None:
        """Return how good the worst pair can be; see :func:`bottleneck`."""
        points, step = self.points, 1
        if start is None:
            self.shown = _at_a_glance(self.network, points)
            start = points.min(initial=0).item() if self.shown is None else self.shown.value
        least, value, between = start, -inf, None
        while self.shown is None or between is None or between.size:
            reached = self.sent(least)
            if reached is None:
                rows, columns = self._made()
                self.pairs, self.met = (rows, columns), True
                listen("threshold")
                if not rows.size:
                    self.shown, self.done = None, True
                    return None
                value = points[rows, columns].min().item()
                if self.shown is not None and value == self.shown.value:
                    break
            else:
                self.shown = Bottleneck(self.best_beyond(*reached), *reached)
            # What may still be the answer, beside `value`: points above what was reached, and not above what a failure leaves.
            between = self._between(points if between is None else between, value, reached)
            listen("threshold")
            further = min(step - 1, len(between) // 2)
            position = further if reached is None else len(between) - 1 - further
            least = _nth(between, position) if between.size else _above(value)
            step *= 2
        self.shown, self.done = self.shown._replace(value=value), True
        return self.shown

    def _made(self) -> tuple[Whole, Whole]:
        """Return row and column of each pair."""
        columns, rows = np.divmod(np.flatnonzero(self.back), len(self.flow))
        last_row, last_column = (size - 1 for size in self.flow.shape)
        real = np.flatnonzero((rows < last_row) & (columns < last_column))
        real = real[np.argsort(rows[real], kind="stable")]
        return rows[real], columns[real]

    def _between(self, some: Numbers, value: float, reached: Reached | None) -> Numbers:
        """Return those of some points that are above a value just reached, or no better than what a failure leaves."""
        inside = some > value if self.shown is None or reached is None else some <= self.shown.value
        if some is self.points:
            inside &= self.network.capacity[:-1, :-1] > 0
        return aside("threshold", some.size, lambda: some[inside])

    def sent(self, least: float) -> Reached | None:
        """Send what is lacking and what is worse than that over arcs that are not; return what is reached if that fails."""
        better = self.better[:-1, :-1]
        np.greater_equal(self.points, least, out=better)
        rows, columns = self._made()
        worse = ~better[rows, columns]
        rows, columns = rows[worse], columns[worse]
        for units, cleared in zip(self.lacking, self.clear(rows, columns), strict=True):
            np.add(units, cleared, out=units)
        listen("threshold")
        self.ahead[rows, columns] = True
        self._sent_at_once()
        return self.reroute(*self.lacking)

    def _sent_at_once(self) -> None:
        """Send what needs no detour: often nearly all."""
        excess, deficit = self.lacking
        rows = np.flatnonzero(excess)
        places, columns = at_once(self.arcs_ahead(rows), excess[rows], deficit, "threshold")
        rows = rows[places]
        self.send(rows, columns)
        for lacking, sent in zip(self.lacking, (rows, columns), strict=True):
            np.subtract.at(lacking, sent, 1)

    def best_beyond(self, rows: Mask, columns: Mask) -> float:
        """Return the points of the best arc out of a part of the network; if there is none, it shows that nothing helps."""
        beyond = np.ix_(rows[:-1], ~columns[:-1])
        open_points = self.points[beyond][self.ahead[beyond]]
        if not open_points.size:
            raise CutError(rows, columns)
        best: float = open_points.max().item()
        return best
