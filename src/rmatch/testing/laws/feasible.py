"""Laws about what a matching is: valid pairs, within capacities, as many as possible."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from rmatch.testing.instance import Instance
from rmatch.testing.laws.law import expect, law
from rmatch.testing.laws.shared import ANY, expect_places
from rmatch.testing.matcher import called
from rmatch.testing.oracles import best, hall_deficiency
from rmatch.testing.strategies import (
    dyadic_points,
    feasible_instances,
    infeasible_instances,
    instances,
    whole_points,
)

if TYPE_CHECKING:
    from rmatch.testing.instance import Pairs
    from rmatch.testing.matcher import MatrixMatcher

SPARSE = instances().map(lambda drawn: replace(drawn, allowed=~drawn.allowed))
FRACTIONAL = instances(elements=dyadic_points())


@law(r"(i, j) \in \{1, \ldots, n\} \times \{1, \ldots, m\}", ANY)
def valid_indices(matcher: MatrixMatcher, case: Instance) -> None:
    """Every pair is a row and a column of the matrix."""
    matcher.listed(case)


@law(r"x_{ij} \in \{0, 1\}", ANY)
def no_duplicates(matcher: MatrixMatcher, case: Instance) -> None:
    """No pair is made twice."""
    twice = [pair for pair, times in Counter(matcher.listed(case)).items() if times > 1]
    expect(not twice, f"pairs made twice: {twice}")


@law(r"\sum_j x_{ij} \le c_i,\ \sum_i x_{ij} \le d_j", ANY)
def capacities(matcher: MatrixMatcher, case: Instance) -> None:
    """Nobody has more partners than places."""
    pairs = matcher.listed(case)
    expect_places(pairs, lambda side, person: case.capacity(side)[person])


@law(r"x_{ij} = 0 \text{ where } (i, j) \notin A", st.one_of(ANY, FRACTIONAL))
def forbidden_pairs(matcher: MatrixMatcher, case: Instance) -> None:
    """No forbidden pair is made, whatever its points."""
    _allowed(case, matcher.pairs(case))


@law(
    r"x = 0 \text{ where } A = \emptyset",
    instances().map(lambda drawn: drawn.with_points(drawn.points + 1)),
)
def all_forbidden(matcher: MatrixMatcher, case: Instance) -> None:
    """Where every pair is forbidden the answer is no pair, not an error."""
    nothing = replace(case, allowed=np.zeros_like(case.allowed))
    _allowed(nothing, matcher.pairs(nothing))


@law(r"n = 0 \Rightarrow x = 0", st.tuples(st.integers(0, 3), st.booleans()))
def empty_side(matcher: MatrixMatcher, case: tuple[int, bool]) -> None:
    """Where one side is empty the answer is no pair, not an error."""
    nobody = Instance.of(np.zeros((0, case[0]), np.int64))
    pairs = matcher.listed(nobody.transposed if case[1] else nobody)
    expect(not pairs, f"{pairs} where nobody is there")


@law(
    r"\sum_{ij} x_{ij} = \max_{y} \sum_{ij} y_{ij}",
    st.one_of(ANY, instances(elements=whole_points(min_value=-4)), SPARSE),
    participation=("most",),
)
def most_pairs(matcher: MatrixMatcher, case: Instance) -> None:
    """As many pairs are made as possible."""
    found, possible = len(matcher.pairs(case)), best(case)[0]
    expect(found == possible, f"{found} pairs, and {possible} are possible")


@law(
    r"(\forall S \subseteq J: |N(S)| \ge |S|) \Rightarrow (\forall j: \sum_i x_{ij} = 1)",
    feasible_instances(),
    source="P. Hall 1935, doi:10.1112/jlms/s1-10.37.26",
    participation=("most",),
)
def planted_matching(matcher: MatrixMatcher, case: tuple[Instance, Pairs]) -> None:
    """Where every mentee can have a partner, every mentee has one."""
    without = set(range(case[0].shape[1])) - {column for _, column in matcher.pairs(case[0])}
    expect(
        not without,
        f"mentees {sorted(without)} stay out, and {sorted(case[1])} would place everybody",
    )


@law(
    r"\sum_{i, j \in S} x_{ij} \le |N(S)|",
    infeasible_instances(),
    source="P. Hall 1935, doi:10.1112/jlms/s1-10.37.26",
)
def planted_violator(matcher: MatrixMatcher, case: tuple[Instance, frozenset[int]]) -> None:
    """A group of mentees that may meet too few mentors is not placed as a whole."""
    instance, group = case
    pairs = matcher.pairs(instance)
    _allowed(instance, pairs)
    placed, missing = len({column for _, column in pairs} & group), hall_deficiency(instance, group)
    expect(
        placed <= len(group) - missing,
        f"{placed} of the mentees {sorted(group)} are placed; {missing} must stay out",
    )


@law(
    r"p_{ij} = 0 \not\Rightarrow x_{ij} = 0",
    instances(elements=whole_points(max_value=1)),
    participation=("most",),
)
def zero_is_a_score(matcher: MatrixMatcher, case: Instance) -> None:
    """A pair of 0 points is a pair like any other: neither unknown nor forbidden."""
    found, possible = len(matcher.pairs(case)), best(case)[0]
    expect(found == possible, f"{found} pairs, and {possible} are possible, some with 0 points")


@law(r"f(P, A, c, d) \text{ leaves } P, A, c, d \text{ as they are}", st.one_of(ANY, FRACTIONAL))
def inputs_untouched(matcher: MatrixMatcher, case: Instance) -> None:
    """The arrays that a matcher is given are the caller's: it does not change them."""
    given = case.arguments
    called(matcher.fn, *given)
    names = ("points", "allowed", "mentor_capacity", "mentee_capacity")
    changed = [
        name
        for name, array in zip(names, given[:4], strict=True)
        if not np.array_equal(array, getattr(case, name))
    ]
    expect(not changed, f"the matcher changed {', '.join(changed)}")


def _allowed(case: Instance, pairs: Pairs) -> None:
    broken = sorted(pair for pair in pairs if not case.allowed[pair])
    expect(not broken, f"forbidden pairs made: {broken}")


LAWS = (
    valid_indices,
    no_duplicates,
    capacities,
    forbidden_pairs,
    all_forbidden,
    empty_side,
    most_pairs,
    planted_matching,
    planted_violator,
    zero_is_a_score,
    inputs_untouched,
)
