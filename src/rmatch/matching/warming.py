"""Compiling ahead, so that the first large programme of a machine does not wait for it."""

from __future__ import annotations

from time import monotonic

import numpy as np

from rmatch.errors import RmatchError
from rmatch.formulas import AllPairs, Facts
from rmatch.matching.match import match
from rmatch.matching.rematching import rematch
from rmatch.objectives import AlphaFair
from rmatch.programme import Programme
from rmatch.scoring import score
from rmatch.solve import Certificate, Claim, LoadProblem, assign, balance_loads, large_enough

SIDE = 400
"""So many mentors and mentees go by the compiled code, and take a moment once it is there."""
FEWER = 200
"""So many are enough for the compiled search for even loads, which takes longer."""
MANY = 2048
"""So many are verified by compiled code."""


def warm_up() -> float:
    """Compile everything that the extra `scale` compiles, by matching made-up people and numbers and reporting how fair that is.

    What is compiled is kept beside the package or in the user's folder, or in the folder named by ``NUMBA_CACHE_DIR``, for
    all later runs on machines with the same processor. Where none of these may be written, it is there for this process
    alone.

    Returns
    -------
    float
        The seconds that it took: ten or more where nothing is compiled yet, one or two where everything is.

    Raises
    ------
    RmatchError
        Without the extra `scale`, as there is nothing to compile then.
    """
    from rmatch.datasets import workforce

    if not large_enough(SIDE * SIDE):
        message = "there is nothing to compile without the extra: install reverse-mentoring[scale]"
        raise RmatchError(message)
    begun = monotonic()
    people = workforce(SIDE, SIDE)
    # Where both sides have several places it is column generation that matches them.
    several = Programme(mentor_capacity=2, mentee_capacity=2, count_topic="each")
    rematch(match(people, several))
    matching = match(people)
    matching.fairness(effect=False)
    # What counts beside the points makes numbers wider, and these have loops of their own.
    rematch(matching)
    rematch(matching, keep="optimum").price_of_changes()
    products = np.multiply.outer(np.arange(SIDE), np.arange(SIDE))
    beside_many = np.multiply.outer(np.arange(FEWER), np.arange(32 * FEWER))
    for kind in (np.int32, np.int64):
        for numbers in ((-products).astype(kind), beside_many.astype(kind)):
            assign(numbers)
            assign(numbers[:, 1:])
            assign(numbers.T.copy())
            assign(numbers[:FEWER, :FEWER])
        assign((products + 1).astype(kind), objective=AlphaFair(1))
    assign(-products * 2**30)
    assign(-products[:, 1:] * 2**30)
    assign(products[:FEWER, :FEWER], mentor_capacity=2, mentee_capacity=2)
    assign(products[:FEWER, :FEWER], allowed=np.eye(FEWER, dtype=bool))
    # Where the worst pair is as good as what somebody has at best, nothing is searched for.
    assign(-products, objective="max_min")
    alike = np.ones((FEWER, FEWER), np.int64)
    balance_loads(LoadProblem(alike, alike, alike[0], alike[0]), alike)
    _hold_against_prices()
    return monotonic() - begun


def _hold_against_prices() -> None:
    """Do what verifying many pairs does: add up their points, and hold them against prices."""
    from rmatch.datasets import workforce

    facts = Facts.of(score(workforce(MANY, MANY)).cohort, Programme())
    points, _ = AllPairs(facts).told(0, 1)
    nobody, nothing = np.zeros(0, np.int64), np.zeros(MANY, np.int64)
    prices, sides = Certificate(nothing, nothing, 0), (nothing, nothing)
    claim = Claim(prices, (nobody, nobody, nobody), sides, sides, most_pairs=False, bound=0)
    for row in (0 * points, 0 * points.astype(np.int64)):
        for allowed in (None, row == 0):
            claim.look((0, 1), row, allowed)
