"""One human is one person: addresses, names and ids that look different tell who is in a table twice."""

from __future__ import annotations

import copy
import re
import tomllib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.io import read_people
from rmatch.utils.spelling import mailbox_of, mailboxes_of

MENTOR = {"role": "mentor", "years": 2, "offers": "python"}
MENTEE = {"role": "mentee", "years": 22, "wants": "python"}


def faults(source: Any = None, **options: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_people(source, **options)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "kim@x.org"}, {"email": " Kim@X.org"}),
        ({"email": "kim@x.org"}, {"email": "Kim Lund <kim@x.org>"}),
        ({"email": "kim@x.org;"}, {"email": "kim\u200b@x.org"}),
        ({"name": "Kim Lund"}, {"name": "Lund, KIM"}),
        ({"name": "Kim Lund (she/her)"}, {"name": "Kim Lund"}),
        ({"name": "Kim\u200b Lund"}, {"name": "Kim Lund"}),
        ({"name": "Kim-Ann Lund"}, {"name": "Lund, Kim Ann"}),
        ({"name": "Jürgen Lundström"}, {"name": "Juergen Lundstroem"}),
        ({"name": "Joergen Lund"}, {"name": "Jørgen Lund"}),
        ({"name": "Kím Lund"}, {"name": "Dr. Kim Lund"}),
        ({"name": "Kim Lund", "email": "kim@x.org"}, {"name": "Kim Lund"}),
        ({"name": "Kim Lund", "email": "kim@x.org"}, {"name": "Kim Lund", "email": "kim@y.org"}),
    ],
)
@pytest.mark.parametrize("roles", [(MENTOR, MENTEE), (MENTOR, MENTOR), (MENTEE, MENTEE)])
def test_one_human_under_two_ids_is_refused(
    one: dict[str, str], other: dict[str, str], roles: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    others = [{"id": "8", **MENTOR}, {"id": "9", **MENTEE}]
    (found,) = faults([{"id": "1", **roles[0], **one}, {"id": "2", **roles[1], **other}, *others])
    assert found.startswith("person 2 (id '2'), ")
    assert "of person 1 (id '1'), too: one person would be two" in found
    assert "Lund" not in found
    assert "@" not in found


def test_who_takes_no_part_is_only_reported() -> None:
    people = read_people(
        [
            {"id": "1", **MENTOR, "name": "Kim Lund"},
            {"id": "2", "role": "none", "name": "kim lund"},
            {"id": "3", **MENTEE},
        ]
    )
    (note,) = people.notes
    assert note.endswith("one of them takes no part: '1' and '2'")


def test_colleagues_of_one_name_have_addresses_of_their_own() -> None:
    people = read_people(
        [
            {"id": "1", **MENTOR, "name": "Anna Vogel", "email": "anna.vogel@firm.example"},
            {"id": "2", **MENTEE, "name": "Anna Vogel", "email": "anna.vogel2@firm.example"},
        ]
    )
    (note,) = people.notes
    assert "read as different people: '1' and '2'" in note


def test_namesakes_are_named() -> None:
    rows = [
        {"id": "1", **MENTOR, "name": "Anna Vogel"},
        {"id": "2", **MENTEE, "name": "Anna Vogel"},
    ]
    (found,) = faults(rows)
    assert 'duplicates = { namesakes = ["2"] }' in found
    for said in (["1", "2"], ["2"], True):
        assert len(read_people(rows, mapping={"duplicates": {"namesakes": said}})) == 2


@pytest.mark.parametrize(
    ("rule", "ids"),
    [
        ({"keep": "newest", "by": "extra:when"}, ("3", "9")),
        ({"keep": "last"}, ("3", "9")),
        ({"keep": "first"}, ("1", "9")),
    ],
)
@pytest.mark.parametrize("field", ["email", "name"])
def test_the_mapping_settles_it(rule: dict[str, str], ids: tuple[str, str], field: str) -> None:
    said = {"email": ("kim@x.org", "KIM@x.org"), "name": ("Kim Lund", "Kim Lund")}[field]
    rows = [
        {"id": "1", **MENTOR, field: said[0], "extra:when": "2026-03-02 09:00"},
        {"id": "9", **MENTEE, "extra:when": "2026-03-02 10:00"},
        {"id": "3", **MENTOR, field: said[1], "extra:when": "2026-03-05 09:00"},
    ]
    assert faults(rows)
    people = read_people(rows, mapping={"duplicates": rule})
    assert sorted(people.id) == sorted(ids)
    assert any("1 row is left out" in note for note in people.notes)


def test_one_id_in_two_rows_is_settled_too() -> None:
    rows = [{"id": "1", **MENTOR, "site": "A"}, {"id": "2", **MENTEE}, {"id": "1", **MENTOR, "site": "B"}]  # fmt: skip
    assert "is also the id of" in faults(rows)[0]
    assert read_people(rows, mapping={"duplicates": "last"}).site == (None, "B")


def test_managers_follow_the_row_that_counts() -> None:
    rows = [
        {"id": "1", **MENTOR, "email": "kim@x.org"},
        {"id": "2", **MENTEE, "manager_id": "1"},
        {"id": "3", **MENTOR, "email": "Kim@x.org"},
    ]
    people = read_people(rows, mapping={"duplicates": "last"})
    assert (people.id, people.manager_id) == (("2", "3"), ("3", None))


def test_a_faulty_row_that_does_not_count_is_no_fault() -> None:
    rows = [{"id": "1", **MENTOR, "years": "many"}, {"id": "2", **MENTEE}, {"id": "1", **MENTOR}]
    assert len(read_people(rows, mapping={"duplicates": "last"})) == 2


def test_ids_that_look_alike_are_reported() -> None:
    rows = [{"id": "E7", **MENTOR}, {"id": "e7", **MENTEE}, {"id": "007", **MENTOR}, {"id": "7", **MENTEE}]  # fmt: skip
    (note,) = read_people(rows).notes
    assert note == (
        "2 pairs of people have ids that differ only in case, leading zeros or form: 'E7' and 'e7'; '007' and '7'"
    )


def test_ids_that_are_addresses_are_compared_as_such() -> None:
    found = faults([{"id": "Kim@x.org", **MENTOR}, {"id": "kim@x.org", **MENTEE}])
    assert "one person would be two" in found[0]


def test_two_tables_of_one_human_under_two_ids() -> None:
    mentors = [
        {"id": "1", "email": "kim@x.org", "years": 9, "offers": "python"},
        {"id": "2", "years": 3},
    ]
    mentees = [{"id": "11", "email": "Kim@x.org", "years": 9, "wants": "video"}, {"id": "12", "years": 30, "manager_id": "11"}]  # fmt: skip
    (found,) = faults(mentors=mentors, mentees=mentees)
    assert found.startswith(
        "mentees person 1 (id '11'), email: is the e-mail address of mentors person 1"
    )
    people = read_people(mentors=mentors, mentees=mentees, mapping={"duplicates": "last"})
    assert [(each.id, each.role) for each in people] == [
        ("1", "both"),
        ("2", "mentor"),
        ("12", "mentee"),
    ]
    assert people.manager_id[2] == "1"
    assert any("'11' is '1'" in note for note in people.notes)


def test_names_that_are_read_are_compared_without_order_and_case() -> None:
    mentors, mentees = [{"id": "1", "name": "Kim Lund"}], [{"id": "1"}, {"id": "2"}]
    read_people(mentors=mentors, mentees=[{"id": "1", "name": "LUND, Kim"}, mentees[1]])
    (found,) = faults(mentors=mentors, mentees=[{"id": "1", "name": "Lars Ohm"}, mentees[1]])
    assert "give different people different ids" in found


def test_names_that_nobody_reads_tell_it_too() -> None:
    rows = [
        {"id": "1", **MENTOR, "Vorname": "Kim", "Nachname": "Lund", "Manager name": "Ada X"},
        {"id": "2", **MENTEE, "Vorname": "Lars", "Nachname": "Ohm", "Manager name": "Ada X"},
        {"id": "3", **MENTEE, "Vorname": "Kim", "Nachname": "Lund", "Manager name": "Ada X"},
    ]
    (found,) = faults(rows, mapping={})
    assert found.startswith("person 3 (id '3'), Vorname: is the name of person 1 (id '1'), too")
    assert "Lund" not in found


@pytest.mark.parametrize(
    "column",
    [
        {"Manager e-mail": "boss@x.org"},
        {"HR contact": "hr@x.org"},
        {"Team name": "Blue Team"},
        {"First name": "Kim"},
    ],
)
def test_what_many_share_tells_nobody_apart(column: dict[str, str]) -> None:
    rows = [{"id": str(number), **(MENTOR if number % 2 else MENTEE), **column} for number in range(9)]  # fmt: skip
    assert len(read_people(rows, mapping={})) == 9


def test_which_of_two_tables_counts_is_settled_by_the_same_rule() -> None:
    mentors = [{"id": "1", "years": 9, "offers": "python"}]
    mentees = [{"id": "1", "years": 10, "wants": "video"}, {"id": "2", "years": 30}]
    assert "differs from" in faults(mentors=mentors, mentees=mentees)[0]
    for keep, years in (("first", 9), ("last", 10)):
        people = read_people(mentors=mentors, mentees=mentees, mapping={"duplicates": keep})
        assert people.years[0] == years


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"Full name": "Kim Lund"}, {"Full name": "Lars Ohm"}),
        ({"First name": "Kim", "Last name": "Lund"}, {"Name": "Lars Ohm"}),
        ({"Nachname": "Lund"}, {"Nachname": "Ohm"}),
        ({"Contact": "kim@x.org"}, {"Mail": "lars@x.org"}),
        ({"name": "Kim Lund"}, {"Navn": "Lars Ohm"}),
    ],
)
def test_two_strangers_with_one_number_are_not_one_person(
    one: dict[str, str], other: dict[str, str]
) -> None:
    mentors, mentees = [{"id": "1", **one}], [{"id": "1", **other}, {"id": "2"}]
    found = faults(mentors=mentors, mentees=mentees, mapping={})
    assert "has the id of somebody with another" in found[0]
    assert not any(name in found[0] for name in ("Kim", "Lars", "@"))
    read_people(mentors=mentors, mentees=[{"id": "1", **one}, {"id": "2"}], mapping={})


