"""What the command line says as JSON is what Python returns, for every verb; and so are errors, in one shape."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch import datasets, read_people, read_programme
from rmatch.cli import main
from rmatch.cli.options import PEOPLE
from rmatch.cli.verbs import VERBS
from rmatch.errors import RmatchError
from rmatch.io import write_people
from rmatch.utils.documents import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Asked = tuple[str, Callable[[], Any]]

MATCHING = rmatch.match(datasets.example(), seed="0")
FIRST, SECOND = MATCHING.pairs[:2]
ALONE = MATCHING.unmatched[0]
QUOTA = """\
justification = "agreed"
quotas = [{ kind = "pairs", dimension = "gender", pairs = "different", at_least = 1 }]
"""


def people() -> rmatch.People:
    return read_people("people.csv")


def matched(**options: Any) -> rmatch.Matching:
    return rmatch.match(people(), **{"seed": "0"} | options)


def drawn() -> dict[str, Any]:
    lottery = rmatch.lottery(people(), cap="1/2", seed="0")
    return lottery.to_dict() | {"draw": {"seed": "spring", "pairs": plain(lottery.draw("spring"))}}


def swept() -> Any:
    programme = read_programme("quota.toml")
    return rmatch.frontier(
        people(), programme, quota=programme.quotas[0], values=[7, 8], seed="0"
    ).to_dict()


CASES: dict[str, Asked] = {
    "match": ("match people.csv --seed spring", lambda: matched(seed="spring").to_dict()),
    "match: piped": ("match people.csv --out -", lambda: matched().to_dict()),
    "match: written": (
        "match people.csv --out pairs.csv --price-of-fair-places",
        lambda: matched().to_dict(),
    ),
    "check": ("check people.csv", lambda: rmatch.check(people()).to_dict()),
    "score": ("score people.csv", lambda: rmatch.score(people()).to_dict()),
    "explain": (
        f"explain people.csv --mentor {FIRST.mentor} --mentee {SECOND.mentee}",
        lambda: matched().explain(FIRST.mentor, SECOND.mentee).to_dict(),
    ),
    "explain: person": (
        f"explain people.csv --person {FIRST.mentor} --audience participant",
        lambda: {
            "explanations": [
                matched().explain(FIRST.mentor, FIRST.mentee, "participant").to_dict()
            ],
            "unmatched": [],
        },
    ),
    "explain: alone": (
        f"explain people.csv --person {ALONE.id}",
        lambda: {"explanations": [], "unmatched": [matched().unmatched[0].to_dict()]},
    ),
    "alternatives": (
        f"alternatives people.csv --person {FIRST.mentor} --most 2",
        lambda: {"alternatives": plain(matched().alternatives(FIRST.mentor, 2))},
    ),
    "fairness": ("fairness people.csv", lambda: matched().fairness().to_dict()),
    "frontier": (
        "frontier people.csv --alphas 1",
        lambda: rmatch.frontier(people(), alphas=[1], seed="0").to_dict(),
    ),
    "frontier: quota": (
        "frontier people.csv --programme quota.toml --quota 1 --values 7,8",
        swept,
    ),
    "lottery": (
        "lottery people.csv --cap 1/3 --spread 1/2",
        lambda: rmatch.lottery(people(), cap="1/3", spread="1/2", seed="0").to_dict(),
    ),
    "lottery: drawn": ("lottery people.csv --cap 1/2 --draw spring", drawn),
    "template": ("template new.csv", lambda: {"written": ["new.csv"]}),
    "init": (
        "init people.csv",
        lambda: {
            "written": ["mapping.toml", "programme.toml"],
            "to_do": [],
            "next": [
                "rmatch",
                "check",
                "people.csv",
                "--mapping",
                "mapping.toml",
                "--programme",
                "programme.toml",
            ],
        },
    ),
    "demo": (
        "demo",
        lambda: rmatch.match(datasets.example(), datasets.example_programme()).to_dict(),
    ),
}
"""For every verb: what is asked, and how Python says it."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_people(datasets.example(), "people.csv")
    (tmp_path / "quota.toml").write_text(QUOTA, "utf-8")
    return tmp_path


def test_no_verb_is_forgotten() -> None:
    assert {case.split(":")[0] for case in CASES} == set(VERBS)


