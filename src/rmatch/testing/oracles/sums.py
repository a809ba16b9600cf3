"""The fairest sums over everybody's partners: NP-hard, so by mixed-integer programming, with the HiGHS of scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.testing.oracles.linear import lp_value

if TYPE_CHECKING:
    from rmatch.testing.instance import Instance, Pairs


def max_min_sum(instance: Instance) -> tuple[float, Pairs]:
    r"""Return a matching with most pairs in which the mentee who gets least gets as much as possible in all.

    .. math:: \max \min_j \sum_i p_{ij} x_{ij} \quad\text{over the matchings with the largest number of pairs}

    Where mentees have several places this is NP-hard [1]_, and no matcher of rmatch offers it: the largest worst *pair*
    is another matter. Proved by branch and bound, it is here to tell how far a matcher stays below; fractional
    points are compared up to the tolerance of HiGHS, about one part in a million.

    Parameters
    ----------
    instance : Instance
        The problem, with one mentee at least.

    Returns
    -------
    value : float
        The sum of the mentee who gets least, counted again from the pairs.
    pairs : frozenset of (int, int)
        Such a matching.

    References
    ----------
    .. [1] I. Stelmakh, N. Shah and A. Singh, "PeerReview4All: fair and accurate reviewer assignment in peer review",
       Journal of Machine Learning Research 22(163), 2021.

    Examples
    --------
    The best total would give the second mentee 1 + 1:

    >>> from rmatch.testing import Instance
    >>> instance = Instance.of(
    ...     [[9, 1], [8, 1], [2, 1], [1, 1]], mentor_capacity=1, mentee_capacity=2
    ... )
    >>> max_min_sum(instance)[0]
    2
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    rows, columns = np.array(instance.cells, np.intp).reshape(-1, 2).T
    points, each, ones = instance.points[rows, columns], np.arange(len(rows)), np.ones(len(rows))
    whole, count = points.dtype.kind == "i", round(lp_value(instance)[0])
    unit = max(int(np.gcd.reduce(points)), 1) if whole else 1

    def sums(of: Any, who: Any, size: int, last: float) -> Any:
        return hstack(
            [
                csr_array((of, (who, each)), shape=(size, len(rows))),
                csr_array(np.full((size, 1), last)),
            ]
        )

    def places(who: Any, capacity: Any) -> LinearConstraint:
        # Equations where all places must be filled: branch and bound is far quicker with them.
        return LinearConstraint(
            sums(ones, who, len(capacity), 0), capacity * (count == capacity.sum()), capacity
        )

    found: Any = milp(
        np.append(0 * ones, -1),
        constraints=[
            places(rows, instance.mentor_capacity),
            places(columns, instance.mentee_capacity),
            LinearConstraint(sums(ones, 0 * each, 1, 0), count, count),
            LinearConstraint(sums(points / unit, columns, instance.shape[1], -1), 0),
        ],
        integrality=np.append(ones, whole),
        bounds=Bounds(np.append(0 * ones, -np.inf), np.append(ones, np.inf)),
        options={"mip_rel_gap": 0},
    )
    taken = np.flatnonzero(np.rint(found.x[:-1]))
    least = np.zeros(instance.shape[1], instance.points.dtype)
    np.add.at(least, columns[taken], points[taken])
    return least.min().item(), frozenset(
        zip(rows[taken].tolist(), columns[taken].tolist(), strict=True)
    )
