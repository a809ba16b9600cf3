"""Group quotas of a programme: how many partners, places or pairs a group gets at least and at most."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

import numpy as np

from rmatch.errors import Fault, nearest
from rmatch.objectives import Objective
from rmatch.objectives.compatibility import refused
from rmatch.solve.quota.limits import MeanBound, PairBound, Side, partners_bound
from rmatch.utils.labels import fold
from rmatch.utils.validation import choice, refuse, seen, text, truth, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from rmatch.people.cohort import Cohort

SIDES = ("mentor", "mentee")
PAIRS = ("same", "different")
LARGEST = 1_000_000_000
"""The largest bound: far above all pairs and points, and far below what whole numbers of 64 bits hold."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Fewest and most pairs with members of a group: of all of them, or of each person on the other side.

    Attributes
    ----------
    dimension : str
        What people differ in.
    group : str
        Their answer; with several answers a person belongs to several groups.
    side : {"mentor", "mentee"}
        Whether mentors or mentees with that answer count.
    at_least, at_most : int
        Bounds on the number of pairs; no upper one if None.
    each : bool
        Whether each person on the other side is counted apart: "every mentee at least one mentor of the group".

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> print(Quota("age band", "under 30", "mentor", at_least=1, each=True))
    mentors with age band 'under 30' for each mentee
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    dimension: str
    group: str
    side: Side
    at_least: int = 0
    at_most: int | None = None
    each: bool = False
    kind: Literal["partners"] = field(default="partners", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        words = [*text("quota", "dimension", self.dimension), *text("quota", "group", self.group)]
        rest = [*_count_faults(self.at_least, self.at_most), *truth("quota", "each", self.each)]
        refuse([*words, *choice("quota", "side", self.side, SIDES), *rest])

    def __str__(self) -> str:
        """Return the words for it."""
        other = SIDES[self.side == "mentor"]
        return (
            f"{self.side}s with {self.dimension} {self.group!r}" + f" for each {other}" * self.each
        )


@dataclass(frozen=True, slots=True)
class PairQuota:
    """Fewest and most pairs of two people with the same answer, or with different ones.

    A pair with an unknown answer is neither.

    Attributes
    ----------
    dimension : str
        What people differ in.
    pairs : {"same", "different"}
        Whether two people share an answer, or none.
    at_least, at_most : int
        Bounds on the number of such pairs; no upper one if None.

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> print(PairQuota("gender", "different", at_least=10))
    pairs with different gender
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    dimension: str
    pairs: Literal["same", "different"]
    at_least: int = 0
    at_most: int | None = None
    kind: Literal["pairs"] = field(default="pairs", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        words = [
            *text("quota", "dimension", self.dimension),
            *choice("quota", "pairs", self.pairs, PAIRS),
        ]
        refuse([*words, *_count_faults(self.at_least, self.at_most)])

    def __str__(self) -> str:
        """Return the words for it."""
        return f"pairs with {self.pairs} {self.dimension}"


@dataclass(frozen=True, slots=True)
class MeanParity:
    """How far the mean points of the groups of one side may lie apart; whoever has no partner counts as 0.

    Protected attributes have no share in these points, as in those that `min_points` looks at, unless the programme's
    `places` says otherwise: what is paired in the end then keeps the means that gave everybody their places.

    Attributes
    ----------
    dimension : str
        What people differ in; each answer is a group.
    side : {"mentor", "mentee"}
        Whose groups.
    within : int
        The largest difference, in points.

    Raises
    ------
    InvalidInputError
        With every wrong value.

    Examples
    --------
    >>> print(MeanParity("gender", "mentor", within=50_000))
    mean points of mentors by gender
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    dimension: str
    side: Side
    within: int
    kind: Literal["parity"] = field(default="parity", kw_only=True, repr=False)

    def __post_init__(self) -> None:
        """Check the values."""
        words = [
            *text("quota", "dimension", self.dimension),
            *choice("quota", "side", self.side, SIDES),
        ]
        refuse([*words, *whole("quota", "within", self.within, 0, LARGEST)])

    def __str__(self) -> str:
        """Return the words for it."""
        return f"mean points of {self.side}s by {self.dimension}"


AnyQuota: TypeAlias = Quota | PairQuota | MeanParity


def quota_faults(
    quotas: Sequence[object], objective: object, unprotected: Collection[str], justification: str
) -> Iterator[Fault]:
    """Go through everything that is wrong with the quotas of a programme.

    Parameters
    ----------
    quotas : sequence of Quota, PairQuota or MeanParity
        The quotas.
    objective : Objective
        What is best over all pairs.
    unprotected : collection of str
        Dimensions that are not protected.
    justification : str
        Why protected attributes may decide; quotas on them need it.

    Yields
    ------
    Fault
        What is wrong.
    """
    for quota in quotas:
        if not isinstance(quota, AnyQuota):
            yield Fault(
                "",
                "quotas",
                f"{seen(quota)} is no quota",
                "give a Quota, a PairQuota or a MeanParity",
            )
        elif quota.dimension not in unprotected and not justification.strip():
            problem = f"is empty, and {str(quota)!r} goes by a protected dimension"
            yield Fault(
                "", "justification", problem, "say why, or name the dimension in unprotected"
            )
    if quotas and isinstance(objective, Objective) and "quotas" in refused(objective):
        problem = f"cannot go with {objective.kind!r}: {refused(objective)['quotas']}"
        yield Fault("", "quotas", problem, "take the objective 'total', or drop the quotas")


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


def _count_faults(at_least: int, at_most: int | None) -> list[Fault]:
    faults = whole("quota", "at_least", at_least, 0, LARGEST)
    faults += [] if at_most is None else whole("quota", "at_most", at_most, 0, LARGEST)
    if faults:
        return faults
    if at_most is not None and at_most < at_least:
        return [
            Fault("quota", "at_most", f"{at_most} is below at_least {at_least}", "exchange them")
        ]
    if at_least == 0 and at_most is None:
        return [
            Fault("quota", "at_least", "neither it nor at_most says anything", "give one of them")
        ]
    return []
