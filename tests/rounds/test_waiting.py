"""Who waits comes first, earlier pairs go on: every answer equals the best of all sets of pairs, in the order of the aims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from profiles import examples
from rounds.by_aims import TOP, Cell, Drawn, assert_best, drawn_rounds, every, solved
from scipy.optimize import Bounds, LinearConstraint, milp

import rmatch
from rmatch.criteria import ExperienceGap, Expertise
from rmatch.errors import InvalidInputError, VerificationError
from rmatch.matching import Matching
from rmatch.objectives import Leximin
from rmatch.people import People, Request, Requests
from rmatch.quotas import PairQuota
from rmatch.rounds import Earlier, Round
from rmatch.rules import JuniorMentor
from rmatch.scoring import Scores
from rmatch.solve import columns, jonker_volgenant


@pytest.mark.parametrize("cells", [0, columns.COLUMNS_CELLS], ids=["columns", "matrix"])
@given(drawn_rounds())
@examples(400)
def test_the_answer_is_the_best_of_all_sets_of_pairs(cells: int, one: Drawn) -> None:
    pytest.importorskip("numba")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "COLUMNS_CELLS", cells)
        patch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
        outcome = solved(one)
    if outcome is None:
        return
    assert (outcome.route == "columns") == (cells == 0)
    assert_best(one, outcome)


@given(drawn_rounds())
@examples(100)
def test_each_answer_is_verified_and_read_back_the_same(one: Drawn) -> None:
    # What becomes of earlier pairs is what `rmatch.rematch` tells, and verified with it.
    outcome = solved(replace(one, earlier=replace(one.earlier, kept=())))
    if outcome is None:
        return
    matching = Matching.of(outcome)
    verified = rmatch.verify(matching, one.people, one.programme, one.requests)
    assert verified.believed == (("how long people have waited",) if matching.waited else ())
    again = rmatch.read_matching(matching.to_dict(), one.people, one.programme)
    assert again == matching
    assert rmatch.verify(again, one.people, one.programme, one.requests) == verified


@given(drawn_rounds())
@examples(50)
def test_nobody_has_a_second_partner_while_somebody_could_have_a_first(one: Drawn) -> None:
    spread = replace(
        one, programme=replace(one.programme, spread=True, waiting="same"), earlier=Earlier()
    )
    outcome = solved(spread)
    if outcome is None:
        return
    made = frozenset(outcome.steps[-1].cells) | frozenset(outcome.locked_cells)
    most = max(
        sum(len({cell[side] for cell in each}) for side in (0, 1))
        for each in every(spread, frozenset(outcome.locked_cells))
    )
    assert sum(len({cell[side] for cell in made}) for side in (0, 1)) == most


JUNIORS = [
    {"id": "m1", "role": "mentor", "years": 2, "offers": {"python": 5}},
    {"id": "m2", "role": "mentor", "years": 3, "offers": {"video": 5}},
]
LEADERS = [
    {"id": "L1", "role": "mentee", "years": 20, "wants": {"python": 1}},
    {"id": "L2", "role": "mentee", "years": 21, "wants": {"video": 1}},
    {"id": "L3", "role": "mentee", "years": 22, "wants": {"accessibility": 1}},
    {"id": "L4", "role": "mentee", "years": 22, "wants": {"accessibility": 1}},
]
FIRST = rmatch.Programme(criteria=(Expertise(1),), rules=(JuniorMentor(),), waiting="first")


def people_of(*more: dict[str, Any], priority: dict[str, int] | None = None) -> People:
    given_priority = priority or {}
    rows = [*JUNIORS, *LEADERS, *more]
    return rmatch.read_people(
        [row | {"priority": given_priority.get(str(row["id"]))} for row in rows]
    )


def placed(matching: Matching) -> set[str]:
    return {pair.mentee for pair in matching.pairs}


def test_who_got_nobody_last_time_goes_first() -> None:
    people = people_of()
    first = rmatch.match(people, FIRST)
    assert placed(first) == {"L1", "L2"}
    second = rmatch.match(people, FIRST, earlier=first)
    assert placed(second) == {"L3", "L4"}
    assert second.waited == {"L3": 1, "L4": 1}
    assert second.claim == (
        "As many pairs as possible; among as many, no others give more of those who wait a partner, the longest waits "
        "first; among these, no others have more points."
    )
    assert {one.id: one.sentence for one in second.unmatched} == dict.fromkeys(
        ("L1", "L2"), "2 possible mentors are needed elsewhere, where others have waited longer."
    )
    told = [*second.explain("m1", "L3").sentences, *second.explain("m1", "L4").sentences]
    for person in ("L3", "L4"):
        assert told.count(f"{person} comes before others: 1 round without a partner.") == 1
    assert not any("before others" in one for one in second.explain("m2", "L1").sentences)
    assert rmatch.verify(second, people, FIRST).believed == (
        "requests",
        "how long people have waited",
    )


def test_each_round_without_a_partner_counts_and_a_partner_ends_it() -> None:
    people = people_of({"id": "L5", "role": "mentee", "years": 30, "wants": {"hats": 1}})
    kept = rmatch.match(people, FIRST)
    waits = []
    for _ in range(4):
        # Only what the document says is needed of the round before.
        kept = rmatch.match(people, FIRST, earlier=rmatch.read_matching(kept.to_json()))
        waits.append(kept.waited)
        assert rmatch.read_matching(kept.to_json()) == kept
    assert all(1 <= rounds <= 2 for waited in waits for rounds in waited.values())
    assert waits[0] == {"L3": 1, "L4": 1, "L5": 1}
    late = (
        waits[0].keys() - placed(rmatch.match(people, FIRST, earlier=rmatch.match(people, FIRST)))
    ).pop()
    assert waits[1][late] == 2


def test_a_priority_comes_before_points_and_the_higher_before_the_lower() -> None:
    assert placed(rmatch.match(people_of(priority={"L3": 1}), FIRST)) > {"L3"}
    assert placed(rmatch.match(people_of(priority={"L3": 1, "L4": 1000}), FIRST)) == {"L3", "L4"}
    one_place = people_of(priority={"L1": 3, "L3": 1, "L4": 1000})
    assert placed(rmatch.match(one_place, FIRST)) == {"L1", "L4"}
    same = replace(FIRST, waiting="same")
    assert placed(rmatch.match(people_of(priority={"L3": 9}), same)) == {"L1", "L2"}


def test_nobody_gets_a_second_mentor_while_a_leader_has_none() -> None:
    rows = [
        row | {"mentee_capacity": 2} if row["id"] == "L1" else row
        for row in (*JUNIORS, *LEADERS[:2])
    ]
    rows[1] = rows[1] | {"offers": {"python": 5}}
    people = rmatch.read_people(rows)
    plain = replace(FIRST, waiting="same")
    assert placed(rmatch.match(people, plain)) == {"L1"}
    spread = rmatch.match(people, replace(plain, spread=True))
    assert placed(spread) == {"L1", "L2"}
    assert "no others give more people a partner; among these" in spread.claim
    assert rmatch.verify(spread, people).total == spread.total


@pytest.mark.parametrize("switch", [{"waiting": "first"}, {"spread": True}])
def test_what_knows_only_points_or_chances_refuses_it(switch: dict[str, Any]) -> None:
    (name,) = switch
    people, programme = people_of(), replace(FIRST, **{"waiting": "same"} | switch)
    for other in ({"objective": Leximin()}, {"quotas": (PairQuota("site", "same", at_least=1),)}):
        with pytest.raises(InvalidInputError, match=f"programme, {name}: cannot come before"):
            replace(programme, **other)
    with pytest.raises(InvalidInputError, match=f"lottery, {name}: nobody comes first"):
        rmatch.lottery(people, programme, cap="1/2")
    with pytest.raises(InvalidInputError, match=f"frontier, {name}: comes before"):
        rmatch.frontier(people, programme)
    matching = rmatch.match(people_of(priority={"L3": 1}), programme)
    with pytest.raises(InvalidInputError, match="come before the points"):
        matching.alternatives("L1")
    assert matching.explain("m1", "L1").sentences


@pytest.mark.parametrize(
    ("earlier", "people", "programme", "said"),
    [
        ("pairs.csv", people_of(), FIRST, "match, earlier: a str is no matching"),
        (None, people_of(), replace(FIRST, waiting="same"), "in which all wait the same"),
        (
            None,
            rmatch.datasets.example(),
            FIRST,
            "nobody of the earlier round is among these people",
        ),
    ],
)
def test_an_earlier_round_that_says_nothing_is_refused(
    earlier: Any, people: People, programme: Any, said: str
) -> None:
    before = earlier or rmatch.match(people_of(), FIRST)
    with pytest.raises(InvalidInputError, match=said):
        rmatch.match(people, programme, earlier=before)


@pytest.mark.parametrize("again", ["match", "rematch"])
def test_who_waited_is_known_under_an_id_in_another_form(again: str) -> None:
    def people(form: str, *, alike: bool) -> People:
        roles = ("mentor", "mentee", "mentee")
        return rmatch.read_people(
            [
                {"id": form % number if number > alike else f"0{number}", "role": role}
                | ({"years": 2, "offers": "python"} if role == "mentor" else {"years": 20 + number})
                | ({"wants": "python"} if number == 2 else {})
                for number, role in enumerate(roles, 1)
            ]
        )

    autumn = rmatch.match(people("0%d", alike=True), FIRST)
    assert [reason.id for reason in autumn.unmatched] == ["03"]
    for alike in (True, False):
        now = people("%d", alike=alike)
        if again == "match":
            spring = rmatch.match(now, FIRST, earlier=autumn)
        else:
            spring = rmatch.rematch(autumn, now, keep="optimum")
        assert spring.waited == {"3": 1}
        assert [pair.mentee for pair in spring.pairs] == ["3"]
        note = "ids of the earlier round read as the likely one: "
        assert any(note in each for each in spring.requests.notes)
        rmatch.verify(spring, now)


@pytest.mark.parametrize("name", ["people", "programme", "requests"])
def test_beside_an_earlier_round_each_argument_is_looked_at(name: str) -> None:
    given = {"people": people_of(), "programme": FIRST, "requests": None} | {name: "x"}
    with pytest.raises(InvalidInputError) as error:
        rmatch.match(**given, earlier=rmatch.match(people_of(), FIRST), seed=1.5)  # type: ignore[arg-type]
    assert [fault.where for fault in error.value.faults] == ["match", name]


def test_an_earlier_round_is_refused_together_with_what_else_is_wrong() -> None:
    with pytest.raises(InvalidInputError) as error:
        rmatch.match(people_of(), replace(FIRST, waiting="same"), earlier="x", seed=1.5)  # type: ignore[arg-type]
    assert [fault.field for fault in error.value.faults] == ["seed", "earlier"]


@pytest.mark.parametrize("cell", ["-1", "1001", "2.5", "first", "2 rounds"])
def test_what_is_no_priority_is_refused_with_its_place(cell: str) -> None:
    with pytest.raises(InvalidInputError, match=r"'L1'\), priority: '.*' is not a "):
        rmatch.read_people([LEADERS[0] | {"priority": cell}, JUNIORS[0]])


def test_who_is_said_to_have_waited_cannot_be_changed_where_it_counts() -> None:
    people = people_of()
    second = rmatch.match(people, FIRST, earlier=rmatch.match(people, FIRST))
    wrong: tuple[Any, ...] = ({}, {"L1": 1}, {"L3": 1, "L4": 2}, {"L3": 0}, {"L3": 1.0})
    for waited in wrong:
        with pytest.raises(VerificationError):
            rmatch.verify(replace(second, waited=waited), people, FIRST)
    document = second.to_dict()
    for waited in ({}, {"L1": 1}, {"L3": 1, "nobody": 2}):
        with pytest.raises((InvalidInputError, VerificationError)):
            rmatch.verify(
                rmatch.read_matching(document | {"waited": waited}, people), people, FIRST
            )


def test_a_gain_that_does_not_outweigh_the_points_is_no_proof() -> None:
    people = people_of()
    second = rmatch.match(people, FIRST, earlier=rmatch.match(people, FIRST))
    (step,) = second.steps
    assert step.precedence is not None
    less = replace(step.precedence, mentee_first=step.precedence.mentee_first // 2)
    with pytest.raises(VerificationError, match="precedence"):
        rmatch.verify(replace(second, steps=(replace(step, precedence=less),)), people, FIRST)
    none = replace(step, precedence=None)
    with pytest.raises(VerificationError, match="precedence"):
        rmatch.verify(replace(second, steps=(none,)), people, FIRST)


@pytest.mark.parametrize("size", [(25, 30), (40, 25)])
@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("seed", [1, 2])
def test_linear_programmes_that_share_nothing_agree_aim_by_aim(
    size: tuple[int, int], most: int, seed: int
) -> None:
    dice = np.random.default_rng(seed)
    people = rmatch.datasets.workforce(*size, seed=seed)
    count = len(people)
    people = replace(
        people,
        priority=dice.choice([-1, 0, 1, 2, 5], count, p=[0.5, 0.2, 0.1, 0.1, 0.1]),
        mentor_capacity=dice.integers(1, most + 1, count),
        mentee_capacity=dice.integers(1, most + 1, count),
    )
    programme = rmatch.Programme(
        criteria=(Expertise(5), ExperienceGap(3)),
        count_topic="each",
        waiting="first",
        spread=bool(seed % 2),
    )
    scores = rmatch.score(people, programme)
    cells = np.argwhere(scores.open_pairs)
    kept = tuple(map(tuple, dice.permutation(cells)[: size[1]].tolist()))
    outcome = Round(scores, 0, earlier=Earlier(kept)).solve()
    assert aims_of(scores, outcome.steps[0].cells, kept) == best_aims(scores, kept)


def aims_of(scores: Scores, made: list[Cell], kept: tuple[Cell, ...]) -> list[int]:
    served = [np.array(sorted({cell[side] for cell in made}), int) for side in (0, 1)]
    ranks = ranks_by_hand(scores, kept)
    return [
        len(made),
        *(
            sum(int((ranks[side][served[side]] == level).sum()) for side in (0, 1))
            for level in levels_of(ranks)
        ),
        len(set(made) & set(kept)),
        sum(int(scores.points[cell]) for cell in made),
    ]


def ranks_by_hand(scores: Scores, kept: tuple[Cell, ...]) -> list[Any]:
    ranks = [
        scores.cohort.priority(side) + scores.programme.spread for side in ("mentor", "mentee")
    ]
    for row, column in kept:
        ranks[0][row] = ranks[1][column] = TOP
    return ranks


def levels_of(ranks: list[Any]) -> list[int]:
    return sorted({int(rank) for side in ranks for rank in side if rank}, reverse=True)


def best_aims(scores: Scores, kept: tuple[Cell, ...]) -> list[int]:
    """Maximise one aim after the other by HiGHS, each at no loss of those before."""
    cells = [(row, column) for row, column in np.argwhere(scores.open_pairs).tolist()]
    (rows, columns), pairs = scores.shape, len(cells)
    people, ends = rows + columns, np.zeros((rows + columns, len(cells) + rows + columns))
    for position, (row, column) in enumerate(cells):
        ends[[row, rows + column], position] = 1
    served = ends.copy()
    served[np.arange(people), pairs + np.arange(people)] = -1
    capacity = np.concatenate([scores.cohort.capacity(side) for side in ("mentor", "mentee")])
    constraints = [LinearConstraint(ends, 0, capacity), LinearConstraint(served, 0, np.inf)]
    ranks = ranks_by_hand(scores, kept)
    together, nobody = np.concatenate(ranks), np.zeros(people)
    wanted = set(kept)
    aims = [
        np.concatenate([np.ones(pairs), nobody]),
        *(np.concatenate([np.zeros(pairs), together == level]) for level in levels_of(ranks)),
        np.concatenate([[cell in wanted for cell in cells], nobody]),
        np.concatenate([[scores.points[row, column] for row, column in cells], nobody]),
    ]
    found = []
    for aim in aims:
        result = milp(
            -aim,
            integrality=np.ones(len(aim), np.int64),
            bounds=Bounds(0, 1),
            constraints=constraints,
        )
        assert result.fun is not None, result.message
        found.append(round(-result.fun))
        constraints.append(LinearConstraint(aim[None, :], found[-1], np.inf))
    return found


def test_a_run_that_was_stopped_says_what_it_does_not_know_and_bounds_the_points() -> None:
    pytest.importorskip("numba")
    people = rmatch.datasets.workforce(420, 380, seed=7)
    dice = np.random.default_rng(0)
    people = replace(people, priority=dice.integers(0, 3, len(people)))
    programme = replace(FIRST, criteria=(Expertise(5), ExperienceGap(3)))
    whole = rmatch.match(people, programme, gap=0.5)
    assert whole.bound == whole.total
    stopped = rmatch.match(people, programme, max_seconds=1e-9)
    assert stopped.claim.startswith(
        "Stopped early: others may do more for what comes before the points"
    )
    assert whole.total <= stopped.bound <= 1_000_000 * 380
    assert rmatch.verify(stopped, people, programme).total == stopped.total
    again = rmatch.read_matching(stopped.to_json())
    assert (again.bound, again.claim) == (stopped.bound, stopped.claim)


def test_whoever_has_a_partner_in_one_role_or_took_no_part_has_not_waited() -> None:
    rows = [
        {"id": "m", "role": "mentor", "years": 2, "offers": {"video": 5}},
        {"id": "B", "role": "both", "years": 10, "offers": {"python": 5}},
        {"id": "L", "role": "mentee", "years": 20, "wants": {"python": 1}},
        {"id": "away", "role": "mentee", "years": 20, "mentee_capacity": 0},
        {"id": "none", "role": "none", "years": 20},
    ]
    people, apart = rmatch.read_people(rows), Requests((Request("m", "B", "exclude"),))
    autumn = rmatch.match(people, FIRST, apart)
    assert [(pair.mentor, pair.mentee) for pair in autumn.pairs] == [("B", "L")]
    assert rmatch.match(people, FIRST, apart, earlier=autumn).waited == {"m": 1}


def test_who_waits_takes_nobodys_place_whose_pair_goes_on() -> None:
    people = people_of()
    autumn = rmatch.match(people, FIRST)
    again = rmatch.rematch(autumn)
    assert again.waited == {"L3": 1, "L4": 1}
    assert again.pairs == autumn.pairs
    without = replace(people, role=np.where(np.array(people.id) == "L2", 0, people.role))
    after = rmatch.rematch(autumn, without)
    assert placed(after) in ({"L1", "L3"}, {"L1", "L4"})
    assert rmatch.verify(after, without).total == after.total


def test_whoever_has_a_locked_partner_does_not_wait_for_another() -> None:
    rows = [
        row | {"mentee_capacity": 2} if row["id"] == "L1" else row for row in (*JUNIORS, *LEADERS)
    ]
    people = rmatch.read_people([row | {"priority": 9 * (row["id"] == "L1")} for row in rows])
    locked = Requests((Request("m1", "L1", "lock"),))
    generous = replace(FIRST, criteria=(Expertise(1),))
    assert placed(rmatch.match(people, generous, locked)) == {"L1", "L2"}
    (step,) = rmatch.match(people, generous, locked).steps
    assert step.precedence is None
