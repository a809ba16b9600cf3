"""Small rounds of every kind of proof, for what has to hold whatever was solved."""

from __future__ import annotations

from typing import Any

import numpy as np

import rmatch
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable
from rmatch.people import People, Request, Requests
from rmatch.programme import Programme
from rmatch.quotas import MeanParity

Round = tuple[People, Programme, Requests]

JUSTIFIED: dict[str, Any] = {"places": "with_protected", "justification": "agreed by the council"}
ONCE: dict[str, Any] = {"count_topic": "once"}
SINGLE: dict[str, Any] = {"mentor_capacity": 1, "mentee_capacity": 1, **JUSTIFIED}
PARITY = MeanParity("education", "mentee", within=400_000)
ROUNDS: dict[str, dict[str, Any]] = {
    "two steps": {},
    "any number of pairs": {"participation": "best"},
    "one step": JUSTIFIED,
    "few points": {"min_points": 300_000},
    "max-min": {"objective": MaxMin(), **SINGLE},
    "leximin": {"objective": Leximin(), **SINGLE},
    "leximin over people": {"objective": Leximin("people"), **SINGLE},
    "α-fair": {"objective": AlphaFair(2)},
    "α-fair below 1": {"objective": AlphaFair(0.5), **SINGLE},
    "α-fair by tiers": {"objective": AlphaFair(1e6), **SINGLE},
    "stable": {"objective": Stable(), **SINGLE},
    "first partners first": {"waiting": "first", "spread": True, "mentee_capacity": 2},
    "groups": {"mentee_capacity": 2, **ONCE},
    "groups of any number": {"mentee_capacity": 2, "participation": "best", **ONCE},
    "groups of one or three": {
        "mentee_capacity": 3,
        "group_sizes": (1, 3),
        "one_per_department": True,
        **ONCE,
        **JUSTIFIED,
    },
    "groups after those who wait": {
        "waiting": "first",
        "spread": True,
        "mentor_capacity": 2,
        "mentee_capacity": 2,
        **ONCE,
    },
    "quotas": {"quotas": (PARITY,), "unprotected": ("education",)},
}


def a_round(name: str, seed: int = 3) -> Round:
    """Return a small round of a kind, with a lock that has its reason, and one person without a role."""
    people = rmatch.datasets.workforce(7, 5, seed=seed)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS, **ROUNDS[name])
    scores = rmatch.score(people, programme)
    row, column = np.argwhere(scores.open_pairs)[0]
    lock = Request(scores.mentors[row], scores.mentees[column], "lock", override_reason="both ask")
    return people, programme, Requests((lock,))
