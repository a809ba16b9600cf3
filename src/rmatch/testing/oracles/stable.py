"""Stable matchings, found by trying everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.testing.oracles.brute import matchings

if TYPE_CHECKING:
    from rmatch.testing.instance import Instance, Pairs


def blocking_pairs(instance: Instance, mentee_points: Any, pairs: Pairs) -> list[tuple[int, int]]:
    """Return the allowed pairs of which both would rather have each other.

    A person would rather have somebody if a place is free, or if somebody with fewer points has it.

    Parameters
    ----------
    instance : Instance
        The problem; its points are what the mentors gain.
    mentee_points : array_like
        What the mentees gain, same shape.
    pairs : frozenset of (int, int)
        The matching.

    Returns
    -------
    list of (int, int)
        Empty for a stable matching.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> blocking_pairs(Instance.of([[2, 1], [1, 2]]), [[2, 1], [1, 2]], frozenset({(0, 1), (1, 0)}))
    [(0, 0), (1, 1)]
    """
    sides = instance.points, np.asarray(mentee_points)
    capacities = instance.mentor_capacity, instance.mentee_capacity

    def wants(side: int, cell: tuple[int, int]) -> bool:
        held = [sides[side][pair] for pair in pairs if pair[side] == cell[side]]
        places = capacities[side][cell[side]]
        return bool(places > 0 and (len(held) < places or sides[side][cell] > min(held)))

    return [
        cell for cell in instance.cells if cell not in pairs and wants(0, cell) and wants(1, cell)
    ]


def stable_matchings(instance: Instance, mentee_points: Any) -> list[Pairs]:
    """Return every stable matching of an instance; for up to about six people a side.

    Parameters
    ----------
    instance : Instance
        The problem; its points are what the mentors gain.
    mentee_points : array_like
        What the mentees gain, same shape.

    Returns
    -------
    list of frozenset of (int, int)
        At least one.

    References
    ----------
    .. [1] D. Gale and L. S. Shapley, "College admissions and the stability of marriage", The American Mathematical
       Monthly 69, 1962. :doi:`10.1080/00029890.1962.11989827`

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> [
    ...     sorted(pairs)
    ...     for pairs in stable_matchings(Instance.of([[2, 1], [1, 2]]), [[1, 2], [2, 1]])
    ... ]
    [[(0, 0), (1, 1)], [(0, 1), (1, 0)]]
    """
    return [
        pairs for pairs in matchings(instance) if not blocking_pairs(instance, mentee_points, pairs)
    ]
