"""Column generation agrees with the other routes, and its certificates prove what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from solve.brute import Case, cases, optima
from solve.brute import total as total_of

pytest.importorskip("numba")
from profiles import examples

import rmatch
from rmatch.datasets import LEVELS
from rmatch.errors import InfeasibleError, InvalidInputError, StopError
from rmatch.rounds import possible as possible_module
from rmatch.rounds import step as step_module
from rmatch.rules import (
    Accepted,
    CoversAWant,
    JuniorMentor,
    NoRepeat,
    OtherDepartment,
    OtherSite,
    OverlappingHours,
    ReportingChain,
    SharedLanguage,
)
from rmatch.solve import columns, jonker_volgenant
from rmatch.solve.certificates.certificate import Certificate
from rmatch.solve.certificates.claim import failures
from rmatch.solve.columns import LARGEST, pricing, start
from rmatch.solve.columns.answer import Warm
from rmatch.solve.columns.auction import STEPS, approach
from rmatch.solve.columns.master import Master
from rmatch.solve.columns.problem import ImplicitProblem
from rmatch.solve.columns.solve import solve_implicit
from rmatch.solve.columns.source import Source
from rmatch.solve.columns.tuning import Tuning
from rmatch.solve.columns.workers import Workers
from rmatch.solve.problem import Participation, Problem
from rmatch.solve.ties import TieHash, tie_hash
from rmatch.solve.total import solve
from rmatch.utils.stopping import StoppingRule
from rmatch.utils.threads import pool

if TYPE_CHECKING:
    from rmatch.solve.columns.answer import Answer

ASKED = (
    JuniorMentor(),
    ReportingChain("whole"),
    OtherSite(),
    SharedLanguage(),
    OverlappingHours(),
    CoversAWant(),
    Accepted(),
    NoRepeat(),
)
RULES: tuple[Any, ...] = (
    *ASKED,
    JuniorMentor("years", 2),
    ReportingChain(1),
    OtherDepartment(),
    OverlappingHours(900),
)


SAMPLED = Tuning(written_out=64)
"""Even small problems begin with a sample."""


def found(answer: Answer, large: ImplicitProblem, matrix: Any, allowed: Any) -> list[str]:
    """Return what the checker has against an answer."""
    return list(
        failures(
            answer.certificate,
            answer.pairs,
            large.capacities,
            large.minimums,
            lambda first, last: (matrix[first:last], allowed[first:last]),
            most_pairs=large.most_pairs and answer.proved,
            bound=answer.bound,
        )
    )


def against(answer: Answer, large: ImplicitProblem) -> list[str]:
    """Return what the checker has against an answer, from the stream."""
    return list(
        failures(
            answer.certificate,
            answer.pairs,
            large.capacities,
            large.minimums,
            lambda first, last: (large.source.rows(first, last), None),
            most_pairs=large.most_pairs and answer.proved,
            bound=answer.bound,
        )
    )


def by_columns(problem: Problem, ties: Any, tuning: Tuning) -> Answer:
    """Return the answer of column generation to a problem with a matrix."""
    return solve_implicit(
        ImplicitProblem.of(problem), ties=lambda rows, columns: ties[rows, columns], tuning=tuning
    )


@pytest.mark.parametrize("written_out", [1, 2**16], ids=["from a sample", "from all pairs"])
def test_all_routes_agree_and_the_certificate_holds(written_out: int) -> None:
    tuning = Tuning(written_out=written_out, later=1)

    @given(cases(), st.integers(0, 2**32))
    def agree(case: Case, seed: int) -> None:
        ties = np.random.default_rng(seed).integers(1, 2**32, case.shape)
        problem = case.problem
        problem = replace(problem, points=problem.points // 40)
        try:
            flow = solve(problem, ties=ties, route="flow")
        except InfeasibleError:
            with pytest.raises(InfeasibleError):
                by_columns(problem, ties, tuning)
            return
        answer = by_columns(problem, ties, tuning)
        rows, columns, _ = answer.pairs
        assert (rows.tolist(), columns.tolist()) == (flow.rows.tolist(), flow.cols.tolist())
        assert answer.total == flow.total
        assert (answer.bound, answer.proved, answer.decided) == (answer.total, True, True)
        assert not found(answer, ImplicitProblem.of(problem), problem.points, problem.allowed)
        assert not against(answer, ImplicitProblem.of(problem))

    agree()


@given(cases())
def test_the_total_is_that_of_trying_everything(case: Case) -> None:
    case = replace(case, points=[[min(value, 10**6) for value in row] for row in case.points])
    case = replace(case, points=[[max(value, -(10**6)) for value in row] for row in case.points])
    best = optima(case)
    if best:
        assert solve(case.problem, route="columns").total == total_of(case, best[0])


@given(cases())
def test_people_out_of_reach_of_their_minimum_are_named(case: Case) -> None:
    problem = replace(case.problem, points=0 * case.problem.points)
    if optima(case):
        assert solve(problem, route="columns").route == "columns"
        return
    with pytest.raises(InfeasibleError, match="need") as error:
        solve(problem, route="columns")
    assert error.value.mentors or error.value.mentees


def medium(seed: int, shape: tuple[int, int], most: int, participation: Participation) -> Problem:
    rng = np.random.default_rng(seed)
    mentors, mentees = (rng.integers(0, most + 1, size) for size in shape)
    codes = rng.integers(0, 6, (8, shape[0])), rng.integers(0, 6, (8, shape[1]))
    points = sum(
        table[i][:, j] for table, i, j in zip(rng.integers(0, 99, (8, 6, 6)), *codes, strict=True)
    ) - int(rng.choice([0, 300]))
    allowed = rng.random(shape) < rng.choice([0.05, 0.3, 1])
    return Problem(points, allowed, mentors, mentees, 0 * mentors, 0 * mentees, participation)


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("shape", [(80, 80), (20, 400), (200, 20)])
def test_middle_sizes_from_samples(
    shape: tuple[int, int], most: int, participation: Participation
) -> None:
    tuning = Tuning(written_out=64, first=2, later=1)
    ties = np.random.default_rng(0).integers(1, 2**32, shape)
    for seed in range(4):
        problem = medium(seed, shape, most, participation)
        flow = solve(problem, ties=ties, route="flow")
        answer = by_columns(problem, ties, tuning)
        rows, columns, _ = answer.pairs
        assert (answer.total, rows.tolist()) == (flow.total, flow.rows.tolist())
        assert columns.tolist() == flow.cols.tolist()
        assert not found(answer, ImplicitProblem.of(problem), problem.points, problem.allowed)


def planted(n: int, seed: int = 0) -> tuple[Source, Any]:
    r"""Return points :math:`-|y_j - x_i|^2` in the plane, where :math:`y = A x` with A symmetric and positive.

    The map is the gradient of a convex function, so no other matching is better than x_i with its own y (Brenier).
    """
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 64, (n, 2))
    order = rng.permutation(n)
    y = (x @ np.array([[2, 1], [1, 2]]))[order]
    starts = np.arange(0, 2 * n + 1, 2)
    codes = (x + np.array([0, 64])).ravel().astype(np.int64)
    table = np.concatenate([-((y[:, side] - np.arange(64)[:, None]) ** 2) for side in (0, 1)])
    none = np.zeros(0, np.int64)
    lowest = -2 * int((y.max() + 64) ** 2)
    source = Source.of_tables(
        starts, codes, table.astype(np.int32), (none, none, none), (lowest, 0)
    )
    return source, -int(((y - x[order]) ** 2).sum())


@pytest.mark.parametrize("n", [300, 3000])
def test_a_planted_optimum_is_found(n: int) -> None:
    source, best = planted(n)
    one, none = np.ones(n, np.int64), np.zeros(n, np.int64)
    large = ImplicitProblem.limited(source, (one, one), (none, none), most_pairs=True)
    answer = solve_implicit(large)
    assert (answer.total, answer.bound, len(answer.pairs[0])) == (best, best, n)
    assert not against(answer, large)


def test_people_without_any_allowed_partner_do_not_exceed_their_prices() -> None:
    n = 40
    points, allowed = np.random.default_rng(0).integers(0, LARGEST, (n, n)), np.ones((n, n), bool)
    allowed[0], allowed[:, 0] = False, False
    one, none = np.ones(n, np.int64), np.zeros(n, np.int64)
    large = ImplicitProblem.of(Problem(points, allowed, one, one, none, none, "most"))
    answer = solve_implicit(large)
    assert large.bonus > 2**29
    assert not against(answer, large)


def certified(seed: int = 1) -> tuple[Any, ImplicitProblem, Answer]:
    problem = medium(seed, (30, 40), 2, "most")
    large = ImplicitProblem.of(problem)
    return problem, large, solve_implicit(large)


def test_a_certificate_that_was_tampered_with_is_rejected() -> None:
    problem, large, answer = certified()
    rows, columns, points = answer.pairs
    proof = answer.certificate

    def rejected(**changes: Any) -> str:
        forged = replace(answer, **changes)
        return "\n".join(found(forged, large, problem.points, problem.allowed))

    assert not rejected()
    assert "allow for" in rejected(certificate=Certificate(proof.u + 1, proof.v, proof.bonus))
    assert "worth more than their prices" in rejected(
        certificate=Certificate(proof.u - 9, proof.v, proof.bonus)
    )
    assert "is said to have" in rejected(pairs=(rows, columns, points + 1))
    assert "allow for" in rejected(pairs=(rows[1:], columns[1:], points[1:]))
    twice = tuple(np.append(some, some[0]) for some in answer.pairs)
    assert "twice" in rejected(pairs=twice)
    assert "bonus is too small" in rejected(certificate=Certificate(proof.u, proof.v, 0))
    crowd = np.zeros_like(rows), np.arange(len(rows)) % 40, points
    assert "partners, not" in rejected(pairs=crowd)


def asked(problem: Problem) -> Source:
    """Return the points of a problem as a function of blocks that is not kept."""

    def block(i: Any, j: Any) -> tuple[Any, Any]:
        return problem.points[np.ix_(i, j)], problem.allowed[np.ix_(i, j)]

    return Source(problem.points.shape, None, block, -600, 999)


def test_a_function_of_blocks_gives_the_same_answer() -> None:
    problem, large, answer = certified()
    by_blocks = replace(large, source=asked(problem))
    assert solve_implicit(by_blocks, tuning=Tuning(asked=100)).total == answer.total


def even(source: Source, n: int) -> ImplicitProblem:
    one, none = np.ones(n, np.int64), np.zeros(n, np.int64)
    return ImplicitProblem.limited(source, (one, one), (none, none), most_pairs=True)


@pytest.mark.parametrize(
    "limits", [{"max_seconds": 0}, {"max_seconds": 0.05}, {"gap": 0.5}, {"gap": 1e-4}]
)
def test_an_early_end_has_a_matching_and_a_true_bound(limits: dict[str, Any]) -> None:
    source, best = planted(2000)
    large = even(source, 2000)
    with StoppingRule(**limits):
        answer = solve_implicit(large)
    assert answer.bound >= best
    assert not against(answer, large)
    if "gap" in limits:
        assert 0 < answer.bound - answer.total <= limits["gap"] * abs(answer.total) or answer.proved


def test_a_run_that_is_to_stop_takes_nothing_out_of_its_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pairs that it begins with are its answer, at prices for everybody."""
    _, whole, first = certified()
    taken = [np.bincount(first.pairs[side], minlength=whole.shape[side]) for side in (0, 1)]
    few = taken[0].copy()
    few[np.flatnonzero(few)[:3]] = 0
    kept = few[first.pairs[0]] > 0
    large = replace(whole, capacities=(few, taken[1]))
    before = Warm(Warm.of(first).prices, first.pairs[0][kept], first.pairs[1][kept])
    monkeypatch.setattr(Source, "take", None)
    with StoppingRule(0):
        answer = solve_implicit(large, before=before)
    monkeypatch.undo()
    assert answer.pairs[0].tolist() == before.rows.tolist()
    assert answer.bound >= solve_implicit(large).total
    assert not against(answer, large)


