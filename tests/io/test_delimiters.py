"""What may part the items of a list beside its separator is never one item in silence."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people, write_people


def read(*cells: str, field: str = "offers", **mapping: Any) -> Any:
    mentors = [{"id": f"m{row}", "role": "mentor", field: cell} for row, cell in enumerate(cells)]
    return read_people([*mentors, {"id": "L", "role": "mentee"}], mapping=mapping or None)


def offers(*cells: str, **mapping: Any) -> list[set[str]]:
    return [set(person.offers) for person in read(*cells, **mapping) if person.role == "mentor"]


def warnings(*cells: str, **keys: Any) -> list[str]:
    return [note for note in read(*cells, **keys).notes if note.startswith("WARNING")]


def fault(*cells: str, **keys: Any) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read(*cells, **keys)
    (only,) = caught.value.faults
    return str(only)


@pytest.mark.parametrize(
    "delimiter",
    [", ", ",", " | ", "\n", " • ", "\t", "\u3001", "\uff0c", "/", " - ", " – ", " und ", " & ", " + ", " et "],
)  # fmt: skip
def test_one_text_that_something_may_part_is_warned_of(delimiter: str) -> None:
    (warning,) = warnings(f"Python{delimiter}SQL")
    assert warning.startswith(
        "WARNING: the list, offers: 1 text that holds what may part items, as "
    )
    line = warning.partition("say in a mapping: [separators] ")[2].partition("; where each")[0]
    mapping = {"separators": tomllib.loads(line)}
    assert offers(f"Python{delimiter}SQL", **mapping) == [{"Python", "SQL"}]
    assert warnings(f"Python{delimiter}SQL", separators={"offers": ";"}) == []


def test_a_column_that_something_else_parts_is_a_fault_with_both_cures() -> None:
    evident = ("Python, SQL", "SQL", "Python"), ("a1, b1", "c1, d1", "e1, f1")
    for cells in evident:
        told = fault(*cells)
        assert 'say in a mapping: [separators] offers = ","; where each text is one' in told
        assert all(
            "," not in topic for own in offers(*cells, separators={"offers": ","}) for topic in own
        )
        assert offers(*cells, separators={"offers": ";"})[0] == {cells[0]}


def test_a_comma_beside_the_separator_belongs_to_an_item_unless_its_parts_stand_alone() -> None:
    cells = ("Python; Data, dashboards", "Data, dashboards; SQL", "SQL; Data, dashboards; Law")
    assert "'Data, dashboards' (3), read as one item each" in warnings(*cells)[0]
    assert "'Python, SQL' (1)" in fault("Python, SQL", "Python; SQL", "Law; Data")


def test_names_with_a_slash_or_an_and_are_no_news() -> None:
    assert warnings("CI/CD", "Health and safety", "Python", "Law; R&D") == []


def test_a_part_that_stands_alone_makes_a_word_between_doubtful() -> None:
    (warning,) = warnings("Python und SQL", "SQL", "Law", "CI/CD")
    assert warning.endswith(
        "'Python und SQL' (1), read as one item each; where one is several items, "
        'say in a mapping: [values.offers] "Python und SQL" = "Python; SQL"'
    )
    values = {"offers": {"Python und SQL": "Python; SQL"}}
    assert offers("Python und SQL", "SQL", "Law", values=values)[0] == {"Python", "SQL"}


@pytest.mark.parametrize("text", ["Python SQL", "Python. SQL", "Python or SQL", "Python/SQL"])
def test_two_names_side_by_side_are_doubtful(text: str) -> None:
    (warning,) = warnings(text, "SQL", "Python; Law", "Law")
    assert f'[values.offers] "{text}" = "Python; SQL"' in warning


def test_what_a_said_separator_leaves_is_looked_at_too() -> None:
    said = {"separators": {"offers": ","}}
    (warning,) = warnings("Python, SQL und Excel", "SQL, Excel", **said)
    assert '[values.offers] "SQL und Excel" = "SQL; Excel"' in warning


def test_what_stands_in_brackets_or_quotes_and_decimals_part_nothing() -> None:
    assert warnings("Cloud (AWS, Azure)", '"Python, SQL"', "Rule 1,5", "Python") == []


@pytest.mark.parametrize("cell", ["['Python', 'Law, tax']", '["Python", "Law, tax"]'])
def test_a_list_as_programmes_write_it_is_one(cell: str) -> None:
    people = read(cell, "SQL")
    assert set(people.person(people.id.index("m0")).offers) == {"Python", "Law, tax"}
    assert (
        "1 cell with a list or an object as programmes write it, read item by item"
        in people.notes[0]
    )
    (column,) = [each for each in people.understood.columns if each.column == "offers"]
    assert column.repaired == 1


@pytest.mark.parametrize("cell", ['{"AWS: EC2": 4, "Law": null}', "{'AWS: EC2': 4, 'Law': None}"])
def test_an_object_as_programmes_write_it_is_topics_with_their_numbers(cell: str) -> None:
    people = read(cell, "SQL", *["{}"] * 40)
    assert people.person(people.id.index("m0")).offers == {"AWS: EC2": 4, "Law": None}
    (note,) = [note for note in people.notes if "programmes write it" in note]
    assert "41 cells with a list or an object as programmes write it, read item by item" in note


def test_an_object_with_other_values_or_in_a_list_is_one_fault_a_cell() -> None:
    wrong = [{"id": "m", "role": "mentor", "offers": '{"ai": "expert", "law": 1}'}]
    wrong += [{"id": "e", "role": "mentee", "languages": '{"de": 1, "en": 2}'}]
    with pytest.raises(InvalidInputError) as caught:
        read_people(wrong)
    assert [(fault.field, fault.problem, fault.remedy) for fault in caught.value.faults] == [
        ("offers", "'expert' is not a number", "write digits, like 7 or 7,5"),
        ("languages", """'{"de": 1, "en": 2}' is an object""", "give a list of its items"),
    ]


def test_private_topics_are_not_shown() -> None:
    (warning,) = warnings("secret one, secret two", field="lived_topics")
    assert "secret" not in warning


def test_what_is_written_is_read_back_without_a_word(tmp_path: Any) -> None:
    people = read('"Python, SQL"', '"Health and safety"', '"a/b"; Law')
    write_people(people, tmp_path / "people.csv")
    again = read_people(tmp_path / "people.csv")
    assert again.notes == ()
    assert list(again) == list(people)


@pytest.mark.parametrize(
    "option", ["Daten, Dashboards und Power BI", "Data, dashboards and Power BI"]
)
def test_an_option_torn_at_a_said_separator_is_warned_of(option: str) -> None:
    cells = [f"{option}, Python", "Python", option, f"Python, {option}"]
    (warning,) = warnings(*cells, separators={"offers": ","})
    assert f"whose parts only ever stand side by side: {option!r} (3)" in warning
    known = {"offers": {"learn": True, "known": [option]}}
    assert offers(*cells, separators={"offers": ","}, options=known)[0] == {option, "Python"}


def test_the_cure_of_doubtful_options_stands_in_one_line() -> None:
    said = {"separators": {"offers": ","}, "options": {"offers": "learn"}}
    told = fault("Excel, VBA", "Excel, VBA", "Excel, VBA", "Python", **said)
    assert "[options] offers = { learn = true, known = [" in told


@pytest.mark.parametrize(
    ("cells", "line", "meant"),
    [
        (("• Python\n• SQL",), 'separators.offers = "•"', {"Python", "SQL"}),
        (
            ("Python: 4 SQL: 3", "Law"),
            'values.offers."Python: 4 SQL: 3" = "Python: 4; SQL: 3"',
            {"Python", "SQL"},
        ),
    ],
)
def test_bullets_and_levels_part_items_too_and_the_cure_works(
    cells: tuple[str, ...], line: str, meant: set[str]
) -> None:
    (warning,) = warnings(*cells)
    key, cure = line.split(".", 1)
    assert cure.removeprefix("offers.") in warning
    assert f"[{key}" in warning
    assert offers(*cells, **tomllib.loads(line))[0] == meant
    assert not warnings(*cells, **tomllib.loads(line))
