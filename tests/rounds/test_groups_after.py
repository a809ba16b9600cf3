"""Groups after what comes before their points: the best of all sets of pairs in the order of the aims, proved and kept."""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import examples
from rounds.by_aims import TOP, Drawn, assert_best, drawn_rounds, every, solved, worth
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

import rmatch
from rmatch.criteria import ExperienceGap, Expertise
from rmatch.errors import InfeasibleError, InvalidInputError, Status, StopError, VerificationError
from rmatch.matching import Matching
from rmatch.programme import Programme
from rmatch.rounds import Earlier, Round, wanted_cells
from rmatch.scoring import Coverage
from rmatch.solve import GroupSolution
from rmatch.utils import stopping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rounds.by_aims import Cell

    from rmatch.scoring import Scores

KEEPS = st.sampled_from(["pairs", "optimum"])


@given(drawn_rounds(once=True))
@examples(400)
def test_the_groups_are_the_best_of_all_sets_of_pairs(one: Drawn) -> None:
    outcome = solved(one)
    if outcome is None:
        return
    assert_best(one, outcome)


@given(drawn_rounds(once=True))
@examples(100)
def test_each_answer_is_verified_and_read_back_the_same(one: Drawn) -> None:
    # What becomes of earlier pairs is what `rmatch.rematch` tells, and verified with it.
    outcome = solved(replace(one, earlier=replace(one.earlier, kept=())))
    if outcome is None:
        return
    matching = Matching.of(outcome)
    rmatch.verify(matching, one.people, one.programme, one.requests)
    assert pickle.loads(pickle.dumps(matching)) == matching
    again = rmatch.read_matching(matching.to_dict(), one.people, one.programme)
    assert again == matching
    rmatch.verify(again, one.people, one.programme, one.requests)


def rematched(one: Drawn, keep: Any) -> tuple[Drawn, Matching]:
    """Return a rematch after the pairs that a drawn round takes over, and the round as it is then."""
    mentors, mentees = one.scores.mentors, one.scores.mentees
    table = [
        {"mentor": mentors[row], "mentee": mentees[column]} for row, column in one.earlier.kept
    ]
    assume(table)
    given_round = {"programme": one.programme, "requests": one.requests}
    try:
        matching = rmatch.rematch(table, one.people, keep=keep, **given_round)
    except InfeasibleError:
        assume(False)
        raise
    earlier = [(row["mentor"], row["mentee"]) for row in table]
    kept = tuple((row, column) for row, column in wanted_cells(one.scores, earlier))
    cohort = one.scores.cohort
    waiting = cohort.priority("mentor").tolist(), cohort.priority("mentee").tolist()
    return replace(one, earlier=Earlier(kept, keep == "optimum"), waiting=waiting), matching


@given(drawn_rounds(once=True), KEEPS)
@examples(100)
def test_a_rematch_in_groups_is_the_best_and_verified_and_read_back(one: Drawn, keep: Any) -> None:
    again, matching = rematched(one, keep)
    assert_best(again, matching)
    rmatch.verify(matching, one.people, one.programme, matching.requests)
    read = rmatch.read_matching(matching.to_dict(), one.people, one.programme)
    assert read == matching
    rmatch.verify(read, one.people, one.programme, matching.requests)


@given(drawn_rounds(once=True, protected=False))
@examples(60)
def test_each_price_of_changes_in_groups_is_the_most_points_for_so_few(one: Drawn) -> None:
    again, matching = rematched(
        replace(one, programme=replace(one.programme, waiting="same", spread=False)), "pairs"
    )
    prices = matching.price_of_changes()
    rmatch.verify(prices, one.people, matching.programme, matching.requests, of=matching)
    locks = frozenset(matching.locked_cells)
    wanted = frozenset(again.earlier.kept)
    possible = list(every(again, locks))
    if again.programme.participation == "most":
        most = max(map(len, possible))
        possible = [pairs for pairs in possible if len(pairs) == most]
    first = worth(again, locks, protected=True)
    for price in prices.prices:
        best = max(
            worth(again, pairs, protected=True) - first
            for pairs in possible
            if len(wanted - pairs) <= price.changes
        )
        assert best == price.points


