"""Laws about the total: nothing better exists, whatever the numbers look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from rmatch.testing.data import KNOWN
from rmatch.testing.instance import Certified, Instance
from rmatch.testing.laws.law import expect, law
from rmatch.testing.laws.shared import ANY
from rmatch.testing.oracles import best, dual_bound, lp_value
from rmatch.testing.oracles.linear import SLACK
from rmatch.testing.strategies import dyadic_points, instances, whole_points
from rmatch.utils.text import plural

if TYPE_CHECKING:
    from rmatch.testing.data import Known
    from rmatch.testing.matcher import MatrixMatcher

OPTIMUM = r"\sum_{ij} p_{ij} x_{ij} = \max_{y} \sum_{ij} p_{ij} y_{ij}"
MILLION = 1_000_000


@st.composite
def _larger(draw: st.DrawFn) -> Instance:
    """Return problems of up to 30 × 30 whose cells come from a seed: too many to draw one by one."""
    rows, columns, most = (
        draw(st.integers(6, 30)),
        draw(st.integers(6, 30)),
        draw(st.sampled_from((1, 3))),
    )
    random = np.random.default_rng(draw(st.integers(0, 2**16)))
    points = random.integers(0, draw(st.sampled_from((10, 1000))), (rows, columns), endpoint=True)
    allowed = random.random((rows, columns)) < draw(st.sampled_from((1, 0.7, 0.2)))
    capacities = [random.integers(1, most, side, endpoint=True) for side in (rows, columns)]
    return Instance(points, allowed, capacities[0], capacities[1])


def _optimal(matcher: MatrixMatcher, case: Instance) -> None:
    found, possible = matcher.value(case), best(case, matcher.participation)
    expect(found == possible, f"value {_shown(found)}, and {_shown(possible)} is possible")


def _shown(value: tuple[int | float, ...]) -> str:
    points = f"{value[-1]} point{'s' * (str(value[-1]) != '1')}"
    if len(value) == 1:
        return points
    return f"{value[0]:g} {plural(value[0], 'pair')} with {points}"


@law(OPTIMUM, instances())
def optimal_total(matcher: MatrixMatcher, case: Instance) -> None:
    """No matching has a better total; trying everything finds none."""
    _optimal(matcher, case)


@law(OPTIMUM, _larger(), source="Hoffman and Kruskal 1956, doi:10.1515/9781400881987-014")
def optimal_by_linear_programming(matcher: MatrixMatcher, case: Instance) -> None:
    """No matching of up to 30 × 30 people has a better total; linear programming finds none."""
    found, possible = matcher.value(case), lp_value(case, matcher.participation)
    close = all(
        abs(one - other) <= SLACK * max(1, abs(other))
        for one, other in zip(found, possible, strict=True)
    )
    expect(close, f"value {_shown(found)}, and {_shown(possible)} is possible")


@law(OPTIMUM, instances(max_mentors=2, max_mentees=5))
def wide_matrices(matcher: MatrixMatcher, case: Instance) -> None:
    """With more mentees than mentors the total is still the best."""
    _optimal(matcher, case)


@law(OPTIMUM, instances(max_mentors=5, max_mentees=2))
def tall_matrices(matcher: MatrixMatcher, case: Instance) -> None:
    """With more mentors than mentees the total is still the best."""
    _optimal(matcher, case)


@st.composite
def _roomy(draw: st.DrawFn) -> Instance:
    """Return problems in which somebody has two places or more."""
    drawn = draw(instances(max_mentors=4, max_mentees=4, min_capacity=0, max_capacity=3))
    places = draw(st.sampled_from((drawn.mentor_capacity, drawn.mentee_capacity)))
    places[0] = draw(st.integers(2, 3))
    return drawn


@law(OPTIMUM, _roomy())
def several_places(matcher: MatrixMatcher, case: Instance) -> None:
    """With several places, or none, for some people the total is still the best."""
    _optimal(matcher, case)


@law(OPTIMUM, instances(elements=whole_points(min_value=-4)))
def negative_points(matcher: MatrixMatcher, case: Instance) -> None:
    """Points below 0 count as they are."""
    _optimal(matcher, case)


@law(OPTIMUM, instances(elements=dyadic_points(bits=3)))
def fractions_not_truncated(matcher: MatrixMatcher, case: Instance) -> None:
    """Points between 0 and 1 are not cut off to whole numbers."""
    _optimal(matcher, case)


@law(
    OPTIMUM,
    instances(
        elements=st.integers(0, 3).map(lambda step: 1 - step / 2**30), max_mentors=4, max_mentees=4
    ),
)
def double_precision(matcher: MatrixMatcher, case: Instance) -> None:
    """Points that differ in the 30th bit differ: single precision is not enough."""
    _optimal(matcher, case)


@law(OPTIMUM, instances(elements=whole_points(min_value=MILLION - 3, max_value=MILLION)))
def million_points(matcher: MatrixMatcher, case: Instance) -> None:
    """Points around a million, which differ in the last digit only, are told apart and are not taken for forbidden."""
    _optimal(matcher, case)


@law(
    OPTIMUM,
    instances(
        elements=whole_points(min_value=2**31 - 3, max_value=2**31 + 2),
        max_mentors=4,
        max_mentees=4,
    ),
)
def beyond_32_bits(matcher: MatrixMatcher, case: Instance) -> None:
    """Points and totals beyond 2³¹ do not overflow."""
    _optimal(matcher, case)


@law(OPTIMUM, st.sampled_from(sorted(KNOWN.values(), key=lambda known: known.name)))
def published_instances(matcher: MatrixMatcher, case: Known) -> None:
    """The totals of published instances are those that were published."""
    found = matcher.pairs(case.instance)
    total = case.instance.total(found)
    expect(total == case.total, f"{case.name}: total {total}, and {case.total} is published")


@law(
    r"\sum_{ij} p_{ij} x_{ij} = \sum_i c_i u_i + \sum_j d_j v_j + \sum_{ij} \max(0, p_{ij} + \lambda - u_i - v_j)"
    r" - \lambda \sum_{ij} x_{ij}",
    ANY,
    source="weak duality; Hoffman and Kruskal 1956, doi:10.1515/9781400881987-014",
)
def certificate(matcher: MatrixMatcher, case: Instance) -> None:
    """Prices that come with an answer prove its total optimal."""
    answer = matcher.answer(case)
    if not isinstance(answer, Certified):
        message = "the matcher returns no prices"
        raise NotImplementedError(message)
    pairs = frozenset((int(row), int(column)) for row, column in answer.pairs)
    u, v = np.asarray(answer.mentor_prices).tolist(), np.asarray(answer.mentee_prices).tolist()
    expect(min([*u, *v], default=0) >= 0, "a price is below 0")
    bound, total = dual_bound(case, pairs, u, v, answer.bonus), case.total(pairs)
    expect(
        abs(bound - total) <= SLACK * max(1, abs(total)),
        f"the prices allow for {bound}, and the pairs have {total}",
    )


LAWS = (
    optimal_total,
    optimal_by_linear_programming,
    wide_matrices,
    tall_matrices,
    several_places,
    negative_points,
    fractions_not_truncated,
    double_precision,
    million_points,
    beyond_32_bits,
    published_instances,
    certificate,
)
