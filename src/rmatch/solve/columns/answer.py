"""What column generation answers, and what an answer tells a run about a similar problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.network.network import Whole
from rmatch.utils.values import Value

PHASES = ("start", "master", "passes", "ties")
"""What a run does, one after the other, with the second and the third in turns."""


@dataclass(eq=False)
class Answer(Value):
    """The best matching so far and what bounds all others.

    Attributes
    ----------
    pairs : tuple of three numpy.ndarray of int64
        Row, column and points of each pair, sorted.
    certificate : Certificate
        Prices that bound all matchings.
    bound : int
        What no matching with as many pairs as these or more can exceed.
    missed : tuple of two numpy.ndarray of int64
        Rows and columns below their minimum, which no matching avoids once everything is proved.
    firsts : int
        What the first partners are worth together, which is part of the total.
    passes : float
        How often all pairs were looked at.
    arcs : int
        How many pairs were candidates.
    proved : bool
        Whether no pair exceeds its prices, so that nothing is better.
    decided : bool
        Whether ties were decided.
    seconds : dict of str to float
        Where the time went, by phase; no part of what is compared.
    """

    pairs: tuple[Whole, Whole, Whole]
    certificate: Certificate
    bound: int
    missed: tuple[Whole, Whole]
    firsts: int = 0
    passes: float = 0.0
    arcs: int = 0
    proved: bool = False
    decided: bool = False
    seconds: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(PHASES, 0.0), compare=False
    )

    @property
    def total(self) -> int:
        """The points of all pairs, and what first partners are worth."""
        return int(self.pairs[2].sum()) + self.firsts


class Warm(NamedTuple):
    """What is known beforehand from a problem much the same.

    Attributes
    ----------
    prices : tuple of two numpy.ndarray of int64
        Prices of rows and columns, in points.
    rows, columns : numpy.ndarray of int64
        A matching, whose pairs are candidates too.
    near : bool
        Whether nearly all of it is likely to hold.
    """

    prices: tuple[Whole, Whole]
    rows: Whole
    columns: Whole
    near: bool = False

    @classmethod
    def of(cls, answer: Answer) -> Warm:
        """Return the prices and the pairs of an answer."""
        proof = answer.certificate
        u = _in_points(proof.u, proof.bonus)
        v = _in_points(proof.v, proof.bonus)
        rows, columns, _ = answer.pairs
        return cls((u, v), rows, columns)

    @property
    def pairs(self) -> tuple[Whole, Whole]:
        """Row and column of each pair of the matching."""
        return self.rows, self.columns

    def times(self, point: int) -> Warm:
        """Return the same where each point counts so many."""
        u, v = self.prices
        return self._replace(prices=(point * u, point * v))

    def within(self, allowed: NDArray[np.bool_], places: tuple[Whole, Whole]) -> Warm:
        """Return the same without pairs that are not allowed, and without all of those who have no places for theirs."""
        rows, columns = self.rows[allowed], self.columns[allowed]
        room = np.ones(len(rows), bool)
        for people, most in zip((rows, columns), places, strict=True):
            room &= np.bincount(people, minlength=len(most))[people] <= most[people]
        return self._replace(rows=rows[room], columns=columns[room])

    def among(self, rows: Whole, columns: Whole) -> Warm:
        """Return the same for some of the people."""
        u, v = self.prices
        mine = _positions(rows, len(u))[self.rows]
        theirs = _positions(columns, len(v))[self.columns]
        # A pair stays only with both of its people.
        both = (mine >= 0) & (theirs >= 0)
        return self._replace(
            prices=(u[rows], v[columns]),
            rows=mine[both],
            columns=theirs[both],
        )


def _positions(chosen: Whole, size: int) -> Whole:
    """Return the position of each of so many people among the chosen ones, or -1."""
    positions = np.full(size, -1)
    positions[chosen] = np.arange(len(chosen))
    return positions


def _in_points(prices: Whole, bonus: int) -> Whole:
    """Take the bonus of a pair off, as often as a price holds it: points alone are far less."""
    if not bonus:
        return prices
    held = (prices + bonus // 2) // bonus
    return prices - bonus * held
