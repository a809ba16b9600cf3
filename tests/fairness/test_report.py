"""The report as a whole: what it holds, what it never holds, and odd rounds."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from profiles import examples
from strategies import UNASKED

import rmatch
from rmatch.cli import main
from rmatch.criteria import Custom, Growth
from rmatch.errors import InvalidInputError
from rmatch.matching.protected import decided_blindly
from rmatch.people import ROLES, Request
from rmatch.rounds import Round
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
SURVEY = ROOT.parent / "shared" / "data" / "stackoverflow2025.csv"


@pytest.fixture(scope="module")
def matching() -> rmatch.Matching:
    return rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())


def test_totals_and_sides(matching: rmatch.Matching) -> None:
    report = matching.fairness()
    assert report.total == matching.total
    assert report.points == tuple(sorted(pair.points for pair in matching.pairs))
    gained = {
        side: [person.gain for person in report.people if person.role == side and person.partners]
        for side in report.sides
    }
    for side, own in report.sides.items():
        assert own.matched == len(gained[side]) == len(matching.pairs)
        assert own.mean == pytest.approx(sum(gained[side]) / len(gained[side]))
        assert own.least == min(gained[side])
    assert report.sides["mentor"].criteria == ("reach", "growth", "logistics")


def test_no_name_no_address_and_nobodys_answer(matching: rmatch.Matching, tmp_path: Path) -> None:
    report = matching.fairness()
    report.to_json(tmp_path / "report.json")
    report.to_html(tmp_path / "report.html")
    texts = [
        str(report),
        *((tmp_path / f"report.{kind}").read_text("utf-8") for kind in ("json", "html")),
    ]
    for person in matching.people:
        for text in texts:
            assert person.name is not None
            assert person.name not in text
            assert str(person.email) not in text
            assert not re.search(rf"\b{person.id}\b", text)
    # What there is of single people and pairs stays in the hands of whoever asks for it.
    written = json.loads(texts[1])
    assert not {"people", "blocking_pairs", "points"} & set(written)
    assert {field.name for field in fields(report.people[0])} == {
        "id",
        "role",
        "partners",
        "gain",
        "rank",
        "regret",
        "envy",
    }
    assert report._repr_html_() in texts[2]


def test_the_text_says_what_was_not_checked() -> None:
    report = rmatch.match(rmatch.datasets.workforce(40, 25, seed=1)).fairness()
    assert report.pareto.reason
    text = " ".join(str(report).split())
    assert "without hurting anybody was not checked: somebody has several partners" in text
    assert f"{numeral(report.blocking)} pairs of people would both rather meet each other" in text


def test_tables_as_dataframes(matching: rmatch.Matching) -> None:
    report = matching.fairness()
    for backend in ("pandas", "polars"):
        groups = report.to_frame(backend=backend)
        assert next(iter(groups["people"])) == 14
        assert len(groups) == sum(len(table.by_group) + 2 for table in report.groups)
        assert list(report.to_frame("people", backend=backend)["id"]) == [
            person.id for person in report.people
        ]
        assert list(report.to_frame("blocking", backend=backend)["mentor"]) == [
            pair[0] for pair in report.blocking_pairs
        ]
    with pytest.raises(InvalidInputError, match="did you mean 'groups'"):
        report.to_frame("group", backend="pandas")  # type: ignore[arg-type]


@examples(40)
@given(strategies.rounds(), strategies.seeds())
def test_protected_attributes_give_and_take_no_place(drawn: Any, seed: int | str) -> None:
    matching = rmatch.match(*drawn, seed=seed)
    found = matching.fairness().effect
    assert found.other_places in {0, None}
    assert found.people in {len(matching.people.mentors) + len(matching.people.mentees), None}


@examples(60)
@given(strategies.rounds(), strategies.seeds())
def test_what_decided_the_places_is_the_matching_without_protected_attributes(
    drawn: Any, seed: int | str
) -> None:
    matching = rmatch.match(*drawn, seed=seed)
    blind = matching.scores.blind
    if len(blind.factors) < len(matching.scores.factors) and decided_blindly(matching) is not None:
        assert decided_blindly(matching) == Round(blind, seed).solve().id_pairs


def test_the_effect_is_known_without_another_matching_where_somebody_stays_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lock = Request("m1", "e1", "lock", override_reason="agreed")
    people = rmatch.datasets.workforce(30, 20)
    lock = replace(lock, mentor=people.id[people.mentors[0]], mentee=people.id[people.mentees[0]])
    matching = rmatch.match(
        people, rmatch.Programme(levels=rmatch.datasets.LEVELS), rmatch.Requests((lock,))
    )
    again = Round(matching.scores.blind, matching.seed).solve().id_pairs
    monkeypatch.setattr(Round, "blindly", None)
    assert decided_blindly(matching) == again
    found = matching.fairness().effect
    assert found.people == 50
    assert (found.other_partner or 0) > 0


def test_the_effect_counts_people_with_another_partner(matching: rmatch.Matching) -> None:
    plain = replace(
        matching.scores, factors=matching.scores.blind.factors, sides=matching.scores.blind.sides
    )
    other = Round(plain, matching.seed).solve().partners
    changed = sum(matching.partners[person] != other[person] for person in matching.people.id)
    assert matching.fairness().effect.other_partner == changed > 0
    assert "say effect=True" in str(matching.fairness(effect=False).effect)
    blind = replace(matching.programme, criteria=(Growth(1),))
    assert "no protected attribute" in str(rmatch.match(matching.people, blind).fairness().effect)


@pytest.mark.parametrize(
    "roles", [("none", "none"), ("none", "mentee"), ("mentor", "mentee"), ("mentor", "none")]
)
def test_rounds_without_mentors_pairs_or_gains(roles: tuple[str, str]) -> None:
    equal = Custom("equal", lambda mentors, mentees: [[0] * len(mentees)] * len(mentors), **UNASKED)
    rows = [
        {"id": "r", "role": "mentor"},
        {"id": "e", "role": "mentee", "dimension:age": "old", "consent:age": "report"},
    ]
    people = replace(
        rmatch.read_people(rows), role=np.array([ROLES[role] for role in roles], np.uint8)
    )
    report = rmatch.match(people, rmatch.Programme(criteria=(equal,), rules=())).fairness()
    assert report.worst in {None, 0}
    assert (report.blocking, report.pareto.efficient) == (0, True)
    assert "cannot be estimated" in str(report)
    assert report.sides["mentor"].indices["Gini"] is None


def test_equal_points(matching: rmatch.Matching) -> None:
    equal = Custom("equal", lambda mentors, mentees: [[7] * len(mentees)] * len(mentors), **UNASKED)
    report = rmatch.match(matching.people, rmatch.Programme(criteria=(equal,), rules=())).fairness()
    assert {side.indices["Gini"] for side in report.sides.values()} == {0}
    assert {side.indices["Jain"] for side in report.sides.values()} == {1}
    assert all(person.regret == 0 for person in report.people if person.partners)


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = tmp_path / "people.csv"
    rmatch.io.write_people(rmatch.datasets.example(), people)
    for kind in ("html", "json"):
        target = tmp_path / f"fairness.{kind}"
        assert (
            main(
                [
                    "match",
                    str(people),
                    "--out",
                    str(tmp_path / "pairs.csv"),
                    "--force",
                    "--fairness",
                    str(target),
                ]
            )
            == 0
        )
        assert "pareto" in target.read_text("utf-8").lower()
        assert str(target) in capsys.readouterr().out
    assert (
        main(
            [
                "match",
                str(people),
                "--out",
                str(tmp_path / "pairs.csv"),
                "--fairness",
                str(tmp_path / "x.csv"),
            ]
        )
        == 2
    )
    assert "name it .html or .json" in capsys.readouterr().err


def _example() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "survey_fairness", ROOT / "examples" / "stackoverflow" / "fairness.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not SURVEY.is_file(), reason="the shared data sets are not on this machine")
def test_the_page_shows_the_survey_cohorts_report() -> None:
    written = (ROOT / "docs" / "_static" / "survey-fairness.txt").read_text("utf-8")
    assert written == f"{_example().report(SURVEY)}\n"
