"""Several tables about the same people: joined by a key, and everything that is not in both is said."""

from __future__ import annotations

import datetime as dt
import re
import time
import tomllib
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmatch.errors import InvalidInputError
from rmatch.io import joined_by_guess, read_people, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HRIS = """Employee ID,Legal Name,Work E-Mail,Years,Site
00101,Ada Amber,ada@firm.example,2,Leeds
00102,Bo Birch,bo@firm.example,3,Leeds
00201,Cleo Cedar,cleo@firm.example,20,Vienna
00202,Dan Dune,dan@firm.example,22,Vienna
"""
SURVEY = """Timestamp,Email Address,Role,Teach,Learn
03/02/2026 09:00,Ada@Firm.example ,mentor,python,
13/02/2026 09:00,CLEO@firm.example,mentee,,python
14/02/2026 09:00,nobody@else.example,mentee,,video
"""
MAPPING: dict[str, Any] = {
    "join": {"key": {"Work E-Mail": "Email Address"}},
    "unknown": [""],
    "columns": {
        "id": "Employee ID",
        "name": "Legal Name",
        "email": "Work E-Mail",
        "years": "Years",
        "site": "Site",
        "role": "Role",
        "offers": "Teach",
        "wants": "Learn",
    },
}


def written(folder: Path, **tables: str) -> list[Path]:
    paths = []
    for name, text in tables.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def faults(source: Any, mapping: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_people(source, mapping=mapping)
    return [str(fault) for fault in caught.value.faults]


def with_join(**settings: Any) -> dict[str, Any]:
    return MAPPING | {"join": MAPPING["join"] | settings}


def test_rows_of_one_person_are_joined_without_case_and_blanks(tmp_path: Path) -> None:
    people = read_people(written(tmp_path, hris=HRIS, survey=SURVEY), mapping=MAPPING)
    assert [(each.id, each.role, each.site) for each in people] == [
        ("00101", "mentor", "Leeds"),
        ("00102", "none", "Leeds"),
        ("00201", "mentee", "Vienna"),
        ("00202", "none", "Vienna"),
    ]
    assert dict(people.person(0).offers) == {"python": None}
    assert people.notes[:3] == (
        "hris.csv and survey.csv are joined by Work E-Mail = Email Address: 2 people in both",
        "only in hris.csv: 2 people, kept: 00102, 00202",
        "only in survey.csv: 1 person, left out: survey.csv, row 4",
    )
    assert not any("@" in note for note in people.notes)


@pytest.mark.parametrize(
    ("keep", "ids"),
    [("inner", ["00101", "00201"]), ("left", ["00101", "00102", "00201", "00202"])],
)
def test_the_mapping_says_who_stays(tmp_path: Path, keep: str, ids: list[str]) -> None:
    mapping = with_join(keep=keep)
    people = read_people(written(tmp_path, hris=HRIS, survey=SURVEY), mapping=mapping)
    assert list(people.id) == ids


def test_everybody_of_an_outer_join_needs_an_id(tmp_path: Path) -> None:
    mapping = with_join(keep="outer")
    found = faults(written(tmp_path, hris=HRIS, survey=SURVEY), mapping)
    assert len(found) == 1
    assert found[0].startswith("survey.csv, row 4, id:")


def test_a_cell_is_named_by_its_own_file(tmp_path: Path) -> None:
    survey = SURVEY.replace("mentor,python", "mentro,python")
    hris = HRIS.replace(",20,Vienna", ",soon,Vienna")
    found = faults(written(tmp_path, hris=hris, survey=survey), with_join(keep="inner"))
    assert [fault.split(" (id")[0] for fault in found] == ["survey.csv, C2", "hris.csv, D4"]


def test_numbers_that_lost_their_zeros_are_recognised(tmp_path: Path) -> None:
    survey = "No,role,offers,wants\n101,mentor,python,\n201,mentee,,python\n"
    mapping = {"join": {"key": {"Employee ID": "No"}, "keep": "inner"}, "columns": {"id": "Employee ID"}}  # fmt: skip
    people = read_people(written(tmp_path, hris=HRIS, survey=survey), mapping=mapping)
    assert people.id == ("00101", "00201")
    note = next(note for note in people.notes if "zeros" in note)
    assert "survey.csv, A2 is hris.csv, A2, survey.csv, A3 is hris.csv, A4" in note


@pytest.mark.parametrize(
    ("staff", "form"),
    [
        (["007", "07"], ["7"]),  # which of the two?
        (["007"], ["7", "07"]),  # two of them
        (["007", "7", "0010"], ["7", "10"]),  # the form has lost its zeros, so its 7 may be 007
        (["E7", "e07"], ["E7", "e7"]),  # an id is an id, and e7 is the same once more
    ],
)
def test_a_key_that_may_be_two_is_a_fault(staff: list[str], form: list[str]) -> None:
    left = [{"id": key, "role": "mentor"} for key in staff]
    right = [{"No": key, "site": "Leeds"} for key in form]
    found = faults([left, right], {"join": {"key": {"id": "No"}}})
    assert any("differs only in leading zeros, case or form" in fault for fault in found)


def test_the_newest_answer_counts(tmp_path: Path) -> None:
    again = SURVEY + "15/02/2026 08:00,ada@firm.example,mentor,video,\n"
    paths = written(tmp_path, hris=HRIS, survey=again)
    found = faults(paths, with_join(keep="inner"))
    assert len(found) == 1
    assert found[0].startswith(
        "survey.csv, B5, Email Address: is the same person as survey.csv, B2"
    )
    assert 'duplicates = { keep = "newest", by = "Timestamp" }' in found[0]
    for rule, topic in (
        ({"keep": "newest", "by": "Timestamp"}, "video"),
        ("last", "video"),
        ({"keep": "first"}, "python"),
    ):
        people = read_people(paths, mapping=with_join(keep="inner") | {"duplicates": rule})
        assert list(people.person(0).offers) == [topic]
        assert any("1 row is left out" in note for note in people.notes)
        assert not any("@" in note or "Ada" in note for note in people.notes)


@pytest.mark.parametrize(
    ("stamps", "winner"),
    [
        (("2026-03-02 09:00", "2026-03-02 10:00"), 1),
        (("2026-03-05T17:45:00Z", "2026-03-02T10:00:00Z"), 0),
        (("3/14/2026 9:00:05 PM", "3/14/2026 11:30:00 AM"), 0),
        (("02.10.2026 09:00", "03.09.2026 09:00"), 0),
        (("2026/02/03 9:14:05 AM GMT+1", "2026/02/03 9:14:05 AM GMT-5"), 1),
        (("5 Feb 2026", "Jan 31, 2026"), 0),
        (("31-Jan-26 10:00", "05-Feb-26 10:00"), 1),
        ((dt.datetime(2026, 3, 1, tzinfo=dt.UTC), dt.date(2026, 3, 2)), 1),
        ((46055.5, 46055.25), 0),
        (("04/03/2026", "05/03/2026"), 1),  # the same under both readings
    ],
)
def test_moments_are_read_as_tools_write_them(stamps: tuple[Any, Any], winner: int) -> None:
    staff = [{"id": "E7", "role": "mentor"}, {"id": "E2", "role": "mentee"}]
    form = [{"No": "E7", "When": when, "site": site} for when, site in zip(stamps, "AB", strict=True)]  # fmt: skip
    mapping = {"join": {"key": {"id": "No"}}, "duplicates": {"keep": "newest", "by": "When"}}
    people = read_people([staff, form], mapping=mapping)
    assert people.site == ("AB"[winner], None)


@pytest.mark.parametrize(
    ("stamps", "problem"),
    [
        (("03/04/2026", "04/03/2026"), "days and months cannot be told apart"),
        (("13/04/2026", "04/13/2026"), "some dates of this column have the day first"),
        (("soon", "2026-03-04"), "is not a date"),
        (("", "2026-03-04"), "is empty, so nobody knows"),
        (("2026-03-04", "2026-03-04"), "have the same time"),
    ],
)
def test_dates_that_cannot_be_compared_are_faults(stamps: tuple[str, str], problem: str) -> None:
    staff = [{"id": "E7", "role": "mentor"}, {"id": "E2", "role": "mentee"}]
    form = [{"No": "E7", "When": when, "site": site} for when, site in zip(stamps, "AB", strict=True)]  # fmt: skip
    mapping = {"join": {"key": {"id": "No"}}, "duplicates": {"keep": "newest", "by": "When"}}
    (found,) = faults([staff, form], mapping)
    assert problem in found
    assert found.startswith("the list (2), person ")


def test_a_mapping_may_say_what_comes_first_in_dates() -> None:
    staff = [{"id": "E7", "role": "mentor"}, {"id": "E2", "role": "mentee"}]
    stamps = ("03/04/2026 09:00", "04/03/2026 08:00")
    form = [{"No": "E7", "When": when, "site": site} for when, site in zip(stamps, "AB", strict=True)]  # fmt: skip
    mapping = {"join": {"key": {"id": "No"}}, "duplicates": {"keep": "newest", "by": "When"}}
    for order, site in (("day first", "A"), ("month first", "B")):
        people = read_people([staff, form], mapping=mapping | {"dates": {"order": order}})
        assert people.site == (site, None)


def test_a_copy_of_a_row_needs_no_time() -> None:
    staff = [{"id": "E7", "role": "mentor"}, {"id": "E2", "role": "mentee"}]
    form = [{"No": "E7", "When": "", "site": "Leeds"}] * 2
    mapping = {"join": {"key": {"id": "No"}}, "duplicates": {"keep": "newest", "by": "When"}}
    assert read_people([staff, form], mapping=mapping).site == ("Leeds", None)


def test_headers_that_both_have_agree_or_are_a_fault(tmp_path: Path) -> None:
    staff = (
        "id,role,mail,site\n1,mentor,a@x.org,Leeds\n2,mentee,b@x.org,\n3,mentee,c@x.org,Vienna\n"
    )
    form = "mail,site,note\nA@x.org, leeds,x\nb@x.org,Wien,y\nc@x.org,Leeds,z\n"
    paths = written(tmp_path, staff=staff, form=form)
    mapping: dict[str, Any] = {"join": {"key": "mail"}}
    (found,) = faults(paths, mapping)
    assert found.startswith("staff.csv, D4, site: differs from form.csv, B4, the same person")
    for header, sites in (
        ("form.csv: site", ("Leeds", "Wien", "Leeds")),  # one spelling of a site
        ("staff.csv: site", ("Leeds", None, "Vienna")),
    ):
        assert f'"{header}"' in found
        people = read_people(paths, mapping=mapping | {"columns": {"site": header}})
        assert people.site == sites
    ignored = read_people(paths, mapping=mapping | {"ignore": ["site"]})
    assert ignored.site == (None, None, None)


def test_what_nobody_reads_may_differ(tmp_path: Path) -> None:
    staff = "id,role,Status\n1,mentor,active\n2,mentee,active\n"
    form = "id,Status,offers\n1,complete,python\n2,partial,\n"
    people = read_people(written(tmp_path, staff=staff, form=form), mapping={"join": {"key": "id"}})
    assert len(people) == 2


def test_two_sheets_of_one_workbook(tmp_path: Path) -> None:
    path = tmp_path / "programme.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"id": ["1", "2"], "role": ["mentor", "mentee"]}).to_excel(book, sheet_name="Staff", index=False)  # fmt: skip
        pd.DataFrame({"No": ["2", "1"], "site": ["Leeds", "Wien"]}).to_excel(book, sheet_name="Form", index=False)  # fmt: skip
    mapping: dict[str, Any] = {"join": {"key": {"id": "No"}}, "tables": {"programme.xlsx (1)": {"sheet": "Staff"}, "programme.xlsx (2)": {"sheet": "Form"}}}  # fmt: skip
    people = read_people([path, path], mapping=mapping)
    assert people.site == ("Wien", "Leeds")
    one = mapping | {"tables": {"programme.xlsx": {"sheet": "Staff"}}}
    (found,) = faults([path, path], one)
    assert "the same sheet, 'Staff', is given twice" in found


def test_a_file_that_is_given_twice_is_a_fault(tmp_path: Path) -> None:
    (path,) = written(tmp_path, hris=HRIS)
    (found,) = faults([path, path], {"join": {"key": "Employee ID"}})
    assert "the same file is given twice; give it once" in found


def test_a_layout_is_for_a_file_that_is_read(tmp_path: Path) -> None:
    paths = written(tmp_path, hris=HRIS, survey=SURVEY)
    (found,) = faults(paths, MAPPING | {"tables": {"servey.csv": {"delimiter": ","}}})
    assert "mapping, tables.servey.csv: no file that is read has this name; did you mean 'survey.csv'" in found  # fmt: skip


def test_three_tables(tmp_path: Path) -> None:
    sites = "Code,site\n00101,Leeds\n00201,Oslo\n"
    mapping = {
        "join": [*[MAPPING["join"] | {"keep": "inner"}], {"key": {"Employee ID": "Code"}}],
        "columns": {key: value for key, value in MAPPING["columns"].items() if key != "site"},
    }
    people = read_people(written(tmp_path, hris=HRIS, survey=SURVEY, sites=sites), mapping=mapping)
    assert people.site == ("Leeds", "Oslo")


def test_a_key_of_two_columns() -> None:
    staff = [{"id": "1", "role": "mentor", "First": "Ada", "Last": "X"}, {"id": "2", "role": "mentee", "First": "Ada", "Last": "Y"}]  # fmt: skip
    form = [{"Vorname": "ada", "Nachname": "Y", "site": "Leeds"}, {"Vorname": "Ada", "Nachname": "X", "site": "Wien"}]  # fmt: skip
    mapping = {"join": {"key": {"First": "Vorname", "Last": "Nachname"}}}
    assert read_people([staff, form], mapping=mapping).site == ("Wien", "Leeds")


def test_a_side_may_be_several_tables(tmp_path: Path) -> None:
    juniors, more, seniors = written(
        tmp_path, a="id,years\n1,2\n", b="No,offers\n1,python\n", c="id,wants\n2,python\n"
    )
    mapping = {"join": {"key": {"id": "No"}}}
    people = read_people(mentors=[juniors, more], mentees=seniors, mapping=mapping)
    assert [(each.id, each.role) for each in people] == [("1", "mentor"), ("2", "mentee")]
    assert list(people.person(0).offers) == ["python"]


def test_frames_are_tables_and_records_are_people() -> None:
    staff = pd.DataFrame({"id": [7, 2], "role": ["mentor", "mentee"]})
    form = pd.DataFrame({"No": [2.0, 7.0, None], "site": ["Leeds", "Wien", "?"]})
    people = read_people([staff, form], mapping={"join": {"key": {"id": "No"}}})
    assert people.site == ("Wien", "Leeds")
    assert people.notes[-1].endswith("left out: the dataframe (2), row 2")
    assert len(read_people([{"id": "7", "role": "mentor"}, {"id": "2", "role": "mentee"}])) == 2


def test_what_is_wrong_with_a_join(tmp_path: Path) -> None:
    paths = written(tmp_path, hris=HRIS, survey=SURVEY)

    def said(**keys: Any) -> str:
        return "\n".join(faults(paths, {**MAPPING, **keys}))

    no_key = faults(paths, {"columns": MAPPING["columns"]})
    assert no_key[0].endswith('join = { key = { "Work E-Mail" = "Email Address" } }, which 2 rows have in common')  # fmt: skip
    assert "mapping, join.key: is missing" in said(join={"keep": "left"})
    assert "did you mean 'inner'" in said(join={"key": "x", "keep": "iner"})
    assert "'Work Mail' is not a column of hris.csv; did you mean 'Work E-Mail'" in said(join={"key": {"Work Mail": "Email Address"}})  # fmt: skip
    assert '"Work E-Mail" = "Email Address"' in said(join={"key": {"Email Address": "Work E-Mail"}})
    assert "nobody of survey.csv is in hris.csv" in said(join={"key": {"Site": "Role"}})
    assert 'key = { "Work E-Mail" = "Email Address" }' in said(join={"key": {"Employee ID": "Role"}})  # fmt: skip
    assert "names no columns" in said(join={"key": {}})
    assert "is not a setting" in said(join={"key": "x", "how": "left"})
    assert "there are 2 joins for 2 tables" in said(join=[{"key": "x"}, {"key": "y"}])
    assert "is not a choice" in said(duplicates={"keep": "latest"})
    assert "name the column with the time" in said(duplicates="newest")
    assert "has no effect" in said(duplicates={"keep": "last", "by": "Timestamp"})
    assert "the mapping joins 2 tables, and one was given" in faults(paths[0], MAPPING)[0]
    assert any("person 1: this is not a record" in each for each in faults([paths[0], {"id": "7"}], {}))  # fmt: skip


def test_the_suggested_key_reads(tmp_path: Path) -> None:
    paths = written(tmp_path, hris=HRIS, survey=SURVEY)
    with pytest.raises(InvalidInputError) as caught:
        read_people(paths, mapping={"columns": MAPPING["columns"]})
    remedy = caught.value.faults[0].remedy
    toml = remedy.partition("mapping: ")[2].partition(", which")[0]
    mapping = tmp_path / "m.toml"
    lines = [f'{field} = "{header}"' for field, header in MAPPING["columns"].items()]
    mapping.write_text("\n".join([toml, "[columns]", *lines]))
    assert len(read_people(paths, mapping=mapping)) == 4


def test_a_column_counts_the_rows_of_its_own_table(tmp_path: Path) -> None:
    people = read_people(written(tmp_path, hris=HRIS, survey=SURVEY), mapping=MAPPING)
    assert people.understood is not None
    cells = {each.column: (each.source, each.cells) for each in people.understood.columns}
    assert cells["Site"] == ("hris.csv", 4)
    assert cells["Teach"] == ("survey.csv", 2)
    assert cells["Timestamp"] == ("survey.csv", 2)
    (join,) = people.understood.joins
    assert (join.both, join.only_left, join.only_right) == (2, ("00102", "00202"), ("survey.csv, row 4",))  # fmt: skip


def test_large_tables_are_joined_at_once() -> None:
    from rmatch.io.join.join import joined
    from rmatch.io.join.spec import Join
    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Table

    staff = Table("staff", {"Mail": [f"p{n}@firm.example" for n in range(100_000)]}, range(100_000))
    form = Table("form", {"Address": [f"P{2 * n}@Firm.example " for n in range(50_000)]}, range(50_000))  # fmt: skip
    began = time.process_time()
    whole = joined([staff, form], Translation(joins=(Join((("Mail", "Address"),)),)))
    assert time.process_time() - began < 10
    assert len(whole) == 100_000
    assert sum(cell is not None for cell in whole.columns["Address"]) == 50_000


MESSES = (str, str.upper, lambda key: f" {key} ", lambda key: key.lstrip("0"))


@given(
    st.lists(st.sampled_from(["001", "020", "a@x.org", "b@x.org", "E7", "e9", "300"]), min_size=2, unique=True),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_a_table_that_is_cut_in_two_is_put_together(keys: list[str], dice: Any) -> None:
    """However the second half is sorted, and whatever a form or a spreadsheet has done to its keys."""
    sites = {key: f"Site {key[-1:]}{number}" for number, key in enumerate(keys)}
    left = [
        {"id": f"P{number}", "Key": key, "role": ("mentor", "mentee")[number % 2]}
        for number, key in enumerate(keys)
    ]
    right = [{"Badge": dice.choice(MESSES)(key), "site": sites[key]} for key in keys]
    dice.shuffle(right)
    people = read_people([left, right], mapping={"join": {"key": {"Key": "Badge"}}})
    assert people.site == tuple(sites.values())
    assert people.understood is not None
    assert people.understood.joins[0].both == len(keys)


def test_keys_compare_without_what_nobody_sees() -> None:
    staff = "id,Mail,Person\n1,ada@x.org,Zo\u00e9 Lee\n2,bo@x.org,Bo Kim\n"
    answers = "Key,role\n{},mentor\n{},mentee\n"
    for header, one, other in (
        ("Mail", "ada@x.org\u200b", "bo@x.org;"),
        ("Person", "Zoe\u0301 Lee", "Bo Kim\ufeff"),
    ):
        mapping = {"join": {"key": {header: "Key"}}, "ignore": ["Mail", "Person"]}
        people = read_people([staff, answers.format(one, other)], mapping=mapping)
        assert [(person, people.person(row).role) for row, person in enumerate(people.id)] == [
            ("1", "mentor"),
            ("2", "mentee"),
        ]


@pytest.mark.parametrize(
    "stamps",
    [
        ("2026-03-02", "2026-03-02 09:00"),
        ("2026-03-02 09:00", "2026-03-02"),
        ("2026-03-02 00:00:00", "2026-03-02 09:00:12"),
        ("02.03.2026", "02.03.2026 09:00"),
        ("3/14/2026", "3/14/2026 11:30:00 AM"),
        ("2026-03-02 09:00", "2026-03-02 09:00:30"),
        ("2026-03-02 09:00", "2026-03-02 12:00+02:00"),
        ("2026-03-02T09:00:00Z", "2026-03-02T10:00:00"),
        (dt.date(2026, 3, 2), dt.datetime(2026, 3, 2, 9, 0)),  # noqa: DTZ001
        (46055, 46055.25),
    ],
)
def test_a_day_without_a_time_is_no_older_than_a_time_of_it(stamps: tuple[Any, Any]) -> None:
    staff = [{"id": "E7", "role": "mentor"}, {"id": "E2", "role": "mentee"}]
    form = [{"No": "E7", "When": when, "site": site} for when, site in zip(stamps, "AB", strict=True)]  # fmt: skip
    mapping = {"join": {"key": {"id": "No"}}, "duplicates": {"keep": "newest", "by": "When"}}
    (found,) = faults([staff, form], mapping)
    assert "may be newer or older than the list (2), person " in found
    assert found.endswith("leave one of them out")
    with pytest.raises(InvalidInputError, match="differs from"):
        read_people(
            mentors=[{"id": "E7", "site": "A", "extra:When": stamps[0]}],
            mentees=[{"id": "E7", "site": "B", "extra:When": stamps[1]}, {"id": "E2"}],
            mapping={"duplicates": {"keep": "newest", "by": "extra:When"}},
        )


@pytest.mark.parametrize(
    "stamps",
    [
        ("2026-03-02", "2026-03-03 09:00"),
        ("2026-03-02 09:00", "2026-03-03"),
        ("2026-03-02 09:00", "2026-03-02 09:01:00"),
        ("2026-03-02 09:00:00.250", "2026-03-02 09:00:00.500"),
        ("2026-03-02 09:00", "2026-03-04 12:00+02:00"),
    ],
)
def test_times_of_several_exactnesses_are_compared_where_it_is_certain(
    stamps: tuple[str, str],
) -> None:
    staff = [{"id": "E7", "role": "mentor"}, {"id": "E2", "role": "mentee"}]
    form = [{"No": "E7", "When": when, "site": site} for when, site in zip(stamps, "AB", strict=True)]  # fmt: skip
    mapping = {"join": {"key": {"id": "No"}}, "duplicates": {"keep": "newest", "by": "When"}}
    assert read_people([staff, form], mapping=mapping).site == ("B", None)


STAFF_NAMES = ("Kim Lund", "Bo Ray", "Cy Dee", "Di Fox", "Ed Orr", "Flo Pim")


def staff_and_form(mine: Sequence[str], theirs: Sequence[str]) -> list[list[dict[str, str]]]:
    """Return two tables with keys of their own, and addresses by which they could be joined."""
    staff = [
        {"id": f"S{row}", "Key": key, "role": "mentor" if row % 2 else "mentee", "Mail": f"p{row}@x.org"}
        for row, key in enumerate(mine)
    ]  # fmt: skip
    form = [{"Code": key, "site": f"site {row}", "Your mail": f"P{row}@x.org"} for row, key in enumerate(theirs)]  # fmt: skip
    return [staff, form]


CODES = tuple(f"E{number}" for number in range(6))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (CODES, [f"e-{number:04}" for number in range(6)]),
        (CODES, [f"\u0415{number}" for number in range(6)]),
        ([f"{number}000000" for number in range(1, 7)], [f"{number}E+06" for number in range(1, 7)]),
        ([f"{number}" for number in range(6)], [f"#{number}" for number in range(6)]),
        (STAFF_NAMES, [", ".join(name.upper().split()[::-1]) for name in STAFF_NAMES]),
        (STAFF_NAMES, [f"Dr. {name}" for name in STAFF_NAMES]),
        ([f"k{number}+hr@x.org" for number in range(6)], [f"K{number}@x.org" for number in range(6)]),
    ],
)  # fmt: skip
def test_keys_in_another_form_are_found_and_reported(
    mine: Sequence[str], theirs: Sequence[str]
) -> None:
    people = read_people(staff_and_form(mine, theirs), mapping={"join": {"key": {"Key": "Code"}}})
    assert people.site == tuple(f"site {row}" for row in range(6))
    assert any(note.startswith("6 keys differ in leading zeros, which") for note in people.notes)


