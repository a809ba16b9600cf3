"""Prices are held against the points of every pair, in however many strips, and in compiled code."""

from __future__ import annotations

from operator import add
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rmatch.solve.certificates import claim, look
from rmatch.solve.certificates.certificate import ALLOWED, FORBIDDEN, Certificate

FEW, MOST = 4, 2**25
LITTLE, HUGE = (st.integers(-size, size) for size in (3, 2**58))
EDGES = [sign * 2**bits for sign in (-1, 1) for bits in (25, 28, 29, 30)]
BIG = st.builds(add, st.sampled_from(EDGES), LITTLE)
"""Prices that are exceeded here and there, far larger ones, and those about as large as 32 bits hold."""


@pytest.mark.parametrize("kind", [np.int32, np.int64])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("pair", [(0, 0), (3, 1), (6, 2)])
@pytest.mark.parametrize("least", [0, 2**22])
def test_every_strip_is_looked_at(
    least: int, pair: tuple[int, int], masked: bool, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not least:
        pytest.importorskip("numba")
    monkeypatch.setattr(look, "COMPILED", least)
    monkeypatch.setattr(look, "NEAR", 7)
    shape = rows, columns = 7, 3
    points = np.arange(rows * columns, dtype=kind).reshape(shape)
    u, v = points[:, 0].astype(np.int64), np.arange(columns)
    allowed = np.ones(shape, bool) if masked else None
    nobody = np.zeros(0, np.int64)

    def doubts() -> list[str]:
        return list(
            claim.failures(
                Certificate(u, v, 0),
                (nobody, nobody, nobody),
                (np.ones(rows, np.int64), np.ones(columns, np.int64)),
                (np.zeros(rows, np.int64), np.zeros(columns, np.int64)),
                lambda first, last: (points[first:last], allowed),
                most_pairs=False,
                bound=10**6,
            )
        )

    assert doubts() == []
    points[pair] += 1
    assert doubts() == [f"mentor {pair[0]} with mentee {pair[1]} is worth more than their prices"]


@st.composite
def looks(draw: st.DrawFn, kind: type[np.integer], masked: bool) -> tuple[Any, ...]:
    """Draw prices and a bonus, some pairs, points of all pairs and which of them are allowed."""
    shape = draw(st.tuples(st.integers(1, FEW), st.integers(1, FEW)))
    u, v = (draw(arrays(np.int64, size, elements=LITTLE | BIG | HUGE)) for size in shape)
    # What one side is raised by and the other lowered, and the bonus, can be far larger than points.
    raised, bonus = draw(st.just(0) | HUGE), draw(st.just(0) | HUGE.map(abs))
    some = LITTLE | st.integers(-MOST, MOST)
    barred = st.integers(3 * FORBIDDEN - MOST, ALLOWED)
    points = draw(arrays(kind, shape, elements=some if masked else some | barred))
    allowed = draw(arrays(bool, shape)) if masked else None
    used = st.lists(st.tuples(*(st.integers(0, size - 1) for size in shape)), max_size=FEW)
    pairs = np.array(draw(used), np.int64).reshape(-1, 2).T
    said = (*pairs, points[*pairs].astype(np.int64))
    return Certificate(u + raised + bonus, v - raised, bonus), said, points, allowed


@pytest.mark.parametrize("kind", [np.int32, np.int64])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("least", [0, 2**22])
def test_whatever_the_prices_are(least: int, masked: bool, kind: Any) -> None:
    """What a look finds is what whole numbers of any size say, in numbers of 32 bits and in compiled code, too."""
    if not least:
        pytest.importorskip("numba")

    @given(looks(kind, masked))
    def whatever_the_prices_are(drawn: tuple[Any, ...]) -> None:
        certificate, (own, columns, said), points, allowed = drawn
        is_open = points > ALLOWED if allowed is None else allowed
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(look, "COMPILED", least)
            seen = look.Look(certificate, (own, columns, said))((0, len(points)), points, allowed)
        used = set(zip(own.tolist(), columns.tolist(), strict=True))
        u, v = certificate.u.tolist(), certificate.v.tolist()
        over = [
            f"mentor {i} with mentee {j} is worth more than their prices"
            for i, j in np.argwhere(is_open).tolist()
            if int(points[i, j]) > u[i] + v[j] - certificate.bonus and (i, j) not in used
        ]
        found = [failure for failure in seen.failures if "worth" in failure]
        assert found == over
        open_points = points[is_open].tolist()
        assert (seen.lowest, seen.highest) == (min([0, *open_points]), max([0, *open_points]))

    whatever_the_prices_are()
