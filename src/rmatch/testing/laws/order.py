"""Laws about what must not matter: the order of rows and columns, the names of the sides, units, the run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from rmatch.testing.laws.law import expect, law
from rmatch.testing.laws.shared import SEVERAL_PLACES, beside, expect_same_pairs
from rmatch.testing.strategies import instances, permutations, whole_points

if TYPE_CHECKING:
    from rmatch.testing.instance import Instance
    from rmatch.testing.matcher import MatrixMatcher

    Ordered = tuple[Instance, tuple[list[int], list[int]]]

UNIQUE = instances(max_mentors=4, max_mentees=4, unique=True)
TIED = st.one_of(instances(), SEVERAL_PLACES, instances(elements=whole_points(max_value=1)))


def _same_value(matcher: MatrixMatcher, one: Instance, other: Instance, what: str) -> None:
    values = matcher.value(one), matcher.value(other)
    expect(values[0] == values[1], f"value {values[0]}, and {values[1]} {what}")


@law(r"W(\sigma P \tau) = W(P)", beside(TIED, permutations))
def order_keeps_total(matcher: MatrixMatcher, case: Ordered) -> None:
    """Another order of rows and columns gives the same total."""
    instance, order = case
    _same_value(
        matcher, instance, instance.take(*order), f"with rows {order[0]} and columns {order[1]}"
    )


@law(r"M(\sigma P \tau) = \sigma M(P) \tau", beside(UNIQUE, permutations), needs_unique=True)
def order_keeps_pairs(matcher: MatrixMatcher, case: Ordered) -> None:
    """Where one answer is the best, another order of rows and columns gives the same people the same partners."""
    instance, (rows, columns) = case
    moved = frozenset(
        (rows[row], columns[column]) for row, column in matcher.pairs(instance.take(rows, columns))
    )
    expect_same_pairs(matcher.pairs(instance), moved, f"with rows {rows} and columns {columns}")


@law(r"W(P^\top) = W(P)", TIED)
def sides_exchanged(matcher: MatrixMatcher, case: Instance) -> None:
    """With mentors and mentees exchanged the total is the same."""
    _same_value(matcher, case, case.transposed, "with mentors and mentees exchanged")


@law(
    r"M(P, s) = M(P, s)",
    st.one_of(TIED, instances(elements=st.just(0), min_mentors=3, min_mentees=3)),
)
def same_seed_same_answer(matcher: MatrixMatcher, case: Instance) -> None:
    """The same input and seed give the same pairs again."""
    answers = [matcher.pairs(case) for _ in range(3)]
    for again in answers[1:]:
        expect_same_pairs(answers[0], again, "the next time")


@law(
    r"M(k P) = M(P),\ k > 0",
    st.tuples(UNIQUE, st.sampled_from((2, 3, 10, 1000))),
    needs_unique=True,
)
def scaling(matcher: MatrixMatcher, case: tuple[Instance, int]) -> None:
    """Points in other units give the same pairs."""
    instance, factor = case
    scaled = matcher.pairs(instance.with_points(instance.points * factor))
    expect_same_pairs(matcher.pairs(instance), scaled, f"with all points × {factor}")


@law(
    r"n \le m \Rightarrow W(P + \delta e_i 1^\top) = W(P) + \delta",
    st.tuples(
        instances(max_mentors=4, allow_forbidden=False),
        st.integers(0, 3),
        st.integers(1, 9),
        st.booleans(),
    ),
    participation=("most",),
)
def constant_on_the_shorter_side(
    matcher: MatrixMatcher, case: tuple[Instance, int, int, bool]
) -> None:
    """Where everybody may meet, a bonus for one person of the shorter side raises the total by just that bonus."""
    instance, number, bonus, below = case
    if instance.shape[0] > instance.shape[1]:
        instance = instance.transposed
    change = -bonus if below else bonus
    row = number % instance.shape[0]
    points = instance.points.copy()
    points[row] += change
    before, after = matcher.value(instance)[1], matcher.value(instance.with_points(points))[1]
    expect(
        after == before + change,
        f"total {before}, and {after} with {change} more for all pairs of mentor {row}",
    )


@law(r"d_j \text{ places} \equiv d_j \text{ copies of } j", instances(max_mentors=4, max_mentees=3))
def places_are_copies(matcher: MatrixMatcher, case: Instance) -> None:
    """Two places for a mentee are worth as much as two mentees who are alike, where mentors have one place each."""
    twice = np.full(case.shape[1], 2, np.int64)
    columns = [*range(case.shape[1])] * 2
    roomy = replace(case, mentee_capacity=twice)
    _same_value(
        matcher, roomy, case.take(range(case.shape[0]), columns), "with every mentee there twice"
    )


@law(r"M(P/2^k) = M(P)", instances(max_mentors=3, max_mentees=3, unique=True), needs_unique=True)
def whole_or_fractional(matcher: MatrixMatcher, case: Instance) -> None:
    """Whole points and the same points divided by a power of two give the same pairs."""
    halves = matcher.pairs(case.with_points(case.points / 1024))
    expect_same_pairs(matcher.pairs(case), halves, "with all points / 1024")


LAWS: tuple[Any, ...] = (
    order_keeps_total,
    order_keeps_pairs,
    sides_exchanged,
    same_seed_same_answer,
    scaling,
    whole_or_fractional,
    constant_on_the_shorter_side,
    places_are_copies,
)
