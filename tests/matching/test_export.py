"""The result as tables, files, text and HTML."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import polars as pl
import pytest

import rmatch
from rmatch.datasets import LEVELS
from rmatch.matching import CONTACTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def matching() -> rmatch.Matching:
    return rmatch.match(
        rmatch.datasets.example(), rmatch.Programme(name="Spring", levels=LEVELS), seed="spring"
    )


def test_text_names_every_pair_and_everybody_without(matching: rmatch.Matching) -> None:
    text = repr(matching)
    assert text.startswith(
        f"Spring: {len(matching.pairs)} pairs, {matching.unit.mean(matching.total, len(matching.pairs))} (seed 'spring', route dense)"
    )
    for pair in matching.pairs:
        assert re.search(
            rf"{pair.mentor} +{pair.mentee} +{matching.unit.of_100(pair.points)}", text
        )
    for reason in matching.unmatched:
        assert f"{reason.id} ({reason.role}): {reason.sentence}" in text


def test_long_results_are_cut_with_a_word_where_the_rest_is() -> None:
    text = repr(rmatch.match(rmatch.datasets.workforce(60, 40), rmatch.Programme(levels=LEVELS)))
    assert "… and 15 more in `pairs`" in text


@pytest.mark.parametrize("alone", [25, 26])
def test_who_stays_out_is_cut_only_where_somebody_is_left_to_name(alone: int) -> None:
    mentors = [{"id": f"m{number}", "role": "mentor", "years": 1} for number in range(alone + 1)]
    people = rmatch.read_people([*mentors, {"id": "e", "role": "mentee", "years": 20}])
    text = repr(rmatch.match(people))
    assert ("more in `unmatched`" in text) == (alone > 25)
    assert "0 more" not in text


def test_nothing_personal_without_being_asked(matching: rmatch.Matching, tmp_path: Path) -> None:
    matching.to_json(tmp_path / "result.json")
    matching.to_table(tmp_path / "pairs.csv")
    matching.to_table(tmp_path / "people.csv", "people")
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    shown = (
        written
        + repr(matching)
        + matching._repr_html_()
        + repr(matching.people)
        + repr(list(matching.people))
    )
    for person in matching.people:
        assert str(person.name) not in shown
        assert str(person.email) not in shown
        for answers in person.dimensions.values():
            assert not [
                answer for answer in answers if re.search(rf"\b{re.escape(answer)}\b", shown)
            ]


def test_names_and_addresses_on_request(matching: rmatch.Matching, tmp_path: Path) -> None:
    matching.to_table(tmp_path / "pairs.csv", include=CONTACTS)
    with (tmp_path / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    people = {person.id: person for person in matching.people}
    assert [(row["mentor"], row["mentee"], int(row["points"])) for row in rows] == [
        (pair.mentor, pair.mentee, pair.points) for pair in matching.pairs
    ]
    assert all(row["mentee_name"] == people[row["mentee"]].name for row in rows)
    assert all(row["mentor_email"] == people[row["mentor"]].email for row in rows)


def test_json_holds_the_whole_result(matching: rmatch.Matching, tmp_path: Path) -> None:
    matching.to_json(tmp_path / "result.json")
    document = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert document["total"] == sum(pair["points"] for pair in document["pairs"]) == matching.total
    assert document["seed"] == "spring"
    assert [person["id"] for person in document["people"]] == list(matching.people.id)
    alone = {reason["id"] for reason in document["unmatched"]}
    assert all(bool(person["partners"]) != (person["id"] in alone) for person in document["people"])


def test_an_earlier_result_is_accepted_as_previous_pairs(
    matching: rmatch.Matching, tmp_path: Path
) -> None:
    matching.to_json(tmp_path / "result.json")
    matching.to_table(tmp_path / "pairs.csv")
    expected = rmatch.read_requests(previous=matching)
    assert len(expected.rows) == len(matching.pairs)
    assert rmatch.read_requests(previous=tmp_path / "result.json") == expected
    assert rmatch.read_requests(previous=tmp_path / "pairs.csv") == expected
    assert rmatch.read_requests(previous=matching.to_frame(backend="pandas")) == expected
    matching.to_table(tmp_path / "pairs.xlsx", include=["name"])
    matching.to_table(tmp_path / "german.csv", dialect="excel-de")
    book = openpyxl.load_workbook(tmp_path / "pairs.xlsx")
    book.save(tmp_path / "saved again.xlsx")
    for name in ("pairs.xlsx", "german.csv", "saved again.xlsx"):
        assert rmatch.read_requests(previous=tmp_path / name) == expected


def test_formulas_are_escaped_and_come_back(tmp_path: Path) -> None:
    people = rmatch.read_people(
        [
            {"id": "=1+1", "role": "mentor", "years": 1, "name": "@sum"},
            {"id": "-2", "role": "mentee", "years": 20},
        ]
    )
    matching = rmatch.match(people)
    matching.to_table(tmp_path / "pairs.csv", include=["name"])
    line = (tmp_path / "pairs.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert line.startswith("'=1+1,'@sum,'-2,")
    assert rmatch.read_requests(previous=tmp_path / "pairs.csv") == rmatch.read_requests(
        previous=matching
    )


def test_frames_of_the_library_asked_for(matching: rmatch.Matching) -> None:
    pairs, people = (
        matching.to_frame(backend="polars"),
        matching.to_frame("people", backend="pandas"),
    )
    assert isinstance(pairs, pl.DataFrame)
    assert isinstance(people, pd.DataFrame)
    assert pairs["points"].sum() == matching.total
    assert people["id"].tolist() == list(matching.people.id)


def test_without_a_library_the_error_says_what_to_do() -> None:
    code = "import rmatch; rmatch.match(rmatch.datasets.example()).to_frame()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "no dataframe library is imported" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"table": "pears", "backend": "pandas"}, "'pears' is unknown; did you mean 'pairs'?"),
        (
            {"include": ["phone"], "backend": "pandas"},
            "'phone' is unknown; known are 'name', 'email'",
        ),
        ({"backend": "numpy"}, "'numpy'"),
    ],
)
def test_wrong_arguments_are_named(
    matching: rmatch.Matching, arguments: dict[str, Any], named: str
) -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        matching.to_frame(**arguments)
    assert named in str(caught.value)


def test_an_empty_result_is_a_table_too(tmp_path: Path) -> None:
    people = rmatch.read_people(
        [{"id": "a", "role": "mentor", "years": 9}, {"id": "b", "role": "mentee", "years": 1}]
    )
    matching = rmatch.match(people)
    assert matching.pairs == ()
    matching.to_table(tmp_path / "pairs.csv")
    assert (
        (tmp_path / "pairs.csv")
        .read_text(encoding="utf-8-sig")
        .startswith("mentor,mentee,points,why")
    )
    assert "0 pairs" in repr(matching)


def test_html_escapes_what_users_typed() -> None:
    people = rmatch.read_people(
        [{"id": "a<b>", "role": "mentor", "years": 1}, {"id": "b", "role": "mentee", "years": 20}]
    )
    assert "a&lt;b&gt;" in rmatch.match(people)._repr_html_()
