"""Hypothesis strategies for assignment problems and for people. Needs the extra ``testing``."""

from rmatch.testing.strategies.exports.drawn import exports
from rmatch.testing.strategies.exports.export import Export, Sheet
from rmatch.testing.strategies.market import markets
from rmatch.testing.strategies.matrix import (
    feasible_instances,
    infeasible_instances,
    instances,
    matchings,
    permutations,
    perturbations,
)
from rmatch.testing.strategies.people import (
    answers,
    bare_rounds,
    people,
    persons,
    programmes,
    records,
    requests,
    rounds,
)
from rmatch.testing.strategies.points import dyadic_points, score_matrices, whole_points
from rmatch.testing.strategies.staff import staff

__all__ = [
    "Export",
    "Sheet",
    "answers",
    "bare_rounds",
    "dyadic_points",
    "exports",
    "feasible_instances",
    "infeasible_instances",
    "instances",
    "markets",
    "matchings",
    "people",
    "permutations",
    "persons",
    "perturbations",
    "programmes",
    "records",
    "requests",
    "rounds",
    "score_matrices",
    "staff",
    "whole_points",
]
