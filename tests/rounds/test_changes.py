"""What is different between two rounds, and why a pair is none any more."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from profiles import examples

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.people import ROLES, Request, Requests
from rmatch.rounds import changes_since
from rmatch.scoring import Scores

if TYPE_CHECKING:
    from rmatch.matching import Matching

PEOPLE = rmatch.datasets.example()
MATCHING = rmatch.match(PEOPLE, rmatch.datasets.example_programme())
FIRST = MATCHING.pairs[0]


def without(people: rmatch.People, person: str) -> rmatch.People:
    """Return the people, one of whom takes no part."""
    role = people.role.copy()
    role[people.id.index(person)] = ROLES["none"]
    return replace(people, role=role)


def cause(later: Matching, earlier: Matching = MATCHING) -> dict[tuple[str, str], str]:
    """Return why each pair is broken, in words."""
    return {(pair.mentor, pair.mentee): pair.sentence for pair in earlier.diff(later).broken}


def test_rules_are_asked_about_many_broken_pairs_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a rematch that is stopped early all pairs may be broken: one by one they took seconds."""
    asked: list[int] = []
    plain = Scores.open_block

    def counting(scores: Scores, rows: Any, columns: Any) -> Any:
        asked.append(len(rows))
        return plain(scores, rows, columns)

    later = rmatch.match(rmatch.datasets.workforce(130, 130, seed=1))
    monkeypatch.setattr(Scores, "open_block", counting)
    mentors, mentees = later.scores.mentors, later.scores.mentees
    found = changes_since(zip(mentors, mentees, strict=True), later)
    assert len(found.broken) > 100
    assert len(asked) <= 3


def test_nothing_is_different_from_oneself() -> None:
    changes = MATCHING.diff(MATCHING)
    assert changes.kept == tuple((pair.mentor, pair.mentee) for pair in MATCHING.pairs)
    assert (changes.new, changes.broken) == ((), ())


@examples(60)
@given(strategies.rounds(), strategies.rounds())
def test_every_pair_is_somewhere_once(one: Any, other: Any) -> None:
    try:
        earlier, later = rmatch.match(*one), rmatch.match(*other)
    except InfeasibleError:
        return
    changes = earlier.diff(later)
    broken = [(pair.mentor, pair.mentee) for pair in changes.broken]
    assert {*changes.kept, *broken} == earlier.id_pairs == set(changes.earlier)
    assert {*changes.kept, *changes.new} == later.id_pairs
    assert not set(broken) & later.id_pairs
    for pair in changes.broken:
        assert set(pair.to) <= set(changes.new)
        assert all({pair.mentor, pair.mentee} & set(new) for new in pair.to)


def test_who_left_is_named_and_what_gave_way_names_the_new_pairs() -> None:
    later = rmatch.match(without(PEOPLE, FIRST.mentor), rmatch.datasets.example_programme())
    told = cause(later)
    assert told[FIRST.mentor, FIRST.mentee] == (
        f"{FIRST.mentor} takes no part in that role any more."
    )
    changes = MATCHING.diff(later)
    assert f"{len(changes.new)} new" in str(changes)
    assert all("made instead" in sentence for sentence in list(told.values())[1:])


def test_rules_and_exclusions_are_named_by_kind() -> None:
    row = Request(FIRST.mentor, FIRST.mentee, "exclude")
    later = rmatch.match(PEOPLE, rmatch.datasets.example_programme(), Requests((row,)))
    assert cause(later)[FIRST.mentor, FIRST.mentee] == (
        "It is not allowed now: the exclusions in the requests."
    )
    again = rmatch.match(
        PEOPLE,
        rmatch.datasets.example_programme(),
        rmatch.read_requests(previous=MATCHING),
    )
    [*broken] = MATCHING.diff(again).broken
    assert {pair.rules for pair in broken} == {("no_repeat",)}
    # Without its people, a saved round does not tell which rules forbid what.
    told = MATCHING.diff(rmatch.read_matching(again.to_json()))
    assert {pair.cause for pair in told.broken} == {"gave_way"}


def test_too_few_points_are_no_rule() -> None:
    strict = replace(rmatch.datasets.example_programme(), min_points=700_000)
    later = rmatch.match(PEOPLE, strict)
    broken = MATCHING.diff(later).broken
    assert broken
    assert all(pair.rules == ("min_points",) for pair in broken if pair.cause == "rule")
    assert any("too few points" in pair.sentence for pair in broken)


def test_two_rounds_alone_do_not_say_what_for() -> None:
    later = rmatch.match(without(PEOPLE, FIRST.mentor), rmatch.datasets.example_programme())
    assert {pair.reason for pair in MATCHING.diff(later).broken} == {""}


def test_a_diff_is_plain_data() -> None:
    changes = MATCHING.diff(MATCHING)
    assert json.loads(changes.to_json()) == changes.to_dict()
    assert "pairs kept" in changes._repr_html_()


def test_it_needs_two_matchings() -> None:
    other: Any = [FIRST]
    with pytest.raises(InvalidInputError, match="diff, later"):
        MATCHING.diff(other)


def test_long_lists_are_cut_and_the_rest_is_counted() -> None:
    ids = [(f"a{row}", f"b{row}") for row in np.arange(30).tolist()]
    assert "… and 5 more in `broken`" in str(changes_since(ids, MATCHING))
