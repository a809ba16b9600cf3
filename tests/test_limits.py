"""Every route hears that it is to stop, at every moment, and says no more than it knows."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from solve.brute import Case, Pairs, cases, feasible, is_feasible, total

import rmatch
from rmatch import quotas
from rmatch.errors import InfeasibleError, InvalidInputError, StopError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable
from rmatch.solve import assign
from rmatch.solve.fair.dispatch import solve_fair
from rmatch.solve.fair.proof import fair_failures
from rmatch.utils import stopping
from rmatch.utils.stopping import StoppingRule

if TYPE_CHECKING:
    from collections.abc import Callable

PLANNED = rmatch.datasets.example_programme()
SEVERAL = rmatch.datasets.example()
PEOPLE = replace(SEVERAL, mentor_capacity=np.full(len(SEVERAL), -1))
"""Everybody has one place, as some objectives need it."""
AGREED = rmatch.Programme(justification="agreed")
FAIR = [AlphaFair(1), AlphaFair(4), MaxMin(), Leximin()]
NESTED = quotas.Quota("gender", "Woman", "mentor", at_least=6)
PARITY = quotas.MeanParity("gender", "mentee", within=20_000)


@pytest.fixture(autouse=True)
def every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask at every look: tiny problems are solved before anybody would ask twice."""
    monkeypatch.setattr(stopping, "LOOKED_EVERY", -1.0)


class At:
    """Says stop at one look, whatever else is asked after that."""

    def __init__(self, last: float) -> None:
        self.looks, self.last = 0, last

    def __call__(self) -> bool:
        self.looks += 1
        return self.looks == self.last


def moments(run: Callable[[At], Any], most: int = 25) -> list[int]:
    """Return up to so many looks of a run, the first and the last among them."""
    unheard = At(np.inf)
    run(unheard)
    assert unheard.looks
    return sorted({int(look) for look in np.linspace(1, unheard.looks, most)})


def others(case: Case, pairs: Pairs) -> list[Pairs]:
    """Return all matchings that the pairs are compared with: of as many, or of any number."""
    fewest = len(pairs) if case.participation == "most" else 0
    return [other for other in feasible(case) if len(other) >= fewest]


def pairs_of(rows: Any, cols: Any) -> Pairs:
    return frozenset(zip(rows.tolist(), cols.tolist(), strict=True))


@given(cases(), st.integers(1, 30))
@examples(50)
def test_a_total_that_is_stopped_is_a_matching_with_a_true_bound(case: Case, last: int) -> None:
    flag = At(last)
    try:
        found = assign(case.matrix, **case.options, cancel=flag)
    except InfeasibleError:
        assert not any(True for _ in feasible(case))
        return
    except StopError:
        assert any(case.mentor_minimum) or any(case.mentee_minimum)
        return
    pairs = pairs_of(*found.pairs.T)
    assert is_feasible(case, pairs)
    assert all(case.allowed[i][j] for i, j in pairs)
    assert found.total == total(case, pairs) <= found.bound
    assert all(total(case, other) <= found.bound for other in others(case, pairs))
    assert found.status == "optimal" or flag.looks >= last
    assert (found.gap == 0) == (found.bound == found.total)


@given(cases(minimums=False), st.sampled_from(FAIR), st.integers(1, 40))
@examples(50)
def test_another_objective_that_is_stopped_says_what_is_settled(
    case: Case, objective: Any, last: int
) -> None:
    case = Case(**{**vars(case), "participation": "most"})
    problem = case.problem
    with StoppingRule(cancel=At(last)):
        try:
            found = solve_fair(problem, objective)
        except InvalidInputError:  # points of 0 have no logarithm
            return
    assert list(fair_failures(problem, found, objective, None)) == []
    pairs = pairs_of(found.rows, found.cols)
    assert is_feasible(case, pairs)
    against = others(case, pairs)
    if not found.proved:
        assert all(total(case, other) <= found.bound for other in against)
        if found.bottleneck is not None:
            assert all(points(case, other)[0] <= found.bottleneck.value for other in against)
        if objective == Leximin():
            settled = counted(case, pairs, found.up_to)
            assert all(settled <= counted(case, other, found.up_to) for other in against)


def points(case: Case, pairs: Pairs) -> list[int]:
    return sorted(case.points[i][j] for i, j in pairs)


