"""Leximin in expectation: published answers, a slow exact way in fractions, and the laws that hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import linprog
from solve.brute import Case, cases, feasible
from solve.lp.exact import leximin, maximum

from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable
from rmatch.solve.lottery.capped import CappedProblem
from rmatch.solve.lottery.marginals import marginals
from rmatch.solve.lottery.rounding import simple_fractions

if TYPE_CHECKING:
    from rmatch.solve.lottery.marginals import Marginals

PEOPLE = Leximin("people")
CAPS = st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(1)])
Sides = tuple[Any, Any]


def expected(found: Marginals, sides: Sides) -> list[Fraction]:
    """Return what everybody expects to gain, mentors first."""
    rows, columns = found.units.shape
    chances = [[found.chance(i, j) for j in range(columns)] for i in range(rows)]
    mentors = [
        sum((chances[i][j] * int(sides[0][i][j]) for j in range(columns)), Fraction(0))
        for i in range(rows)
    ]
    mentees = [
        sum((chances[i][j] * int(sides[1][i][j]) for i in range(rows)), Fraction(0))
        for j in range(columns)
    ]
    return [*mentors, *mentees]


def fair(case: Case, sides: Sides, cap: Fraction = Fraction(1)) -> Marginals:
    return marginals(case.matrix, cap=cap, objective=PEOPLE, sides=sides, **case.options)


def above(one: list[Fraction], other: list[Fraction], tolerance: float) -> bool:
    """Tell whether the first vector is no worse where the two, sorted, first differ by more than a tolerance."""
    apart = [
        a - b for a, b in zip(sorted(one), sorted(other), strict=True) if abs(a - b) > tolerance
    ]
    return not apart or apart[0] > 0


@st.composite
def instances(draw: st.DrawFn, *, top: int = 6) -> tuple[Case, Sides]:
    """Draw a problem with small points, and what each side gains; some are infeasible."""
    case = draw(cases())
    rows, columns = case.shape
    table = st.lists(
        st.lists(st.integers(0, top), min_size=columns, max_size=columns),
        min_size=rows,
        max_size=rows,
    )
    points, mentors, mentees = (
        np.array(draw(table), np.int64).reshape(rows, columns) for _ in range(3)
    )
    return replace(case, points=points.tolist()), (mentors, mentees)


@pytest.mark.parametrize(
    ("worth", "chances"),
    [
        ([[5, 0], [3, 3]], [[0.75, 0], [0.25, 1]]),
        ([[3, 0], [5, 5]], [[1, 0], [0, 1]]),
        ([[5, 5], [3, 0]], [[0, 1], [1, 0]]),
        ([[3, 0, 0], [0, 4, 0], [5, 5, 5]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        (
            [[4, 0, 0], [0, 3, 0], [5, 5, 10], [5, 5, 10]],
            [[1, 0, 0], [0, 1, 0], [0, 0, 0.5], [0, 0, 0.5]],
        ),
        (
            [[3, 0, 0], [0, 3, 0], [5, 5, 10], [5, 5, 10]],
            [[1, 0, 0], [0, 1, 0], [0, 0, 0.5], [0, 0, 0.5]],
        ),
        ([[1, 0, 1, 1], [3, 3, 3, 0]], [[1, 0, 1, 1], [0, 1, 0, 0]]),
    ],
)
@pytest.mark.parametrize("participation", ["most", "best"])
def test_divisible_items_as_in_fairpyx(worth: Any, chances: Any, participation: Any) -> None:
    """Items come once, agents take any amount [E. Segal-Halevi, fairpyx, leximin of divisible items; the last one × 3]."""
    found = marginals(
        worth,
        mentor_capacity=len(worth[0]),
        participation=participation,
        objective=PEOPLE,
        sides=(worth, np.zeros_like(worth)),
    )
    assert found.matrix.tolist() == chances


@pytest.mark.parametrize(
    ("wants", "expects"),
    [
        (["a", "b", "b", "ab"], [Fraction(3, 4)] * 4),
        (["a", "b", "b"], [Fraction(1)] * 3),
    ],
)
def test_the_places_that_fairpyx_hands_out_too_few_of(
    wants: list[str], expects: list[Fraction]
) -> None:
    """Items a (once) and b (twice); the published tests expect 1/2 for everybody, and for agents 2 and 3."""
    likes = np.array([[item in want for item in "ab"] for want in wants])
    gains = likes.astype(int), np.zeros(likes.shape, int)
    found = marginals(
        likes.astype(int), allowed=likes, mentee_capacity=[1, 2], objective=PEOPLE, sides=gains
    )
    assert expected(found, gains)[: len(wants)] == expects


@examples(30)
@given(instances(), CAPS)
def test_it_is_what_one_programme_a_person_and_level_finds(
    drawn: tuple[Case, Sides], cap: Fraction
) -> None:
    case, sides = drawn
    (n, m), cells = (
        case.shape,
        [(i, j) for i, line in enumerate(case.allowed) for j, ok in enumerate(line) if ok],
    )
    rows: list[list[int]] = [[int(c[0] == i) for c in cells] for i in range(n)]
    rows += [[int(c[1] == j) for c in cells] for j in range(m)]
    most: list[Fraction | int] = [*case.mentor_capacity, *case.mentee_capacity]
    least = [*case.mentor_minimum, *case.mentee_minimum]
    matrix = [
        *rows,
        *([-a for a in row] for row in rows),
        *(np.eye(len(cells), dtype=int).tolist()),
    ]
    limits = [*most, *(-a for a in least), *[cap] * len(cells)]
    if case.participation == "most" and matrix:
        pairs = maximum([1] * len(cells), matrix, limits)
        matrix, limits = [*matrix, [-1] * len(cells)], [*limits, 0 if pairs is None else -pairs]
    gains = [[int(sides[0][c]) * (c[0] == i) for c in cells] for i in range(n)]
    gains += [[int(sides[1][c]) * (c[1] == j) for c in cells] for j in range(m)]
    slow = (
        leximin(gains, [0] * (n + m), matrix, limits, [case.points[i][j] for i, j in cells])
        if matrix
        else []
    )
    if slow is None:
        with pytest.raises(InfeasibleError):
            fair(case, sides, cap)
        return
    found = fair(case, sides, cap)
    if slow:
        assert expected(found, sides) == slow[:-1]
        assert found.total == slow[-1]


@examples(60)
@given(instances(top=30), CAPS)
def test_nobody_at_the_bottom_expects_less_than_with_the_largest_total(
    drawn: Any, cap: Fraction
) -> None:
    case, sides = drawn
    try:
        total = marginals(case.matrix, cap=cap, **case.options)
    except InfeasibleError:
        return
    found = fair(case, sides, cap)
    assert found.pairs == total.pairs or case.participation == "best"
    assert found.total <= total.total + Fraction(1, 1000)
    assert above(expected(found, sides), expected(total, sides), 1e-4)


@examples(60)
@given(instances(top=30))
def test_no_single_matching_is_fairer(drawn: Any) -> None:
    case, sides = drawn
    matchings = list(feasible(case))
    if not matchings:
        return
    most = max(map(len, matchings))
    vector = expected(fair(case, sides), sides)
    for pairs in matchings:
        if case.participation == "best" or len(pairs) == most:
            gains = [Fraction(0)] * sum(case.shape)
            for i, j in pairs:
                gains[i] += int(sides[0][i, j])
                gains[case.shape[0] + j] += int(sides[1][i, j])
            assert above(vector, gains, 1e-4)


def test_by_lot_the_worst_off_expect_more_than_in_any_matching() -> None:
    """Two mentors, one mentee: one of them gets nothing, or both expect half."""
    found = marginals([[9], [7]], objective=PEOPLE, sides=([[1], [1]], [[0], [0]]))
    assert found.matrix.tolist() == [[0.5], [0.5]]


@examples(40)
@given(st.data(), instances(top=20), CAPS)
def test_the_order_of_rows_and_columns_does_not_matter(
    data: st.DataObject, drawn: Any, cap: Fraction
) -> None:
    case, sides = drawn
    (n, m) = case.shape
    rows, columns = (data.draw(st.permutations(range(size))) for size in (n, m))
    moved = Case(
        case.matrix[rows][:, columns].tolist(),
        case.options["allowed"][rows][:, columns].tolist(),
        [case.mentor_capacity[k] for k in rows],
        [case.mentee_capacity[k] for k in columns],
        [case.mentor_minimum[k] for k in rows],
        [case.mentee_minimum[k] for k in columns],
        case.participation,
    )
    turned = tuple(side[rows][:, columns] for side in sides)
    try:
        one = fair(case, sides, cap)
    except InfeasibleError:
        with pytest.raises(InfeasibleError):
            fair(moved, (turned[0], turned[1]), cap)
        return
    other = expected(fair(moved, (turned[0], turned[1]), cap), (turned[0], turned[1]))
    vector = expected(one, sides)
    order = [*rows, *(n + column for column in columns)]
    assert [float(x) for x in other] == pytest.approx([float(vector[k]) for k in order], abs=1e-4)


@examples(40)
@given(instances(top=3), CAPS)
def test_equals_have_equal_chances(drawn: Any, cap: Fraction) -> None:
    case, sides = drawn
    if not case.points:
        return
    twice = Case(
        [*case.points, case.points[0]],
        [*case.allowed, case.allowed[0]],
        [*case.mentor_capacity, case.mentor_capacity[0]],
        case.mentee_capacity,
        [*case.mentor_minimum, case.mentor_minimum[0]],
        case.mentee_minimum,
        case.participation,
    )
    try:
        found = fair(
            twice, (np.vstack([sides[0], sides[0][:1]]), np.vstack([sides[1], sides[1][:1]])), cap
        )
    except InfeasibleError:
        return
    assert found.units[0].tolist() == found.units[-1].tolist()


def test_people_with_equal_points_and_unequal_gains_are_no_equals() -> None:
    found = marginals([[1], [1]], objective=PEOPLE, sides=([[1], [3]], [[0], [0]]))
    assert found.matrix.tolist() == [[0.75], [0.25]]


def test_what_only_costs_is_left_out_where_the_number_of_pairs_is_free() -> None:
    for participation, chance in (("best", 0), ("most", 1)):
        found = marginals(
            [[5]],
            participation=participation,  # type: ignore[arg-type]  # one of the two words
            objective=PEOPLE,
            sides=([[-1]], [[0]]),
        )
        assert found.matrix.tolist() == [[chance]]


def test_gains_in_decimals_are_read_as_written_and_counted_in_one_unit() -> None:
    found = marginals([[1], [1]], objective=PEOPLE, sides=([[0.1], [0.25]], [[0], [0]]))
    assert [found.chance(0, 0), found.chance(1, 0)] == [Fraction(5, 7), Fraction(2, 7)]


def test_what_is_no_simple_fraction_is_on_the_grid() -> None:
    gains = [[100_003], [99_991]]
    found = marginals([[1], [1]], objective=PEOPLE, sides=(gains, [[0], [0]]))
    assert found.grid == 5_040_000
    assert abs(found.chance(0, 0) - Fraction(99_991, 199_994)) < Fraction(1, found.grid)
    assert found.pairs == 1
    coarse = marginals([[1], [1]], objective=PEOPLE, sides=(gains, [[0], [0]]), grid=10)
    assert coarse.grid == 10


def test_simple_fractions_are_exact_whatever_the_grid() -> None:
    found = marginals([[1], [1]], objective=PEOPLE, sides=([[6], [17]], [[0], [0]]), grid=10)
    assert [found.chance(0, 0), found.chance(1, 0)] == [Fraction(17, 23), Fraction(6, 23)]
    assert found.grid == 23


@pytest.mark.parametrize(
    ("primes", "grid"), [([101, 103, 107], 101 * 103 * 107 * 37), ([101, 103, 107, 109], None)]
)
def test_fractions_of_too_many_kinds_are_on_the_grid(primes: list[int], grid: int | None) -> None:
    """Two mentors share each of the first mentees with chances in parts of a prime; 37 without a gain share the last."""
    count = len(primes)
    gains, worth = np.zeros((2, 2 * count + 37, count + 1), int)
    for k, prime in enumerate(primes):
        gains[2 * k : 2 * k + 2, k] = prime // 3, prime - prime // 3
    worth[2 * count :, count] = 1
    found = marginals(
        gains + worth, allowed=gains + worth > 0, objective=PEOPLE, sides=(gains, worth)
    )
    assert found.grid == grid or (grid is None and found.grid == 5_040_000 * 37)
    assert found.pairs == count + 1
    assert {found.chance(2 * count + k, count) for k in range(37)} == {Fraction(1, 37)}
    for k, prime in enumerate(primes):
        assert abs(found.chance(2 * k, k) - Fraction(prime - prime // 3, prime)) <= Fraction(
            grid is None, 5_040_000
        )


def test_what_is_only_near_a_simple_fraction_is_not_taken_for_it() -> None:
    """Halves would do for both up to a billionth, and would not give them the same."""
    gains = [[10**9], [10**9 - 1]]
    assert marginals([[1], [1]], objective=PEOPLE, sides=(gains, [[0], [0]]), grid=7).grid == 7
    assert marginals([[1], [1]], objective=PEOPLE, sides=([[9], [9]], [[0], [0]]), grid=7).grid == 2


def test_what_is_too_small_for_a_simple_fraction_is_not_lost() -> None:
    found = marginals([[1]], cap="1/2000000000", objective=PEOPLE, sides=([[1]], [[1]]))
    assert found.pairs == Fraction(1, 2 * 10**9)


def test_fractions_that_break_a_limit_are_none() -> None:
    grid, one, none = 10**10, np.array([10**10]), np.array([0])
    capped = CappedProblem(
        np.array([[1]]), np.array([[grid // 2 - 1]]), (none, one), (none, one), "most"
    )
    assert simple_fractions(capped, grid, np.array([[0.5 - 1e-10]])) is None
    assert simple_fractions(capped, grid, np.array([[0.25]])) is not None


@examples(15)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.25, 0.5, 1]))
def test_no_level_can_be_raised_by_an_independent_programme(seed: int, cap: float) -> None:
    """The lowest level, and the lowest of all but those who are settled on it, for points as large as a programme's."""
    rng = np.random.default_rng(seed)
    n, m = 12, 9
    sides = tuple(rng.integers(0, 10**6, (n, m)) for _ in range(2))
    found = marginals(sides[0] + sides[1], cap=cap, objective=PEOPLE, sides=(sides[0], sides[1]))
    cells = [(i, j) for i in range(n) for j in range(m)]
    gains = np.array(
        [[sides[0][c] * (c[0] == i) for c in cells] for i in range(n)]
        + [[sides[1][c] * (c[1] == j) for c in cells] for j in range(m)]
    )
    places = np.array(
        [[c[0] == i for c in cells] for i in range(n)]
        + [[c[1] == j for c in cells] for j in range(m)]
    )
    solver: Any = linprog
    answer = solver(
        [*[0] * len(cells), -1],
        np.vstack(
            [
                np.hstack([places, np.zeros((n + m, 1))]),
                np.hstack([-gains / 1e6, np.ones((n + m, 1))]),
            ]
        ),
        [*[1] * (n + m), *[0] * (n + m)],
        [[*[1] * len(cells), 0]],
        [min(n, m)],
        bounds=[*[(0, cap)] * len(cells), (None, None)],
    )
    vector = sorted(map(float, expected(found, (sides[0], sides[1]))))
    assert vector[0] == pytest.approx(-answer.fun * 1e6, abs=3)
    assert found.pairs == m


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"objective": PEOPLE}, "leximin over people needs what each side gains"),
        ({"objective": "total", "sides": ([[1]], [[1]])}, "are for leximin over people alone"),
        (
            {"objective": PEOPLE, "sides": ([[1]], [[1, 2]])},
            r"the points of the mentees have shape \(1, 2\)",
        ),
        ({"objective": PEOPLE, "sides": ([[1]],)}, "1 matrices"),
        ({"objective": PEOPLE, "sides": ([[1]], [["a"]])}, "is no type of points"),
        (
            {"objective": PEOPLE, "sides": ([[1]], [[1]]), "spread": "1/2"},
            "does not go with 'leximin': `spread` has",
        ),
        ({"objective": "leximin"}, "in expectation there are people only; take 'total' or Leximin"),
        (
            {"objective": MaxMin()},
            "leximin in expectation does the same, and goes on after the worst off",
        ),
        (
            {"objective": AlphaFair(2)},
            "'alpha_fair' is not for lotteries: it compares single matchings",
        ),
        ({"objective": Stable()}, "'stable' is not for lotteries"),
        ({"objective": "leximim"}, "did you mean 'leximin'"),
        ({"objective": 3}, "3 is no objective"),
    ],
)
def test_what_does_not_fit_is_one_clear_error(options: Any, said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        marginals([[1]], **options)


def test_too_many_pairs_are_refused_by_name() -> None:
    nothing = np.zeros((301, 300), int)
    with pytest.raises(
        InvalidInputError,
        match="301 × 300 pairs are too many for a lottery that is leximin; at most 90\xa0000",
    ):
        marginals(nothing, objective=PEOPLE, sides=(nothing, nothing))


@pytest.mark.parametrize("shape", [(0, 0), (0, 2), (1, 0)])
def test_nobody_may_meet_anybody(shape: tuple[int, int]) -> None:
    nothing = np.zeros(shape, int)
    assert marginals(nothing, objective=PEOPLE, sides=(nothing, nothing)).pairs == 0
    closed = marginals([[1]], allowed=[[False]], objective=PEOPLE, sides=([[1]], [[1]]))
    assert closed.units.tolist() == [[0]]
