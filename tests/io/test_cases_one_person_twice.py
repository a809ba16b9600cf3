"""The case of one person who answers twice, under two ids, and of two strangers with one number."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rmatch import match, read_programme, read_requests
from rmatch.errors import InvalidInputError
from rmatch.io import read_people

if TYPE_CHECKING:
    from collections.abc import Sequence

CASE = Path(__file__).parents[2].parent / "shared" / "data" / "cases" / "one-person-twice"
shared = pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")

FORM: dict[str, Any] = {"columns": {"id": "ID", "name": "Name", "email": "Email"}}
NEWEST = {"duplicates": {"keep": "newest", "by": "Completion time"}}


def faults(source: Any = None, **options: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_people(source, **options)
    return [str(fault) for fault in caught.value.faults]


@shared
def test_two_submissions_of_one_form() -> None:
    (found,) = faults(CASE / "forms.csv", mapping=FORM)
    assert found.startswith(
        "forms.csv, C4 (id '3'), email: is the e-mail address of forms.csv, C2 (id '1')"
    )
    assert 'duplicates = { keep = "newest", by = "Completion time" }' in found
    people = read_people(CASE / "forms.csv", mapping=FORM | NEWEST)
    assert people.id == ("2", "3", "4", "5", "6")
    assert any("forms.csv, row 2 (forms.csv, row 4 counts)" in note for note in people.notes)


@shared
@pytest.mark.parametrize("unread", [{}, {"ignore": ["Email", "Name"]}])
def test_two_submissions_are_found_where_nobody_reads_the_addresses(unread: dict[str, Any]) -> None:
    mapping = {"columns": {"id": "ID"}} | unread
    (found,) = faults(CASE / "forms.csv", mapping=mapping)
    assert found.startswith("forms.csv, C4 (id '3'), Email: is the e-mail address of forms.csv, C2")
    people = read_people(CASE / "forms.csv", mapping=mapping | NEWEST)
    assert people.id == ("2", "3", "4", "5", "6")
    assert people.email == (None,) * 5


@shared
def test_two_forms_of_one_person() -> None:
    sides = {"mentors": CASE / "mentor_form.csv", "mentees": CASE / "mentee_form.csv"}
    (found,) = faults(**sides)
    assert found.startswith(
        "mentee_form.csv, B2 (id '11'), email: is the e-mail address of mentor_form.csv, B2 (id '1')"
    )
    people = read_people(**sides, mapping={"duplicates": "last"})
    assert [(each.id, each.role) for each in people] == [
        ("1", "both"),
        ("2", "mentor"),
        ("12", "mentee"),
    ]


@shared
def test_two_forms_that_number_their_people_alike() -> None:
    found = faults(mentors=CASE / "a.csv", mentees=CASE / "b.csv", mapping=CASE / "ab.toml")
    assert [fault.split(":")[0] for fault in found] == [
        "b.csv, B2 (id '1'), Full name",
        "b.csv, B3 (id '2'), Full name",
    ]
    assert not any("Kim" in fault or "Lars" in fault for fault in found)


@shared
@pytest.mark.parametrize("columns", [{"id": "ID", "email": "Email"}, {"id": "Email"}])
def test_an_earlier_pair_by_address_is_not_made_again(columns: dict[str, str]) -> None:
    people = read_people(CASE / "forms.csv", mapping={"columns": columns} | NEWEST)
    mia, ruth = ("3", "4") if "email" in columns else ("Mia.Noor@example.org", "ruth.abe@example.org")  # fmt: skip
    programme = read_programme(CASE / "programme.toml")
    free = {(pair.mentor, pair.mentee) for pair in match(people, programme).pairs}
    requests = read_requests(previous=CASE / "prev.csv")
    pairs = {(pair.mentor, pair.mentee) for pair in match(people, programme, requests).pairs}
    assert (mia, ruth) in free or len(free) == len(pairs) == 2
    assert (mia, ruth) not in pairs


def csv(path: Path, lines: Sequence[str]) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_registration_that_was_sent_three_times(tmp_path: Path) -> None:
    """The same in a German form: the time with points, the address with a blank, the last row is not the newest."""
    path = csv(
        tmp_path / "anmeldung.csv",
        [
            "Nr;Zeitstempel;E-Mail-Adresse;Rolle;Kann",
            "1;05.03.2026 12:00:00;jo.ahn@werk.example;mentor;Python",
            "2;06.03.2026 12:00:00;ida.rot@werk.example;mentee;",
            "3;31.03.2026 08:00:00;Jo.Ahn@werk.example;mentor;Video",
            "4;07.03.2026 08:00:00; jo.ahn@Werk.example;mentor;Excel",
        ],
    )
    mapping: dict[str, Any] = {
        "columns": {"id": "Nr", "email": "E-Mail-Adresse", "role": "Rolle", "offers": "Kann"}
    }
    assert [fault.split(" (")[0] for fault in faults(path, mapping=mapping)] == [
        "anmeldung.csv, C4",
        "anmeldung.csv, C5",
    ]
    rule = {"duplicates": {"keep": "newest", "by": "Zeitstempel"}}
    people = read_people(path, mapping=mapping | rule)
    assert [(each.id, list(each.offers)) for each in people] == [("2", []), ("3", ["Video"])]


def test_a_colleague_who_changed_her_staff_number(tmp_path: Path) -> None:
    """No address and no time: the name alone says it, and the last row counts."""
    path = csv(
        tmp_path / "staff.csv",
        [
            "id,name,role,years",
            "T-881,Mara Quist,mentor,1",
            "S-100,Omar Diaz,mentee,20",
            "S-204,Quist  Mara,mentor,2",
        ],
    )
    (found,) = faults(path)
    assert found.startswith(
        "staff.csv, B4 (id 'S-204'), name: is the name of staff.csv, B2 (id 'T-881')"
    )
    assert 'namesakes = ["S-204"]' in found
    assert read_people(path, mapping={"duplicates": "last"}).id == ("S-100", "S-204")


def test_two_tools_that_count_from_one(tmp_path: Path) -> None:
    """Two strangers by their addresses alone, in columns of other names that nobody reads."""
    mentors = csv(tmp_path / "m.csv", ["id,Contact,offers", "1,kim@x.example,python"])
    mentees = csv(tmp_path / "n.csv", ["id,Reply to,wants", "1,lars@x.example,python"])
    (found,) = faults(mentors=mentors, mentees=mentees, mapping={"levels": False})
    assert found.startswith(
        "n.csv, B2 (id '1'), Reply to: has the id of somebody with another e-mail"
    )
