"""Fair objectives: what they choose is the best by trying everything, and unique with ties."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from solve.brute import Case, Pairs, cases, feasible

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Total
from rmatch.solve.columns.blocks import Blocks
from rmatch.solve.fair.alpha import Tiers, rounded
from rmatch.solve.fair.dispatch import solve_fair
from rmatch.solve.fair.flow_proof import bottleneck_failures, leximin_failures
from rmatch.solve.fair.leximin import leximin
from rmatch.solve.fair.lookups import BLOCK
from rmatch.solve.fair.max_min import ThresholdResidual, bottleneck
from rmatch.solve.fair.proof import fair_failures
from rmatch.solve.fair.tiers import BANDS, Bands
from rmatch.solve.feasibility import most_pairs
from rmatch.solve.network.network import with_dummies
from rmatch.solve.problem import Problem
from rmatch.solve.ties import TIES, tie_hash
from rmatch.solve.total import solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.objectives import Objective
    from rmatch.solve.fair.solution import FairSolution


def fullest(case: Case) -> list[Pairs]:
    """Return all matchings with as many pairs as possible; none if no matching meets the minimums."""
    found = list(feasible(case))
    most = max(map(len, found), default=0)
    return [pairs for pairs in found if len(pairs) == most]


def best_of(matchings: list[Pairs], rank: Callable[[Pairs], Any]) -> list[Pairs]:
    top = max(map(rank, matchings))
    return [pairs for pairs in matchings if rank(pairs) == top]


def vector(pairs: Pairs, *measures: Any) -> list[int]:
    return sorted(int(points[i, j]) for i, j in pairs for points in measures)


def pairs_of(solution: FairSolution) -> Pairs:
    return frozenset(zip(solution.rows.tolist(), solution.cols.tolist(), strict=True))


def heaviest(matchings: list[Pairs], ties: Any) -> int:
    return max(weight(ties, pairs) for pairs in matchings)


def weight(ties: Any, pairs: Pairs) -> int:
    return sum(int(ties[i, j]) for i, j in pairs)


def most(case: Case) -> Case:
    return replace(case, participation="most")


def check(case: Case, objective: Objective, rank: Callable[[Pairs], Any], ties: Any) -> None:
    matchings = fullest(case)
    if not matchings:
        with pytest.raises(InfeasibleError):
            solve_fair(case.problem, objective)
        return
    best = best_of(matchings, rank)
    solution = solve_fair(case.problem, objective, ties=ties)
    assert pairs_of(solution) in best
    assert weight(ties, pairs_of(solution)) == heaviest(best, ties)
    assert solution.total == sum(vector(pairs_of(solution), case.matrix))
    assert rank(pairs_of(solve_fair(case.problem, objective))) == rank(best[0])


def drawn(case: Case, seed: int) -> Any:
    return np.random.default_rng(seed).integers(0, TIES, case.shape, endpoint=True)


@given(cases(), st.integers(0, 9))
def test_leximin_is_that_of_trying_everything(case: Case, seed: int) -> None:
    check(most(case), Leximin(), lambda pairs: vector(pairs, case.matrix), drawn(case, seed))


@given(cases(), st.integers(0, 9))
def test_max_min_is_that_of_trying_everything(case: Case, seed: int) -> None:
    def rank(pairs: Pairs) -> tuple[float, int]:
        points = vector(pairs, case.matrix)
        return min(points, default=0), sum(points)

    check(most(case), MaxMin(), rank, drawn(case, seed))


def single(case: Case) -> Case:
    mentors, mentees = (
        [min(most, 1) for most in side] for side in (case.mentor_capacity, case.mentee_capacity)
    )
    return replace(
        most(case),
        mentor_capacity=mentors,
        mentee_capacity=mentees,
        mentor_minimum=[min(least, 1) for least in case.mentor_minimum],
        mentee_minimum=[min(least, 1) for least in case.mentee_minimum],
    )


@given(cases(), st.integers(0, 9), st.integers(1, 5))
def test_leximin_over_people_is_that_of_trying_everything(case: Case, seed: int, top: int) -> None:
    case = single(case)
    rng = np.random.default_rng(seed)
    sides = rng.integers(0, top, case.shape), rng.integers(0, top, case.shape)
    ties, matchings = drawn(case, seed), fullest(case)
    if matchings:
        best = best_of(matchings, lambda pairs: vector(pairs, *sides))
        chosen = pairs_of(solve_fair(case.problem, Leximin("people"), sides=sides, ties=ties))
        assert chosen in best
        assert weight(ties, chosen) == heaviest(best, ties)


def power(points: int, alpha: int) -> Fraction:
    """Return what a pair counts for a whole α above 1, exactly."""
    return -Fraction(1, points ** (alpha - 1))


@given(cases(), st.integers(0, 9), st.sampled_from([2, 3, 9, 60]))
def test_alpha_fair_is_that_of_trying_everything(case: Case, seed: int, alpha: int) -> None:
    points = [[1 + abs(value) % 50 for value in row] for row in case.points]
    case = replace(most(case), points=points)
    matchings, ties = fullest(case), drawn(case, seed)
    assume(matchings)
    solution = solve_fair(case.problem, AlphaFair(alpha), ties=ties)
    chosen = pairs_of(solution)

    def welfare(pairs: Pairs) -> Fraction:
        return sum((power(points[i][j], alpha) for i, j in pairs), Fraction(0))

    if solution.rounded is None:
        best = best_of(matchings, welfare)
        loss = Fraction(0)
    else:
        whole = solution.rounded
        usable = [
            pairs for pairs in matchings if all(points[i][j] >= whole.anchor for i, j in pairs)
        ]
        values, _ = whole.looked_up(case.problem.points)
        best = best_of(usable, lambda pairs: weight(values, pairs))
        loss = (
            Fraction(whole.unit * len(chosen) * 1.001)
            * (alpha - 1)
            * -power(int(whole.anchor), alpha)
        )
    assert chosen in best
    assert weight(ties, chosen) == heaviest(best, ties)
    assert welfare(chosen) >= max(map(welfare, matchings)) - loss


@given(cases())
def test_nash_is_the_largest_product(case: Case) -> None:
    points = [[1 + abs(value) % 12 for value in row] for row in case.points]
    case = replace(most(case), points=points)

    def product(pairs: Pairs) -> int:
        return int(np.prod([points[i][j] for i, j in pairs], dtype=object))

    check(case, AlphaFair(1), product, drawn(case, 1))


@given(cases(), st.sampled_from(["most", "best"]))
def test_alpha_0_is_the_total(case: Case, participation: Any) -> None:
    problem = replace(case, participation=participation).problem
    ties = drawn(case, 0)
    try:
        total = solve_fair(problem, Total(), ties=ties)
    except InfeasibleError:
        return
    assert pairs_of(solve_fair(problem, AlphaFair(0), ties=ties)) == pairs_of(total)


@given(cases())
def test_alpha_below_1_may_choose_the_number_of_pairs(case: Case) -> None:
    points = [[(abs(value) % 8) ** 2 for value in row] for row in case.points]
    case = replace(case, points=points, participation="best")
    matchings = list(feasible(case))
    assume(matchings)
    solution = solve_fair(case.problem, AlphaFair(0.5))
    roots = [
        sum(round(points[i][j] ** 0.5) for i, j in pairs)
        for pairs in [pairs_of(solution), *matchings]
    ]
    assert roots[0] == max(roots)


# The worked examples of PR4A (Stelmakh, Shah and Singh, "PeerReview4All", JMLR 22, 2021), `working_example.ipynb`, in
# hundredths: reviewers × papers, and the sorted leximin vector that they give.
PR4A = [
    ([[100, 100, 100], [0, 0, 24], [25, 25, 50]], 150, 24, [24, 25, 100], {(0, 0), (2, 1), (1, 2)}),
    ([[0, 4, 10], [1, 5, 0], [0, 10, 100]], 105, 1, [1, 10, 10], {(1, 0), (2, 1), (0, 2)}),
]


def square(points: Any) -> Problem:
    points = np.asarray(points)
    mentors, mentees = (np.ones(size, np.int64) for size in points.shape)
    return Problem(
        points, np.ones(points.shape, bool), mentors, mentees, 0 * mentors, 0 * mentees, "most"
    )


@pytest.mark.parametrize(("points", "total", "worst", "sorted_points", "pairs"), PR4A)
def test_the_published_examples(
    points: list[list[int]], total: int, worst: int, sorted_points: list[int], pairs: Pairs
) -> None:
    problem = square(points)
    assert solve_fair(problem, Total()).total == total
    fair = solve_fair(problem, MaxMin())
    assert fair.bottleneck is not None
    assert fair.bottleneck.value == worst
    solution = solve_fair(problem, Leximin())
    assert (
        vector(pairs_of(solution), problem.points)
        == sorted_points
        == vector(frozenset(pairs), problem.points)
    )


def test_max_min_alone_is_not_enough() -> None:
    # In the second example two matchings share the worst pair of 1; the one with the larger total is not leximin.
    problem = square(PR4A[1][0])
    assert (solve_fair(problem, MaxMin()).total, solve_fair(problem, Leximin()).total) == (105, 21)


def huge(points: Any, rank: Any) -> Any:
    """Return weights so large that the largest sum is leximin: Python's whole numbers have no limit."""
    base = points.shape[0] + 1
    top = int(rank.max())
    return [[-(base ** (top - int(r))) for r in row] for row in rank]


