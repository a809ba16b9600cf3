"""The same people, and some more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from rmatch.people.people import People
from rmatch.utils.labels import Labels, fold


def with_more(people: People, others: People) -> People:
    """Return people with others behind them.

    Parameters
    ----------
    people, others : People
        Two groups without an id in common.

    Returns
    -------
    People
        Both, as if they had been read together; what was noted and understood is that of the first.

    Examples
    --------
    >>> from rmatch.people.people import people_of
    >>> ada = people_of({"id": ["a"], "role": [1], "offers": [{"Python": 3}]})
    >>> eve = people_of({"id": ["e"], "role": [2], "wants": [{"python": 1, "AI": 2}]})
    >>> both = with_more(ada, eve)
    >>> both.id, both.topics, both.person(1).wants
    (('a', 'e'), ('AI', 'Python'), {'AI': 2, 'Python': 1})
    """
    first, second = people._columns(), others._columns()
    sizes = len(people), len(others)
    joined = {name: _joined(first[name], second[name], sizes) for name in first}
    return replace(people, **joined)


def _joined(one: Any, two: Any, sizes: tuple[int, int]) -> Any:
    if isinstance(one, dict):
        names = sorted({*one, *two})
        return {name: _joined(*_either(one.get(name), two.get(name), sizes)) for name in names}
    if isinstance(one, Labels):
        return _of_both(one, two)
    return one + two if isinstance(one, tuple) else np.concatenate([one, two])


def _either(one: Any, two: Any, sizes: tuple[int, int]) -> tuple[Any, Any, tuple[int, int]]:
    """Return a column of two groups, one of whom may have said nothing in it."""
    if one is None:
        return _nothing(two, sizes[0]), two, sizes
    return one, _nothing(one, sizes[1]) if two is None else two, sizes


def _nothing(column: Any, size: int) -> Any:
    """Return a column of the same kind in which nobody says anything."""
    if isinstance(column, Labels):
        return Labels.of([()] * size, column.vocabulary)
    return (None,) * size if isinstance(column, tuple) else np.zeros(size, column.dtype)


def _of_both(one: Labels, two: Labels) -> Labels:
    """Return the sets of two groups in one vocabulary, in which the first one's spelling counts."""
    spelt = {fold(label): label for label in (*two.vocabulary, *one.vocabulary)}
    code = {key: position for position, key in enumerate(sorted(spelt))}
    places = [
        np.array([code[fold(label)] for label in each.vocabulary], np.int32) for each in (one, two)
    ]
    codes = [place[each.codes] for place, each in zip(places, (one, two), strict=True)]
    return Labels(
        tuple(spelt[key] for key in code),
        np.concatenate([one.starts, one.starts[-1] + two.starts[1:]]),
        np.concatenate(codes),
        np.concatenate([one.weights, two.weights]),
    )
