"""Tables of what became of pairs, as platforms and spreadsheets write them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_responses
from rmatch.people import Response, Responses

if TYPE_CHECKING:
    from pathlib import Path

ROW = {"mentor": "m1", "mentee": "L1", "status": "accepted"}


def faults(source: Any) -> list[str]:
    """Return the faults of a table as text."""
    with pytest.raises(InvalidInputError) as caught:
        read_responses(source)
    return [str(fault) for fault in caught.value.faults]


def test_a_log_as_a_platform_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(
        "Mentor ID;Mentee ID;Status;Date;By;Reason code\n"
        "m1;L1;Accepted;01.10.2026;m1;\n"
        "m1;L1;DECLINED;29.10.2026;mentee;no_time\n"
        "m2;L2;;;;\n".replace("m2;L2;;;;\n", "m2;L2;active;;;\n")
    )
    read = read_responses(path)
    assert read.rows == (
        Response("m1", "L1", "accepted", dt.date(2026, 10, 1), "mentor"),
        Response("m1", "L1", "declined", dt.date(2026, 10, 29), "mentee", "no_time"),
        Response("m2", "L2", "active"),
    )
    assert "6 headers read" in read.notes[-1]
    assert read_responses(read) is read


def test_frames_and_workbooks_hold_days(tmp_path: Path) -> None:
    frame = pd.DataFrame([ROW | {"date": pd.Timestamp("2026-10-01")}, ROW | {"date": pd.NaT}])
    path = tmp_path / "answers.xlsx"
    frame.to_excel(path, index=False)
    for source in (frame, path):
        assert [row.date for row in read_responses(source).rows] == [dt.date(2026, 10, 1), None]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    table = [
        ROW | {"status": "accept", "date": "03/04/2026", "by": "Jana Novak"},
        ROW | {"mentor": "", "date": "soon"},
        ROW | {"status": ""},
        ROW | {"status": "ended", "override_reason": "x", "mentee": "m1"},
    ]
    told = faults(table)
    assert [fault.partition(",")[0] for fault in told]
    text = "\n".join(told)
    for part in (
        "status: 'accept' is not a status of a pair; did you mean 'accepted'?",
        "date: '03/04/2026' is 3 April 2026 or 4 March 2026; write the day like 2026-10-29",
        "by: is somebody else than the two and the organiser; say mentor, mentee, organiser, or the id of one of the two",
        "mentor: is empty; give an id",
        "date: 'soon' is no day; write the day like 2026-10-29",
        "status: is empty; say what became of the pair",
        "override_reason: stands beside something else than a pair that stays",
        "mentee: is the mentor",
    ):
        assert part in text, text
    assert len(told) == 8
    assert "Jana" not in text


def test_columns_that_are_missing_or_none_of_responses() -> None:
    assert [
        fault.partition("; ")[0] for fault in faults([{"mentor": "1", "mentee": "2", "state": "x"}])
    ] == [
        "the list, status: this column is missing",
        "the list, state: 'state' is not a column of responses",
    ]


def test_the_file_of_a_result_with_a_status_is_read() -> None:
    row = ROW | {"points": 7, "why": "x", "locked": False, "override_reason": ""}
    assert read_responses([row]) == Responses((Response("m1", "L1", "accepted"),))


def test_nobody_has_answered_yet() -> None:
    assert read_responses([]) == Responses()
