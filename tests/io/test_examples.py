"""A row that shows how the form is filled in is warned of, with a line that drops it."""

from __future__ import annotations

import io
import re
import tomllib

import pytest

from rmatch.io import read_people

HEADER = "id,role,name,years\n"
PEOPLE = (
    "a,mentor,Ada Muster-Sample,3\nb,mentee,Bo Exemplar,20\nSAMPLE7,mentor,Beispielhaft Eva,2\n"
)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("e.g. 123", "e.g. Ada"), ("Example", "Example Person"), ("123", "Max Mustermann (Beispiel)"), ("z. B. 17", "Anna"),
        ("M1", "Kim Lund (sample)"), ("Beispiel", "Erika Musterfrau"), ("EXAMPLE 1", "Kim"), ("p. ex. 4", "Ada"), ("7", "John Doe"),
    ],
)  # fmt: skip
def test_an_example_is_warned_of_and_dropped_by_the_line(number: str, name: str) -> None:
    text = f"{HEADER}{number},mentor,{name},5\n{PEOPLE}"
    (note,) = read_people(io.StringIO(text)).notes
    assert note.startswith(
        "WARNING: 1 row that looks like an example is read as people: the buffer, A2;"
    )
    assert name not in note
    found = re.search(r"mapping: \[table\] (.*)", note)
    assert found
    mapping = tomllib.loads(f"[table]\n{found[1]}")
    people = read_people(io.StringIO(text), mapping=mapping)
    assert [person.id for person in people] == ["a", "b", "SAMPLE7"]
    assert not any("example" in note for note in people.notes)


def test_people_are_no_examples() -> None:
    assert read_people(io.StringIO(HEADER + PEOPLE)).notes == ()