def test_keys_that_differ_in_what_nobody_sees_are_counted() -> None:
    tables = staff_and_form(["user 1", "user 2"], ["user\u00a0 1", "user 2"])
    notes = read_people(tables, mapping={"join": {"key": {"Key": "Code"}}}).notes
    assert "1 key differs only in blanks or in what nobody sees, which does not count" in notes


def test_a_join_that_finds_few_says_what_finds_more() -> None:
    tables = staff_and_form(CODES, [*CODES[:2], "X2", "X3", "X4", "X5"])
    notes = read_people(tables, mapping={"join": {"key": {"Key": "Code"}}}).notes
    (loud,) = [note for note in notes if "WARNING" in note]
    assert "only 2 of 6 people in the list (2) are found in the list (1) by Key = Code" in loud
    cure = re.search(r"write key = (\{.*?\}), which 6 rows", loud)
    assert cure is not None
    key = tomllib.loads(f"key = {cure[1]}")["key"]
    people = read_people(tables, mapping={"join": {"key": key}})
    assert people.site == tuple(f"site {row}" for row in range(6))
    assert not any("WARNING" in note for note in people.notes)


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        (["a@x.org", "b1@x.org"], ["A@y.org", "b1@y.org"], "2 keys are the same in front of the @ only"),
        (["ann.a@x.org", "bo.b@x.org"], ["ann.a", "bo.b"], "2 keys are the same in front of the @ only"),
        (["DE-101-A", "DE-102-A"], ["101", "102"], "2 keys are the same in their numbers only"),
    ],
)  # fmt: skip
def test_a_join_that_finds_nobody_says_the_likely_reason(
    mine: Sequence[str], theirs: Sequence[str], why: str
) -> None:
    tables = [
        [{key: cell for key, cell in row.items() if "ail" not in key} for row in table]
        for table in staff_and_form(mine, theirs)
    ]
    (found,) = faults(tables, {"join": {"key": {"Key": "Code"}}})
    assert f"{why}: write them alike in both tables" in found


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"Full name": "{}"}, {"Your name": "{}"}),
        ({"Vorname": "Jo", "Nachname": "{}"}, {"Name": "Dr. {}"}),
        ({"Work e-mail": "{}@firm.example"}, {"Address": "{}@firm.example"}),
    ],
)
def test_a_key_by_which_most_are_somebody_else_is_wrong(
    here: dict[str, str], there: dict[str, str]
) -> None:
    """Two tables that are numbered from one join in full by their numbers, and nobody is who they seem."""
    words = [name.replace(" ", ".") if "mail" in str(here) else name for name in STAFF_NAMES]

    def filled(shape: dict[str, str], word: str) -> dict[str, str]:
        return {header: text.format(word) for header, text in shape.items()}

    staff = [
        {"id": f"S{row}", "No": str(row), "role": "mentor" if row % 2 else "mentee", **filled(here, word)}
        for row, word in enumerate(words)
    ]  # fmt: skip

    def form(order: Sequence[str]) -> list[dict[str, str]]:
        return [{"Response": str(row), "site": "A", **filled(there, word)} for row, word in enumerate(order)]  # fmt: skip

    mapping = {"join": {"key": {"No": "Response"}}}
    (found,) = faults([staff, form([*words[1:], words[0]])], mapping)
    assert "6 of 6 people joined by No = Response have other names or addresses" in found
    assert not any(name.split()[1] in found for name in STAFF_NAMES)
    one_strange = [*words[:5], "Zed Zoo"]
    notes = read_people([staff, form(one_strange)], mapping=mapping).notes
    assert any(note.startswith("WARNING: 1 of 6 people joined by No = Response") for note in notes)
    assert not any(
        "WARNING" in note for note in read_people([staff, form(words)], mapping=mapping).notes
    )


