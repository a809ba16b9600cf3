"""What an error with many faults looks like: alike ones are one line, and nothing is lost from sight without a word."""

from __future__ import annotations

import pytest

import rmatch
from rmatch.errors import Fault, InvalidInputError, VerificationError, nearest


def listed(faults: list[Fault]) -> list[str]:
    return str(InvalidInputError(faults)).splitlines()[1:]


def test_many_faults_that_differ_in_their_place_alone_are_one_line() -> None:
    rows = [{"id": f"m{row}", "role": "mentor"} for row in range(5)]
    rows += [
        {"id": "L1", "role": "mentro"},
        *({"id": f"L{row}", "role": "chef"} for row in range(2, 7)),
    ]
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_people(rows)
    assert len(caught.value.faults) == 6
    first, second = str(caught.value).splitlines()[1:]
    assert first.startswith("  person 6 (id 'L1'), role: 'mentro' is not a role")
    places = "; ".join(f"person {row + 5} (id 'L{row}')" for row in range(2, 7))
    assert second.startswith(f"  {places}, role: 'chef' is not a role")


def test_three_alike_stand_one_by_one_and_a_fourth_makes_one_line_of_them() -> None:
    faults = [Fault(f"a.csv, C{row}", "status", "is empty", "fill it in") for row in range(2, 6)]
    assert len(listed(faults[:3])) == 3
    assert listed(faults) == ["  a.csv, C2; C3; C4; C5, status: is empty; fill it in"]


def test_what_is_not_shown_is_counted() -> None:
    alike = [Fault("people", f"id '{row}'", "is changed", "give them") for row in range(30)]
    others = [Fault(f"row {row}", "", f"fault {row}") for row in range(60)]
    lines = listed([*alike, *others])
    assert lines[0].startswith("  people, id '0'; id '1';")
    assert lines[0].endswith("; … and 10 more: is changed; give them")
    assert lines[-1] == "  … and 11 more, all of them in the error's `faults`"
    assert len(lines) == 51


def test_places_of_which_one_begins_like_another_keep_what_tells_them_apart() -> None:
    wheres = ["programme", "programme, rule 2", "programme, rule 3", "rules"]
    (line,) = listed([Fault(where, "", "is wrong") for where in wheres])
    assert (
        listed([Fault(where, "", "is wrong") for where in [*wheres[:3], "programme, rule 4"]])[0]
        == "  programme; programme, rule 2; programme, rule 3; programme, rule 4: is wrong"
    )
    assert listed([Fault("", "", "is wrong")] * 4) == ["  is wrong"] * 4
    assert line == "  programme; programme, rule 2; programme, rule 3; rules: is wrong"


def test_failures_that_are_not_shown_are_counted() -> None:
    lines = str(VerificationError(f"failure {row}" for row in range(53))).splitlines()
    assert lines[-1] == "  … and 3 more, all of them in the error's `failures`"


def test_a_word_that_is_like_none_of_many_is_not_answered_with_all_of_them() -> None:
    assert nearest("x", [f"E{row}" for row in range(1000)]).endswith("'E19', …")
