"""Whatever goes over all pairs, or over everybody, listens on the way."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import rmatch
from rmatch.errors import StopError
from rmatch.formulas.facts import Facts
from rmatch.formulas.teaching import teaching_mentees
from rmatch.objectives import AlphaFair
from rmatch.people import Organisation, Requests
from rmatch.solve import assignment, jonker_volgenant, ties, validate
from rmatch.solve.arrays import mask, matrix
from rmatch.solve.certificates.claim import failures
from rmatch.solve.certificates.duals import certificate_of
from rmatch.solve.fair.alpha import Tiers
from rmatch.solve.fair.faults import alpha_faults
from rmatch.solve.lottery.symmetry import shared_equally
from rmatch.solve.network.residual import Residual
from rmatch.solve.problem import Problem, own
from rmatch.solve.stable.blocking import blocking_pairs
from rmatch.solve.stable.deferred_acceptance import deferred_acceptance
from rmatch.utils import stopping
from rmatch.utils.loops import EVERY
from rmatch.utils.stopping import StoppingRule
from rmatch.utils.threads import pool

if TYPE_CHECKING:
    from collections.abc import Callable

SIDE = 1_500
"""A matrix of so many people a side is looked at in two strips."""
ONE, NONE = np.ones(SIDE, np.int64), np.zeros(SIDE, np.int64)
POINTS = np.arange(1, SIDE + 1) * np.arange(1, SIDE + 1)[:, None]
EVERYBODY = np.arange(SIDE)
PROBLEM = Problem(POINTS, POINTS > 0, ONE, ONE, NONE, NONE, "most")
SPREAD = Tiers.of(POINTS, POINTS > 0)


class Looks:
    """Counts the looks of a run, and says stop at one of them."""

    def __init__(self, last: float = np.inf) -> None:
        self.looks, self.last = 0, last

    def __call__(self) -> bool:
        self.looks += 1
        return self.looks >= self.last


@pytest.fixture(autouse=True)
def every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "LOOKED_EVERY", -1.0)


def proved(*, beside: bool) -> list[str]:
    certificate = certificate_of(PROBLEM, EVERYBODY, EVERYBODY)
    pairs = EVERYBODY, EVERYBODY, POINTS[EVERYBODY, EVERYBODY]

    def ask(first: int, last: int) -> tuple[Any, Any]:
        return POINTS[first:last], PROBLEM.allowed[first:last]

    places = (ONE, ONE), (NONE, NONE)
    claimed: Any = {"most_pairs": True, "bound": int(pairs[2].sum())}
    with pool() as executor:
        claimed["executor"] = executor if beside else None
        return list(failures(certificate, pairs, *places, ask, **claimed))


OVER_ALL_PAIRS: dict[str, tuple[int, Callable[[], Any]]] = {
    "whole points, counted": (2, lambda: Tiers.of(POINTS, POINTS > 0)),
    "fractional points, sorted": (1, lambda: Tiers.of(POINTS / 7, POINTS > 0)),
    "transformed points": (2, lambda: SPREAD.spread(np.arange(len(SPREAD.values)))),
    "what α-fairness cannot compare": (
        2,
        lambda: list(alpha_faults(replace(PROBLEM, points=POINTS - 1), AlphaFair(2))),
    ),
    "a residual network": (
        2,
        lambda: Residual(PROBLEM.network(0), np.zeros((SIDE + 1, SIDE + 1), int)),
    ),
    "blocking pairs": (
        2,
        lambda: blocking_pairs(
            (POINTS, POINTS), POINTS > 0, (ONE, ONE), (EVERYBODY, EVERYBODY[::-1])
        ),
    ),
    "a matrix that is read": (1, lambda: matrix(POINTS, [])),
    "a mask of one's own": (1, lambda: own(mask(POINTS > 0, POINTS, []))),
    "keys of preferences": (
        4,
        lambda: deferred_acceptance((POINTS, POINTS), POINTS > 0, (ONE, ONE)),
    ),
    "prices": (2, lambda: proved(beside=False)),
    "prices, in threads": (2, lambda: proved(beside=True)),
    "shares of equal people": (2, lambda: shared_equally(POINTS, (EVERYBODY, EVERYBODY))),
}


@pytest.mark.parametrize("name", OVER_ALL_PAIRS)
def test_whatever_goes_over_all_pairs_listens(name: str) -> None:
    fewest, call = OVER_ALL_PAIRS[name]
    looks = Looks()
    with StoppingRule(cancel=looks):
        call()
    assert looks.looks >= fewest
    with pytest.raises(StopError), StoppingRule(cancel=Looks(fewest)):
        call()


PEOPLE = rmatch.datasets.workforce(40, 40, seed=1)
LARGE = rmatch.datasets.workforce(400, 330, seed=4)
"""So many that column generation decides, where it is installed."""
MATCHING = rmatch.match(PEOPLE, rmatch.Programme(levels=rmatch.datasets.LEVELS))


def test_a_verification_listens_at_every_pair_of_the_sample_and_now_and_then_among_all() -> None:
    looks = Looks()
    rmatch.verify(MATCHING, PEOPLE, cancel=looks)
    # The sample, and beside it people, pairs, prices, and what is compared at the end.
    assert looks.looks > 200 + 50
    every = looks.looks
    for last in range(1, every, 25):
        with pytest.raises(StopError):
            rmatch.verify(MATCHING, PEOPLE, cancel=Looks(last))


def test_a_fairness_report_listens_at_every_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "TOLD_EVERY", -1.0)
    told: list[str] = []
    report = MATCHING.fairness(progress=lambda now: told.append(now.phase))
    groups = sum(len(table.by_group) for table in report.groups)
    assert groups > 0
    assert told.count("groups") >= groups
    assert "figures" in told


def test_the_time_of_a_run_begins_with_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    read = validate.read_problem

    def slowly(*given: Any) -> Problem:
        with suppress(StopError), StoppingRule(0.1):
            while True:
                stopping.listen("reading")
        return read(*given)

    monkeypatch.setattr(assignment, "read_problem", slowly)
    assert rmatch.assign([[1]], max_seconds=0.1).status == "feasible"
    assert rmatch.assign([[1]]).status == "optimal"


def test_the_ids_of_a_side_are_put_together_once() -> None:
    """Whoever looks them up pair by pair would otherwise take the square of the people."""
    assert MATCHING.scores.mentors is MATCHING.scores.mentors
    assert MATCHING.scores.mentees is MATCHING.scores.mentees


def test_every_look_at_all_pairs_by_column_generation_listens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("numba")
    from rmatch.solve.columns import workers

    pauses: list[Callable[[], None]] = []
    each: Any = vars(workers)["each"]

    def noted(executor: Any, task: Any, arguments: Any, pause: Callable[[], None]) -> Any:
        pauses.append(pause)
        return each(executor, task, arguments, pause)

    monkeypatch.setattr(workers, "each", noted)
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
    assert rmatch.match(LARGE, rmatch.Programme()).route == "columns"
    assert pauses
    with StoppingRule(cancel=lambda: True):
        for pause in pauses:
            with pytest.raises(StopError):
                pause()


def test_between_the_criteria_of_a_large_round_somebody_listens() -> None:
    large = rmatch.datasets.workforce(SIDE, SIDE, seed=1)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    looks = Looks()
    with StoppingRule(cancel=looks):
        rmatch.score(large, programme)
    assert looks.looks >= len(programme.criteria)
    with StoppingRule(cancel=lambda: True):
        rmatch.score(PEOPLE, programme)  # a small round goes on, to its first pairs


def test_what_two_steps_of_a_round_have_in_common_is_worked_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A run that is stopped in the first step would otherwise work it out again before it ends."""
    pytest.importorskip("numba")
    counted = Counter[str]()

    def count(owner: Any, name: str) -> None:
        plain = getattr(owner, name)

        def counting(*given: Any) -> Any:
            counted[name] += 1
            return plain(*given)

        monkeypatch.setattr(owner, name, counting)

    count(Organisation, "near")
    count(Organisation, "in_line")
    found = rmatch.match(LARGE, rmatch.Programme(levels=rmatch.datasets.LEVELS))
    assert len(found.steps) == 2
    assert found.route == "dense"
    assert counted == {"near": 1, "in_line": 1}