def test_init_joins_by_addresses_rather_than_by_names(tmp_path: Path) -> None:
    staff = [f'E{row},"{name}",p{row}@x.org' for row, name in enumerate(STAFF_NAMES)]
    form = [f"{name},P{row}+form@x.org,{row}" for row, name in enumerate(STAFF_NAMES)]
    (tmp_path / "staff.csv").write_text("\n".join(["No,Full name,Mail", *staff]))
    (tmp_path / "form.csv").write_text("\n".join(["Your name,E-mail,Row", *form]))
    tables = [read_table(tmp_path / name) for name in ("staff.csv", "form.csv")]
    _, (join,), _ = joined_by_guess(tables)
    assert join.key == (("Mail", "E-mail"),)


def test_two_names_are_one_key_without_case_and_accents(tmp_path: Path) -> None:
    paths = written(
        tmp_path,
        staff="id,First,Last\n1,Ada,Lind\n2,Zoe,Muller-Noor\n",
        form="Given,Family,role\nADA,Lind,mentor\nZoë,Müller-Noor,mentee\n",
    )
    people = read_people(paths, mapping={"join": {"key": {"First": "Given", "Last": "Family"}}})
    assert [person.role for person in people] == ["mentor", "mentee"]
    said = faults(paths, {})
    assert 'join = { key = { "First" = "Given", "Last" = "Family" } }, which 2 rows' in said[0]


