"""Laws about what a change of the input can do to the total."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rmatch.testing.laws.law import expect, law
from rmatch.testing.laws.shared import ANY, beside
from rmatch.testing.strategies import instances, perturbations

if TYPE_CHECKING:
    from rmatch.testing.instance import Instance
    from rmatch.testing.matcher import MatrixMatcher

SHAPLEY = "L. S. Shapley 1962, complements and substitutes in the optimal assignment problem"
OPEN = instances(min_mentors=2, min_mentees=2, max_mentors=5, max_mentees=4, allow_forbidden=False)


@law(
    r"0 \le W(P + \delta e_i e_j^\top) - W(P) \le \delta",
    beside(ANY, perturbations),
)
def one_pair_raised(matcher: MatrixMatcher, case: tuple[Instance, tuple[Instance, int]]) -> None:
    """Raising one pair raises the total by no more, and never lowers it."""
    instance, (raised, rise) = case
    before, after = matcher.value(instance), matcher.value(raised)
    expect(before[:-1] == after[:-1], f"{before[0]} pairs, and {after[0]} with other points")
    expect(
        0 <= after[-1] - before[-1] <= rise,
        f"total {before[-1]}, and {after[-1]} with one pair raised by {rise}",
    )


@law(
    r"x_{ij} = 1 \Rightarrow W(P + \delta e_i e_j^\top) = W(P) + \delta",
    st.tuples(ANY, st.integers(1, 9)),
)
def used_pair_raised(matcher: MatrixMatcher, case: tuple[Instance, int]) -> None:
    """Raising a pair that is made raises the total by as much."""
    instance, rise = case
    pairs = matcher.pairs(instance)
    before = instance.value(pairs, matcher.participation)[-1]
    for pair in sorted(pairs):
        points = instance.points.copy()
        points[pair] += rise
        after = matcher.value(instance.with_points(points))[-1]
        expect(
            after == before + rise,
            f"total {before}, and {after} with the used pair {pair} raised by {rise}",
        )


@law(
    r"k > 1,\ y = M(k P_i, P_{-i}) \Rightarrow p_i(y) \ge p_i(x)",
    st.tuples(ANY, st.integers(0, 4), st.integers(2, 5)),
)
def own_row_scaled(matcher: MatrixMatcher, case: tuple[Instance, int, int]) -> None:
    """Multiplying all points of one mentor never lowers what that mentor gets in the old points."""
    instance, number, factor = case
    row = number % instance.shape[0]
    points = instance.points.copy()
    points[row] *= factor
    pairs = matcher.pairs(instance), matcher.pairs(instance.with_points(points))
    before, after = (instance.total([pair for pair in found if pair[0] == row]) for found in pairs)
    expect(
        after >= before, f"mentor {row} had {before} points, and has {after} with points × {factor}"
    )


@law(r"I \subseteq I' \Rightarrow W(I') \ge W(I)", ANY)
def one_more_mentor(matcher: MatrixMatcher, case: Instance) -> None:
    """One more mentor never makes the best matching worse."""
    rows, columns = case.shape
    fewer, all_of_them = (
        matcher.value(case.take(range(rows - 1), range(columns))),
        matcher.value(case),
    )
    expect(all_of_them >= fewer, f"value {fewer} without mentor {rows - 1}, and {all_of_them} with")


@law(r"W(I + i) - W(I) \ge W(I + k + i) - W(I + k)", OPEN, source=SHAPLEY)
def mentors_are_substitutes(matcher: MatrixMatcher, case: Instance) -> None:
    """A mentor adds no more where another mentor is there already (all pairs allowed, no points below 0)."""
    rows, columns = case.shape
    base, i, k = range(rows - 2), rows - 2, rows - 1
    none, one, other, both = (
        matcher.value(case.take([*base, *more], range(columns)))[-1]
        for more in ((), (i,), (k,), (i, k))
    )
    expect(
        one - none >= both - other,
        f"mentor {i} adds {one - none} without mentor {k}, and {both - other} with",
    )


@law(r"W(I + i, J + j) - W(I, J + j) \ge W(I + i, J) - W(I, J)", OPEN, source=SHAPLEY)
def sides_are_complements(matcher: MatrixMatcher, case: Instance) -> None:
    """A mentor adds no less where one more mentee is there (all pairs allowed, no points below 0)."""
    rows, columns = case.shape
    few, more = range(columns - 1), range(columns)
    alone = [matcher.value(case.take(range(size), few))[-1] for size in (rows - 1, rows)]
    joined = [matcher.value(case.take(range(size), more))[-1] for size in (rows - 1, rows)]
    gains = alone[1] - alone[0], joined[1] - joined[0]
    expect(
        gains[1] >= gains[0],
        f"mentor {rows - 1} adds {gains[0]}, and {gains[1]} with mentee {columns - 1}",
    )


@law(r"x_{ij} = 0 \Rightarrow W(A \setminus ij) = W(A)", ANY)
def unused_pair_forbidden(matcher: MatrixMatcher, case: Instance) -> None:
    """Forbidding a pair that is not made changes no total."""
    pairs = matcher.pairs(case)
    before = case.value(pairs, matcher.participation)
    for pair in sorted(set(case.cells) - pairs)[:4]:
        after = matcher.value(case.without(pair))
        expect(after == before, f"value {before}, and {after} without the unused pair {pair}")


@law(r"A' \subseteq A \Rightarrow W(A') \le W(A)", ANY)
def pair_forbidden(matcher: MatrixMatcher, case: Instance) -> None:
    """Forbidding any pair never makes the best matching better."""
    before = matcher.value(case)
    for pair in case.cells[:4]:
        after = matcher.value(case.without(pair))
        expect(after <= before, f"value {before}, and {after} without the pair {pair}")


@law(r"p_{ij} + W(I - i, J - j) \le W(I, J)", OPEN)
def forced_pair(matcher: MatrixMatcher, case: Instance) -> None:
    """Forcing a pair never makes the best matching better (all pairs allowed)."""
    rows, columns = case.shape
    before = matcher.value(case)[-1]
    rest = matcher.value(case.take(range(1, rows), range(1, columns)))[-1]
    forced = case.points[0, 0].item() + rest
    expect(forced <= before, f"total {before}, and {forced} with the pair (0, 0) forced")


@law(r"c \le c' \Rightarrow W(c') \ge W(c)", ANY)
def one_more_place(matcher: MatrixMatcher, case: Instance) -> None:
    """One more place for everybody never makes the best matching worse."""
    roomy = replace(
        case,
        mentor_capacity=case.mentor_capacity + 1,
        mentee_capacity=case.mentee_capacity + 1,
    )
    before, after = matcher.value(case), matcher.value(roomy)
    expect(after >= before, f"value {before}, and {after} with one more place for everybody")


LAWS = (
    one_pair_raised,
    used_pair_raised,
    own_row_scaled,
    one_more_mentor,
    mentors_are_substitutes,
    sides_are_complements,
    unused_pair_forbidden,
    pair_forbidden,
    forced_pair,
    one_more_place,
)
