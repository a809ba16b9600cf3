"""Hypothesis strategies for assignment problems and for people. Needs the extra ``testing``."""

from rmatch.testing.strategies.matrix import (
    dyadic_points,
    feasible_instances,
    infeasible_instances,
    instances,
    matchings,
    permutations,
    perturbations,
    score_matrices,
    whole_points,
)

__all__ = [
    "dyadic_points",
    "feasible_instances",
    "infeasible_instances",
    "instances",
    "matchings",
    "permutations",
    "perturbations",
    "score_matrices",
    "whole_points",
]
