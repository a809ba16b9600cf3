"""Who stands in is what trying everybody finds; protected attributes never decide it; what to expect is what counting says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import strategies
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Diversity, ExperienceGap
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.objectives import named
from rmatch.people import Request, Requests
from rmatch.rounds.stand_ins.first_answers import expected, poisson_binomial
from rmatch.testing import Instance
from rmatch.testing.oracles import best

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rmatch.matching import Matching, StandIn
    from rmatch.utils.sides import Side

MOST_WAYS = 5_000
JUSTIFIED: Any = {"places": "with_protected", "justification": "agreed by the council"}


def candidates(matching: Matching, side: Side) -> list[list[str | None]]:
    """Return for each pair who has a place left and may meet who stays, and nobody."""
    scores = matching.scores
    held = Counter(getattr(pair, side) for pair in matching.pairs)
    ids = scores.mentors if side == "mentor" else scores.mentees
    room = dict(zip(ids, scores.cohort.capacity(side).tolist(), strict=True))
    found: list[list[str | None]] = []
    for pair in matching.pairs:
        here: list[str | None] = [None]
        for person in ids:
            two = (person, pair.mentee) if side == "mentor" else (pair.mentor, person)
            cell = scores.cohort.row[two[0]], scores.cohort.column[two[1]]
            if room[person] > held[person] and two not in matching.id_pairs:
                here += [person] * bool(scores.open_pairs[cell])
        found.append(here)
    return found


def is_ready(matching: Matching, side: Side, chosen: Sequence[str | None], r: int) -> bool:
    """Tell whether any pairs, so many at once, may decline, and all who stand in for them still fit."""
    scores = matching.scores
    held = Counter(getattr(pair, side) for pair in matching.pairs)
    ids = scores.mentors if side == "mentor" else scores.mentees
    room = dict(zip(ids, scores.cohort.capacity(side).tolist(), strict=True))
    stays = [pair.mentee if side == "mentor" else pair.mentor for pair in matching.pairs]
    standing = [(who, stays[at]) for at, who in enumerate(chosen) if who is not None]
    for gone in combinations(standing, min(r, len(standing))):
        load = Counter(who for who, _ in gone)
        if any(load[who] > room[who] - held[who] for who in load) or len(set(gone)) < len(gone):
            return False
    return True


def value(matching: Matching, side: str, chosen: Sequence[str | None]) -> tuple[int, int, int]:
    """Return what is compared: how many pairs have somebody, the squares of the loads, the points without protected attributes."""
    scores, points = matching.scores, 0
    for pair, person in zip(matching.pairs, chosen, strict=True):
        if person is not None:
            two = (person, pair.mentee) if side == "mentor" else (pair.mentor, person)
            points += int(
                scores.blind_points[scores.cohort.row[two[0]], scores.cohort.column[two[1]]]
            )
    load = Counter(person for person in chosen if person is not None)
    return load.total(), -sum(each**2 for each in load.values()), points


def by_side(matching: Matching, r: int) -> Iterator[tuple[Side, tuple[StandIn, ...]]]:
    found = matching.stand_ins(r)
    yield "mentor", found.mentors
    yield "mentee", found.mentees


@examples(150)
@given(strategies.rounds(places=("with_protected", "without_protected")), st.integers(1, 3))
def test_nobody_could_be_better_prepared(drawn: Any, r: int) -> None:
    people, programme, requests = drawn
    programme = replace(programme, quotas=(), mentor_capacity=2)
    try:
        matching = rmatch.match(people, programme, requests)
    except InfeasibleError:
        return
    for side, found in by_side(matching, r):
        every = candidates(matching, side)
        assume(prod(map(len, every)) <= MOST_WAYS)
        chosen = [each.person for each in found]
        assert [(each.mentor, each.mentee) for each in found] == [
            (pair.mentor, pair.mentee) for pair in matching.pairs
        ]
        assert all(each.instead_of == side for each in found)
        assert all(person in here for person, here in zip(chosen, every, strict=True))
        assert is_ready(matching, side, chosen, r)
        ready = [way for way in product(*every) if is_ready(matching, side, way, r)]
        assert value(matching, side, chosen) == max(value(matching, side, way) for way in ready)
        assert sum(each.points or 0 for each in found) == value(matching, side, chosen)[2]
    rmatch.verify(matching.stand_ins(r), drawn[0], programme, requests, of=matching)


def company(answers: Sequence[str], *, mentors: int = 7, mentees: int = 4) -> Any:
    """Return people who differ in years, with these answers about age."""
    dice = np.random.default_rng(7)
    sides = ["mentor"] * mentors + ["mentee"] * mentees
    return rmatch.read_people(
        [
            {
                "id": f"p{number:02d}",
                "role": side,
                "years": int(dice.integers(0, 9)) + 20 * (side == "mentee"),
                "dimension:age": answer,
                "consent:age": "match",
            }
            for number, (side, answer) in enumerate(zip(sides, answers, strict=True))
        ]
    )


PROGRAMME = rmatch.Programme(
    criteria=(Diversity(5), ExperienceGap(1, by="years", full=(17, 17), zero=(10, 30))), rules=()
)
AGES = st.lists(st.sampled_from(["young", "middle", "old"]), min_size=11, max_size=11)


@examples(60)
@given(AGES, AGES, st.integers(1, 3))
def test_protected_answers_never_decide_who_stands_in(
    one: list[str], other: list[str], r: int
) -> None:
    """Whoever stands in is the same for the same pairs, whatever protected answers say; and the pairs are locked here."""
    pairs = rmatch.match(company(one), PROGRAMME).pairs
    locks = Requests(tuple(Request(pair.mentor, pair.mentee, "lock") for pair in pairs))
    first, second = (rmatch.match(company(each), PROGRAMME, locks) for each in (one, other))
    accept = {person: number / 11 for number, person in enumerate(first.partners)}
    for given_accept in (None, accept):
        here, there = (each.stand_ins(r, given_accept) for each in (first, second))
        assert (here.mentors, here.mentees) == (there.mentors, there.mentees)
        if here.first_answers and there.first_answers:
            assert here.first_answers.order == there.first_answers.order


@examples(60)
@given(AGES, AGES)
def test_who_stands_in_for_anybody_never_depends_on_protected_answers(
    one: list[str], other: list[str]
) -> None:
    """Where everybody has one place, those who stand in are the same even where the pairs are others."""
    found = [rmatch.match(company(each), PROGRAMME).stand_ins() for each in (one, other)]
    named = [{(each.mentee, each.person) for each in answer.mentors} for answer in found]
    assert named[0] == named[1]


def test_as_different_people_as_possible_stand_in() -> None:
    people = rmatch.datasets.workforce(60, 50, seed=0)
    matching = rmatch.match(people)
    found = matching.stand_ins()
    scores = matching.scores
    free = [row for row, each in enumerate(scores.mentors) if not matching.partners[each]]
    favourites = {
        max(
            free, key=lambda row: (scores.open_pairs[row, column], scores.blind_points[row, column])
        )
        for column in (scores.cohort.column[pair.mentee] for pair in matching.pairs)
    }
    assert all(each.person for each in found.mentors)
    people_in = {each.person for each in found.mentors}
    assert len(people_in) >= len(free) > len(favourites)
    assert max(Counter(each.person for each in found.mentors).values()) == -(-50 // len(people_in))


def test_nobody_stands_in_twice_for_one_person_when_two_decline_at_once() -> None:
    rows = [
        {"id": "a", "role": "mentor", "years": 1},
        {"id": "b", "role": "mentor", "years": 2},
        {"id": "c", "role": "mentor", "years": 9, "mentor_capacity": 3},
        {"id": "x", "role": "mentee", "years": 20, "mentee_capacity": 2},
    ]
    gap = ExperienceGap(1, by="years", full=(18, 19), zero=(1, 40))
    matching = rmatch.match(rmatch.read_people(rows), rmatch.Programme(criteria=(gap,), rules=()))
    assert matching.partners["x"] == ("a", "b")
    for r, people in ((1, ["c", "c"]), (2, ["c", None]), (3, ["c", None])):
        found = matching.stand_ins(r)
        assert [each.person for each in found.mentors] == people
        rmatch.verify(found, of=matching)


def test_mentees_stand_in_where_mentors_are_scarce() -> None:
    people = rmatch.datasets.workforce(5, 12, seed=1)
    found = rmatch.match(people).stand_ins()
    assert not any(each.person for each in found.mentors)
    assert all(each.person for each in found.mentees)
    assert "If a mentor declines: nobody can stand in." in str(found)
    assert f"{found.mentees[0].person} (" in str(found)
    assert str(found.mentors[0]).endswith("nobody stands in for the mentor")
    assert str(found.mentees[0]).endswith("of 100)")


def test_nobody_stands_in_where_nobody_is_matched() -> None:
    matching = rmatch.match(rmatch.datasets.example(), rmatch.Programme(min_points=999_999))
    found = matching.stand_ins(2, dict.fromkeys(matching.partners, 0.5))
    assert found.mentors == found.mentees == ()
    assert str(found).startswith("Stand-ins for 0 pairs")
    rmatch.verify(found, of=matching)


def test_a_saved_round_knows_them_with_its_people() -> None:
    people = rmatch.datasets.example()
    matching = rmatch.match(people)
    again = rmatch.read_matching(matching.to_json(), people)
    assert again.stand_ins() == matching.stand_ins()
    with pytest.raises(InvalidInputError, match="people"):
        rmatch.read_matching(matching.to_json()).stand_ins()


# What to expect.


def some_accept(matching: Matching, seed: int = 0) -> dict[str, float]:
    dice = np.random.default_rng(seed)
    return {person: round(float(dice.random()), 2) for person in matching.partners}


def test_without_probabilities_the_matching_stays_as_it_is() -> None:
    matching = rmatch.match(rmatch.datasets.example())
    before = matching.to_json()
    matching.stand_ins(2, some_accept(matching))
    assert matching.to_json() == before


@examples(40)
@given(strategies.rounds(places=("with_protected",)), st.integers(0, 99))
def test_no_matching_expects_more(drawn: Any, seed: int) -> None:
    people, programme, _ = drawn
    programme = replace(
        programme,
        quotas=(),
        objective=rmatch.objectives.Total(),
        mentor_minimum=0,
        mentee_minimum=0,
    )
    matching = rmatch.match(people, programme)
    accept = some_accept(matching, seed)
    answers = matching.stand_ins(accept=accept).first_answers
    assert answers is not None
    scores = matching.scores
    chances = np.outer(
        [accept[each] for each in scores.mentors], [accept[each] for each in scores.mentees]
    )
    instance = Instance(
        expected(scores.points, chances),
        scores.open_pairs,
        scores.cohort.capacity("mentor"),
        scores.cohort.capacity("mentee"),
    )
    found = frozenset(
        (scores.cohort.row[pair.mentor], scores.cohort.column[pair.mentee])
        for pair in answers.best_pairs
    )
    assert instance.value(found, programme.participation) == best(instance, programme.participation)
    assert answers.best_expected_points == instance.value(found, "best")[0]
    assert (
        answers.best_expected_points >= answers.expected_points or programme.participation == "most"
    )


def test_protected_attributes_decide_no_places_of_the_best_either() -> None:
    ages = ["young", "old"] * 5 + ["old"]
    found = [rmatch.match(company(each), PROGRAMME) for each in (ages, ages[::-1])]
    accept = some_accept(found[0])
    holders = []
    for matching in found:
        answers = matching.stand_ins(accept=accept).first_answers
        assert answers is not None
        assert [step.decides for step in answers.steps] == ["places", "pairs"]
        holders.append({pair.mentor for pair in answers.best_pairs})
    assert holders[0] == holders[1]


@examples(40)
@given(st.lists(st.integers(0, 4).map(lambda quarter: quarter / 4), max_size=7))
def test_the_number_of_surviving_pairs_is_counted(chances: list[float]) -> None:
    counted = [0.0] * (len(chances) + 1)
    for way in product((0, 1), repeat=len(chances)):
        likely = prod(p if yes else 1 - p for p, yes in zip(chances, way, strict=True))
        counted[sum(way)] += likely
    # Quarters of quarters are exact in floating point.
    assert list(poisson_binomial(chances)) == counted


def test_a_thousand_uncertain_pairs_add_up_to_one() -> None:
    found = np.array(poisson_binomial([0.1, 0.9] * 500))
    assert abs(found.sum() - 1) < 1e-12
    assert abs(found @ np.arange(1001) - 500) < 1e-9


def test_those_whose_stand_in_is_worth_most_are_asked_first() -> None:
    matching = rmatch.match(rmatch.datasets.example())
    found = matching.stand_ins(accept=some_accept(matching))
    answers = found.first_answers
    assert answers is not None
    worth = {
        (each.mentor, each.mentee): (each.points or 0) * (each.chance or 0)
        for each in found.mentors
    }
    assert [worth[pair] for pair in answers.order] == sorted(worth.values(), reverse=True)
    assert sorted(answers.order) == sorted(worth)


def test_whoever_never_accepts_stands_in_for_nobody() -> None:
    matching = rmatch.match(rmatch.datasets.example())
    accept = {person: 0.0 if not made else 0.5 for person, made in matching.partners.items()}
    found = matching.stand_ins(accept=accept)
    assert not {each.person for each in found.mentors} - {None} & {
        person for person, chance in accept.items() if not chance
    }


def test_what_is_printed_and_written_says_what_was_found() -> None:
    matching = rmatch.match(rmatch.datasets.example())
    accept = some_accept(matching)
    found = matching.stand_ins(accept=accept)
    answers = found.first_answers
    assert answers is not None
    document = found.to_dict()
    assert document["mentors"][0]["person"] == found.mentors[0].person
    assert document["first_answers"]["best_expected_points"] == answers.best_expected_points
    assert len(document["first_answers"]["surviving"]) == len(matching.pairs) + 1
    assert f"To be expected: {matching.unit.together(answers.expected_points)}." in str(found)
    sure = dict.fromkeys(accept, 1.0)
    certain = matching.stand_ins(accept=sure).first_answers
    assert certain is not None
    assert certain.expected_points == matching.total == certain.best_expected_points
    assert f"{len(matching.pairs)} or more with a probability of 90%" in str(certain)
    assert "No matching chosen for what it expects has more." in str(certain)


# Probabilities in every form, and those that are none.


def forms(matching: Matching, accept: dict[str, float]) -> dict[str, Any]:
    rows = [{"id": person, "accept": chance} for person, chance in accept.items()]
    scores = matching.scores
    pairs = {
        (mentor, mentee): accept[mentor] * accept[mentee]
        for mentor in scores.mentors
        for mentee in scores.mentees
    }
    return {
        "mapping": accept,
        "records": rows,
        "frame": pd.DataFrame(rows),
        "columns": pd.DataFrame(rows).to_dict("list"),
        "pairs": pairs,
        "pair records": [
            {"mentor": one, "mentee": other, "accept": chance}
            for (one, other), chance in pairs.items()
        ],
    }


@pytest.mark.parametrize(
    "form", ["mapping", "records", "frame", "columns", "pairs", "pair records", "csv"]
)
def test_probabilities_are_read_from_whatever_holds_them(form: str, tmp_path: Any) -> None:
    matching = rmatch.match(rmatch.datasets.example())
    accept = {person: 0.25 + 0.5 * (number % 2) for number, person in enumerate(matching.partners)}
    given_forms = forms(matching, accept)
    path = tmp_path / "accept.csv"
    given_forms["frame"].to_csv(path, index=False)
    given_forms["csv"] = path
    found = matching.stand_ins(accept=given_forms[form])
    assert found.mentors == matching.stand_ins(accept=accept).mentors


def test_a_cell_of_a_file_of_probabilities_is_named_once(tmp_path: Any) -> None:
    path = tmp_path / "accept.csv"
    path.write_text("id,accept\nE12,7\n", "utf-8")
    with pytest.raises(InvalidInputError, match=r"\n  accept.csv, row 2, accept: 7\.0 is"):
        rmatch.match(rmatch.datasets.example()).stand_ins(accept=path)


def some(matching: Matching, **different: Any) -> dict[Any, Any]:
    return {**dict.fromkeys(matching.partners, 0.5), **different}


@pytest.mark.parametrize(
    ("accept", "said"),
    [
        ({"E12": 1.5}, ["accept of E12, accept: 1.5 is not possible; give a number from 0 to 1"]),
        ({"E12": -0.1, "E13": "often"}, ["-0.1 is not possible", "'often' is not possible"]),
        ({"E12": float("nan")}, ["nan is not possible"]),
        ({"E12": True}, ["True is not possible"]),
        ({"Zoe": 0.5}, ["there is nobody with the id (a name or an address); give an id"]),
        ({"E012": 0.5}, ["there is nobody with the id 'E012'; did you mean 'E12'?"]),
        ({("E12", "E06"): 0.5}, ["some are of persons and some of pairs"]),
        ({("E06", "E12"): 0.5}, ["no mentor with the id 'E06'", "no mentee with the id 'E12'"]),
    ],
)
def test_what_is_no_probability_is_refused(accept: dict[Any, Any], said: list[str]) -> None:
    matching = rmatch.match(rmatch.datasets.example())
    with pytest.raises(InvalidInputError) as raised:
        matching.stand_ins(accept={**some(matching), **accept})
    for text in said:
        assert text in str(raised.value)
    assert "Zoe" not in str(raised.value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "E12", "accept": "0,9", "dimension:gender": "Woman"}], "protected attributes"),
        ([{"id": "E12", "accept": "0,9", "Gender": "Woman"}], "protected attributes"),
        ([{"id": "E12", "accept": "0,9", "mood": "good"}], "'mood' is no column of probabilities"),
        ([{"id": "E12", "mentor": "E12", "accept": 1}], "columns for persons and for pairs"),
        ([{"id": "E12"}], "accept: this column is missing"),
        ([{"mentor": "E12", "accept": 1}], "mentee: this column is missing"),
        ([{"id": "E12", "accept": ""}], "'' is not possible"),
        ([{"id": "E12", "accept": "x"}, {"id": "E13", "accept": 7}], "7"),
        ([{"id": "E12", "accept": 1}, {"id": "E12", "accept": 0}], "is given twice"),
        ([], "there is nothing in it"),
        ({}, "24 people without a probability: E11, E12, E13, E14, E15 …; give one for each"),
        ({("E12", "E06"): 0.5}, "possible pairs without a probability: "),
        (0.5, "float: this cannot be read"),
    ],
)
def test_tables_of_probabilities_are_refused_by_cell(rows: Any, said: str) -> None:
    matching = rmatch.match(rmatch.datasets.example())
    with pytest.raises(InvalidInputError) as raised:
        matching.stand_ins(accept=rows)
    assert said in str(raised.value)


def test_other_aims_than_the_total_expect_nothing() -> None:
    people = rmatch.datasets.workforce(5, 4, seed=0)
    fair = rmatch.match(people, rmatch.Programme(objective=named("leximin"), **JUSTIFIED))
    rmatch.verify(fair.stand_ins(), people, of=fair)
    with pytest.raises(InvalidInputError, match="objective"):
        fair.stand_ins(accept=some(fair))


def test_declines_and_probabilities_are_refused_together() -> None:
    matching = rmatch.match(rmatch.datasets.example())
    with pytest.raises(InvalidInputError) as raised:
        matching.stand_ins(0, accept={**some(matching), "E12": 2})
    assert [fault.field for fault in raised.value.faults] == ["r", "accept"]


@pytest.mark.parametrize("r", [0, -1, 1.5, True, "2"])
def test_declines_are_counted(r: Any) -> None:
    with pytest.raises(InvalidInputError, match="give a whole number of 1 or more"):
        rmatch.match(rmatch.datasets.example()).stand_ins(r)


def test_a_row_of_a_file_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "accept.csv").write_text("id,accept\nE12,80%\n", "utf-8")
    with pytest.raises(InvalidInputError, match=r"\n  accept\.csv, row 2, accept: '80%'"):
        rmatch.match(rmatch.datasets.example()).stand_ins(accept=tmp_path / "accept.csv")
