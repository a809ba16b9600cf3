"""A pair that is made, with its points and its lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rmatch.utils.documents import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.rounds.capacity import Locks
    from rmatch.rounds.player import Cell
    from rmatch.scoring import Scores


@dataclass(frozen=True, slots=True)
class Pair(Document):
    """One pair of a matching.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    points : int
        What the pair is worth.
    locked : bool
        Whether the requests demanded it.
    override_reason : str
        Why a locked pair may break a rule.
    """

    mentor: str
    mentee: str
    points: int
    locked: bool = False
    # The reason may say things about the two that are not for everybody who sees the pair.
    override_reason: str = field(default="", repr=False)


def pairs_of(scores: Scores, points: Mapping[Cell, int], locks: Locks) -> tuple[Pair, ...]:
    """Return the pairs of some people.

    Parameters
    ----------
    scores : Scores
        Who is behind the rows and columns.
    points : mapping of (int, int) to int
        Row and column of each pair, and what it is worth.
    locks : mapping of (int, int) to Request
        The request that locks each row and column.

    Returns
    -------
    tuple of Pair
        Sorted by mentor and mentee.
    """
    mentors, mentees = scores.mentors, scores.mentees
    pairs = []
    for row, column in sorted(points):
        lock = locks.get((row, column))
        pairs.append(
            Pair(
                mentor=mentors[row],
                mentee=mentees[column],
                points=points[row, column],
                locked=lock is not None,
                override_reason="" if lock is None else str(lock.override_reason),
            )
        )
    return tuple(pairs)


def points_of(scores: Scores, cells: Sequence[Cell]) -> dict[Cell, int]:
    """Return the points of some pairs, without a matrix of all."""
    rows, columns = np.array(cells, np.intp).reshape(-1, 2).T
    return dict(zip(cells, scores.at(rows, columns).tolist(), strict=True))
