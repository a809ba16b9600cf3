"""JSON shapes, and a SCIM 2.0 export that maps by renaming only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rmatch.io import read_people
from rmatch.people import Person

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.people import People

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
USERS = [
    {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "id": "2819c223",
        "userName": "bjensen",
        "name": {"formatted": "Ms. Barbara Jensen", "familyName": "Jensen"},
        "title": "Vice President",
        "userType": "mentee",
        "preferredLanguage": "en-US",
        "timezone": "America/Los_Angeles",
        "emails": [
            {"value": "bjensen@example.com", "type": "work", "primary": True},
            {"value": "babs@jensen.org", "type": "home"},
        ],
        "addresses": [{"type": "work", "locality": "Hollywood"}],
        ENTERPRISE: {
            "department": "Tour Operations",
            "manager": {"value": "26118915", "displayName": "John"},
        },
        "meta": {"resourceType": "User"},
    },
    {
        "id": "26118915",
        "userType": "mentor",
        "emails": [{"value": "john@example.com", "primary": True}],
        "active": True,
    },
]
MAPPING = {
    "columns": {
        "name": "name.formatted",
        "email": "emails[primary eq true].value",
        "role": "userType",
        "level": "title",
        "site": 'addresses[type eq "work"].locality',
        "languages": "preferredLanguage",
        "time_zone": "timezone",
        "department": f"{ENTERPRISE}:department",
        "manager_id": f"{ENTERPRISE}:manager.value",
    }
}


def read(folder: Path, document: Any, **options: Any) -> People:
    (folder / "people.json").write_text(json.dumps(document))
    return read_people(folder / "people.json", **options)


def test_scim_maps_by_renaming(tmp_path: Path) -> None:
    people = read(tmp_path, {"totalResults": 5, "Resources": USERS}, mapping=MAPPING)
    assert list(people) == [
        Person(
            id="2819c223",
            role="mentee",
            name="Ms. Barbara Jensen",
            email="bjensen@example.com",
            level="Vice President",
            manager_id="26118915",
            department="Tour Operations",
            site="Hollywood",
            time_zone="America/Los_Angeles",
            languages=("en-US",),
        ),
        Person(id="26118915", role="mentor", email="john@example.com"),
    ]
    assert people.notes[0] == "people.json holds 2 of 5 users"
    assert people.notes[1].startswith(
        "people.json: 19 columns are not in the mapping and left out: schemas, userName"
    )


def test_shapes(tmp_path: Path) -> None:
    rows = [
        {
            "id": 1,
            "role": "both",
            "dimensions": {"age": "x"},
            "consent": {"age": ["match"]},
            "extra": {"a": 1},
            "wants": {"t": 2},
        }
    ]
    person = Person(
        id="1",
        role="both",
        dimensions={"age": ("x",)},
        consent={"age": ("match",)},
        extra={"a": "1"},
        wants={"t": 2},
    )
    assert list(read(tmp_path, rows)) == [person]
    assert list(read(tmp_path, {"people": rows})) == [person]
    assert list(read(tmp_path, {"Resources": rows})) == [person]
    assert list(read_people(rows)) == [person]
