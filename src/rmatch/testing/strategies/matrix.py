"""Strategies for matrix problems and their answers. Everything is built to fit, nothing is filtered."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from rmatch.testing.instance import Instance
from rmatch.testing.strategies.points import check_bounds, score_matrices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rmatch.testing.instance import Pairs


@st.composite
def instances(
    draw: st.DrawFn,
    *,
    min_mentors: int = 1,
    max_mentors: int = 5,
    min_mentees: int = 1,
    max_mentees: int = 5,
    elements: st.SearchStrategy[Any] | None = None,
    unique: bool = False,
    min_capacity: int = 1,
    max_capacity: int = 1,
    allow_forbidden: bool = True,
) -> Instance:
    """Return matrix problems; they shrink towards one pair of 0 points with nothing forbidden.

    Requires the hypothesis package.

    Parameters
    ----------
    min_mentors, max_mentors, min_mentees, max_mentees : int
        Bounds of the shape.
    elements : SearchStrategy, optional
        The points, :func:`whole_points` if absent.
    unique : bool
        Whether no two sets of cells may have the same total.
    min_capacity, max_capacity : int
        Bounds of everybody's places.
    allow_forbidden : bool
        Whether pairs may be forbidden.

    Returns
    -------
    SearchStrategy of Instance
        Problems.
    """
    check_bounds(min_capacity, max_capacity, "capacity")
    shape = {"min_mentors": min_mentors, "max_mentors": max_mentors}
    shape |= {"min_mentees": min_mentees, "max_mentees": max_mentees}
    points = draw(score_matrices(**shape, elements=elements, unique=unique))
    allowed = ~draw(_masks(points.shape)) if allow_forbidden else np.ones(points.shape, bool)
    rows, columns = (draw(_places(side, min_capacity, max_capacity)) for side in points.shape)
    return Instance(points, allowed, rows, columns, draw(st.integers(0, 3)))


@st.composite
def feasible_instances(
    draw: st.DrawFn, *, max_mentors: int = 5, max_mentees: int = 5
) -> tuple[Instance, Pairs]:
    """Return problems with a hidden matching in which every mentee has a partner, and that matching.

    The matching is drawn first; then pairs outside it are forbidden. Everybody has one place.

    Requires the hypothesis package.

    Parameters
    ----------
    max_mentors, max_mentees : int
        Bounds of the shape.

    Returns
    -------
    SearchStrategy of (Instance, frozenset of (int, int))
        Problem and hidden matching.
    """
    check_bounds(1, min(max_mentors, max_mentees), "mentees")
    columns = draw(st.integers(1, min(max_mentors, max_mentees)))
    rows = draw(st.integers(columns, max_mentors))
    partners = draw(st.permutations(range(rows)))[:columns]
    hidden = frozenset((row, column) for column, row in enumerate(partners))
    instance = draw(
        instances(min_mentors=rows, max_mentors=rows, min_mentees=columns, max_mentees=columns)
    )
    allowed = instance.allowed.copy()
    for pair in hidden:
        allowed[pair] = True
    return replace(instance, allowed=allowed), hidden


@st.composite
def infeasible_instances(
    draw: st.DrawFn, *, max_mentors: int = 5, max_mentees: int = 5
) -> tuple[Instance, frozenset[int]]:
    """Return problems in which some mentees cannot all have a partner, and those mentees: a violator of Hall's condition.

    The group is drawn first; its members may then meet fewer mentors than they are. Everybody has one place.

    Requires the hypothesis package.

    Parameters
    ----------
    max_mentors, max_mentees : int
        Bounds of the shape.

    Returns
    -------
    SearchStrategy of (Instance, frozenset of int)
        Problem and the columns of the group.
    """
    check_bounds(1, max_mentees, "mentees")
    instance = draw(instances(max_mentors=max_mentors, max_mentees=max_mentees))
    rows, columns = instance.shape
    group = draw(st.integers(1, columns).flatmap(lambda size: _some(columns, size)))
    met = draw(st.integers(0, min(len(group) - 1, rows)).flatmap(lambda size: _some(rows, size)))
    allowed = instance.allowed.copy()
    allowed[np.ix_(sorted(set(range(rows)) - set(met)), group)] = False
    return replace(instance, allowed=allowed), frozenset(group)


@st.composite
def matchings(draw: st.DrawFn, instance: Instance) -> Pairs:
    """Return any valid matching of an instance, not only good ones; they shrink towards no pair.

    Requires the hypothesis package.

    Parameters
    ----------
    instance : Instance
        The problem.

    Returns
    -------
    SearchStrategy of frozenset of (int, int)
        Sets of pairs.
    """
    rows, columns = instance.mentor_capacity.tolist(), instance.mentee_capacity.tolist()
    chosen = set()
    for row, column in draw(st.permutations(instance.cells)) if instance.cells else ():
        if rows[row] > 0 and columns[column] > 0 and draw(st.booleans()):
            chosen.add((row, column))
            rows[row], columns[column] = rows[row] - 1, columns[column] - 1
    return frozenset(chosen)


def permutations(instance: Instance) -> st.SearchStrategy[tuple[list[int], list[int]]]:
    """Return orders of the rows and of the columns of an instance.

    Requires the hypothesis package.

    Parameters
    ----------
    instance : Instance
        The problem.

    Returns
    -------
    SearchStrategy of (list of int, list of int)
        Use them with the method `take` of the instance.
    """
    rows, columns = instance.shape
    return st.tuples(st.permutations(range(rows)), st.permutations(range(columns)))


@st.composite
def perturbations(
    draw: st.DrawFn, instance: Instance, *, max_change: int = 3
) -> tuple[Instance, int]:
    """Return an instance with one pair worth more, and by how much; for instances with at least one cell.

    Requires the hypothesis package.

    Parameters
    ----------
    instance : Instance
        The problem.
    max_change : int
        The largest rise.

    Returns
    -------
    SearchStrategy of (Instance, int)
        The other problem and the rise.
    """
    check_bounds(0, max_change, "change")
    row, column = (draw(st.integers(0, side - 1)) for side in instance.shape)
    points, rise = instance.points.copy(), draw(st.integers(0, max_change))
    points[row, column] += rise
    return instance.with_points(points), rise


# Hypothesis looks through a strategy when it first draws from it: what is made once is looked through once.


@cache
def _masks(shape: tuple[int, ...]) -> st.SearchStrategy[NDArray[np.bool_]]:
    size = int(np.prod(shape))
    cells = st.sets(st.integers(0, max(size - 1, 0)), max_size=size)
    return cells.map(lambda drawn: np.isin(np.arange(size), list(drawn)).reshape(shape))


@cache
def _places(side: int, least: int, most: int) -> st.SearchStrategy[NDArray[np.int64]]:
    if least == most:
        return st.just(np.full(side, most, np.int64))
    places = st.lists(st.integers(least, most), min_size=side, max_size=side)
    return places.map(lambda drawn: np.array(drawn, np.int64))


@cache
def _some(size: int, count: int) -> st.SearchStrategy[Sequence[int]]:
    return st.permutations(range(size)).map(lambda order: sorted(order[:count]))
