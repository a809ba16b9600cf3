"""Matchers of markets with one planted fault each, and the laws that must find it."""

from __future__ import annotations

from typing import Any

import numpy as np
from testing.broken import Broken, first_come
from testing.matchers import assign, stable

from rmatch.testing import Instance, Market, oracles


def mentees_propose(u: Any, w: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    return [(i, j) for j, i in stable(w.T, u.T, allowed.T, columns, rows, seed)]


def best_total(u: Any, w: Any, *rest: Any) -> Any:
    return assign(u + w, *rest)


def mentors_in_turn(u: Any, w: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    cells = sorted(np.argwhere(allowed).tolist(), key=lambda cell: (cell[0], -u[tuple(cell)]))
    return first_come(cells, rows.copy(), columns.copy())


def first_choice_first(u: Any, w: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    """The Boston mechanism: whom a mentor likes best is served before second choices, however much others are liked."""
    liked = np.where(allowed, u, -1)
    rank = (liked[:, None, :] > liked[:, :, None]).sum(2)
    cells = sorted(
        np.argwhere(allowed).tolist(), key=lambda cell: (rank[tuple(cell)], -w[tuple(cell)])
    )
    return first_come(cells, rows.copy(), columns.copy())


def everybody_is_acceptable(u: Any, w: Any, allowed: Any, *rest: Any) -> Any:
    return stable(u, w, np.ones_like(allowed), *rest)


def makes_pairs_twice(*arguments: Any) -> Any:
    return [pair for pair in stable(*arguments) for _ in range(2)]


def needs_somebody(u: Any, *rest: Any) -> Any:
    if not u.size:
        message = "max() arg is an empty sequence"
        raise ValueError(message)
    return stable(u, *rest)


def any_stable_one(u: Any, w: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    found = oracles.stable_matchings(Market.of(Instance(u, allowed, rows, columns), w).instance, w)
    return found[np.random.default_rng().integers(len(found))]


MARKETS = [
    Broken(mentees_propose, ("best_for_proposers", "proposers_need_not_lie"), "market"),
    Broken(
        best_total,
        ("no_blocking_pair", "only_order_counts", "one_more_mentor_hurts_no_mentee"),
        "market",
    ),
    Broken(mentors_in_turn, ("no_blocking_pair", "order_of_the_market"), "market"),
    Broken(first_choice_first, ("no_blocking_pair", "proposers_need_not_lie"), "market"),
    Broken(everybody_is_acceptable, ("acceptable_pairs",), "market"),
    Broken(makes_pairs_twice, ("acceptable_pairs",), "market"),
    Broken(needs_somebody, ("empty_market",), "market"),
    Broken(any_stable_one, ("market_repeats", "best_for_proposers"), "market"),
]
