"""The example service, with its worker in a process of its own."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

import rmatch

SERVICE = Path(__file__).parents[1] / "examples" / "service"
PROGRAMME = {
    "name": "Spring",
    "criteria": {"expertise": {"weight": 3}, "experience_gap": {"weight": 1}},
}


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.syspath_prepend(SERVICE)
    from service import service

    with TestClient(service(tmp_path / "hr.sqlite")) as client:
        yield client
    for name in ("service", "store", "worker"):
        sys.modules.pop(name)


def sign_up(client: TestClient, people: rmatch.People) -> None:
    for person in people:
        record = TypeAdapter(rmatch.Person).dump_python(person, mode="json")
        assert client.post("/staff", json=record).status_code == 201


def ended(client: TestClient, number: int) -> dict[str, Any]:
    """Wait for the end of a round."""
    begun = time.monotonic()
    row: dict[str, Any]
    while (row := client.get(f"/rounds/{number}").json())["state"] in {"waiting", "running"}:
        assert time.monotonic() - begun < 120, row
        time.sleep(0.05)
    return row


def ask(client: TestClient, **order: Any) -> int:
    answer = client.post("/rounds", json={"seed": "2027-spring", "programme": PROGRAMME} | order)
    assert answer.status_code == 202, answer.json()
    return int(answer.json()["number"])


def test_a_round_is_matched_kept_verified_and_explained(client: TestClient) -> None:
    sign_up(client, rmatch.datasets.example())
    number = ask(client)
    assert ended(client, number)["state"] == "optimal"
    pairs = client.get(f"/rounds/{number}/pairs").json()
    assert len(pairs) > 5
    verified = client.get(f"/rounds/{number}/verified").json()
    assert verified["total"] == sum(pair["points"] for pair in pairs)
    assert "optimal" in verified["checks"]
    two = {"mentor": pairs[0]["mentor"], "mentee": pairs[0]["mentee"]}
    told = client.get(f"/rounds/{number}/explanation", params=two).json()
    assert sum(line["points"] for line in told["lines"]) == pairs[0]["points"]
    for_them = client.get(
        f"/rounds/{number}/explanation", params=two | {"audience": "participant"}
    ).json()
    assert for_them["points"] is None
    assert ended(client, ask(client))["state"] == "optimal"
    assert client.get(f"/rounds/{number + 1}/pairs").json() == pairs


def test_all_that_is_known_of_a_person_is_kept(client: TestClient, tmp_path: Path) -> None:
    from store import Store

    known = list(rmatch.datasets.example())
    known.append(rmatch.Person(id="NA", role="both", site="NA", offers={"AWS: EC2": 3}))
    people = rmatch.read_people(known)
    sign_up(client, people)
    again = rmatch.read_people(Store(tmp_path / "hr.sqlite").staff())
    assert again == people
    filled = {
        field.name
        for field in fields(rmatch.Person)
        if any(getattr(person, field.name) not in (None, (), {}) for person in people)
    }
    assert len(filled) > 15


def test_every_fault_is_told_whoever_finds_it(client: TestClient) -> None:
    wrong = client.post(
        "/staff", json={"id": "E1", "role": "mentor", "years": -3, "hours": "banana"}
    )
    assert wrong.status_code == 422
    assert [error["loc"][-1] for error in wrong.json()["detail"]] == ["years", "hours"]
    wrong = client.post(
        "/rounds", json={"seed": "x", "programme": {"criteria": {"expertise": {"weight": -1}}}}
    )
    assert [error["loc"] for error in wrong.json()["detail"]] == [
        ["body", "programme", "criteria", "expertise", "weight"]
    ]
    row = ended(client, ask(client))  # nobody has signed up: the worker is who finds it
    assert row["state"] == "refused"
    assert row["faults"] == ["the list: there is nobody in it; give one row a person"]
    assert client.get("/rounds/1/pairs").status_code == 409
    assert client.get("/rounds/7").status_code == 404


def test_whoever_changed_since_is_named(client: TestClient) -> None:
    people = rmatch.datasets.example()
    sign_up(client, people)
    number = ask(client)
    ended(client, number)
    changed = people.person(0)
    client.post("/staff", json={"id": changed.id, "role": changed.role, "years": 40})
    answer = client.get(f"/rounds/{number}/verified")
    assert answer.status_code == 422
    assert changed.id in str(answer.json()["faults"])


def test_a_long_round_tells_how_far_it_is_and_stops_when_it_is_cancelled(
    client: TestClient, tmp_path: Path
) -> None:
    crowd = [(f"m{at}", "mentor", at % 7 + 1, "{}", "{}") for at in range(1000)]
    crowd += [(f"e{at}", "mentee", at % 23 + 12, "{}", "{}") for at in range(1000)]
    with closing(sqlite3.connect(tmp_path / "hr.sqlite")) as database, database:
        into = "insert into staff (id, role, years, offers, wants) values (?, ?, ?, ?, ?)"
        database.executemany(into, crowd)
    number = ask(client, programme=PROGRAMME | {"objective": "leximin"})
    begun = time.monotonic()
    while client.get(f"/rounds/{number}").json()["progress"] is None:
        assert time.monotonic() - begun < 60
        time.sleep(0.05)
    assert client.delete(f"/rounds/{number}").status_code == 202
    row = ended(client, number)
    assert row["state"] in {"feasible", "refused"}
    assert row["progress"]["seconds"] > 0