def test_nobody_meets_themselves_under_another_id() -> None:
    people = read_people(
        [
            {"id": "1", **MENTOR, "email": "kim@x.org"},
            {"id": "2", "role": "none", "email": "Kim@x.org"},
            {"id": "3", **MENTEE},
        ]
    )
    both = replace(people, role=np.array([1, 2, 2], np.uint8), wants=people.wants)
    matching = rmatch.match(both)
    assert [(pair.mentor, pair.mentee) for pair in matching.pairs] == [("1", "3")]
    assert "nobody is paired with themselves" in str(matching.explain("1", "2"))
    rmatch.verify(matching)


def test_two_who_take_part_beside_one_who_does_not() -> None:
    rows = [
        {"id": "1", "role": "none", "email": "kim@x.org"},
        {"id": "2", **MENTOR, "email": "kim@x.org"},
        {"id": "3", **MENTEE, "email": "Kim@x.org"},
    ]
    (found,) = faults(rows)
    assert found.startswith("person 3 (id '3'), email: is the e-mail address of person 2 (id '2')")


TOML = r"\b((?:duplicates|join|dates) = \{ .*? \}(?: \}| )?)(?=;|,| or|$)"
FORM = [
    {"id": "1", **MENTOR, "email": "kim@x.org", "extra:when": "2026-03-02 09:00"},
    {"id": "2", **MENTEE, "extra:when": "2026-03-03 09:00"},
    {"id": "3", **MENTOR, "email": "Kim@x.org", "extra:when": "2026-03-05 09:00"},
]
SLIPS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "an address twice": ({"source": FORM}, {}),
    "a name twice": ({"source": [{"id": each["id"], **MENTOR, "name": "Kim Lund"} for each in FORM] + [{"id": "9", **MENTEE}]}, {}),
    "an id twice": ({"source": [*FORM[:2], FORM[2] | {"id": "1", "email": None}]}, {}),
    "an address in both tables": ({"mentors": [FORM[0]], "mentees": [FORM[1] | {"role": "mentee"}, FORM[2] | {"role": "mentee"}]}, {}),
    "a key twice": ({"source": [[{"id": "1", **MENTOR}, {"id": "2", **MENTEE}], [{"No": "1", "site": "A"}, {"No": "1", "site": "B"}]]}, {"join": {"key": {"id": "No"}}}),
    "dates of two readings": ({"source": [FORM[0] | {"extra:when": "03/04/2026"}, FORM[1], FORM[2] | {"extra:when": "04/03/2026"}]}, {"duplicates": {"keep": "newest", "by": "extra:when"}}),
    "no key": ({"source": [[{"id": "1", **MENTOR}, {"id": "2", **MENTEE}], [{"No": "1", "site": "A"}, {"No": "2", "site": "B"}]]}, {}),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_what_a_fault_says_to_write_settles_it(slip: str) -> None:
    """Whatever stands in a cure as a line of TOML is written into the mapping, all of them or each alone."""
    given, mapping = SLIPS[slip]
    told = faults(**given, mapping=mapping)
    lines = [dict(tomllib.loads(line)) for fault in told for line in re.findall(TOML, fault)]
    assert lines
    kinds = {tuple(sorted(line[key])) for line in lines for key in line}
    for kind in kinds:
        written: dict[str, Any] = copy.deepcopy(mapping)
        for line in lines:
            for key, value in line.items():
                if tuple(sorted(value)) == kind:
                    known = written.setdefault(key, {})
                    for name, said in value.items():
                        known[name] = (
                            [*known.get(name, []), *said] if isinstance(said, list) else said
                        )
        read_people(**given, mapping=written)


