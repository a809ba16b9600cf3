from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from rmatch import datasets, match, read_people, read_programme
from rmatch.cli import main
from rmatch.cli.guess import draft
from rmatch.cli.guess.guess import Guess
from rmatch.cli.guess.mapping_text import mapping_text
from rmatch.cli.guess.programme_text import programme_text
from rmatch.cli.guess.synonyms import SYNONYMS
from rmatch.cli.guess.vocabulary import meaning
from rmatch.cli.interrupts import asking, patience
from rmatch.cli.verbs import VERBS
from rmatch.cli.verbs import match as match_verb
from rmatch.datasets import example
from rmatch.errors import InvalidInputError, StopError, VerificationError
from rmatch.io import write_people
from rmatch.io.mapping.translation import translations
from rmatch.io.mapping.unsettled import taken_as_right
from rmatch.io.tables.records import tabulate_records
from rmatch.lotteries import lottery
from rmatch.scoring import points as scored_points
from rmatch.scoring import scores as scoring
from rmatch.solve import columns, jonker_volgenant

if TYPE_CHECKING:
    from collections.abc import Sequence

STAFF = """\
Employee number,First name,Last name,Job level,Line manager,Manager ID,Years of service,Skills,Want to learn,Gender,Cost centre
1001,Ada,One,Analyst,Grace Two,1004,Less than 1 year,"python, prompts",negotiation,Woman,77
1002,Bo,Three,Associate,Grace Two,1004,2,"short video, python",strategy,Man,77
1003,Cy,Four,Manager,-,9999,11,budgeting,,-,78
1004,Grace,Two,Director,-,9998,24,"strategy, negotiation","python, short video",Woman,79
1005,Hal,Five,Managing Director,-,,31,strategy,prompts,Man,80
"""
ROLES = """\
No;Mentoring role;Band;Exp;HaveWorkedWith;WantToLearn
1;Mentor (junior);Band 1;2;python|sql;law
2;Mentee;Band 3;20;law;python
3;Both;Band 2;9;python;law
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    write_people(datasets.example(), path)
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return tmp_path / "pairs.csv"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def made(path: Path) -> set[tuple[str, str]]:
    return {(row["mentor"], row["mentee"]) for row in rows(path)}


def process(*arguments: object, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")} | variables
    command = [sys.executable, "-m", "rmatch", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env=environment)


# match


def test_match_writes_the_pairs_of_the_library(
    people: Path, pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("match", people, "--out", pairs) == 0
    matching = match(datasets.example(), seed="0")
    assert made(pairs) == {(pair.mentor, pair.mentee) for pair in matching.pairs}
    printed = capsys.readouterr().out
    assert all(pair.mentor in printed and pair.mentee in printed for pair in matching.pairs)
    assert "10 of 14 mentors and 10 of 10 mentees have a partner." in printed
    assert "10 pairs verified" in printed
    assert f"Written: {pairs}" in printed


def test_match_says_the_notes_of_the_reading(
    people: Path, pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("match", people, "--out", pairs)
    notes = read_people(people).notes
    assert notes
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line.startswith("Note: ")] == [
        f"Note: {note}" for note in notes
    ]


def test_match_writes_the_whole_result_as_json(people: Path, tmp_path: Path) -> None:
    assert run("match", people, "--out", tmp_path / "result.json", "--seed", "spring") == 0
    document = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert document["seed"] == "spring"
    assert len(document["pairs"]) == 10
    assert len(document["people"]) == 24


def test_match_writes_people_with_names_when_asked(
    people: Path, pairs: Path, tmp_path: Path
) -> None:
    assert (
        run(
            "match",
            people,
            "--out",
            pairs,
            "--people-out",
            tmp_path / "all.csv",
            "--with",
            "name,email",
        )
        == 0
    )
    assert {"mentor_name", "mentee_email"} <= rows(pairs)[0].keys()
    everybody = rows(tmp_path / "all.csv")
    assert len(everybody) == 24
    assert everybody[0]["name"] == "Kwame Adjin"
    assert all(row["partners"] or row["reason"] for row in everybody)


def test_match_leaves_names_out_unless_asked(
    people: Path, pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("match", people, "--out", pairs)
    names = [name for name in datasets.example().name if name]
    assert names
    assert not any(name in pairs.read_text("utf-8") + capsys.readouterr().out for name in names)


def test_match_takes_two_tables(pairs: Path, tmp_path: Path) -> None:
    everybody = datasets.example()
    write_people(everybody.take(everybody.mentors), tmp_path / "juniors.csv")
    write_people(everybody.take(everybody.mentees), tmp_path / "leaders.csv")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('unknown_managers = "outside"\n')
    files = (
        "--mentors",
        tmp_path / "juniors.csv",
        "--mentees",
        tmp_path / "leaders.csv",
        "--mapping",
        mapping,
    )
    assert run("match", *files, "--out", pairs) == 0
    assert len(rows(pairs)) == 10


def test_match_uses_the_programme(
    people: Path, pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programme = tmp_path / "programme.toml"
    programme.write_text('name = "Round one"\nmentee_capacity = 2\nmentor_capacity = 1\n')
    assert run("match", people, "--programme", programme, "--out", pairs) == 0
    assert len(rows(pairs)) == 14
    assert "Round one: 14 pairs" in capsys.readouterr().out


def test_previous_pairs_are_not_made_again(people: Path, pairs: Path, tmp_path: Path) -> None:
    second, third = tmp_path / "second.json", tmp_path / "third.csv"
    assert run("match", people, "--out", pairs) == 0
    assert run("match", people, "--previous", pairs, "--out", second) == 0
    assert run("match", people, "--previous", pairs, second, "--out", third) == 0
    again = {
        (pair["mentor"], pair["mentee"]) for pair in json.loads(second.read_text("utf-8"))["pairs"]
    }
    assert again
    assert not made(pairs) & again
    assert made(third)
    assert not made(third) & (made(pairs) | again)


def test_requests_are_kept(people: Path, pairs: Path, tmp_path: Path) -> None:
    requests = tmp_path / "requests.csv"
    requests.write_text("mentor,mentee,kind\nE22,E02,lock\n")
    assert run("match", people, "--requests", requests, "--out", pairs) == 0
    assert ("E22", "E02") in made(pairs)


def test_excluded_people_take_no_part(
    people: Path, pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everybody = tmp_path / "all.csv"
    assert (
        run("match", people, "--exclude", "E12", "E01", "--out", pairs, "--people-out", everybody)
        == 0
    )
    assert not {"E12", "E01"} & {person for pair in made(pairs) for person in pair}
    reasons = {row["id"]: row["code"] for row in rows(everybody)}
    assert "takes_no_part" in reasons["E12"]
    assert "2 more people take no part" in capsys.readouterr().out


def test_exclude_names_the_nearest_id(
    people: Path, pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("match", people, "--exclude", "E1x", "?", "--out", pairs) == 2
    error = capsys.readouterr().err
    assert "nobody has the id 'E1x'; did you mean 'E" in error
    assert "nobody has the id '?'; give one of the table" in error
    assert not pairs.exists()


def test_the_seed_decides_ties_and_nothing_else(tmp_path: Path, pairs: Path) -> None:
    lines = "".join(
        f"{side}{number},{role},{years}\n"
        for number in range(6)
        for side, role, years in (("a", "mentor", 2), ("z", "mentee", 20))
    )
    people = tmp_path / "alike.csv"
    people.write_text(f"id,role,years\n{lines}")
    found = set()
    for seed in ("spring", "autumn", "3"):
        assert run("match", people, "--seed", seed, "--out", pairs, "--force") == 0
        found.add(frozenset(made(pairs)))
        assert run("match", people, "--seed", seed, "--out", pairs, "--force") == 0
        found.add(frozenset(made(pairs)))
    assert len(found) == 3


def test_formulas_are_escaped(tmp_path: Path, pairs: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text('id,role,years,name\n=1+1,mentor,2,"=cmd()"\nz,mentee,20,@x\n')
    assert run("match", people, "--out", pairs, "--with", "name") == 0
    assert [(row["mentor"], row["mentor_name"], row["mentee_name"]) for row in rows(pairs)] == [
        ("'=1+1", "'=cmd()", "'@x")
    ]


# nothing is half done


def test_all_faults_of_all_inputs_are_listed(
    tmp_path: Path, pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text("id,role,years\na,mentro,1\nb,mentee,-2\n")
    (tmp_path / "programme.toml").write_text("mentor_capacityy = 2\n")
    (tmp_path / "requests.csv").write_text("mentor,mentee,kind\na,b,look\n")
    files = ("--programme", tmp_path / "programme.toml", "--requests", tmp_path / "requests.csv")
    assert run("match", tmp_path / "people.csv", *files, "--out", pairs) == 2
    error = capsys.readouterr().err
    assert error.startswith("rmatch: 4 faults in the input:")
    assert all(word in error for word in ("mentro", "-2", "mentor_capacityy", "look"))
    assert not pairs.exists()


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (["--out", "none/pairs.csv"], "--out: there is no directory"),
        (
            ["--out", "pairs.txt"],
            "'.txt' is not a kind of file that is written; name it .csv, .xlsx or .json",
        ),
        (
            ["--out", "pairs.csv", "--people-out", "none/all.csv"],
            "--people-out: there is no directory",
        ),
        (["--out", "pairs.csv", "--people-out", "all.json"], "name it .csv"),
        (["--out", "people.csv"], "is another file of this command"),
        (["--out", "pairs.csv", "--people-out", "pairs.csv"], "is another file of this command"),
    ],
)
def test_nothing_is_written_to_a_wrong_place(
    people: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    targets: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(people.parent)
    before = people.read_bytes()
    assert run("match", "people.csv", *targets) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in people.parent.iterdir()] == ["people.csv"]
    assert people.read_bytes() == before


def test_an_unverified_result_is_not_written(
    people: Path, pairs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise VerificationError(["the total is wrong"])

    monkeypatch.setattr(match_verb, "verify", refuse)
    assert run("match", people, "--out", pairs) == 1
    assert "the total is wrong" in capsys.readouterr().err
    assert not pairs.exists()


def test_contradictions_have_their_own_exit_code(
    people: Path, pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    requests = tmp_path / "requests.csv"
    requests.write_text("mentor,mentee,kind\nE18,E07,lock\n")
    assert run("match", people, "--requests", requests, "--out", pairs) == 1
    error = capsys.readouterr().err
    assert error.startswith("rmatch: ")
    assert "'E18'" in error
    assert not pairs.exists()


@pytest.mark.parametrize(
    "inputs",
    [[], ["people.csv", "--mentors", "a.csv", "--mentees", "b.csv"], ["--mentors", "a.csv"]],
)
def test_it_must_be_clear_what_to_read(
    inputs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", *inputs) == 2
    assert "give PEOPLE, or both --mentors and --mentees" in capsys.readouterr().err


def test_missing_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", tmp_path / "nobody.csv") == 2
    assert "nobody.csv" in capsys.readouterr().err


def test_an_error_of_the_system_is_a_sentence(
    people: Path, pairs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "pairs.csv")

    monkeypatch.setattr("rmatch.matching.matching.Matching.to_table", full)
    assert run("match", people, "--out", pairs) == 2
    said = f"rmatch: {pairs}: No space left on device; nor can it be kept in {gettempdir()}\n"
    assert capsys.readouterr().err == said


def test_an_interruption_is_clean(
    people: Path, pairs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(match_verb, "match", interrupt)
    assert run("match", people, "--out", pairs) == 130
    assert capsys.readouterr().err == "rmatch: interrupted\n"


# usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "required: COMMAND"),
        (["matsch"], "invalid choice"),
        (["lottery", "people.csv"], "required: --cap"),
        (["check", "people.csv", "--format", "xml"], "invalid choice: 'xml'"),
        (["frontier", "people.csv", "--alphas", "a"], "no list of numbers such as 1,4"),
        (["match", "people.csv", "--out", "p.csv", "--with", "mail"], "did you mean 'email'?"),
        (["explain", "people.csv", "--audience", "world"], "invalid choice"),
    ],
)
def test_wrong_usage(
    arguments: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert (said in told.err, told.out) == (True, "")
    assert told.err.startswith("usage: rmatch")


@pytest.mark.parametrize("command", ["", *VERBS])
def test_help_has_examples_and_exit_codes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*filter(None, [command]), "--help")
    assert stop.value.code == 0
    printed = capsys.readouterr().out
    assert "exit codes:" in printed
    assert f"  rmatch {command}" in printed
    assert max(map(len, printed.splitlines())) <= 120


# check


def test_check_prints_findings(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", people) == 0
    assert "somebody will stay out" in capsys.readouterr().out


def test_check_fails_with_errors(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programme = tmp_path / "programme.toml"
    programme.write_text('levels = ["Trainee", "Executive"]\n')
    assert run("check", people, "--programme", programme) == 1
    assert " errors:\n  people.csv, " in capsys.readouterr().out


# explain


def test_explain_a_pair(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matching = match(datasets.example(), seed="0")
    mentor, mentee = matching.pairs[0].mentor, matching.pairs[0].mentee
    assert run("explain", people, "--mentor", mentor, "--mentee", mentee) == 0
    assert capsys.readouterr().out == f"{matching.explain(mentor, mentee)}\n"
    assert (
        run("explain", people, "--mentor", mentor, "--mentee", mentee, "--audience", "participant")
        == 0
    )
    assert capsys.readouterr().out == f"{matching.explain(mentor, mentee, 'participant')}\n"


def test_explain_everything_about_a_person(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    matching = match(datasets.example(), seed="0")
    first, alone = matching.pairs[0], matching.unmatched[0]
    assert run("explain", people, "--person", first.mentee) == 0
    assert capsys.readouterr().out == f"{matching.explain(first.mentor, first.mentee)}\n"
    assert run("explain", people, "--person", alone.id) == 0
    assert capsys.readouterr().out == f"{alone.id} ({alone.role}): {alone.sentence}\n"


def test_a_participant_is_not_told_of_others(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = match(datasets.example(), seed="0").unmatched[0]
    assert run("explain", people, "--person", alone.id, "--audience", "participant") == 0
    told = "There is no partner for you in this round. Everybody whom you could meet was needed for somebody else."
    assert capsys.readouterr().out == f"{alone.id} ({alone.role}): {told}\n"


@pytest.mark.parametrize(
    "whom", [[], ["--mentor", "E12"], ["--mentor", "E12", "--mentee", "E01", "--person", "E12"]]
)
def test_explain_must_know_whom(
    people: Path, whom: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("explain", people, *whom) == 2
    assert "give --mentor and --mentee, or --person" in capsys.readouterr().err


def test_explain_names_every_unknown_id(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", people, "--mentor", "E1x", "--mentee", "E2x") == 2
    error = capsys.readouterr().err
    assert "'E1x'" in error
    assert "'E2x'" in error


# template


def test_template_can_be_matched(tmp_path: Path, pairs: Path) -> None:
    assert (
        run("template", tmp_path / "people.csv", "--dimension", "age band", "--dimension", "gender")
        == 0
    )
    assert set(read_people(tmp_path / "people.csv").dimensions) == {"age band", "gender"}
    assert run("match", tmp_path / "people.csv", "--out", pairs) == 0


def test_template_overwrites_nothing(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = people.read_bytes()
    assert run("template", people) == 2
    assert "is there already" in capsys.readouterr().err
    assert people.read_bytes() == before


# init


def uncommented(path: Path) -> str:
    """Return a file in which every suggestion is taken."""
    return re.sub(r"^#(?! )", "", path.read_text("utf-8"), flags=re.MULTILINE)


def test_init_says_what_is_missing_and_the_suggestions_do(
    tmp_path: Path, pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff, mapping, programme = (
        tmp_path / name for name in ("staff.csv", "mapping.toml", "programme.toml")
    )
    staff.write_text(STAFF)
    assert run("init", staff, "--out", tmp_path) == 0
    assert "staff.csv, role: the column is missing" in capsys.readouterr().out
    columns = tomllib.loads(mapping.read_text("utf-8"))["columns"]
    assert columns == {
        "id": "Employee number",
        "name": ["First name", "Last name"],
        "level": "Job level",
        "manager_id": "Manager ID",
        "years": "Years of service",
        "offers": "Skills",
        "wants": "Want to learn",
        "dimension:gender": "Gender",
        "CHECK": {"department": "Cost centre"},
    }
    mapping.write_text(uncommented(mapping), "utf-8")
    assert run("check", staff, "--mapping", mapping) == 2
    assert "columns.department: is marked CHECK" in capsys.readouterr().err
    mapping.write_text(mapping.read_text("utf-8").replace("CHECK.", ""), "utf-8")
    files = ("--mapping", mapping, "--programme", programme)
    assert run("check", staff, *files) == 2
    assert "programme, levels: is marked CHECK" in capsys.readouterr().err
    programme.write_text(programme.read_text("utf-8").replace("CHECK.", ""), "utf-8")
    assert run("check", staff, *files) == 0
    assert run("match", staff, *files, "--out", pairs) == 0
    assert made(pairs) == {("1001", "1005")}


def test_init_guesses_what_it_needs_when_there_are_roles(
    tmp_path: Path, pairs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(ROLES)
    assert run("init", staff, "--out", tmp_path / ".") == 0
    assert "1 mentor, 1 mentee, 1 both" in capsys.readouterr().out
    files = ("--mapping", tmp_path / "mapping.toml", "--programme", tmp_path / "programme.toml")
    assert run("match", staff, *files, "--out", pairs) == 0
    assert ("1", "2") in made(pairs) or ("3", "2") in made(pairs)


def test_init_never_says_that_consent_is_given(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(STAFF)
    mapping = draft(staff).mapping
    assert "consent" not in tomllib.loads(mapping)
    assert "#[consent]" in mapping
    assert "Woman" not in mapping


def test_init_orders_grades(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(STAFF)
    # The mean years and the words say different things here: nothing is read before somebody settles it.
    doubtful = tomllib.loads(draft(staff).programme)["CHECK"]["levels"]
    assert doubtful == ["Analyst", "Associate", "Manager", "Director", "Managing Director"]
    staff.write_text("ID,Grade\n1,Analyst\n2,Managing Director\n3,Director\n4,Associate\n")
    assert tomllib.loads(draft(staff).programme)["levels"] == [
        "Associate",
        "Analyst",
        "Director",
        "Managing Director",
    ]
    staff.write_text("ID,Grade,Years\n1,L2,9\n2,L1,9\n3,L3,20\n")
    assert tomllib.loads(draft(staff).programme)["levels"] == ["L1", "L2", "L3"]
    staff.write_text("ID,Grade,Years\n1,L3,2\n2,L1,20\n3,L2,10\n")
    assert tomllib.loads(draft(staff).programme)["levels"] == ["L3", "L2", "L1"]
    staff.write_text("ID,Grade,Years\n1,Blue,2\n2,Red,20\n3,Green,10\n")
    blue = tomllib.loads(draft(staff).programme)
    assert blue["CHECK"]["levels"] == ["Blue", "Green", "Red"]
    with pytest.raises(InvalidInputError, match="is it right, and in this order"):
        read_programme(blue)
    staff.write_text("ID,Grade,Years\n1,Blue,2\n2,Blue,20\n")
    assert tomllib.loads(draft(staff).programme)["levels"] == ["Blue"]
    staff.write_text("ID,Grade\n1,Blue\n2,Red\n")
    assert "levels" not in tomllib.loads(draft(staff).programme)
    assert '#levels = ["Blue", "Red"] ' not in draft(staff).programme
    assert '#levels = ["Blue", "Red"]' in draft(staff).programme


GERMAN = """\
Personalnr.;Vorname;Nachname;Dienstjahre;Ebene;Vorgesetzter;Standort;Abteilung;Kann;Möchte lernen;Geschlecht;Alter
101;Jörg;Groß;2;E1;301;Köln;Vertrieb;Python, Kurzvideos;Verhandeln;m;24
102;Änne;Weiß;1,5;E1;302;Köln;Daten;KI, Python;Budget;w;23
103;Uwe;Ott;3;E2;302;Jena;Daten;Barrierefreiheit, KI;;k. A.;27
104;Ute;Öz;5;E2;301;Jena;Vertrieb;Kurzvideos;Verhandeln, Budget;w;31
105;Eva;Abt;6;E22;301;Jena;Vertrieb;Python;Budget;w;33
201;Max;Ruß;12;E3;301;Köln;Vertrieb;Budget;KI;m;41
202;Mia;Süß;14;E3;302;Jena;Daten;Verhandeln;Python, KI;w;44
301;Kai;Löw;22;E4;401;Köln;Vertrieb;Verhandeln, Budget;Python, Kurzvideos;m;52
302;Lea;Fuß;25;E4;401;Jena;Daten;Budget;KI, Barrierefreiheit;w;55
401;Ida;Röhr;30;E5;999;Köln;Leitung;Verhandeln;Kurzvideos, KI;w;58
"""


@pytest.fixture
def german(tmp_path: Path) -> Path:
    path = tmp_path / "personal.csv"
    path.write_text(GERMAN, "cp1252")
    return path


def test_init_understands_a_german_export(german: Path, pairs: Path, tmp_path: Path) -> None:
    assert run("init", german, "--out", tmp_path) == 0
    mapping, programme = tmp_path / "mapping.toml", tmp_path / "programme.toml"
    said = tomllib.loads(mapping.read_text("utf-8"))
    assert said["columns"] == {
        "id": "Personalnr.",
        "name": ["Vorname", "Nachname"],
        "years": "Dienstjahre",
        "level": "Ebene",
        "manager_id": "Vorgesetzter",
        "site": "Standort",
        "department": "Abteilung",
        "offers": "Kann",
        "wants": "Möchte lernen",
        "dimension:geschlecht": "Geschlecht",
    }
    assert said["separators"] == {"offers": ",", "wants": ","}
    assert "k. a." in said["unknown"]
    mapping.write_text(uncommented(mapping), "utf-8")
    files = ("--mapping", mapping, "--programme", programme)
    assert run("check", german, *files) == 0
    assert run("match", german, *files, "--out", pairs) == 0
    assert {mentee for _, mentee in made(pairs)} <= {"301", "302", "401"}
    assert made(pairs)


def test_init_names_slips_and_does_not_build_them_in(german: Path) -> None:
    text = draft(german)
    assert tomllib.loads(text.programme)["levels"] == ["E1", "E2", "E3", "E4", "E5"]
    assert '# LEFT OUT: "E22", which only "105" has and may be a slip of "E2".' in text.programme
    assert '#"E22" = "E2" # CHECK: only "105" has it' in text.mapping
    assert '#Ebene = { equals = ["E1", "E2"] }' in text.mapping
    assert '#Ebene = { equals = ["E4", "E5"] }' in text.mapping
    assert '# CORRECT in the table: no row has the id "999", the manager of "401".' in text.mapping
    assert "unknown_managers" not in tomllib.loads(text.mapping)


def test_init_takes_many_managers_outside_for_the_habit_of_the_table(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    inside = "".join(f"{row},1\n" for row in range(2, 12))
    outside = "".join(f"{row},9{row}\n" for row in range(12, 18))
    staff.write_text(f"ID,Manager\n1,\n{inside}{outside}")
    assert tomllib.loads(draft(staff).mapping)["unknown_managers"] == "outside"
    staff.write_text(f"ID,Manager\n1,\n2,1\n{outside}")
    mapping = tomllib.loads(draft(staff).mapping)
    assert (
        "unknown_managers" not in mapping
    )  # the table is no chart of the staff: that is to be settled
    assert mapping["columns"]["CHECK"] == {"manager_id": "Manager"}


def test_init_asks_for_bands_of_exact_ages(german: Path, tmp_path: Path) -> None:
    text = draft(german)
    assert '# BANDS NEEDED: "Alter"' in text.mapping
    assert '#"dimension:alter" = "Alter"' in text.mapping
    assert tomllib.loads(text.programme)["criteria"]["diversity"]["dimensions"] == {
        "geschlecht": {}
    }
    assert "#[criteria.diversity.dimensions.alter]" in text.programme
    own = tmp_path / "own.csv"
    own.write_text("id,role,dimension:age\n1,mentor,23\n2,mentor,31\n3,mentee,52\n4,mentee,57\n")
    text = draft(own)
    assert tomllib.loads(text.mapping)["ignore"] == ["dimension:age"]
    assert "diversity" not in tomllib.loads(text.programme).get("criteria", {})
    assert "#[criteria.diversity]" in text.programme


@pytest.mark.parametrize(("different", "telling"), [(10, True), (8, True), (7, False), (2, False)])
def test_init_leaves_out_answers_in_words_that_differ_for_nearly_everybody(
    tmp_path: Path, different: int, telling: bool
) -> None:
    rows = [
        f"{row},{('mentor', 'mentee')[row % 2]},Place {'abcdefghij'[row % different]}"
        for row in range(10)
    ]
    staff = tmp_path / "staff.csv"
    staff.write_text("\n".join(["id,role,dimension:born in", *rows]))
    assert ("dimension:born in" in tomllib.loads(draft(staff).mapping).get("ignore", [])) is telling


def test_init_goes_by_the_cells_where_no_heading_tells(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(
        "Code,Above,Klass,List A,List B,Note\n"
        "a1,a4,K1,python|law,sales|budget,x\n"
        "a2,a4,K1,sales,python|law,x\n"
        "a3,a4,K2,law|sales,python,y\n"
        "a4,,K2,budget|python,law,y\n"
        "a5,a4,K2,budget,sales|law,y\n"
    )
    mapping = draft(staff).mapping
    assert tomllib.loads(mapping)["columns"] == {
        "CHECK": {
            "id": "Code",
            "manager_id": "Above",
            "level": "Klass",
            "offers": "List A",
            "wants": "List B",
        }
    }
    assert tomllib.loads(mapping)["separators"] == {"offers": "|", "wants": "|"}
    assert mapping.count("guessed from its cells") == 3
    assert mapping.count("which is taught?") == 2
    staff.write_text(staff.read_text().replace("List B", "Wants"))
    mapping = draft(staff).mapping
    assert tomllib.loads(mapping)["columns"]["CHECK"]["offers"] == "List A"
    assert tomllib.loads(mapping)["columns"]["wants"] == "Wants"
    assert "which is taught?" not in mapping


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Years in work", "years"),
        ("Manager no.", "manager_id"),
        ("Personal-Nr", "id"),
        ("Führungskraft", "manager_id"),
        ("Souhaite apprendre", "wants"),
        ("Compétences", "offers"),
        ("N° employé", "id"),
        ("Años de experiencia", "years"),
        ("Puede enseñar", "offers"),
        ("Género", "dimension:género"),
    ],
)
def test_init_knows_headings_of_four_languages(header: str, field: str) -> None:
    heard = meaning(header)
    assert heard is not None
    assert heard[0] == field


def test_init_with_a_mapping_writes_only_the_programme(
    german: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping, programme = tmp_path / "mine.toml", tmp_path / "programme.toml"
    text = re.sub(r"^#(?! )", "", draft(german).mapping, flags=re.MULTILINE)
    mapping.write_text(text, "utf-8")
    before = set(tmp_path.iterdir())
    assert run("init", german, "--mapping", mapping, "--out", tmp_path) == 0
    assert set(tmp_path.iterdir()) - before == {programme}
    assert mapping.read_text("utf-8") == text
    assert f"Written: {programme}. " in capsys.readouterr().out
    assert read_programme(programme).levels == ("E1", "E2", "E3", "E4", "E5")
    assert "logistics" not in tomllib.loads(programme.read_text("utf-8"))["criteria"]
    assert "E22" not in programme.read_text("utf-8")
    assert run("check", german, "--mapping", mapping, "--programme", programme) == 0


def test_init_with_a_mapping_that_does_not_fit_writes_nothing(
    german: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text('[columns]\nid = "Nr"\n')
    assert run("init", german, "--mapping", tmp_path / "mine.toml", "--out", tmp_path) == 2
    assert "Nr" in capsys.readouterr().err
    assert not (tmp_path / "programme.toml").exists()


def test_init_says_once_that_there_is_no_directory(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("init", people, "--out", tmp_path / "nowhere") == 2
    assert capsys.readouterr().err.startswith("rmatch: 1 fault in the input:")
    assert not (tmp_path / "nowhere").exists()


def test_init_ignores_a_role_that_is_a_job(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text("id,role,years\n1,Developer,2\n2,Director,20\n")
    mapping = tomllib.loads(draft(staff).mapping)
    assert mapping["ignore"] == ["role"]
    mapping["roles"] = {
        "mentor": [{"years": {"at_most": 5}}],
        "mentee": [{"years": {"at_least": 15}}],
    }
    assert [person.role for person in read_people(staff, mapping=mapping)] == ["mentor", "mentee"]


def test_init_writes_headers_that_are_no_plain_text(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(
        '"ID","a ""b""\n[roles]\nx = 1","Gender \\ identity",role\n1,x,y,mentor\n2,x,y,mentee\n'
    )
    mapping = tomllib.loads(draft(staff).mapping)
    assert set(mapping) == {"columns"}
    assert read_programme(tomllib.loads(draft(staff).programme)).name == ""


HEADERS = (
    st.sampled_from(
        [header for headers in SYNONYMS.values() for header in headers] + ["consent", "Cost"]
    )
    | st.text()
)
CELLS = (
    st.sampled_from(["", "-", "7", "mentor", "a, b", "a:b;c:9", "5 to 10", "Director", "L3"])
    | st.text()
)


@given(
    st.lists(st.dictionaries(HEADERS.filter(str.strip), CELLS, max_size=6), min_size=1, max_size=4)
)
@examples(150)
def test_what_init_writes_is_understood_whatever_the_table(records: list[dict[str, str]]) -> None:
    guess = Guess(tabulate_records("the list", records))
    mapping, programme = (
        tomllib.loads(mapping_text(guess, "x")),
        tomllib.loads(programme_text(guess, "x")),
    )
    assert translations(taken_as_right(mapping), ())
    read_programme(taken_as_right(programme))


def test_init_reads_the_example_as_it_is(people: Path, tmp_path: Path) -> None:
    text = draft(people)
    (tmp_path / "mapping.toml").write_text(text.mapping, "utf-8")
    (tmp_path / "programme.toml").write_text(text.programme, "utf-8")
    assert read_people(people, mapping=tmp_path / "mapping.toml") == datasets.example()
    assert read_programme(tmp_path / "programme.toml").levels == datasets.LEVELS


@pytest.mark.parametrize("name", ["mapping.toml", "programme.toml"])
def test_init_overwrites_nothing(
    people: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (people.parent / name).write_text("mine")
    assert run("init", people, "--out", people.parent) == 2
    assert f"{name}' is there already" in capsys.readouterr().err
    assert (people.parent / name).read_text() == "mine"
    assert len(list(people.parent.iterdir())) == 2


# demo


def test_demo_shows_all_that_matters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo") == 0
    printed = capsys.readouterr().out
    matching = match(datasets.example(), datasets.example_programme())
    assert all(
        re.search(
            rf"{pair.mentor} .* {pair.mentee} .* {matching.unit.of_100(pair.points)} ", printed
        )
        for pair in matching.pairs
    )
    assert all(
        f"{reason.id} ({reason.role}): {reason.sentence}" in printed
        for reason in matching.unmatched
    )
    assert "10 pairs verified" in printed
    assert "Both speak English" in printed
    assert "rmatch template people.csv" in printed
    assert len(printed.splitlines()) <= 70
    assert max(map(len, printed.splitlines())) <= 110


def test_the_programme_of_the_example_fits_its_people() -> None:
    programme = datasets.example_programme()
    assert programme.levels == datasets.LEVELS
    assert not match(datasets.example(), programme).without_data


# a real process


def test_a_process_matches(people: Path, pairs: Path) -> None:
    done = process("match", people, "--out", pairs)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(rows(pairs)) == 10


def test_a_process_reports_bad_input_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,role\na,mentro\n")
    done = process("match", tmp_path / "people.csv", "--out", tmp_path / "pairs.csv")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"mentro" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_process_writes_to_any_terminal() -> None:
    done = process("demo", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"rmatch template people.csv" in done.stdout


def test_a_reader_may_leave() -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    command = [sys.executable, "-m", "rmatch", "demo"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 141


def test_a_first_interrupt_while_writing_is_answered_and_a_second_one_stops(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        own = signal.signal(number, signal.default_int_handler)
        with patience("the result is being written"):
            signal.raise_signal(number)
            assert "press Ctrl-C again" in capsys.readouterr().err
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(number)
        assert signal.signal(number, own) is signal.default_int_handler


def test_a_first_signal_asks_a_run_to_end_and_what_has_nothing_to_show_is_interrupted() -> None:
    own = signal.signal(signal.SIGTERM, signal.default_int_handler)
    with asking() as asked:
        signal.raise_signal(signal.SIGTERM)
        assert asked.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)

    def nothing_to_show(*, told: bool) -> None:
        with asking() as asked:
            if told:
                signal.raise_signal(signal.SIGTERM)
            lottery(example(), cap="1/2", max_seconds=0, cancel=asked)

    with pytest.raises(KeyboardInterrupt):
        nothing_to_show(told=True)
    with pytest.raises(StopError):
        nothing_to_show(told=False)
    signal.signal(signal.SIGTERM, own)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_long_run_draws_a_bar_on_a_terminal(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    pytest.importorskip("tqdm")
    import pty

    write_people(datasets.workforce(400, 400), tmp_path / "people.csv")
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "rmatch",
        "match",
        str(tmp_path / "people.csv"),
        "--out",
        str(tmp_path / "pairs.csv"),
    ]
    done = subprocess.run(command, stderr=theirs, stdout=subprocess.DEVNULL, check=False)
    os.close(theirs)
    assert done.returncode == 0
    assert b"places, " in os.read(ours, 100_000)
    os.close(ours)


def test_a_large_result_is_written_without_its_matrix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    people = datasets.workforce(60, 40)
    plain = match(people)
    plain.to_table(tmp_path / "plain.csv")
    monkeypatch.setattr(columns, "COLUMNS_CELLS", 1)
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
    monkeypatch.setattr(scoring, "LOOKED_AT", 100)
    large = match(people)
    monkeypatch.setattr(scored_points, "WHOLE", 0)
    large.to_table(tmp_path / "large.csv")
    assert (tmp_path / "large.csv").read_bytes() == (tmp_path / "plain.csv").read_bytes()
    assert large.explain(large.pairs[0].mentor, large.pairs[0].mentee, "participant").sentences


def test_match_says_the_price_of_fair_places_when_asked(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "result.json"
    assert run("match", people, "--out", out, "--price-of-fair-places") == 0
    price = match(datasets.example(), seed="0").price_of_fair_places()
    assert str(price) in capsys.readouterr().out
    written = json.loads(out.read_text("utf-8"))["price_of_fair_places"]
    assert price.to_dict().items() <= written.items()


def test_a_price_of_fair_places_that_there_is_not_is_refused_before_anything_is_solved(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    programme, out = tmp_path / "programme.toml", tmp_path / "pairs.csv"
    programme.write_text('objective = "max_min"\n', "utf-8")
    asked = ("--programme", programme, "--price-of-fair-places")
    assert run("match", people, "--out", out, *asked) == 2
    assert "prices are in points, and the objective is 'max_min'" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("given", "collects"), [("", False), ('["--help"]', True)])
def test_the_collector_rests_in_a_process_of_its_own_only(given: str, collects: bool) -> None:
    # What is to be done at the end is done last come, first served: this is asked after main has had its say.
    code = (
        "import atexit, gc, sys; from rmatch.cli import main; sys.argv = ['rmatch', '--help']\n"
        "atexit.register(lambda: print(gc.isenabled(), gc.get_freeze_count() == 0))\n"
        f"try: main({given})\nexcept SystemExit: pass"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-2:] == [str(collects), str(collects)]


@pytest.mark.parametrize("command", ["verify", "fairness", "lottery"])
def test_who_has_no_answer_when_stopped_promises_none(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "give up after about S seconds, without an answer" in told
