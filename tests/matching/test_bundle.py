"""A bundle: the same bytes for the same round, one changed byte is found, and nothing in it says who anybody is."""

from __future__ import annotations

import json
import random
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from profiles import tries

import rmatch
from rmatch.errors import InvalidInputError, VerificationError
from rmatch.matching import read_bundle, write_bundle
from rmatch.matching.sheet import sheet
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable
from rmatch.people import Request, Requests
from rmatch.quotas import MeanParity
from rmatch.rounds.saved.salted import token
from rmatch.testing.adversaries import Aviary, escaped

if TYPE_CHECKING:
    from pathlib import Path

SALT = b"a secret of more than sixteen bytes"
KINDS: dict[str, dict[str, Any]] = {
    "two steps": {"mentor_capacity": 2, "name": "Spring"},
    "max-min": {"objective": MaxMin()},
    "leximin": {"objective": Leximin(), "places": "with_protected", "justification": "agreed"},
    "α-fair": {"objective": AlphaFair(0.5)},
    "stable": {"objective": Stable(), "places": "with_protected", "justification": "agreed"},
    "quotas": {
        "quotas": (MeanParity("education", "mentee", within=400_000),),
        "unprotected": ("education",),
    },
    "groups": {
        "mentee_capacity": 2,
        "count_topic": "once",
        "group_sizes": [1, 2],
        "one_per_department": True,
    },
    "waiting": {"waiting": "first", "spread": True},
    "rematch": {"waiting": "first"},
}


def a_round(kind: str = "two steps") -> Any:
    people = rmatch.datasets.workforce(7, 5, seed=3)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, **KINDS[kind])
    scores = rmatch.score(people, programme)
    row, column = np.argwhere(scores.open_pairs)[0]
    lock = Request(scores.mentors[row], scores.mentees[column], "lock", override_reason="both ask")
    gone = Request(scores.mentors[0], "someone-who-left", "previous")
    return people, programme, Requests((lock, gone))


def decided(kind: str = "two steps") -> Any:
    """A round, or the one after it, where it takes something over."""
    people, programme, requests = a_round(kind)
    first = rmatch.match(people, programme, requests)
    if kind == "waiting":
        return rmatch.match(people, programme, requests, earlier=first)
    if kind == "rematch":
        pair = next(pair for pair in first.pairs if not pair.locked)
        no = {"mentor": pair.mentor, "mentee": pair.mentee, "status": "declined"}
        return rmatch.rematch(first, responses=rmatch.io.read_responses([no]))
    return first


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    write_bundle(rmatch.match(*a_round()), folder / "round.zip")
    return folder / "round.zip"


def test_the_same_round_makes_the_same_bytes(tmp_path: Path, bundle: Path) -> None:
    hashed = {
        write_bundle(rmatch.match(*a_round()), tmp_path / f"{number}.zip") for number in range(2)
    }
    assert len(hashed) == 1
    assert (tmp_path / "0.zip").read_bytes() == bundle.read_bytes()


