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
