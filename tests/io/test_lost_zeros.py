"""Ids in requests that a spreadsheet has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.rules import NoRepeat

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.people import People

PAIRS = (("00101", "00201"), ("00102", "00202"))


def people_of(*ids: str) -> People:
    """Return people, of whom those with a 1 in the middle are mentors."""
    return rmatch.read_people(
        [
            {
                "id": one,
                "role": "mentor" if "1" in one[:-1] else "mentee",
                "offers": "python",
                "wants": "python",
            }
            for one in ids
        ]
    )


PEOPLE = ("00101", "00102", "00201", "00202")


def matched(
    people: People, *earlier: tuple[object, object]
) -> tuple[set[tuple[str, str]], tuple[str, ...]]:
    """Return the matching after some earlier pairs, and what was noted about these."""
    previous = [{"mentor": mentor, "mentee": mentee} for mentor, mentee in earlier]
    programme = rmatch.Programme(rules=(NoRepeat(),))
    matching = rmatch.match(people, programme, rmatch.read_requests(previous=previous))
    return {(pair.mentor, pair.mentee) for pair in matching.pairs}, matching.requests.notes


@pytest.mark.parametrize("number", [str, int, float, "{}.0".format])
def test_an_earlier_pair_whose_zeros_are_lost_does_not_repeat(
    number: Callable[[int], object],
) -> None:
    earlier = [(number(int(mentor)), number(int(mentee))) for mentor, mentee in PAIRS]
    pairs, notes = matched(people_of(*PEOPLE), *earlier)
    assert pairs == {("00101", "00202"), ("00102", "00201")}
    [note] = notes
    assert note.startswith("4 ids of the earlier pairs read as the likely one: '101")
    assert "as '00101' (the same number, zeros lost)" in note


def test_some_zeros_lost_and_another_case() -> None:
    pairs, notes = matched(people_of("a1x", "a1y", "B2", "B3"), ("A1X", "b2"))
    assert ("a1x", "B2") not in pairs
    assert notes == (
        "2 ids of the earlier pairs read as the likely one: 'A1X' as 'a1x' (the same in another case)",
    )
    pairs, notes = matched(people_of(*PEOPLE), ("101", "201"), PAIRS[1])
    assert pairs == {("00101", "00202"), ("00102", "00201")}
    assert notes[0].startswith("2 ids of the earlier pairs")


def test_zeros_that_only_the_earlier_pairs_have() -> None:
    pairs, notes = matched(people_of("101", "102", "201", "202"), *PAIRS)
    assert pairs == {("101", "202"), ("102", "201")}
    assert "'00101' as '101' (the same number, with other zeros)" in notes[0]


def test_what_cannot_be_told_is_warned_of_with_the_likely_ids() -> None:
    _, notes = matched(people_of("0101", "00101", "201", "202"), ("101", "201"))
    assert notes == (
        "the id '101' of the earlier pairs may be '0101' or '00101': write it in full, or it means nobody",
    )
    _, notes = matched(people_of("0101", "00102", "201", "202"), ("101", "201"))
    assert notes == (
        "the id '101' of the earlier pairs may be '0101': write it in full, or it means nobody",
    )


@pytest.mark.parametrize("kind", ["lock", "exclude", "wish"])
def test_another_request_with_an_unknown_id_is_a_fault_that_names_the_likely_one(kind: str) -> None:
    requests = rmatch.read_requests([{"mentor": "101", "mentee": "00201", "kind": kind}])
    with pytest.raises(InvalidInputError) as caught:
        rmatch.match(people_of(*PEOPLE), requests=requests)
    assert (
        f"{kind} '101' → '00201', mentor: nobody has the id '101'; "
        "did you mean '00101'? It is the same number, zeros lost" in str(caught.value)
    )


def test_people_who_have_left_stay_unknown() -> None:
    _, (note,) = matched(people_of(*PEOPLE), ("999", "00201"))
    assert note == "1 person of the earlier pairs is nobody in the table, and may have left"


@pytest.mark.parametrize("cell", ["00201; 00202", "00201,00202", "00201\n00202", "00201 / 00202"])
def test_several_ids_in_a_cell_of_the_earlier_pairs_are_a_fault(cell: str) -> None:
    with pytest.raises(InvalidInputError, match="holds several ids: '00201', '00202'; give each"):
        matched(people_of(*PEOPLE), ("00101", cell))
