"""The chances of a lottery over people: everybody's places first, then who meets whom."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.lotteries.parity import balance_of, by_protected, difference_faults
from rmatch.objectives import EXPECTED, compatibility_of, refused_by_lot
from rmatch.scoring import side_points
from rmatch.solve import (
    LARGEST_LOTTERY,
    CappedProblem,
    ExpectedGains,
    best_chances,
    read_cap,
    read_spread,
    scaled,
    size_fault,
    steps_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from rmatch.lotteries.parity import Alike, Parity
    from rmatch.rounds import Round
    from rmatch.scoring import Scores
    from rmatch.solve import Balance, Number


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a lottery has to keep to, checked.

    Attributes
    ----------
    limits : numpy.ndarray of int64
        The most units of each pair, mentors × mentees.
    steps : int
        The units of certainty.
    spread : Fraction, optional
        How fast a pair's points fall with its chance.
    parity : tuple of Parity
        Groups that may expect about the same.
    alike : tuple of tuple of str, str and number
        People between whom the total variation is bounded.
    """

    limits: NDArray[np.int64]
    steps: int
    spread: Fraction | None
    parity: tuple[Parity, ...]
    alike: tuple[Alike, ...]

    @classmethod
    def read(
        cls,
        scores: Scores,
        cap: object,
        spread: Number | None,
        parity: Sequence[Parity],
        alike: Sequence[Alike],
        grid: int | None,
    ) -> Asked:
        """Return what the arguments of :func:`rmatch.lottery` ask for, or one error with all that is wrong."""
        differs = any(
            not isinstance(each, list | tuple) or len(each) > 0 for each in (parity, alike)
        )
        faults = [
            *difference_faults(scores, parity, alike),
            *_faults(scores, differs=differs, spread=spread),
        ]
        bend = limits = None
        with _collected(faults):
            bend = None if spread is None else read_spread(spread)
        floating = differs or compatibility_of(scores.programme.objective).gains_by_lot
        with _collected(faults):
            limits, steps = read_cap(cap, scores.shape, steps_of(grid, bend, floating=floating))
        if faults or limits is None:
            raise InvalidInputError(faults)
        return cls(limits, steps, bend, tuple(parity), tuple(alike))

    def balance(self, task: Round, *between: str) -> Balance | None:
        """Return the differences to be kept small while that is decided."""
        parity = [each for each in self.parity if each.between in between]
        if not (parity or self.alike):
            return None
        return balance_of(task.scores, parity, self.alike, task.locks)


def gains_of(task: Round, *, protected: bool) -> ExpectedGains | None:
    """Return what everybody gains if that is what is compared, their locked pairs included."""
    if not compatibility_of(task.scores.programme.objective).gains_by_lot:
        return None
    sides = side_points(task.scores, protected=protected)
    locked = np.zeros(task.scores.shape, np.int64)
    locked[tuple(np.array(list(task.locks), np.intp).reshape(-1, 2).T)] = 1
    return ExpectedGains(*sides, ((sides[0] * locked).sum(1), (sides[1] * locked).sum(0)))


def chances_of(task: Round, asked: Asked) -> tuple[NDArray[np.int64], int]:
    """Return the chances of all pairs in units, and the units of certainty.

    Where protected attributes count, everybody's expected number of partners is decided without them first.

    Parameters
    ----------
    task : Round
        The people and their points.
    asked : Asked
        What to keep to.

    Returns
    -------
    units : numpy.ndarray of int64
        Chances, mentors × mentees; 0 for the locked pairs.
    grid : int
        The units of certainty.
    """
    scores, limits, steps, spread = task.scores, asked.limits, asked.steps, asked.spread
    counts = any(factor.protected for factor in scores.factors) or by_protected(
        scores, asked.parity
    )
    once = scores.programme.places == "with_protected" or not counts
    first = task.problem(protected=once)
    names = scores.mentors, scores.mentees
    balance = asked.balance(task, "places", *(["points"] if once else []))
    capped, gains = scaled(first, limits, steps), gains_of(task, protected=once)
    chances, grid = best_chances(
        capped,
        steps,
        first,
        spread=spread,
        gains=gains,
        balance=balance,
        ties=task.ties,
        names=names,
    )
    if once:
        return chances, grid
    out, into = chances.sum(1), chances.sum(0)
    pairing = task.problem(protected=True)
    common = gcd(grid, steps)
    open_limits = np.where(pairing.allowed, limits // (steps // common) * (grid // common), 0)
    capped = CappedProblem(
        pairing.points.astype(np.int64), open_limits, (out, out), (into, into), "best"
    )
    # The chances of the places are on the grid, which may be some steps off what the differences allow.
    balance = asked.balance(task, "points")
    balance = None if balance is None else balance.wider(4 / steps)
    gains = gains_of(task, protected=True)
    return best_chances(
        capped,
        grid,
        pairing,
        spread=spread,
        gains=gains,
        balance=balance,
        ties=task.ties,
        names=names,
    )


@contextmanager
def _collected(faults: list[Fault]) -> Iterator[None]:
    """Add the faults of what is read to those that are known."""
    try:
        yield
    except InvalidInputError as error:
        faults += error.faults


def _faults(scores: Scores, *, differs: bool, spread: object) -> Iterator[Fault]:
    objective, (rows, columns) = scores.programme.objective, scores.shape
    refused = refused_by_lot(objective)
    if "lottery" in refused:
        problem = f"{objective.kind!r} is not for lotteries: {refused['lottery']}"
        remedy = "take 'total' or leximin over people, or use rmatch.match"
        yield Fault("lottery", "objective", problem, remedy)
    if scores.programme.quotas:
        yield Fault("lottery", "quotas", EXPECTED, "leave them out, or use rmatch.match")
    if "spread" in refused and spread is not None:
        yield Fault(
            "lottery",
            "spread",
            f"does not go with {objective.kind!r}: {refused['spread']}",
            "leave it out",
        )
    if differs and spread is not None:
        yield Fault(
            "lottery", "spread", "cannot go with `parity` or `alike`", "leave out one of them"
        )
    if rows * columns > LARGEST_LOTTERY:
        problem = f"{rows:,} × {columns:,} possible pairs are too many for a lottery"
        yield Fault(
            "lottery",
            "people",
            problem,
            f"at most {LARGEST_LOTTERY:,}: draw within parts of the organisation",
        )
    elif compatibility_of(objective).gains_by_lot and (fault := size_fault(scores.shape)):
        yield replace(fault, where="lottery", field="people")