def test_a_shared_id_that_an_empty_name_does_not_explain_is_counted() -> None:
    mentors = "id,name,offers\n1,Kim Lund,python\n2,Bo Ray,python\n"
    mentees = "id,name,wants\n1,,python\n2,Bo Ray,python\n3,Cy Dee,python\n"
    people = read_people(mentors=mentors, mentees=mentees)
    (note,) = [each for each in people.notes if "in both tables" in each]
    assert note.startswith("1 id stands in both tables, and neither names nor e-mail addresses")


@pytest.mark.parametrize("other", ["\uff25-1", "E\u20131"])
def test_ids_that_look_the_same_are_noted(other: str) -> None:
    people = read_people([{"id": "E-1", **MENTOR}, {"id": other, **MENTEE}])
    (note,) = people.notes
    assert note.startswith(
        "1 pair of people have ids that differ only in case, leading zeros or form: 'E-1' and "
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "kim.lund+round2@x.org"}, {"email": "Kim.Lund@x.org"}),
        ({"email": "kim.lund@gmail.com"}, {"email": "kimlund@googlemail.com"}),
        ({"email": "kim\u0430@x.org"}, {"email": "kima@x.org"}),
        ({"email": "kim@x.org; k.lund@y.org"}, {"email": "K.Lund@y.org"}),
        ({"id": "k.lund@y.org", "email": "kim@x.org"}, {"email": "K.Lund@y.org"}),
        ({"name": "Kim_Lund"}, {"name": "Lund Kim"}),
        ({"name": "Łukasz Đorđević"}, {"name": "Lukasz Dordevic"}),
        ({"name": "Søren Ægir"}, {"name": "Soren Aegir"}),
        ({"name": "Jürgen Strauß"}, {"name": "Jurgen Strauss"}),
        ({"name": "I\u015f\u0131k Þór"}, {"name": "Isik Thor"}),
        ({"name": "Siobhán O’Neill"}, {"name": "Siobhan ONeill"}),
        ({"name": "Prof. Dr. Kim Lund, PhD"}, {"name": "Lund, Kim"}),
        ({"name": "Fr. Kim Lund"}, {"name": "Kim Lund, MBA"}),
        ({"name": "Univ.-Prof. Kim Lund"}, {"name": "\u041aim Lund"}),
    ],
)
def test_addresses_of_one_mailbox_and_spellings_of_one_name_are_one_human(
    one: dict[str, str], other: dict[str, str]
) -> None:
    rows = [{"id": "1", **MENTOR, **one}, {"id": "2", **MENTEE, **other}]
    (found,) = faults(rows)
    assert re.search(r"of person 1 \(id '.*'\), too: one person would be two", found)