def circles(**chosen: Any) -> tuple[Any, Any]:
    """Return invented people, of whom mentors and leaders may have two partners, and a programme."""
    people = rmatch.datasets.workforce(24, 12, seed=2)
    asked: dict[str, Any] = {
        "mentee_capacity": 2,
        "count_topic": "once",
        "levels": rmatch.datasets.LEVELS,
    }
    return people, rmatch.Programme(**asked | chosen)


@pytest.mark.parametrize("keep", ["pairs", "optimum"])
def test_wherever_a_rematch_in_groups_is_stopped_it_says_no_more_than_is_proved(
    keep: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "LOOKED_EVERY", 0.0)
    people, programme = circles(waiting="first")
    before = rmatch.match(people, replace(programme, waiting="same"), seed="another")
    # Of most people nothing is known beforehand, so that there is something to decide in groups.
    earlier = [{"mentor": pair.mentor, "mentee": pair.mentee} for pair in before.pairs[::5]]
    whole = rmatch.rematch(earlier, people, programme=programme, keep=keep)
    stopped: list[Matching] = []
    moments = 1
    while not stopped or stopped[-1].status is not Status.OPTIMAL:
        looks = iter(range(moments))
        moments = round(1.15 * moments) + 1
        with suppress(StopError):
            again = rmatch.rematch(
                earlier,
                people,
                programme=programme,
                keep=keep,
                cancel=lambda looks=looks: next(looks, None) is None,
            )
            rmatch.verify(again, people, programme, again.requests)
            assert again.total <= again.bound
            stopped.append(again)
    assert stopped[-1].total == whole.total
    assert len(stopped) > 1
    assert any(each.claim.startswith("Stopped early") for each in stopped)


TEACHERS = [
    {"id": "M1", "role": "mentor", "offers": {"python": 5}},
    {"id": "M2", "role": "mentor", "offers": {"video": 5}},
    {"id": "M3", "role": "mentor", "offers": {"python": 5}},
]
LEADERS = [
    {"id": "L1", "role": "mentee", "wants": {"python": 1, "video": 1}},
    {"id": "L2", "role": "mentee", "wants": {"writing": 1}, "priority": 1},
]
TAUGHT: dict[str, Any] = {
    "criteria": (Expertise(1),),
    "rules": (),
    "mentee_capacity": 3,
    "count_topic": "once",
}


def test_who_waits_gets_a_partner_and_the_others_are_those_who_cover_the_most() -> None:
    people = rmatch.read_people([*TEACHERS, *LEADERS])
    points_alone = rmatch.match(people, Programme(**TAUGHT))
    first = rmatch.match(people, Programme(**TAUGHT, waiting="first"))
    assert points_alone.group("L1").open == first.group("L1").open == ()
    assert first.partners["L2"] in (("M1",), ("M3",))
    assert "no others give more of those who wait a partner" in first.claim
    assert "every topic counted once" in first.claim


def test_groups_that_forget_who_waits_are_refused() -> None:
    people = rmatch.read_people([*TEACHERS[:2], *LEADERS])
    programme = Programme(**TAUGHT, waiting="first")
    honest = rmatch.match(people, programme)
    rmatch.verify(honest, people, programme)
    better = rmatch.match(people, Programme(**TAUGHT))
    assert better.total > honest.total
    (step,), found = honest.steps, better.steps[0].solution
    assert isinstance(step.solution, GroupSolution)
    assert isinstance(found, GroupSolution)
    aims = step.solution.aims
    assert aims is not None
    for claimed in (None, aims, replace(aims, rows=found.rows, cols=found.cols)):
        solution = replace(found, aims=claimed)
        forged = replace(
            honest,
            pairs=better.pairs,
            total=better.total,
            steps=(replace(step, solution=solution),),
        )
        with pytest.raises(VerificationError, match="before its points"):
            rmatch.verify(forged, people, programme)


def test_sizes_and_departments_do_not_go_with_earlier_pairs() -> None:
    people = rmatch.read_people([*TEACHERS, *LEADERS])
    sized = rmatch.match(people, Programme(**TAUGHT, group_sizes=[1, 2]))
    with pytest.raises(InvalidInputError) as caught:
        rmatch.rematch(sized)
    assert [fault.field for fault in caught.value.faults] == ["group_sizes"]


