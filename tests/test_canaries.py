"""A canary in every private field: whatever goes wrong, and whatever is shown to whom, none of them comes out."""

from __future__ import annotations

import csv
import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

import rmatch
from rmatch.cli import main
from rmatch.cli.verbs import VERBS
from rmatch.people import Request, Requests
from rmatch.testing.adversaries import Aviary, escaped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRIVATE = (
    "name",
    "email",
    "lived_topics",
    "dimension:gender",
    "consent:gender",
    "consent:lived_topics",
)
SHAPES: dict[str, Callable[[str], Any]] = {
    "text": lambda canary: canary,
    "list": lambda canary: [canary, [canary]],
    "object": lambda canary: {"value": canary},
    "key": lambda canary: {canary: 1},
    "keys": lambda canary: {"a": {canary: [canary]}, canary: {"b": 1}},
    "bytes": lambda canary: canary.encode(),
    "long": lambda canary: canary * 20_000,
    "control": lambda canary: f"{canary}\x00\x1b[31m",
    "colon": lambda canary: f"{canary}:99; {canary}:98",
}


def _rows(aviary: Aviary, number: int = 4) -> list[dict[str, Any]]:
    """Return people with a canary in each private field, and one that was not released in each question."""
    return [
        {
            "id": f"E{at}",
            "role": ("mentor", "mentee")[at % 2],
            "years": (2, 20)[at % 2],
            "offers": "python",
            "wants": "python; negotiation",
            "name": aviary.new("name"),
            "email": f"{aviary.new('email')}@firm.example",
            "lived_topics": aviary.new("lived topic"),
            "dimension:gender": aviary.new("gender"),
            "consent:gender": "match; report",
            "dimension:faith": aviary.new("faith, not released"),
            "consent:faith": "",
            "extra:club": aviary.new("club"),
        }
        for at in range(number)
    ]


def _told(read: Any) -> list[Any]:
    try:
        people = read()
    except rmatch.RmatchError as error:
        return [error, error.args, getattr(error, "understood", "")]
    return [people.notes, people, people.understood]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("field", PRIVATE)
def test_no_error_shows_a_private_value(field: str, shape: str) -> None:
    aviary = Aviary()
    rows = _rows(aviary)
    rows[1][field] = SHAPES[shape](aviary.new(f"{field} that is no good"))
    assert escaped(aviary, _told(lambda: rmatch.read_people(rows))) == set()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("mapped", [False, True])
