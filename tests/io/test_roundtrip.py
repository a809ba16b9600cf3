"""People go out and come back the same, whatever they are called."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import doubted

from rmatch.errors import InvalidInputError
from rmatch.io import DIALECTS, Dialect, read_people, write_people, write_template
from rmatch.io.cells.escape import escape, unescape
from rmatch.io.tables.paths import flattened
from rmatch.io.tables.records import record_of
from rmatch.io.tables.source import read_table
from rmatch.people import People, Person
from rmatch.utils.labels import fold
from rmatch.utils.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Callable

CROWD = read_people([Person(id="a", role="mentor"), Person(id="b", role="mentee")])
NASTY = [
    "NA",
    " unknown",
    "a; b",
    "x:3",
    "x:",
    '"q"',
    '"',
    'a "b"',
    "=1+1",
    "'=1",
    "''",
    "+02:00",
    "@a",
    "a\r\nb",
    "ß",
    "é,",
]


# Two of the characters left out are none, and stand in no workbook.
texts = (
    st.one_of(
        st.sampled_from(NASTY),
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"),
            max_size=8,
        ),
    )
    .map(visible)
    .filter(lambda text: not doubted(text))
)
names = texts.map(str.strip).filter(bool)
labels = st.lists(texts.filter(fold), max_size=3, unique_by=fold)
optional = st.none() | names


def words(name: str) -> str:
    return "".join(sorted(fold(word) for word in name.replace(",", " ").split()))


def numbered(number: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return labels.flatmap(lambda topics: st.fixed_dictionaries(dict.fromkeys(topics, number)))


def answers(dimensions: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    return st.fixed_dictionaries(dict.fromkeys(dimensions, labels))


@st.composite
def crowds(draw: st.DrawFn) -> list[Person]:
    """Draw a few persons, at least one of whom plays both roles."""
    printing = names.map(lambda name: re.sub("[\0-\x1f\x7f-\x9f]", "?", name))
    ids = draw(st.lists(printing, min_size=1, max_size=4, unique=True))
    taken = {fold(each) for each in ids}
    # Nobody has the name or the address of somebody else: that would be one human twice.
    called, addresses = (
        draw(st.lists(each, min_size=len(ids), max_size=len(ids), unique_by=words))
        for each in (names, names.filter(lambda name: fold(name) not in taken))
    )
    dimensions = draw(st.lists(names, max_size=2, unique=True))
    extras = draw(st.lists(names, max_size=2, unique=True))
    purposes = st.lists(st.sampled_from(["match", "report"]), unique=True)
    return [
        Person(
            id=each,
            role="both"
            if place == 0
            else draw(st.sampled_from(["mentor", "mentee", "both", "none"])),
            name=draw(st.sampled_from((None, called[place]))),
            email=draw(st.sampled_from((None, addresses[place]))),
            years=draw(st.none() | st.integers(0, 8000).map(lambda cents: cents / 100)),
            level=draw(optional),
            manager_id=draw(st.sampled_from([None, *ids[:place]])),
            site=draw(optional),
            hours=draw(
                st.sampled_from(
                    [None, "09:00-12:00; 22:00-02:00", "Mon 09:00-11:00; Sat-Mon 22:00-02:00"]
                )
            ),
            time_zone=draw(st.sampled_from([None, "-05:30", "Europe/Berlin", "Etc/GMT-5"])),
            languages=tuple(draw(labels)),
            offers=draw(numbered(st.none() | st.integers(1, 9))),
            wants=draw(numbered(st.integers(1, 9))),
            lived_topics=tuple(draw(labels)),
            dimensions={name: tuple(said) for name, said in draw(answers(dimensions)).items()},
            consent={name: tuple(draw(purposes)) for name in dimensions},
            mentor_capacity=draw(st.none() | st.integers(0, 5)),
            extra={name: value for name in extras if (value := draw(optional)) is not None},
        )
        for place, each in enumerate(ids)
    ]


def there_and_back(people: People, suffix: str, dialect: Dialect = "excel") -> People:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"people{suffix}"
        write_people(people, path, dialect=dialect)
        assert [each.name for each in Path(folder).iterdir()] == [path.name]
        return read_people(path)


@given(crowds(), st.sampled_from(DIALECTS))
def test_csv_round_trip(persons: list[Person], dialect: Dialect) -> None:
    people = read_people(persons)
    assert there_and_back(people, ".csv", dialect) == people


@given(crowds())
def test_workbook_round_trip(persons: list[Person]) -> None:
    people = read_people(persons)
    assert there_and_back(people, ".xlsx") == people


@given(crowds())
def test_json_round_trip(persons: list[Person]) -> None:
    people = read_people(persons)
    assert there_and_back(people, ".json") == people


@given(crowds())
def test_persons_round_trip(persons: list[Person]) -> None:
    people = read_people(persons)
    read = read_people(list(people))
    assert [read.person(row) for row in range(len(read))] == [
        people.person(row) for row in range(len(people))
    ]
    assert [each.id for each in people] == [each.id for each in persons]


def columns_of(people: People) -> dict[str, list[Any]]:
    rows = [dict(flattened(record_of(person))) for person in people]
    return {
        header: [row.get(header) for row in rows]
        for header in dict.fromkeys(key for row in rows for key in row)
    }


@given(crowds())
def test_pandas_round_trip(persons: list[Person]) -> None:
    people = read_people(persons)
    read = read_people(
        pd.DataFrame(
            {name: pd.Series(cells, dtype=object) for name, cells in columns_of(people).items()}
        )
    )
    assert list(read) == list(people)


@given(crowds())
def test_polars_round_trip(persons: list[Person]) -> None:
    people = read_people(persons)
    with tempfile.TemporaryDirectory() as folder:
        write_people(people, Path(folder) / "people.csv")
        cells = read_table(Path(folder) / "people.csv").columns
    assert read_people(pl.DataFrame(dict(cells))) == people


@given(texts)
def test_escape_is_undone(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx"])
def test_template_reads_back(tmp_path: Path, suffix: str) -> None:
    write_template(tmp_path / f"template{suffix}", dimensions=["age", "ethnicity"])
    people = read_people(tmp_path / f"template{suffix}")
    assert [each.role for each in people] == ["mentor", "mentee"]
    assert sorted(people.dimensions) == ["age", "ethnicity"]
    assert people.person(0).offers == {"python": 4, "prompt engineering": 2}


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    from rmatch.utils.files import write_text

    (tmp_path / "people.csv").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_text(tmp_path / "people.csv", "new \ud800")
    assert (tmp_path / "people.csv").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_people_are_returned_as_they_are() -> None:
    people = read_people([Person(id="a", role="both")])
    assert read_people(people) is people


def test_places_that_nobody_stated_are_minus_one_in_the_columns() -> None:
    people = read_people([Person(id="a", role="both", mentor_capacity=0, mentee_minimum=1)])
    assert [people.mentor_capacity[0], people.mentee_minimum[0]] == [0, 1]
    assert [people.mentee_capacity[0], people.mentor_minimum[0]] == [-1, -1]
    assert people.person(0).mentee_capacity is None


def test_values_without_consent_change_nothing() -> None:
    def read(answer: str) -> People:
        row = {
            "id": "a",
            "role": "both",
            "dimension:age": answer,
            "consent:age": "",
            "dimension:site": "x",
        }
        return read_people([row])

    assert read("25-34") == read("x" * 4_000)  # a longer cell is refused, whatever its column
    assert read("25-34").notes == read("").notes
    assert read("25-34").person(0).dimensions == {}


def test_years_are_kept_to_a_hundredth() -> None:
    people = read_people(
        [
            {"id": "a", "role": "both", "years": "7,5551"},
            {"id": "b", "role": "none", "years": np.float64(2)},
        ]
    )
    assert people.years.tolist() == [round(7.5551, 2), 2.0]


@pytest.mark.parametrize("write", [lambda path: write_people(CROWD, path), write_template])
def test_only_tables_and_json_are_written(tmp_path: Path, write: Callable[[Path], None]) -> None:
    with pytest.raises(InvalidInputError) as caught:
        write(tmp_path / "people.txt")
    expected = (
        "people.txt: '.txt' is not a kind of file that is written; name it .csv, .xlsx or .json"
    )
    assert str(caught.value.faults[0]) == expected
    assert not list(tmp_path.iterdir())
