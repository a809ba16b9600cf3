"""A matcher under test: any callable, its answers read strictly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.testing.instance import Certified

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.people import People, Requests
    from rmatch.programme import Programme
    from rmatch.testing.instance import Instance, Pairs, Participation
    from rmatch.testing.market import Market

    IdPairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MatrixMatcher:
    """A callable ``fn(points, allowed, mentor_capacity, mentee_capacity, seed) -> pairs`` and what it promises.

    Attributes
    ----------
    fn : callable
        The matcher.
    participation : {"most", "best"}
        Whether it makes as many pairs as possible first, or looks at the total alone.
    """

    fn: Callable[..., Any]
    participation: Participation = "most"

    def answer(self, instance: Instance) -> Any:
        """Return the raw answer. `NotImplementedError` passes; any other exception breaks the law under test."""
        return called(self.fn, *instance.arguments)

    def listed(self, instance: Instance) -> list[tuple[int, int]]:
        """Return the pairs as they come, every one checked to be two whole numbers inside the matrix."""
        answer = self.answer(instance)
        return _cells(answer.pairs if isinstance(answer, Certified) else answer, instance.shape)

    def pairs(self, instance: Instance) -> Pairs:
        """Return the set of pairs."""
        return frozenset(self.listed(instance))

    def value(self, instance: Instance) -> tuple[int | float, ...]:
        """Return what the answer is worth, recomputed from the points."""
        return instance.value(self.pairs(instance), self.participation)


@dataclass(frozen=True, slots=True)
class MarketMatcher:
    """A callable ``fn(mentor_points, mentee_points, allowed, mentor_capacity, mentee_capacity, seed) -> pairs``.

    Attributes
    ----------
    fn : callable
        The matcher.
    """

    fn: Callable[..., Any]

    def listed(self, market: Market) -> list[tuple[int, int]]:
        """Return the pairs as they come, every one checked to be two whole numbers inside the matrix."""
        return _cells(called(self.fn, *market.arguments), market.instance.shape)

    def pairs(self, market: Market) -> Pairs:
        """Return the set of pairs."""
        return frozenset(self.listed(market))


@dataclass(frozen=True, slots=True)
class PeopleMatcher:
    """A callable ``fn(people, programme, requests, seed) -> pairs of ids``.

    Attributes
    ----------
    fn : callable
        The matcher.
    """

    fn: Callable[..., Any]

    def listed(
        self, people: People, programme: Programme, requests: Requests, seed: int | str = 0
    ) -> list[tuple[str, str]]:
        """Return the pairs as they come."""
        pairs = twos(
            called(self.fn, people, programme, requests, seed), "the ids of a mentor and a mentee"
        )
        return [(str(mentor), str(mentee)) for mentor, mentee in pairs]

    def pairs(
        self, people: People, programme: Programme, requests: Requests, seed: int | str = 0
    ) -> IdPairs:
        """Return the set of pairs."""
        return frozenset(self.listed(people, programme, requests, seed))


def called(fn: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function under test; what it raises is a failure of the law, unless it refuses the case.

    Parameters
    ----------
    fn : callable
        The function.
    *arguments : Any
        What it is called with.

    Returns
    -------
    Any
        Its answer.

    Raises
    ------
    NotImplementedError
        If the function refuses the case.
    AssertionError
        If it raises anything else.
    """
    try:
        return fn(*arguments)
    except NotImplementedError:
        raise
    except Exception as error:
        message = f"raised {type(error).__name__}: {error}"
        raise AssertionError(message) from error


def matcher_name(fn: Any) -> str:
    """Return what a matcher is called in reports: the name of a function, or the type of another object."""
    name = getattr(getattr(fn, "fn", fn), "__name__", None)
    return str(name or type(fn).__name__)


def _cells(answer: Any, shape: tuple[int, int]) -> list[tuple[int, int]]:
    what = f"a row and a column of a matrix of {shape[0]} × {shape[1]}"
    cells = twos(answer, what)
    for cell in cells:
        whole = all(isinstance(number, int | np.integer) for number in cell)
        if not whole or not all(
            0 <= number < side for number, side in zip(cell, shape, strict=True)
        ):
            message = f"{cell} is not {what}"
            raise AssertionError(message)
    return [(int(row), int(column)) for row, column in cells]


def twos(answer: Any, what: str) -> list[tuple[Any, Any]]:
    """Return an answer as a list of two things each; one that is none breaks the law, and so does what a generator raises."""
    pairs = [
        tuple(pair) if isinstance(pair, Iterable) else (pair,) for pair in called(list, answer)
    ]
    for pair in pairs:
        if len(pair) != 2:
            message = f"{pair} is not {what}"
            raise AssertionError(message)
    return pairs