def augmented(weights: list[list[int]]) -> int:
    """Return the largest sum of a full assignment, by shortest augmenting paths in Python's whole numbers."""
    size, far = len(weights), 1 - 4 * sum(map(sum, weights))
    u, v, mate = [0] * size, [max(row[j] for row in weights) for j in range(size)], [-1] * size
    for source in range(size):
        slack = [far] * size
        way, done, row, column = [-1] * size, set[int](), source, -1
        while True:
            for j in range(size):
                here = u[row] + v[j] - weights[row][j]
                if j not in done and here < slack[j]:
                    slack[j], way[j] = here, column
            delta, column = min((slack[j], j) for j in range(size) if j not in done)
            u[source] -= delta
            for j in range(size):
                if j in done:
                    v[j] += delta
                    u[mate[j]] -= delta
                else:
                    slack[j] -= delta
            done.add(column)
            if mate[column] < 0:
                break
            row = mate[column]
        while column >= 0:
            before = way[column]
            mate[column] = source if before < 0 else mate[before]
            column = before
    return sum(weights[i][j] for j, i in enumerate(mate))


@pytest.mark.parametrize("size", [20, 50])
@pytest.mark.parametrize("top", [3, 40, 10**6])
def test_leximin_is_that_of_large_enough_whole_numbers(size: int, top: int) -> None:
    points = np.random.default_rng(size + top).integers(0, top, (size, size))
    weights = huge(points, np.unique(points, return_inverse=True)[1].reshape(points.shape))
    solution = solve_fair(square(points), Leximin())
    assert sum(weights[i][j] for i, j in pairs_of(solution)) == augmented(weights)


