"""Programmes: written and read without loss, wrong ones rejected by name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from strategies import UNASKED

import rmatch
from rmatch.criteria import Custom, Dimension, Diversity, ExperienceGap, Expertise, Growth
from rmatch.io import programme_document, programme_schema, write_programme
from rmatch.rules import JuniorMentor, OverlappingHours, ReportingChain

WRITABLE = (
    strategies.programmes(own=False, minimums=True, places=("without_protected", "with_protected"))
    .map(
        lambda programme: replace(
            programme, rules=tuple(rule for rule in programme.rules if rule.kind != "custom")
        )
    )
    .flatmap(strategies.for_some)
)
SCHEMA = Path(rmatch.__file__).parent / "schema" / "programme.json"


@examples(40)
@given(programme=WRITABLE)
def test_a_programme_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, programme: rmatch.Programme
) -> None:
    folder = tmp_path_factory.mktemp("programme")
    for name in ("programme.toml", "programme.json"):
        write_programme(programme, folder / name)
        assert rmatch.read_programme(folder / name) == programme
    assert rmatch.read_programme(programme_document(programme)) == programme


@examples(40)
@given(programme=WRITABLE)
def test_every_programme_fits_the_schema(programme: rmatch.Programme) -> None:
    jsonschema.validate(json.loads(json.dumps(programme_document(programme))), programme_schema())


def test_the_shipped_schema_is_the_schema() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == programme_schema()
    jsonschema.Draft202012Validator.check_schema(programme_schema())


@pytest.mark.parametrize(
    "document",
    [
        {"criteria": {"growth": {"weight": -1}}},
        {"mentor_capacity": -1},
        {"topic_levels": 10},
        {"capacity": 1},
    ],
    ids=str,
)
def test_the_schema_refuses_what_reading_refuses(document: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(programme_schema()).is_valid(document)
    with pytest.raises(rmatch.InvalidInputError):
        rmatch.read_programme(document)


def test_the_default_is_the_design() -> None:
    programme = rmatch.Programme()
    weights = {criterion.kind: criterion.weight for criterion in programme.criteria}
    assert weights == {
        "expertise": 45,
        "experience_gap": 20,
        "diversity": 20,
        "reach": 10,
        "growth": 5,
    }
    assert programme.rules[:2] == (JuniorMentor(), ReportingChain(steps=2))
    assert (programme.mentor_capacity, programme.mentee_capacity, programme.participation) == (
        1,
        1,
        "most",
    )


def test_an_absent_table_means_the_default_and_a_present_one_names_all() -> None:
    assert rmatch.read_programme({}) == rmatch.Programme()
    assert rmatch.read_programme({"rules": {}}).rules == ()
    assert rmatch.read_programme({"criteria": {"growth": {"weight": 1}}}).criteria == (Growth(1),)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"mentor_capcity": 2}, ["unknown key 'mentor_capcity'; did you mean 'mentor_capacity'?"]),
        (
            {"rules": {"no_repeat": {"objective": "leximin"}}},
            ["unknown key 'objective'; it belongs to no table"],
        ),
        (
            {"quotas": [{"kind": "partners", "objective": "leximin"}]},
            ["quotas.0.partners: unknown key 'objective'; it belongs to no table"],
        ),
        ({"criteria": {"expertize": {"weight": 1}}}, ["did you mean 'expertise'?"]),
        (
            {"criteria": {"expertise": {"weight": 1, "rare_bost": 1}}},
            ["did you mean 'rare_boost'?"],
        ),
        ({"criteria": {"expertise": {}}}, ["criteria.expertise.weight: is missing"]),
        ({"criteria": {"expertise": {"weight": "much"}}}, ["criteria.expertise.weight", "'much'"]),
        ({"criteria": {"expertise": {"weight": float("nan")}}}, ["nan is not possible"]),
        (
            {"criteria": {"expertise": {"weight": 0}, "growth": {"weight": 0}}},
            ["all weights are zero"],
        ),
        ({"criteria": {}}, ["criteria: is empty"]),
        (
            {"rules": {"junior_mentor": {"min_gap": -1}}},
            ["-1.0 is not possible; give a number from 0.01 to 80"],
        ),
        (
            {"rules": {"reporting_chain": {"steps": "all"}}},
            ["rules.reporting_chain.steps", "'all'"],
        ),
        ({"rules": {"overlapping_hours": {"minutes": 100}}}, ["give minutes a week"]),
        ({"rules": {"overlapping_hours": {"hours": 1}}}, ["unknown key 'hours'", "minutes"]),
        ({"dates": ["2026-13-01"]}, ["dates"]),
        ({"dates": ["2026-10-31", "2026-05-01"]}, ["ends (2026-05-01) before it begins"]),
        ({"criteria": {"logistics": {"weight": 1, "enough": 4}}}, ["give minutes a week"]),
        ({"participation": "mots"}, ["'mots'", "most"]),
        ({"crossed": [["age", "team"], ["team", "site"]]}, ["'team' is there twice"]),
        ({"levels": ["A", "B", "A"]}, ["'A' is there twice"]),
        (
            {"criteria": {"experience_gap": {"weight": 1, "by": "levels"}}},
            ["goes by levels, and there are none"],
        ),
        ({"criteria": {"experience_gap": {"weight": 1, "full": [5, 2]}}}, ["is not inside"]),
        ({"places": "with_protected"}, ["justification: is empty"]),
        (
            {"mentor_capacity": -1, "topic_levels": 12},
            ["mentor_capacity: -1", "topic_levels: 12; give a whole number from 1 to 9"],
        ),
        ({"mentee_minimum": 2**70}, ["give a whole number from 0 to 1\xa0000\xa0000"]),
    ],
)
def test_what_is_wrong_is_named(document: dict[str, Any], expected: list[str]) -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_programme(document)
    for part in expected:
        assert part in str(caught.value)


def test_all_faults_come_at_once() -> None:
    document = {
        "criteria": {"expertize": {"weight": 1}, "growth": {"weight": -1}},
        "rules": {"junior_mentor": {"min_gap": 0}},
        "participation": "all",
        "colour": "blue",
    }
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_programme(document)
    assert len(caught.value.faults) == 5


ONE_FAULT_EACH: dict[str, dict[str, Any]] = {
    "mentor_capacity: -1": {"mentor_capacity": -1},
    "mentee_minimum: 'two'": {"mentee_minimum": "two"},
    "topic_levels: 12": {"topic_levels": 12},
    "min_points: 1.5": {"min_points": 1.5},
    "participation: 'mots'": {"participation": "mots"},
    "unknown kind 'leximinn'": {"objective": "leximinn"},
    "justification: is empty; say why": {"places": "with_protected"},
    "'A' is there twice": {"levels": ["A", "B", "A"]},
    "lived_topics.0: 3": {"lived_topics": [3]},
    "dates.0: '2026-02-30'": {"dates": ["2026-02-30"]},
    "unknown key 'colour'": {"colour": "blue"},
    "CHECK": {"CHECK": {"mentee_capacity": 2}},
    "expertise, weight: -3.0": {"criteria": {"expertise": {"weight": -3}}},
    "reach.weight: 'much'": {"criteria": {"reach": {"weight": "much"}}},
    "diversity.weight: is missing": {"criteria": {"diversity": {}}},
    "unknown key 'horoscope'": {"criteria": {"horoscope": {"weight": 1}}},
    "experience_gap.for: 3 is no table": {"criteria": {"experience_gap": {"weight": 1, "for": 3}}},
    "unknown key 'hours'": {"rules": {"overlapping_hours": {"hours": 1}}},
    "'Boss' is not in the programme's levels": {
        "rules": {"other_site": {"for": {"mentee": {"level": "Boss"}}}}
    },
    "2 is below at_least 5": {
        "quotas": [
            {
                "kind": "pairs",
                "dimension": "site",
                "pairs": "same",
                "at_least": 5,
                "at_most": 2,
            }
        ]
    },
    "goes by a protected dimension": {
        "quotas": [{"kind": "pairs", "dimension": "age", "pairs": "same", "at_least": 5}]
    },
}
"""What an error says, and the document that is wrong in this alone."""


def merged(documents: list[dict[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for document in documents:
        for key, value in document.items():
            if isinstance(value, dict):
                whole[key] = {**whole.get(key, {}), **value}
            else:
                whole[key] = [*whole.get(key, []), *value] if key == "quotas" else value
    return whole


@examples(60)
@given(said=st.sets(st.sampled_from(sorted(ONE_FAULT_EACH)), min_size=2))
def test_no_fault_hides_another(said: set[str]) -> None:
    document = merged([ONE_FAULT_EACH[each] for each in sorted(said)])
    given = json.dumps(document)
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_programme(document)
    listed = [str(fault) for fault in caught.value.faults]
    assert json.dumps(document) == given  # what was given stays as it was
    grades_known = "'A' is there twice" in said
    asks_for_grades = "'Boss' is not in the programme's levels"
    for each in said - (set() if grades_known else {asks_for_grades}):
        assert sum(each in fault for fault in listed) == 1, each
    assert len(listed) == len(said) - (asks_for_grades in said and not grades_known)


@pytest.mark.parametrize("wrong", [{"levels": "ABC"}, {"levles": ["A"]}])
def test_what_hangs_on_a_wrong_value_is_not_called_missing(wrong: dict[str, Any]) -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_programme(wrong | {"rules": {"junior_mentor": {"by": "levels"}}})
    assert len(caught.value.faults) == 1


def test_in_python_no_fault_hides_another_either() -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.Programme(
            criteria=("expertise", Expertise(1)),  # type: ignore[arg-type]  # what a user may do
            rules=(JuniorMentor(by="levels"), ReportingChain),  # type: ignore[arg-type]
            topic_levels=12,
            participation="all",  # type: ignore[arg-type]
        )
    listed = str(caught.value)
    for said in ("give criteria", "by levels", "is a class", "12;", "'all'"):
        assert said in listed


@pytest.mark.parametrize(
    "make",
    [
        lambda: Expertise(-1),
        lambda: Expertise(float("inf")),
        lambda: Expertise(1, rare_boost=10),
        lambda: ExperienceGap(1, full=(0, 50), zero=(10, 20), by="years"),
        lambda: Diversity(1, {"age": Dimension(order=("old",))}),
        lambda: Diversity(1, {"age": Dimension(weight=-2)}),
        lambda: OverlappingHours(minutes=10_095),
        lambda: rmatch.Programme(levels="ABC"),  # what a user may do
        lambda: rmatch.Programme(min_points=True),
        lambda: Custom("x", lambda _, __: [], side="left"),  # type: ignore[arg-type]
    ],
    ids=range(10),
)
def test_wrong_values_are_refused_in_python_too(make: Any) -> None:
    with pytest.raises(rmatch.InvalidInputError):
        make()


def test_lists_are_taken_for_tuples() -> None:
    assert rmatch.Programme(levels=["A", "B"]) == rmatch.Programme(levels=("A", "B"))


def test_a_function_is_not_written(tmp_path: Path) -> None:
    programme = rmatch.Programme(criteria=(Custom("own", lambda _, __: [], **UNASKED),))
    with pytest.raises(rmatch.InvalidInputError, match="'own': is a function"):
        write_programme(programme, tmp_path / "programme.toml")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["programme.yaml", "missing.toml"])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(rmatch.InvalidInputError, match=name):
        rmatch.read_programme(tmp_path / name)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text("levels = [", encoding="utf-8")
    with pytest.raises(rmatch.InvalidInputError, match="cannot be understood"):
        rmatch.read_programme(tmp_path / "programme.toml")


@pytest.mark.parametrize("written", ["[2026-05-01, 2026-10-31]", '["2026-05-01", "2026-10-31"]'])
def test_the_dates_of_a_round(written: str, tmp_path: Path) -> None:
    """A file holds them as dates or as texts, and gets them back as texts."""
    path = tmp_path / "programme.toml"
    path.write_text(f"dates = {written}\n")
    programme = rmatch.read_programme(path)
    assert programme.dates == (date(2026, 5, 1), date(2026, 10, 31))
    assert programme_document(programme)["dates"] == ["2026-05-01", "2026-10-31"]
    write_programme(programme, path)
    assert rmatch.read_programme(path) == programme


@pytest.mark.parametrize(
    ("dates", "problem"),
    [
        ("2026-05-01", "is not a first and a last day"),
        (("2026-05-01",) * 3, "is not a first and a last day"),
        (("May", "June"), "'May' is not a date"),
        ((20260501,), "20260501 is not a date"),
        ((datetime(2026, 5, 1),), "is not a date"),  # noqa: DTZ001 - a time without a zone is given, too
        (("2026-05-02", "2026-05-01"), "ends (2026-05-01) before it begins (2026-05-02)"),
        (("0026-05-02", "0026-05-03"), "is not a round"),
        (("2026-01-01", "2036-01-01"), "is not a round"),
    ],
)
def test_wrong_dates_of_a_round(dates: Any, problem: str) -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.Programme(dates=dates)
    assert problem in str(caught.value)


KINDS = "'expertise', 'experience_gap', 'diversity', 'reach', 'growth', 'wish', 'logistics'"
SHAPES = {
    '[[criteria]]\nkind = "growth"': f"give a table, whose keys are {KINDS}",
    'criteria = ["growth"]': f"give a table, whose keys are {KINDS}",
    "criteria.reach = 3": "give a table, whose keys are 'weight', 'site', 'department', 'chart', 'cap'",
    "[[rules.junior_mentor]]\nmin_gap = 1": "give a table, whose keys are 'by', 'min_gap'",
    "criteria.diversity = {weight = 1, dimensions = {age = 3}}": "whose keys are 'weight', 'order'",
    '[[objective]]\nkind = "total"': "give a table",
    "quotas = [3]": "give a table",
    '[quotas]\nkind = "parity"': "give a list",
    'levels = "A, B"': "give a list",
    "levels = [1]": "give a text",
    "mentor_capacity = 1.5": "give a whole number",
    'criteria.growth.weight = "1"': "give a number",
    'participation = "all"': "give 'most' or 'best'",
    "dates = [3]": "give a day, such as 2026-06-01",
    "criteria.experience_gap = {weight = 1, full = [1, 2, 3]}": "give no more than 2 values",
}


@pytest.mark.parametrize("text", SHAPES)
def test_what_has_another_shape_is_told_in_the_words_of_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text(text, "utf-8")
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_programme(tmp_path / "programme.toml")
    (fault,) = caught.value.faults
    assert fault.problem.endswith("is not possible")
    assert fault.remedy.endswith(SHAPES[text])
