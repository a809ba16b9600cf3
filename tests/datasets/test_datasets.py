"""The synthetic workforce and the little example: believable, canonical, the same for ever."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rmatch
from rmatch.datasets import AGE_BANDS, LEVELS, example, workforce
from rmatch.datasets.vocabulary import TOPIC_GROUPS, TOPICS, YEARS_AT_LEVEL
from rmatch.errors import InvalidInputError
from rmatch.people import COUNTS, ROLES, SETS, TEXTS, UNSET, People, people_of
from rmatch.people import TOPICS as TOPIC_COLUMNS
from rmatch.utils.labels import Labels

PINNED = {
    (40, 12, 3): "37813c262a65fd870f093fcb231ce4325658034c099e87c7260f469a0d4076e6",
    (500, 500, 0): "8378583db536ec576b1edb51746af43c55f0c7d19368bb734f16004d3acb652e",
    (20_000, 400, 1): "44bbb394be12839ddedd0f1247705ec78b25a729cd096c74ce99a154c40704f2",
}
EMPTY = (
    *(f"{side}_minimum" for side in ("mentor", "mentee")),
    "accepted_levels",
    "accepted_sites",
    "priority",
)
"""Columns that came after the digests, in which nobody says anything."""
COUNT = st.integers(1, 60)


def canonical(people: People) -> str:
    """Return everything about some people as text."""
    return json.dumps(
        {
            column.name: plain(getattr(people, column.name))
            for column in fields(people)
            if column.name not in {*EMPTY, "understood"}
        },
        sort_keys=True,
    )


def plain(value: Any) -> Any:
    """Return a column as lists, numbers and texts."""
    if isinstance(value, Labels):
        return [
            list(value.vocabulary),
            value.starts.tolist(),
            value.codes.tolist(),
            value.weights.tolist(),
        ]
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    return value.tolist() if isinstance(value, np.ndarray) else list(value)


def unpacked(column: Labels) -> list[dict[str, int]]:
    return [column[row] for row in range(len(column))]


def digest(*arguments: int) -> str:
    return hashlib.sha256(canonical(workforce(*arguments)).encode()).hexdigest()


def bosses(people: People) -> list[int]:
    """Return the row of everybody's boss, -1 where there is none."""
    rows = {person: row for row, person in enumerate(people.id)}
    return [-1 if boss is None else rows[boss] for boss in people.manager_id]


def ranks(people: People) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([LEVELS.index(level or "") for level in people.level])


@pytest.fixture(scope="module")
def default() -> People:
    return workforce()


@pytest.mark.parametrize("arguments", PINNED)
def test_the_same_arguments_give_the_same_people_for_ever(arguments: tuple[int, int, int]) -> None:
    assert digest(*arguments) == PINNED[arguments]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_hash_seed_of_the_process_changes_nothing(hash_seed: str) -> None:
    script = "from test_datasets import digest; print(digest(40, 12, 3))"
    paths = os.pathsep.join([str(Path(rmatch.__path__[0]).parent), str(Path(__file__).parent)])
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths}
    ran = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == PINNED[40, 12, 3]


def test_another_seed_gives_another_organisation() -> None:
    assert workforce(20, 20, seed=1) != workforce(20, 20, seed=2)


def test_the_default_has_60_topics_5_levels_of_knowledge_7_grades_and_5_dimensions(
    default: People,
) -> None:
    assert default.topics == tuple(
        sorted(TOPICS, key=lambda topic: topic.casefold().replace(" ", ""))
    )
    assert len(set(TOPICS)) == 60
    assert np.unique(default.offers.weights).tolist() == [1, 2, 3, 4, 5]
    assert np.unique(default.wants.weights).tolist() == [1, 2, 3]
    assert set(default.level) == set(LEVELS)
    assert list(default.dimensions) == [
        "age band",
        "disability",
        "education",
        "ethnicity",
        "gender",
    ]
    assert (len(default.mentors), len(default.mentees)) == (500, 500)