def medium(seed: int, shape: tuple[int, int], places: int, top: int) -> Problem:
    """Return a problem with forbidden pairs, several places and minimums that can be met."""
    rng = np.random.default_rng(seed)
    mentors, mentees = (rng.integers(1, places + 1, size) for size in shape)
    none, least = np.zeros(shape[0], np.int64), (rng.random(shape[1]) < 0.1).astype(np.int64)
    return Problem(
        rng.integers(1, top, shape), rng.random(shape) < 0.8, mentors, mentees, none, least, "most"
    )


MEDIUM = [
    (1, (30, 30), 1, 9),
    (2, (30, 40), 1, 10**6),
    (3, (25, 30), 3, 5),
    (4, (30, 20), 3, 10**6),
    (5, (24, 60), 2, 60),
]


@pytest.mark.parametrize("arguments", MEDIUM)
def test_the_bands_in_which_tiers_are_sorted_change_nothing(arguments: Any) -> None:
    problem = medium(*arguments)
    some = solve(problem)
    network = problem.network(len(some.rows))
    start = with_dummies(network, some.rows, some.cols)
    (whole, proofs, _), (banded, same_proofs, _) = (
        leximin(network, start.copy(), (problem.points,), bands)
        for bands in (BANDS, Bands(8, 4, 3))
    )
    assert np.array_equal(whole.flow, banded.flow)
    assert np.array_equal(whole.ahead, banded.ahead)
    assert np.array_equal(whole.back, banded.back)
    for proof, same in zip(proofs, same_proofs, strict=True):
        assert proof.value == same.value
        assert proof.rows.tolist() == same.rows.tolist()
        assert proof.columns.tolist() == same.columns.tolist()


@pytest.mark.parametrize("arguments", MEDIUM)
def test_the_worst_pair_of_medium_problems_is_proved(arguments: Any) -> None:
    problem = medium(*arguments)
    fair = solve_fair(problem, MaxMin())
    assert fair.bottleneck is not None
    assert fair.bottleneck.value == min(vector(pairs_of(fair), problem.points))
    assert not list(bottleneck_failures(problem, (fair.rows, fair.cols), fair.bottleneck))