def test_the_first_row_of_a_file_without_headers_is_somebody(
    kind: str, mapped: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aviary = Aviary()
    rows = [list(row.values()) for row in _rows(aviary)]
    people, mapping = tmp_path / f"people.{kind}", tmp_path / "mapping.toml"
    if kind == "csv":
        with people.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(people)
    else:
        people.write_text(json.dumps(rows), "utf-8")
    mapping.write_text('[columns]\nid = "Number"\nrole = "Role"\n', "utf-8")
    for command in ("check", "match"):
        given = [command, str(people), *(["--mapping", str(mapping)] if mapped else [])]
        code = main(
            [*given, *(["--out", str(tmp_path / "pairs.csv")] if command == "match" else [])]
        )
        assert code in {1, 2}
    told = capsys.readouterr()
    assert escaped(aviary, told.out, told.err) == set()


def test_two_cells_alike_in_the_first_row_are_not_told(tmp_path: Path) -> None:
    aviary = Aviary()
    row = [*next(iter(_rows(aviary))).values()]
    (tmp_path / "people.csv").write_text(",".join(map(str, [*row, *row])) + "\n1,2\n", "utf-8")
    assert escaped(aviary, _told(lambda: rmatch.read_people(tmp_path / "people.csv"))) == set()


def test_roles_do_not_follow_from_what_nobody_may_match_by() -> None:
    mapping = {
        "columns": {"id": "No", "dimension:gender": "Gender", "consent:gender": "OK"},
        "roles": {
            "mentor": [{"Gender": {"equals": "woman"}}],
            "mentee": [{"Gender": {"not_equals": "woman"}}],
        },
    }

    def roles(answer: str, consent: str) -> list[str]:
        rows = [
            {"No": "a", "Gender": answer, "OK": consent},
            {"No": "b", "Gender": "woman", "OK": "match"},
            {"No": "c", "Gender": "man", "OK": "match"},
        ]
        return [person.role for person in rmatch.read_people(rows, mapping=mapping)]

    assert roles("woman", "match; report") == ["mentor", "mentor", "mentee"]
    for consent in ("", "report"):
        assert roles("woman", consent) == roles("man", consent) == roles("", consent)


def test_nothing_else_is_read_from_what_nobody_may_match_by() -> None:
    mapping = {
        "columns": {
            "id": "No",
            "years": "Age",
            "dimension:age": "Age",
            "extra:gender": "Gender",
            "dimension:gender": "Gender",
            "consent:gender": "OK",
        }
    }
    rows = [
        {"No": "a", "role": "mentor", "Age": "25", "Gender": "woman", "OK": "report"},
        {"No": "b", "role": "mentee", "Age": "55", "Gender": "man", "OK": "match"},
    ]
    people = rmatch.read_people(rows, mapping=mapping)
    assert [(person.years, person.extra) for person in people] == [
        (None, {}),
        (None, {"gender": "man"}),
    ]
    assert people.person(0).dimensions == {"gender": ("woman",)}
    agreed = rmatch.read_people(
        rows, mapping=mapping | {"consent": {"age": "match", "reason": "asked"}}
    )
    assert [person.years for person in agreed] == [25, 55]


def test_nothing_private_is_in_what_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aviary = Aviary()
    rows = _rows(aviary, 7)
    wish = Request("E0", "E1", "wish")
    lock = Request("E2", "E3", "lock", override_reason=aviary.new("reason of a lock"))
    people = rmatch.read_people(rows)
    matching = rmatch.match(people, rmatch.Programme(rules=()), Requests((wish, lock)))
    participants = [
        matching.explain(pair.mentor, pair.mentee, "participant") for pair in matching.pairs
    ]
    report = matching.fairness()
    report.to_json(tmp_path / "fairness.json")
    report.to_html(tmp_path / "fairness.html")
    matching.to_table(tmp_path / "people.csv", "people")
    reports = [path.read_text("utf-8") for path in sorted(tmp_path.iterdir())]
    assert escaped(aviary, participants, report, *reports) == set()
    matching.to_html(tmp_path / "round.html", previous=matching)
    # On whose word a pair may break rules is told to the organiser, and to nobody else.
    page = (tmp_path / "round.html").read_text("utf-8")
    assert escaped(aviary, page) == {"reason of a lock"}
    assert escaped(aviary, people, people.notes, people.understood, matching) == set()
    assert escaped(aviary, [reason.sentence for reason in matching.unmatched]) == set()
    assert escaped(aviary, *rmatch.check(people)) == set()
    assert capsys.readouterr().out == ""


def test_the_log_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    aviary = Aviary()
    rows = [row | {"id": aviary.new("id")} for row in _rows(aviary, 8)]
    with caplog.at_level(logging.DEBUG):
        people = rmatch.read_people(rows)
        lock = Request(people.id[0], people.id[1], "lock", override_reason=aviary.new("reason"))
        programme, seed = (
            rmatch.Programme(rules=(), name=aviary.new("programme")),
            aviary.new("seed"),
        )
        matching = rmatch.match(people, programme, Requests((lock,)), seed=seed)
        rmatch.verify(matching)
        matching.fairness()
        matching.alternatives(people.id[0])
        str(matching.stand_ins(accept=dict.fromkeys(people.id, 0.5)))
        rmatch.check(people)
        rmatch.lottery(people, programme, cap="1/2", seed=seed)
        rmatch.frontier(people, programme, alphas=[1])
        with pytest.raises(rmatch.InfeasibleError):
            rmatch.match(people, rmatch.Programme(mentor_minimum=4, mentor_capacity=4))
        with pytest.raises(rmatch.InvalidInputError):
            rmatch.read_people([row | {"years": aviary.new("years")} for row in rows])
    assert len(caplog.records) > 20
    assert {record.name for record in caplog.records} == {"rmatch"}
    assert escaped(aviary, caplog.text, [record.args for record in caplog.records]) == set()


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in {"template", "demo"}])
def test_no_command_says_what_is_private(
    verb: str,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    aviary = Aviary()
    (tmp_path / "people.json").write_text(json.dumps({"people": _rows(aviary)}), "utf-8")
    (tmp_path / "open.toml").write_text("[rules]", "utf-8")
    (tmp_path / "high.toml").write_text("min_points = 1000000\n[rules]", "utf-8")
    (tmp_path / "catalogue.toml").write_text("min_points = 1", "utf-8")
    (tmp_path / "changes.toml").write_text('drop = ["E0"]', "utf-8")
    kept = rmatch.match(rmatch.read_people("people.json"), rmatch.read_programme("open.toml"))
    kept.to_json("round.json")
    rmatch.plan(kept.people, replace(kept.programme, mentee_capacity=3), rounds=2, gap=0).to_json(
        "plan.json"
    )
    asked = {
        "verify": "round.json people.json",
        "bundle": "round.json --out round.zip --inputs people.json",
        "explain": "round.json people.json --person E0",
        "alternatives": "people.json --person E0 --programme open.toml",
        "rematch": "round.json --people people.json",
        "diff": "round.json round.json --people people.json",
        "plan": "people.json --rounds 1 --programme open.toml",
        "replan": "plan.json --after 1 --people people.json",
        "lottery": "people.json --cap 1/2 --programme open.toml",
        "init": "people.json",
        "fix": "people.json --catalogue catalogue.toml --programme high.toml",
        "what-if": "people.json --changes changes.toml --programme open.toml",
        "report": "round.json people.json --previous round.json --out round.html",
        "board": "round.json people.json --out board.html",
        "slips": "round.json people.json --out slips --table slips.csv",
    }
    line = asked.get(verb, "people.json --programme open.toml")
    assert main([verb, *line.split(), "--format", form]) == 0
    told = capsys.readouterr()
    assert told.out
    assert escaped(aviary, told.out, told.err) == set()
    for page in tmp_path.glob("*.html"):
        assert escaped(aviary, page.read_text("utf-8")) == set()
    sent = [path.read_text("utf-8") for path in tmp_path.glob("slips*/*")]
    sent += [path.read_text("utf-8") for path in tmp_path.glob("slips.csv")]
    assert escaped(aviary, *sent) == set()
    assert bool(sent) == (verb == "slips")


def test_the_reason_of_somebody_without_partner_names_nobody_else() -> None:
    matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
    assert matching.unmatched
    for reason in matching.unmatched:
        others = {*matching.people.id} - {reason.id}
        assert not any(other in reason.sentence for other in others)
        assert "points" not in reason.sentence


def test_what_is_private_does_come_out_where_it_is_asked_for(tmp_path: Path) -> None:
    """The canaries sing: a test that hears none would hear none anyway."""
    aviary = Aviary()
    matching = rmatch.match(rmatch.read_people(_rows(aviary)), rmatch.Programme(rules=()))
    matching.to_json(tmp_path / "all.json", include=["name", "email"])
    assert escaped(aviary, (tmp_path / "all.json").read_text("utf-8")) == {"name", "email"}
    matching.to_html(tmp_path / "page.html", include=["name"])
    assert escaped(aviary, (tmp_path / "page.html").read_text("utf-8")) == {"name"}