def counted(case: Case, pairs: Pairs, up_to: float) -> list[int]:
    """Return how many pairs have each number of points, from the lowest of all cells up to some points."""
    tiers = sorted({value for row in case.points for value in row if value <= up_to})
    return [points(case, pairs).count(tier) for tier in tiers]


PROGRAMMES = {
    "total": AGREED,
    "the example": PLANNED,
    "α-fair": rmatch.Programme(objective=AlphaFair(1)),
    "max-min": rmatch.Programme(objective=MaxMin()),
    "leximin": rmatch.Programme(objective=Leximin()),
    "leximin over people": rmatch.Programme(objective=Leximin("people")),
    "stable": rmatch.Programme(objective=Stable(), places="with_protected", justification="x"),
    "the best stable": rmatch.Programme(
        objective=Stable(best="total"), places="with_protected", justification="x"
    ),
    "nested quotas": rmatch.Programme(quotas=(NESTED,), justification="agreed"),
    "parity of means": rmatch.Programme(quotas=(PARITY,), justification="agreed"),
}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_matching_that_is_stopped_at_any_look_is_verified(name: str) -> None:
    programme = PROGRAMMES[name]

    def run(flag: At) -> Any:
        return rmatch.match(PEOPLE, programme, cancel=flag)

    best = run(At(np.inf))
    assert best.status == "optimal"
    stopped = 0
    for last in moments(run):
        try:
            found = run(At(last))
        except StopError:
            assert name in {"stable", "the best stable", "nested quotas", "parity of means"}
            continue
        rmatch.verify(found, PEOPLE, programme)
        if found.status == "optimal":
            # Only ties are left open: another one that is as good.
            assert found.total == best.total or programme.objective != AGREED.objective
            continue
        stopped += 1
        again = rmatch.read_matching(found.to_dict(), PEOPLE)
        rmatch.verify(again, PEOPLE, programme)
        assert (again.claim, again.bound, again.pairs) == (found.claim, found.bound, found.pairs)
        assert found.claim.startswith("Stopped early")
        assert best.total <= found.bound
        assert found.gap >= 0
    assert stopped or name in {"stable", "nested quotas", "parity of means"}


def test_a_cancel_before_the_start_is_one_during_it() -> None:
    flag = threading.Event()
    flag.set()
    before, during = (rmatch.match(PEOPLE, AGREED, cancel=each) for each in (flag, At(1)))
    assert before.pairs == during.pairs
    assert before.claim == during.claim
    assert rmatch.match(PEOPLE, AGREED, max_seconds=0).pairs == before.pairs
    with pytest.raises(StopError, match="cancelled"):
        rmatch.lottery(PEOPLE, cap="1/2", cancel=flag)


PARITY_BY_LOT = rmatch.lotteries.Parity("gender", within=10**6, between="points")
CALLS: dict[str, Callable[[At], Any]] = {
    "lottery": lambda flag: rmatch.lottery(PEOPLE, cap="1/2", cancel=flag),
    "spread": lambda flag: rmatch.lottery(PEOPLE, cap=1, spread="1/2", grid=60, cancel=flag),
    "parity": lambda flag: rmatch.lottery(PEOPLE, cap="1/2", parity=[PARITY_BY_LOT], cancel=flag),
    "expected leximin": lambda flag: rmatch.lottery(
        PEOPLE, rmatch.Programme(objective=Leximin("people")), cap="1/2", cancel=flag
    ),
    "verify": lambda flag: rmatch.verify(rmatch.match(PEOPLE, AGREED), PEOPLE, cancel=flag),
    "verify leximin": lambda flag: rmatch.verify(
        rmatch.match(PEOPLE, PROGRAMMES["leximin"]), PEOPLE, cancel=flag
    ),
    "fairness": lambda flag: rmatch.match(PEOPLE, PLANNED).fairness(effect=True, cancel=flag),
    "stand-ins": lambda flag: rmatch.match(SEVERAL).stand_ins(cancel=flag),
}


@pytest.mark.parametrize("name", CALLS)
def test_what_has_no_half_results_says_that_it_was_stopped(name: str) -> None:
    run = CALLS[name]
    whole = repr(run(At(np.inf)))
    for last in moments(run, 12):
        with pytest.raises(StopError, match="stopped"):
            run(At(last))
    assert repr(run(At(np.inf))) == whole


