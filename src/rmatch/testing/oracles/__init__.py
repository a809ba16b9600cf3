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
from rmatch.testing.oracles.chance import binomial_tail
from rmatch.testing.oracles.inequality import atkinson, entropy, gini, jain, log_deviation, theil
from rmatch.testing.oracles.linear import dual_bound, hall_deficiency, lp_value
from rmatch.testing.oracles.stable import blocking_pairs, stable_matchings
from rmatch.testing.oracles.sums import max_min_sum

__all__ = [
    "atkinson",
    "best",
    "binomial_tail",
    "blocking_pairs",
    "bottleneck",
    "dual_bound",
    "entropy",
    "gini",
    "hall_deficiency",
    "jain",
    "leximin",
    "leximin_weights",
    "log_deviation",
    "lp_value",
    "matchings",
    "max_min_sum",
    "optima",
    "scores",
    "stable_matchings",
    "theil",
    "two_sided_leximin",
]