def test_one_mailbox_never_meets_itself() -> None:
    people = read_people(
        [
            {"id": "1", **MENTOR, "email": "kim+a@x.org"},
            {"id": "2", "role": "none", "email": "kim@x.org"},
            {"id": "3", **MENTEE},
        ]
    )
    both = replace(people, role=np.array([1, 2, 2], np.uint8))
    assert [(each.mentor, each.mentee) for each in rmatch.match(both).pairs] == [("1", "3")]
    scores = rmatch.score(both)
    open_at = scores.open_at(np.zeros(2, np.intp), np.arange(2))
    assert open_at is not None
    assert open_at.tolist() == scores.allowed[0].tolist() == [False, True]
    assert "nobody is paired with themselves" in str(rmatch.match(both).explain("1", "2"))


@given(
    st.lists(
        st.sampled_from(
            ("Mia@x.org", "mia+a@x.org", "m.ia@gmail.com", "b o@x.org", "\u0430@x.org", "", "n\no")
        )
    )
)
def test_mailboxes_of_many_are_those_of_each(addresses: list[str]) -> None:
    assert mailboxes_of(addresses) == list(map(mailbox_of, addresses))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. Lund", "Jo Lund"),
        ("Lund, J", "Dr. Jo Lund"),
        ("Jo M. Lund", "Jo Lund"),
        ("Jo Maria Lund", "Jo Lund"),
        ("J. M. Lund", "Jo Maria Lund"),
    ],
)
@pytest.mark.parametrize(
    ("post", "said"), [({}, True), ({"level": "L2"}, False), ({"email": "jo2@x.org"}, False)]
)
def test_initials_and_words_left_out_are_weak_evidence(
    one: str, other: str, post: dict[str, str], said: bool
) -> None:
    shared = {"department": "IT", "level": "L1", "email": None}
    rows = [
        {"id": "1", **MENTOR, **shared, "name": one, "email": "jo@x.org" if "email" in post else None},
        {"id": "2", **MENTEE, **shared, "name": other, **post},
    ]  # fmt: skip
    notes = [note for note in read_people(rows).notes if "WARNING" in note]
    assert bool(notes) is said
    if said:
        assert notes[0].startswith("WARNING: 1 pair of people may be one person each: their names")
        assert notes[0].endswith(": '1' and '2'")


