"""From chances to one matching: a fair draw that anyone can replay, and all matchings that it may give."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Push = Callable[[int, int], bool]

DIGEST = 64
RANGE = 2 ** (8 * DIGEST)


class Dice:
    """Whole numbers drawn by a seed: BLAKE2b of a counter, under the seed as its key.

    The same on every machine and in every version of Python.

    Parameters
    ----------
    seed : int or str
        What the numbers depend on. ``7`` and ``"7"`` are the same seed.

    Examples
    --------
    >>> dice = Dice("spring")
    >>> [dice.below(6) + 1 for _ in range(5)]
    [6, 1, 4, 3, 6]
    """

    def __init__(self, seed: int | str) -> None:
        self.key: bytes = blake2b(str(seed).encode("utf-8", "surrogatepass")).digest()
        self.counter: Iterator[int] = count()

    def below(self, limit: int) -> int:
        """Return a number from 0 to `limit` − 1, each equally likely: what would favour the small ones is drawn again."""
        while True:
            digest = blake2b(next(self.counter).to_bytes(8, "little"), key=self.key, person=b"draw")
            number = int.from_bytes(digest.digest(), "little")
            if number < RANGE - RANGE % limit:
                return number % limit


@dataclass(frozen=True, slots=True)
class Circulation:
    r"""What of the chances is not yet decided, as a flow that goes round.

    Its arcs lead from a source to every mentor, over the pairs to the mentees, from each of these to a sink, and back to
    the source: so each person's expected number of partners, and the number of all pairs, is the flow of one arc. Every
    flow is split into whole grids and a part of one. The parts of the arcs at a node add up to whole grids, so no
    node has a single arc with a part of its own.

    Attributes
    ----------
    tails, heads : list of int
        The nodes of each arc that has a part: mentors, mentees, source and sink.
    cells : list of tuple of int, optional
        Row and column of the arcs that are pairs; they come first.
    parts : list of int
        The units above the whole grids, of each arc.
    sure : list of tuple of int
        The pairs that are certain.
    """

    tails: list[int]
    heads: list[int]
    cells: list[tuple[int, int]]
    parts: list[int]
    sure: list[tuple[int, int]]

    @classmethod
    def of(cls, units: NDArray[np.object_] | NDArray[np.int64], grid: int) -> Circulation:
        """Return the circulation of chances, given as units of which `grid` are certainty."""
        mentors, mentees = units.shape
        source, sink = mentors + mentees, mentors + mentees + 1
        parts = units % grid
        rows, columns = np.nonzero(parts)
        out, into = units.sum(1) % grid, units.sum(0) % grid
        open_parts = parts[rows, columns].tolist()
        arcs = [
            *zip(rows.tolist(), (mentors + columns).tolist(), open_parts, strict=True),
            *((source, i, part) for i, part in enumerate(out.tolist()) if part),
            *((mentors + j, sink, part) for j, part in enumerate(into.tolist()) if part),
        ]
        if total := int(units.sum()) % grid:
            arcs.append((sink, source, total))
        return cls(
            tails=[tail for tail, _, _ in arcs],
            heads=[head for _, head, _ in arcs],
            cells=list(zip(rows.tolist(), columns.tolist(), strict=True)),
            parts=[int(part) for _, _, part in arcs],
            sure=[(i, j) for i, j in np.argwhere(units == grid).tolist()],
        )

    def pairs(self, rounded: list[int]) -> list[tuple[int, int]]:
        """Return the pairs of a flow whose parts are all rounded."""
        # Beyond the pairs there are the arcs of people, which are no pairs.
        chosen = [cell for cell, part in zip(self.cells, rounded, strict=False) if part]
        return sorted([*self.sure, *chosen])


def drawn(
    units: NDArray[np.object_] | NDArray[np.int64], grid: int, seed: int | str
) -> list[tuple[int, int]]:
    r"""Draw one matching in which every pair has exactly its chance.

    Around any cycle of arcs with a part, the same number of units can be added on those that lead forward and taken
    from those that lead back, or the other way round, until some arc has no part left. Of the two ways one is drawn,
    with chances at which no arc gains or loses on average; so what is expected of every arc stays what it was until
    all of them are decided. Each person ends with the whole number of partners next below or above what they could
    expect, and so does the matching as a whole [1]_, [2]_.

    Parameters
    ----------
    units : numpy.ndarray of int
        Chances in units of ``1 / grid``, shape (mentors, mentees).
    grid : int
        The units of certainty.
    seed : int or str
        Decides.

    Returns
    -------
    list of tuple of int
        Row and column of each pair, sorted.

    References
    ----------
    .. [1] E. Budish, Y.-K. Che, F. Kojima and P. Milgrom, "Designing random allocation mechanisms: theory and
       applications", American Economic Review 103(2), 2013. :doi:`10.1257/aer.103.2.585`
    .. [2] R. Gandhi, S. Khuller, S. Parthasarathy and A. Srinivasan, "Dependent rounding and its applications to
       approximation algorithms", Journal of the ACM 53(3), 2006. :doi:`10.1145/1147954.1147956`

    Examples
    --------
    >>> half = np.array([[1, 1], [1, 1]])
    >>> drawn(half, 2, "spring"), drawn(half, 2, "autumn")
    ([(0, 1), (1, 0)], [(0, 0), (1, 1)])
    """
    circulation, dice = Circulation.of(units, grid), Dice(seed)

    def push(up: int, down: int) -> bool:
        # Up by `up` with the chance down / (up + down), else down by `down`: nothing on average.
        return dice.below(up + down) < down

    rounded = _rounded(circulation, circulation.parts, grid, push)
    return circulation.pairs(rounded)


def decomposed(
    units: NDArray[np.object_] | NDArray[np.int64], grid: int
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    r"""Split chances into matchings with weights that add up to certainty.

    A matching that rounds every part of the circulation up or down is taken as often as all parts allow:
    what remains is a circulation with one part fewer. So no more matchings are needed than there are parts, and one
    [1]_.

    Parameters
    ----------
    units : numpy.ndarray of int
        Chances in units of ``1 / grid``, shape (mentors, mentees).
    grid : int
        The units of certainty.

    Yields
    ------
    tuple of int and list of tuple of int
        A weight in units, and the pairs of its matching.

    References
    ----------
    .. [1] G. Birkhoff, "Tres observaciones sobre el álgebra lineal", Universidad Nacional de Tucumán, Revista A 5, 1946.

    Examples
    --------
    >>> list(decomposed(np.array([[2, 1], [1, 2]]), 3))
    [(2, [(0, 0), (1, 1)]), (1, [(0, 1), (1, 0)])]
    """
    circulation = Circulation.of(units, grid)
    parts, left = circulation.parts, grid
    while left:
        rounded = _rounded(circulation, parts, left, lambda *_: True)
        both = list(zip(parts, rounded, strict=True))
        weight = min((part if up else left - part for part, up in both), default=left)
        yield weight, circulation.pairs(rounded)
        parts = [part - weight * (up > 0) for part, up in both]
        left -= weight


def _rounded(circulation: Circulation, parts: list[int], grid: int, push: Push) -> list[int]:
    """Return the parts when each has become 0 or a whole grid; `push` says which way round a cycle."""
    tails, heads = circulation.tails, circulation.heads
    parts = list(parts)
    open_arcs = _open_arcs(circulation, parts, grid)
    for start in range(len(open_arcs)):
        path: list[int] = []
        nodes = [start]
        # No node has a single open arc, so that a walk can always go on until it meets itself.
        while open_arcs[nodes[-1]]:
            here = nodes[-1]
            arc = next(arc for arc in open_arcs[here] if not path or arc != path[-1])
            path.append(arc)
            nodes.append(heads[arc] + tails[arc] - here)
            first = nodes.index(nodes[-1])
            if first == len(nodes) - 1:
                continue
            cycle = path[first:]
            _shift(circulation, parts, grid, cycle, nodes[first:], push)
            for decided in cycle:
                if parts[decided] in {0, grid}:
                    del open_arcs[tails[decided]][decided]
                    del open_arcs[heads[decided]][decided]
            # The walk goes on from where the cycle began: the arcs that led there are still open.
            del path[first:], nodes[first + 1 :]
    return parts


def _open_arcs(circulation: Circulation, parts: list[int], grid: int) -> list[dict[int, None]]:
    """Return the arcs at each node that have a part."""
    nodes = max([*circulation.tails, *circulation.heads], default=-1) + 1
    open_arcs: list[dict[int, None]] = [{} for _ in range(nodes)]
    for arc, part in enumerate(parts):
        if 0 < part < grid:
            open_arcs[circulation.tails[arc]][arc] = None
            open_arcs[circulation.heads[arc]][arc] = None
    return open_arcs


def _shift(
    circulation: Circulation,
    parts: list[int],
    grid: int,
    arcs: list[int],
    nodes: list[int],
    push: Push,
) -> None:
    """Change the parts around one cycle until one of them is decided."""
    forward: list[int] = []
    backward: list[int] = []
    for arc, node in zip(arcs, nodes, strict=False):
        (forward if circulation.tails[arc] == node else backward).append(arc)
    to_fill = [grid - parts[arc] for arc in forward], [grid - parts[arc] for arc in backward]
    to_empty = [parts[arc] for arc in forward], [parts[arc] for arc in backward]
    up = min([*to_fill[0], *to_empty[1]])
    down = min([*to_empty[0], *to_fill[1]])
    units = up if push(up, down) else -down
    for arc in forward:
        parts[arc] += units
    for arc in backward:
        parts[arc] -= units
