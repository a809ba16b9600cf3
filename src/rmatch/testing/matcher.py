"""A matcher under test: any callable, its answers read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.testing.instance import Certified

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.requests import Requests
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
        pairs = answer.pairs if isinstance(answer, Certified) else answer
        return [_cell(pair, instance.shape) for pair in pairs]

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
        return [_cell(pair, market.instance.shape) for pair in called(self.fn, *market.arguments)]

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
        return [(str(mentor), str(mentee)) for mentor, mentee in called(self.fn, people, programme, requests, seed)]

    def pairs(self, people: People, programme: Programme, requests: Requests, seed: int | str = 0) -> IdPairs:
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


def _cell(pair: Any, shape: tuple[int, int]) -> tuple[int, int]:
    numbers = tuple(pair)
    whole = len(numbers) == 2 and all(isinstance(number, int | np.integer) for number in numbers)
    if not whole or not all(0 <= number < side for number, side in zip(numbers, shape, strict=True)):
        message = f"{numbers} is not a row and a column of a matrix of {shape[0]} × {shape[1]}"
        raise AssertionError(message)
    return int(numbers[0]), int(numbers[1])