def moved(problem: Problem, rows: Any, columns: Any) -> Problem:
    return Problem(
        problem.points[np.ix_(rows, columns)],
        problem.allowed[np.ix_(rows, columns)],
        problem.mentor_capacity[rows],
        problem.mentee_capacity[columns],
        problem.mentor_minimum[rows],
        problem.mentee_minimum[columns],
        problem.participation,
    )


@pytest.mark.parametrize("arguments", MEDIUM)
@pytest.mark.parametrize(
    "objective", [Leximin(), MaxMin(), AlphaFair(0.5), AlphaFair(1), AlphaFair(3), AlphaFair(40)]
)
def test_the_same_people_in_any_order_get_the_same_partners(
    arguments: Any, objective: Objective
) -> None:
    problem = medium(*arguments)
    mentors, mentees = (
        [f"{side}{i}" for i in range(size)]
        for side, size in zip("ab", problem.points.shape, strict=True)
    )
    solution = solve_fair(problem, objective, ties=tie_hash("round", mentors, mentees))
    rng = np.random.default_rng(0)
    rows, columns = (rng.permutation(size) for size in problem.points.shape)
    ties = tie_hash("round", [mentors[i] for i in rows], [mentees[j] for j in columns])
    again = solve_fair(moved(problem, rows, columns), objective, ties=ties)
    assert {(rows[i], columns[j]) for i, j in pairs_of(again)} == pairs_of(solution)
    assert again.total == solution.total


@pytest.mark.parametrize("arguments", MEDIUM)
def test_leximin_goes_by_the_order_of_points_alone(arguments: Any) -> None:
    # fairness.md 3.3: true for leximin, false for the total.
    problem = medium(*arguments)
    cubed = replace(problem, points=problem.points**3 - 7)
    ties = tie_hash(0, *map(range, problem.points.shape))
    assert pairs_of(solve_fair(problem, Leximin(), ties=ties)) == pairs_of(
        solve_fair(cubed, Leximin(), ties=ties)
    )
    halves = replace(problem, points=np.log(problem.points))
    plain = solve_fair(halves, Leximin())
    assert vector(pairs_of(plain), problem.points) == vector(
        pairs_of(solve_fair(problem, Leximin())), problem.points
    )


@pytest.mark.parametrize("arguments", MEDIUM)
def test_the_worst_pair_of_leximin_is_the_bottleneck(arguments: Any) -> None:
    problem = medium(*arguments)
    worst = min(vector(pairs_of(solve_fair(problem, Leximin())), problem.points))
    fair = solve_fair(problem, MaxMin())
    assert fair.bottleneck is not None
    assert worst == fair.bottleneck.value == min(vector(pairs_of(fair), problem.points))


