"""Proof that no matching is better, and its checker, which shares nothing with the solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from rmatch.solve.network import Whole

    Blocks = Iterable[tuple[int, NDArray[np.integer], NDArray[np.bool_] | None]]

SIDES = ("mentor", "mentee")
SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    r"""Prices that bound the points of any matching.

    With the prices :math:`u_i, v_j` and the bonus :math:`\lambda` for each pair, and :math:`u_i + v_j \ge p_{ij} +
    \lambda` for every allowed pair that is not used, the matchings of `K` pairs or more have at most

    .. math:: \sum_i \max(c_i u_i, l_i u_i) + \sum_j \max(d_j v_j, m_j v_j)
              + \sum_{ij} \max(0,\, p_{ij} + \lambda - u_i - v_j) - \lambda K

    points, the third sum over the used pairs. A price below 0 stands for the multiplier of a minimum. If the bound is
    reached and :math:`\lambda` exceeds what all the points together can differ by, there are no matchings of more pairs.

    Attributes
    ----------
    u, v : numpy.ndarray of int64
        Prices of the mentors and of the mentees.
    bonus : int
        What each pair counts beside its points; 0 where the number of pairs does not matter.
    """

    u: Whole
    v: Whole
    bonus: int

    def bound(
        self,
        pairs: tuple[Whole, Whole, Whole],
        capacities: tuple[Whole, Whole],
        minimums: tuple[Whole, Whole],
    ) -> int:
        """Return the most points of any matching with as many pairs as these, if no other pair exceeds its prices.

        Parameters
        ----------
        pairs : tuple of three numpy.ndarray of int64
            Row, column and points of each used pair.
        capacities, minimums : tuple of two numpy.ndarray of int64
            Most and fewest partners of each mentor and of each mentee.

        Returns
        -------
        int
            The bound.
        """
        rows, columns, points = pairs
        over = points + self.bonus - self.u[rows] - self.v[columns]
        places = sum(
            _total(np.where(price > 0, most, fewest), price)
            for price, most, fewest in zip((self.u, self.v), capacities, minimums, strict=True)
        )
        return places + _total(over > 0, over) - self.bonus * len(rows)


def failures(
    certificate: Certificate,
    pairs: tuple[Whole, Whole, Whole],
    capacities: tuple[Whole, Whole],
    minimums: tuple[Whole, Whole],
    blocks: Blocks,
    *,
    most_pairs: bool,
) -> Iterator[str]:
    """Go through everything that keeps a certificate from proving its matching optimal.

    Parameters
    ----------
    certificate : Certificate
        Prices and bonus.
    pairs : tuple of three numpy.ndarray of int64
        Row, column and points of each used pair.
    capacities, minimums : tuple of two numpy.ndarray of int64
        Most and fewest partners of each mentor and of each mentee.
    blocks : iterable of (int, ndarray, ndarray or None)
        All points, in blocks of whole rows: the first row, the points, and which pairs are allowed (all, if absent).
    most_pairs : bool
        Whether the matching claims to have as many pairs as possible.

    Yields
    ------
    str
        What does not hold.
    """
    rows, columns, points = pairs
    # More places than there are people with places on the other side cannot be filled.
    others = [int((side > 0).sum()) for side in capacities[::-1]]
    capacities = np.minimum(capacities[0], others[0]), np.minimum(capacities[1], others[1])
    total, pair_bound = int(points.sum()), int(min(side.sum() for side in capacities))
    yield from _count_failures(pairs, capacities, minimums)
    used = set(zip(rows.tolist(), columns.tolist(), strict=True))
    if len(used) != len(rows):
        yield "a pair is there twice"
    bound = certificate.bound(pairs, capacities, minimums)
    if bound != total:
        yield f"the prices allow for {bound:,} points, and the pairs have {total:,}"
    seen, lowest = 0, 0
    for first, block, allowed in blocks:
        seen += len(block)
        lowest = min(lowest, int(block.min(initial=0, where=True if allowed is None else allowed)))
        yield from _pair_failures(pairs, first, block, allowed)
        yield from _block_failures(certificate, used, first, block, allowed)
    if seen != len(certificate.u):
        yield f"{seen} of {len(certificate.u)} rows were looked at"
    if most_pairs and certificate.bonus <= total - pair_bound * lowest:
        yield "the bonus is too small to prove that there are no more pairs"


def _count_failures(
    pairs: tuple[Whole, Whole, Whole], capacities: tuple[Whole, Whole], minimums: tuple[Whole, Whole]
) -> Iterator[str]:
    for who, own, most, fewest in zip(SIDES, pairs, capacities, minimums, strict=False):
        partners = np.bincount(own, minlength=len(most))
        for person in np.flatnonzero((partners > most) | (partners < fewest))[:SHOWN].tolist():
            yield f"{who} {person} has {partners[person]} partners, not {fewest[person]} to {most[person]}"


def _pair_failures(
    pairs: tuple[Whole, Whole, Whole], first: int, block: NDArray[np.integer], allowed: NDArray[np.bool_] | None
) -> Iterator[str]:
    mine = (pairs[0] >= first) & (pairs[0] < first + len(block))
    for i, j, points in zip(*(field[mine].tolist() for field in pairs), strict=True):
        if block[i - first, j] != points:
            yield f"mentor {i} with mentee {j} is said to have {points} points and has {block[i - first, j]}"
        if allowed is not None and not allowed[i - first, j]:
            yield f"mentor {i} may not meet mentee {j}"


def _block_failures(
    certificate: Certificate,
    used: set[tuple[int, int]],
    first: int,
    block: NDArray[np.integer],
    allowed: NDArray[np.bool_] | None,
) -> Iterator[str]:
    # Rows in a loop: a row's temporary numbers stay in the nearest memory.
    for i, points in enumerate(block, first):
        over = points > (certificate.u[i] - certificate.bonus) + certificate.v
        if allowed is not None:
            over &= allowed[i - first]
        if over.any():
            for j in np.flatnonzero(over).tolist():
                if (i, j) not in used:
                    yield f"mentor {i} with mentee {j} is worth more than their prices"


def _total(counts: NDArray[np.integer] | NDArray[np.bool_], prices: Whole) -> int:
    """Return the sum of products, in halves that int64 holds."""
    low, high = prices & 0xFFFFFFFF, prices >> 32
    return int((counts * low).sum()) + (int((counts * high).sum()) << 32)