def test_made_up_people_raise_no_alarm() -> None:
    for people in (
        rmatch.datasets.example(),
        rmatch.datasets.workforce(300, 300, seed=5),
    ):
        table = [
            {"id": each.id, "name": each.name, "email": each.email, "department": each.department,
             "level": each.level, "role": each.role}
            for each in people
        ]  # fmt: skip
        notes = read_people(table).notes
        assert not [note for note in notes if "one person each" in note or "ids that" in note]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E01", "E1"),
        ("1E+05", "100000"),
        ("1.2E+05", "120000"),
        ("#1", "1"),
        ("1.0", "1"),
        ("'007", "7"),
        ("1,234", "1234"),
        ("\uff11\uff12", "12"),
        ("\u04157", "E7"),
        ("\u0455a", "Sa"),
        ("EMP-0042", "emp42"),
        ("EMP 42", "EMP_42"),
        ("101,0", "101"),
        ("\u0661\u0662", "12"),
        ("(E7)", "E7"),
        ("101-A", "101/a"),
        ("kim_lund", "Kim-Lund"),
    ],
)
def test_ids_that_differ_in_form_are_reported_and_found(one: str, other: str) -> None:
    rows = [{"id": one, **MENTOR}, {"id": other, **MENTEE}]
    (note,) = read_people(rows).notes
    assert note.startswith(
        "1 pair of people have ids that differ only in case, leading zeros or form"
    )
    rows = [{"id": one, **MENTOR}, {"id": "Z9", **MENTEE, "manager_id": other}]
    people = read_people(rows)
    assert people.manager_id == (None, one)
    assert people.notes == ("managers found: 1 by an id in another form",)
    previous = rmatch.read_requests(previous=[{"mentor": other, "mentee": "Z9"}])
    assert [
        (each.mentor, each.mentee) for each in rmatch.match(people, requests=previous).pairs
    ] == []


