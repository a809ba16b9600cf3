"""What the mentors gain and what the mentees gain, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

<<<<<<< HEAD
from rmatch.formulas.line import name_of
from rmatch.points import MOST, allot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.criteria.table import Factor
=======
if TYPE_CHECKING:
    from numpy.typing import NDArray

>>>>>>> d8470a85580679b35361c7b58e5e5b983ec5e70e
    from rmatch.scoring import Scores


def side_points(scores: Scores, *, protected: bool = True) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    r"""Return what each pair is worth to the mentor, and what to the mentee.

    With the points :math:`p^k_{ij}` of the criterion `k`, whole numbers that add up to the points of the pair,

    .. math:: u_{ij} = \sum_{k:\,\text{side} \ne \text{mentee}} p^k_{ij}, \qquad
       w_{ij} = \sum_{k:\,\text{side} \ne \text{mentor}} p^k_{ij}.

    A criterion of the side "both" counts in full for both, so that :math:`u + w` is not the points of the pair.

    Parameters
    ----------
    scores : Scores
        The points of a cohort.
    protected : bool
        Whether to count the share of protected attributes.

    Returns
    -------
    mentors : numpy.ndarray of int64
        Whole points of the mentors, shape of the scores.
    mentees : numpy.ndarray of int64
        Those of the mentees.

    Examples
    --------
    >>> import rmatch
    >>> scores = rmatch.score(rmatch.datasets.example())
    >>> mentors, mentees = side_points(scores)
    >>> bool((mentors + mentees >= scores.points).all())
    True
    """
    rows, columns = (np.arange(size) for size in scores.shape)
<<<<<<< HEAD
    mentors, mentees = np.zeros(scores.shape, np.int64), np.zeros(scores.shape, np.int64)
    for side, factor in _factors(scores):
        if protected or not factor.protected:
            block = factor.block(rows, columns)
            mentors += block if side != "mentee" else 0
            mentees += block if side != "mentor" else 0
    return mentors, mentees


def _factors(scores: Scores) -> Iterator[tuple[str, Factor]]:
    """Go through what gives points, each with the side that gains: the same shares as those of the scores."""
    cohort = scores.cohort
    sharing = [
        item
        for item in cohort.programme.criteria
        if item.weight != 0 and (item.protected or name_of(item) not in scores.without_data)
    ]
    shares = allot(MOST, {name_of(item): item.weight for item in sharing if item.weight is not None})
    for item in sharing:
        for factor in item.factors(cohort, shares.get(name_of(item), 0)):
            yield item.side, factor
=======
    mentors, mentees = (scores.gains(side).block(rows, columns, protected=protected) for side in ("mentor", "mentee"))
    return mentors, mentees
>>>>>>> d8470a85580679b35361c7b58e5e5b983ec5e70e
