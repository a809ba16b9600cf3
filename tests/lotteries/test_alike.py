"""Like chances for like people: the total variation between two rows of a lottery stays below a bound."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.optimize import linprog

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.lotteries import Parity
from rmatch.objectives import TOTAL, Leximin
from rmatch.people import Request, Requests

if TYPE_CHECKING:
    from rmatch.lotteries import Lottery

STEP = Fraction(1, 5_040_000)
WITHINS = st.sampled_from([0, "1/10", "1/3", Fraction(1, 2), 0.8, 1])


def drawn_by(
    points: Any,
    *,
    cap: Any = 1,
    places: tuple[list[int], list[int]] | None = None,
    locks: tuple[tuple[str, str], ...] = (),
    least: int = 0,
    objective: Any = TOTAL,
    **options: Any,
) -> Lottery:
    """Return the lottery of mentors m0, m1, … and mentees e0, e1, … who are worth what a matrix says."""
    shape = np.shape(points)
    mentors, mentees = (
        [f"{letter}{k}" for k in range(size)] for letter, size in zip("me", shape, strict=True)
    )
    capacities = places or tuple([1] * size for size in shape)
    rows: list[dict[str, Any]] = [
        {"id": person, "role": role, f"{role}_capacity": capacity}
        for role, people, side in zip(
            ("mentor", "mentee"), (mentors, mentees), capacities, strict=True
        )
        for person, capacity in zip(people, side, strict=True)
    ]
    worth = rmatch.criteria.Matrix(points, mentors=mentors, mentees=mentees)
    programme = rmatch.Programme(
        criteria=(rmatch.criteria.Custom("worth", worth),),
        rules=(),
        mentor_minimum=least,
        objective=objective,
    )
    requests = Requests(tuple(Request(mentor, mentee, "lock") for mentor, mentee in locks))
    return rmatch.lottery(rmatch.read_people(rows), programme, requests, cap=cap, **options)


def row(lottery: Lottery, person: str) -> list[Fraction]:
    mentors, mentees = lottery.scores.mentors, lottery.scores.mentees
    pairs = [(person, e) for e in mentees] if person in mentors else [(m, person) for m in mentors]
    return [lottery.chances.get(pair, Fraction(0)) for pair in pairs]


def total_variation(lottery: Lottery, one: str, other: str) -> Fraction:
    """Return the largest difference over all sets of outcomes, "nobody" among them where people have one place."""
    first, second = (
        [*chances, 1 - sum(chances, Fraction(0))]
        for chances in (row(lottery, one), row(lottery, other))
    )
    differences = [a - b for a, b in zip(first, second, strict=True)]
    some = product([0, 1], repeat=len(differences))
    sums = [
        sum((d for d, taken in zip(differences, each, strict=True) if taken), Fraction(0))
        for each in some
    ]
    return max(sums)


def independent(
    points: Any, cap: Fraction, places: Any, alike: list[tuple[int, int, float]]
) -> tuple[float, float]:
    """Return the largest number of pairs and the most points then, with a row for every set of partners."""
    n, m = np.shape(points)
    above = [*np.kron(np.eye(n), np.ones(m)), *np.kron(np.ones(n), np.eye(m))]
    limits = [*places[0], *places[1]]
    for one, other, within in alike:
        for some in product([0, 1], repeat=m):
            line = np.zeros((n, m))
            line[one], line[other] = some, -np.array(some)
            above += [line.ravel(), -line.ravel()]
            limits += [within, within]
    bounds = [(0, float(cap))] * (n * m)
    solver: Any = linprog
    most = -solver(-np.ones(n * m), np.array(above), limits, bounds=bounds).fun
    above.append(-np.ones(n * m))
    return most, -solver(
        -np.ravel(points), np.array(above), [*limits, 1e-9 - most], bounds=bounds
    ).fun


@st.composite
def matrices(draw: st.DrawFn) -> Any:
    shape = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    return np.array(
        draw(
            st.lists(st.integers(0, 20), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
        )
    ).reshape(shape)


@examples(60)
@given(st.data(), matrices(), WITHINS, st.sampled_from(["1/3", "1/2", 1]))
def test_the_bound_holds_and_nothing_better_keeps_it(
    data: st.DataObject, points: Any, within: Any, cap: Any
) -> None:
    n, m = points.shape
    one, other = data.draw(st.permutations(range(n)))[:2]
    sides = [
        data.draw(st.lists(st.integers(1, 2), min_size=size, max_size=size)) for size in (n, m)
    ]
    places = sides[0], sides[1]
    limit = float(Fraction(str(within)))
    found = drawn_by(points, cap=cap, places=places, alike=[(f"m{one}", f"m{other}", within)])
    differences = [
        a - b for a, b in zip(row(found, f"m{one}"), row(found, f"m{other}"), strict=True)
    ]
    for sign in (1, -1):
        together = sum((max(sign * d, Fraction(0)) for d in differences), Fraction(0))
        assert together <= Fraction(str(within)) + (2 * m + 1) * STEP
    pairs, best = independent(points, Fraction(str(cap)), places, [(one, other, limit)])
    assert float(found.pairs) == pytest.approx(pairs, abs=1e-5)
    assert float(found.total) == pytest.approx(best, rel=1e-5, abs=1e-3)
    assert max(found.chances.values(), default=0) <= Fraction(str(cap))


@examples(30)
@given(matrices(), WITHINS, st.sampled_from(["mentor", "mentee"]))
def test_with_one_place_it_is_the_total_variation_with_nobody_as_an_outcome(
    points: Any, within: Any, side: str
) -> None:
    both = ("m0", "m1") if side == "mentor" else ("e0", "e1")
    found = drawn_by(points if side == "mentor" else points.T, cap="1/2", alike=[(*both, within)])
    assert total_variation(found, *both) <= Fraction(str(within)) + (2 * points.shape[1] + 1) * STEP


@examples(15)
@given(st.data(), st.sampled_from([0, "1/10", "1/4", 0.4]), st.sampled_from(["mentor", "mentee"]))
def test_it_holds_where_places_are_settled_before_pairs(
    data: st.DataObject, within: Any, side: Any
) -> None:
    people = rmatch.datasets.workforce(8, 6, seed=3)
    scores = rmatch.score(people)
    one, other = data.draw(st.permutations(getattr(scores, f"{side}s")))[:2]
    found = rmatch.lottery(people, cap="1/2", alike=[(one, other, within)])
    assert total_variation(found, one, other) <= Fraction(str(within)) + 6 * 8 * STEP
    assert max(found.chances.values()) <= Fraction(1, 2)
    assert all(places <= 1 for places in found.expected_partners(side).values())
    assert abs(len(found.draw(0)) - found.pairs) < 1


@pytest.mark.parametrize(
    ("seed", "shape", "ends", "cap", "objective"),
    [
        (44, (10, 4), (0, 1), "1/2", Leximin("people")),
        (86, (13, 9), (0, 1), 1, TOTAL),
        (3, (12, 12), (2, 7), "1/2", TOTAL),
    ],
)
def test_at_nought_nothing_is_widened_where_places_are_settled_before_pairs(
    seed: int, shape: tuple[int, int], ends: tuple[int, int], cap: Any, objective: Any
) -> None:
    people, programme = (
        rmatch.datasets.workforce(*shape, seed=seed),
        rmatch.Programme(objective=objective),
    )
    scores = rmatch.score(people, programme)
    for side in (scores.mentors, scores.mentees):
        one, other = side[ends[0] % len(side)], side[ends[1] % len(side)]
        found = rmatch.lottery(people, programme, cap=cap, alike=[(one, other, 0)])
        assert row(found, one) == row(found, other)


@examples(30)
@given(matrices(), st.sampled_from(["1/3", "1/2", 1]))
def test_at_nought_both_have_the_same_chances_exactly(points: Any, cap: Any) -> None:
    limits = np.full(points.shape, Fraction(str(cap)), object)
    limits[0, 0] = Fraction(1, 7)
    places = ([1, 2, 2, 1][: points.shape[0]], [2] * points.shape[1])
    found = drawn_by(points, cap=limits, places=places, alike=[("m0", "m1", 0)])
    assert row(found, "m0") == row(found, "m1")
    assert all(found.chances.get(("m1", mentee), 0) <= limits[0, 0] for mentee in ["e0"])
    assert sum(row(found, "m1")) <= 1


def test_a_coarse_grid_grows_finer_where_two_have_to_be_equal() -> None:
    found = drawn_by([[9], [1]], grid=1, alike=[("m0", "m1", 0)])
    assert found.chances == {("m0", "e0"): Fraction(1, 2), ("m1", "e0"): Fraction(1, 2)}
    assert found.total == 5
    rounded = drawn_by([[9, 1], [9, 1]], places=([1, 2], [1, 2]), grid=1, alike=[("m0", "m1", 0)])
    assert row(rounded, "m0") == row(rounded, "m1") == [Fraction(1, 2)] * 2


@examples(20)
@given(matrices(), st.sampled_from([1, 2, "7/3"]))
def test_from_one_on_it_changes_nothing_for_people_with_one_place(points: Any, within: Any) -> None:
    free, bound = (
        drawn_by(points, cap="1/2"),
        drawn_by(points, cap="1/2", alike=[("m0", "m1", within)]),
    )
    assert float(bound.total) == pytest.approx(float(free.total), rel=1e-5, abs=1e-3)
    assert abs(bound.pairs - free.pairs) <= Fraction(1, 10**5)


def test_a_bound_on_each_partner_alone_is_not_enough() -> None:
    """No chance differs by more than 1/2, and still the two never meet the same mentees."""
    points = [[10, 10, 1, 1], [1, 1, 10, 10], [5, 5, 5, 5], [5, 5, 5, 5]]
    free = drawn_by(points, cap="1/2")
    assert max(
        abs(a - b) for a, b in zip(row(free, "m0"), row(free, "m1"), strict=True)
    ) == Fraction(1, 2)
    assert total_variation(free, "m0", "m1") == 1
    fair = drawn_by(points, cap="1/2", alike=[("m0", "m1", "1/2")])
    assert abs(total_variation(fair, "m0", "m1") - Fraction(1, 2)) <= 9 * STEP
    assert fair.total < free.total


def test_three_in_a_row_are_all_the_same() -> None:
    found = drawn_by([[9, 1], [5, 5], [1, 8]], alike=[("m0", "m1", 0), ("m2", "m1", "0")])
    assert row(found, "m0") == row(found, "m1") == row(found, "m2") == [Fraction(1, 3)] * 2


def test_locked_pairs_count_in_full() -> None:
    points, lock = [[5, 5], [5, 5]], (("m0", "e0"),)
    with pytest.raises(InfeasibleError, match=r"each limit would have to be about 0\.5 larger"):
        drawn_by(points, locks=lock, alike=[("m0", "m1", "1/2")])
    assert drawn_by(points, locks=lock, alike=[("m0", "m1", 1)]).chances["m0", "e0"] == 1
    together = drawn_by(
        [[5, 5, 9], [5, 5, 1]],
        places=([2, 2], [2, 1, 1]),
        locks=(("m0", "e0"), ("m1", "e0")),
        alike=[("m0", "m1", 0)],
    )
    assert row(together, "m0") == row(together, "m1") == [1, Fraction(1, 2), Fraction(1, 2)]


def test_one_lock_makes_the_same_pair_certain_for_whoever_has_to_be_alike() -> None:
    found = drawn_by(
        [[5, 5], [5, 5]], places=([1, 1], [2, 1]), locks=(("m0", "e0"),), alike=[("m0", "m1", 0)]
    )
    assert row(found, "m0") == row(found, "m1") == [1, 0]
    chain = drawn_by(
        [[5, 1], [1, 5], [3, 3]],
        places=([2, 2, 2], [3, 1]),
        locks=(("m0", "e0"),),
        alike=[("m0", "m1", 0), ("m1", "m2", 0)],
    )
    assert row(chain, "m1") == row(chain, "m2")
    assert all(abs(a - b) <= STEP for a, b in zip(row(chain, "m0"), row(chain, "m1"), strict=True))


def test_locks_are_held_to_the_bound_where_nothing_else_is_open() -> None:
    with pytest.raises(InfeasibleError, match=r"each limit would have to be about 0\.5 larger"):
        drawn_by([[5], [5]], cap=0, locks=(("m0", "e0"),), alike=[("m0", "m1", "1/2")])


@pytest.mark.parametrize("objective", [TOTAL, Leximin("people")], ids=repr)
def test_who_has_to_be_alike_and_to_meet_somebody_else_is_told_so(objective: Any) -> None:
    """Each has to meet somebody whom the other may not meet: only with a total variation of 1 can both."""
    closed = [[1, 0], [0, 1]]
    with pytest.raises(InfeasibleError, match="each limit would have to be about 1 larger"):
        drawn_by(
            [[5, 5], [5, 5]], cap=closed, alike=[("m0", "m1", 0)], least=1, objective=objective
        )
    found = drawn_by(
        [[5, 5], [5, 5]], cap=closed, alike=[("m0", "m1", 1)], least=1, objective=objective
    )
    assert found.chances == {("m0", "e0"): 1, ("m1", "e1"): 1}


def test_how_much_is_missing_is_counted_before_what_nought_would_bring() -> None:
    """m0 has to meet e0 with 1/2 at least and m1 may only with 1/4; a lock is 1 and the other may have 1/2."""
    with pytest.raises(InfeasibleError, match=r"each limit would have to be about 0\.25 larger"):
        drawn_by(
            [[5, 5], [5, 5]],
            cap=[[1, "1/2"], ["1/4", 1]],
            places=([1, 1], [2, 2]),
            least=1,
            alike=[("m0", "m1", 0)],
        )
    with pytest.raises(InfeasibleError, match=r"each limit would have to be about 0\.5 larger"):
        drawn_by(
            [[5], [5]],
            cap="1/2",
            places=([1, 1], [2]),
            locks=(("m0", "e0"),),
            alike=[("m0", "m1", 0)],
        )


def test_locked_pairs_count_for_groups_too() -> None:
    rows = [
        {"id": person, "role": role, "dimension:age": age, "consent:age": "match"}
        for person, role, age in [
            ("a", "mentor", "old"),
            ("b", "mentor", "young"),
            ("c", "mentee", ""),
            ("d", "mentee", ""),
        ]
    ]
    worth = rmatch.criteria.Matrix([[5, 5], [5, 5]], mentors=["a", "b"], mentees=["c", "d"])
    programme = rmatch.Programme(
        criteria=(rmatch.criteria.Custom("worth", worth),),
        rules=(),
        unprotected=("age",),
        participation="best",
    )
    lock = Requests((Request("a", "c", "lock"),))
    parity = [Parity("age", 0, side="mentor")]
    found = rmatch.lottery(rmatch.read_people(rows), programme, lock, cap=1, parity=parity)
    assert found.expected_partners("mentor") == {"a": 1, "b": 1}
    with pytest.raises(InfeasibleError, match=r"each limit would have to be about 0\.5 larger"):
        rmatch.lottery(rmatch.read_people(rows), programme, lock, cap="1/2", parity=parity)


def test_people_who_play_both_roles_are_alike_in_both() -> None:
    people = [{"id": person, "role": "both"} for person in "abc"]
    worth = rmatch.criteria.Matrix(
        [[0, 9, 2], [1, 0, 8], [7, 3, 0]], mentors=list("abc"), mentees=list("abc")
    )
    programme = rmatch.Programme(criteria=(rmatch.criteria.Custom("worth", worth),), rules=())
    found = rmatch.lottery(rmatch.read_people(people), programme, cap=1, alike=[("a", "b", 0)])
    assert row(found, "a") == row(found, "b")
    columns = [
        [found.chances.get((mentor, mentee), Fraction(0)) for mentor in "abc"] for mentee in "ab"
    ]
    assert columns[0] == columns[1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"parity": 5},
            ["lottery, parity: 5 is no list; give a list of rmatch.lotteries.Parity"],
        ),
        ({"parity": [1, "gender"]}, ["parity: 1 is no Parity", "parity: 'gender' is no Parity"]),
        ({"parity": Parity("age", 0)}, ["is no list"]),
        ({"parity": [Parity(["age"], None)]}, ["['age'] is unknown", "within: None"]),  # type: ignore[arg-type]
        ({"alike": 5}, ["lottery, alike: 5 is no list; give a list of (one, other, within)"]),
        ({"alike": "m0"}, ["lottery, alike: 'm0' is no list"]),
        (
            {"alike": [1, ("m0",), "m0"]},
            ["alike: 1; give (one,", "alike: ('m0',); give", "alike: 'm0'; give"],
        ),
        ({"alike": [("m0", "m0", 0)]}, ["alike: 'm0' is named twice; name two people"]),
        ({"alike": [("m0", "e0", 0)]}, ["'m0' and 'e0' do not play one role"]),
        ({"alike": [("m0", "m1", "1e400")]}, ["alike, within: '1e400'; give a number from 0 to"]),
        ({"seed": 1.5}, ["lottery, seed: 1.5 is not possible; give a whole number or a text"]),
        ({"alike": [("m00", "m1", 0)]}, ["alike: nobody has the id 'm00'; did you mean 'm0'?"]),
        ({"alike": [(["m0"], None, 0)]}, ["nobody has the id ['m0']", "nobody has the id None"]),
        (
            {"alike": [("m0", "zzz", -1)], "parity": [3], "cap": "often", "grid": 0, "spread": 2},
            [
                "'zzz'; give ids",
                "-1; give",
                "3 is no",
                "'often'",
                "grid: 0",
                "spread: 2",
                "cannot go with",
            ],
        ),
    ],
)
def test_bad_input_is_one_error_with_every_fault(options: Any, said: list[str]) -> None:
    with pytest.raises(InvalidInputError) as caught:
        drawn_by([[5, 5], [5, 5]], **options)
    assert len(caught.value.faults) == len(said)
    assert all(each in str(caught.value) for each in said)


def test_a_draw_is_by_a_number_or_a_text() -> None:
    with pytest.raises(InvalidInputError, match="draw, seed: a list is not possible"):
        drawn_by([[5, 5], [5, 5]]).draw([1])  # type: ignore[arg-type]