@pytest.mark.parametrize("stop", range(1, 160, 3))
def test_a_stop_at_any_moment_leaves_a_matching_and_a_true_bound(stop: int) -> None:
    """Also of two partners each, and with some pairs forbidden."""
    problem = medium(stop, (60, 70), 2, "most")
    large, calls = ImplicitProblem.of(problem), 0

    class Counted(StoppingRule):
        def look(self, _: str) -> None:
            nonlocal calls
            calls += 1
            if calls >= stop:
                raise StopError

    with Counted():
        answer = solve_implicit(large, tuning=SAMPLED)
    best = solve(problem, route="flow")
    assert not against(answer, large)
    assert len(answer.pairs[0]) < len(best.rows) or answer.total <= best.total <= answer.bound
    assert calls >= stop or answer.proved


def test_points_that_sums_cannot_hold_are_refused() -> None:
    one, none = np.ones(1, np.int64), np.zeros(1, np.int64)
    problem = Problem(
        np.array([[LARGEST + 1]]), np.ones((1, 1), bool), one, one, none, none, "most"
    )
    with pytest.raises(InvalidInputError, match="too large"):
        solve(problem, route="columns")


def test_many_equal_pairs_and_forced_chains() -> None:
    n = 60
    one, none = np.ones(n, np.int64), np.zeros(n, np.int64)
    everyone = np.ones((n, n), bool)
    equal = Problem(np.full((n, n), 7), everyone, one, one, none, none, "most")
    assert solve(equal, route="columns").total == 7 * n
    steps = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    chain = Problem(
        (10**6 * (steps == 1)).astype(np.int64), steps <= 1, one, one, none, none, "most"
    )
    assert solve(chain, route="columns").total == solve(chain, route="flow").total


