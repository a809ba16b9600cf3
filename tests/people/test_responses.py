"""What became of pairs: which of several answers stands, and what cannot be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.people import RESPONSE_STATUSES, Response, Responses

DAY = dt.date(2026, 10, 1)
PAIR = ("m1", "L1")


def about(*statuses: Any, days: tuple[int | None, ...] = ()) -> Responses:
    """Return several responses about one pair."""
    dates = [None if day is None else DAY + dt.timedelta(day) for day in days or (None,) * 9]
    return Responses(
        tuple(Response(*PAIR, status, day) for status, day in zip(statuses, dates, strict=False))
    )


def told(responses: Responses, *arguments: Any) -> list[str]:
    """Return the faults of responses as text."""
    return [str(fault) for fault in responses.faults(*arguments)]


def test_what_goes_on_in_one_sense_is_no_contradiction() -> None:
    assert about("proposed", "accepted", "active").standing[PAIR].status == "active"
    assert about("ended", "completed").standing[PAIR].outlook == "ended"
    assert about("proposed").standing[PAIR].outlook == "open"
    assert told(about("proposed", "accepted"), [PAIR]) == []


def test_accepted_and_declined_at_once_is_a_fault_that_a_date_cures() -> None:
    both = about("accepted", "declined")
    assert both.standing == {}
    assert told(both, [PAIR]) == [
        (
            "declined 'm1' → 'L1', status: is said to be accepted and declined; "
            "keep the row that holds, or give each its date: then the latest one stands"
        )
    ]
    assert about("accepted", "declined", days=(0, 3)).standing[PAIR].status == "declined"
    assert about("accepted", "declined", days=(3, 0)).standing[PAIR].status == "accepted"
    assert about("accepted", "declined", days=(0, 0)).standing == {}
    assert about("accepted", "declined", days=(0, None)).standing == {}


def test_a_reason_to_keep_a_pair_is_not_lost_among_several_rows() -> None:
    rows = Response(*PAIR, "accepted", override_reason="both ask"), Response(*PAIR, "active")
    assert Responses(rows).standing[PAIR].override_reason == "both ask"


@examples(100)
@given(st.permutations([("proposed", 0), ("accepted", 1), ("active", 2), ("ended", 5)]))
def test_the_order_of_rows_with_dates_does_not_matter(rows: list[tuple[str, int]]) -> None:
    statuses, days = zip(*rows, strict=True)
    assert about(*statuses, days=days).standing[PAIR].status == "ended"


def test_pairs_that_never_were_are_all_told_with_what_may_be_meant() -> None:
    rows = (
        Response("L1", "m1", "accepted"),
        Response("m2", "L01", "declined"),
        Response("x", "y", "ended"),
    )
    faults = told(Responses(rows), [PAIR, ("m2", "L1")])
    assert faults == [
        "accepted 'L1' → 'm1': was no pair of the earlier round; it was one the other way round: exchange the two",
        "declined 'm2' → 'L01': was no pair of the earlier round; did you mean 'L1'? It is the same in another form",
        (
            "ended (a name or an address) → (a name or an address): was no pair of the earlier round; "
            "take the row out, or give the round that had this pair"
        ),
    ]
    assert told(Responses(rows[2:]), [PAIR], [("x", "y")]) == []


def test_ids_that_a_spreadsheet_damaged_are_repaired_and_told() -> None:
    people = rmatch.read_people(
        [{"id": "0101", "role": "mentor"}, {"id": "0102", "role": "mentee", "email": "a@x.org"}]
    )
    rows = Response("101", "a@x.org", "accepted"), Response("101", "9", "ended")
    fitted = Responses(rows).fitted(people, ["0009"])
    assert [(row.mentor, row.mentee) for row in fitted.rows] == [("0101", "0102"), ("0101", "0009")]
    assert fitted.notes == (
        "2 ids of the responses read as the likely one: '101' as '0101' (the same number, zeros lost)",
        "1 e-mail address in the responses read as the ids of who has them",
    )


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"status": "yes"}, "status: 'yes' is not a status of a pair"),
        ({"date": "2026-10-01"}, "date: '2026-10-01' is no day; give a datetime.date"),
        ({"date": dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)}, "date: a datetime is no day"),
        ({"by": "boss"}, "by: 'boss'"),
        (
            {"status": "declined", "override_reason": "why"},
            "override_reason: stands beside something",
        ),
        ({"mentee": "m1"}, "mentee: is the mentor"),
        ({"reason_code": 3}, "reason_code"),
    ],
)
def test_what_is_wrong_with_a_response_is_said(fields: dict[str, Any], fault: str) -> None:
    given: dict[str, Any] = {"mentor": "m1", "mentee": "L1", "status": "accepted", **fields}
    with pytest.raises(InvalidInputError) as caught:
        Responses((Response(**given),))
    assert fault in str(caught.value)


def test_a_reason_is_not_shown() -> None:
    rows = tuple(
        Response("m1", "L1", status, reason_code="secret") for status in RESPONSE_STATUSES[:2]
    )
    assert "secret" not in repr(Responses(rows)) + repr(rows[0]) + str(Responses(rows))