def test_who_is_only_in_the_further_table_keeps_the_key(tmp_path: Path) -> None:
    paths = written(
        tmp_path,
        staff="Mail,years\nada@x.example,2\n",
        form="Address,role\nADA@x.example,mentor\nbo@x.example,mentee\n",
    )
    mapping = {
        "join": {"key": {"Mail": "Address"}, "keep": "outer"},
        "columns": {"id": "Mail", "email": "Mail"},
    }
    people = read_people(paths, mapping=mapping)
    assert (
        people.id == tuple(person.email for person in people) == ("ada@x.example", "bo@x.example")
    )


STAFF_TWICE = """No,E-Mail,role,years
1,ada@x.example,mentor,2
1,ada@x.example,mentor,3
2,bo@x.example,mentee,20
"""
FORM_TWICE = """Timestamp,Mail,Teach,Learn
2026-01-01 10:00,ada@x.example,python,
2026-01-02 10:00,ada@x.example,video,
2026-01-02 10:00,bo@x.example,,video
"""


@pytest.mark.parametrize("form", [FORM_TWICE, FORM_TWICE.replace("ada@x.example,video", ",")])
def test_where_the_staff_list_repeats_too_every_cure_works_at_once(form: str) -> None:
    mapping = {
        "join": {"key": {"E-Mail": "Mail"}},
        "columns": {"id": "No", "offers": "Teach", "wants": "Learn"},
    }
    sources = [STAFF_TWICE, form]
    with pytest.raises(InvalidInputError) as caught:
        read_people(sources, mapping=mapping)
    told = [fault.remedy or "" for fault in caught.value.faults]
    lines = {line for each in told if (line := each.partition("at the top of a mapping: ")[2])}
    assert len(told) == 2 + (form is FORM_TWICE)
    for line in lines:
        assert read_people(sources, mapping=mapping | tomllib.loads(line)).id == ("1", "2")


