"""Who accepts any grade or site accepts all of them, unless one of them is called so."""

from __future__ import annotations

from typing import Any

import pytest

from rmatch.io import read_people


def staff(site: str = "Leeds", **cells: Any) -> list[dict[str, Any]]:
    return [
        {"id": "1", "role": "mentor", **cells},
        {"id": "2", "role": "mentee", "site": site, "level": "Head"},
    ]


@pytest.mark.parametrize("field", ["accepted_levels", "accepted_sites"])
@pytest.mark.parametrize(
    "text",
    [
        "Any",
        "all",
        "No preference",
        "Egal",
        "alle",
        "peu importe",
        "Cualquiera",
        "I don’t mind",
        "Leeds; any",
    ],
)
def test_anything_is_everything_and_told(field: str, text: str) -> None:
    read = read_people(staff(**{field: text}))
    assert getattr(read.person(0), field) == ()
    (note,) = read.notes
    assert note.startswith(f"{field}: ")
    assert f"is read as every {field[9:-1]}: person 1" in note


def test_a_site_may_be_called_all() -> None:
    read = read_people(staff(site="All", accepted_sites="All"))
    assert (read.person(0).accepted_sites, read.notes) == (("All",), ())


@pytest.mark.parametrize(
    "text", ["Leeds, York", "Leeds/York", "Leeds and above", "not Leeds", "Yes", "own site only"]
)
def test_a_site_that_is_no_site_is_shown_and_the_cure_works(text: str) -> None:
    (warning,) = read_people(staff(accepted_sites=text)).notes
    line = f'[values.accepted_sites] "{text}" = "…; …"'
    assert warning == (
        f"WARNING: accepted_sites: '{text}' is no site that anybody has: person 1;"
        f' where others are meant, say which in a mapping: {line}, or "" for all'
    )
    for meant, accepted in (("Leeds; York", ("Leeds", "York")), ("", ())):
        people = read_people(
            staff(accepted_sites=text), mapping={"values": {"accepted_sites": {text: meant}}}
        )
        assert people.person(0).accepted_sites == accepted


def test_a_level_that_nobody_has_beside_others_is_no_warning() -> None:
    people = read_people(staff(accepted_levels="Head; Chief"))
    assert people.notes == (
        "accepted_levels: 1 person accepts a level that nobody has, beside others: person 1",
    )
