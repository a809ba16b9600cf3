"""What the command line says as JSON is what Python returns, for every verb; and so are errors, in one shape."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch import datasets, read_people, read_programme
from rmatch.cli import main
from rmatch.cli.failure import Failure
from rmatch.cli.options import INPUTS
from rmatch.cli.verbs import VERBS
from rmatch.errors import ContradictionError, StopError
from rmatch.io import read_responses, write_people
from rmatch.lifecycle import read_plan, replan
from rmatch.matching import write_bundle
from rmatch.utils.documents import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    Asked = tuple[str, Callable[[], Any]]

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "command-line.md").read_text(
    "utf-8"
)
MATCHING = rmatch.match(datasets.example(), seed="a seed that nobody tells")
FIRST, SECOND = MATCHING.pairs[:2]
ALONE = MATCHING.unmatched[0]
ACCEPT = {person: number / 23 for number, person in enumerate(MATCHING.partners)}
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
        "match people.csv --out made.csv --price-of-fair-places --with name",
        lambda: matched().to_dict(include=["name"], price_of_fair_places=True),
    ),
    "check": ("check people.csv", lambda: rmatch.check(people()).to_dict()),
    "score": ("score people.csv", lambda: rmatch.score(people()).to_dict()),
    "verify": (
        "verify round.json people.csv",
        lambda: rmatch.verify(MATCHING, people()).to_dict(),
    ),
    "verify: my own": (
        "verify round.json people.csv --programme own.toml --requests none.csv",
        lambda: rmatch.verify(MATCHING, people(), rmatch.Programme(), rmatch.Requests()).to_dict(),
    ),
    "bundle": (
        "bundle round.json --out round.zip --inputs people.csv",
        lambda: {
            "written": "round.zip",
            "sha256": write_bundle(MATCHING, "again.zip", inputs=["people.csv"]),
        },
    ),
    "rematch": (
        "rematch round.json --people people.csv --price-of-changes",
        lambda: rmatch.rematch("round.json", people()).to_dict(),
    ),
    "rematch: a table": (
        "rematch pairs.csv --people people.csv --responses answers.csv --keep optimum --out new.json",
        lambda: rmatch.rematch(
            "pairs.csv", people(), responses=read_responses("answers.csv"), keep="optimum"
        ).to_dict(),
    ),
    "diff": (
        "diff round.json round.json --people people.csv",
        lambda: MATCHING.diff(MATCHING).to_dict(),
    ),
    "plan": (
        "plan people.csv --rounds 2 --away E01=2 --load E17=1 --history round.json",
        lambda: rmatch.plan(
            people(), rounds=2, away={"E01": [2]}, load={"E17": 1}, history=[MATCHING], seed="0"
        ).to_dict(),
    ),
    "replan": (
        "replan plan.json --after 1 --people people.csv",
        lambda: replan(read_plan("plan.json"), after=1, people=people()).to_dict(),
    ),
    "replan: answers": (
        "replan plan.json --after 1 --people people.csv --responses said.csv --away E05=1",
        lambda: replan(
            read_plan("plan.json"),
            after=1,
            people=people(),
            responses=read_responses("said.csv"),
            away={"E05": [1]},
        ).to_dict(),
    ),
    "verify: plan": (
        "verify plan.json people.csv",
        lambda: rmatch.verify(rmatch.plan(people(), rounds=2, seed="0"), people()).to_dict(),
    ),
    "show": (
        "show round.json people.csv --with name --points exact",
        MATCHING.to_dict,
    ),
    "explain": (
        f"explain people.csv --mentor {FIRST.mentor} --mentee {SECOND.mentee}",
        lambda: matched().explain(FIRST.mentor, SECOND.mentee).to_dict(),
    ),
    "explain: round": (
        f"explain round.json --mentor {FIRST.mentor} --mentee {FIRST.mentee}",
        lambda: rmatch.read_matching("round.json").explain(FIRST.mentor, FIRST.mentee).to_dict(),
    ),
    "explain: round, no pair": (
        f"explain round.json people.csv --mentor {FIRST.mentor} --mentee {SECOND.mentee}",
        lambda: MATCHING.explain(FIRST.mentor, SECOND.mentee).to_dict(),
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
    "explain: alone, to a participant": (
        f"explain people.csv --person {ALONE.id} --audience participant",
        lambda: {
            "explanations": [],
            "unmatched": [
                {
                    **ALONE.to_dict(),
                    "code": "",
                    "sentence": "There is no partner for you in this round. Everybody whom you could meet was needed for somebody else.",
                    "rules": [],
                    "reason": "",
                }
            ],
        },
    ),
    "alternatives": (
        f"alternatives people.csv --person {FIRST.mentor} -k 2",
        lambda: {"alternatives": plain(matched().alternatives(FIRST.mentor, 2))},
    ),
    "alternatives: round": (
        f"alternatives round.json people.csv --person {FIRST.mentor} -k 2",
        lambda: {"alternatives": plain(MATCHING.alternatives(FIRST.mentor, 2))},
    ),
    "stand-ins": ("stand-ins people.csv -r 2", lambda: matched().stand_ins(2).to_dict()),
    "stand-ins: round": (
        "stand-ins round.json people.csv --accept accept.csv",
        lambda: MATCHING.stand_ins(accept=ACCEPT).to_dict(),
    ),
    "fairness: round": ("fairness round.json people.csv", lambda: MATCHING.fairness().to_dict()),
    "fairness": ("fairness people.csv", lambda: matched().fairness().to_dict()),
    "what-if": (
        "what-if people.csv --changes changes.toml",
        lambda: rmatch.advice.what_if(matched(), "changes.toml").to_dict(),
    ),
    "fix": (
        "fix people.csv --catalogue catalogue.toml",
        lambda: rmatch.advice.smallest_fix(matched(), catalogue={"capacities": 2}).to_dict(),
    ),
    "readiness": (
        "readiness people.csv",
        lambda: rmatch.advice.readiness(people()).to_dict(),
    ),
    "recruit": ("recruit people.csv -k 2", lambda: rmatch.advice.recruit(people(), k=2).to_dict()),
    "report": (
        "report round.json people.csv --out round.html",
        lambda: {"written": "round.html"},
    ),
    "board": (
        "board round.json people.csv --out board.html",
        lambda: {"written": "board.html"},
    ),
    "slips": ("slips people.csv --language de", lambda: matched().slips("de").to_dict()),
    "slips: round": (
        "slips round.json people.csv --out slips --table slips.csv --with name",
        lambda: MATCHING.slips(include=["name"]).to_dict(),
    ),
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
    MATCHING.to_json("round.json")
    MATCHING.to_table("pairs.csv")
    answer = answer_of(FIRST.mentor, FIRST.mentee, "declined")
    (tmp_path / "answers.csv").write_text(answer, "utf-8")
    plan = rmatch.plan(datasets.example(), rounds=2, seed="0")
    plan.to_json("plan.json")
    no = plan.pairs(2)[0]
    (tmp_path / "said.csv").write_text(answer_of(no.mentor, no.mentee, "declined"), "utf-8")
    (tmp_path / "quota.toml").write_text(QUOTA, "utf-8")
    (tmp_path / "own.toml").write_text("", "utf-8")
    (tmp_path / "catalogue.toml").write_text("capacities = 2", "utf-8")
    (tmp_path / "changes.toml").write_text(f'drop = ["{FIRST.mentor}"]', "utf-8")
    lines = [f"{person},{chance!r}" for person, chance in ACCEPT.items()]
    (tmp_path / "accept.csv").write_text("\n".join(["id,accept", *lines]), "utf-8")
    (tmp_path / "none.csv").write_text("mentor,mentee,kind\n", "utf-8")
    return tmp_path


def answer_of(mentor: str, mentee: str, status: str) -> str:
    return f"mentor,mentee,status\n{mentor},{mentee},{status}\n"


def test_no_verb_is_forgotten() -> None:
    assert {case.split(":")[0] for case in CASES} == set(VERBS)


def test_every_key_has_its_place_in_the_reference() -> None:
    rows = re.findall(r"^\| ([`\w, -]+) \| (.*?) \|", REFERENCE, re.MULTILINE)
    texts = {verb: keys for verbs, keys in rows for verb in re.findall(r"`([\w -]+)`", verbs)}
    told = {verb: set(re.findall(r"`(\w+)`", keys)) for verb, keys in texts.items()}
    failure = REFERENCE.partition("always\nhas these keys")[2].partition("```")[0]
    assert re.findall(r"^\| `(\w+)` \|", failure, re.MULTILINE) == [*Failure.__slots__]
    missing = []
    for case, (line, expected) in CASES.items():
        verb = case.split(":")[0]
        known = told[f"{verb} --person" if verb == "explain" and "--person" in line else verb]
        if "saved round" not in texts[verb]:
            missing += [f"{case}: {key}" for key in expected() if key not in known]
    assert missing == []


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
    verb
    for verb, told in VERBS.items()
    if any(set(INPUTS) <= set(group) for group in told.command.options) and verb != "verify"
]
WHOM = {
    "explain": ["--person", FIRST.mentor],
    "alternatives": ["--person", FIRST.mentor],
    "lottery": ["--cap", "1"],
    "plan": ["--rounds", "2"],
    "what-if": ["--changes", "changes.toml"],
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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "bundle round.json --out round.tar",
            "--out: '.tar' is not a kind of file that is written; name it .zip",
        ),
        (
            "bundle round.json --out -",
            "--out: '' is not a kind of file that is written; name it .zip",
        ),
        ("bundle round.json --out same.zip --inputs same.zip", "is another file of this command"),
        ("bundle round.json --out new.zip --salt gone.bin", "gone.bin: No such file"),
        ("bundle round.json --out new.zip --salt own.toml", "a salt of fewer bytes can be tried"),
        ("bundle round.json --out new.zip --inputs gone.csv", "gone.csv: cannot be read"),
        ("bundle people.csv --out new.zip", "saved round"),
        ("verify changed.zip people.csv", "round.json: a byte of it was changed"),
        ("verify salted.zip people.csv", "is missing"),
        ("verify salted.zip --salt salt.bin", "nobody is given"),
        ("verify plain.zip", "nobody is given, and a saved round holds no people"),
        ("verify round.json", "nobody is given, and a saved round holds no people"),
        ("verify salted.zip people.csv --salt other.bin", "is missing"),
    ],
)
def test_a_bundle_that_cannot_be_made_or_read_is_one_error(
    line: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "salt.bin").write_bytes(b"s" * 32)
    (folder / "other.bin").write_bytes(b"o" * 32)
    write_bundle(MATCHING, "salted.zip", salt=b"s" * 32)
    write_bundle(MATCHING, "plain.zip")
    changed = (folder / "plain.zip").read_bytes().replace(b'"seed"', b'"need"', 1)
    (folder / "changed.zip").write_bytes(changed)
    assert main([*line.split(), "--format", "json"]) == 2
    failure = json.loads(capsys.readouterr().err)
    assert failure["error"] == "invalid_input"
    assert said in failure["message"]
    assert main(["verify", "salted.zip", "people.csv", "--salt", "salt.bin"]) == 0


def test_nobody_is_matched_anew_for_a_saved_round(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("rmatch.cli.verbs.ask.match", fail)
    monkeypatch.setattr("rmatch.rounds.round.Round.solve", fail)
    assert main(["verify", "round.json", "people.csv"]) == 0
    assert main(["explain", "round.json", "--person", FIRST.mentor]) == 0
    assert (
        f"{FIRST.mentor} with {FIRST.mentee}: {FIRST.points // 10_000} of 100"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    "option",
    ["--programme own.toml", "--requests none.csv", "--previous none.csv", "--seed spring"],
)
def test_what_a_saved_round_has_of_its_own_is_not_given_again(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = f"explain round.json people.csv --person {FIRST.mentor} {option}"
    assert main(line.split()) == 2
    assert (
        f"{option.split(maxsplit=1)[0]}: a saved round has its own; leave it out"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("line", "kind", "said"),
    [
        ("verify cut.json people.csv", "invalid_input", "it is not JSON"),
        ("explain cut.json --person E12", "invalid_input", "it is not JSON"),
        ("verify newer.json people.csv", "invalid_input", "written in version 999"),
        ("verify round.json others.csv", "invalid_input", "E12"),
        ("verify people.csv people.csv", "invalid_input", "saved round"),
        (
            "match round.json",
            "invalid_input",
            "round.json: is a saved round, and no table of people",
        ),
        ("explain people.csv round.json --person E12", "invalid_input", "in front of the people"),
        ("match people.csv --previous cut.json", "invalid_input", "cut.json"),
        ("alternatives people.csv --person E12 -k 0", "invalid_input", "alternatives, k: 0"),
        ("alternatives round.json --person E12", "invalid_input", "files behind that of the round"),
        ("explain round.json --person E99", "invalid_input", "nobody has the id 'E99'"),
    ],
)
def test_a_round_that_cannot_be_read_is_one_error(
    line: str, kind: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / "round.json").read_text("utf-8")
    (folder / "cut.json").write_text(text[:2000], "utf-8")
    newer = text.replace('"version": 3', '"version": 999', 1)
    (folder / "newer.json").write_text(newer, "utf-8")
    table = (folder / "people.csv").read_text("utf-8")
    (folder / "others.csv").write_text(table.replace("E12,", "E99,"), "utf-8")
    assert main([*line.split(), "--format", "json"]) == 2
    failure = json.loads(capsys.readouterr().err)
    assert failure["error"] == kind
    assert said in failure["message"]


def test_a_round_goes_from_command_to_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", "people.csv", "--format", "json", "--out", "again.json"]) == 0
    printed = capsys.readouterr().out
    assert printed == (folder / "again.json").read_text("utf-8")
    for verb in (["verify"], ["explain", "--person", FIRST.mentor], ["fairness"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(printed.encode())))
        assert main([verb[0], "-", "people.csv", *verb[1:]]) == 0
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(printed.encode())))
    assert main(["fairness", "-", "people.csv", "--mapping", "-"]) == 2
    assert "the standard input is given more than once" in capsys.readouterr().err


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


def test_what_is_read_twice_comes_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wishes.toml").write_text('wishes.mentee = ["choice"]\n', "utf-8")
    data = b"id,role,years,choice\na,mentor,1,\nb,mentor,2,\nc,mentee,20,b\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["check", "-", "--mapping", "wishes.toml"]) == 0
    assert "1 wish without effect" in capsys.readouterr().out


def test_the_standard_input_is_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-", "--programme", "-"]) == 2
    assert "the standard input is given more than once" in capsys.readouterr().err


def test_a_table_is_printed_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "people.csv", "--out", "pairs.csv", "--force"]) == 0
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


def test_every_exit_code_but_fine_has_its_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    locks = [f"{FIRST.mentor},{each.mentee},lock" for each in (FIRST, SECOND)]
    (folder / "locks.csv").write_text("\n".join(["mentor,mentee,kind", *locks]), "utf-8")
    (folder / "none.toml").write_text("min_points = 1000000", "utf-8")

    def told(line: str, code: int) -> list[str]:
        assert main([*line.split(), "--format", "json"]) == code
        out, err = capsys.readouterr()
        failure = json.loads(err.splitlines()[-1])
        assert failure["exit_code"] == code
        return [failure["error"], failure["message"], *json.loads(out)]

    document = list(MATCHING.to_dict())
    found = told("check people.csv --requests locks.csv", 1)
    assert found == ["errors_found", "1 error", "findings", "understood", "topics"]
    found = told("match people.csv --programme none.toml", 1)
    assert found == ["no_pairs", "no pair can be made", *document]

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "pairs.csv")

    monkeypatch.setattr("rmatch.matching.matching.Matching.to_table", full)
    found = told("match people.csv --out pairs.csv --force", 2)
    assert found == ["system", "not written: pairs.csv", *document]


@pytest.mark.parametrize(
    ("error", "kind", "code", "faults"),
    [
        (rmatch.VerificationError(["the total is wrong", "a lock"]), "not_verified", 1, 2),
        (ModuleNotFoundError("install it"), "not_installed", 2, 0),
        (OSError(13, "Permission denied", "people.csv"), "system", 2, 0),
        (KeyboardInterrupt(), "interrupted", 130, 0),
        (StopError("no time"), "stopped", 130, 0),
        (ContradictionError("no proof", None), "contradiction", 2, 0),
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


@pytest.mark.parametrize(
    "line",
    [
        "verify round.json people.csv",
        "fairness round.json people.csv",
        "frontier people.csv",
        "lottery people.csv --cap 1/2",
    ],
)
def test_a_command_without_time_for_an_answer_says_so(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*line.split(), "--max-seconds", "0", "--format", "json"]) == 130
    told = capsys.readouterr()
    assert (json.loads(told.err)["error"], told.out) == ("stopped", "")


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"rmatch {rmatch.__version__}\n"


def test_json_is_in_utf_8_whatever_the_terminal_is(folder: Path) -> None:
    (folder / "named.toml").write_text('name = "Frühling α"', "utf-8")
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "rmatch", "score", "people.csv", "--programme", "named.toml"]
    done = subprocess.run(
        [*command, "--format", "json"], env=environment, capture_output=True, check=True
    )
    assert json.loads(done.stdout.decode("utf-8"))["programme"] == "Frühling α"
