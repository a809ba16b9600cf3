"""Laws of inequality indices: functions of what everybody gets, 0 where all get the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from rmatch.testing.laws.law import expect, law
from rmatch.testing.matcher import called

if TYPE_CHECKING:
    from collections.abc import Callable

    Index = Callable[[list[float]], float]

CLOSE = 1e-9
VALUES = st.lists(st.integers(1, 20).map(float), min_size=1, max_size=6)


def _value(index: Index, values: list[float]) -> float:
    value: float = called(float, called(index, values))
    return value


def _same(one: float, other: float, what: str) -> None:
    expect(abs(one - other) <= CLOSE * max(1, abs(one)), f"{one}, and {other} {what}")


@law(r"f(b) \ge 0,\ f(c, \ldots, c) = 0", VALUES, form="index")
def zero_where_all_are_equal(index: Index, case: list[float]) -> None:
    """The index is 0 where all get the same, and never below."""
    _same(_value(index, [case[0]] * len(case)), 0, "is where all get the same")
    expect(_value(index, case) >= -CLOSE, "below 0")


@law(
    r"f(b_\sigma) = f(b)",
    VALUES.flatmap(lambda case: st.tuples(st.just(case), st.permutations(case))),
    form="index",
)
def symmetry(index: Index, case: tuple[list[float], list[float]]) -> None:
    """Who gets what does not matter."""
    _same(_value(index, case[0]), _value(index, case[1]), "in another order")


@law(
    r"f(k b) = f(b),\ k > 0",
    st.tuples(VALUES, st.sampled_from((0.5, 3, 1000))),
    form="index",
    source="A. F. Shorrocks, Econometrica 48, 1980, doi:10.2307/1913126",
)
def scale_invariance(index: Index, case: tuple[list[float], float]) -> None:
    """The unit does not matter."""
    values, factor = case
    _same(
        _value(index, values),
        _value(index, [factor * value for value in values]),
        f"with all values × {factor}",
    )


@law(
    r"f(b, \ldots, b) = f(b)",
    st.tuples(VALUES, st.integers(2, 4)),
    form="index",
    source="H. Dalton, The Economic Journal 30, 1920, doi:10.2307/2223525",
)
def replication(index: Index, case: tuple[list[float], int]) -> None:
    """Everybody there several times over gives the same inequality."""
    values, times = case
    _same(
        _value(index, values), _value(index, values * times), f"with everybody there {times} times"
    )


@st.composite
def _transfers(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Return values, and the same after the richest gave the poorest less than half the difference."""
    poor = draw(st.integers(1, 10))
    rich = poor + draw(st.integers(3, 10))
    between = draw(st.lists(st.integers(poor, rich), max_size=4))
    gift = draw(st.integers(1, (rich - poor - 1) // 2))
    return [float(poor), float(rich), *map(float, between)], [
        float(poor + gift),
        float(rich - gift),
        *map(float, between),
    ]


@law(
    r"b_i < b_k,\ 0 < \delta < (b_k - b_i)/2 \Rightarrow f(b + \delta e_i - \delta e_k) < f(b)",
    _transfers(),
    form="index",
    source="H. Dalton, The Economic Journal 30, 1920, doi:10.2307/2223525",
)
def transfer(index: Index, case: tuple[list[float], list[float]]) -> None:
    """A gift from the richer to the poorer, who stays the poorer, lowers the index (Pigou and Dalton)."""
    before, after = _value(index, case[0]), _value(index, case[1])
    expect(after < before, f"{before} before the gift, and {after} after it")


LAWS = (zero_where_all_are_equal, symmetry, scale_invariance, replication, transfer)
