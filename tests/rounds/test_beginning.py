"""A search that begins at the prices of another round finds what one from nothing finds, and proves it as well."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError, StopError
from rmatch.people import ROLES, Request, Requests
from rmatch.rounds import beginning
from rmatch.rounds import round as one_round
from rmatch.solve import columns, jonker_volgenant

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.matching import Matching
    from rmatch.people import People
    from rmatch.programme import Programme

pytest.importorskip("numba")

from rmatch.solve.columns import solve as by_columns
from rmatch.solve.columns.tuning import Tuning

PLACES = ("with_protected", "without_protected")
ROUNDS = strategies.rounds(max_mentors=5, max_mentees=5, minimums=True, places=PLACES, own=False)


@st.composite
def changes(
    draw: st.DrawFn, people: People, programme: Programme, asked: Requests
) -> tuple[People, Programme, Requests]:
    """Return the same round after one weight, one person or one request has changed."""
    kinds = ["weight", "gone", "no role", "places", "years", "exclude", "order"]
    kind = draw(st.sampled_from(kinds))
    row = draw(st.integers(0, max(len(people) - 1, 0)))
    first: Any
    first, *others = programme.criteria
    if kind == "weight" and first.weight is not None:
        weight = draw(st.integers(1, 9))
        return people, replace(programme, criteria=(replace(first, weight=weight), *others)), asked
    if kind == "order" or not len(people):
        return people.take(list(range(len(people)))[::-1]), programme, asked
    named = {one for each in asked.rows for one in (each.mentor, each.mentee)}
    if kind == "gone" and people.id[row] not in named:
        return people.take([at for at in range(len(people)) if at != row]), programme, asked
    changed: dict[str, Any] = {}
    if kind == "no role" and people.id[row] not in named:
        changed["role"] = people.role.copy()
        changed["role"][row] = ROLES["none"]
    elif kind == "places":
        changed["mentor_capacity"] = people.mentor_capacity.copy()
        changed["mentor_capacity"][row] = draw(st.integers(1, 3))
    elif kind == "years":
        changed["years"] = people.years.copy()
        changed["years"][row] = draw(st.integers(0, 40))
    elif kind == "exclude" and people.mentors.size and people.mentees.size:
        pair = people.id[people.mentors[0]], people.id[people.mentees[-1]]
        if pair[0] != pair[1] and not {(each.mentor, each.mentee) for each in asked.rows} & {
            pair,
            pair[::-1],
        }:
            return people, programme, Requests((*asked.rows, Request(*pair, "exclude")))
    return replace(people, **changed), programme, asked


def passes(solution: Any) -> float:
    """Return how often column generation looked at all pairs after its start."""
    return float(solution.answer.passes)


def answer(ask: Callable[[], Matching]) -> Matching | str:
    """Return a matching, or why there is none."""
    try:
        return ask()
    except (InfeasibleError, InvalidInputError) as error:
        return str(error)


@given(st.data(), strategies.seeds())
@examples(40)
def test_it_finds_the_same_wherever_it_begins(data: st.DataObject, seed: int | str) -> None:
    drawn = data.draw(ROUNDS)
    people, programme, asked = after = data.draw(changes(*drawn))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "COLUMNS_CELLS", 0)
        for name in ("WRITTEN_OUT", "WRITTEN_OUT_NEAR"):
            patch.setattr(jonker_volgenant, name, data.draw(st.sampled_from((0, 0, 2**24))))
        tuned = partial(by_columns.solve_implicit, tuning=Tuning(written_out=1, polled=2))
        patch.setattr(by_columns, "solve_implicit", tuned)
        first = answer(lambda: rmatch.match(*drawn, seed=seed))
        if isinstance(first, str):
            return
        given: dict[str, Any] = {"people": people, "programme": programme, "requests": asked}
        # What comes before the points is part of the prices that the last one begins with.
        second = answer(lambda: rmatch.rematch(first, **given))
        asks: list[Callable[[], Matching]] = [
            lambda: rmatch.match(*after, warm_start=first, seed=seed),
            *(partial(rmatch.rematch, first, **given, keep=keep) for keep in ("pairs", "optimum")),
        ]
        if not isinstance(second, str):
            asks.append(partial(rmatch.rematch, second, **given))
            asks.append(lambda: rmatch.match(*after, warm_start=second, seed=seed))
        warm = [answer(ask) for ask in asks]
        with suppress(InvalidInputError, InfeasibleError, StopError):
            # Pairs that are known beforehand are no answer where they are not allowed any more.
            rmatch.verify(rmatch.match(*after, warm_start=first, max_seconds=0))
        patch.setattr(one_round, "beginning", lambda _, *rest: beginning.beginning(None, *rest))
        cold = [answer(ask) for ask in asks]
    for one, other in zip(warm, cold, strict=True):
        if isinstance(one, str) or isinstance(other, str):
            assert one == other
            continue
        assert one.pairs == other.pairs
        assert (one.total, one.bound, one.status) == (other.total, other.bound, other.status)
        rmatch.verify(one)


def test_a_round_begins_at_the_prices_of_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT_NEAR", 0)
    people = rmatch.datasets.workforce(400, 400)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    first = rmatch.match(people, programme)
    role = people.role.copy()
    role[people.mentees[7]] = ROLES["none"]
    later = replace(people, role=role)
    cold = rmatch.match(later, programme)
    warm = rmatch.match(later, programme, warm_start=first)
    again = rmatch.match(later, programme, warm_start=rmatch.read_matching(first.to_dict(), people))
    assert warm.pairs == cold.pairs
    # Prices that were read are those that were written: the same input gives the same answer, prices included.
    assert again == warm
    (places, pairs), least = (
        [passes(step.solution) for step in each.steps] for each in (warm, cold)
    )
    assert places < least[0] / 4
    assert pairs < least[1]
    assert len(set(first.id_pairs) & set(warm.id_pairs)) > 300


@pytest.mark.parametrize("strange", ["a path.json", np.zeros(3), object()])
def test_what_is_no_matching_is_no_start(strange: Any) -> None:
    with pytest.raises(InvalidInputError, match="warm_start"):
        rmatch.match(rmatch.datasets.example(), warm_start=strange)
