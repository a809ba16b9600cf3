"""The quotas of a programme as limits on the matrix of its people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, nearest
from rmatch.people import Cohort
from rmatch.quotas import AnyQuota, MeanParity, PairQuota, Quota
from rmatch.solve import MeanBound, PairBound, partners_bound
from rmatch.utils.labels import fold
from rmatch.utils.sides import SIDES
from rmatch.utils.validation import refuse


def limits(
    cohort: Cohort,
    quotas: Sequence[AnyQuota],
    *,
    measured: NDArray[np.int64] | None = None,
    absent: tuple[str, int] | None = None,
) -> list[PairBound | MeanBound]:
    """Return the quotas as limits on the matrix of a cohort. Only answers released for matching count.

    Parameters
    ----------
    cohort : Cohort
        The people.
    quotas : sequence of Quota, PairQuota or MeanParity
        The quotas.
    measured : numpy.ndarray of int64, optional
        The points whose means are compared; those that are maximised if absent.
    absent : tuple of str and int, optional
        Side and row or column of somebody who takes no part: nothing is asked for them.

    Returns
    -------
    list of PairBound or MeanBound
        One for each quota, with its words as its name.

    Raises
    ------
    InvalidInputError
        If a dimension is unknown, or nobody of the side released an answer that belongs to a group, with every case.

    Examples
    --------
    >>> import rmatch
    >>> cohort = rmatch.score(rmatch.datasets.example()).cohort
    >>> [limit.name for limit in limits(cohort, [PairQuota("gender", "different", at_least=1)])]
    ['pairs with different gender']
    """
    refuse(fault for quota in quotas for fault in _data_faults(cohort, quota))
    return [_limit(cohort, quota, measured, absent) for quota in quotas]


def _limit(
    cohort: Cohort,
    quota: AnyQuota,
    measured: NDArray[np.int64] | None,
    absent: tuple[str, int] | None,
) -> PairBound | MeanBound:
    answers = {side: _answers(cohort, quota.dimension, side) for side in SIDES}
    if isinstance(quota, MeanParity):
        return _mean_bound(quota, answers[quota.side], measured, absent)
    if isinstance(quota, PairQuota):
        return _pair_bound(quota, answers["mentor"], answers["mentee"])
    other = SIDES[quota.side == "mentor"]
    members = answers[quota.side][:, _code(cohort, quota)]
    bound = partners_bound(
        str(quota),
        members,
        quota.side,
        len(answers[other]),
        at_least=quota.at_least,
        at_most=quota.at_most,
        each=quota.each,
    )
    if quota.each and absent is not None and absent[0] == other:
        return bound.without(absent[1])
    return bound


def _mean_bound(
    quota: MeanParity,
    answers: NDArray[np.bool_],
    measured: NDArray[np.int64] | None,
    absent: tuple[str, int] | None,
) -> MeanBound:
    if absent is not None and absent[0] == quota.side:
        answers[absent[1]] = False
    given = np.flatnonzero(answers.any(axis=0))
    groups = tuple(answers[:, code] for code in given)
    return MeanBound(str(quota), quota.side, groups, quota.within, measured)


def _pair_bound(
    quota: PairQuota, mentors: NDArray[np.bool_], mentees: NDArray[np.bool_]
) -> PairBound:
    in_common = mentors.astype(np.int64) @ mentees.T.astype(np.int64)
    both_known = np.logical_and.outer(mentors.any(axis=1), mentees.any(axis=1))
    same = in_common > 0
    counted = both_known & (same if quota.pairs == "same" else ~same)
    part = np.where(counted, 0, -1)
    return PairBound(str(quota), part, 1, quota.at_least, quota.at_most)


def _answers(cohort: Cohort, dimension: str, side: str) -> NDArray[np.bool_]:
    """Return who of one side gave which answer, shape (people, answers)."""
    labels = cohort.answers(dimension)
    given = np.zeros((len(cohort.people), len(labels.vocabulary)), bool)
    given[labels.rows, labels.codes] = True
    return given[cohort.mentors if side == "mentor" else cohort.mentees]


def _code(cohort: Cohort, quota: Quota) -> int:
    known = [fold(answer) for answer in cohort.answers(quota.dimension).vocabulary]
    return known.index(fold(quota.group)) if fold(quota.group) in known else -1


def _data_faults(cohort: Cohort, quota: AnyQuota) -> Iterator[Fault]:
    dimensions = cohort.people.dimensions
    if quota.dimension not in dimensions:
        problem = f"{str(quota)!r}: nobody has a dimension {quota.dimension!r}"
        remedy = nearest(quota.dimension, dimensions) or "the people have no dimensions"
        yield Fault("programme", "quotas", problem, remedy)
        return
    sides = SIDES if isinstance(quota, PairQuota) else (quota.side,)
    for side in sides:
        if lack := _lack(cohort, quota, side):
            remedy = "drop the quota, or check the answers and the consent"
            yield Fault("programme", "quotas", f"{str(quota)!r}: {lack}", remedy)


def _lack(cohort: Cohort, quota: AnyQuota, side: str) -> str:
    """Return which answers are missing on one side for a quota to say anything, in words; empty where there are enough."""
    given: NDArray[np.bool_] = np.any(_answers(cohort, quota.dimension, side), axis=0)
    if isinstance(quota, Quota):
        code = _code(cohort, quota)
        somebody = code >= 0 and bool(given[code])
        return "" if somebody else f"no {side} released that answer for matching"
    if isinstance(quota, MeanParity):
        few = f"the {side}s released fewer than two different answers for matching"
        return few if given.sum() < 2 else ""
    return "" if given.any() else f"the {side}s released no answer for matching"
