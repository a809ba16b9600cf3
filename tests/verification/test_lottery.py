"""Lotteries and draws that somebody has changed are rejected, and honest ones are accepted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples, tries

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError, VerificationError
from rmatch.lotteries import Parity
from rmatch.objectives import Leximin
from rmatch.people import Request, Requests
from rmatch.testing.adversaries import tampered, tamperings
from rmatch.verification import Vouched, field_of

if TYPE_CHECKING:
    from rmatch.people import People
    from rmatch.programme import Programme

    Round = tuple[People, Programme, Requests]


def a_round(**chosen: Any) -> Round:
    people = rmatch.datasets.workforce(6, 4, seed=2)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, **chosen)
    scores = rmatch.score(people, programme)
    row, column = np.argwhere(scores.open_pairs)[0]
    lock = Request(scores.mentors[row], scores.mentees[column], "lock")
    return people, programme, Requests((lock,))


@pytest.mark.parametrize("chosen", [{}, {"places": "with_protected", "justification": "a test"}])
def test_whatever_is_vouched_for_cannot_be_changed(chosen: dict[str, Any]) -> None:
    given_round = a_round(**chosen)
    lottery = rmatch.lottery(*given_round, cap="1/2")
    assert lottery.chances
    assert rmatch.verify(lottery, *given_round, cap="1/2").checks[-2:] == (
        "caps",
        "places and minimums in every draw",
    )
    for each in tamperings(lottery, seed=1, count=2 * tries(400)):
        row = field_of("lottery", each.field)
        assert row is not None, each.field
        try:
            rmatch.verify(each.result, *given_round, cap="1/2")
        except VerificationError:
            continue
        assert row.vouched is not Vouched.EXACTLY, (each.field, each.change)


def test_a_lottery_that_gives_somebody_a_place_and_a_half() -> None:
    given_round = a_round()
    lottery = rmatch.lottery(*given_round, cap="1/2")
    units = lottery.marginals.units.copy()
    (mentor, _), *_ = [pair for pair, chance in lottery.chances.items() if chance == Fraction(1, 2)]
    row = lottery.scores.cohort.row[mentor]
    possible = np.flatnonzero(lottery.scores.open_pairs[row])
    units[row, possible[:3]] = lottery.marginals.grid // 2
    forged = tampered(lottery, "marginals.units", units)
    with pytest.raises(VerificationError, match=f"mentor '{mentor}' expects 1.5 partners"):
        rmatch.verify(forged, *given_round)


def test_a_chance_above_its_cap_or_where_none_may_be() -> None:
    given_round = a_round()
    lottery = rmatch.lottery(*given_round, cap="1/2")
    with pytest.raises(VerificationError, match="is likelier than its cap"):
        rmatch.verify(lottery, *given_round, cap="1/3")
    units = lottery.marginals.units.copy()
    row, column = np.argwhere(~lottery.scores.open_pairs)[0]
    units[row, column] = 1
    with pytest.raises(VerificationError, match="has a chance and may not be made"):
        rmatch.verify(tampered(lottery, "marginals.units", units), *given_round)


def test_a_draw_is_drawn_again() -> None:
    given_round = a_round()
    lottery = rmatch.lottery(*given_round, cap="1/2", seed="own")
    drawn = lottery.draw("spring")
    verified = rmatch.verify(drawn, *given_round, of=lottery, seed="spring")
    assert (verified.pairs, verified.checks[-1]) == (len(drawn), "the draw")
    assert rmatch.verify(lottery.draw(), *given_round, of=lottery).pairs == len(lottery.draw())
    for other in (drawn[:-1], drawn[::-1], (*drawn, drawn[0]), lottery.draw("autumn")):
        assert other != drawn
        with pytest.raises(VerificationError, match="the draw"):
            rmatch.verify(other, *given_round, of=lottery, seed="spring")
    for each in tamperings(drawn, seed=2, count=tries(400)):
        with pytest.raises(VerificationError):
            rmatch.verify(each.result, *given_round, of=lottery, seed="spring")


def test_what_a_draw_is_from_must_be_said() -> None:
    given_round = a_round()
    lottery = rmatch.lottery(*given_round, cap="1/2")
    with pytest.raises(InvalidInputError, match="is not what it is about"):
        rmatch.verify(lottery.draw(), *given_round)
    with pytest.raises(InvalidInputError, match="is about itself"):
        rmatch.verify(lottery, *given_round, of=lottery)


@examples(60)
@given(
    strategies.rounds(minimums=True, places=("without_protected", "with_protected")),
    st.sampled_from(("1/2", "1/3", 0.7, 1)),
    st.sampled_from(("total", "leximin", "spread", "parity")),
    st.integers(0, 9),
)
def test_every_honest_lottery_passes(drawn: Round, cap: Any, kind: str, seed: int) -> None:
    people, programme, requests = drawn
    more: dict[str, Any] = {}
    if kind == "leximin":
        programme = replace(programme, objective=Leximin("people"), participation="most")
    elif kind == "spread":
        more["spread"] = 0.5
    elif kind == "parity":
        more["parity"] = [Parity("gender", 10**6, between="points")]
    try:
        lottery = rmatch.lottery(people, programme, requests, cap=cap, seed=seed, **more)
    except (InfeasibleError, InvalidInputError):
        return
    verified = rmatch.verify(lottery, people, programme, requests, cap=cap)
    assert verified.total == lottery.total
    draw = lottery.draw("now")
    assert rmatch.verify(draw, people, programme, requests, of=lottery, seed="now").pairs == len(
        draw
    )