@given(cases(), st.integers(-9, 9))
def test_it_does_not_matter_where_the_search_for_the_worst_pair_begins(
    case: Case, start: int
) -> None:
    problem = most(case).problem
    if not any(fullest(most(case))):
        return
    worst = max(min(vector(pairs, problem.points)) for pairs in fullest(most(case)))
    fair = solve_fair(problem, MaxMin())
    found = bottleneck(problem.network(most_pairs(problem)), problem.points, start)
    assert found is not None
    assert found.value == worst
    assert not list(bottleneck_failures(problem, (fair.rows, fair.cols), found))


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the worst pair was tried to have, round after round."""
    found: list[float] = []
    sent = ThresholdResidual.sent

    def counted(residual: ThresholdResidual, least: float) -> Any:
        found.append(least)
        return sent(residual, least)

    monkeypatch.setattr(ThresholdResidual, "sent", counted)
    return found


def test_the_worst_pair_is_found_in_few_rounds_whatever_points_have_in_common(
    rounds: list[float],
) -> None:
    dice = np.random.default_rng(1)
    mentors, mentees = (dice.integers(0, 10_000, (60, 1)) for _ in range(2))
    for points in (
        mentors + mentees.T + dice.integers(0, 50, (60, 60)),
        (mentors + 1) * (mentees.T + 1) / 7,
    ):
        rounds.clear()
        problem = square(points)
        found = bottleneck(problem.network(60), problem.points, start=0)
        assert found is not None
        assert len(rounds) <= 24
        fair = solve_fair(problem, MaxMin())
        assert not list(bottleneck_failures(problem, (fair.rows, fair.cols), found))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("capacity", [1, 3])
def test_what_somebody_has_at_best_is_proof_enough_where_it_is_reached(
    turned: bool, capacity: int, rounds: list[float]
) -> None:
    points = np.random.default_rng(7).integers(100, 1000, (40, 40))
    points[5] //= 50
    problem = replace(square(points.T if turned else points), mentor_capacity=np.full(40, capacity))
    problem = problem.transposed if turned else problem
    fair = solve_fair(problem, MaxMin())
    assert fair.bottleneck is not None
    assert rounds == [fair.bottleneck.value]
    assert not list(bottleneck_failures(problem, (fair.rows, fair.cols), fair.bottleneck))


@pytest.mark.parametrize("seed", range(6))
def test_the_worst_pair_is_proved_where_anybody_can_be_left_out(seed: int) -> None:
    dice = np.random.default_rng(seed)
    points = dice.integers(-9, 30, (24, 24)) * (1, 0.5)[seed % 2]
    problem = replace(square(points), allowed=dice.random((24, 24)) < 0.06)
    fair = solve_fair(problem, MaxMin())
    assert fair.bottleneck is not None
    assert 0 < len(fair.rows) < 24
    assert fair.bottleneck.value == min(
        problem.points[pair] for pair in pairs_of(solve_fair(problem, Leximin()))
    )
    assert not list(bottleneck_failures(problem, (fair.rows, fair.cols), fair.bottleneck))


@pytest.mark.parametrize("arguments", MEDIUM)
def test_leximin_over_people_who_agree_is_leximin_over_pairs(arguments: Any) -> None:
    problem = medium(*arguments)
    ones = [np.minimum(side, 1) for side in (problem.mentor_capacity, problem.mentee_capacity)]
    problem = replace(problem, mentor_capacity=ones[0], mentee_capacity=ones[1])
    ties = tie_hash(0, *map(range, problem.points.shape))
    both = solve_fair(problem, Leximin("people"), sides=(problem.points, problem.points), ties=ties)
    assert pairs_of(both) == pairs_of(solve_fair(problem, Leximin(), ties=ties))


@pytest.mark.parametrize("short_cut", [True, False])
@pytest.mark.parametrize("alpha", [3, 4.5, 7])
def test_alpha_fair_is_leximin_where_tiers_are_far_apart(
    alpha: float, short_cut: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not short_cut:
        monkeypatch.setattr(Tiers, "ordinal", lambda *_: False)
    for seed, (ratio, size) in enumerate([(2, 3), (2, 8), (2, 70), (3, 8), (10, 30)] * 3):
        points = ratio ** np.random.default_rng(seed).integers(0, 4, (size, size))
        chosen, fair = (
            solve_fair(square(points), objective) for objective in (AlphaFair(alpha), Leximin())
        )
        far_apart = ratio ** (alpha - 1) > size
        assert (chosen.route == "leximin") == (far_apart and short_cut)
        if far_apart:
            assert vector(pairs_of(chosen), points) == vector(pairs_of(fair), points)


@given(cases(), st.sampled_from([2, 3]))
def test_alpha_fair_without_the_short_cut_is_leximin_too(case: Case, alpha: int) -> None:
    # At most 9 pairs, and tiers of ratio 10 or more: exact fractions, no solver.
    points = [[100 ** (abs(value) % 3) for value in row] for row in case.points]
    matchings = fullest(replace(most(case), points=points))
    assume(matchings)
    fair = best_of(matchings, lambda pairs: sum(power(points[i][j], alpha) for i, j in pairs))
    assert set(fair) == set(best_of(matchings, lambda pairs: vector(pairs, np.array(points))))


@pytest.mark.parametrize("arguments", MEDIUM)
def test_along_alpha_no_matching_is_better_for_another_alpha(arguments: Any) -> None:
    problem = medium(*arguments)
    alphas = [0.5, 1, 2, 4, 9]
    found = [solve_fair(problem, AlphaFair(alpha)) for alpha in alphas]
    for alpha, own in zip(alphas, found, strict=True):
        assert own.rounded is not None
        anchor = own.rounded.anchor

        def welfare(solution: FairSolution, alpha: float = alpha, anchor: float = anchor) -> float:
            shares = problem.points[solution.rows, solution.cols] / anchor
            return float(
                (np.log(shares) if alpha == 1 else shares ** (1 - alpha) / (1 - alpha)).sum()
            )

        for other in found:
            assert welfare(other) <= welfare(own) + len(own.rows) * own.rounded.unit + 1e-9 * abs(
                welfare(own)
            )


@pytest.mark.parametrize(("route", "minimum"), {"dense": 0, "columns": 1}.items())
@pytest.mark.parametrize("alpha", [1, 16])
def test_alpha_fair_of_many_pairs_is_proved(alpha: float, route: str, minimum: int) -> None:
    pytest.importorskip("numba")
    dice = np.random.default_rng(5)
    problem = square(
        9_000 * (dice.integers(1, 30, (400, 8)) @ dice.integers(0, 2, (8, 400))) // 2 + 50_000
    )
    problem = replace(problem, mentor_minimum=np.full(400, minimum))
    solution = solve_fair(problem, AlphaFair(alpha))
    assert solution.route == route
    assert not list(fair_failures(problem, solution, AlphaFair(alpha), None))


@pytest.mark.parametrize("unit", [1, 2**40, 0.5])
@pytest.mark.parametrize("copies", [(1, 1), (200, 100)])
@pytest.mark.parametrize("compiled", [True, False])
def test_each_pair_has_the_number_of_its_tier_or_the_next(
    unit: float, copies: tuple[int, int], compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not compiled:
        monkeypatch.setattr("rmatch.solve.fair.lookups.large_enough", lambda _: False)
    points = np.tile(np.array([[7, 3, 9], [5, 1, 4], [6, 5, 12]]) * unit, copies)
    assert (points.size > BLOCK) == (copies != (1, 1))
    tiers = Tiers.of(points, np.isin(points, np.array([3, 5, 9]) * unit))
    assert tiers.counted == (unit == 1)
    assert tiers.values.tolist() == [3 * unit, 5 * unit, 9 * unit]
    numbers = np.tile([[30, 10, 30], [20, 10, 20], [30, 20, 30]], copies)
    assert np.array_equal(tiers.spread(np.array([10, 20, 30])), numbers)


def test_tiers_that_rounding_merges_are_counted_and_never_swapped() -> None:
    points = np.arange(1, 4097).reshape(64, 64)
    tiers = Tiers.of(points, points > 0)
    for alpha in (0.3, 1, 2, 8, 1000):
        whole = rounded(tiers, alpha, 2**10, shifted=True)
        steps = np.diff(whole.values.ravel())
        assert (steps >= 0).all()
        assert whole.merged == (steps == 0).sum() > 0
        assert (whole.values.min(), whole.values.max()) == (-(2**10), 2**10)


def test_extreme_alphas_stay_exact() -> None:
    points = np.random.default_rng(3).integers(1, 10**6, (30, 30))
    ties = tie_hash(0, range(30), range(30))
    fair = solve_fair(square(points), Leximin(), ties=ties)
    for alpha in (1e9, 1e300):
        assert pairs_of(solve_fair(square(points), AlphaFair(alpha), ties=ties)) == pairs_of(fair)
    total = solve_fair(square(points), Total(), ties=ties)
    assert pairs_of(solve_fair(square(points), AlphaFair(1e-9), ties=ties)) == pairs_of(total)


NEAR = [[1, 1000, 1005], [1003, 400, 1009], [1010, 1002, 1]]


@pytest.mark.parametrize("points", [NEAR, [list(line) for line in zip(*NEAR, strict=True)]])
def test_a_hopeless_pair_does_not_use_up_the_range(points: list[list[int]]) -> None:
    """Beside a pair of 1 point all others would round to the same number; of the two matchings without, one is better."""
    problem = square(np.array(points))
    solution = solve_fair(problem, AlphaFair(9))
    chosen = sorted(int(problem.points[pair]) for pair in pairs_of(solution))
    assert chosen == [1000, 1009, 1010]
    assert solution.rounded is not None
    assert solution.rounded.merged == 0
    _, known = solution.rounded.looked_up(problem.points)
    assert known.tolist() == [[point > 400 for point in line] for line in points]
    assert not list(fair_failures(problem, solution, AlphaFair(9), None))


def test_a_pair_that_could_matter_must_not_be_left_out() -> None:
    problem = square(np.array(NEAR))
    poorer = replace(problem, allowed=problem.points != 1010)
    solution = solve_fair(poorer, AlphaFair(9))
    (failure,) = fair_failures(problem, solution, AlphaFair(9), None)
    assert "pairs of up to 1010 points" in "".join(
        fair_failures(problem, solution, AlphaFair(1e9), None)
    )
    assert (
        failure
        == "pairs of up to 1010 points were left out, and a matching with one could be better"
    )


@pytest.mark.parametrize("arguments", MEDIUM)
def test_the_proofs_hold_and_show_what_is_wrong(arguments: Any) -> None:
    problem = medium(*arguments)
    total = solve_fair(problem, Total())
    fair = solve_fair(problem, MaxMin())
    assert fair.bottleneck is not None
    pairs, worse = (fair.rows, fair.cols), (total.rows, total.cols)
    assert not list(bottleneck_failures(problem, pairs, fair.bottleneck))
    low = fair.bottleneck._replace(value=fair.bottleneck.value - 1)
    assert len(list(bottleneck_failures(problem, pairs, low))) == 2
    solution = solve_fair(problem, Leximin())
    best, measures = (solution.rows, solution.cols), (problem.points,)
    assert not list(leximin_failures(problem, best, measures, solution.proofs))
    assert list(leximin_failures(problem, best, measures, solution.proofs[:-1]))
    assert list(leximin_failures(problem, best, measures, solution.proofs * 2))
    if vector(pairs_of(total), problem.points) != vector(pairs_of(solution), problem.points):
        assert list(leximin_failures(problem, worse, measures, solution.proofs))
    twice = np.append(best[0], best[0][0]), np.append(best[1], best[1][0])
    assert "a pair is there twice" in list(
        leximin_failures(problem, twice, measures, solution.proofs)
    )


@pytest.mark.parametrize("seed", range(20))
def test_people_who_have_come_apart_may_come_together_again(seed: int) -> None:
    """Few tiers and several places: one tier takes many steps, and what was shut after one of them is open after another."""
    dice = np.random.default_rng(seed)
    shape = dice.integers(4, 16, 2)
    points = dice.integers(1, dice.integers(3, 7), shape)
    allowed = dice.random(shape) < dice.choice([0.3, 0.5, 0.8])
    mentors, mentees = (dice.integers(1, 4, size) for size in shape)
    problem = Problem(points, allowed, mentors, mentees, 0 * mentors, 0 * mentees, "most")
    solution = solve_fair(problem, Leximin())
    assert not list(fair_failures(problem, solution, Leximin(), None))


@given(cases(), st.integers(0, 9))
def test_the_proof_of_leximin_fits_the_optimal_matchings_alone(case: Case, seed: int) -> None:
    case = most(case)
    matchings = fullest(case)
    assume(matchings)
    solution = solve_fair(case.problem, Leximin())
    best = best_of(matchings, lambda pairs: vector(pairs, case.matrix))
    for pairs in matchings:
        rows, columns = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
        found = list(
            leximin_failures(case.problem, (rows, columns), (case.matrix,), solution.proofs)
        )
        assert (not found) == (pairs in best)


def refused(problem: Problem, objective: Objective, **options: Any) -> str:
    with pytest.raises(InvalidInputError) as caught:
        solve_fair(problem, objective, **options)
    return str(caught.value)


@pytest.mark.parametrize("objective", [MaxMin(), Leximin(), AlphaFair(1), AlphaFair(2.5)])
def test_no_objective_chooses_the_number_of_pairs_by_its_worst(objective: Objective) -> None:
    problem = replace(square([[1, 2], [3, 4]]), participation="best")
    assert "say participation 'most'" in refused(problem, objective)


def test_points_that_alpha_cannot_take_are_counted() -> None:
    points = square([[0, 2, 1], [-3, 0, 4], [1, 1, 1]])
    text = refused(points, AlphaFair(1))
    assert "1 pair that may be made has negative points" in text
    assert "2 pairs that may be made have 0 points" in text
    assert "min_points=1, or choose α < 1" in text
    assert "0 points" not in refused(points, AlphaFair(0.5))
    allowed = points.points > 0
    assert solve_fair(replace(points, allowed=allowed), AlphaFair(1)).total == 7
    unplaced = replace(points, mentor_capacity=np.array([0, 0, 1]))
    assert solve_fair(unplaced, AlphaFair(1)).total == 1


def test_leximin_over_people_says_what_it_cannot_do() -> None:
    problem = replace(square([[1, 2], [3, 4]]), mentor_capacity=np.array([2, 1]))
    text = refused(problem, Leximin("people"), sides=(problem.points, np.ones((1, 2))))
    assert "1 mentor may have several partners" in text
    assert "NP-hard" in text
    assert "mentees have shape (1, 2)" in text
    assert "needs what each side gains" in refused(square([[1]]), Leximin("people"))


def test_nobody_to_match_is_no_matching() -> None:
    empty = square(np.zeros((0, 3), np.int64))
    for objective in (Total(), AlphaFair(2), MaxMin(), Leximin()):
        assert len(solve_fair(empty, objective).rows) == 0


@pytest.mark.parametrize("seed", range(5))
def test_equal_points_are_a_matter_of_ties(seed: int) -> None:
    ties = tie_hash(seed, range(4), range(4))
    equal = square(np.full((4, 4), 7))
    chosen = {
        pairs_of(solve_fair(equal, objective, ties=ties))
        for objective in (Total(), AlphaFair(2), MaxMin(), Leximin())
    }
    assert len(chosen) == 1


POINTS = [[9, 5], [4, 1]]


def test_assign_takes_an_objective_or_its_name() -> None:
    assert rmatch.assign(POINTS).total == 10
    for objective in ("max_min", "leximin", MaxMin(), Leximin(), AlphaFair(9)):
        answer = rmatch.assign(POINTS, objective=objective)
        assert (answer.pairs.tolist(), answer.total, answer.bound, answer.gap) == (
            [[0, 1], [1, 0]],
            9,
            9,
            0,
        )
        assert answer.status == "optimal"
        assert answer.certificate is None
    assert rmatch.assign(POINTS, objective="leximin").route == "leximin"


def test_the_largest_cost_as_small_as_possible() -> None:
    costs = [[0.5, 9.5], [1.5, 10.25]]
    assert rmatch.assign(costs, maximize=False).total == 10.75
    for objective in ("max_min", "leximin"):
        answer = rmatch.assign(costs, objective=objective, maximize=False)
        assert (answer.pairs.tolist(), answer.total) == ([[0, 1], [1, 0]], 11.0)


def test_assign_over_people_takes_what_each_side_gains() -> None:
    people = Leximin("people")
    sides = [[5, 9], [9, 5]], [[5, 1], [9, 5]]
    assert rmatch.assign(POINTS, objective=people, sides=sides).pairs.tolist() == [[0, 0], [1, 1]]
    costs = (
        [[-value for value in row] for row in sides[0]],
        [[-value for value in row] for row in sides[1]],
    )
    turned = rmatch.assign(POINTS, objective=people, sides=costs, maximize=False)
    assert turned.pairs.tolist() == [[0, 0], [1, 1]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"objective": "leximn"}, "'leximn' is no objective; did you mean 'leximin'?"),
        ({"objective": AlphaFair(1), "maximize": False}, "maximize: α-fairness is about gains"),
        (
            {"objective": "leximin", "sides": (POINTS, POINTS)},
            "sides: are for leximin over people and stable matchings alone",
        ),
        ({"objective": Leximin("people"), "sides": ([1], POINTS)}, "sides: 1 dimension;"),
        ({"objective": Leximin("people"), "sides": (POINTS,)}, "sides: 1 matrices"),
        ({"objective": "max_min", "participation": "best"}, "cannot choose the number of pairs"),
    ],
    ids=str,
)
def test_what_assign_cannot_do_is_named(options: Any, expected: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        rmatch.assign(POINTS, **options)
    assert expected in str(caught.value)


def test_an_objective_needs_a_matrix() -> None:
    blocks = Blocks((2, 2), lambda *_: (np.array(POINTS), np.ones((2, 2), bool)), 1, 9)
    with pytest.raises(InvalidInputError, match="needs a matrix"):
        rmatch.assign(blocks, objective="leximin")


@pytest.mark.parametrize("alpha", [0.5, 1, 2])
def test_whole_points_that_no_float_holds_are_refused(alpha: float) -> None:
    points = np.array([[2**53, 2**53 + 1]])
    with pytest.raises(InvalidInputError, match=r"1 pair that may be made has more than 2\^53"):
        rmatch.assign(points, objective=AlphaFair(alpha))
    fair = rmatch.assign(points - 1, objective=AlphaFair(alpha))
    assert fair.pairs.tolist() == [[0, 1]]
    forbidden = rmatch.assign(points, allowed=[[True, False]], objective=AlphaFair(alpha))
    assert forbidden.pairs.tolist() == [[0, 0]]
