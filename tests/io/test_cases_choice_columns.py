"""The case `choice-columns`: flags for roles, levels that a mentor accepts, choices of people in ranked columns."""

from __future__ import annotations

from pathlib import Path

import pytest

import rmatch
from rmatch.people import Request
from rmatch.rules import Accepted

CASE = Path(__file__).parents[3] / "shared" / "data" / "cases" / "choice-columns"
WHOM = "who would you be interested in mentoring?"


@pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
def test_levels_that_mentors_accept() -> None:
    mapping = {
        "columns": {
            "id": "email",
            "name": "name",
            "site": "state",
            "level": "seniority",
            "mentor_capacity": "how many mentees would you be willing to mentor?",
            "accepted_levels": WHOM,
        },
        "separators": {"accepted_levels": ","},
        "roles": {
            "mentor": [{"is a mentor?": {"equals": "1"}}],
            "mentee": [{"is a mentee?": {"equals": "1"}}],
        },
    }
    people = rmatch.read_people(CASE / "signups.csv", mapping=mapping)
    assert [(one.id, one.role) for one in people] == [
        ("Ana@Example.org", "mentor"),
        ("bob@example.org", "both"),
        ("Cam@example.org".lower(), "both"),
        ("dot@example.org", "mentee"),
        ("Eli@example.org".lower(), "mentee"),
    ]
    assert people.person(0).accepted_levels == ("1", "2")
    assert people.person(1).accepted_levels == ()
    own = rmatch.read_programme(CASE / "programme.toml")
    programme = rmatch.Programme(
        levels=own.levels, criteria=own.criteria, rules=(Accepted("mentor"),)
    )
    scores = rmatch.score(people, programme)
    allowed = {
        (scores.mentors[i].split("@")[0], scores.mentees[j].split("@")[0])
        for i in range(scores.shape[0])
        for j in range(scores.shape[1])
        if scores.allowed[i, j]
    }
    assert allowed == {
        *(("Ana", mentee) for mentee in ("dot", "eli")),
        *(("bob", mentee) for mentee in ("cam", "dot", "eli")),
        ("cam", "bob"),
    }


def test_ranked_choices_of_mentors_by_name() -> None:
    rows = [
        {"Email": "ana@x.org", "Name": "Ana Ruiz", "mentor?": "1", "mentee?": "0"},
        {
            "Email": "bob@x.org",
            "Name": "Bob Kay",
            "mentor?": "1",
            "mentee?": "1",
            "1st": "Ruiz, Ana",
        },
        {
            "Email": "dot@x.org",
            "Name": "Dot Moe",
            "mentor?": "0",
            "mentee?": "1",
            "1st": "Bob Kay",
            "2nd": "ana@x.org",
            "3rd": "Zoe Zed",
        },
    ]
    mapping = {
        "columns": {"id": "Email", "name": "Name"},
        "roles": {
            "mentor": [{"mentor?": {"equals": "1"}}],
            "mentee": [{"mentee?": {"equals": "1"}}],
        },
        "wishes": {"mentee": ["1st", "2nd", "3rd"]},
    }
    people = rmatch.read_people(rows, mapping=mapping)
    requests = rmatch.read_requests(rows, mapping=mapping, people=people)
    assert set(requests.rows) == {
        Request("ana@x.org", "bob@x.org", "wish", 1),
        Request("bob@x.org", "dot@x.org", "wish", 1),
        Request("ana@x.org", "dot@x.org", "wish", 2),
    }
    assert requests.notes[1] == "1 wish is not read, nobody is called like that: person 3"


def test_sites_that_leaders_accept() -> None:
    rows = [
        {"Nr": 1, "Rolle": "mentor", "Standort": "Bremen"},
        {"Nr": 2, "Rolle": "mentor", "Standort": "Wien"},
        {"Nr": 3, "Rolle": "mentee", "Standort": "Wien", "Partner aus": "Wien, Graz"},
        {"Nr": 4, "Rolle": "mentee", "Standort": "Bremen", "Partner aus": ""},
    ]
    mapping = {
        "columns": {
            "id": "Nr",
            "role": "Rolle",
            "site": "Standort",
            "accepted_sites": "Partner aus",
        },
        "separators": {"accepted_sites": ","},
    }
    people = rmatch.read_people(rows, mapping=mapping)
    matching = rmatch.match(people, rmatch.Programme(rules=(Accepted(),)))
    assert {(pair.mentor, pair.mentee) for pair in matching.pairs} == {("2", "3"), ("1", "4")}
