"""Matchers of matrices with one planted fault each, and the laws that must find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy.optimize import linear_sum_assignment
from testing.matchers import assign, assign_best

from rmatch.testing import Certified

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Broken:
    """A matcher and the laws that it must be found to break, among others."""

    fn: Callable[..., Any]
    laws: tuple[str, ...]
    form: str = "matrix"


def truncates(points: Any, allowed: Any, *rest: Any) -> Any:
    return assign(points.astype(np.int64), allowed, *rest)


def single_precision(points: Any, allowed: Any, *rest: Any) -> Any:
    return assign(points.astype(np.float32).astype(float), allowed, *rest)


def thirty_two_bits(points: Any, allowed: Any, *rest: Any) -> Any:
    whole = points.dtype.kind == "i"
    return assign(points.astype(np.int32).astype(np.int64) if whole else points, allowed, *rest)


def greedy_by_points(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    cells = sorted(np.argwhere(allowed).tolist(), key=lambda cell: -points[tuple(cell)])
    return first_come(cells, rows, columns)


def greedy_by_row(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    cells = sorted(np.argwhere(allowed).tolist(), key=lambda cell: (cell[0], -points[tuple(cell)]))
    return first_come(cells, rows, columns)


def first_come(cells: Any, rows: Any, columns: Any) -> Any:
    pairs = []
    for row, column in cells:
        if rows[row] > 0 and columns[column] > 0:
            rows[row], columns[column] = rows[row] - 1, columns[column] - 1
            pairs.append((row, column))
    return pairs


def forbidden_is_a_big_cost(points: Any, allowed: Any, *rest: Any) -> Any:
    return assign(np.where(allowed, points, -1000), np.ones_like(allowed), *rest)


def million_is_infinity(points: Any, allowed: Any, *rest: Any) -> Any:
    return assign(points, allowed & (points < 1_000_000), *rest)


def zero_is_no_pair(points: Any, allowed: Any, *rest: Any) -> Any:
    return assign(points, allowed & (points != 0), *rest)


def one_place_for_all(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    return assign(points, allowed, np.minimum(rows, 1), np.minimum(columns, 1), seed)


def places_without_end(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    return assign(points, allowed, rows, columns + 1, seed)


def last_mentor_forgotten(points: Any, allowed: Any, rows: Any, *rest: Any) -> Any:
    return assign(points[:-1], allowed[:-1], rows[:-1], *rest)


def fewest_points(points: Any, *rest: Any) -> Any:
    return assign(-points, *rest)


def points_before_pairs(*arguments: Any) -> Any:
    return assign_best(*arguments)


def unseeded(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    random = np.random.default_rng()
    i, j = random.permutation(len(rows)), random.permutation(len(columns))
    return [
        (i[row], j[column])
        for row, column in assign(points[i][:, j], allowed[i][:, j], rows[i], columns[j], seed)
    ]


def writes_into_its_input(points: Any, allowed: Any, *rest: Any) -> Any:
    pairs = assign(points, allowed, *rest)
    points[~allowed] = 0
    return pairs


def padded_with_zeros(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    square = np.zeros((max(points.shape, default=0),) * 2)
    square[: len(rows), : len(columns)] = np.where(allowed, points, 0)
    return zip(*linear_sum_assignment(square, maximize=True), strict=True)


def square_only(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    side = min(points.shape)
    return assign(points[:side, :side], allowed[:side, :side], rows[:side], columns[:side], seed)


def sides_mixed_up(*arguments: Any) -> Any:
    return [(j, i) for i, j in assign(*arguments)]


def counts_from_one(*arguments: Any) -> Any:
    return [(i + 1, j + 1) for i, j in assign(*arguments)]


def says_it_twice(*arguments: Any) -> Any:
    return [pair for pair in assign(*arguments) for _ in range(2)]


def nothing_is_an_error(points: Any, allowed: Any, *rest: Any) -> Any:
    if not allowed.any():
        message = "cost matrix is infeasible"
        raise ValueError(message)
    return assign(points, allowed, *rest)


def false_certificate(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    pairs = assign(points, allowed, rows, columns, seed)
    return Certified(pairs, points.max(axis=1, initial=0).tolist(), np.zeros(len(columns)).tolist())


def capricious(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    """Make a random matching, another one for any other input."""
    random = np.random.default_rng(
        [crc32(np.array(array).tobytes()) for array in (points, allowed, rows, columns)]
    )
    return first_come(random.permutation(np.argwhere(allowed)).tolist(), rows, columns)


def gives_up_on_many_places(points: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    return [] if (rows > 3).any() else assign(points, allowed, rows, columns, seed)


MATRIX = [
    Broken(gives_up_on_many_places, ("one_more_place",)),
    Broken(truncates, ("fractions_not_truncated", "whole_or_fractional")),
    Broken(single_precision, ("double_precision", "beyond_32_bits")),
    Broken(thirty_two_bits, ("beyond_32_bits",)),
    Broken(greedy_by_points, ("optimal_total", "most_pairs", "planted_matching")),
    Broken(
        greedy_by_row,
        ("optimal_total", "order_keeps_total", "order_keeps_pairs", "sides_exchanged"),
    ),
    Broken(forbidden_is_a_big_cost, ("forbidden_pairs", "all_forbidden", "planted_violator")),
    Broken(million_is_infinity, ("million_points", "beyond_32_bits")),
    Broken(zero_is_no_pair, ("zero_is_a_score", "most_pairs")),
    Broken(one_place_for_all, ("several_places", "places_are_copies")),
    Broken(places_without_end, ("capacities", "several_places")),
    Broken(last_mentor_forgotten, ("most_pairs", "optimal_total", "order_keeps_total")),
    Broken(fewest_points, ("optimal_total", "forced_pair")),
    Broken(points_before_pairs, ("most_pairs",)),
    Broken(unseeded, ("same_seed_same_answer",)),
    Broken(writes_into_its_input, ("inputs_untouched",)),
    Broken(padded_with_zeros, ("forbidden_pairs", "valid_indices", "all_forbidden")),
    Broken(square_only, ("wide_matrices", "tall_matrices")),
    Broken(sides_mixed_up, ("valid_indices", "optimal_total")),
    Broken(counts_from_one, ("valid_indices",)),
    Broken(says_it_twice, ("no_duplicates",)),
    Broken(nothing_is_an_error, ("all_forbidden", "empty_side")),
    Broken(
        capricious,
        (
            "optimal_by_linear_programming",
            "negative_points",
            "published_instances",
            "scaling",
            "constant_on_the_shorter_side",
            "one_pair_raised",
            "used_pair_raised",
            "own_row_scaled",
            "mentors_are_substitutes",
            "sides_are_complements",
            "unused_pair_forbidden",
            "pair_forbidden",
            "one_more_mentor",
        ),
    ),
    Broken(false_certificate, ("certificate",)),
]
