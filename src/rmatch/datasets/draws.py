"""Random draws that stay the same for ever, and sets of labels made of them without a loop over people.

Everything comes from the raw 64-bit stream of PCG64 seeded by SeedSequence, the two things that numpy promises not to
change; the distributions of ``numpy.random.Generator`` (``choice``, ``normal``, even ``random``) carry no such promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.utils.labels import Labels, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Members(NamedTuple):
    """Who is in which set: ``row * len(words) + code``, ascending, and the number beside each member."""

    keys: NDArray[np.int64]
    weights: NDArray[np.int64]


class Dice:
    """Independent streams of random numbers, one a name.

    Parameters
    ----------
    seed : int
        0 or more; the same seed and name give the same numbers on any machine.

    Examples
    --------
    >>> Dice(0).uniform("years", 2).tolist() == Dice(0).uniform("years", 3)[:2].tolist()
    True
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def uniform(self, name: str, count: int) -> NDArray[np.float64]:
        """Return numbers in [0, 1), multiples of 2⁻⁵³."""
        stream = np.random.PCG64(np.random.SeedSequence([self.seed, *name.encode()]))
        raw = np.asarray(stream.random_raw(count), np.uint64)
        # The upper 53 of 64 bits are what a float64 holds exactly.
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def whole(self, name: str, count: int, low: int, high: int) -> NDArray[np.int64]:
        """Return whole numbers from `low` to `high`, both included."""
        return low + (self.uniform(name, count) * (high - low + 1)).astype(np.int64)

    def pick(
        self, name: str, count: int, shares: Sequence[float] | NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Return positions in `shares`, each as often as its share says."""
        return position(self.uniform(name, count), shares)

    def chance(self, name: str, count: int, share: float) -> NDArray[np.bool_]:
        """Return True for about `share` of `count`."""
        return self.uniform(name, count) < share


def position(
    points: NDArray[np.float64], shares: Sequence[float] | NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return into which of the adjoining intervals of relative length `shares` each point of [0, 1) falls.

    Examples
    --------
    >>> position(np.array([0.0, 0.4, 0.6]), [1, 2, 2]).tolist()
    [0, 1, 2]
    """
    ends = np.cumsum(shares, dtype=np.float64)
    return np.searchsorted(ends / ends[-1], points, side="right").astype(np.int64)


def members(rows: NDArray[np.int64], codes: NDArray[np.int64], width: int) -> Members:
    """Return the sets with the given members, no numbers beside them; who is drawn twice is in once."""
    keys = np.unique(rows * width + codes)
    return Members(keys, np.zeros_like(keys))


def joined(parts: Sequence[Members]) -> Members:
    """Return the union of disjoint sets."""
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(keys, kind="stable")
    return Members(keys[order], np.concatenate([part.weights for part in parts])[order])


def labels(count: int, words: Sequence[str], *columns: Members) -> list[Labels]:
    """Return columns of labels that share one vocabulary: those of `words` that occur.

    Examples
    --------
    >>> [column] = labels(2, ["b", "a", "c"], members(np.array([1, 1]), np.array([0, 1]), 3))
    >>> column.vocabulary, list(column)
    (('a', 'b'), [{}, {'a': 0, 'b': 0}])
    """
    used = np.unique(np.concatenate([column.keys % len(words) for column in columns])).tolist()
    order = sorted(used, key=lambda code: fold(words[code]))
    positions = np.zeros(len(words), np.int64)
    positions[order] = np.arange(len(order))
    vocabulary = tuple(words[code] for code in order)
    return [_coded(count, vocabulary, positions, column) for column in columns]


def _coded(
    count: int, vocabulary: tuple[str, ...], positions: NDArray[np.int64], column: Members
) -> Labels:
    rows, codes = np.divmod(column.keys, len(positions))
    labelled = positions[codes]
    order = np.lexsort((labelled, rows))
    ends = np.cumsum(np.bincount(rows, minlength=count))
    return Labels(
        vocabulary,
        np.concatenate(([0], ends)).astype(np.int64),
        labelled[order].astype(np.int32),
        column.weights[order].astype(np.int32),
    )
