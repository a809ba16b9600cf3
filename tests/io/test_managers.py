"""Bosses by id, by e-mail address, by name, or by a name with an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STAFF = (
    ("101", "Ivo Tran", "ivo.tran@example.org", "mentor"),
    ("102", "Léa Brand", "lea.brand@example.org", "mentor"),
    ("201", "Jana Novák", "jana.novak@example.org", "mentee"),
    ("202", "Sam Okoye", "sam.okoye@example.org", "mentee"),
)


def rows_of(*bosses: str) -> list[dict[str, str]]:
    """Return the staff with their bosses."""
    return [
        {"id": one, "name": name, "email": email, "role": role, "manager_id": boss}
        for (one, name, email, role), boss in zip(STAFF, bosses, strict=True)
    ]


def faults_of(rows: object, mapping: Mapping[str, Any] | None = None) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_people(rows, mapping=mapping)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("jana", "sam", "by", "said"),
    [
        ("201", "202", "id", ()),
        ("jana.novak@example.org", "SAM.Okoye@Example.org", "email", ("3 by e-mail address",)),
        ("Jana Novák", "Sam Okoye", "name", ("3 by name",)),
        ("Novak, Jana", "okoye,  sam", "name", ("3 by name",)),
        ("Novák Jana", "Okoye Sam", "name", ("3 by name",)),
        ("Dr. Jana Novak", "OKOYE, Sam", "name", ("3 by name",)),
        ("Jana Novák (201)", "Sam Okoye [202]", "name (id)", ("3 by an id beside the name",)),
        ("201 - Jana Novák", "202 Sam Okoye", "name (id)", ("3 by an id beside the name",)),
        ("Jana Novák, 201", "Sam Okoye | 202", "name (id)", ("3 by an id beside the name",)),
        (
            "Jana <jana.novak@example.org>",
            "Sam <sam.okoye@example.org>",
            "name (id)",
            ("3 by e-mail address",),
        ),
        ("201", "Sam Okoye", None, ("1 by id", "2 by name")),
    ],
)
def test_every_way_to_call_a_boss(
    jana: str, sam: str, by: str | None, said: tuple[str, ...]
) -> None:
    rows = rows_of(jana, sam, sam, "")
    for mapping in (None, {"managers": {"by": by}}) if by else (None,):
        people = rmatch.read_people(rows, mapping=mapping)
        assert people.manager_id == ("201", "202", "202", None)
        assert people.notes == ((f"managers found: {', '.join(said)}",) if said else ())


def test_only_the_stated_way_is_tried() -> None:
    [fault] = faults_of(rows_of("Jana Novák", "202", "202", ""), {"managers": {"by": "id"}})
    assert "1 person has a manager whose id nobody has: person 1 (id '101')" in fault
    assert "Nov" not in fault
    [fault] = faults_of(rows_of("201", "202", "", ""), {"managers": {"by": "boss"}})
    assert fault == (
        "mapping, managers.by: 'boss' is no way to call a manager; "
        'write "id", "email", "name", "name (id)"'
    )


def test_two_people_of_one_name_are_named_by_their_cells(tmp_path: Path) -> None:
    table = tmp_path / "staff.csv"
    table.write_text(
        "id,name,role,manager_id,email\n1,Kim Berg,mentor,,k.berg@x.org\n"
        "2,Kim Berg,mentee,,kim@x.org\n3,Ola Lund,mentee,Kim Berg,\n"
    )
    [fault] = faults_of(table)
    assert fault == (
        "staff.csv, D4 (id '3'), manager_id: this manager may be 2 people: "
        "staff.csv, B2 and staff.csv, B3; call the manager by id or e-mail address, "
        "or say whose id it is under [values.manager_id] in a mapping"
    )
    cured = rmatch.read_people(table, mapping={"values": {"manager_id": {"Kim Berg": "2"}}})
    assert cured.manager_id == (None, None, "2")


def test_an_id_beside_the_name_of_somebody_else_is_a_fault() -> None:
    [fault] = faults_of(rows_of("Sam Okoye (201)", "202", "202", ""))
    assert "this manager may be 2 people: person 3 and person 4" in fault
    assert "Okoye" not in fault
    people = rmatch.read_people(rows_of("Sammy O. (202)", "202", "202", ""))
    assert people.manager_id[0] == "202"


def test_a_name_in_an_address_serves_where_nobody_has_a_name() -> None:
    rows = [
        {key: row[key] for key in row if key != "name"}
        for row in rows_of("Novak, Jana", "Okoye, Sam", "Okoye, Sam", "")
    ]
    people = rmatch.read_people(rows)
    assert people.manager_id == ("201", "202", "202", None)
    assert people.notes == ("managers found: 3 by the name in an e-mail address",)


def test_zeros_that_are_lost_are_found_again() -> None:
    rows = [
        {"id": "00101", "role": "mentor", "manager_id": "201"},
        {"id": "00201", "role": "mentee"},
    ]
    people = rmatch.read_people(rows)
    assert people.manager_id == ("00201", None)
    assert people.notes == ("managers found: 1 by an id in another form",)


def test_outside_is_never_suggested_where_most_are_unknown() -> None:
    few = rows_of("Jana Novák", "777", "Sam Okoye", "")
    [fault] = faults_of(few)
    assert 'unknown_managers = "outside"' in fault
    most = rows_of("777", "778", "Sam Okoye", "")
    [fault] = faults_of(most)
    assert "2 people have a manager whom nobody is, of 3 with a manager" in fault
    assert "outside" not in fault
    people = rmatch.read_people(most, mapping={"unknown_managers": "outside"})
    assert people.manager_id == (None, None, "202", None)
    assert any(
        "WARNING: the reporting lines are of no use: 2 of 3" in note for note in people.notes
    )


def test_names_of_strangers_are_not_shown() -> None:
    [fault] = faults_of(rows_of("Eve Unknown", "eve@example.org", "Sam Okoye", ""))
    assert "Eve" not in fault
    assert "eve@" not in fault


def test_circles_are_found_behind_names() -> None:
    [fault] = faults_of(rows_of("", "", "Sam Okoye", "Jana Novák"))
    assert "2 people manage each other in a circle: '201' → '202' → '201'" in fault


@pytest.mark.parametrize(
    "said",
    [
        *("none", "self", "vacant", "(Vacant)", "TBD", "tbc.", "No manager", "NO_MANAGER", "no line manager", "Nobody", "00000000"),
        *("Vacant - to be filled", "open position", "unassigned", "n.a.", "not applicable", "Keine Führungskraft"),
        *("unbesetzt", "aucun", "Néant", "ninguno", "nessuno", "geen", "brak", "Нет"),
    ],
)  # fmt: skip
def test_a_cell_that_says_that_nobody_is_the_boss_is_counted(said: str) -> None:
    people = rmatch.read_people(rows_of("201", "202", said, said))
    assert people.manager_id == ("201", "202", None, None)
    (note,) = people.notes
    assert (
        note == f"2 people have a manager cell that says nobody, read as having none: {said!r} (2)"
    )


@pytest.mark.parametrize("said", ["CEO", "Board", "Nobody Owens", "Top Manager", "Vacanti", "x12"])
def test_a_post_or_a_name_is_somebody_and_the_cure_says_who(said: str) -> None:
    (fault,) = faults_of(rows_of("201", "202", "", said))
    assert 'say whose id it is ("" for nobody) under [values.manager_id]' in fault
    for meant in ("", "101"):
        mapping = {"values": {"manager_id": {said: meant}}}
        people = rmatch.read_people(rows_of("201", "202", "", said), mapping=mapping)
        assert people.manager_id[3] == (meant or None)


def test_somebody_called_like_an_empty_place_is_a_boss() -> None:
    rows = [{"id": "self", "role": "mentee"}, {"id": "2", "role": "mentor", "manager_id": "self"}]
    assert rmatch.read_people(rows).manager_id == (None, "self")


@pytest.mark.parametrize("own", ["202", "sam.okoye@example.org", "Okoye, Sam"])
def test_who_is_their_own_boss_has_none(own: str) -> None:
    people = rmatch.read_people(rows_of("201", "202", "202", own))
    assert people.manager_id == ("201", "202", "202", None)
    assert "1 person is their own manager, which is read as having none: person 4" in people.notes


def test_a_column_in_which_most_are_their_own_boss_is_the_wrong_one() -> None:
    found = faults_of(rows_of("101", "102", "201", ""))
    assert (
        found[0]
        == "person 1, manager_id: '101' is their own manager; leave the cell empty at the top"
    )
    assert len(found) == 3


@pytest.mark.parametrize(
    "called",
    [
        *("J. Novak", "Novák, J.", "Jana Novák (acting)", "Novak, Jana [EXT]", "CN=Jana Novak,OU=Staff,DC=example"),
        *("Jana Novak-Okoro", "Jana M. Novak", "Jana Novak, +44 20 7946"),
    ],
)  # fmt: skip
def test_whom_a_stranger_may_mean_is_said(called: str) -> None:
    rows = rows_of(called, "202", "202", "")
    (fault,) = faults_of(rows)
    assert "person 1 (id '101'), perhaps '201';" in fault
    assert "Nov" not in fault
    notes = rmatch.read_people(rows, mapping={"unknown_managers": "outside"}).notes
    (loud,) = [note for note in notes if "WARNING" in note]
    assert "1 person has a manager who may be in the input" in loud
    assert "Nov" not in loud
    cured = {"unknown_managers": "outside", "values": {"manager_id": {called: "201"}}}
    people = rmatch.read_people(rows, mapping=cured)
    assert people.manager_id[0] == "201"
    assert not any("WARNING" in note for note in people.notes)


def test_addresses_and_names_that_nobody_reads_tell_who_the_boss_is() -> None:
    rows = rows_of("Novák, Jana", "SAM.OKOYE@example.org", "", "Jana Novak")
    heads = {"name": "Legal name", "email": "Work e-mail"}
    foreign = [{heads.get(key, key): value for key, value in row.items()} for row in rows]
    mapping = {"ignore": list(heads.values())}
    assert rmatch.read_people(foreign, mapping=mapping).manager_id == ("201", "202", None, "201")


def test_bosses_whom_an_inner_join_leaves_out_are_brought_back_by_the_cure() -> None:
    staff = [{"no": str(number), "manager_id": "9" * (number < 9)} for number in (1, 2, 9)]
    form = [{"id": "1", "role": "mentor"}, {"id": "2", "role": "mentee"}]
    join: dict[str, Any] = {"key": {"no": "id"}, "keep": "inner"}
    mapping = {"join": join, "columns": {"id": "no"}}
    with pytest.raises(InvalidInputError) as caught:
        rmatch.read_people([staff, form], mapping=mapping)
    assert 'write keep = "left" under [join]' in str(caught.value)
    join["keep"] = "left"
    assert rmatch.read_people([staff, form], mapping=mapping).manager_id == ("9", "9", None)