@given(COUNT, COUNT, st.integers(0, 2**70))
def test_any_size_gives_people_in_the_form_that_a_reader_would_give_them(
    mentors: int, mentees: int, seed: int
) -> None:
    people = workforce(mentors, mentees, seed)
    columns: dict[str, Any] = {
        name: getattr(people, name) for name in ("id", "role", "years", *TEXTS, *COUNTS)
    }
    columns |= {name: unpacked(getattr(people, name)) for name in (*SETS, *TOPIC_COLUMNS)}
    columns["dimensions"] = {name: unpacked(answers) for name, answers in people.dimensions.items()}
    assert people == people_of(columns | {"consent": people.consent})
    assert (len(people.mentors), len(people.mentees)) == (mentors, mentees)


@given(COUNT, COUNT, st.integers(0, 99))
def test_the_chart_is_one_tree_under_a_chief_who_is_a_mentee(
    mentors: int, mentees: int, seed: int
) -> None:
    people = workforce(mentors, mentees, seed)
    boss, level = np.array(bosses(people)), ranks(people)
    [chief] = np.flatnonzero(boss < 0)
    assert (people.role[chief], level[chief]) == (ROLES["mentee"], len(LEVELS) - 1)
    assert climb(boss, int(chief)) <= len(people)
    below = level < len(LEVELS) - 1
    assert (level[boss[below]] == np.maximum(level[below] + 1, 3)).all()


def climb(boss: np.ndarray[Any, np.dtype[np.int64]], chief: int) -> int:
    """Return how many steps it takes until everybody has arrived at the chief."""
    upwards = np.where(boss < 0, chief, boss)
    here, steps = np.arange(len(boss)), 0
    while (here != chief).any() and steps <= len(boss):
        here, steps = upwards[here], steps + 1
    return steps


@pytest.mark.parametrize("size", [(1, 1), (1, 3_000), (3_000, 1), (20_000, 50), (200, 20_000)])
def test_lopsided_organisations_have_few_others_and_no_crowded_boss(size: tuple[int, int]) -> None:
    people = workforce(*size)
    others = len(people) - sum(size)
    assert others <= 4 + size[0] / 40 + size[1] / 250
    level = ranks(people)
    assert level[people.mentors].max() <= 3 < level[people.mentees].min()
    assert np.bincount([boss for boss in bosses(people) if boss >= 0]).max() <= 40


def test_years_suit_the_level_and_the_age_band_suits_the_years(default: People) -> None:
    level, junior = ranks(default), default.role == ROLES["mentor"]
    least, most = np.array(YEARS_AT_LEVEL)[level].T
    assert (default.years >= least).all()
    assert (default.years <= most + np.where(junior, 20, 0)).all()
    assert (default.years * 2 == np.floor(default.years * 2)).all()
    assert np.mean(default.years[junior] <= 9) > 0.8
    assert np.mean(default.years[default.mentees] >= 12) > 0.9
    for row, answers in enumerate(unpacked(default.dimensions["age band"])):
        for band in answers:
            assert default.years[row] <= 35 or AGE_BANDS.index(band) >= 3


def test_topics_are_popular_by_zipf(default: People) -> None:
    columns = (default.offers, default.wants, default.lived_topics)
    popularity = np.sort(
        np.sum([np.bincount(column.codes, minlength=60) for column in columns], axis=0)
    )
    assert popularity[-1] >= 5 * np.median(popularity)
    assert popularity[0] > 0


def test_everybody_offers_and_wants_about_as_much_as_announced(default: People) -> None:
    assert 7 < default.offers.counts[default.mentors].mean() < 9
    assert 3.5 < default.wants.counts[default.mentees].mean() < 4.5
    assert 1.5 < default.wants.counts[default.mentors].mean() < 2.5
    leadership = set(TOPIC_GROUPS["leadership"])
    for row in default.mentees.tolist():
        assert all(
            level >= 3 if topic in leadership else level <= 2
            for topic, level in default.offers[row].items()
        )