WHOLE = "No,Full name,role,years\n1,Ada Lind,mentor,2\n2,Bo Karg-Ono,mentee,20\n"
PARTED = "First name,Last name,Teach,Learn\nADA,Lind,python,\nBo,Karg-Ono,,python\n"


@pytest.mark.parametrize("turned", [False, True])
def test_whole_names_are_joined_with_first_and_last_ones_as_the_fault_says(turned: bool) -> None:
    sources = [PARTED, WHOLE] if turned else [WHOLE, PARTED]
    columns = {"columns": {"id": "No", "offers": "Teach", "wants": "Learn"}}
    with pytest.raises(InvalidInputError) as caught:
        read_people(sources, mapping=columns)
    line = re.search(r"say at the top of a mapping: (join = .*), which 2 rows", str(caught.value))
    assert line
    people = read_people(sources, mapping=columns | tomllib.loads(line[1]))
    assert sorted((person.id, *person.offers) for person in people) == [("1", "python"), ("2",)]
    assert not any("left out" in note and "First name" in note for note in people.notes)


def test_a_first_name_alone_is_no_whole_name_and_the_fault_says_what_is() -> None:
    mapping = {"join": {"key": {"Full name": "First name"}}, "columns": {"id": "No"}}
    with pytest.raises(InvalidInputError) as caught:
        read_people([WHOLE, PARTED], mapping=mapping)
    told = 'write key = { "Full name" = "First name + Last name" }, which 2 rows have in common'
    assert [fault.remedy for fault in caught.value.faults] == [told]


def test_a_part_of_a_key_that_is_no_column_is_a_fault() -> None:
    mapping = {"join": {"key": {"Full name": "First name + Surname"}}, "columns": {"id": "No"}}
    with pytest.raises(InvalidInputError, match=r"'First name [+] Surname' is not a column"):
        read_people([WHOLE, PARTED], mapping=mapping)


def test_tables_with_other_names_have_no_key(tmp_path: Path) -> None:
    parted = PARTED.replace("Lind", "Braun").replace("Karg-Ono", "Eder")
    with pytest.raises(InvalidInputError, match="Work E-Mail"):
        read_people([WHOLE, parted], mapping={"columns": {"id": "No"}})
