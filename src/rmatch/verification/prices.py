"""Checking how many changes buy how many points: every line by its own prices, without the solver."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.rounds import PriceList, has_groups, listed_prices
from rmatch.verification.chain import locked_cells
from rmatch.verification.differences import differences
from rmatch.verification.optimality import step_doubts
from rmatch.verification.well_formed import malformed_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.rounds import Outcome, Step
    from rmatch.verification.inputs import Inputs

SAME = ("decides", "protected", "participation", "places")
"""What every line has from the first step of the matching."""


def prices(inputs: Inputs, claimed: PriceList, about: Outcome) -> Iterator[str]:
    """Go through what a price list says that is not so.

    Parameters
    ----------
    inputs : Inputs
        The people, the programme and the requests.
    claimed : PriceList
        What to check.
    about : Outcome
        The rematch that it is about, which holds.

    Yields
    ------
    str
        What does not hold.
    """
    first, steps = about.steps[0], claimed.steps
    of_a_kind: Any = steps
    if not isinstance(of_a_kind, tuple) or not steps:
        yield "the price list has no steps"
        return
    for position, step in enumerate(steps):
        wrong = list(
            malformed_step(
                step, inputs.programme, inputs.pairs.shape, groups=has_groups(inputs.scores)
            )
        )
        wrong = wrong or list(_other_question(inputs, step, first))
        for doubt in wrong or step_doubts(inputs, step, locked_cells(inputs, about)):
            yield f"line {position} of the price list: {doubt}"
        if wrong:
            return
    anew = listed_prices(list(steps), claimed.unit)
    yield from differences(claimed, anew, "the price list")
    lines = [(each.changes, each.points) for each in anew.prices]
    if any(np.less_equal(after, before).any() for before, after in pairwise(lines)):
        yield "the lines of the price list do not go from fewer changes to more points"


def _other_question(inputs: Inputs, step: Step, first: Step) -> Iterator[str]:
    """Check that a line asks what the matching asked, but for what points and earlier pairs count beside each other."""
    for name in SAME:
        yield from differences(getattr(step, name), getattr(first, name), name)
    weights, expected = step.precedence, first.precedence
    if weights is not None and expected is not None:
        reach = inputs.scores.reach
        expected = expected.at_price(weights.gain, weights.point, first.places, reach)
    yield from differences(weights, expected, "what comes before the points")
    if not step.solution.proved:
        yield "it was not solved to its end"
