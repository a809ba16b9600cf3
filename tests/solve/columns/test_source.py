"""Points without a matrix give the same answers as their matrix."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmatch.errors import InvalidInputError
from rmatch.solve import ALLOWED, Blocks, Tables, assign, validate
from rmatch.solve.columns.part import _taken
from rmatch.utils.memory import free

FORMS = ["with the extra", "without it"]


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    mentors, mentees = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    codes = [draw(st.lists(st.integers(0, 3), max_size=4)) for _ in range(mentors)]
    pairs = st.tuples(st.integers(0, max(mentors - 1, 0)), st.integers(0, max(mentees - 1, 0)))
    single = st.lists(pairs, max_size=4 if mentors and mentees else 0)
    extra = [(*pair, draw(st.integers(-9, 9))) for pair in draw(single)]
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    kinds: dict[str, Any] = {
        "kinds": rng.integers(0, 2, mentors),
        "allowed": rng.random((2, mentees)) < 0.7,
    }
    return Tables(
        np.cumsum([0, *map(len, codes)]),
        np.array([code for own in codes for code in own], np.int64),
        rng.integers(-5, 20, (4, mentees)),
        np.array(extra, np.int64).reshape(-1, 3),
        closed=np.array(draw(single), np.int64).reshape(-1, 2),
        **(kinds if draw(st.booleans()) else {}),
    )


def matrix(made: Tables) -> tuple[Any, Any]:
    """Return points and permissions, cell by cell."""
    points, allowed = np.zeros(made.shape, np.int64), np.ones(made.shape, bool)
    for i, j in np.ndindex(*made.shape):
        points[i, j] = sum(
            made.table[code, j] for code in made.codes[made.starts[i] : made.starts[i + 1]]
        )
        if made.kinds is not None and made.allowed is not None:
            allowed[i, j] = made.allowed[made.kinds[i], j]
    for i, j, more in made.extra:
        points[i, j] += more
    for i, j in made.closed:
        allowed[i, j] = False
    return points, allowed


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == FORMS[0]:
        pytest.importorskip("numba")
    else:
        monkeypatch.setattr(validate, "available", lambda: False)


@pytest.mark.usefixtures("form")
def test_tables_and_blocks_are_worth_the_same_as_their_matrix() -> None:
    @given(tables(), st.sampled_from(["most", "best"]))
    def same(made: Tables, participation: Any) -> None:
        points, allowed = matrix(made)
        found, permitted = made.block(np.arange(made.shape[0]), np.arange(made.shape[1]))
        assert (found == points).all()
        assert (permitted == allowed).all()
        lowest, highest = made.bounds()
        assert not points.size or lowest <= points.min() <= points.max() <= highest
        whole = assign(points, allowed=allowed, participation=participation)
        for given_as in (made, Blocks(made.shape, made.block, lowest, highest)):
            answer = assign(given_as, participation=participation)
            assert answer.total == whole.total == answer.bound
            if participation == "most":
                assert len(answer.pairs) == len(whole.pairs)

    same()


def tables_of(**changes: Any) -> Tables:
    given = {"starts": np.array([0, 1]), "codes": np.array([0]), "table": np.array([[1, 2]])}
    return Tables(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"starts": np.array([1, 1])}, "ascending from 0"),
        ({"starts": np.array([0, 2])}, "ends at 2"),
        ({"codes": np.array([1])}, "no row in the table"),
        ({"table": np.array([[0.5, 2]])}, "float64 is not whole"),
        ({"extra": np.array([[0, 2, 1]])}, "outside the table"),
        ({"closed": np.array([[1, 0]])}, "outside the table"),
        ({"kinds": np.array([0])}, "only one of kinds and allowed"),
        ({"kinds": np.array([1]), "allowed": np.ones((1, 2), bool)}, "do not fit"),
    ],
)
def test_tables_that_make_no_sense(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(InvalidInputError, match=fault):
        assign(tables_of(**changes))


def test_a_pair_may_be_closed_many_times() -> None:
    closed = np.array([[0, 0]] * 5)
    source = tables_of(closed=closed).source()
    points = source.rows(0, source.shape[0])
    assert points[0, 0] <= ALLOWED
    assert (points.ravel()[1:] > ALLOWED).all()


def test_what_tables_must_say_themselves() -> None:
    with pytest.raises(InvalidInputError, match=r"allowed(.|\n)*min_points(.|\n)*maximize"):
        assign(tables_of(), allowed=[[True, True]], min_points=1, maximize=False)


@pytest.mark.usefixtures("form")
def test_a_function_that_does_not_keep_its_word() -> None:
    def ones(rows: Any, columns: Any) -> Any:
        return np.ones((len(rows), len(columns)), np.int64), np.ones(
            (len(rows), len(columns)), bool
        )

    assert assign(Blocks((3, 4), ones, 0, 1)).total == 3
    with pytest.raises(InvalidInputError, match="returned points from 1 to 1"):
        assign(Blocks((3, 4), ones, 2, 9))
    with pytest.raises(InvalidInputError, match="returned float64 of shape"):
        assign(
            Blocks(
                (3, 4),
                lambda rows, columns: (ones(rows, columns)[0] / 2, ones(rows, columns)[1]),
                0,
                1,
            )
        )
    with pytest.raises(InvalidInputError, match="returned a ndarray"):
        assign(Blocks((3, 4), lambda rows, columns: ones(rows, columns)[0], 0, 1))
    with pytest.raises(InvalidInputError, match="is above"):
        assign(Blocks((3, 4), ones, 2, 1))


def test_a_matrix_that_memory_cannot_hold_is_refused_with_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if free() is None:
        pytest.skip("this system does not tell how much memory is free")
    monkeypatch.setattr(validate, "available", lambda: False)
    nobody = Tables(
        np.zeros(10**7 + 1, np.int64), np.zeros(0, np.int64), np.zeros((1, 10**6), np.int8)
    )
    with pytest.raises(
        InvalidInputError,
        match=r"10\xa0000\xa0000 × 1\xa0000\xa0000 pairs takes about 372\xa0529 GiB(.|\n)*scale",
    ):
        assign(nobody)


@given(st.sets(st.integers(0, 999), max_size=20), st.booleans())
def test_columns_are_taken_one_by_one_or_in_runs(some: set[int], others: bool) -> None:
    table = np.arange(3_000).reshape(3, 1_000)
    named = np.array([one for one in range(1_000) if (one in some) != others], np.int64)
    assert (_taken(table, named) == table[:, named]).all()
