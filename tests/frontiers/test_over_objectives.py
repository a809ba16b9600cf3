"""The frontier between the total and the worst pair."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.frontiers import Choice, Frontier
from rmatch.frontiers.curve import price
from rmatch.objectives import NAMED, TOTAL, AlphaFair, Leximin
from rmatch.people import Request, Requests
from rmatch.programme import Unit

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.people import People
    from rmatch.programme import Programme

Round = tuple["People", "Programme", Requests]


def choice(kind: str, *points: int) -> Choice:
    pairs = tuple((f"m{i}", f"e{i}") for i in range(len(points)))
    return Choice(NAMED[kind], pairs, points, price(100, sum(points)))


@examples(40)
@given(strategies.bare_rounds(), strategies.seeds())
def test_every_price_is_a_share_and_nothing_else_changes(drawn: Round, seed: int | str) -> None:
    frontier = rmatch.frontier(*drawn, alphas=(0.5, 2), seed=seed)
    first = frontier.choices[0]
    matching = rmatch.match(*drawn, seed=seed)
    assert first.total == matching.total
    assert first.pairs == tuple((pair.mentor, pair.mentee) for pair in matching.pairs)
    most = first.total > 0 and matching.programme.participation == "most"
    for each in frontier.choices:
        if first.total > 0:
            assert each.price is not None
            assert each.price >= 0
            assert (each.price == 0) == (each.total == first.total)
        assert len(each.pairs) == len(first.pairs) or not most
    named = {each.name: each for each in frontier.choices} | dict.fromkeys(
        name for name, _ in frontier.left_out
    )
    assert len(named) == 5
    fair = [each for each in (named["max-min"], named["leximin"]) if each]
    assert len({each.worst for each in fair}) <= 1
    assert all(each.worst <= best.worst for best in fair for each in frontier.choices)
    assert all(
        sorted(each.points) <= sorted(named["leximin"].points)
        for each in frontier.choices
        if named["leximin"]
    )


def test_the_programme_s_own_objective_does_not_matter() -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    fair = replace(programme, objective=Leximin())
    assert rmatch.frontier(people, fair).choices == rmatch.frontier(people, programme).choices


def test_where_everybody_has_a_place_a_choice_is_the_matching_of_its_objective() -> None:
    people = rmatch.datasets.workforce(30, 30, seed=2)
    plain = rmatch.Programme(rules=())
    frontier = rmatch.frontier(people, plain, alphas=(2,), seed="spring")
    assert [each.name for each in frontier.choices] == ["total", "α = 2", "max-min", "leximin"]
    for each in frontier.choices:
        matching = rmatch.match(people, replace(plain, objective=each.objective), seed="spring")
        assert each.pairs == tuple((pair.mentor, pair.mentee) for pair in matching.pairs)
        assert (each.total, each.worst) == (
            matching.total,
            min(pair.points for pair in matching.pairs),
        )


def test_what_these_points_do_not_allow_is_left_out_with_the_reason() -> None:
    worth = rmatch.criteria.Matrix([[2, 0], [0, 1]], mentors=["a", "b"], mentees=["c", "d"])
    rows = [
        {"id": i, "role": role}
        for i, role in zip("abcd", ["mentor", "mentor", "mentee", "mentee"], strict=True)
    ]
    programme = rmatch.Programme(criteria=(rmatch.criteria.Custom("worth", worth),), rules=())
    frontier = rmatch.frontier(rmatch.read_people(rows), programme, alphas=(0.5, 1))
    assert [name for name, _ in frontier.left_out] == ["α = 1"]
    assert "Left out: α = 1: 2 pairs that may be made have 0 points" in repr(frontier)
    assert [each.name for each in frontier.choices] == ["total", "α = 0.5", "max-min", "leximin"]


def test_locked_pairs_do_not_count() -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    lock = Requests((Request("E12", "E06", "lock"),))
    frontier = rmatch.frontier(people, programme, lock)
    assert all(("E12", "E06") not in each.pairs for each in frontier.choices)
    assert "Not counted: 1 locked pair." in repr(frontier)


def frontier_of(*choices: Choice) -> Frontier:
    return Frontier(choices, unit=Unit(80, ""))


def test_the_recommendation_follows_its_rule() -> None:
    total, dear, cheap = (
        choice("total", 40, 60),
        choice("leximin", 45, 46),
        choice("max_min", 42, 57),
    )
    assert cheap.affordable
    assert not dear.affordable
    assert frontier_of(total, dear).recommended is total
    assert frontier_of(total, dear).recommendation == (
        "Stay with the best total: nothing that costs at most 2 % helps the worst pair."
    )
    frontier = frontier_of(total, cheap, dear)
    assert frontier.recommended is cheap
    assert (
        frontier.recommendation
        == "Take max-min: it lifts the worst pair from 50.0 to 52.5 of 100 (+5 %) for 1 % of the total."
    )
    same = choice("leximin", 42, 57)
    assert frontier_of(total, cheap, same).recommended is same


def test_the_recommendation_says_why_not_its_equals() -> None:
    total, soft, worst, all_pairs = (
        choice("total", 40, 60),
        choice("max_min", 42, 57),
        choice("max_min", 42, 57),
        choice("leximin", 42, 57),
    )
    soft = replace(soft, objective=AlphaFair(2))
    assert frontier_of(total, worst).recommendation.endswith("for 1 % of the total.")
    assert frontier_of(total, worst, all_pairs).recommendation.endswith(
        "of the total. max-min has the same worst pair and total; leximin also does its best for the pairs above the worst."
    )
    assert frontier_of(total, soft, worst).recommendation.endswith(
        "of the total. α = 2 has the same worst pair and total; max-min aims at the worst pair itself."
    )
    assert (
        "α = 2 and max-min have the same"
        in frontier_of(total, soft, worst, all_pairs).recommendation
    )


def test_a_total_without_points_has_no_share_to_lose() -> None:
    worth = rmatch.criteria.Matrix([[0, -5], [-6, -10]], mentors=["a", "b"], mentees=["c", "d"])
    rows = [
        {"id": i, "role": role}
        for i, role in zip("abcd", ["mentor", "mentor", "mentee", "mentee"], strict=True)
    ]
    programme = rmatch.Programme(criteria=(rmatch.criteria.Custom("worth", worth),), rules=())
    frontier = rmatch.frontier(rmatch.read_people(rows), programme, alphas=())
    assert [(each.total, each.worst) for each in frontier.choices] == [
        (-10, -10),
        (-11, -6),
        (-11, -6),
    ]
    assert [each.price for each in frontier.choices] == [Fraction(0), None, None]
    assert frontier.recommended is frontier.choices[0]
    assert frontier.to_frame(backend=pd)["price"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    "alphas", [3, "12", {1: 2}, ["x"], [-1], [True], [float("nan")], [float("inf")], [10**400]]
)
def test_wrong_alphas_are_named(alphas: object) -> None:
    with pytest.raises(
        InvalidInputError, match=r"1 fault in the input:\n  frontier, alphas: .*; give a"
    ):
        rmatch.frontier(rmatch.datasets.example(), alphas=alphas)  # type: ignore[call-overload]


def test_all_wrong_arguments_are_named_at_once() -> None:
    with pytest.raises(InvalidInputError) as caught:
        rmatch.frontier([], "programme.toml", alphas=["x", 1, -1], seed=1.5)  # type: ignore[call-overload]
    assert [fault.field for fault in caught.value.faults] == [
        "people",
        "programme",
        "seed",
        "alphas",
        "alphas",
    ]
    with pytest.raises(InvalidInputError, match="give Requests"):
        rmatch.frontier(rmatch.datasets.example(), None, 3)  # type: ignore[call-overload]


def test_alphas_may_be_none_or_numbers_of_any_kind() -> None:
    people = rmatch.datasets.example()
    assert [each.name for each in rmatch.frontier(people, alphas=[]).choices] == [
        "total",
        "max-min",
        "leximin",
    ]
    assert [each.name for each in rmatch.frontier(people, alphas=np.array(2)).choices[1:2]] == [
        "α = 2"
    ]
    made = (alpha for alpha in np.array([1, 2]))
    assert [each.name for each in rmatch.frontier(people, alphas=made).choices[1:3]] == [
        "α = 1",
        "α = 2",
    ]


def test_figures_of_a_choice() -> None:
    four = choice("total", 1, 2, 3, 4)
    assert (four.total, four.worst, four.gini) == (10, 1, 0.25)
    assert four.jain == pytest.approx(30 / 36)
    empty = Choice(TOTAL, (), (), Fraction(0))
    assert (empty.total, empty.worst, empty.gini, empty.jain) == (0, 0, None, None)
    assert Choice(AlphaFair(2), (), (), Fraction(0)).name == "α = 2"


def test_nobody_may_meet_anybody() -> None:
    rows = [{"id": "a", "role": "mentor", "mentor_capacity": 0}, {"id": "b", "role": "mentee"}]
    frontier = rmatch.frontier(rmatch.read_people(rows))
    assert {each.pairs for each in frontier.choices} == {()}
    assert frontier.recommendation.startswith("Stay with")


def test_the_frame_has_a_row_for_each_choice() -> None:
    frontier = rmatch.frontier(rmatch.datasets.example())
    frame = frontier.to_frame(backend=pd)
    assert frame["total"].tolist() == [each.total for each in frontier.choices]
    assert list(frame.columns) == ["objective", "pairs", "total", "worst", "price", "gini", "jain"]


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_the_plot_is_a_file_that_does_not_change(tmp_path: Path, ending: str) -> None:
    pytest.importorskip("matplotlib")
    frontier = rmatch.frontier(rmatch.datasets.example())
    files = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
    for file in files:
        frontier.plot(file)
    assert files[0].read_bytes() == files[1].read_bytes()
    start = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[ending]
    assert files[0].read_bytes().startswith(start)
    if ending == "svg":
        assert "leximin" in files[0].read_text("utf-8")


@pytest.mark.parametrize("path", [5, None, ["curve.svg"]], ids=str)
def test_a_plot_needs_a_path(path: Any) -> None:
    with pytest.raises(
        InvalidInputError, match=r"plot, path: .* is not possible; give the path of a file"
    ):
        rmatch.frontier(rmatch.datasets.example(), alphas=()).plot(path)


def test_a_plot_needs_an_ending_that_is_known(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"'curve.docx'; end it in .svg, .png, .pdf"):
        rmatch.frontier(rmatch.datasets.example()).plot(tmp_path / "curve.docx")


def test_matplotlib_is_imported_for_plots_alone_and_missed_politely(tmp_path: Path) -> None:
    code = f"""
import sys, rmatch
frontier = rmatch.frontier(rmatch.datasets.example(), alphas=())
assert "matplotlib" not in sys.modules
sys.modules["matplotlib.figure"] = None
try:
    frontier.plot({str(tmp_path / "curve.svg")!r})
except rmatch.InvalidInputError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "matplotlib is not installed; install reverse-mentoring[report]" in run.stdout


@pytest.mark.parametrize("seed", range(12))
def test_whoever_has_a_place_keeps_it_also_where_no_attribute_is_protected(seed: int) -> None:
    programme = rmatch.Programme(criteria=(rmatch.criteria.Expertise(2), rmatch.criteria.Reach(1)))
    frontier = rmatch.frontier(rmatch.datasets.workforce(10, 6, seed=seed), programme, alphas=(8,))
    placed = {
        tuple(sorted(who for pair in each.pairs for who in pair)) for each in frontier.choices
    }
    assert len(placed) == 1