def test_a_run_that_is_stopped_draws_no_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    drawn: list[Any] = []
    monkeypatch.setattr(ties, "_digests", lambda *given: drawn.append(given))
    assert rmatch.match(LARGE, max_seconds=0).status == "feasible"
    assert not drawn


def test_the_master_of_column_generation_listens_before_each_of_its_phases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("numba")
    from rmatch.solve.columns import master

    done: list[str] = []
    for phase in ("restore", "greedy", "settle"):
        plain = getattr(master, phase)

        def noted(*given: Any, phase: str = phase, plain: Any = plain) -> Any:
            done.append(phase)
            return plain(*given)

        monkeypatch.setattr(master, phase, noted)
    some = master.Master((ONE, ONE), (NONE, NONE), (NONE, NONE), 10**9, (NONE, NONE))
    some.add(EVERYBODY, EVERYBODY, EVERYBODY + 1)
    some.solve(lambda: done.append("pause"))
    assert set(done) == {"pause", "restore", "greedy", "settle"}
    assert all(one == "pause" for one, other in pairwise(["", *done]) if other != "pause")


def test_formulas_listen_now_and_then_among_everybody_whose_values_they_look_up() -> None:
    """What a mean is taken over is everybody, at the first pair that needs it."""
    people = rmatch.datasets.workforce(3 * EVERY, 3 * EVERY, seed=1)
    teaching = teaching_mentees(
        Facts(people, MATCHING.programme, Requests()), MATCHING.programme.criteria[0], 1000
    )
    looks = Looks()
    with StoppingRule(cancel=looks):
        assert teaching.neutral
    assert looks.looks >= 3 * 3


def test_each_part_of_what_two_sides_gain_is_listened_for() -> None:
    pytest.importorskip("numba")
    from rmatch.fairness.gain_tables import GainTables

    looks, nobody = Looks(), np.zeros(40, bool)
    with StoppingRule(cancel=looks):
        GainTables.of(MATCHING.scores, np.zeros((0, 2), int), (nobody, nobody))
    assert looks.looks == 2
