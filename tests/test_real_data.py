"""The whole way on real data, read as it is."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rmatch
from rmatch.rounds import explanation_of

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = ROOT / "examples"

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the shared data sets are not on this machine"
)


@pytest.fixture(scope="module")
def survey() -> rmatch.Matching:
    people = rmatch.read_people(
        DATA / "stackoverflow2025.csv", mapping=EXAMPLES / "stackoverflow" / "mapping.toml"
    )
    return rmatch.match(
        people, rmatch.read_programme(EXAMPLES / "stackoverflow" / "programme.toml")
    )


@pytest.fixture(scope="module")
def civil_service() -> rmatch.People:
    return rmatch.read_people(
        mentors=DATA / "civil_service_mentors.csv",
        mentees=DATA / "civil_service_mentees.csv",
        mapping=EXAMPLES / "civil_service" / "mapping.toml",
    )


def _civil_service_example() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "civil_service", EXAMPLES / "civil_service" / "programme.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_data
def test_survey_roles_are_those_of_the_condition(survey: rmatch.Matching) -> None:
    import csv

    with (DATA / "stackoverflow2025.csv").open(encoding="utf-8") as file:
        answers = {row["ResponseId"]: row for row in csv.DictReader(file)}
    for person in survey.people:
        answer = answers[person.id]
        leads = answer["ICorPM"] == "People manager" or answer["DevType"].startswith(
            "Senior executive"
        )
        years = None if answer["WorkExp"] == "NA" else float(answer["WorkExp"])
        senior = leads or (years is not None and years >= 15)
        junior = not leads and years is not None and years <= 7
        assert (
            person.role
            == {(True, False): "mentee", (False, True): "mentor", (False, False): "none"}[
                senior, junior
            ]
        )


@needs_data
def test_survey_pairs_are_verified_and_explained(survey: rmatch.Matching) -> None:
    assert rmatch.verify(survey).pairs == len(survey.pairs) > 200
    for number, pair in enumerate(survey.pairs):
        ids = pair.mentor, pair.mentee
        told = explanation_of(survey.scores, survey.id_pairs, *ids, "admin", unit=survey.unit)
        assert sum(line.points for line in told.lines) == pair.points
        # What another partner would cost takes a matching each.
        if number % 50 == 0:
            assert survey.explain(*ids).lines == told.lines


@needs_data
def test_survey_everyone_has_a_partner_or_a_reason(survey: rmatch.Matching) -> None:
    reasons = {reason.id: reason for reason in survey.unmatched}
    for person in survey.people.id:
        assert bool(survey.partners[person]) != (person in reasons)
    assert all(reason.sentence for reason in reasons.values())


@needs_data
def test_survey_is_the_optimum_of_an_independent_solver(survey: rmatch.Matching) -> None:
    from scipy.optimize import linear_sum_assignment

    points = np.where(survey.scores.allowed, survey.scores.blind_points + 10**9, 0)
    rows, columns = linear_sum_assignment(points, maximize=True)
    kept = survey.scores.allowed[rows, columns]
    assert len(survey.pairs) == kept.sum()
    placed = [
        (survey.scores.cohort.row[pair.mentor], survey.scores.cohort.column[pair.mentee])
        for pair in survey.pairs
    ]
    row_places, column_places = (sorted(side) for side in zip(*placed, strict=True))
    blind = survey.scores.blind_points
    within = survey.scores.points[np.ix_(row_places, column_places)]
    may = survey.scores.allowed[np.ix_(row_places, column_places)]
    best_rows, best_columns = linear_sum_assignment(np.where(may, within, -(10**9)), maximize=True)
    assert survey.total == within[best_rows, best_columns].sum()
    # Those people are also a best choice of people when protected attributes do not count.
    places = linear_sum_assignment(
        np.where(may, blind[np.ix_(row_places, column_places)], -(10**9)), maximize=True
    )
    assert (
        blind[np.ix_(row_places, column_places)][places].sum()
        == blind[rows[kept], columns[kept]].sum()
    )


@needs_data
def test_civil_service_reaches_the_known_optimum_in_any_order(civil_service: rmatch.People) -> None:
    programme = _civil_service_example().PROGRAMME
    first = rmatch.match(civil_service, programme)
    assert (len(first.pairs), first.total) == (484, 11_480)
    assert rmatch.verify(first).total == 11_480
    for seed in range(3):
        shuffled = civil_service.take(np.random.default_rng(seed).permutation(len(civil_service)))
        assert rmatch.match(shuffled, programme).pairs == first.pairs


@needs_data
def test_civil_service_ties_are_decided_by_the_seed_alone(civil_service: rmatch.People) -> None:
    programme = _civil_service_example().PROGRAMME
    first, second = (
        rmatch.match(civil_service, programme, seed=seed) for seed in ("spring", "autumn")
    )
    assert first.total == second.total
    assert first.pairs != second.pairs


@needs_data
def test_civil_service_as_a_reverse_programme(civil_service: rmatch.People) -> None:
    levels = _civil_service_example().GRADES
    role = np.where(civil_service.role == 1, 2, 1).astype(np.uint8)
    programme = rmatch.Programme(levels=levels, criteria=(rmatch.criteria.ExperienceGap(1),))
    matching = rmatch.match(replace(civil_service, role=role), programme)
    rank = {person.id: levels.index(str(person.level)) for person in civil_service}
    assert len(matching.pairs) > 400
    assert all(rank[pair.mentor] < rank[pair.mentee] for pair in matching.pairs)
