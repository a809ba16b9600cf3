"""Laws of stable matchings: two sides that value a pair differently, and mentors who propose."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from rmatch.testing.instance import Instance
from rmatch.testing.laws.law import expect, law
from rmatch.testing.laws.shared import beside, expect_places, expect_same_pairs
from rmatch.testing.market import Market
from rmatch.testing.oracles import blocking_pairs, stable_matchings
from rmatch.testing.strategies import markets, permutations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rmatch.testing.instance import Pairs
    from rmatch.testing.matcher import MarketMatcher

GALE_SHAPLEY = "D. Gale and L. S. Shapley 1962, doi:10.1080/00029890.1962.11989827"
GALE_SOTOMAYOR = "D. Gale and M. Sotomayor 1985, doi:10.1016/0166-218X(85)90074-5"
DUBINS_FREEDMAN = "L. E. Dubins and D. A. Freedman 1981, doi:10.2307/2321753"
ANY = st.one_of(markets(), markets(min_capacity=0, max_capacity=3))
STRICT = st.one_of(markets(strict=True), markets(strict=True, max_capacity=2))
SEVERAL = st.one_of(
    markets(strict=True, min_mentors=3, min_mentees=3),
    markets(strict=True, max_mentors=3, max_capacity=2),
)


@law(
    r"x_{ij} \in \{0, 1\},\ \sum_j x_{ij} \le c_i,\ \sum_i x_{ij} \le d_j,\ x_{ij} = 0 \text{ for } (i, j) \notin A",
    ANY,
    form="market",
)
def acceptable_pairs(matcher: MarketMatcher, case: Market) -> None:
    """Every pair is allowed and made once, and nobody has more partners than places."""
    instance, pairs = case.instance, matcher.listed(case)
    wrong = [
        pair for pair, times in Counter(pairs).items() if times > 1 or not instance.allowed[pair]
    ]
    expect(not wrong, f"pairs made twice or forbidden: {wrong}")
    expect_places(pairs, lambda side, person: instance.capacity(side)[person])


@law(r"n = 0 \Rightarrow x = 0", st.tuples(st.integers(0, 3), st.booleans()), form="market")
def empty_market(matcher: MarketMatcher, case: tuple[int, bool]) -> None:
    """Where one side is empty the answer is no pair, not an error."""
    nobody = np.zeros((case[0], 0) if case[1] else (0, case[0]), np.int64)
    pairs = matcher.listed(Market.of(Instance.of(nobody), nobody))
    expect(not pairs, f"{pairs} where nobody is there")


@law(
    r"\nexists (i, j) \in A \setminus M: u_i(j) > \min u_i(M(i)),\ w_j(i) > \min w_j(M(j)) \text{, a free place being worth less than any pair}",
    ANY,
    form="market",
    source=GALE_SHAPLEY,
)
def no_blocking_pair(matcher: MarketMatcher, case: Market) -> None:
    """No two people would both rather have each other, be it in a free place; equal gains are no reason to change."""
    blocking = blocking_pairs(case.instance, case.mentee_points, matcher.pairs(case))
    expect(not blocking, f"{blocking} would rather have each other")


@law(
    r"u_i(M(i)) \ge u_i(N(i)) \text{ for all stable } N",
    SEVERAL,
    form="market",
    source=GALE_SHAPLEY,
    needs_unique=True,
)
def best_for_proposers(matcher: MarketMatcher, case: Market) -> None:
    """No mentor has a better partner in any other stable matching: mentors propose (strict preferences)."""
    own = matcher.pairs(case)
    for other in stable_matchings(case.instance, case.mentee_points):
        better = [
            i for i in range(case.instance.shape[0]) if _gain(case, other, i) > _gain(case, own, i)
        ]
        expect(
            not better,
            f"mentors {better} have better partners in the stable matching {sorted(other)}",
        )


@law(
    r"M(\sigma P \tau) = \sigma M(P) \tau",
    beside(STRICT, lambda case: permutations(case.instance)),
    form="market",
    needs_unique=True,
)
def order_of_the_market(
    matcher: MarketMatcher, case: tuple[Market, tuple[list[int], list[int]]]
) -> None:
    """Another order of rows and columns gives the same people the same partners (strict preferences)."""
    market, (rows, columns) = case
    again = {(rows[i], columns[j]) for i, j in matcher.pairs(market.take(rows, columns))}
    expect_same_pairs(matcher.pairs(market), again, "in another order")


@law(
    r"M(f_i(u_i), g_j(w_j)) = M(u, w) \text{ for increasing } f_i, g_j",
    STRICT.flatmap(
        lambda case: st.tuples(st.just(case), *(_slopes(side) for side in case.instance.shape))
    ),
    form="market",
    needs_unique=True,
)
def only_order_counts(matcher: MarketMatcher, case: tuple[Market, list[int], list[int]]) -> None:
    """How much better somebody is does not matter, only that they are: each person's points in other units."""
    market, mentors, mentees = case
    stretched = market.instance.points * np.array(mentors)[:, None]
    other = Market(market.instance.with_points(stretched), market.mentee_points * np.array(mentees))
    one, again = matcher.pairs(market), matcher.pairs(other)
    expect_same_pairs(one, again, "with other units")


