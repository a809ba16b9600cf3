"""The quota sweep of a frontier: what each further step costs, and how far one can go."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Custom, Matrix
from rmatch.errors import InfeasibleError, InvalidInputError, StopError
from rmatch.frontiers import QuotaChoice, QuotaFrontier, over_quotas
from rmatch.frontiers.curve import price
from rmatch.frontiers.over_quotas import STEPS, between
from rmatch.objectives import Leximin
from rmatch.people import Request, Requests
from rmatch.programme import Unit
from rmatch.quotas import MeanParity, PairQuota, Quota
from rmatch.rounds import Round
from rmatch.rules import CustomRule
from rmatch.solve.quota import strictest as solve_strictest
from rmatch.solve.quota.strictest import Strictest
from rmatch.utils.stopping import StoppingRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.quotas import AnyQuota

    Drawn = tuple[People, Programme, Requests, AnyQuota]
    Cell = tuple[int, int]

WHY = "agreed with the works council"
ANSWERS = ("north", "south")
SWEPT: tuple[AnyQuota, ...] = (
    *(Quota("group", "south", side, at_least=1) for side in ("mentor", "mentee")),
    *(Quota("group", "south", side, at_most=0) for side in ("mentor", "mentee")),
    Quota("group", "south", "mentor", at_least=1, each=True),
    Quota("group", "north", "mentee", at_most=1, each=True),
    *(PairQuota("group", pairs, at_least=1) for pairs in ("same", "different")),
    *(PairQuota("group", pairs, at_most=1) for pairs in ("same", "different")),
    MeanParity("group", "mentor", within=1),
)


def table(ids: list[list[str]], values: list[Any]) -> Matrix:
    return Matrix(
        np.array(values).reshape(len(ids[0]), len(ids[1])), mentors=ids[0], mentees=ids[1]
    )


@st.composite
def drawn_rounds(draw: st.DrawFn, *, protected: bool, minimums: bool = False) -> Drawn:
    """Return two or three people a side, of both groups, a programme with any matrices, locks, and a quota to sweep."""
    ids = [[f"{side}{place}" for place in range(draw(st.integers(2, 3)))] for side in "me"]
    records: list[dict[str, Any]] = []
    for side, own in zip(("mentor", "mentee"), ids, strict=True):
        for place, person in enumerate(own):
            group = (
                ANSWERS[place] if place < len(ANSWERS) else draw(st.sampled_from((*ANSWERS, "")))
            )
            record = {
                "id": person,
                "role": side,
                "dimension:group": group,
                "consent:group": "match",
            }
            records.append(record | {f"{side}_capacity": draw(st.sampled_from((0, 1, 1, 1, 2)))})
    size = len(ids[0]) * len(ids[1])
    worth = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    allowed = draw(
        st.lists(st.sampled_from((True, True, True, False)), min_size=size, max_size=size)
    )
    criteria = [Custom("worth", table(ids, worth))]
    if protected:
        shares = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
        criteria.append(Custom("share", table(ids, shares), protected=True))
    programme = rmatch.Programme(
        criteria=tuple(criteria),
        rules=(CustomRule("open", table(ids, allowed)),),
        participation=draw(st.sampled_from(("most", "best"))),
        mentee_minimum=draw(st.integers(0, 1)) if minimums else 0,
        quotas=draw(
            st.sampled_from(((), *((PairQuota("group", "same", at_most=most),) for most in (0, 1))))
        ),
        justification=WHY,
    )
    locked = draw(st.lists(st.tuples(*map(st.sampled_from, ids)), max_size=2, unique=True))
    locks = Requests(
        tuple(Request(one, other, "lock", override_reason="old friends") for one, other in locked)
    )
    return rmatch.read_people(records), programme, locks, draw(st.sampled_from(SWEPT))


@examples(60)
@given(drawn_rounds(protected=True), st.integers(0, 9))
def test_each_choice_is_the_matching_under_that_quota(drawn: Drawn, seed: int) -> None:
    people, programme, locks, quota = drawn
    frontier = swept(drawn, seed=seed)
    for choice in frontier.choices:
        others = tuple(other for other in programme.quotas if other != quota)
        asked = others if choice.quota is None else (*others, choice.quota)
        matching = rmatch.match(people, replace(programme, quotas=asked), locks, seed=seed)
        free = [pair for pair in matching.pairs if not pair.locked]
        assert choice.pairs == tuple((pair.mentor, pair.mentee) for pair in free)
        assert choice.total == sum(pair.points for pair in free)
        assert (choice.route, choice.proved) == (matching.route, True)
        assert choice.quota is None or choice.bound == getattr(choice.quota, frontier.kind)
        assert choice.price == price(frontier.choices[0].total, choice.total)
        assert choice.bound is None or keeps(frontier.kind, choice.reached, choice.bound)
    assert len(frontier.choices) <= STEPS + 2
    # Locked pairs can keep means apart, however near they are asked to be.
    assert frontier.left_out == () or frontier.kind == "within"
    assert frontier.recommendation in " ".join(repr(frontier).split())


def swept(drawn: Drawn, **options: Any) -> QuotaFrontier:
    """Return the frontier of a round that can be had without the quota; others are of no use here."""
    people, programme, locks, quota = drawn
    try:
        rmatch.match(
            people,
            replace(programme, quotas=tuple(q for q in programme.quotas if q != quota)),
            locks,
        )
    except InfeasibleError:
        reject()
    return rmatch.frontier(people, programme, locks, quota=quota, **options)


def keeps(kind: str, reached: int, bound: int) -> bool:
    return reached >= bound if kind == "at_least" else reached <= bound


def matchings(problem: Any) -> Iterator[list[Cell]]:
    """Go through all matchings of a small problem."""
    cells = [cell for cell in np.ndindex(*problem.allowed.shape) if problem.allowed[cell]]
    for taken in product((False, True), repeat=len(cells)):
        chosen = [cell for cell, used in zip(cells, taken, strict=True) if used]
        load = [
            np.bincount([cell[side] for cell in chosen], minlength=problem.allowed.shape[side])
            for side in (0, 1)
        ]
        room = (load[0] <= problem.mentor_capacity).all() and (
            load[1] <= problem.mentee_capacity
        ).all()
        if room and (load[1] >= problem.mentee_minimum).all():
            yield chosen


def measure(people: People, quota: AnyQuota, points: Any, chosen: list[Cell]) -> float:
    """Return by hand what a quota counts in some pairs: the worst of its sets."""
    groups = [
        [people.dimensions["group"][row] for row in side]
        for side in (people.mentors, people.mentees)
    ]
    own = {"mentor": 0, "mentee": 1}.get(getattr(quota, "side", ""), 0)
    if isinstance(quota, MeanParity):
        means = []
        for answer in ANSWERS:
            members = [place for place, given in enumerate(groups[own]) if answer in given]
            means.append(
                sum(points[cell] for cell in chosen if cell[own] in members) / len(members)
            )
        return float(abs(means[0] - means[1]))
    if isinstance(quota, PairQuota):
        both = [(set(groups[0][row]), set(groups[1][column])) for row, column in chosen]
        return sum(
            bool(one and other) and bool(one & other) == (quota.pairs == "same")
            for one, other in both
        )
    counted = [cell for cell in chosen if quota.group in groups[own][cell[own]]]
    if not quota.each:
        return len(counted)
    single = [
        sum(cell[1 - own] == person for cell in counted) for person in range(len(groups[1 - own]))
    ]
    return min(single) if quota.at_least else max(single)


@examples(150)
@given(drawn_rounds(protected=False, minimums=True))
def test_choices_and_ends_equal_brute_force(drawn: Drawn) -> None:
    people, programme, locks, quota = drawn
    values = [0, 1, 2] if isinstance(quota, MeanParity) else [1, 2, 3, 4]
    scores = rmatch.score(people, programme, locks)
    refused = ""
    try:
        problem = Round(scores, 0).problem(protected=True)
    except InfeasibleError as error:
        refused = str(error)
    if refused:
        with pytest.raises(InfeasibleError, match=re.escape(refused)):
            rmatch.frontier(people, programme, locks, quota=quota, values=values)
        return
    made = [
        (scores.cohort.row[lock.mentor], scores.cohort.column[lock.mentee])
        for lock in locks.of_kind("lock")
    ]

    def measured(asked: AnyQuota, chosen: list[Cell]) -> float:
        return measure(people, asked, scores.points, [*chosen, *made])

    caps = [
        (other, other.at_most or 0)
        for other in programme.quotas
        if isinstance(other, PairQuota) and other != quota
    ]
    feasible = [
        (measured(quota, chosen), chosen)
        for chosen in matchings(problem)
        if all(measured(other, chosen) <= most for other, most in caps)
    ]
    if not feasible:
        with pytest.raises(InfeasibleError):
            rmatch.frontier(people, programme, locks, quota=quota, values=values)
        return
    frontier = rmatch.frontier(people, programme, locks, quota=quota, values=values)

    def best(bound: int | None) -> tuple[int, int] | None:
        kept = [
            chosen
            for value, chosen in feasible
            if bound is None or keeps(frontier.kind, value, bound)  # type: ignore[arg-type]
        ]
        ranked = [
            (len(chosen), sum(int(scores.points[cell]) for cell in chosen)) for chosen in kept
        ]
        if programme.participation == "most":
            return max(ranked, default=None)
        return max(ranked, default=None, key=lambda figures: figures[1])

    found = {choice.bound: choice for choice in frontier.choices}
    for bound in [None, *values]:
        expected = best(bound)
        if expected is None:
            assert f"{frontier._word} {bound}" in dict(frontier.left_out)
        elif programme.participation == "most":
            assert (len(found[bound].pairs), found[bound].total) == expected
        else:
            assert found[bound].total == expected[1]
    if frontier.strictest is not None:
        end = max if frontier.kind == "at_least" else min
        full = [
            value for value, chosen in feasible if len(chosen) >= len(frontier.choices[0].pairs)
        ]
        assert frontier.strictest == Strictest(
            end(int(value) for value, _ in feasible), proved=True
        )
        assert frontier.strictest_with_all_pairs == Strictest(
            end(int(value) for value in full), proved=True
        )


@examples(60)
@given(drawn_rounds(protected=False))
def test_a_stricter_bound_never_gives_more(drawn: Drawn) -> None:
    programme, frontier = drawn[1], swept(drawn)
    first = frontier.choices[0]
    for one, other in zip(frontier.choices, frontier.choices[1:], strict=False):
        if programme.participation == "most":
            assert (len(one.pairs), one.total) >= (len(other.pairs), other.total)
        else:
            assert one.total >= other.total
    for choice in frontier.choices:
        if choice.price is not None and len(choice.pairs) == len(first.pairs):
            assert 0 <= choice.price <= 1
    if frontier.strictest is not None and frontier.strictest.value != first.reached:
        assert frontier.choices[-1].bound == frontier.strictest.value
        ends = {frontier.strictest_with_all_pairs.value, first.reached}  # type: ignore[union-attr]
        assert ends <= {first.reached, *(choice.bound for choice in frontier.choices)}


def test_bounds_are_spread_from_end_to_end() -> None:
    for start, end in product(range(-3, 40), repeat=2):
        found = between(start, end)
        assert len(found) <= STEPS
        assert len(set(found)) == len(found)
        assert found == sorted(found, reverse=end < start)
        if start != end:
            assert found[0] == start + (1 if end > start else -1)
            assert found[-1] == end or abs(end - start) == 1
        assert set(range(min(start, end), max(start, end) + 1)) >= set(found)


EXAMPLE = rmatch.datasets.example()
ASKED = replace(rmatch.datasets.example_programme(), justification=WHY)
GENDER = PairQuota("gender", "different", at_least=1)


def test_other_quotas_stay_in_force_and_the_same_one_gives_way() -> None:
    other = Quota("gender", "Woman", "mentor", at_least=6)
    kept = rmatch.frontier(EXAMPLE, replace(ASKED, quotas=(other, GENDER)), quota=GENDER)
    for choice in kept.choices:
        quotas = (other,) if choice.quota is None else (other, choice.quota)
        matching = rmatch.match(EXAMPLE, replace(ASKED, quotas=quotas))
        assert choice.total == matching.total
    assert kept.choices[0].total < rmatch.frontier(EXAMPLE, ASKED, quota=GENDER).choices[0].total
    strict = replace(GENDER, at_least=8)
    assert (
        rmatch.frontier(EXAMPLE, replace(ASKED, quotas=(strict,)), quota=strict).choices[0].reached
        < 8
    )
    assert (
        rmatch.frontier(EXAMPLE, replace(ASKED, quotas=(strict,)), quota=GENDER).choices[0].reached
        == 8
    )


def test_what_match_enforces_holds_here_too() -> None:
    for quota in (GENDER, PairQuota("age band", "same", at_most=3)):
        with pytest.raises(InvalidInputError, match="goes by a protected dimension"):
            rmatch.frontier(EXAMPLE, replace(ASKED, justification=""), quota=quota)
    open_programme = replace(ASKED, justification="", unprotected=("gender",))
    assert (
        rmatch.frontier(EXAMPLE, open_programme, quota=GENDER, values=[6]).choices[1].reached >= 6
    )
    with pytest.raises(InvalidInputError, match="cannot go with 'leximin'"):
        rmatch.frontier(EXAMPLE, replace(ASKED, objective=Leximin()), quota=GENDER)
    with pytest.raises(InvalidInputError, match="nobody has a dimension 'shoe size'"):
        rmatch.frontier(EXAMPLE, ASKED, quota=replace(GENDER, dimension="shoe size"))
    out_of_reach = replace(ASKED, quotas=(Quota("gender", "Woman", "mentor", at_least=99),))
    with pytest.raises(InfeasibleError, match="at least 99 cannot be met"):
        rmatch.frontier(EXAMPLE, out_of_reach, quota=GENDER)


def test_locked_pairs_count_for_the_quota_alone() -> None:
    lock = Requests((Request("E12", "E06", "lock"),))
    swept = Quota("gender", "Woman", "mentor", at_least=1)
    frontier = rmatch.frontier(EXAMPLE, ASKED, lock, quota=swept)
    genders = dict(zip(EXAMPLE.id, EXAMPLE.dimensions["gender"], strict=True))
    assert "woman" in genders["E12"]
    for choice in frontier.choices:
        assert ("E12", "E06") not in choice.pairs
        assert choice.reached == 1 + sum("woman" in genders[mentor] for mentor, _ in choice.pairs)
    assert "Not counted, but for the quota: 1 locked pair." in repr(frontier)
    most = frontier.choices[-1].reached
    assert frontier.strictest == frontier.strictest_with_all_pairs == Strictest(most, proved=True)
    capped = rmatch.frontier(EXAMPLE, ASKED, lock, quota=replace(swept, at_least=0, at_most=1))
    assert capped.strictest == Strictest(1, proved=True)
    assert capped.choices[-1].bound == 1


def test_bounds_out_of_reach_are_left_out() -> None:
    frontier = rmatch.frontier(EXAMPLE, ASKED, quota=GENDER, values=np.array([40, 2, 9, 10]))
    assert [choice.bound for choice in frontier.choices] == [None, 2, 9]
    assert frontier.left_out == (
        ("at least 10", "no matching can keep it"),
        ("at least 40", "no matching can keep it"),
    )
    alone = rmatch.frontier(EXAMPLE, ASKED, quota=GENDER, values=[10])
    assert alone.recommendation == "Stay with the best total: none of the bounds can be had."


def test_where_every_step_costs_a_pair_all_steps_are_shown() -> None:
    frontier = rmatch.frontier(EXAMPLE, ASKED, quota=Quota("gender", "Woman", "mentee", at_most=3))
    assert [(choice.bound, len(choice.pairs)) for choice in frontier.choices] == [
        (None, 10),
        (4, 9),
        (3, 8),
        (2, 7),
        (1, 6),
        (0, 5),
    ]
    assert "the fewest possible: 5 with as many pairs, 0 with any number of pairs." in repr(
        frontier
    )
    assert frontier.recommended is frontier.choices[0]


def test_an_end_is_proved_only_by_a_search_that_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> Any:
        raise StopError

    assert rmatch.frontier(EXAMPLE, ASKED, quota=GENDER, values=[6]).strictest == Strictest(
        9, proved=True
    )
    monkeypatch.setattr(solve_strictest, "solve_in_order", stopped)
    frontier = rmatch.frontier(EXAMPLE, ASKED, quota=GENDER, values=[6, 10])
    assert frontier.strictest == Strictest(5, proved=False)
    assert [choice.bound for choice in frontier.choices] == [None, 6]
    assert frontier.left_out == (("at least 10", "no matching can keep it"),)


def test_a_stopped_sweep_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def over(of: int) -> StoppingRule:
        return StoppingRule(0.0, handle_signals=False)

    monkeypatch.setattr(over_quotas, "share", over)
    frontier = rmatch.frontier(EXAMPLE, ASKED, quota=GENDER, values=[9])
    assert frontier.strictest == Strictest(5, proved=False)
    assert frontier.left_out == (("at least 9", "the run was stopped before it was found"),)
    assert "the most possible: 5 (not proved)" in repr(frontier)


def test_means_are_brought_nearer_by_halves() -> None:
    frontier = rmatch.frontier(EXAMPLE, ASKED, quota=MeanParity("gender", "mentee", within=7))
    for one, other in zip(frontier.choices, frontier.choices[1:], strict=False):
        assert other.bound == one.reached // 2
    blind = rmatch.score(EXAMPLE, ASKED)
    assert (
        frontier.choices[-1].reached
        <= blind.best_blind_points // 100
        < frontier.choices[-2].reached
    )
    assert frontier.strictest is None
    quota: Any = frontier.choices[-1].quota
    near = rmatch.frontier(EXAMPLE, replace(ASKED, quotas=(quota,)), quota=frontier.quota)
    assert (
        near.recommendation
        == "Stay with the best total: little to gain, these are only 1614 points apart."
    )


@pytest.mark.parametrize("unit", [1, 10_000])
def test_means_are_brought_nearer_in_whatever_unit_points_are(unit: int) -> None:
    ids = [[f"{side}{place}" for place in range(6)] for side in "me"]
    worth = unit * (
        np.random.default_rng(1).integers(0, 50, (6, 6)) + 50 * (np.arange(6) < 3)[:, None]
    )
    records = [
        {
            "id": who,
            "role": role,
            "dimension:group": ANSWERS[int(who[1]) < 3],
            "consent:group": "match",
        }
        for role, own in zip(("mentor", "mentee"), ids, strict=True)
        for who in own
    ]
    programme = rmatch.Programme(
        criteria=(Custom("worth", table(ids, worth.tolist())),), rules=(), unprotected=("group",)
    )
    quota = MeanParity("group", "mentee", within=1)
    frontier = rmatch.frontier(rmatch.read_people(records), programme, quota=quota)
    assert frontier.choices[0].reached > unit
    assert frontier.choices[-1].reached <= worth.max() // 100


def test_where_places_are_decided_blindly_a_stricter_bound_can_give_more() -> None:
    """A law that looks true: more is asked for, so less is won. Places are won by points without protected shares."""
    ids = [["m0", "m1"], ["e0"]]
    groups = {"m0": "north", "m1": "south", "e0": "north"}
    rows = [
        {
            "id": i,
            "role": "mentor" if i in ids[0] else "mentee",
            "dimension:group": group,
            "consent:group": "match",
        }
        for i, group in groups.items()
    ]
    worth, share = (
        Custom("worth", table(ids, [3, 2])),
        Custom("share", table(ids, [0, 5]), protected=True),
    )
    programme = rmatch.Programme(criteria=(worth, share), rules=(), justification=WHY)
    frontier = rmatch.frontier(
        rmatch.read_people(rows), programme, quota=Quota("group", "south", "mentor", at_least=1)
    )
    assert [choice.pairs for choice in frontier.choices] == [(("m0", "e0"),), (("m1", "e0"),)]
    assert [choice.total for choice in frontier.choices] == [3, 7]
    assert frontier.choices[1].price == price(3, 7)
    assert frontier.recommendation == (
        "Take at least 1: mentors with group 'south' from 0 to 1 at no cost. No matching goes further."
    )


def option(bound: int | None, reached: int, *points: int, proved: bool = True) -> QuotaChoice:
    pairs = tuple((f"m{i}", f"e{i}") for i in range(len(points)))
    quota = None if bound is None else replace(GENDER, at_least=bound)
    return QuotaChoice(
        quota,
        bound,
        reached,
        pairs,
        points,
        price(100, sum(points)),
        "milp",
        0.0 if proved else 0.25,
        proved,
    )


def curve(*choices: QuotaChoice, most: int, full: int | None = None) -> QuotaFrontier:
    ends = Strictest(most, proved=True), Strictest(most if full is None else full, proved=True)
    return QuotaFrontier(GENDER, "at_least", choices, *ends, unit=Unit(100, ""))


def test_the_recommendation_follows_its_rule() -> None:
    first, cheap, dear = option(None, 3, 40, 60), option(4, 4, 40, 59), option(5, 5, 40, 50)
    lost = option(6, 6, 99)
    assert curve(first, most=3).recommendation == (
        "Stay with the best total: nothing to gain, it already has the most possible, 3."
    )
    assert curve(first, dear, most=5).recommendation == (
        "Stay with the best total: no stricter bound keeps all pairs for at most 2 % of it. "
        "The next, at least 5, costs 10 %."
    )
    assert curve(first, cheap, dear, most=5).recommendation == (
        "Take at least 4: pairs with different gender from 3 to 4 for 1 % of the total. "
        "The next, at least 5, costs 10 %."
    )
    assert curve(first, cheap, lost, most=6, full=4).recommended is cheap
    assert curve(first, cheap, lost, most=6, full=4).recommendation.endswith(
        "The next, at least 6, costs 1 % and 1 pair."
    )
    assert "the most possible: 4 with as many pairs, 6 with any number of pairs." in repr(
        curve(first, cheap, lost, most=6, full=4)
    )
    assert curve(first, cheap, most=4).recommendation.endswith("No matching goes further.")
    assert curve(first, cheap, most=6).recommendation.endswith("Nothing further was tried.")
    assert "milp, gap 25 %" in repr(curve(first, option(4, 4, 99, proved=False), most=4))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"quota": "gender"},
            "quota: 'gender' is no quota; give a Quota, a PairQuota or a MeanParity",
        ),
        ({"quota": PairQuota}, "is no quota"),
        (
            {"quota": PairQuota("gender", "same", 1, 3)},
            "has both at_least and at_most; give the one that is swept",
        ),
        ({"quota": GENDER, "values": 3}, "values: 3 is no list of bounds"),
        ({"quota": GENDER, "values": []}, "values: is empty; give whole numbers"),
        (
            {"quota": GENDER, "values": [2, "x"]},
            "values: 'x' is not possible; give a whole number from 1 to 1000000000",
        ),
        (
            {"quota": GENDER, "values": [0]},
            "values: 0 is not possible; give a whole number from 1 to 1000000000",
        ),
        (
            {"quota": GENDER, "values": [10**30]},
            "values: 10* is not possible; give a whole number from 1",
        ),
        ({"quota": GENDER, "values": [{"gender": "Woman"}]}, "values: a dict is not possible"),
        ({"quota": {"gender": "Woman"}}, "quota: a dict is no quota"),
        (
            {"quota": MeanParity("gender", "mentee", within=1), "values": [-1]},
            "values: -1 is not possible; give a",
        ),
        ({"quota": GENDER, "alphas": [1]}, "alphas: do not go with a quota"),
        (
            {"quota": GENDER, "max_seconds": "long"},
            "max_seconds: 'long' is not possible; give a finite number of 0",
        ),
        (
            {"quota": GENDER, "seed": None},
            "seed: None is not possible; give a whole number or a text",
        ),
        ({"values": [3]}, "values: goes with a quota alone"),
    ],
)
def test_wrong_arguments_are_named(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        rmatch.frontier(EXAMPLE, ASKED, **wrong)


def test_a_run_that_is_stopped_before_other_quotas_are_kept_says_so() -> None:
    other = replace(ASKED, quotas=(Quota("gender", "Woman", "mentor", at_least=6),))
    with pytest.raises(StopError, match="stopped before it had an answer"):
        rmatch.frontier(EXAMPLE, other, quota=GENDER, max_seconds=0)
    with pytest.raises(StopError, match="before the best total without the quota was known"):
        rmatch.frontier(EXAMPLE, ASKED, quota=GENDER, max_seconds=0)


def test_all_wrong_arguments_are_named_at_once() -> None:
    with pytest.raises(InvalidInputError, match="6 faults"):
        rmatch.frontier("x", "y", seed=[], quota=3, values=["z"], max_seconds=-1)  # type: ignore[call-overload]


def test_the_frame_has_a_row_for_each_choice() -> None:
    frontier = rmatch.frontier(EXAMPLE, ASKED, quota=GENDER)
    frame = frontier.to_frame(backend=pd)
    assert frame["total"].tolist() == [choice.total for choice in frontier.choices]
    names = [
        "bound",
        "reached",
        "pairs",
        "total",
        "worst",
        "price",
        "gini",
        "route",
        "gap",
        "proved",
    ]
    assert list(frame.columns) == names


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
@pytest.mark.parametrize("quota", [GENDER, Quota("gender", "Woman", "mentee", at_most=1)], ids=str)
def test_the_plot_is_a_file_that_does_not_change(
    tmp_path: Path, ending: str, quota: AnyQuota
) -> None:
    pytest.importorskip("matplotlib")
    frontier = rmatch.frontier(EXAMPLE, ASKED, quota=quota)
    files = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
    for file in files:
        frontier.plot(file)
    assert files[0].read_bytes() == files[1].read_bytes()
    if ending == "svg":
        text = files[0].read_text("utf-8")
        assert f"{quota}: {frontier._word}" in text
        assert ("with fewer pairs" in text) == (quota is not GENDER)
