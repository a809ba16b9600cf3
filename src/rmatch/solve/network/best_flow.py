"""The flow with the most points, and among several the one with the largest ties."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import StopError
from rmatch.solve.network.dense import dense, exact
from rmatch.solve.network.network import UNLIMITED
from rmatch.solve.network.optimal_face import optimal_face, prices, with_ties
from rmatch.solve.network.transport import transport
from rmatch.utils.loops import strips

if TYPE_CHECKING:
    from rmatch.solve.network.network import Network, Whole


def any_flow(network: Network, ties: Whole | None) -> Whole:
    """Return a flow with the most points, and among these the one with the largest ties if there is time to find it."""
    flow, u, v = transport(network)
    if ties is None:
        return flow
    # The points are settled by the prices: over the arcs that are left the ties have all the room to themselves.
    with suppress(StopError):
        shared, choice = optimal_face(network, u, v, ties)
        return shared + transport(choice)[0]
    return flow


def dense_flow(network: Network, ties: Whole | None) -> Whole:
    """Return the same by assignment, where one side has single places."""
    # Where one side has single places they bind before any arc does, and prices for open arcs leave no arc overfull.
    capacity = np.empty_like(network.capacity)
    for some in strips(capacity.shape, "dense"):
        capacity[some] = np.where(network.capacity[some] > 0, UNLIMITED, 0)
    network = replace(network, capacity=capacity)
    if ties is None:
        return dense(network)
    # One solve decides both where points and ties fit into one number together, else the ties follow by themselves.
    both = with_ties(network, ties)
    if exact(both):
        return dense(both)
    flow = dense(network)
    # Nothing is better, whether or not there is time to choose among equals.
    with suppress(StopError):
        _, choice = optimal_face(network, *prices(network, flow), ties)
        return dense(choice) if exact(choice) else transport(choice)[0]
    return flow