def test_a_round_that_was_read_makes_the_same_bundle(tmp_path: Path, bundle: Path) -> None:
    read = rmatch.read_matching(rmatch.match(*a_round()).to_json(people="whole"))
    write_bundle(read, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def test_it_is_read_and_verified_like_a_round(bundle: Path) -> None:
    given_round = a_round()
    read = rmatch.read_matching(bundle)
    assert read == rmatch.match(*given_round)
    assert rmatch.verify(read, *given_round).total == read.total
    assert rmatch.read_matching(bundle, given_round[0]).alternatives(
        read.pairs[0].mentor, side="mentor"
    )
    with bundle.open("rb") as stream:
        assert rmatch.read_matching(stream) == read


def test_every_changed_byte_is_found_and_the_file_named(bundle: Path, tmp_path: Path) -> None:
    whole = bundle.read_bytes()
    with zipfile.ZipFile(bundle) as archive:
        inside = {entry.filename: whole.index(archive.read(entry)) for entry in archive.infolist()}
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    dice = random.Random(3)
    places = [dice.randrange(len(whole)) for _ in range(tries(150))]
    places += [start + dice.randrange(sizes[name]) for name, start in inside.items()]
    for at in places:
        changed = bytearray(whole)
        changed[at] ^= 1 << dice.randrange(8)
        (tmp_path / "changed.zip").write_bytes(changed)
        with pytest.raises(InvalidInputError) as caught:
            rmatch.read_matching(tmp_path / "changed.zip")
        named = {fault.field for fault in caught.value.faults}
        for name, start in inside.items():
            if start <= at < start + sizes[name]:
                assert name in named, (at, name)


@pytest.mark.parametrize("size", [0, 30, 1000, -1])
def test_a_cut_bundle_is_none(size: int, bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(bundle.read_bytes()[:size])
    with pytest.raises(InvalidInputError):
        rmatch.read_matching(tmp_path / "cut.zip")


@pytest.mark.parametrize("change", ["added", "missing", "no manifest", "compressed", "other"])
def test_a_bundle_packed_anew_by_hand(change: str, bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    how = zipfile.ZIP_DEFLATED if change == "compressed" else zipfile.ZIP_STORED
    if change == "added":
        files["more.txt"] = b"more"
    if change == "missing":
        del files["how-this-was-decided.md"]
    if change == "no manifest":
        del files["manifest.json"]
    if change == "other":
        files["round.json"] = files["round.json"].replace(b'"seed": 0', b'"seed": 1')
    with zipfile.ZipFile(tmp_path / "new.zip", "w", how) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    expected = {
        "added": "bundle, more.txt: was added",
        "missing": "bundle, how-this-was-decided.md: is missing",
        "no manifest": "bundle, manifest.json: is no manifest",
        "compressed": "bundle, round.json: is not stored as rmatch stores it",
        "other": "bundle, round.json: is not what the manifest says",
    }[change]
    with pytest.raises(InvalidInputError, match=expected):
        rmatch.read_matching(tmp_path / "new.zip")


def test_a_name_is_nowhere_and_an_answer_neither(tmp_path: Path) -> None:
    aviary = Aviary()
    records = [
        {
            "id": f"E{number}",
            "role": "mentor" if number < 4 else "mentee",
            "years": 2 if number < 4 else 20,
            "name": aviary.new(f"name {number}"),
            "email": f"{aviary.new(f'address {number}')}@example.org",
            "dimension:origin": aviary.new(f"origin {number}"),
            "consent:origin": "match" if number % 2 else "",
            "lived_topics": aviary.new(f"lived {number}") if number < 4 else "",
        }
        for number in range(8)
    ]
    matching = rmatch.match(rmatch.read_people(records))
    write_bundle(matching, tmp_path / "round.zip")
    assert not escaped(aviary, (tmp_path / "round.zip").read_bytes().decode("latin-1"))


def test_the_inputs_are_in_it_as_hashes(tmp_path: Path) -> None:
    people, programme, requests = a_round()
    rmatch.io.write_people(people, tmp_path / "people.csv")
    rmatch.io.write_programme(programme, tmp_path / "programme.toml")
    matching = rmatch.match(people, programme, requests)
    inputs = [tmp_path / "people.csv", tmp_path / "programme.toml"]
    write_bundle(matching, tmp_path / "round.zip", inputs=inputs)
    with zipfile.ZipFile(tmp_path / "round.zip") as archive:
        assert archive.namelist() == ["round.json", "how-this-was-decided.md", "manifest.json"]
        manifest = json.loads(archive.read("manifest.json"))
    assert [each["name"] for each in manifest["inputs"]] == ["people.csv", "programme.toml"]
    assert manifest["inputs"][0]["bytes"] == inputs[0].stat().st_size
    assert str(tmp_path) not in json.dumps(manifest)
    with pytest.raises(InvalidInputError, match=r"gone\.csv: cannot be read"):
        write_bundle(matching, tmp_path / "other.zip", inputs=[tmp_path / "gone.csv"])


def test_the_sheet_says_how_by_whom_and_who_may_object(bundle: Path) -> None:
    people, _, requests = a_round()
    with zipfile.ZipFile(bundle) as archive:
        text = archive.read("how-this-was-decided.md").decode()
    for heading in (
        "What was decided",
        "How",
        "By whose choice",
        "What is proved",
        "Who may object",
    ):
        assert f"## {heading}\n" in text
    assert text.startswith("# How this was decided: Spring\n")
    assert "the mentor must be the junior one" in text
    assert "`expertise` with weight 45" in text
    assert "both ask" in text
    assert "By request: 1 locked pair." in text
    assert rmatch.match(*a_round()).claim in text
    assert not [person for person in people.id if person in text]
    assert requests.rows[1].mentee not in text


@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        ("two steps", ["4 mentors without a partner (`needed_elsewhere`)."]),
        (
            "waiting",
            [
                "whoever has waited longer for a partner comes first.",
                "as many people as possible have a partner, before anybody has a second one.",
            ],
        ),
        (
            "rematch",
            [
                "whoever has waited longer for a partner comes first.",
                "as few pairs of the earlier round are broken as possible.",
                "Beside the earlier round: 3 pairs kept, 1 new, 1 broken.",
                "By request: 1 excluded pair.",
            ],
        ),
        (
            "groups",
            [
                "A mentee has nobody, or a group of one of these sizes: 1, 2.",
                "No two partners of a mentee are from one department.",
            ],
        ),
    ],
)
def test_the_sheet_says_what_came_before_the_points(kind: str, sentences: list[str]) -> None:
    text = sheet(decided(kind))
    assert not [sentence for sentence in sentences if sentence not in text]


# Salted ids.


@pytest.mark.parametrize("kind", KINDS)
def test_salted_ids_come_back_with_the_salt_alone(kind: str, tmp_path: Path) -> None:
    matching = decided(kind)
    people, programme, requests = matching.people, matching.programme, matching.requests
    path = tmp_path / "round.zip"
    write_bundle(matching, path, salt=SALT)
    salted = rmatch.read_matching(path)
    assert salted.total == matching.total
    assert len(salted.pairs) == len(matching.pairs)
    read = read_bundle(path, people, requests, salt=SALT)
    assert read.pairs == matching.pairs
    assert read.unmatched == matching.unmatched
    assert read == matching
    assert rmatch.verify(read, people, programme, requests).total == matching.total
    with pytest.raises(InvalidInputError, match="is missing"):
        read_bundle(path, people, requests, salt=SALT[::-1])
    turned = people.take(range(len(people) - 1, -1, -1))
    assert read_bundle(path, turned, requests, salt=SALT).pairs == matching.pairs


@pytest.mark.parametrize("kind", ["waiting", "rematch"])
def test_what_comes_first_is_about_the_same_people_under_salted_ids(
    kind: str, tmp_path: Path
) -> None:
    matching = decided(kind)
    write_bundle(matching, tmp_path / "round.zip", salt=SALT)
    plain = matching.to_dict()
    salted = rmatch.read_matching(tmp_path / "round.zip").to_dict()

    def comes_first(document: Any, name: Any) -> Any:
        ids = {side: [name(person) for person in document[side]] for side in ("mentors", "mentees")}
        return {name(person): rounds for person, rounds in document["waited"].items()}, [
            (
                dict(zip(ids["mentors"], step["precedence"]["mentor_first"], strict=True)),
                dict(zip(ids["mentees"], step["precedence"]["mentee_first"], strict=True)),
                {
                    (ids["mentors"][row], ids["mentees"][column])
                    for row, column in step["precedence"]["kept"]
                },
            )
            for step in document["steps"]
            if "precedence" in step
        ]

    expected = comes_first(plain, lambda person: f"id-{token(SALT, person)[:20]}")
    assert expected[0]
    assert expected[1]
    assert comes_first(salted, str) == expected


@pytest.mark.parametrize("kind", ["two steps", "waiting", "rematch"])
def test_nothing_in_a_salted_bundle_tells_an_id_or_their_order(kind: str, tmp_path: Path) -> None:
    matching = decided(kind)
    people = matching.people
    write_bundle(matching, tmp_path / "round.zip", salt=SALT)
    text = (tmp_path / "round.zip").read_bytes().decode("latin-1")
    assert not [person for person in (*people.id, "someone-who-left") if person in text]
    plain = matching.to_dict()
    salted = rmatch.read_matching(tmp_path / "round.zip").to_dict()
    assert not {one["fingerprint"] for one in plain["people"]} & {
        one["fingerprint"] for one in salted["people"]
    }
    assert salted["fingerprint"] != plain["fingerprint"]
    assert salted["mentors"] == sorted(salted["mentors"], key=rmatch.people.natural)
    assert [pair["points"] for pair in salted["pairs"]] != [
        pair["points"] for pair in plain["pairs"]
    ]


def test_a_salted_round_cannot_be_taken_for_one_of_people(tmp_path: Path) -> None:
    people, programme, requests = a_round()
    write_bundle(rmatch.match(people, programme, requests), tmp_path / "round.zip", salt=SALT)
    with pytest.raises(InvalidInputError, match="is missing"):
        rmatch.read_matching(tmp_path / "round.zip", people)
    with pytest.raises(VerificationError):
        rmatch.verify(rmatch.read_matching(tmp_path / "round.zip"), people, programme, requests)


@pytest.mark.parametrize("salt", [b"", b"short", "a text of more than sixteen letters", 7])
def test_a_salt_that_can_be_tried_is_refused(salt: Any, tmp_path: Path) -> None:
    matching = rmatch.match(*a_round())
    with pytest.raises(InvalidInputError, match="give 16 random bytes or more"):
        write_bundle(matching, tmp_path / "round.zip", salt=salt)


def test_a_changed_person_is_named_under_their_own_id(tmp_path: Path) -> None:
    people, programme, requests = a_round()
    write_bundle(rmatch.match(people, programme, requests), tmp_path / "round.zip", salt=SALT)
    first, *rest = people
    others = rmatch.read_people([replace(first, site="Elsewhere"), *rest])
    with pytest.raises(InvalidInputError, match=f"id '{first.id}': is changed"):
        read_bundle(tmp_path / "round.zip", others, requests, salt=SALT)


@pytest.mark.parametrize("kind", ["max-min", "leximin", "α-fair"])
def test_a_run_that_was_stopped_is_salted_and_comes_back(kind: str, tmp_path: Path) -> None:
    people = rmatch.datasets.workforce(60, 50, seed=3)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, **KINDS[kind])
    matching = rmatch.match(people, programme, max_seconds=1e-6)
    assert matching.status == "feasible"
    write_bundle(matching, tmp_path / "round.zip", salt=SALT)
    read = read_bundle(tmp_path / "round.zip", people, salt=SALT)
    assert read == matching
    assert read.bound == matching.bound
    assert rmatch.verify(read, people, programme).total == matching.total