def by_programmes(scores: Scores, kept: Sequence[Cell], ranks: Sequence[Any]) -> list[int]:
    """Return pairs, people served from the highest rank on, earlier pairs and points, each by a programme of its own.

    There is a variable a pair, one a person who is served, and one a want and a mentor who teaches it.
    """
    coverage, cohort = Coverage.of(scores), scores.cohort
    cells = [(row, column) for row, column in np.argwhere(scores.open_pairs).tolist()]
    taught = coverage.gains.tocoo()
    wants, teachers = (axis.tolist() for axis in taught.coords)
    (mentors, mentees), pairs = scores.shape, len(cells)
    people, place = mentors + mentees, {cell: at for at, cell in enumerate(cells)}
    width = pairs + people + len(wants)
    ends, needs, once = (
        lil_array((count, width)) for count in (people, len(wants), len(coverage.mentee))
    )
    for at, (row, column) in enumerate(cells):
        ends[row, at] = ends[mentors + column, at] = 1
    served = ends.copy()
    for person in range(people):
        served[person, pairs + person] = -1
    for at, (want, row) in enumerate(zip(wants, teachers, strict=True)):
        needs[at, pairs + people + at] = once[want, pairs + people + at] = 1
        pair = place.get((row, int(coverage.mentee[want])))
        if pair is not None:
            needs[at, pair] = -1
    capacity = np.concatenate([cohort.capacity("mentor"), cohort.capacity("mentee")])
    constraints = [
        LinearConstraint(ends.tocsr(), 0, capacity),
        LinearConstraint(served.tocsr(), 0, np.inf),
        LinearConstraint(needs.tocsr(), -np.inf, 0),
        LinearConstraint(once.tocsr(), 0, 1),
    ]
    together, nothing = np.concatenate(ranks), np.zeros(width - pairs)
    points = [coverage.rest[cell] for cell in cells]
    aims = [np.concatenate([np.ones(pairs), nothing])]
    aims += [
        np.concatenate([np.zeros(pairs), together == level, np.zeros(len(wants))])
        for level in sorted({*together.tolist()} - {0}, reverse=True)
    ]
    aims += [np.concatenate([[cell in set(kept) for cell in cells], nothing])]
    aims += [np.concatenate([points, np.zeros(people), taught.data])]
    found = []
    for aim in aims:
        answer = milp(
            -aim,
            integrality=np.ones(width, np.int64),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0.0},
        )
        assert answer.fun is not None, answer.message
        found.append(round(-answer.fun))
        constraints.append(LinearConstraint(aim[None, :], found[-1] - 0.5, np.inf))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_integer_programmes_that_share_nothing_agree_aim_by_aim(seed: int) -> None:
    dice = np.random.default_rng(seed)
    people = rmatch.datasets.workforce(24, 18, seed=seed)
    people = replace(people, priority=dice.integers(0, 3, len(people)))
    programme = Programme(
        criteria=(Expertise(5), ExperienceGap(3)), rules=(), mentee_capacity=2, count_topic="once"
    )
    scores = rmatch.score(people, programme)
    before = rmatch.match(people, programme, seed="another")
    kept = [
        (scores.cohort.row[one.mentor], scores.cohort.column[one.mentee]) for one in before.pairs
    ]
    kept = [kept[at] for at in sorted(dice.choice(len(kept), 8, replace=False).tolist())]
    waits = rmatch.score(people, replace(programme, waiting="first"))
    outcome = Round(waits, 0, earlier=Earlier(tuple(kept))).solve()
    (step,) = outcome.steps
    ranks = [waits.cohort.priority("mentor").copy(), waits.cohort.priority("mentee").copy()]
    for row, column in kept:
        ranks[0][row] = ranks[1][column] = TOP
    made = step.cells
    reached = [len(made)]
    holders = [{cell[side] for cell in made} for side in (0, 1)]
    reached += [
        sum(int(ranks[side][one] == level) for side in (0, 1) for one in holders[side])
        for level in sorted({*ranks[0].tolist(), *ranks[1].tolist()} - {0}, reverse=True)
    ]
    reached += [len(set(made) & set(kept)), outcome.total]
    assert reached == by_programmes(waits, kept, ranks)
