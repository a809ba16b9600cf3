"""The quotas of a programme as limits on the matrix of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, nearest
from rmatch.quotas import SIDES, MeanParity, PairQuota, Quota
from rmatch.solve import MeanBound, PairBound, partners_bound
from rmatch.utils.labels import fold
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.people import Cohort
    from rmatch.quotas import AnyQuota


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
    mentors, mentees = (_answers(cohort, quota.dimension, side) for side in SIDES)
    if isinstance(quota, MeanParity):
        own = mentors if quota.side == "mentor" else mentees
        if absent is not None and absent[0] == quota.side:
            own[absent[1]] = False
        groups = tuple(own[:, code] for code in np.flatnonzero(own.any(0)))
        return MeanBound(str(quota), quota.side, groups, quota.within, measured)
    if isinstance(quota, PairQuota):
        shared = mentors.astype(np.int64) @ mentees.T.astype(np.int64) > 0
        known = np.logical_and.outer(mentors.any(1), mentees.any(1))
        counted = known & (shared if quota.pairs == "same" else ~shared)
        return PairBound(str(quota), np.where(counted, 0, -1), 1, quota.at_least, quota.at_most)
    own, other = (mentors, mentees) if quota.side == "mentor" else (mentees, mentors)
    members = own[:, _code(cohort, quota)]
    bounds = {"at_least": quota.at_least, "at_most": quota.at_most}
    limit = partners_bound(str(quota), members, quota.side, len(other), **bounds, each=quota.each)  # type: ignore[arg-type]
    return (
        limit.without(absent[1])
        if quota.each and absent is not None and absent[0] != quota.side
        else limit
    )


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
        remedy = nearest(quota.dimension, dimensions) or "the people have no dimensions"
        yield Fault(
            "programme",
            "quotas",
            f"{str(quota)!r}: nobody has a dimension {quota.dimension!r}",
            remedy,
        )
        return
    sides = SIDES if isinstance(quota, PairQuota) else (quota.side,)
    for side in sides:
        given = _answers(cohort, quota.dimension, side)
        if isinstance(quota, Quota):
            code = _code(cohort, quota)
            enough = code >= 0 and bool(given[:, code].any())
            lack = f"no {side} released that answer for matching"
        else:
            least = 2 if isinstance(quota, MeanParity) else 1
            enough = int(given.any(0).sum()) >= least
            lack = f"the {side}s released {'fewer than two different answers' if least == 2 else 'no answer'} for matching"
        if not enough:
            yield Fault(
                "programme",
                "quotas",
                f"{str(quota)!r}: {lack}",
                "drop the quota, or check the answers and the consent",
            )