@pytest.mark.parametrize("quota", [None, NESTED])
def test_a_frontier_that_is_stopped_has_the_choices_so_far(quota: Any) -> None:
    asked: dict[str, Any] = {"alphas": [1, 2]} if quota is None else {"quota": quota}

    def run(flag: At) -> Any:
        return rmatch.frontier(PEOPLE, AGREED, **asked, cancel=flag)

    whole, early, fewer = run(At(np.inf)), 0, 0
    for last in moments(run, 12):
        try:
            found = run(At(last))
        except StopError:
            early += 1
            continue
        names = [repr(choice) for choice in whole.choices]
        fewer += len(found.choices) < len(names)
        assert all(
            repr(choice) in names for choice in found.choices if getattr(choice, "proved", True)
        )
        assert len(found.choices) == len(whole.choices) or found.left_out
        repr(found)
    assert early
    assert fewer


def test_progress_is_told_by_every_route(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "TOLD_EVERY", -1.0)
    for programme in PROGRAMMES.values():
        told: list[rmatch.solve.Progress] = []
        matching = rmatch.match(PEOPLE, programme, progress=told.append)
        assert {each.step for each in told} <= {"places", "pairs", ""}
        assert all(each.phase for each in told)
        assert matching.status == "optimal"
    for run, step in ((rmatch.verify, "checks"), (rmatch.Matching.fairness, "figures")):
        told = []
        run(rmatch.match(PEOPLE, AGREED), progress=told.append)
        assert {each.step for each in told} >= {step}


def test_an_error_of_the_flag_or_of_the_progress_is_the_callers() -> None:
    def broken(*_: object) -> Any:
        message = "the database is gone"
        raise ConnectionError(message)

    matching = rmatch.match(PEOPLE, AGREED)
    for run in (
        lambda: rmatch.match(PEOPLE, AGREED, cancel=broken),
        lambda: rmatch.verify(matching, PEOPLE, progress=broken),
    ):
        with pytest.raises(ConnectionError):
            run()


def test_leximin_tells_how_many_tiers_are_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "TOLD_EVERY", -1.0)
    told: list[rmatch.solve.Progress] = []
    assign([[9, 5, 1], [4, 1, 2], [3, 8, 7]], objective=Leximin(), progress=told.append)
    passes = [each.passes for each in told if each.phase == "tiers"]
    assert max(passes) >= 2
    assert passes == sorted(passes)


ONCE = rmatch.Programme(mentee_capacity=2, count_topic="once")
TWO_EACH = replace(SEVERAL, mentee_capacity=np.full(len(SEVERAL), 2))
STRICTER = rmatch.Programme(rules=(rmatch.rules.JuniorMentor(by="years", min_gap=15),))
EARLIER = rmatch.match(SEVERAL)
PUT_TOGETHER: dict[str, Callable[[At], Any]] = {
    "a matching": lambda flag: rmatch.match(SEVERAL, cancel=flag),
    "groups": lambda flag: rmatch.match(TWO_EACH, ONCE, cancel=flag),
    "pairs that rules break": lambda flag: rmatch.rematch(EARLIER, programme=STRICTER, cancel=flag),
    "the points, and earlier pairs": lambda flag: rmatch.rematch(
        EARLIER, programme=STRICTER, keep="optimum", cancel=flag
    ),
    "a plan": lambda flag: rmatch.plan(SEVERAL, rounds=2, cancel=flag),
    "a plan of groups": lambda flag: rmatch.plan(TWO_EACH, ONCE, rounds=2, cancel=flag),
}


@pytest.mark.parametrize("name", PUT_TOGETHER)
def test_what_was_found_is_put_together_whatever_says_stop_meanwhile(name: str) -> None:
    run = PUT_TOGETHER[name]
    unheard = At(np.inf)
    whole = run(unheard)
    stopped = run(At(unheard.looks))
    assert stopped.status in {"optimal", "feasible"}
    assert stopped.total <= whole.total <= stopped.bound
    rmatch.verify(stopped)


def test_a_price_list_that_is_stopped_is_whole_or_none() -> None:
    matching = rmatch.rematch(EARLIER, programme=STRICTER, keep="optimum")
    unheard, stopped = At(np.inf), 0
    whole = matching.price_of_changes(cancel=unheard)
    for last in range(1, unheard.looks + 1):
        try:
            assert matching.price_of_changes(cancel=At(last)) == whole
        except StopError:
            stopped += 1
    assert stopped > unheard.looks / 4
