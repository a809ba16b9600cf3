"""Groups: as good as trying everything and as an independent mixed-integer programme, proved, and no proof of more."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from rmatch.errors import InfeasibleError, StopError
from rmatch.solve.groups import branch, solve
from rmatch.solve.groups.best_group import Search
from rmatch.solve.groups.ceiling import ceiling_of
from rmatch.solve.groups.columns import Columns, GroupPrices, shared_out
from rmatch.solve.groups.dive import dived
from rmatch.solve.groups.generate import Start
from rmatch.solve.groups.problem import GroupProblem, Leader
from rmatch.solve.groups.proof import GroupCase, GroupProof, group_failures
from rmatch.solve.groups.solve import GroupSolution, solve_groups
from rmatch.solve.ties import TieHash
from rmatch.utils.stopping import StoppingRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.solve.problem import Participation


@st.composite
def problems(draw: st.DrawFn, *, plain: bool | None = None) -> GroupProblem:
    """Draw a few mentors and leaders, points with many ties, sizes with gaps, kinds, minimums."""
    mentors, mentees = draw(st.integers(0, 5)), draw(st.integers(1, 3))
    whose = sorted(draw(st.lists(st.integers(0, mentees - 1), max_size=5)))
    numbers = st.integers(-2, 6)
    rest = draw(_matrix(mentors, mentees, numbers))
    gains = np.maximum(draw(_matrix(len(whose), mentors, numbers)), 0)
    allowed = draw(_matrix(mentors, mentees, st.sampled_from((1, 1, 1, 0)))).astype(bool)
    capacity = draw(_matrix(mentors, 1, st.sampled_from((0, 1, 1, 2))))[:, 0]
    least = draw(_matrix(mentors, 1, st.sampled_from((0, 0, 0, 0, 0, 1))))[:, 0]
    if plain if plain is not None else draw(st.booleans()):
        one = st.sampled_from(((0,), (0, 1), (0, 1, 2), (0, 1, 2, 3), (1, 2)))
        kinds = None
    else:
        one = st.sampled_from(((0,), (0, 2), (0, 2, 3), (0, 3), (2,), (0, 1, 3)))
        kinds = draw(_matrix(mentors, 1, st.integers(-1, 2)))[:, 0] if draw(st.booleans()) else None
    return GroupProblem(
        rest=rest,
        mentee=np.array(whose, np.int64),
        gains=csr_array(gains),
        allowed=allowed,
        mentor_capacity=capacity,
        mentor_minimum=np.minimum(least, capacity),
        sizes=tuple(draw(one) for _ in range(mentees)),
        kinds=kinds,
        participation=draw(st.sampled_from(("most", "best"))),
    )


def _matrix(rows: int, columns: int, cells: st.SearchStrategy[int]) -> st.SearchStrategy[Any]:
    return st.lists(cells, min_size=rows * columns, max_size=rows * columns).map(
        lambda values: np.array(values, np.int64).reshape(rows, columns)
    )


def worth(problem: GroupProblem, column: int, group: Sequence[int]) -> int:
    """Return the points of a group, want by want."""
    gains = problem.gains.toarray()
    points = sum(int(problem.rest[mentor, column]) for mentor in group)
    for want in np.flatnonzero(problem.mentee == column):
        points += max((int(gains[want, mentor]) for mentor in group), default=0)
    return points


def possible(problem: GroupProblem, column: int) -> Iterator[tuple[int, ...]]:
    able = np.flatnonzero(problem.allowed[:, column] & (problem.mentor_capacity > 0)).tolist()
    for size in problem.sizes[column]:
        for group in combinations(able, size):
            kinds = [] if problem.kinds is None else [int(problem.kinds[one]) for one in group]
            if size < 2 or (-1 not in kinds and len(set(kinds)) == len(kinds)):
                yield group


def best(problem: GroupProblem) -> tuple[int, int] | None:
    """Return pairs and points of the best groups by trying all, or points alone."""
    found = []

    def extended(column: int, held: list[int], pairs: int, points: int) -> None:
        if column == problem.shape[1]:
            if (np.array(held, np.int64) >= problem.mentor_minimum).all():
                found.append((pairs, points))
            return
        for group in possible(problem, column):
            now = [count + (mentor in group) for mentor, count in enumerate(held)]
            if (np.array(now, np.int64) <= problem.mentor_capacity).all():
                extended(
                    column + 1, now, pairs + len(group), points + worth(problem, column, group)
                )

    extended(0, [0] * problem.shape[0], 0, 0)
    if problem.participation == "most":
        return max(found, default=None)
    return max(((-1, points) for _, points in found), default=None)


def groups_of(problem: GroupProblem, solution: GroupSolution) -> list[tuple[int, ...]]:
    return [
        tuple(solution.rows[solution.cols == column].tolist()) for column in range(problem.shape[1])
    ]


def failures(problem: GroupProblem, solution: GroupSolution) -> list[str]:
    most = problem.participation == "most"
    pairs = len(solution.rows) if most else None
    told = list(group_failures(problem, solution.points_proof, pairs, solution.bound))
    if solution.pairs_proof is not None and solution.most_pairs is not None:
        told += group_failures(problem.counting, solution.pairs_proof, None, solution.most_pairs)
    return told


@examples(200)
@given(problems())
def test_groups_are_as_good_as_trying_everything(problem: GroupProblem) -> None:
    expected = best(problem)
    if expected is None:
        with pytest.raises(InfeasibleError):
            solve_groups(problem)
        return
    solution = solve_groups(problem)
    groups = groups_of(problem, solution)
    assert solution.proved
    assert all(group in list(possible(problem, column)) for column, group in enumerate(groups))
    held = np.bincount(solution.rows, minlength=problem.shape[0])
    assert (held <= problem.mentor_capacity).all()
    assert (held >= problem.mentor_minimum).all()
    points = sum(worth(problem, column, group) for column, group in enumerate(groups))
    assert points == solution.total == expected[1]
    assert expected[0] in {-1, len(solution.rows)}
    assert failures(problem, solution) == []


@examples(100)
@given(problems(), st.data())
def test_no_prices_prove_less_than_there_is(problem: GroupProblem, data: st.DataObject) -> None:
    """Whatever stands in a proof, a bound below what is possible is never accepted."""
    expected = best(problem)
    if expected is None:
        return
    pairs = expected[0] if problem.participation == "most" else None
    count = problem.shape[0]
    prices = st.builds(
        GroupPrices,
        _matrix(count, 1, st.integers(-9, 9)).map(lambda m: m[:, 0] << 15),
        st.integers(-9, 9),
    )
    cell = st.tuples(st.integers(0, max(count - 1, 0)), st.integers(0, problem.shape[1] - 1))
    cases = st.lists(
        st.builds(GroupCase, prices, st.none() | cell if count else st.none()), max_size=7
    )
    proof = data.draw(st.builds(GroupProof, prices, cases.map(tuple)))
    assert list(group_failures(problem, proof, pairs, expected[1] - 1))


@examples(200)
@given(st.integers(0, 2**32), st.sampled_from(((0, 1, 2), (2,), (0, 3), (2, 4), (1, 3, 4))))
def test_no_group_is_worth_more_than_is_paid_and_the_best_are_found(
    seed: int, sizes: tuple[int, ...]
) -> None:
    """What is paid for wants once and for mentors beyond bounds every group; the search loses none of the best."""
    dice = np.random.default_rng(seed)
    mentors = int(dice.integers(4, 9))
    rest, gains = dice.integers(-2, 7, mentors), np.maximum(dice.integers(-2, 7, (3, mentors)), 0)
    kinds = dice.integers(-1, 5, mentors) if dice.random() < 0.3 else None
    leader = Leader(np.arange(mentors), rest, gains, sizes, kinds)
    search = Search(leader, rest - dice.integers(-3, 6, mentors), gains)
    every = []
    for group in chain.from_iterable(combinations(range(mentors), size) for size in sizes):
        taught = int(gains[:, list(group)].max(axis=1, initial=0).sum())
        net = int(search.net[list(group)].sum()) + taught
        assert net <= search.paid + int(search.scores[list(group)].sum())
        if leader.admits(group):
            every.append((net, group))
    every.sort(reverse=True)
    for count in (1, 3):
        assert [net for net, _ in search.best(count)] == [net for net, _ in every[:count]]
    least = every[len(every) // 2][0] if every else 0
    assert search.all(least) == [each for each in every if each[0] >= least]


@st.composite
def middle_ones(draw: st.DrawFn) -> GroupProblem:
    """Draw a problem of a size that nobody tries everything for."""
    dice = np.random.default_rng(draw(st.integers(0, 10_000)))
    mentors, mentees, topics = 24, 9, 6
    levels = np.where(
        dice.random((topics, mentors)) < 0.4, dice.integers(1, 6, (topics, mentors)), 0
    )
    wanted = [(one, topic) for one in range(mentees) for topic in dice.permutation(topics)[:4]]
    gains = np.array([levels[topic] * dice.integers(5, 40) for _, topic in wanted])
    return GroupProblem(
        rest=dice.integers(0, 60, (mentors, mentees)),
        mentee=np.array([one for one, _ in wanted]),
        gains=csr_array(gains),
        allowed=dice.random((mentors, mentees)) < 0.8,
        mentor_capacity=dice.integers(1, 3, mentors),
        mentor_minimum=np.zeros(mentors, np.int64),
        sizes=(draw(st.sampled_from(((0, 1, 2), (0, 2, 3), (0, 3)))),) * mentees,
        kinds=draw(st.sampled_from((None, dice.integers(0, 8, mentors)))),
        participation=draw(st.sampled_from(("most", "best"))),
    )


@examples(30)
@given(middle_ones())
def test_groups_are_as_good_as_an_independent_programme_says(problem: GroupProblem) -> None:
    solution = solve_groups(problem)
    assert solution.proved
    assert failures(problem, solution) == []
    pairs = None
    if problem.participation == "most":
        pairs = by_programme(problem.counting)
        assert len(solution.rows) == pairs
    assert solution.total == by_programme(problem, pairs)


def by_programme(problem: GroupProblem, pairs: int | None = None) -> int:
    """Solve with a variable a pair, one a mentor and want, and one a leader and size."""
    mentors, mentees = problem.shape
    wants, many = len(problem.mentee), max(max(sizes) for sizes in problem.sizes) + 1
    x, z = mentors * mentees, wants * mentors
    width = x + z + mentees * many
    rows: list[np.ndarray] = []
    limits: list[tuple[float, float]] = []

    def row(entries: Any, least: float, most: float) -> None:
        line = np.zeros(width)
        for place, value in entries.items():
            line[place] += value
        rows.append(line)
        limits.append((least, most))

    for i in range(mentors):
        row({i * mentees + j: 1 for j in range(mentees)}, 0, problem.mentor_capacity[i])
    for j in range(mentees):
        size = {x + z + j * many + s: -s for s in range(many)}
        row({i * mentees + j: 1 for i in range(mentors)} | size, 0, 0)
        row({x + z + j * many + s: 1 for s in problem.sizes[j]}, 1, 1)
        row({x + z + j * many + s: 1 for s in range(many)}, 1, 1)
        for kind in set() if problem.kinds is None else set(problem.kinds.tolist()):
            same = np.flatnonzero(problem.kinds == kind)
            row({int(i) * mentees + j: 1 for i in same}, 0, 1)
    for w in range(wants):
        row({x + w * mentors + i: 1 for i in range(mentors)}, 0, 1)
        for i in range(mentors):
            pair = i * mentees + int(problem.mentee[w])
            row({x + w * mentors + i: 1, pair: -1}, -np.inf, 0)
    if pairs is not None:
        row(dict.fromkeys(range(x), 1.0), pairs, pairs)
    goal = np.concatenate(
        [problem.rest.ravel(), problem.gains.toarray().ravel(), np.zeros(mentees * many)]
    )
    most = np.concatenate([problem.allowed.ravel(), np.ones(width - x)])
    least, largest = np.array(limits).T
    answer = milp(
        -goal.astype(float),
        integrality=np.ones(width, np.int64),
        bounds=Bounds(0, most),
        constraints=LinearConstraint(csr_array(np.array(rows)), least, largest),
        options={"mip_rel_gap": 0.0},
    )
    assert answer.fun is not None, answer.message
    return round(-answer.fun)


def larger(seed: int = 3) -> GroupProblem:
    """Return a problem whose prices alone do not settle it."""
    dice = np.random.default_rng(seed)
    mentors, mentees = 40, 18
    gains = np.where(dice.random((4 * mentees, mentors)) < 0.3, dice.integers(1, 200_000), 0)
    return GroupProblem(
        rest=dice.integers(0, 300_000, (mentors, mentees)),
        mentee=np.repeat(np.arange(mentees), 4),
        gains=csr_array(gains),
        allowed=np.ones((mentors, mentees), bool),
        mentor_capacity=np.ones(mentors, np.int64),
        mentor_minimum=np.zeros(mentors, np.int64),
        sizes=((0, 1, 2),) * mentees,
        kinds=None,
        participation="most",
    )


def test_a_proof_with_cases_loses_its_force_with_any_of_them() -> None:
    problem = larger()
    solution = solve_groups(problem)
    proof = solution.points_proof
    assert solution.proved
    assert len(proof.cases) > 1
    assert failures(problem, solution) == []
    for place in range(len(proof.cases)):
        less = replace(proof, cases=proof.cases[:place] + proof.cases[place + 1 :])
        assert failures(problem, replace(solution, points_proof=less)), place
    lower = replace(solution, bound=solution.bound - 1)
    assert failures(problem, lower)
    fewer = replace(solution, most_pairs=len(solution.rows) - 1)
    assert failures(problem, fewer)


def test_a_run_that_is_stopped_has_groups_and_a_bound_that_is_proved() -> None:
    problem = larger()
    full = solve_groups(problem)
    with StoppingRule(gap=0.5):
        early = solve_groups(problem)
    assert not early.proved
    assert early.total <= full.total <= early.bound
    assert len(early.rows) == len(full.rows)
    assert failures(problem, early) == []


@examples(50)
@given(problems(), st.data())
def test_a_ceiling_is_proved_from_whatever_prices_it_begins(
    problem: GroupProblem, data: st.DataObject
) -> None:
    expected = best(problem)
    if expected is None:
        return
    count, known = problem.shape[0], solve_groups(problem)
    old = data.draw(_matrix(count, 1, st.integers(-9, 9)).map(lambda m: m[:, 0] << 15))
    prices, ties = GroupPrices(old, 0), TieHash("spring", range(count), range(problem.shape[1]))
    pairs = len(known.rows) if problem.participation == "most" else None
    made = known.rows, known.cols
    begin = Start(prices, Columns.of(problem, []))
    ceiling, start = ceiling_of(problem, pairs, made, begin, ties)
    assert ceiling is not None
    assert ceiling.bound >= expected[1]
    assert list(group_failures(problem, ceiling.proof, pairs, ceiling.bound)) == []
    # Nothing is lost by beginning where the ceiling ended, whatever is allowed by then.
    fewer = replace(
        problem,
        mentor_capacity=np.bincount(known.rows, minlength=count),
        participation="most",
    )
    again = solve_groups(fewer, ties=ties, start=start)
    assert again.proved
    assert (len(again.rows), again.total) == best(fewer)
    assert failures(fewer, again) == []


def test_a_ceiling_is_as_low_as_prices_make_it() -> None:
    problem = larger()
    known, ties = solve_groups(problem), TieHash(0, range(40), range(18))
    made = known.rows, known.cols
    ceiling, _ = ceiling_of(problem, len(known.rows), made, None, ties)
    assert ceiling is not None
    assert known.total <= ceiling.bound < 1.002 * known.total
    with StoppingRule(cancel=lambda: True):
        assert ceiling_of(problem, len(known.rows), made, None, ties) == (None, None)


@pytest.mark.parametrize("looks", [0, 1, 2, 17, 18, 30, 38])
def test_a_search_that_is_stopped_anywhere_has_proved_what_it_says(
    looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, left = larger(seed=11), iter(range(looks))

    def listened(phase: str) -> None:
        if next(left, None) is None:
            message = f"{phase} are to stop"
            raise StopError(message)

    full = solve_groups(problem)
    monkeypatch.setattr(branch, "listen", listened)
    early = solve_groups(problem)
    assert early.total <= full.total <= early.bound
    assert failures(problem, early) == []


def test_whole_groups_are_found_though_those_at_hand_do_not_go_together() -> None:
    problem = larger()
    leaders = range(problem.shape[1])
    same = Columns.of(problem, product(leaders, [(0, 1), (2, 3)]))
    pairs, penalty = 2 * len(leaders), 1e8
    shared = shared_out(problem, same, pairs, penalty)
    assert shared.missing > 1
    found = dived(problem, same, pairs, penalty, shared)
    assert found is not None
    assert sorted(found.leader.tolist()) == list(leaders)
    assert (found.members.sum(axis=0) <= problem.mentor_capacity).all()
    assert found.sizes.sum() == pairs


@pytest.mark.parametrize("participation", ["most", "best"])
def test_a_run_that_is_stopped_before_its_first_prices_has_the_groups_to_begin_with(
    participation: Participation, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = replace(larger(), participation=participation)
    full = solve_groups(problem)

    def stopped(*_: object) -> None:
        message = "stopped"
        raise StopError(message)

    monkeypatch.setattr(solve, "Optimising", stopped)
    early = solve_groups(problem)
    assert 0 < early.total <= full.total <= early.bound
    assert len(early.rows) == len(full.rows)
    assert early.most_pairs == full.most_pairs
    assert failures(problem, early) == []


def test_a_run_that_is_stopped_at_once_has_nothing() -> None:
    with StoppingRule(cancel=lambda: True), pytest.raises(StopError):
        solve_groups(larger())
