"""What people read on the command line: points of 100, names where they are asked for, all pairs in an order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import rmatch
from rmatch.cli import main
from rmatch.criteria import Custom, Matrix
from rmatch.io import write_people

EXAMPLE = rmatch.datasets.example()
MATCHING = rmatch.match(EXAMPLE)
NAMES = dict(zip(EXAMPLE.id, EXAMPLE.name, strict=True))
PAIR = MATCHING.pairs[0]
ALONE = MATCHING.unmatched[0]
TWO = f"--mentor {PAIR.mentor} --mentee {PAIR.mentee}"
ABOUT = {
    "match": "match people.csv --requests none.csv",
    "show": "show round.json people.csv",
    "explain": f"explain round.json people.csv {TWO}",
    "explain, no pair": f"explain round.json people.csv --mentor {PAIR.mentor} --mentee {MATCHING.pairs[1].mentee}",
    "explain, a person": f"explain round.json people.csv --person {PAIR.mentor}",
    "explain, alone": f"explain round.json people.csv --person {ALONE.id}",
    "explain, to the two": f"explain round.json people.csv {TWO} --audience participant",
    "alternatives": f"alternatives round.json people.csv --person {PAIR.mentor}",
    "stand-ins": "stand-ins round.json people.csv",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_people(EXAMPLE, "people.csv")
    MATCHING.to_json("round.json")
    (tmp_path / "none.csv").write_text("mentor,mentee,kind\n", "utf-8")


def printed(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(line.split()) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("case", ABOUT)
def test_people_are_called_by_their_names_where_it_is_asked_for(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, named = printed(ABOUT[case], capsys), printed(f"{ABOUT[case]} --with name", capsys)
    assert not any(name in plain for name in NAMES.values() if name)
    bare = named
    for person, name in NAMES.items():
        bare = bare.replace(f"{name} ({person})", person)
    ids = re.compile(r"\bE\d\d\b")
    assert ids.findall(bare) == ids.findall(plain) != []
    # Wherever an id stands, there is the name.
    assert len(re.findall(r"\(E\d\d\)", named)) == len(ids.findall(plain))


def test_names_that_nobody_has_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    table = [{"id": "a", "role": "mentor", "years": 1}, {"id": "x", "role": "mentee", "years": 20}]
    write_people(rmatch.read_people(table), "nameless.csv")
    assert main(["show", "nameless.csv", "--with", "name"]) == 2
    assert "--with, name: the people have none; leave it out" in capsys.readouterr().err


def test_a_round_is_listed_whole_and_the_least_good_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = rmatch.datasets.workforce(40, 40)
    rmatch.match(people).to_json("large.json")
    matching = rmatch.read_matching("large.json")
    told = printed("show large.json --points exact", capsys)
    rows = re.findall(r"^  (\S+) +(\S+) +([\d\xa0]+)$", told, re.MULTILINE)
    points = [int(worth.replace("\xa0", "")) for _, _, worth in rows]
    assert points == sorted(pair.points for pair in matching.pairs)
    assert len(points) > 25
    assert {(mentor, mentee) for mentor, mentee, _ in rows} == matching.id_pairs
    assert "more in" not in told


def test_a_participant_without_a_partner_reads_what_may_be_sent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = f"explain round.json people.csv --person {ALONE.id} --audience participant"
    told = printed(line, capsys)
    assert told.startswith(f"{ALONE.id} (mentor): There is no partner for you in this round. ")
    assert "Everybody whom you could meet was needed for somebody else." in told
    (sent,) = (slip.alone for slip in MATCHING.slips().slips if slip.id == ALONE.id)
    assert sent == ("needed_elsewhere",)


def test_lines_of_100_add_up_and_whole_points_are_there_on_request(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for option, unit, most in (("", r" of 100", 100), (" --points exact", r" points", 1_000_000)):
        told = printed(f"explain round.json {TWO}{option}", capsys)
        head = re.match(rf"\S+ with \S+: ([\d\xa0]+){unit}\n", told)
        assert head
        worth, *parts = (
            int(figure.replace("\xa0", ""))
            for figure in (head[1], *re.findall(r"^  .+?  +([\d\xa0]+)  \S", told, re.MULTILINE))
        )
        assert sum(parts) == worth == round(PAIR.points * most / 1_000_000)


def test_points_in_units_of_ones_own_are_told_beside_the_best_pair_of_the_round() -> None:
    worth = Custom("worth", Matrix([[3, 0], [0, 4]], ["a", "b"], ["x", "y"]))
    rows = [{"id": one, "role": "mentor" if one in "ab" else "mentee"} for one in "abxy"]
    programme = rmatch.Programme(criteria=(worth,), rules=())
    matching = rmatch.match(rmatch.read_people(rows), programme)
    assert str(matching).startswith("2 pairs, on average 88 of 100")
    assert str(matching.explain("a", "x")).startswith("a with x: 75 of 100\n")
    assert "(75 lower, 175 lower in all)" in str(matching.explain("a", "x"))


def test_numbers_are_grouped_by_one_function() -> None:
    """A comma between thousands is a mark of decimals to half of the readers."""
    source = Path(rmatch.__file__).parent
    commas = re.compile(r"\{[^{}\n]*:,[^{}\n]*\}")
    found = [path.name for path in source.rglob("*.py") if commas.search(path.read_text("utf-8"))]
    assert found == ["text.py"]
