"""The board's page: right figures, of enough people, and nobody on it, also beside the page of an earlier round."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rmatch
from rmatch.matching.board.facts import NOTHING, WITHHELD, Board, board
from rmatch.matching.board.told import Disclosure
from rmatch.rounds import OTHER_TOPICS

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 30)
AIMS = {"new technology": ["Python", "short video"], "staff": ["hybrid working"]}
ADDED = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2))


@given(ADDED, ADDED, st.integers(1, 4))
def test_two_pages_beside_each_other_say_nothing_of_the_few(
    one: dict[str, int], other: dict[str, int], smallest: int
) -> None:
    rule = Disclosure(smallest)
    if rule.tells(other) and rule.tells(one, other):
        assert len(one) >= smallest
        moved = {
            person for person in one.keys() | other.keys() if one.get(person) != other.get(person)
        }
        assert not moved or len(moved) >= smallest
    assert rule.tells(one, one) == rule.tells(one)


def pairs(wants: list[str], offers: list[str], **programme: Any) -> rmatch.Matching:
    """Return a round of leaders who want these topics, and of mentors who offer those; each has one partner."""
    rows: list[dict[str, Any]] = [
        {"id": f"leader-{at}", "role": "mentee", "wants": each, "department": f"D{at % 2}"}
        for at, each in enumerate(wants)
    ]
    rows += [
        {"id": f"junior-{at}", "role": "mentor", "offers": each, "department": f"D{at % 2}"}
        for at, each in enumerate(offers)
    ]
    rules = rmatch.Programme(rules=(), smallest_group=3, **programme)
    return rmatch.match(rmatch.read_people(rows), rules)


def told(now: rmatch.Matching, before: rmatch.Matching | None = None, aims: Any = AIMS) -> Board:
    return board(now, "", aims, before, TODAY)


def figures(found: Board) -> dict[str, tuple[str, str]]:
    return {figure.label: (figure.now, figure.before) for figure in found.coverage}


def test_what_is_covered_is_said_by_aim() -> None:
    made = pairs(["python"] * 3 + ["hybrid working"] * 4, ["python"] * 2 + ["hybrid working"] * 5)
    found = figures(told(made))
    assert found["new technology"] == ("67%", "")
    assert found["staff"] == ("100%", "")
    assert found["all that is wanted"] == ("86%", "")
    assert OTHER_TOPICS not in found
    assert figures(told(made, aims={})) == {"all that is wanted": ("86%", "")}


def test_an_aim_of_the_few_is_kept_back_and_does_not_follow_from_the_rest() -> None:
    made = pairs(
        ["python"] * 2 + ["hybrid working"] * 3 + ["negotiation"] * 4,
        ["python"] * 2 + ["hybrid working"] * 3 + ["negotiation"] * 4,
    )
    page = told(made)
    found = figures(page)
    assert found["new technology"] == (WITHHELD, "")
    # Beside the whole, and what the others have, it would follow.
    assert found["staff"] == (WITHHELD, "")
    assert found[OTHER_TOPICS] == found["all that is wanted"] == ("100%", "")
    assert page.withheld == 2


@pytest.mark.parametrize(("changed", "shown"), [(0, True), (1, False), (2, False), (3, True)])
def test_what_has_changed_for_the_few_is_not_told_beside_an_earlier_page(
    changed: int, shown: bool
) -> None:
    size = 8
    before = pairs(["python"] * size, ["python"] * size)
    now = pairs(["python"] * size, ["python"] * (size - changed) + ["podcasts"] * changed)
    now = rmatch.rematch(before, now.people)
    found = told(now, before)
    expected = (f"{(size - changed) / size:.0%}", "100%") if shown else (WITHHELD, "")
    assert figures(found)["all that is wanted"] == expected
    assert figures(found)["new technology"] == expected


def test_nobody_is_on_the_page(tmp_path: Path) -> None:
    made = pairs(["python"] * 5, ["python"] * 6, name="a programme")
    made.to_board(tmp_path / "board.html", purpose="<b>To learn</b>", aims=AIMS, previous=made)
    page = (tmp_path / "board.html").read_text("utf-8")
    assert "leader-" not in page
    assert "junior-" not in page
    assert "&lt;b&gt;To learn&lt;/b&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert "5 before" in page


def test_a_small_round_tells_hardly_anything() -> None:
    found = told(pairs(["python"] * 2, ["python"] * 2))
    assert {figure.now for figure in (*found.coverage, *found.quality)} == {WITHHELD}
    assert found.reach == (NOTHING,)


@pytest.mark.parametrize(("moved", "shown"), [(0, True), (2, False), (6, True)])
def test_connections_and_fairness_are_held_against_an_earlier_page(moved: int, shown: bool) -> None:
    """Whoever sees both pages learns nothing of one who has moved, though the round is large."""
    before = pairs(["python"] * 8, ["python"] * 8)
    rows = [
        {"id": each.id, "role": each.role, "wants": each.wants, "offers": each.offers}
        | {"department": "D0" if at < moved else each.department}
        for at, each in enumerate(reversed(list(before.people)))
    ]
    now = rmatch.rematch(before, rmatch.read_people(rows))
    alone, beside = told(now), told(now, before)
    assert NOTHING not in (*alone.reach, *alone.fairness)
    held = ((NOTHING,), (NOTHING,))
    assert (beside.reach, beside.fairness) == ((alone.reach, alone.fairness) if shown else held)
    assert (beside.withheld > 1) != shown


@pytest.mark.parametrize(
    ("aims", "problem"),
    [
        ({"technology": "python"}, "'technology' has no list of topics"),
        ({7: ["python"]}, "7 has no list of topics"),
        ({"a": ["python"], "b": ["Python"]}, "'Python' serves 'a' and 'b'"),
        (["python"], "are no aims"),
    ],
)
def test_aims_that_are_none_are_refused(aims: Any, problem: str) -> None:
    with pytest.raises(rmatch.InvalidInputError, match=problem):
        pairs(["python"], ["python"]).to_board(StringIO(), aims=aims)


def test_a_round_without_its_people_has_no_page(tmp_path: Path) -> None:
    made = pairs(["python"] * 4, ["python"] * 4)
    made.to_json(tmp_path / "round.json")
    kept = rmatch.read_matching(tmp_path / "round.json")
    with pytest.raises(rmatch.InvalidInputError, match="saved without its people"):
        kept.to_board(StringIO())
    with pytest.raises(rmatch.InvalidInputError, match="saved without its people"):
        made.to_board(StringIO(), previous=kept)
