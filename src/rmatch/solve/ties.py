"""Ties: which of the optimal answers is the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from rmatch.solve.network.network import Whole
from rmatch.utils.stopping import AT_ONCE

TIES = 2**32

Ties = Callable[[Whole, Whole], Whole]
Digests = tuple[NDArray[np.uint64], NDArray[np.uint64]]


def tie_hash(
    seed: int | str, mentor_ids: Iterable[object], mentee_ids: Iterable[object]
) -> NDArray[np.uint64]:
    r"""Return a number for every pair, drawn by the seed and the two ids alone.

    Each id is digested by BLAKE2b under the seed and its role; the two digests of a pair are added and scrambled by
    the finaliser of SplitMix64. The same on every machine, in any order of the ids.

    A matching whose pairs have independent uniform weights from :math:`1 \ldots R` is the only heaviest one, of any
    family of matchings over :math:`t` pairs, with probability at least :math:`1 - t / R` [1]_. Here :math:`R` is the
    smallest power of two above 1,000 × all pairs, and at most :math:`2^{32}`: no larger than it must be, so that
    points and ties fit into one number where the points are small.

    Parameters
    ----------
    seed : int or str
        What the draw depends on: the name of the round, say. ``7`` and ``"7"`` are the same seed.
    mentor_ids, mentee_ids : iterable
        Ids of the rows and of the columns; their ``str`` counts.

    Returns
    -------
    numpy.ndarray of uint64
        Values from 1 to :math:`R`, shape (mentors, mentees).

    References
    ----------
    .. [1] K. Mulmuley, U. V. Vazirani and V. V. Vazirani, "Matching is as easy as matrix inversion", Combinatorica 7,
       1987. :doi:`10.1007/BF02579206`

    Examples
    --------
    >>> tie_hash("spring", ["ana", "bo"], ["cy"]).tolist()
    [[1464], [1974]]
    """
    rows, columns = _digests(seed, b"mentor", mentor_ids), _digests(seed, b"mentee", mentee_ids)
    found, bits = np.empty((rows.size, columns.size), np.uint64), _bits(rows.size * columns.size)
    height = max(AT_ONCE // max(columns.size, 1), 1)
    for first in range(0, rows.size, height):
        some = slice(first, first + height)
        found[some] = _mixed(np.add.outer(rows[some], columns), bits)
    return found


class TieHash:
    """The numbers of `tie_hash` for single pairs.

    Parameters
    ----------
    seed : int or str
        What the draw depends on.
    mentor_ids, mentee_ids : iterable
        Ids of the rows and of the columns.

    Examples
    --------
    >>> TieHash("spring", ["ana", "bo"], ["cy"])(np.array([1]), np.array([0])).tolist()
    [1974]
    """

    def __init__(
        self, seed: int | str, mentor_ids: Iterable[object], mentee_ids: Iterable[object]
    ) -> None:
        mentors, mentees = tuple(mentor_ids), tuple(mentee_ids)
        self.bits: int = _bits(len(mentors) * len(mentees))
        self._made: Callable[[], Digests] = lambda: (
            _digests(seed, b"mentor", mentors),
            _digests(seed, b"mentee", mentees),
        )

    @cached_property
    def digests(self) -> Digests:
        """The digests of the rows and of the columns, made where there are ties to decide, and not before."""
        return self._made()

    def __call__(self, rows: Whole, columns: Whole) -> Whole:
        """Return the numbers of the pairs of some rows with some columns, one by one."""
        return _mixed(self.digests[0][rows] + self.digests[1][columns], self.bits).astype(np.int64)

    @property
    def order(self) -> tuple[Whole, Whole]:
        """The rows and the columns in an order that depends on nothing but the seed and the ids."""
        rows, columns = (np.argsort(own, kind="stable") for own in self.digests)
        return rows, columns

    def among(self, rows: Whole, columns: Whole) -> TieHash:
        """Return the same numbers for some of the rows and columns."""
        some = TieHash(0, (), ())
        some.bits = self.bits
        some._made = lambda: (self.digests[0][rows], self.digests[1][columns])
        return some


def _bits(pairs: int) -> int:
    # A thousand times as many numbers as pairs: two best matchings tie in less than one draw in a thousand.
    return min(32, (1000 * pairs).bit_length())


def _mixed(mixed: NDArray[np.uint64], bits: int) -> NDArray[np.uint64]:
    """Scramble sums of digests in place, and keep the leading bits, from 1 on."""
    # Each step can be undone, so that different sums stay different until the last bits are dropped.
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed >>= np.uint64(64 - bits)
    mixed += np.uint64(1)
    return mixed


def _digests(seed: int | str, role: bytes, ids: Iterable[object]) -> NDArray[np.uint64]:
    key = blake2b(_bytes(seed)).digest()
    digests = [blake2b(_bytes(i), digest_size=8, key=key, person=role).digest() for i in ids]
    # Little-endian on every machine: the same numbers everywhere.
    return np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)


def _bytes(written: object) -> bytes:
    """Return what is hashed of an id or a seed; a lone surrogate, as file systems have them, is no error."""
    return str(written).encode("utf-8", "surrogatepass")
