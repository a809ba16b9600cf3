"""Levels behind the topics of a list, in whatever form, are read or told, and never a part of a name in silence."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people, write_people
from rmatch.io.cells.graded import LONGEST


def read(*cells: str, field: str = "offers", **mapping: Any) -> Any:
    mentors = [{"id": f"m{row}", "role": "mentor", field: cell} for row, cell in enumerate(cells)]
    return read_people([*mentors, {"id": "L", "role": "mentee"}], mapping=mapping or None)


def offers(*cells: str, **mapping: Any) -> list[dict[str, int | None]]:
    return [person.offers for person in read(*cells, **mapping) if person.role == "mentor"]


@pytest.mark.parametrize(
    "form",
    ["{} (4)", "{} [4]", "{} - 4", "{} – 4", "{} = 4", "{}=4", "{}: 4/5", "{} (4 / 5)", "{} 4/5", "{} ★★★★☆",
     "{} (Level 4)", "{} - Stufe 4", "{} (4 - good)", "{} → 4", "{}: ★★★★"],
)  # fmt: skip
def test_levels_in_one_form_are_read_and_counted(form: str) -> None:
    people = read(f"{form.format('Python')}; {form.format('Law')}", "Law", "")
    assert people.person(people.id.index("m0")).offers == {"Law": 4, "Python": 4}
    (note,) = people.notes
    assert note.startswith("the list, offers: 1 cell with levels behind the topics, read as")
    (column,) = [each for each in people.understood.columns if each.column == "offers"]
    assert (column.read, column.repaired) == (2, 1)


def test_a_topic_as_long_as_prose_has_no_level() -> None:
    longest, longer = (f"{'x' * size} (4)" for size in (LONGEST - 4, LONGEST - 3))
    assert offers(f"{longest}; {longer}; Law (4)") == [{longest[:-4]: 4, longer: None, "Law": 4}]


@pytest.mark.parametrize(
    ("form", "word"),
    [("{} (3 years)", "3 years"), ("{} 80%", "80%"), ("{} (80 %)", "80 %"), ("{}***", "***"), ("{} (expert)", "expert"), ("{} - Advanced", "Advanced"), ("{}: débutant", "débutant"),
     ("{} (B2)", "B2"), ("{} – Muttersprachlich", "Muttersprachlich"), ("{} [basics]", "basics")],
)  # fmt: skip
def test_words_behind_topics_ask_for_their_levels(form: str, word: str) -> None:
    cell = f"{form.format('Python')}; {form.format('Law')}"
    with pytest.raises(InvalidInputError) as caught:
        read(cell)
    told = str(caught.value)
    assert f"1 text without a level behind topics: {word!r} (1)" in told
    assert f'[scales.offers] "{word}" = 1 to 9, or "" for no' in told
    assert offers(cell, scales={"offers": {word: 3}}) == [{"Law": 3, "Python": 3}]
    assert offers(cell, scales={"offers": {word: ""}}) == [{}]
    assert set(offers(cell, levels=False)[0]) == {form.format("Python"), form.format("Law")}


@pytest.mark.parametrize(
    "cells",
    [
        ("Python (4)", "Law", "SQL"),
        ("Python (4)", "Law - 3"),
        ("Python:4; Law (3)", "SQL"),
        ("Excel (basics)", "Law", "SQL"),
        ("1. Python; 2. Law",),
        ("1) Python", "2) Law"),
        ("#1 Python; #2 Law",),
        ("4 - Python; 3 - Law",),
        ("★★★ Python", "★★ Law"),
        ("- Python; - Law",),
        ("[x] Python; [ ] Law",),
        ("☑ Python", "✓ Law"),
    ],
)
def test_what_may_be_a_level_or_a_rank_is_warned_of_with_a_cure(cells: tuple[str, ...]) -> None:
    warning = next(note for note in read(*cells).notes if note.startswith("WARNING"))
    values: dict[str, str] = {}
    for _ in range(5):
        if "read as names" not in warning:
            break
        line = warning.partition("[values.offers] ")[2]
        values |= tomllib.loads(line)
        warning = " ".join(read(*cells, values={"offers": values}).notes)
    assert "WARNING" not in warning
    named = {topic for own in offers(*cells, values={"offers": values}) for topic in own}
    assert named <= {"Python", "Law", "SQL", "Excel"}


def test_numbers_alone_behind_all_topics_are_warned_of() -> None:
    cells = ("Python 4; Law 3", "SQL 5")
    (warning,) = read(*cells).notes
    assert "3 texts that carry what may be a level or a rank: 'Python 4' (1)" in warning
    values = {"offers": {"Python 4": "Python:4", "Law 3": "Law:3", "SQL 5": "SQL:5"}}
    assert offers(*cells, values=values) == [{"Law": 3, "Python": 4}, {"SQL": 5}]


@pytest.mark.parametrize(
    "cells",
    [("Cloud (AWS)", "Law (EU)"), ("Topic 1", "Topic 2", "Topic 3"), ("24/7 support", "Web 2.0"), ("AI = future",),
     ('"Python (4)"', "Law"), ("E-mail - etiquette",), ("3D printing", "5G")],
)  # fmt: skip
def test_names_stay_names(cells: tuple[str, ...]) -> None:
    people = read(*cells, separators={"offers": ";"})
    assert people.notes == ()
    named = [topic for person in people for topic in person.offers]
    assert sorted(named) == sorted(cell.strip('"') for cell in cells)


def test_levels_out_of_different_numbers_do_not_compare() -> None:
    with pytest.raises(
        InvalidInputError, match=r"different scales: out of 5 \(1\) and out of 9 \(1\)"
    ):
        read("Python (4/5)", "Law (8/9)")


def test_a_language_with_how_well_it_is_spoken_is_told() -> None:
    people = read("English (fluent); German", "English", field="languages")
    assert people.notes[0].endswith('[values.languages] "English (fluent)" = "English"')


def test_names_that_look_graded_are_written_and_read_back(tmp_path: Any) -> None:
    people = read('"Python (4)"', '"1. Law"; "Excel - advanced":2')
    write_people(people, tmp_path / "people.csv")
    again = read_people(tmp_path / "people.csv")
    assert (list(again), again.notes) == (list(people), ())


def test_a_comma_between_topics_with_levels_is_seen_first() -> None:
    (warning, *_) = read("Python - 4, SQL - 3", "Law - 2").notes
    assert '[separators] offers = ","' in warning
    assert offers("Python - 4, SQL - 3", separators={"offers": ","}) == [{"Python": 4, "SQL": 3}]


def test_a_level_out_of_five_in_words_is_read() -> None:
    assert offers("Python (4 of 5)", "Law (2 out of 5)") == [{"Python": 4}, {"Law": 2}]
