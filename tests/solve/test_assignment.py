"""What `assign` promises: the best total, the right faults, and nothing odd at the edges."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csc_array
from solve.brute import Case, cases, is_feasible, optima, total

from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.solve import Assignment, assign, failures
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def pairs_of(answer: Assignment) -> frozenset[tuple[int, int]]:
    return frozenset((i, j) for i, j in answer.pairs.tolist())


def run(case: Case) -> Assignment:
    return assign(case.matrix, **case.options)


@given(cases())
def test_the_answer_is_one_of_the_best_sets_of_pairs_or_none_exists(case: Case) -> None:
    best = optima(case)
    if not best:
        with pytest.raises(InfeasibleError):
            run(case)
        return
    answer = run(case)
    pairs = pairs_of(answer)
    assert pairs in best
    assert answer.total == total(case, pairs)
    assert type(answer.total) is int
    assert answer.pairs.tolist() == sorted(map(list, pairs))
    assert answer.unmatched_mentors.tolist() == sorted(
        set(range(case.shape[0])) - {i for i, _ in pairs}
    )
    assert answer.unmatched_mentees.tolist() == sorted(
        set(range(case.shape[1])) - {j for _, j in pairs}
    )


@given(cases(), st.sampled_from([0.1, 0.7, 1e-9]))
def test_fractional_points_give_the_best_total_too(case: Case, unit: float) -> None:
    best = optima(case)
    if best:
        answer = assign(case.matrix * unit, **case.options)
        assert is_feasible(case, pairs_of(answer))
        assert answer.total == pytest.approx(total(case, best[0]) * unit, rel=1e-9, abs=1e-9)
        if case.participation == "most":
            assert len(answer.pairs) == len(best[0])


@given(
    arrays(np.int64, st.tuples(*[st.integers(1, 5)] * 2), elements=st.integers(-9, 9)),
    st.booleans(),
)
def test_rows_and_columns_are_those_of_scipy(points: Any, maximize: bool) -> None:
    answer = assign(points, maximize=maximize)
    rows, columns = linear_sum_assignment(points, maximize)
    if len(points) <= points.shape[1]:
        assert answer.row_ind.tolist() == rows.tolist()
    assert sorted(set(answer.col_ind.tolist())) == sorted(answer.col_ind.tolist())
    assert len(answer.col_ind) == len(columns)
    assert (
        points[answer.row_ind, answer.col_ind].sum() == points[rows, columns].sum() == answer.total
    )
    assert np.array_equal(answer.pairs, np.column_stack([answer.row_ind, answer.col_ind]))


@given(cases())
def test_an_infeasible_problem_names_people_whose_minimums_break_hall(case: Case) -> None:
    if optima(case):
        return
    with pytest.raises(InfeasibleError) as caught:
        run(case)
    mentors: set[Any] = set(caught.value.mentors)
    mentees: set[Any] = set(caught.value.mentees)
    allowed, text = case.options["allowed"], str(caught.value)
    if text.startswith("mentee"):
        allowed, mentors, mentees = allowed.T, mentees, mentors
    fewest, most = case.mentor_minimum, case.mentee_capacity
    if text.startswith("mentee"):
        fewest, most = case.mentee_minimum, case.mentor_capacity
    needy = sorted(mentors)
    assert mentees == {j for j in range(allowed.shape[1]) if allowed[needy, j].any()}
    need, room = (
        sum(fewest[i] for i in needy),
        sum(min(most[j], int(allowed[needy, j].sum())) for j in mentees),
    )
    assert need > room
    assert f" {need} partner" in text
    assert f" {room} place" in text


def test_the_contradiction_is_told_without_the_people_it_does_not_need() -> None:
    allowed = np.ones((5, 6), bool)
    allowed[:, [0, 2, 3]] = False
    allowed[[1, 4], [0, 0]] = allowed[[1, 4], [2, 2]] = allowed[[1, 4], [3, 3]] = True
    with pytest.raises(InfeasibleError) as caught:
        assign(
            np.zeros((5, 6), int),
            allowed=allowed,
            mentor_capacity=[2, 1, 2, 2, 1],
            mentee_minimum=1,
        )
    assert str(caught.value) == (
        "mentees 0, 2, 3 need 3 partners, but the mentors they may meet (1, 4) have 2 places for them"
    )
    assert caught.value.mentors == (1, 4)
    assert caught.value.mentees == (0, 2, 3)


def test_someone_who_may_meet_nobody_is_named_alone() -> None:
    with pytest.raises(
        InfeasibleError, match=r"mentor 1 needs 1 partner, but .* \(none\) have 0 places"
    ):
        assign(np.ones((2, 2)), allowed=[[True, True], [False, False]], mentor_minimum=1)


def test_a_minimum_of_billions_is_infeasible_not_an_overflow() -> None:
    with pytest.raises(InfeasibleError, match=f"mentor 0 needs {numeral(2**60)} partners"):
        assign(np.ones((3, 3)), mentor_capacity=2**60, mentor_minimum=[2**60, 0, 0])
    assert len(assign(np.ones((3, 3)), mentor_capacity=2**63 - 1, mentee_capacity=2**40).pairs) == 9


# --- laws that hold -------------------------------------------------------------------------------------------------


@given(cases(), st.randoms(use_true_random=False))
def test_the_total_does_not_depend_on_the_order_of_rows_and_columns(
    case: Case, random: Any
) -> None:
    rows, columns = list(range(case.shape[0])), list(range(case.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)

    def pick(values: Sequence[Any], order: list[int]) -> list[Any]:
        return [values[k] for k in order]

    moved = Case(
        [pick(case.points[i], columns) for i in rows],
        [pick(case.allowed[i], columns) for i in rows],
        pick(case.mentor_capacity, rows),
        pick(case.mentee_capacity, columns),
        pick(case.mentor_minimum, rows),
        pick(case.mentee_minimum, columns),
        case.participation,
    )
    if optima(case):
        assert run(moved).total == run(case).total


@given(cases())
def test_mentors_and_mentees_may_change_places(case: Case) -> None:
    if optima(case):
        turned = assign(
            case.matrix.T,
            allowed=case.options["allowed"].T,
            mentor_capacity=case.mentee_capacity,
            mentee_capacity=case.mentor_capacity,
            mentor_minimum=case.mentee_minimum,
            mentee_minimum=case.mentor_minimum,
            participation=case.participation,
        )
        assert turned.total == run(case).total


@given(cases(minimums=False))
def test_forbidding_a_pair_never_raises_the_number_of_pairs_nor_the_best_total(case: Case) -> None:
    answer = run(case)
    for i, j in np.argwhere(case.options["allowed"]):
        narrower = case.options["allowed"].copy()
        narrower[i, j] = False
        less = assign(case.matrix, **(case.options | {"allowed": narrower}))
        assert (len(less.pairs), less.total) <= (
            len(answer.pairs),
            answer.total,
        ) or case.participation == "best"
        assert less.total <= answer.total or case.participation == "most"
        if [i, j] not in answer.pairs.tolist():
            assert less.total == answer.total


@given(cases(), st.integers(1, 1000))
def test_scaled_points_scale_the_total(case: Case, factor: int) -> None:
    if optima(case):
        assert assign(case.matrix * factor, **case.options).total == factor * run(case).total


@given(cases(minimums=False))
def test_one_more_mentor_never_lowers_the_best_total(case: Case) -> None:
    if case.participation == "best" and case.shape[0]:
        without = assign(
            case.matrix[1:],
            allowed=case.options["allowed"][1:],
            mentor_capacity=case.mentor_capacity[1:],
            mentee_capacity=case.mentee_capacity,
            participation="best",
        )
        assert without.total <= run(case).total


@given(cases())
def test_minimising_is_maximising_the_opposite(case: Case) -> None:
    if optima(case):
        assert assign(-case.matrix, **case.options, maximize=False).total == -run(case).total


def test_a_plus_for_a_column_of_the_longer_side_changes_the_pairs() -> None:
    assert assign([[3, 2]]).pairs.tolist() == [[0, 0]]
    assert assign([[3, 2 + 5]]).pairs.tolist() == [[0, 1]]


# --- choices --------------------------------------------------------------------------------------------------------


def test_most_prefers_two_bad_pairs_to_a_good_one_and_best_does_not() -> None:
    points = [[10, -1], [-1, -9]]
    forced = assign(points, allowed=[[True, True], [True, False]])
    assert (forced.total, len(forced.pairs)) == (-2, 2)
    free = assign(points, participation="best")
    assert (free.total, free.pairs.tolist()) == (10, [[0, 0]])


def test_min_points_refuses_pairs_below_it_and_keeps_those_at_it() -> None:
    answer = assign([[5, 1], [1, 1]], min_points=2)
    assert answer.pairs.tolist() == [[0, 0]]
    assert assign([[5, 1], [1, 1]], min_points=1).total == 6
    assert assign([[2**53 + 1]], min_points=float(2**53)).total == 2**53 + 1
    assert assign([[2**53 - 1]], min_points=float(2**53)).total == 0
    assert assign([[0.5, 0.4]], min_points=Fraction(1, 2)).total == 0.5  # type: ignore[arg-type]


def test_minimising_without_a_need_for_pairs_makes_none() -> None:
    assert assign([[3, 4], [5, 6]], participation="best", maximize=False).pairs.shape == (0, 2)


def test_minimums_come_before_everything() -> None:
    answer = assign([[0.2, 0.2], [0.2, 0.1], [0.9, 0.1]], mentor_minimum=[1, 0, 0])
    assert answer.total == pytest.approx(1.10, abs=1e-15)
    assert assign([[-5]], mentor_minimum=1, participation="best").total == -5


# --- types and edges ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
@pytest.mark.parametrize("kind", [float, int, bool])
@pytest.mark.parametrize("participation", ["most", "best"])
def test_empty_sides_give_no_pairs(shape: tuple[int, int], kind: type, participation: Any) -> None:
    answer = assign(
        np.zeros(shape, kind),
        participation=participation,
        allowed=np.zeros(shape),
        mentor_capacity=4,
    )
    assert answer.pairs.shape == (0, 2)
    assert answer.total == 0
    assert math.copysign(1, answer.total) == 1
    assert len(answer.unmatched_mentors) == shape[0]
    assert len(answer.unmatched_mentees) == shape[1]


@pytest.mark.parametrize("maximize", [True, False])
@pytest.mark.parametrize("capacity", [1, 2])
def test_a_single_row_or_column_takes_the_best(maximize: bool, capacity: int) -> None:
    points = np.array([[3, 9, 4, 1]])
    expected = sorted(points[0].tolist(), reverse=maximize)[:capacity]
    assert assign(points, mentor_capacity=capacity, maximize=maximize).total == sum(expected)
    assert assign(points.T, mentee_capacity=capacity, maximize=maximize).total == sum(expected)


@pytest.mark.parametrize("value", [0, 7, -3, 0.25])
def test_constant_points_still_match_everyone(value: float) -> None:
    assert assign(np.full((4, 4), value)).total == 4 * value
    assert assign(np.full((4, 3), value), mentor_capacity=2, mentee_capacity=2).total == 6 * value


@pytest.mark.parametrize("capacity", [1, 2])
def test_who_may_meet_nobody_stays_unmatched(capacity: int) -> None:
    allowed = np.array([[False, False, False], [True, True, False]])
    answer = assign(
        np.ones((2, 3)), allowed=allowed, mentor_capacity=capacity, mentee_capacity=capacity
    )
    assert len(answer.pairs) == capacity
    assert answer.unmatched_mentors.tolist() == [0]
    assert 2 in answer.unmatched_mentees
    nothing = assign(np.ones((2, 3)), allowed=np.zeros((2, 3), bool), mentor_capacity=capacity)
    assert (nothing.total, len(nothing.pairs)) == (0.0, 0)


def test_capacity_0_means_nobody() -> None:
    answer = assign([[9, 1], [8, 1]], mentor_capacity=[0, 1])
    assert answer.pairs.tolist() == [[1, 0]]
    assert answer.unmatched_mentors.tolist() == [0]


@pytest.mark.parametrize(
    "points",
    [
        np.array([[True, False], [True, True]]),
        np.array([[127, 126], [126, 127]], np.int8),
        np.array([[255, 0], [0, 255]], np.uint8),
        np.array([[-(2**31), 0], [5, -(2**31)]], np.int32),
        np.array([[2**53 + 1, 2**53], [2**53, 2**53]]),
        np.array([[2**53 + 1, 1], [1, 2**53 + 1]], dtype=object),
        np.array([[2**54, 3], [2, 2**54 + 1]], np.uint64),
        [[2**53 + 1, 2**53 + 2], [2**53 + 4, 2**53 + 8]],
    ],
    ids=lambda points: str(getattr(points, "dtype", "list")),
)
def test_whole_points_of_any_type_add_up_exactly(points: Any) -> None:
    a, b, c, d = (int(x) for row in points for x in row)
    best, worst = max(a + d, b + c), min(a + d, b + c)
    for capacity in (1, [1, 1]):
        assert assign(points, mentor_capacity=capacity).total == best
        assert assign(points, mentor_capacity=capacity, maximize=False).total == worst
    assert assign(points, mentor_capacity=2, mentee_capacity=2).total == a + b + c + d


def test_numbers_too_large_for_float64_change_the_route_and_not_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What is compiled, and whole, holds them.
    monkeypatch.setattr("rmatch.solve.jonker_volgenant.available", lambda: False)
    big = np.array([[2**53 + 1, 2**53], [2**53, 2**53]])
    answer = assign(big)
    assert (answer.route, answer.pairs.tolist()) == ("flow", [[0, 0], [1, 1]])
    assert assign(big - 2**53).route == "dense"


@pytest.mark.parametrize(
    "points", [[[2**62]], [[2**63, -1]], [[2**70]], [[-(2**63)]], np.array([[2**63]], np.uint64)]
)
def test_points_that_int64_sums_cannot_hold_are_a_fault(points: Any) -> None:
    with pytest.raises(InvalidInputError, match="too large"):
        assign(points)


@pytest.mark.parametrize("value", [1e308, -1e305])
def test_floats_whose_sums_overflow_are_a_fault(value: float) -> None:
    with pytest.raises(InvalidInputError, match="too large"):
        assign(np.full((3, 3), value))


@pytest.mark.parametrize("kind", [np.int64, np.float64, np.float32])
def test_memory_order_and_read_only_input_do_not_matter(kind: type) -> None:
    points: Any = np.asfortranarray(np.arange(12).reshape(4, 3) ** 2 % 7, kind)
    before = points.copy()
    allowed = points > 0
    for array in (points, allowed):
        array.setflags(write=False)
    choices: list[dict[str, Any]] = [
        {},
        {"mentor_capacity": 2, "mentee_capacity": 2},
        {"maximize": False},
    ]
    for options in choices:
        answer = assign(points, allowed=allowed, **options)
        assert answer.total == assign(before.copy("C"), allowed=allowed, **options).total
    assert (points == before).all()


LAYOUTS: dict[str, Callable[[Any], Any]] = {
    "rows": np.ascontiguousarray,
    "columns": np.asfortranarray,
    "every other cell": lambda points: np.repeat(np.repeat(points, 2, 0), 2, 1)[::2, ::2],
    "backwards": lambda points: np.ascontiguousarray(points[::-1, ::-1])[::-1, ::-1],
    "masked": lambda points: np.ma.masked_less(points, 3),
    "sparse": lambda points: csc_array(points.astype(points.dtype.newbyteorder("="))),
}


@given(
    st.sampled_from(["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", ">i2", ">i4", ">i8"]),
    st.sampled_from([*LAYOUTS]),
    st.tuples(*[st.integers(1, 6)] * 2),
    st.data(),
)
def test_whole_points_are_read_where_they_lie_and_are_not_kept(
    kind: str, layout: str, shape: tuple[int, int], data: st.DataObject
) -> None:
    low, high = (0, 1) if kind == "b1" else (int(np.iinfo(kind).min), int(np.iinfo(kind).max))
    ends = max(low, -(2**40)), min(high, 2**40)
    cell = st.sampled_from([*ends, 0, 1]) | st.integers(*ends)
    points = data.draw(arrays(np.int64, shape, elements=cell))
    held = LAYOUTS[layout](points.astype(kind))
    options: dict[str, Any] = {
        "mentor_capacity": data.draw(st.sampled_from([1, 2])),
        "mentee_capacity": data.draw(st.sampled_from([1, 2])),
        "mentor_minimum": data.draw(st.sampled_from([0, 0, 1])) if layout == "rows" else 0,
        "maximize": data.draw(st.booleans()),
        "participation": data.draw(st.sampled_from(["most", "best"])),
    }
    if options["participation"] == "most":
        options["objective"] = data.draw(st.sampled_from(["total", "max_min"]))
    gaps = {"masked": points >= 3, "sparse": points != 0}.get(layout)
    try:
        plain = assign(points, allowed=gaps, **options)
    except InfeasibleError:
        return
    answer = assign(held, **options)
    assert answer.total == plain.total
    if layout != "sparse":
        assert (np.ma.getdata(held) == points).all()
        np.ma.getdata(held)[:] = 0
    assert answer.bound == plain.bound
    proof, (rows, columns) = answer.certificate, answer.pairs.T
    assert (proof is None) == (options.get("objective") == "max_min")
    if proof is not None:
        allowed = np.ones(shape, bool) if gaps is None else gaps
        turned = points if options["maximize"] else -points
        mentors, mentees = (
            (np.full(size, options[f"{side}_capacity"]), np.zeros(size, int))
            for side, size in zip(("mentor", "mentee"), shape, strict=True)
        )
        least = mentors[1] + options["mentor_minimum"], mentees[1]
        assert not [
            *failures(
                proof,
                (rows, columns, turned[rows, columns]),
                (mentors[0], mentees[0]),
                least,
                lambda first, last: (turned[first:last], allowed[first:last]),
                most_pairs=options["participation"] == "most",
                bound=int(turned[rows, columns].sum()),
            )
        ]


def test_a_matrix_that_is_changed_later_leaves_the_answer_as_it_was() -> None:
    for points in (np.eye(3, dtype=np.int32), np.eye(3, dtype=np.int64), np.eye(3)):
        allowed = np.ones((3, 3), bool)
        answer = assign(points, allowed=allowed, mentor_capacity=2, mentee_capacity=2)
        points[:], allowed[:] = 7, False
        assert answer.bound == pytest.approx(3)
        assert answer.certificate is not None


def test_fractional_totals_are_correctly_rounded() -> None:
    points = np.full((10, 10), -9.0)
    np.fill_diagonal(points, 0.1)
    assert assign(points).total == 1.0


def test_the_answer_is_frozen_and_shows_itself_in_a_few_lines() -> None:
    answer = assign(np.eye(9, dtype=int))
    assert repr(answer).splitlines() == [
        "Assignment of 9 pairs, total 9",
        "  pairs      0-0, 1-1, 2-2, 3-3, 4-4, 5-5 and 3 more",
        "  unmatched  mentors 0, mentees 0",
        "  route      dense",
    ]
    assert "pairs      none" in repr(assign(np.zeros((0, 2))))
    with pytest.raises(AttributeError):
        answer.total = 3  # type: ignore[misc]


# --- faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "options", "words"),
    [
        ([1, 2], {}, "1 dimension;"),
        (5, {}, "0 dimensions"),
        ([[1], [1, 2]], {}, "unequal length"),
        ([["a"]], {}, "no type of points"),
        ([[1j]], {}, "complex128"),
        ([[None]], {}, "object"),
        (np.zeros((1, 1), "M8[s]"), {}, "datetime64"),
        (np.zeros((1, 1), np.longdouble), {}, "float128"),
        ([[math.nan]], {}, r"1 cell \(0, 0\), points: nan or infinite; .* `allowed`"),
        ([[1, -math.inf]], {}, r"1 cell \(0, 1\)"),
        (
            np.full((3, 3), math.inf),
            {},
            r"9 cells \(0, 0\), \(0, 1\), \(0, 2\), \(1, 0\), \(1, 1\) and 4 more",
        ),
        ([[1, 2]], {"allowed": [[True]]}, r"allowed: has shape \(1, 1\); give \(1, 2\)"),
        ([[1, 2]], {"allowed": [[1, 0]]}, "int64 is no type of a mask"),
        ([[1], [2]], {"mentor_capacity": [1, -2]}, "row 1, mentor_capacity: -2 is negative"),
        ([[1], [2]], {"mentee_capacity": -1}, "mentee_capacity: -1 is negative"),
        ([[1], [2]], {"mentor_capacity": 1.0}, "float64 does not count"),
        ([[1], [2]], {"mentor_capacity": True}, "bool does not count"),
        ([[1], [2]], {"mentee_minimum": 10**30}, "whole numbers below"),
        (
            [[1], [2]],
            {"mentor_minimum": [0, 0, 0]},
            r"shape \(3,\); give one number, or one for each row: 2",
        ),
        (
            [[1], [2]],
            {"mentor_minimum": [0, 2]},
            "row 1, mentor_minimum: 2 is above the capacity 1",
        ),
        ([[1], [2]], {"mentee_minimum": 2}, "column 0, mentee_minimum: 2 is above the capacity 1"),
        ([[1]], {"participation": "mst"}, "did you mean 'most'"),
        ([[1]], {"participation": 7}, "7 is unknown"),
        ([[1]], {"min_points": math.nan}, "nan is not a finite number"),
        ([[1]], {"min_points": "3"}, "'3' is not a finite number"),
        ([[1]], {"min_points": 1, "maximize": False}, "min_points: refuses"),
    ],
)
def test_a_fault_says_where_and_what(points: Any, options: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words) as caught:
        assign(points, **options)
    assert len(caught.value.faults) == 1


def test_one_error_lists_every_fault() -> None:
    with pytest.raises(InvalidInputError) as caught:
        assign(
            [[1.0, math.nan], [2.0, 3.0]],
            allowed=[[1, 1, 1]],
            mentor_capacity=[-1, -1],
            mentee_capacity=[1, 1, 1],
            mentor_minimum="two",
            mentee_minimum=-4,
            participation="all",  # type: ignore[arg-type]
            min_points=math.inf,
        )
    fields = [fault.field for fault in caught.value.faults]
    assert fields == [
        *("points", "allowed", "allowed", "mentor_capacity", "mentor_capacity", "mentor_minimum"),
        *("mentee_capacity", "mentee_minimum", "participation", "min_points"),
    ]


def test_faults_of_the_other_arguments_are_found_without_a_matrix() -> None:
    with pytest.raises(InvalidInputError) as caught:
        assign([1, 2], mentor_capacity=-1, allowed=[[1]], mentee_minimum=[1, -1])
    assert len(caught.value.faults) == 4
