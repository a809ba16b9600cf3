"""Strategies for markets: problems in which the two sides value a pair differently."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from rmatch.testing.market import Market
from rmatch.testing.strategies.matrix import instances
from rmatch.testing.strategies.points import whole_points


@st.composite
def markets(
    draw: st.DrawFn,
    *,
    min_mentors: int = 1,
    max_mentors: int = 4,
    min_mentees: int = 1,
    max_mentees: int = 4,
    min_capacity: int = 1,
    max_capacity: int = 1,
    strict: bool = False,
) -> Market:
    """Return markets; they shrink towards one pair of 0 points.

    Requires the hypothesis package.

    Parameters
    ----------
    min_mentors, max_mentors, min_mentees, max_mentees : int
        Bounds of the shape.
    min_capacity, max_capacity : int
        Bounds of the mentees' places; mentors have one each.
    strict : bool
        Whether nobody may gain equally from two people.

    Returns
    -------
    SearchStrategy of Market
        Markets.
    """
    instance = draw(
        instances(
            min_mentors=min_mentors,
            max_mentors=max_mentors,
            min_mentees=min_mentees,
            max_mentees=max_mentees,
        )
    )
    columns, size = instance.shape[1], instance.points.size
    places = draw(
        st.lists(st.integers(min_capacity, max_capacity), min_size=columns, max_size=columns)
    )
    cells = (
        st.permutations(range(size))
        if strict
        else st.lists(whole_points(), min_size=size, max_size=size)
    )
    mentors, mentees = (np.array(draw(cells), np.int64).reshape(instance.shape) for _ in range(2))
    return Market(
        replace(instance, points=mentors, mentee_capacity=np.array(places, np.int64)), mentees
    )
