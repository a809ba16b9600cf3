"""What the mentors gain and what the mentees gain, apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rmatch.scoring.scores import Scores


def side_points(
    scores: Scores, *, protected: bool = True
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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
    mentors, mentees = (
        scores.gains(side).block(rows, columns, protected=protected)
        for side in ("mentor", "mentee")
    )
    return mentors, mentees
