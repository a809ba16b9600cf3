"""One walk over all pairs, on which the prices of all steps are held against their points."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rmatch.formulas import BARRED
from rmatch.solve import walked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from rmatch.rounds import Cell, Precedence
    from rmatch.solve import Claim, Seen
    from rmatch.verification.inputs import Inputs

AT_ONCE = 2**21
"""About so many pairs are worked out together: so many rows read what they add up from near memory, a tile at a time."""


class Priced(NamedTuple):
    """What the prices of a step have to prove.

    Attributes
    ----------
    claim : Claim
        The claim, with its prices.
    protected : bool
        Whether the share of protected attributes counts.
    precedence : Precedence or None
        What comes before the points.
    """

    claim: Claim
    protected: bool
    precedence: Precedence | None

    def look(
        self, rows: tuple[int, int], told: tuple[NDArray[np.integer], NDArray[np.integer]]
    ) -> Seen:
        """Look at some rows of pairs."""
        points = told[self.protected]
        if self.precedence is None:
            return self.claim.look(rows, points, None)
        allowed = points > BARRED
        points = self.precedence.block(np.where(allowed, points, 0), rows[0])
        return self.claim.look(rows, points, allowed)


def walk(inputs: Inputs, steps: Sequence[Priced], locked: Sequence[Cell]) -> Iterator[str]:
    """Go through what keeps prices from proving steps, beside locked pairs.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    steps : sequence of Priced
        What is to be proved.
    locked : sequence of (int, int)
        Row and column of pairs that are not decided on any more.

    Yields
    ------
    str
        What does not hold.
    """
    if not steps:
        return
    settled = np.array(sorted(locked), np.int64).reshape(-1, 2)

    def look(rows: tuple[int, int]) -> list[Seen]:
        told = inputs.told(*rows)
        here = slice(*np.searchsorted(settled[:, 0], rows).tolist())
        for points in told:
            points[settled[here, 0] - rows[0], settled[here, 1]] = 2 * BARRED
        return [step.look(rows, told) for step in steps]

    with _workers(inputs) as executor:
        seen = list(walked(inputs.pairs.shape, look, executor, AT_ONCE))
    for position, step in enumerate(steps):
        yield from step.claim.failures([looks[position] for looks in seen])


def _workers(inputs: Inputs) -> AbstractContextManager[Executor | None]:
    mentors, mentees = inputs.pairs.shape
    if mentors * mentees <= AT_ONCE:
        return nullcontext()
    from rmatch.utils.threads import pool

    return pool()