def test_lived_topics_are_listed_by_some_mentors_and_released_by_some_of_them(
    default: People,
) -> None:
    lists, released = default.lived_topics.counts > 0, default.consent["lived_topics"] == 4
    assert set(np.unique(default.consent["lived_topics"])) == {0, 4}
    assert 0 < np.sum(released) < np.sum(lists) < len(default.mentors) / 2
    assert (released <= lists).all()
    assert (lists <= (default.role == ROLES["mentor"])).all()
    lived = {default.topics[code] for code in default.lived_topics.codes}
    assert lived == set(TOPIC_GROUPS["lived experience"])
    assert not lived & {default.topics[code] for code in default.offers.codes}


def test_consent_differs_by_dimension_and_silence_leaves_nothing_behind(default: People) -> None:
    taking_part = default.role > 0
    for name, answers in default.dimensions.items():
        bits = default.consent[name]
        assert set(np.unique(bits[taking_part])) == {0, 1, 2, 3}
        assert not answers.counts[bits == 0].any()
        assert 0.04 < np.mean(answers.counts[bits > 0] == 0) < 0.12
    assert len({int((default.consent[name] == 0).sum()) for name in default.dimensions}) == 5
    assert default.dimensions["ethnicity"].counts.max() == 2


def test_others_stand_in_the_chart_only() -> None:
    people = workforce(2_000, 10)
    for row in np.flatnonzero(people.role == ROLES["none"]).tolist():
        person = people.person(row)
        assert not any(
            [person.offers, person.wants, person.dimensions, person.consent, person.languages]
        )
        assert person.level in LEVELS[3:]


def test_places_and_capacities_vary(default: People) -> None:
    sizes = sorted(default.department.count(name) for name in set(default.department))
    assert len(sizes) == 12
    assert sizes[-1] > 5 * sizes[0]
    assert len(set(zip(default.site, default.time_zone, strict=True))) == 8
    assert set(default.languages.counts[default.role > 0]) == {1, 2, 3}
    assert set(default.mentor_capacity.tolist()) == {UNSET, 2}
    assert set(default.mentee_capacity.tolist()) == {UNSET}


def test_rows_are_not_sorted_by_role(default: People) -> None:
    assert 400 < np.count_nonzero(np.diff(default.role.astype(int))) < 600


def test_numpy_numbers_are_numbers() -> None:
    assert workforce(np.int64(5), np.int32(4), np.uint8(1)) == workforce(5, 4, 1)  # type: ignore[arg-type]


def test_every_wrong_argument_is_named_at_once() -> None:
    with pytest.raises(InvalidInputError) as caught:
        workforce(0, 2.5, True)  # type: ignore[arg-type]
    assert [fault.field for fault in caught.value.faults] == ["n_mentors", "n_mentees", "seed"]
    with pytest.raises(
        InvalidInputError, match="-1 is not possible; give a whole number of 0 or more"
    ):
        workforce(seed=-1)


def test_the_example_has_something_of_everything() -> None:
    people = example()
    boss, level = np.array(bosses(people)), ranks(people)
    [chief] = np.flatnonzero(boss < 0)
    assert (len(people), len(people.mentors), len(people.mentees)) == (24, 14, 10)
    assert people.role[chief] == ROLES["mentee"]
    assert climb(boss, int(chief)) <= 5
    assert level[people.mentors].max() < level[people.mentees].min()
    assert set(people.topics) <= set(TOPICS)
    assert {topic for topic in people.topics if topic in TOPIC_GROUPS["lived experience"]}
    assert all("give no consent" in note for note in people.notes)
    assert all(
        (people.consent[name] == 0).any() and (people.consent[name] == 3).any()
        for name in people.dimensions
    )


def test_the_example_file_holds_an_answer_without_consent_that_is_not_read() -> None:
    path = Path(rmatch.__path__[0]) / "datasets" / "example.csv"
    with path.open(encoding="utf-8", newline="") as file:
        [row] = [row for row in csv.DictReader(file) if row["id"] == "E08"]
    people = example()
    assert (row["dimension:ethnicity"], row["consent:ethnicity"]) == ("White", "")
    assert people.dimensions["ethnicity"][people.id.index("E08")] == {}
