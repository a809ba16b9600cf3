"""Whether it is time to start: every figure is what the rest of rmatch says, and nothing points at the few."""

from __future__ import annotations

import sys
import threading
from typing import Any

import pytest
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.advice import Remark, readiness
from rmatch.errors import InfeasibleError
from rmatch.rounds import Round, hopeless


def figures(remarks: Any, area: str, name: str) -> list[Any]:
    return [each.figures[name] for each in remarks if each.area == area and name in each.figures]


@examples(40)
@given(strategies.rounds(minimums=True, max_mentors=5))
def test_the_figures_are_those_of_a_matching_of_today(drawn: Any) -> None:
    people, programme, requests = drawn
    scores = rmatch.score(people, programme, requests)
    found = readiness(people, programme, requests).remarks
    assert figures(found, "places", "mentors") == [len(scores.mentors)]
    alone = figures(found, "partners", "mentors"), figures(found, "partners", "mentees")
    expected = [each.role for each in hopeless(scores)]
    assert [sum(each) for each in alone] == [expected.count("mentor"), expected.count("mentee")]
    try:
        made = rmatch.match(people, programme, requests)
    except InfeasibleError:
        assert any("no matching keeps all that is asked" in each.sentence for each in found)
        return
    assert figures(found, "partners", "pairs") == [len(made.pairs)]
    for each in figures(found, "topics", "covered"):
        assert each <= figures(found, "topics", "wants")[0]


def people_of(rows: list[dict[str, Any]]) -> rmatch.People:
    return rmatch.read_people(rows)


def leader(place: int, **more: Any) -> dict[str, Any]:
    return {"id": f"leader-{place}", "role": "mentee", "years": 20, **more}


def junior(place: int, **more: Any) -> dict[str, Any]:
    return {"id": f"junior-{place}", "role": "mentor", "years": 3, **more}


def test_what_is_wanted_is_told_by_aim_and_by_what_nobody_teaches() -> None:
    people = people_of(
        [
            leader(1, wants="python; podcasts; negotiation"),
            leader(2, wants="podcasts; faith at work", lived_topics="faith at work"),
            junior(1, offers="python"),
            junior(2, offers="python"),
        ]
    )
    found = readiness(people, aims={"technology": ["Python"]})
    told = [each.sentence for each in found.remarks if each.area == "topics"]
    assert "all that is wanted: the pairs would cover 1 of" in told[0]
    assert "technology: the pairs would cover 1 of 1 want (100%)" in told
    (untaught,) = [each for each in found.troubles if "taught by nobody" in each.sentence]
    assert untaught.sentence.startswith(
        "2 topics wanted and taught by nobody: 'podcasts', 'negotiation'"
    )
    assert not any("faith" in each.sentence for each in found.remarks)


def test_a_consent_of_the_few_is_not_counted() -> None:
    rows = [
        junior(
            place, **{"dimension:gender": "woman", "consent:gender": "match" if place < 2 else ""}
        )
        for place in range(12)
    ]
    found = readiness(people_of([*rows, leader(1)]))
    (told,) = [each for each in found.remarks if each.area == "consent"]
    assert told == Remark("consent", "gender: hardly anybody lets the answer count", {})


def test_distance_is_in_levels_or_years() -> None:
    people = people_of([leader(1, level="Head"), junior(1, level="Trainee")])
    by_levels = readiness(people, rmatch.Programme(levels=("Trainee", "Senior", "Head")))
    by_years = readiness(people)
    assert figures(by_levels.remarks, "distance", "median") == [2]
    assert figures(by_years.remarks, "distance", "median") == [17]


def test_no_place_at_all_is_trouble_and_no_error() -> None:
    found = readiness(people_of([junior(1), leader(1, mentee_capacity=0)]))
    assert found.troubles[0].sentence == "1 mentor with 1 place, 1 mentee with 0 places"
    assert "0 pairs" in str(found)
    assert "nobody says what they want to learn" in str(found)
    assert str(found).count("[ ]") == len(found.checklist) == 7


def test_a_run_that_is_stopped_tells_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    flag = threading.Event()

    class Stopped(Round):
        def solve(self) -> Any:
            outcome = super().solve()
            flag.set()
            return outcome

    monkeypatch.setattr(sys.modules[readiness.__module__], "Round", Stopped)
    people = rmatch.datasets.example()
    assert str(readiness(people, cancel=flag)) == str(readiness(people))
    monkeypatch.undo()
    assert "(the best so far: the run was stopped)" in str(readiness(people, cancel=flag))


@pytest.mark.parametrize("aims", [["python"], {"a": "python"}, {"a": ["x"], "b": ["X"]}])
def test_aims_that_are_none_are_refused(aims: Any) -> None:
    with pytest.raises(rmatch.InvalidInputError, match="readiness, aims"):
        readiness(rmatch.datasets.example(), aims=aims)
