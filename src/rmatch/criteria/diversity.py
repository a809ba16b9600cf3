"""How different two people are, as far as both agreed to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria.table import Compared, Table, of_basis, paired
from rmatch.criteria.weights import check_criterion, weight_faults
from rmatch.errors import Fault
from rmatch.people import Cohort
from rmatch.utils.labels import Labels, fold, overlaps
from rmatch.utils.points import allot
from rmatch.utils.validation import instance, texts
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True)
class Dimension:
    """How one dimension counts in :class:`Diversity`.

    Attributes
    ----------
    weight : float
        How much it counts beside the other dimensions.
    order : tuple of str
        The answers from one end to the other, for a dimension that has an order, such as age bands; empty otherwise.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    weight: float = 1
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Diversity(Value):
    r"""Difference in the chosen dimensions to which both people consented.

    The criterion's points are shared out over the dimensions by their weights. Of a dimension's `m` points a pair with
    the answers `A` and `B` gets

    .. math:: \left\lfloor m\,\frac{|A \cup B| - |A \cap B|}{|A \cup B|} \right\rfloor
       \quad\text{or, with an order of } n \text{ answers,}\quad
       \left\lfloor m\,\frac{|r(A) - r(B)|}{n - 1} \right\rfloor

    with the rank `r`. A dimension that nobody on one of the sides released gives nothing to anybody; the shares of the
    other dimensions and criteria do not grow for it, so that nobody's answers change what decides who gets a place.
    Where one answer is unknown or not released for matching, the pair gets the rounded mean over the
    pairs in which both are known.

    Attributes
    ----------
    weight : float
        How much the criterion matters beside the others.
    dimensions : mapping of str to Dimension
        The dimensions that count; empty for all that the people have, unordered and equal.

    Examples
    --------
    >>> Diversity(20, {"age band": Dimension(order=("under 30", "30 to 49", "50 and over"))}).weight
    20
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "diversity"
    side: ClassVar[str] = "mentee"
    protected: ClassVar[bool] = True

    weight: float
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self, self._faults())

    def factors(self, cohort: Cohort, most: int) -> list[Table]:
        """Return the points for the people of a cohort, one table a dimension with data."""
        basis = cohort.basis
        chosen = self.dimensions or dict.fromkeys(basis.people.dimensions, Dimension())
        shares = allot(most, {name: how.weight for name, how in chosen.items()})
        known = [name for name in shares if _known_on_both_sides(basis, name)]
        return [_table(cohort, name, chosen[name].order, shares[name]) for name in known]

    def _faults(self) -> Iterator[Fault]:
        where, remedy = "criteria.diversity", "give a Dimension for each name"
        strange = instance(where, "dimensions", self.dimensions, Mapping, remedy) or [
            fault
            for name, how in self.dimensions.items()
            for fault in (
                instance(where, str(name), how, Dimension, "give a Dimension")
                or texts(where, f"{name}.order", how.order)
            )
        ]
        if strange:
            yield from strange
            return
        yield from weight_faults(
            "criteria.diversity", {name: how.weight for name, how in self.dimensions.items()}
        )
        for name, how in self.dimensions.items():
            if len({fold(answer) for answer in how.order}) != len(how.order) or len(how.order) == 1:
                yield Fault(
                    "criteria.diversity",
                    f"{name}.order",
                    "is not an order",
                    "name two or more answers, each once",
                )


def _known_on_both_sides(cohort: Cohort, name: str) -> bool:
    counts = cohort.answers(name).counts
    return bool(counts[cohort.mentors].any() and counts[cohort.mentees].any())


def _table(cohort: Cohort, name: str, order: tuple[str, ...], most: int) -> Table:
    own, basis = of_basis(cohort, partial(_compared, name=name, order=order, most=most))
    return replace(paired(own, basis.mean), protected=name not in cohort.terms.unprotected)


def _compared(cohort: Cohort, name: str, order: tuple[str, ...], most: int) -> Compared:
    answers = cohort.answers(name)
    sets, which = answers.distinct()
    unknown = sets.index(frozenset()) if frozenset() in sets else -1
    points = (
        _ranked(answers, sets, order, most)
        if order
        else _apart(sets, len(answers.vocabulary), most)
    )
    return Compared(which[cohort.mentors], which[cohort.mentees], points, unknown)


def _apart(sets: list[frozenset[int]], size: int, most: int) -> NDArray[np.int64]:
    common = overlaps(sets, size)
    sizes = np.diag(common)
    union = np.maximum(sizes[:, None] + sizes - common, 1)
    points: NDArray[np.int64] = most * (union - common) // union
    return points


def _ranked(
    answers: Labels, sets: list[frozenset[int]], order: tuple[str, ...], most: int
) -> NDArray[np.int64]:
    rank = {fold(answer): position for position, answer in enumerate(order)}
    ranks = np.array(
        [
            rank[fold(answers.vocabulary[code])] if (code := next(iter(s), None)) is not None else 0
            for s in sets
        ]
    )
    points: NDArray[np.int64] = most * np.abs(ranks[:, None] - ranks) // (len(order) - 1)
    return points
