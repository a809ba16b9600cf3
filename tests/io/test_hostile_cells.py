"""Cells that somebody made to break a reader: each is read, or is one clear error, and at once."""

from __future__ import annotations

import decimal
import time
from contextlib import suppress
from typing import Any

import pytest

from rmatch import InvalidInputError
from rmatch.io import read_people, read_requests
from rmatch.io.cells.escape import escape, unescape

FIELDS = (
    *("id", "name", "email", "role", "years", "level", "manager_id", "hours", "time_zone", "languages", "offers", "wants"),
    *("mentor_capacity", "mentee_minimum", "accepted_levels", "lived_topics", "extra:x"),
)  # fmt: skip
MANY = 90_000
LONG = {
    "blanks in a word": "a" + " " * MANY + "b",
    "blanks behind a number": "5" + " " * MANY + "x",
    "blanks of other kinds": "a" + "\xa0" * MANY + "b",
    "tabs": "a" + "\t" * MANY + "b",
    "a quote and blanks": '"a' + " " * MANY + "b",
    "a bracket and blanks": "Cloud (" + " " * MANY + "x",
    "groups of blanks": ("a" + " " * 8) * (MANY // 9),
    "letters": "x" * MANY,
    "digits": "1" * MANY,
    "slashes": "a/" * (MANY // 2),
    "open brackets": "a (" * (MANY // 3),
    "quoted items": '"a";' * (MANY // 4),
    "accents": "e" + "\u0301" * MANY,
}
ENDLESS: Any = 10**5000


def staff(**cells: Any) -> list[dict[str, Any]]:
    return [{"id": "1", "role": "mentor", **cells}, {"id": "2", "role": "mentee"}]


@pytest.mark.parametrize("field", FIELDS)
def test_a_long_cell_is_read_or_refused_at_once(field: str) -> None:
    for what, text in LONG.items():
        began = time.process_time()
        with suppress(InvalidInputError):
            read_people(staff(**{field: text}))
        assert time.process_time() - began < 15, what


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "cell",
    ["1" * 4_999 + ".", "Europe/" * 400 + "Berlin", "1 " * 2_500, "5-10 " * 1_000],
    ids=["digits", "folders", "words", "bands"],
)
def test_the_longest_cell_that_is_looked_at_is_read_or_refused_at_once(
    field: str, cell: str
) -> None:
    began = time.process_time()
    with suppress(InvalidInputError):
        read_people(staff(**{field: cell}))
    assert time.process_time() - began < 3


@pytest.mark.parametrize("field", ["id", "name", "email", "level", "manager_id"])
def test_a_name_of_many_letters_is_none(field: str) -> None:
    with pytest.raises(InvalidInputError, match="has 1001 characters; give at most 1000"):
        read_people(staff(**{field: "x" * 1_001}))
    cells = {field: "x" * 1_000} | ({"role": "mentor"} if field == "id" else {})
    rows = [*staff(**cells), {"id": "x" * 1_000, "role": "mentee"}][: 2 + (field == "manager_id")]
    assert len(read_people(rows)) == len(rows)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("cell", [ENDLESS, -ENDLESS, [ENDLESS], {"a": ENDLESS}], ids="abcd")
def test_a_number_that_python_does_not_write_is_one_error(field: str, cell: Any) -> None:
    with pytest.raises(InvalidInputError, match="a number of more than 4,300 digits") as caught:
        read_people(staff(**{field: cell}))
    told = [fault for fault in caught.value.faults if "4,300" in fault.problem]
    assert [(fault.where, fault.field.removesuffix(".a")) for fault in told] == [
        ("person 1", field)
    ]


@pytest.mark.parametrize("field", FIELDS[1:])
@pytest.mark.parametrize("kind", ["NaN", "sNaN"])
def test_no_number_at_all_is_unknown(field: str, kind: str) -> None:
    if field != "role":
        read = read_people(staff(**{field: decimal.Decimal(kind)}))
        assert read.person(0) == read_people(staff()).person(0)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "a\0b"])
def test_what_is_no_text_is_refused(field: str, text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_people(staff(**{field: text}))
    assert str(caught.value).isprintable() or "\n" in str(caught.value)
    str(caught.value).encode()


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a\rb"])
def test_an_id_has_one_line(text: str) -> None:
    with pytest.raises(InvalidInputError, match="holds characters that do not print; remove them"):
        read_people(staff(id=text))


@pytest.mark.parametrize(
    "text", ["\x1b[31mPython\x1b[0m", "\x1b]0;title\x07Python", "\x9b2JPython", "Py\x08thon"]
)
def test_no_sequence_steers_a_terminal(text: str) -> None:
    people = read_people(staff(offers=text, name=text, level=text, site=text))
    person = people.person(0)
    told = repr((person, people.topics)) + str(people.understood) + "".join(people.notes)
    assert not any(ord(letter) < 32 and letter != "\n" for letter in told)
    assert all(map(str.isprintable, (*person.offers, person.name or "", person.level or "")))


@pytest.mark.parametrize("text", ["\ta", "\ra", "'\ta", "''\ra", "=1", "-", "@a", "'=", "a"])
def test_an_escaped_text_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text
    assert escape(text)[0] not in "=+-@\t\r"


@pytest.mark.parametrize(("years", "right"), [("0", 0.0), ("80", 80.0), ("79.99", 79.99)])
def test_the_bounds_of_years_are_years(years: str, right: float) -> None:
    assert read_people(staff(years=years)).person(0).years == right


@pytest.mark.parametrize("years", ["-0.01", "80.01", "81", "-1"])
def test_beyond_their_bounds_they_are_none(years: str) -> None:
    with pytest.raises(InvalidInputError, match="give 0 to 80 years"):
        read_people(staff(years=years))


@pytest.mark.parametrize("text", ["9" * 5000, "4/" + "9" * 5000, "9" * 5000 + "/5"])
@pytest.mark.parametrize("field", ["offers", "wants", "languages"])
def test_a_grade_of_many_digits_is_a_fault(text: str, field: str) -> None:
    mapping = {"columns": {"id": "id", "role": "role"}, "option_columns": {field: {"SQL?": "SQL"}}}
    with pytest.raises(InvalidInputError):
        read_people(staff(**{"SQL?": text}), mapping=mapping)


def test_a_heading_of_many_digits_is_a_heading() -> None:
    header = f"SQL (1 = expert, {'9' * 5000} = none)"
    mapping = {
        "columns": {"id": "id", "role": "role"},
        "option_columns": {"offers": {header: "SQL"}},
    }
    assert read_people(staff(**{header: "3"}), mapping=mapping).person(0).offers == {"SQL": 3}


@pytest.mark.parametrize(
    "rank", ["9" * 5000, "1." + "0" * 5000, ENDLESS, "1e9", float("inf"), "\ud800"], ids="abcdef"
)
def test_a_rank_of_many_digits_is_a_fault(rank: Any) -> None:
    with pytest.raises(InvalidInputError, match="rank"):
        read_requests([{"mentor": "1", "mentee": "2", "kind": "wish", "rank": rank}])


@pytest.mark.parametrize("text", ["1E+99999999999", "1e" + "9" * 900, "1.5E+9999999"])
def test_an_id_in_powers_of_ten_is_no_number_of_as_many_digits(text: str) -> None:
    began = time.process_time()
    assert read_people(staff(id=text)).person(0).id == text
    assert time.process_time() - began < 15