@law(
    r"w_j(M_{I + i}(j)) \ge w_j(M_I(j))",
    markets(strict=True, min_mentors=2),
    form="market",
    source=GALE_SOTOMAYOR,
    needs_unique=True,
)
def one_more_mentor_hurts_no_mentee(matcher: MarketMatcher, case: Market) -> None:
    """One more mentor leaves no mentee worse off (strict preferences, one place each); the best total may."""
    rows, columns = case.instance.shape
    before, after = matcher.pairs(case.take(range(rows - 1), range(columns))), matcher.pairs(case)
    worse = [
        j for j in range(columns) if _gain(case, after, j, side=1) < _gain(case, before, j, side=1)
    ]
    expect(not worse, f"mentees {worse} are worse off with one more mentor")


@law(
    r"u_i(M(u_i, u_{-i}, w)) \ge u_i(M(u_i', u_{-i}, w))",
    markets(strict=True, min_mentors=2, min_mentees=2, max_capacity=2).flatmap(
        lambda case: st.tuples(st.just(case), st.permutations(range(case.instance.shape[1])))
    ),
    form="market",
    source=DUBINS_FREEDMAN,
    needs_unique=True,
)
def proposers_need_not_lie(matcher: MarketMatcher, case: tuple[Market, list[int]]) -> None:
    """No mentor gets a better partner by stating other preferences or refusing somebody (strict preferences, one place for each mentor)."""
    market, stated = case
    honest = matcher.pairs(market)
    for mentor in range(market.instance.shape[0]):
        for points, allowed in _lies(market.instance, mentor, stated):
            told = replace(
                market, instance=replace(market.instance, points=points, allowed=allowed)
            )
            gained = _gain(market, matcher.pairs(told), mentor) - _gain(market, honest, mentor)
            means = f"{points[mentor].tolist()} and refusing {np.flatnonzero(~allowed[mentor]).tolist()}"
            expect(gained <= 0, f"mentor {mentor} gets a better partner by stating {means}")


def _lies(
    instance: Instance, mentor: int, stated: list[int]
) -> Iterator[tuple[NDArray[Any], NDArray[np.bool_]]]:
    """Return other points, and the true ones with everybody refused who is worse than somebody."""
    points = instance.points.copy()
    points[mentor] = stated
    yield points, instance.allowed
    for least in np.sort(instance.points[mentor]).tolist():
        allowed = instance.allowed.copy()
        allowed[mentor] &= instance.points[mentor] > least
        yield instance.points, allowed


@law(r"M(u, w, s) = M(u, w, s)", ANY, form="market")
def market_repeats(matcher: MarketMatcher, case: Market) -> None:
    """The same input and seed give the same pairs again."""
    one, again = (matcher.pairs(case) for _ in range(2))
    expect_same_pairs(one, again, "the next time")


def _slopes(side: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, 1000), min_size=side, max_size=side)


def _gain(case: Market, pairs: Pairs, person: int, side: int = 0) -> int:
    """Return what somebody gains from their only partner, and less than any pair is worth without one."""
    points = (case.instance.points, case.mentee_points)[side]
    return sum(int(points[pair]) + 1 for pair in pairs if pair[side] == person)


LAWS = (
    acceptable_pairs,
    empty_market,
    no_blocking_pair,
    best_for_proposers,
    order_of_the_market,
    only_order_counts,
    one_more_mentor_hurts_no_mentee,
    proposers_need_not_lie,
    market_repeats,
)
