"""What init makes of ranked wishes, of grades by their German and other names, and of what parts a list."""

from __future__ import annotations

import csv
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from rmatch.cli.guess import draft

if TYPE_CHECKING:
    from pathlib import Path

IDS = ["A1", "A2", "A3", "A4"]
TOPICS = ["Python", "Law", "Sales", "Python"]


def guessed(folder: Path, columns: dict[str, list[str]]) -> dict[str, Any]:
    path = folder / "staff.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow({"Staff ID": IDS, **columns})
        writer.writerows(zip(IDS, *columns.values(), strict=True))
    return tomllib.loads(draft(path).mapping)


@pytest.mark.parametrize(
    "headings",
    [("1. Wunschthema", "2. Wunschthema"), ("Topic choice #1", "Topic choice #2"), ("Erstwunsch", "Zweitwunsch"),
     ("1er choix", "2e choix"), ("Premier vœu", "Deuxième vœu"), ("Prioridad 1", "Prioridad 2"), ("1ª opción", "2ª opción"),
     ("Prima scelta", "Seconda scelta"), ("Eerste keuze", "Tweede keuze"), ("Primeira escolha", "Segunda escolha"),
     ("Första val", "Andra val"), ("Wunsch I", "Wunsch II"), ("Erstwahl", "Zweitwahl"), ("Wish 1", "Wish 2")],
)  # fmt: skip
def test_ranked_wishes_are_seen_and_asked_about(headings: tuple[str, str], tmp_path: Path) -> None:
    found = guessed(tmp_path, {headings[0]: TOPICS, headings[1]: TOPICS[::-1]})
    assert found["ranks"]["CHECK"] == {"wants": list(headings)}


@pytest.mark.parametrize(
    "heading",
    ["Tarifgruppe", "Besoldungsgruppe", "Pay band", "Grade", "Entgeltgruppe", "Vergütungsgruppe", "Salary band", "Pay grade",
     "Loonschaal", "Inquadramento", "Grupo profesional", "Your pay band", "Aktuelle Tarifgruppe"],
)  # fmt: skip
def test_names_of_grades_are_heard(heading: str, tmp_path: Path) -> None:
    found = guessed(tmp_path, {heading: ["9", "10", "13", "9"], "Team": ["a", "b", "a", "b"]})
    assert found["columns"]["level"] == heading


@pytest.mark.parametrize("heading", ["Gehaltsstufe", "Rang", "Classification"])
def test_what_may_be_a_grade_is_asked_about(heading: str, tmp_path: Path) -> None:
    found = guessed(tmp_path, {heading: ["9", "10", "13", "9"]})
    assert found["columns"]["CHECK"]["level"] == heading


@pytest.mark.parametrize("delimiter", ["•", "\n", "|", "\uff1b", ",", "\t"])
def test_what_parts_a_list_is_found(delimiter: str, tmp_path: Path) -> None:
    cells = [delimiter.join(pair) for pair in zip(TOPICS, [*TOPICS[1:], "SQL"], strict=True)]
    assert guessed(tmp_path, {"Can teach": cells})["separators"] == {"offers": delimiter}
