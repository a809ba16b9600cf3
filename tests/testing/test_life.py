"""The laws of a life find every planted fault, and none in correct matchers."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from profiles import examples
from testing.broken_lives import LIVES, PLANS, BrokenLife, forgets_declines, round_by_round
from testing.matchers import next_pairs, planned

import rmatch
from rmatch.testing import Situation, check_life, life_machine
from rmatch.testing.life.best import best_pairs
from rmatch.testing.life.check import try_life
from rmatch.testing.life.laws import ALL, LAWS

if TYPE_CHECKING:
    from rmatch.testing.life.situation import IdPair

MOST_LIVES, SHRINKS = 2_000, 0
"""In so many lives a fault has to be found, usually in the first hundred; how short its story is does not matter."""
UNPLANNED = [law.name for law in LAWS if law.about != "plan"]


@st.composite
def days(draw: st.DrawFn) -> Situation:
    """Draw a day of few people, on which some pairs are settled."""
    mentors = {f"m{number}": draw(st.integers(0, 2)) for number in range(draw(st.integers(0, 3)))}
    mentees = {f"e{number}": draw(st.integers(0, 2)) for number in range(draw(st.integers(0, 3)))}
    every = [(mentor, mentee) for mentor in mentors for mentee in mentees]
    some = st.sets(st.sampled_from(every)) if every else st.just(set())
    points: dict[IdPair, int] = {pair: draw(st.integers(0, 3)) for pair in draw(some)}
    earlier = draw(some)
    day = Situation(
        mentors,
        mentees,
        points,
        earlier=frozenset(earlier),
        declined=frozenset(draw(some)),
        met={pair: draw(st.integers(1, 3)) for pair in draw(some)},
        gap=draw(st.sampled_from((None, 0, 1, 2))),
        waiting={
            who: draw(st.integers(1, 2)) for who in (*mentors, *mentees) if draw(st.booleans())
        },
    )
    settled: list[IdPair] = []
    for pair in sorted(day.possible & day.earlier):
        if draw(st.booleans()) and not day.crowded([*settled, pair]):
            settled.append(pair)
    return replace(day, accepted=frozenset(settled))


@examples(100)
@given(days())
def test_the_best_pairs_are_the_best_of_all(day: Situation) -> None:
    found = best_pairs(day)
    every = [
        frozenset(some)
        for size in range(len(day.possible) + 1)
        for some in combinations(sorted(day.possible), size)
        if day.accepted <= set(some) and not day.crowded(some)
    ]
    assert found in every
    assert day.worth(found) == max(map(day.worth, every))

    def by_rank(pairs: frozenset[IdPair]) -> list[int]:
        served = [day.ranks.get(who) for who in {person for pair in pairs for person in pair}]
        return [served.count(rank) for rank in sorted(set(day.ranks.values()), reverse=True)]

    # That ranks are added up is no loss to whoever comes first.
    assert by_rank(found) == max(by_rank(pairs) for pairs in every if len(pairs) == len(found))


def test_the_best_pairs_obey_the_laws() -> None:
    report = check_life(best_pairs)
    report.raise_if_broken()
    assert report.verdicts == dict.fromkeys(UNPLANNED, "holds")


def test_rmatch_obeys_the_laws() -> None:
    trials = try_life(next_pairs, planned, LAWS, settings().max_examples, SHRINKS)
    for trial in trials.values():
        assert trial.verdict == "holds", f"{trial.law.name}: {trial.reason}\n{trial}"


@pytest.mark.parametrize("broken", [*LIVES, *PLANS], ids=lambda broken: broken.fn.__name__)
def test_the_planted_fault_is_found(broken: BrokenLife) -> None:
    law, is_plan = ALL[broken.law], broken in PLANS
    rematch, plan = (best_pairs, broken.fn) if is_plan else (broken.fn, None)
    trial = try_life(rematch, plan, [law], MOST_LIVES, SHRINKS)[law.name]
    assert trial.verdict == "FAILS"
    assert trial.reason
    assert "joins with" in str(trial) or trial.law.name == "possible_pairs"


def test_every_law_can_fail() -> None:
    assert {broken.law for broken in (*LIVES, *PLANS)} == set(ALL)
    assert len(LIVES) + len(PLANS) >= 10


def test_each_broken_law_is_reported_with_its_story() -> None:
    report = check_life(forgets_declines, laws=["declined_never_again", "most_pairs"])
    assert report.verdicts == {"declined_never_again": "FAILS", "most_pairs": "holds"}
    text = repr(report)
    assert "was declined\n" in text
    assert " decline\n" in text
    assert "Situation of " in text
    with pytest.raises(AssertionError, match="was declined"):
        report.raise_if_broken()


def test_a_fault_that_is_expected_is_not_held_against_the_matcher() -> None:
    reason = {"declined_never_again": "answers are kept elsewhere"}
    report = check_life(forgets_declines, laws=list(reason), expected_failures=reason)
    report.raise_if_broken()
    assert report.verdicts == {"declined_never_again": "expected failure"}


def test_a_matcher_that_refuses_every_day_is_not_judged() -> None:
    def refuses(day: Situation) -> Any:
        raise NotImplementedError

    report = check_life(refuses, laws=["most_pairs", "nothing_changed"])
    assert set(report.verdicts.values()) == {"not applicable"}


@pytest.mark.parametrize("answer", [None, 3, ["abc"], [("m", "e", "x")]], ids=str)
def test_an_answer_that_is_none_breaks_a_law(answer: Any) -> None:
    laws = [ALL["possible_pairs"], ALL["most_pairs"]]
    trials = try_life(lambda _: answer, None, laws, settings().max_examples, SHRINKS)
    verdicts = {name: trial.verdict for name, trial in trials.items()}
    assert verdicts == {"possible_pairs": "FAILS", "most_pairs": "not applicable"}
    report = check_life(lambda _: answer, laws=["most_pairs"])
    assert report.verdicts == {"most_pairs": "FAILS"}


def test_what_a_matcher_does_to_the_day_changes_nothing() -> None:
    def empties(day: Situation) -> Any:
        found = best_pairs(day)
        day.points.clear()
        day.mentor_capacity.clear()
        return found

    trials = try_life(empties, None, [ALL[name] for name in UNPLANNED], settings().max_examples)
    assert {trial.verdict for trial in trials.values()} == {"holds"}


def test_the_machine_is_one_of_hypothesis() -> None:
    few = settings(max_examples=5, stateful_step_count=10, database=None, deadline=None)
    run_state_machine_as_test(
        life_machine(best_pairs, plan=round_by_round, laws=UNPLANNED), settings=few
    )
    with pytest.raises(AssertionError, match="declined_never_again: "):
        run_state_machine_as_test(
            life_machine(forgets_declines),
            settings=settings(few, max_examples=300, phases=[Phase.generate]),
        )


def test_wrong_names_are_told() -> None:
    with pytest.raises(rmatch.InvalidInputError, match="did you mean 'no_repeat'"):
        check_life(best_pairs, laws=["no_repeats"])
    with pytest.raises(rmatch.InvalidInputError, match="give a reason"):
        check_life(best_pairs, expected_failures={"no_repeat": ""})
    with pytest.raises(rmatch.InvalidInputError, match="give a function"):
        check_life([], plan=3)  # type: ignore[arg-type]


TestLife = life_machine(best_pairs).TestCase
TestLife.settings = settings(max_examples=10, stateful_step_count=10, deadline=None)
