"""Slow, obvious and independent answers to compare a matcher's with."""

from rmatch.testing.oracles.brute import (
    best,
    bottleneck,
    leximin,
    leximin_weights,
    matchings,
    optima,
    scores,
    two_sided_leximin,
)
from rmatch.testing.oracles.linear import dual_bound, hall_deficiency, lp_value

__all__ = [
    "best",
    "bottleneck",
    "dual_bound",
    "hall_deficiency",
    "leximin",
    "leximin_weights",
    "lp_value",
    "matchings",
    "optima",
    "scores",
    "two_sided_leximin",
]