@pytest.mark.parametrize(
    ("one", "other"), [("1.05", "1.5"), ("1-1", "11"), ("E10", "E1"), ("A1B", "AB1"), ("E-", "E")]
)
def test_ids_of_another_number_are_others(one: str, other: str) -> None:
    assert not read_people([{"id": one, **MENTOR}, {"id": other, **MENTEE}]).notes


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"email": "kim.lund@x.org"}, {"email": "Kim.Lund+a@x.com"}, True),
        ({"email": "kim_lund@x.org", "name": "Kim Lund"}, {"email": "kim_lund@y.org"}, True),
        ({"email": "kim.lund@x.org", "name": "Kim Lund"}, {"email": "kim.lund@y.org", "name": "Kima Lund"}, False),
        ({"email": "office@x.org"}, {"email": "office@y.org"}, False),
        ({"email": "kim.lund@x.org"}, {"email": "kim.lund2@x.org"}, False),
    ],
)  # fmt: skip
def test_one_name_at_two_organisations_is_weak_evidence(
    one: dict[str, str], other: dict[str, str], said: bool
) -> None:
    notes = read_people([{"id": "1", **MENTOR, **one}, {"id": "2", **MENTEE, **other}]).notes
    expected = (
        "WARNING: 1 pair of people may be one person each: their e-mail addresses are one name at two organisations;"
        " if they are, leave one row out: '1' and '2'"
    )
    assert (expected in notes) is said
    assert said or not any("WARNING" in note for note in notes)


@pytest.mark.parametrize(("one", "other"), [("E01", "E1"), ("007", "7"), ("e5", "E5"), ("#9", "9")])
def test_ids_of_two_tables_in_another_form_are_warned_of(one: str, other: str) -> None:
    """A table that went through a spreadsheet may hold the people of the other one again."""
    mentors, mentees = [{"id": one, **MENTOR}], [{"id": other, **MENTEE}]
    (note,) = read_people(mentors=mentors, mentees=mentees).notes
    assert note == (
        "WARNING: 1 pair of people may be one person each: their ids differ only in case, leading zeros or form, and"
        f" stand in two tables; if they are, write them alike: {one!r} and {other!r}"
    )


def test_ids_of_two_tables_are_not_one_person_where_names_tell_it() -> None:
    mentors = [{"id": "1", "name": "Ada Lind"}, {"id": "2", "name": "Cy Ono"}]
    mentees = [{"id": "01", "name": "Bo Karg"}, {"id": "02", "name": ""}]
    notes = rmatch.read_people(mentors=mentors, mentees=mentees).notes
    assert len(notes) == 2
    assert notes[0].startswith("1 pair of people have ids that differ only in case")
    assert notes[1].startswith("WARNING: 1 pair of people may be one person each: their ids")
    assert "'2' and '02'" in notes[1]


def test_who_is_only_in_the_further_table_is_known_by_the_name_there() -> None:
    staff = [{"Mail": "ada@firm.example", "First name": "Ada", "Surname": "Lind"}]
    form = [
        {"Address": "ada@firm.example", "Your name": "Ada Lind", "role": "mentor"},
        {"Address": "ada@home.example", "Your name": "Ada Lind", "role": "mentee"},
    ]
    mapping = {
        "join": {"key": {"Mail": "Address"}, "keep": "outer"},
        "columns": {"id": "Mail", "name": ["First name", "Surname"]},
    }
    with pytest.raises(InvalidInputError, match="Your name: is the name of") as caught:
        read_people([staff, form], mapping=mapping)
    assert len(caught.value.faults) == 1
