"""Answers by linear programming, and proofs that need no solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from rmatch.testing.instance import Instance, Pairs, Participation

SLACK = 1e-6
"""How far HiGHS may stay from a whole number and still mean it."""


def lp_value(instance: Instance, participation: Participation = "most") -> tuple[float, ...]:
    """Return the value of the best matchings by linear programming, with the HiGHS of scipy.

    The constraint matrix of an assignment problem is totally unimodular, so the linear program has a whole optimum.

    Parameters
    ----------
    instance : Instance
        The problem.
    participation : {"most", "best"}
        What is compared.

    Returns
    -------
    tuple of float
        ``(pairs, total)`` or ``(total,)``, up to the accuracy of HiGHS.

    References
    ----------
    .. [1] A. J. Hoffman and J. B. Kruskal, "Integral boundary points of convex polyhedra", Annals of Mathematics
       Studies 38, 1956. :doi:`10.1515/9781400881987-014`

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> [round(part, 6) for part in lp_value(Instance.of([[9, 1], [0, 0]], forbidden=[(1, 1)]))]
    [2.0, 1.0]
    """
    if not instance.cells:
        return (0.0, 0.0) if participation == "most" else (0.0,)
    points = np.array([instance.points[cell] for cell in instance.cells], float)
    if participation == "best":
        return (_maximum(instance, points),)
    count = round(_maximum(instance, np.ones(len(points))))
    return float(count), _maximum(instance, points, count)


def _maximum(instance: Instance, worth: NDArray[np.float64], count: int | None = None) -> float:
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    rows, columns = np.array(instance.cells).T
    cells = np.arange(len(worth))
    places = np.concatenate([instance.mentor_capacity, instance.mentee_capacity])
    uses = np.concatenate([rows, columns + instance.shape[0]]), np.concatenate([cells, cells])
    incidence: Any = csr_array((np.ones(2 * len(cells)), uses), shape=(len(places), len(cells)))
    exactly: dict[str, Any] = (
        {} if count is None else {"A_eq": np.ones((1, len(cells))), "b_eq": [count]}
    )
    found = linprog(-worth, A_ub=incidence, b_ub=places, bounds=(0, 1), method="highs", **exactly)
    return float(worth @ np.asarray(found.x, float))


def dual_bound(
    instance: Instance,
    pairs: Pairs,
    mentor_prices: Sequence[float],
    mentee_prices: Sequence[float],
    bonus: float = 0,
) -> float:
    r"""Return the most points that prices allow any matching of as many pairs as these.

    For prices :math:`u, v \ge 0` and a bonus :math:`\lambda` a pair, every matching of `K` pairs has at most

    .. math:: \sum_i c_i u_i + \sum_j d_j v_j + \sum_{ij} \max(0,\, p_{ij} + \lambda - u_i - v_j) - \lambda K

    points. A matching that reaches the bound is optimal among those of `K` pairs, whoever found it.

    Parameters
    ----------
    instance : Instance
        The problem.
    pairs : frozenset of (int, int)
        The matching.
    mentor_prices, mentee_prices : sequence of float
        Prices, 0 or more.
    bonus : float, default 0
        What each pair counts beside its points.

    Returns
    -------
    float
        The bound.

    Raises
    ------
    ValueError
        If a price is below 0.

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> dual_bound(Instance.of([[7, 5], [6, 1]]), frozenset({(0, 1), (1, 0)}), [5, 4], [2, 0])
    11
    """
    if min([*mentor_prices, *mentee_prices], default=0) < 0:
        message = "a price is below 0"
        raise ValueError(message)
    rent = _weighted(mentor_prices, instance.mentor_capacity) + _weighted(
        mentee_prices, instance.mentee_capacity
    )
    over = sum(
        max(
            0,
            instance.points[row, column].item()
            + bonus
            - mentor_prices[row]
            - mentee_prices[column],
        )
        for row, column in instance.cells
    )
    bound: float = rent + over - bonus * len(pairs)
    return bound


def hall_deficiency(instance: Instance, mentees: Iterable[int]) -> int:
    r"""Return how many partners a group of mentees must miss: its places less those of the mentors it may meet.

    .. math:: \sum_{j \in S} d_j - \sum_i \min\bigl(c_i,\, |\{j \in S : ij \text{ allowed}\}|\bigr)

    Parameters
    ----------
    instance : Instance
        The problem.
    mentees : iterable of int
        The columns of the group `S`.

    Returns
    -------
    int
        A positive number proves that not all of their places can be filled.

    References
    ----------
    .. [1] P. Hall, "On representatives of subsets", Journal of the London Mathematical Society 10, 1935.
       :doi:`10.1112/jlms/s1-10.37.26`

    Examples
    --------
    >>> from rmatch.testing import Instance
    >>> hall_deficiency(Instance.of([[1, 1], [1, 1]], forbidden=[(1, 0), (1, 1)]), [0, 1])
    1
    """
    group = sorted(mentees)
    met = instance.allowed[:, group].sum(axis=1)
    return int(
        instance.mentee_capacity[group].sum() - np.minimum(instance.mentor_capacity, met).sum()
    )


def _weighted(prices: Sequence[float], places: NDArray[np.int64]) -> float:
    rent: float = sum(price * count for price, count in zip(prices, places.tolist(), strict=True))
    return rent