@pytest.mark.parametrize("kept", [True, False], ids=["cells", "blocks"])
@pytest.mark.parametrize("hashed", [True, False], ids=["by hash", "from a table"])
def test_many_ties_are_decided_by_column_generation(hashed: bool, kept: bool) -> None:
    tuning = Tuning(tight=-1, written_out=1)
    ids = [*range(40)], [*range(30)]
    table = tie_hash(7, *ids).astype(np.int64)
    for seed in range(6):
        problem = medium(seed, (40, 30), 2, "most")
        problem = replace(problem, points=problem.points // 150)
        large = ImplicitProblem.of(problem)
        if not kept:
            large = replace(large, source=asked(problem))
        ties: Any = TieHash(7, *ids) if hashed else lambda i, j: table[i, j]
        answer = solve_implicit(large, ties=ties, tuning=tuning)
        flow = solve(problem, ties=table, route="flow")
        assert (answer.pairs[0].tolist(), answer.pairs[1].tolist()) == (
            flow.rows.tolist(),
            flow.cols.tolist(),
        )


def test_people_beyond_a_matrix_need_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    people = rmatch.datasets.workforce(30, 30)
    monkeypatch.setattr(columns, "available", lambda: False)
    monkeypatch.setattr(step_module, "WHOLE", 100)
    with pytest.raises(InvalidInputError, match=r"install reverse-mentoring\[scale\]"):
        rmatch.match(people)


@pytest.mark.parametrize("shape", [(40, 60), (12, 300), (90, 20), (270, 250)])
@pytest.mark.parametrize(
    "options", [{}, {"rules": ASKED}, {"min_points": 600_000}], ids=["tables", "rules", "blocks"]
)
def test_people_get_the_same_pairs_by_any_route(
    shape: tuple[int, int], options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    people = rmatch.datasets.workforce(*shape, seed=2)
    programme = rmatch.Programme(levels=LEVELS, mentee_capacity=2, count_topic="each", **options)
    matching = rmatch.match(people, programme)
    pairs, reasons = [matching.pairs], matching.unmatched
    assert "adds_nothing" not in {reason.code for reason in reasons}
    monkeypatch.setattr(columns, "COLUMNS_CELLS", 0)
    written_out = rmatch.match(people, programme)
    rmatch.verify(written_out)
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
    by_columns = rmatch.match(people, programme)
    assert by_columns.route == "columns"
    assert [*pairs, written_out.pairs, by_columns.pairs] == [by_columns.pairs] * 3
    monkeypatch.setattr(possible_module, "CELLS", 100)
    assert by_columns.unmatched == reasons
    rmatch.verify(by_columns)


@pytest.mark.parametrize("protected", [True, False])
def test_streams_hold_the_same_points_as_matrices(protected: bool) -> None:
    for programme in (
        rmatch.Programme(levels=LEVELS),
        rmatch.Programme(levels=LEVELS, rules=ASKED),
    ):
        scores = rmatch.score(rmatch.datasets.workforce(60, 90, 3), programme)
        allowed = scores.allowed.copy()
        allowed[1, 2] = False
        source = scores.source(np.array([[1, 2]]), protected=protected)
        rows = source.rows(0, 60)
        assert source.stored is not None
        assert ((rows >= 0) == allowed).all()
        assert (rows == (scores.points if protected else scores.blind_points))[allowed].all()
        some, others = np.array([7, 3, 3]), np.array([0, 5, 80])
        assert (source.take(some, others).rows(0, 3) == rows[np.ix_(some, others)]).all()


@examples(50)
@given(
    strategies.rounds(own=False),
    st.lists(st.sampled_from(RULES), max_size=3, unique_by=lambda rule: rule.kind),
    st.booleans(),
    st.data(),
)
def test_streams_hold_what_blocks_hold_whatever_the_rules(
    drawn: Any, rules: list[Any], protected: bool, data: st.DataObject
) -> None:
    people, programme, requests = drawn
    ruled = replace(programme, rules=tuple(rules), min_points=None)
    scores = rmatch.score(people, data.draw(strategies.for_some(ruled, people)), requests)
    everybody = tuple(map(np.arange, scores.shape))
    source = scores.source(np.zeros((0, 2), np.int64), protected=protected)
    assert source.stored is not None
    rows, allowed = source.rows(0, len(scores.mentors)), scores.allowed
    assert not source.stored.matrix.size
    assert ((rows >= 0) == allowed).all()
    assert (rows == scores.block(*everybody, protected=protected))[allowed].all()


def levels(n: int, tables: Any) -> tuple[ImplicitProblem, Any]:
    """Return the problem of n people on each side with one code in each table, and its matrix."""
    rng = np.random.default_rng(0)
    mine, theirs = (
        np.stack([rng.integers(0, len(table), n) for table in tables], axis=1) for _ in range(2)
    )
    places = np.cumsum([0, *(len(table) for table in tables[:-1])])
    table = np.concatenate([some[:, theirs[:, k]] for k, some in enumerate(tables)])
    none, zeros, one = np.zeros(0, np.int64), np.zeros(n, np.int64), np.ones(n, np.int64)
    starts = np.arange(0, len(tables) * n + 1, len(tables))
    source = Source.of_tables(
        starts, (mine + places).ravel(), table, (none, none, none), (0, 2**20)
    )
    return ImplicitProblem.limited(
        source, (one, one), (zeros, zeros), most_pairs=True
    ), source.rows(0, n)


def few_values() -> list[tuple[str, Any]]:
    steps = np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    above = np.subtract.outer(np.arange(6), np.arange(6)) > 0
    return [
        ("near levels", [100 * (5 - steps), 200 * (5 - steps), 300 * (5 - steps)]),
        ("eight values", [100 * above, 200 * above, 400 * above]),
        ("at random", [100 * np.random.default_rng(1).integers(0, 8, (40, 40))]),
    ]


@pytest.mark.parametrize("tables", [pytest.param(tables, id=name) for name, tables in few_values()])
def test_few_values_take_few_passes(tables: Any) -> None:
    large, matrix = levels(1200, tables)
    answer = solve_implicit(large)
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    assert answer.total == matrix[rows, columns].sum() == answer.bound
    assert answer.passes <= 4
    assert answer.arcs <= 30 * 1200


def test_equal_pairs_are_drawn_by_lot() -> None:
    n = 600
    source = Source.of_matrix(np.ones((n, n), np.int64), np.ones((n, n), bool))
    zeros = np.zeros(n, np.int64)
    with pool() as executor:
        found = pricing.passed(source, (zeros, zeros), (3, 2), Workers(executor))
    assert len(found.rows) == 5 * n
    # Of 3 n draws from n, a share of exp(-3) is never drawn.
    assert len(np.unique(found.columns[: 3 * n])) > 0.9 * n
    assert len(np.unique(found.rows[3 * n :])) > 0.8 * n


@given(cases(), st.integers(0, 2**32))
def test_the_answer_does_not_depend_on_where_it_starts(case: Case, seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = replace(case.problem, points=case.problem.points // 40)
    large = ImplicitProblem.of(problem)
    ties = tie_hash(seed, *map(range, case.shape)).astype(np.int64)
    prices = tuple(rng.integers(-500, 500, size) for size in case.shape)
    try:
        worst = solve(replace(problem, points=-problem.points), route="flow")
    except InfeasibleError:
        return
    before = Warm((prices[0], prices[1]), worst.rows, worst.cols)
    # Pairs of another round, whoever may meet and has room for them now.
    some = [rng.integers(0, max(size, 1), 9 * bool(min(case.shape))) for size in case.shape]
    strange = before._replace(rows=some[0], columns=some[1])
    tuning = Tuning(written_out=1, polled=2, first=int(rng.integers(1, 4)), later=1)
    answers = [
        solve_implicit(large, ties=lambda i, j: ties[i, j], before=warm, tuning=tuning)
        for warm in (None, before, strange)
    ]
    for answer in answers:
        assert [side.tolist() for side in answer.pairs] == [
            side.tolist() for side in answers[0].pairs
        ]
        assert not against(answer, large)


def test_prices_that_leave_no_candidate_are_no_proof() -> None:
    one, none = np.ones(2, np.int64), np.zeros(2, np.int64)
    problem = Problem(
        np.zeros((2, 1), np.int64),
        np.array([[True], [False]]),
        one,
        one[:1],
        none,
        none[:1],
        "most",
    )
    nobody = np.zeros(0, np.int64)
    warm = Warm((np.array([334, -249]), np.array([81])), nobody, nobody)
    large = ImplicitProblem.of(problem)
    answer = solve_implicit(large, before=warm, tuning=Tuning(written_out=1, polled=3))
    assert (len(answer.pairs[0]), answer.bound, against(answer, large)) == (1, 0, [])


def test_a_run_goes_on_from_an_answer() -> None:
    _, large, answer = certified()
    warm = Warm.of(answer)
    best = max(abs(large.source.lowest), large.source.highest)
    assert max(np.abs(price).max() for price in warm.prices) <= 2 * best < answer.certificate.bonus
    rows, columns = np.arange(3, 30), np.arange(0, 40, 2)
    part = warm.among(rows, columns)
    kept = np.isin(answer.pairs[0], rows) & np.isin(answer.pairs[1], columns)
    assert rows[part.rows].tolist() == answer.pairs[0][kept].tolist()
    assert columns[part.columns].tolist() == answer.pairs[1][kept].tolist()
    assert part.prices[1].tolist() == warm.prices[1][columns].tolist()


def test_known_pairs_count_as_far_as_they_are_allowed_and_have_room() -> None:
    """Whatever is tight may be chosen at once, so that a pair without room would stay."""
    size, one = 6, np.ones(6, np.int64)
    allowed = np.ones((size, size), bool)
    allowed[2, 3] = False
    points = np.full((size, size), 5)
    problem = Problem(points, allowed, one, one, 0 * one, 0 * one, "most")
    large = ImplicitProblem.of(problem)
    rows, columns = np.array([0, 1, 2, 4, 5]), np.array([0, 0, 3, 4, 1])
    before = Warm((5 * one, 0 * one), rows, columns)
    kept = before.within(allowed[before.pairs], large.capacities)
    assert [side.tolist() for side in kept.pairs] == [[4, 5], [4, 1]]
    for warm in (before, kept):
        answer = solve_implicit(large, before=warm, tuning=Tuning(written_out=1, polled=2))
        assert answer.total == 5 * size
        assert not against(answer, large)
    crowded = before._replace(rows=np.array([0, 1, 2]), columns=np.zeros(3, np.int64))
    answer = solve_implicit(large, before=crowded, tuning=Tuning(written_out=1, polled=2))
    assert answer.total == 5 * size
    assert not against(answer, large)


def test_a_warm_start_needs_fewer_passes() -> None:
    size = 600
    source, _ = planted(size)
    one, none = np.ones(size, np.int64), np.zeros(size, np.int64)
    large = ImplicitProblem.limited(source, (one, one), (none, none), most_pairs=True)
    cold = solve_implicit(large)
    again = solve_implicit(large, before=Warm.of(cold))
    assert again.total == cold.total
    # The look at all pairs with which it begins is proof enough.
    assert again.passes == 0 < cold.passes
    for sizes in ((size - 1, size), (size, size - 1)):
        rows, columns = map(np.arange, sizes)
        smaller = large.part(rows, columns)
        anew = solve_implicit(smaller)
        later = solve_implicit(smaller, before=Warm.of(cold).among(rows, columns))
        assert later.total == anew.total
        assert later.passes < anew.passes / 2


@pytest.mark.parametrize("above", [None, 0, -50])
def test_what_a_pass_finds_does_not_depend_on_its_blocks(above: int | None) -> None:
    large, matrix = levels(700, few_values()[1][1])
    rng = np.random.default_rng(3)
    prices = 100 * rng.integers(0, 4, 700), 100 * rng.integers(0, 4, 700)
    seen = []
    for blocks in (2, 7):
        tuning = Tuning(blocks=blocks, block=1)
        with pool() as executor:
            found = pricing.passed(
                large.source, prices, (3, 2), Workers(executor), above=above, tuning=tuning
            )
        pairs = (found.rows, found.columns, found.gain)
        seen.append(sorted(zip(*(field.tolist() for field in pairs), strict=True)))
        rest = found.rest
    assert seen[0] == seen[1]
    left = matrix - prices[0][:, None] - prices[1]
    gains = np.sort(left, axis=1)[:, -3:]
    rows, columns, gain = np.array(seen[0]).T
    left[rows, columns] = left.min()
    assert (left.max(axis=1) <= rest).all()
    assert (gain == matrix[rows, columns] - prices[0][rows] - prices[1][columns]).all()
    best = np.sort(gains if above is None else gains[gains > above], axis=None)
    assert np.isin(best, gain).all()
    assert gain.sum() >= best.sum()


def test_a_few_bids_end_near_the_best_prices() -> None:
    size = 200
    points = np.random.default_rng(0).integers(0, 2**20, (size, size))
    # Wanted by all, above anybody else: their prices rise by that difference at once.
    points[:, :3] += 2**24
    one, none = np.ones(size, np.int64), np.zeros(size, np.int64)
    master = Master((one, one), (none, none), (none, none), 2**40, (none, none))
    rows, columns = np.indices(points.shape)
    master.add(rows.ravel(), columns.ravel(), points.ravel())
    near, far = master._sides
    rounds: list[None] = []
    approach(near, far, lambda: rounds.append(None))
    assert len(rounds) <= 20
    best = points[linear_sum_assignment(points, maximize=True)].sum()
    own = (points - far.price).max(axis=1)
    # Everybody is within the smallest step of the best.
    assert 0 <= own.sum() + far.price.sum() - best <= size * (np.ptp(points) >> STEPS[-1])


@pytest.mark.parametrize("participation", ["most", "best"])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("kind", ["at random", "wanted by all", "few values", "negative", "must"])
def test_few_people_choose_among_many(kind: str, turned: bool, participation: Any) -> None:
    dice = np.random.default_rng(5)
    few, many = 30, 400
    points = dice.integers(0, 10**6, (few, many))
    if kind == "wanted by all":
        points = points // 1000 + dice.integers(0, 10**6, many)
    elif kind == "few values":
        points //= 200_000
    elif kind == "negative":
        points -= 999_000
    allowed = dice.random(points.shape) < 0.8
    places, minimums = dice.integers(0, 4, few), np.zeros(many, np.int64)
    minimums[: few // 3] = kind == "must"
    sides = [(places, 0 * places), (np.ones(many, np.int64), minimums)]
    if turned:
        points, allowed, sides = points.T, allowed.T, sides[::-1]
    (own, fewest), (others, least) = sides
    problem = Problem(points, allowed, own, others, fewest, least, participation)
    large = ImplicitProblem.of(problem)
    for tuning in (Tuning(written_out=1), Tuning(written_out=1, few=1, later=1)):
        answer = solve_implicit(large, tuning=tuning)
        assert answer.total == answer.bound == solve(problem, route="flow").total
        assert not against(answer, large)
    assert (start._short(large) is None) == (kind == "must")
