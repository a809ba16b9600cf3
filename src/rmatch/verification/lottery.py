"""Checking a lottery: the chances, what they add up to for everybody, and what is drawn from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.errors import VerificationError, is_whole
from rmatch.solve import Marginals, read_cap
from rmatch.utils.loops import heard
from rmatch.utils.sides import SIDES
from rmatch.verification.differences import differences
from rmatch.verification.sample import sample
from rmatch.verification.well_formed import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.people import Request
    from rmatch.rounds import Cell, Pair, PairChances
    from rmatch.verification.inputs import Inputs

LISTED = 1_000
"""Of lotteries with no more uncertain pairs all matchings that may be drawn are looked at."""


class _Sums(NamedTuple):
    """What everybody on a side expects, and how many partners they may have beside their locks."""

    side: str
    people: list[str]
    expected: NDArray[np.object_]
    most: NDArray[np.object_]
    fewest: NDArray[np.object_]


class LotteryCheck:
    """A lottery, held against people, programme and requests.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    claimed : PairChances
        What somebody says is a lottery.
    """

    def __init__(self, inputs: Inputs, claimed: PairChances) -> None:
        self.inputs: Inputs = inputs
        self.claimed: PairChances = claimed
        if wrong := list(self._malformed()):
            raise VerificationError(wrong)
        self.units: NDArray[np.int64] = claimed.marginals.units
        self.grid: int = claimed.marginals.grid
        points = inputs.matrix()
        # The same chances on one's own people, with nothing that was kept from an earlier question.
        self.anew: PairChances = replace(
            claimed,
            scores=inputs.scores,
            marginals=Marginals(points, 1, self.units, self.grid),
            locks=self._locks,
        )

    def checks(self, cap: object) -> dict[str, Iterator[str]]:
        """Return what is checked, by name, each with what does not hold."""
        found = {
            "points, locks and what is kept": chain(
                sample(self.inputs), differences(self.claimed, self.anew, "lottery")
            ),
            "rules": self._rules(),
            "places and minimums on average": self._places(),
        }
        if cap is not None:
            found["caps"] = self._caps(cap)
        if np.count_nonzero(self.units % self.grid) <= LISTED:
            found["places and minimums in every draw"] = self._draws()
        return found

    def drawn(self, pairs: tuple[Pair, ...], seed: int | str | None) -> Iterator[str]:
        """Check that some pairs are those that the chances and a seed give."""
        yield from differences(pairs, self.anew.draw(seed), "the draw")

    @property
    def _locks(self) -> dict[Cell, Request]:
        row, column = self.inputs.row, self.inputs.column
        asked = self.inputs.facts.requests.of_kind("lock")
        return {(row[lock.mentor], column[lock.mentee]): lock for lock in asked}

    def _malformed(self) -> Iterator[str]:
        marginals: Any = self.claimed.marginals
        if type(marginals) is not Marginals:
            yield "the chances are none"
            return
        if not is_whole(marginals.grid, 1, LARGEST):
            yield "the units of certainty are no whole number above 0"
            return
        units: Any = marginals.units
        shape = self.inputs.pairs.shape
        if not isinstance(units, np.ndarray) or units.dtype != np.int64 or units.shape != shape:
            yield "the chances are not one whole number of units for each pair"
        elif units.size and not 0 <= units.min() <= units.max() <= marginals.grid:
            yield "a chance is below 0, or more than certain"
        if not is_whole(self.claimed.best, -LARGEST, LARGEST):
            yield "the points of the best matching are no whole number"
        if type(self.claimed.seed) not in (int, str):
            yield "the seed is neither a whole number nor a text"

    def _rules(self) -> Iterator[str]:
        """Go through the pairs with a chance that may not be made, or are certain already."""
        possible = self.inputs.open.copy()
        for cell in self._locks:
            possible[cell] = False
        mentors, mentees = self.inputs.facts.sides
        for row, column in np.argwhere((self.units > 0) & ~possible).tolist():
            yield f"{mentors[row]!r} with {mentees[column]!r} has a chance and may not be made"

    def _places(self) -> Iterator[str]:
        """Go through people who expect more partners than they have places beside their locks, or fewer than they must."""
        for side, people, expected, most, fewest in self._of_sides(self.units):
            wrong = (expected > most * self.grid) | (expected < fewest * self.grid)
            for position in np.flatnonzero(wrong).tolist():
                partners = expected[position] / self.grid
                span = f"{fewest[position]} to {most[position]}"
                yield f"{side} {people[position]!r} expects {partners:.3g} partners beside locks, not {span}"

    def _of_sides(self, chances: NDArray[np.int64]) -> Iterator[_Sums]:
        """Return what chances add up to for everybody, side by side, as numbers of any size."""
        facts = self.inputs.facts
        capacities, minimums = facts.amounts("capacity"), facts.amounts("minimum")
        for axis, (side, people) in enumerate(zip(SIDES, self.inputs.facts.sides, strict=True)):
            held = Counter(cell[axis] for cell in self._locks)
            locked = np.array([held[position] for position in range(len(people))], np.int64)
            most, fewest = capacities[axis] - locked, np.maximum(minimums[axis] - locked, 0)
            expected = chances.astype(object).sum(axis=1 - axis)
            yield _Sums(side, people, expected, most.astype(object), fewest.astype(object))

    def _caps(self, cap: object) -> Iterator[str]:
        """Go through the pairs that are likelier than they may be."""
        limits, steps = read_cap(cap, self.inputs.pairs.shape, 1)
        mentors, mentees = self.inputs.facts.sides
        for row, column in np.argwhere(self.units > 0).tolist():
            if int(self.units[row, column]) * steps > int(limits[row, column]) * self.grid:
                yield f"{mentors[row]!r} with {mentees[column]!r} is likelier than its cap"

    def _draws(self) -> Iterator[str]:
        """Check that matchings which keep all places and minimums have these chances together."""
        together, weights = np.zeros(self.units.shape, object), 0
        for weight, cells in heard(self.anew.marginals.matchings(), "draws"):
            made = np.zeros(self.units.shape, np.int64)
            made[cells[:, 0], cells[:, 1]] = 1
            share = int(weight * self.grid)
            together, weights = together + made * share, weights + share
            for side, _, partners, most, fewest in self._of_sides(made):
                if (partners > most).any() or (partners < fewest).any():
                    yield f"a draw gives a {side} more or fewer partners than it may"
        if weights != self.grid or (together != self.units).any():
            yield "the draws do not have these chances"
