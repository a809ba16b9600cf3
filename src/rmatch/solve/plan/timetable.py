"""In which round each pair of a plan meets: an equitable edge colouring, those who have waited first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import RmatchError
from rmatch.solve.network.network import Whole
from rmatch.utils.aside import LONG, aside
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TIES = 2**10
"""Ties count modulo this: between equally long waits alone, and as sums that a linear programme tells apart."""


class Waits(NamedTuple):
    """For how many rounds each mentor and each mentee has waited."""

    mentors: Whole
    mentees: Whole

    def after(self, rows: Whole, columns: Whole) -> Waits:
        """Return the same after one round more, in which some people met."""
        mentors, mentees = self.mentors + 1, self.mentees + 1
        mentors[rows], mentees[columns] = 0, 0
        return Waits(mentors, mentees)


@dataclass(frozen=True, slots=True, eq=False)
class RoundPrices(Value):
    """What proves that no other pairs for a round serve those who have waited better.

    Attributes
    ----------
    u, v : numpy.ndarray of int64
        A price of each mentor and of each mentee.
    each : int
        A price of every pair.
    """

    u: Whole
    v: Whole
    each: int


@dataclass(frozen=True, slots=True, eq=False)
class Timetable(Value):
    """In which round each pair meets.

    Attributes
    ----------
    rounds : numpy.ndarray of int64
        The round of each pair, from 0.
    prices : tuple of RoundPrices
        One for each round.
    """

    rounds: Whole
    prices: tuple[RoundPrices, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Share(Value):
    r"""What a round may take of the pairs that are left for it and for later rounds.

    It takes its share of everybody's partners, and of all pairs, rounded down or up: with :math:`n` partners left for
    :math:`k` rounds, :math:`\lfloor n/k \rfloor` or :math:`\lceil n/k \rceil`. To take :math:`1/k` of each pair obeys all
    these bounds, and their matrix is totally unimodular, so whole pairs obey them, too [1]_.

    Attributes
    ----------
    rows, columns : numpy.ndarray of int64
        Mentor and mentee of each pair that is left.
    worth : numpy.ndarray of int64
        What each pair is worth in this round: first how long those have waited who are served by it, and then its tie.
    left : int
        How many rounds are left.
    shape : tuple of int
        The numbers of mentors and of mentees.

    References
    ----------
    .. [1] D. de Werra, "Equitable colorations of graphs", Revue française d'informatique et de recherche opérationnelle
       5(R3), 1971. :doi:`10.1051/m2an/197105R300031`
    """

    rows: Whole
    columns: Whole
    worth: Whole
    left: int
    shape: tuple[int, int]

    @property
    def bounds(self) -> tuple[tuple[Whole, Whole], ...]:
        """Fewest and most pairs: of each mentor, of each mentee, and of all together."""
        sizes = (
            np.bincount(self.rows, minlength=self.shape[0]),
            np.bincount(self.columns, minlength=self.shape[1]),
            np.array([len(self.rows)]),
        )
        return tuple((size // self.left, -(-size // self.left)) for size in sizes)

    def bound(self, prices: RoundPrices) -> int:
        """Return what no pairs that this round may take are worth more than, whatever the prices are."""
        each = np.array([prices.each])
        over = self.worth - prices.u[self.rows] - prices.v[self.columns] - prices.each
        priced = zip((prices.u, prices.v, each), self.bounds, strict=True)
        kept = sum(
            int((price * np.where(price > 0, most, fewest)).sum())
            for price, (fewest, most) in priced
        )
        return kept + int(np.maximum(over, 0).sum())

    def breaks(self, taken: NDArray[np.bool_]) -> bool:
        """Tell whether some of the pairs are more or fewer than the share."""
        sizes = (
            np.bincount(self.rows[taken], minlength=self.shape[0]),
            np.bincount(self.columns[taken], minlength=self.shape[1]),
            np.array([taken.sum()]),
        )
        kept = zip(sizes, self.bounds, strict=True)
        return any(((size < fewest) | (size > most)).any() for size, (fewest, most) in kept)

    def best(self) -> tuple[NDArray[np.bool_], RoundPrices]:
        """Return the pairs that are worth most, and the prices that prove it."""
        if not len(self.rows):
            u, v = (np.zeros(size, np.int64) for size in self.shape)
            return np.zeros(0, bool), RoundPrices(u, v, 0)
        fewest, most = map(np.concatenate, zip(*self.bounds, strict=True))
        answer = aside("rounds", LONG, partial(_solved, self._matrix, self.worth, fewest, most))
        taken = answer.x > 0.5
        price = -np.rint(answer.ineqlin.marginals).astype(np.int64)
        above, below = np.split(price, 2)
        u, v, each = np.split(above - below, np.cumsum(self.shape))
        prices = RoundPrices(u, v, int(each[0]))
        if self.breaks(taken) or self.bound(prices) != int(self.worth[taken].sum()):
            message = "the rounds of a plan are not whole, or not proved: please report it"
            raise RmatchError(message)
        return taken, prices

    @property
    def _matrix(self) -> csr_array:
        from scipy.sparse import csr_array

        pairs = np.arange(len(self.rows))
        mentors, mentees = self.shape
        rows = [self.rows, mentors + self.columns, np.full(len(pairs), mentors + mentees)]
        ones = np.ones(3 * len(pairs))
        shape = mentors + mentees + 1, len(pairs)
        return csr_array((ones, (np.concatenate(rows), np.tile(pairs, 3))), shape=shape)


def into_rounds(rows: Whole, columns: Whole, rounds: int, waits: Waits, ties: Whole) -> Timetable:
    """Return in which round each pair meets, so that everything is spread evenly and whoever has waited comes first.

    Everybody's partners, and all pairs, are as many in each round as in any other, or one more. Of all ways to do so the
    first round serves people who have waited longest, as the sum of the rounds that they have waited; then the second, for
    those who wait then; and so on.

    Parameters
    ----------
    rows, columns : numpy.ndarray of int64
        Mentor and mentee of each pair, each pair once.
    rounds : int
        The number of rounds.
    waits : Waits
        For how long everybody has waited before the first.
    ties : numpy.ndarray of int64
        What decides between equals, a number for each pair.

    Returns
    -------
    Timetable
        The rounds, with what proves them.

    Examples
    --------
    >>> one = np.array([0, 0, 1])
    >>> found = into_rounds(one, np.array([0, 1, 0]), 2, Waits(np.array([0, 3]), one[:2]), one)
    >>> found.rounds.tolist()
    [1, 0, 0]
    """
    found, prices = np.full(len(rows), -1), []
    for number, left, share in shares_of(rows, columns, rounds, waits, ties, found):
        taken, proof = share.best()
        found[left[taken]] = number
        prices.append(proof)
    return Timetable(found, tuple(prices))


def shares_of(
    rows: Whole, columns: Whole, rounds: int, waits: Waits, ties: Whole, found: Whole
) -> Iterator[tuple[int, Whole, Share]]:
    """Go through the rounds, each with the pairs that are left and what it may take of them.

    Parameters
    ----------
    rows, columns, rounds, waits, ties : object
        As for :func:`into_rounds`.
    found : numpy.ndarray of int64
        The round of each pair: read for one round after the other, so that it may be filled in meanwhile.

    Yields
    ------
    tuple of int, numpy.ndarray of int64 and Share
        The round, the positions of the pairs that are left, and their share.
    """
    left = np.arange(len(rows))
    for number in range(rounds):
        here = rows[left], columns[left]
        shape = len(waits.mentors), len(waits.mentees)
        worth = np.zeros(len(left), np.int64)
        share = Share(*here, worth, rounds - number, shape)
        worth += _worth(share, waits, ties[left] % TIES)
        yield number, left, share
        taken = found[left] == number
        waits = waits.after(here[0][taken], here[1][taken])
        left = left[~taken]


def _worth(share: Share, waits: Waits, ties: Whole) -> Whole:
    """Return what each pair is worth: nobody gains by a first partner in a round who has one in any case."""
    (mentors, _), (mentees, _), (_, most) = share.bounds
    of_mentors = np.where(mentors > 0, 0, waits.mentors)[share.rows]
    of_mentees = np.where(mentees > 0, 0, waits.mentees)[share.columns]
    return (of_mentors + of_mentees) * (TIES * int(most[0])) + ties


def _solved(matrix: csr_array, worth: Whole, fewest: Whole, most: Whole) -> Any:
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    return linprog(
        -worth.astype(np.float64),
        A_ub=vstack([matrix, -matrix], format="csr"),
        b_ub=np.concatenate([most, -fewest]).astype(np.float64),
        bounds=(0, 1),
        method="highs-ds",
    )