@pytest.mark.parametrize("case", CASES)
def test_json_is_what_python_returns(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    line, expected = CASES[case]
    assert main([*line.split(), "--format", "json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == expected()
    assert all(line.startswith("rmatch: ") for line in told.err.splitlines())


@pytest.mark.parametrize("case", CASES)
def test_text_is_for_people(case: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line, _ = CASES[case]
    assert main(line.split()) == 0
    told = capsys.readouterr().out
    assert told.strip()
    with pytest.raises(json.JSONDecodeError):
        json.loads(told)


@pytest.mark.parametrize("verb", VERBS)
def test_wrong_usage_is_json_too(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--no-such-option", "--format=json"]) == 2
    told = capsys.readouterr()
    failure = json.loads(told.err)
    assert (failure["error"], failure["exit_code"], told.out) == ("usage", 2, "")
    assert "rmatch" in failure["message"]


READERS = [
    verb for verb in VERBS if set(PEOPLE) <= {name for one in VERBS[verb].options for name in one}
]
WHOM = {
    "explain": ["--person", FIRST.mentor],
    "alternatives": ["--person", FIRST.mentor],
    "lottery": ["--cap", "1"],
}


@pytest.mark.parametrize("verb", READERS)
def test_faults_are_listed_as_json(
    verb: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wrong.csv").write_text("id,role,years\na,mentro,-3\n", "utf-8")
    with pytest.raises(rmatch.InvalidInputError) as wrong:
        read_people("wrong.csv")
    assert main([verb, "wrong.csv", *WHOM.get(verb, []), "--format", "json"]) == 2
    told = capsys.readouterr()
    failure = json.loads(told.err)
    assert failure["error"] == "invalid_input"
    assert failure["faults"] == plain(wrong.value.faults)
    # `check` says what it understood all the same, and the faults as findings.
    assert bool(told.out) == (verb == "check")


@pytest.mark.parametrize("verb", READERS)
def test_every_verb_reads_the_standard_input(
    verb: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = (folder / "people.csv").read_bytes()
    told = []
    for source in ("people.csv", "-"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert main([verb, source, *WHOM.get(verb, []), "--format", "json"]) == 0
        told.append(capsys.readouterr().out.replace("people.csv", "the standard input"))
    assert told[0] == told[1]


@pytest.mark.parametrize("option", ["--mapping", "--programme", "--requests", "--previous"])
def test_settings_come_through_the_standard_input(
    option: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = {"mentor": ALONE.id, "mentee": FIRST.mentee}
    documents = {
        "--mapping": (".toml", '[columns]\nid = "id"\nrole = "role"\nyears = "years"\n'),
        "--programme": (".json", '{"name": "piped", "min_points": 600000}'),
        "--requests": (".json", json.dumps([pair | {"kind": "lock"}])),
        "--previous": (".json", json.dumps(MATCHING.to_dict())),
    }
    ending, text = documents[option]
    (folder / f"given{ending}").write_text(text, "utf-8")
    told = []
    for source in (f"given{ending}", "-"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert main(["match", "people.csv", option, source, "--format", "json"]) == 0
        told.append(json.loads(capsys.readouterr().out)["pairs"])
    assert told[0] == told[1] != plain(MATCHING.pairs)


def test_the_standard_input_is_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-", "--programme", "-"]) == 2
    assert "the standard input is given more than once" in capsys.readouterr().err


def test_a_table_is_printed_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "people.csv", "--out", "pairs.csv"]) == 0
    capsys.readouterr()
    assert main(["match", "people.csv", "--out", "-"]) == 0
    printed = capsys.readouterr().out.encode()
    assert printed == (folder / "pairs.csv").read_bytes().removeprefix(b"\xef\xbb\xbf")


def test_match_without_out_only_looks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(folder.iterdir())
    assert main(["match", "people.csv"]) == 0
    told = capsys.readouterr().out
    assert FIRST.mentor in told
    assert told.endswith("Nothing is written: --out says where to.\n")
    assert sorted(folder.iterdir()) == before


def test_who_is_concerned_stands_in_the_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{FIRST.mentor},{each.mentee},lock" for each in (FIRST, SECOND)]
    (folder / "locks.csv").write_text("\n".join(["mentor,mentee,kind", *rows]), "utf-8")
    assert main(["match", "people.csv", "--requests", "locks.csv", "--format", "json"]) == 1
    failure = json.loads(capsys.readouterr().err)
    assert (failure["error"], failure["exit_code"]) == ("infeasible", 1)
    assert FIRST.mentor in failure["people"]


@pytest.mark.parametrize(
    ("error", "kind", "code", "faults"),
    [
        (rmatch.VerificationError(["the total is wrong", "a lock"]), "not_verified", 1, 2),
        (ModuleNotFoundError("install it"), "not_installed", 2, 0),
        (OSError(13, "Permission denied", "people.csv"), "system", 2, 0),
        (KeyboardInterrupt(), "interrupted", 130, 0),
        (RmatchError("no time"), "stopped", 2, 0),
    ],
)
def test_whatever_goes_wrong_has_one_shape(
    error: BaseException,
    kind: str,
    code: int,
    faults: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("rmatch.cli.verbs.match.match", fail)
    assert main(["match", "people.csv", "--format", "json"]) == code
    failure = json.loads(capsys.readouterr().err)
    assert list(failure) == ["error", "message", "exit_code", "faults", "people"]
    assert (failure["error"], failure["exit_code"]) == (kind, code)
    assert len(failure["faults"]) == faults


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"rmatch {rmatch.__version__}\n"
