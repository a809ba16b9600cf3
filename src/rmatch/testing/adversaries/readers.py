"""Readers who work out answers from published sums: by equations, and by whole numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from rmatch.testing.adversaries.statements import Statement

    Answer = tuple[str, ...]
    Question = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What follows with certainty.

    Attributes
    ----------
    answers : set of (str, tuple of str, tuple of str)
        People whose answer follows: the id, the question, the answer.
    counts : set of (tuple of str, tuple of str, tuple of str, int)
        Small numbers that follow: the question, the answer, the ids among whom, and how many of them gave it.
    """

    answers: set[tuple[str, Question, Answer]] = field(default_factory=set)
    counts: set[tuple[Question, Answer, tuple[str, ...], int]] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Return whether anything was found."""
        return bool(self.answers or self.counts)


def by_equations(published: Iterable[Statement], k: int = 3) -> Found:
    """Solve the sums as linear equations, over fractions of people.

    Parameters
    ----------
    published : iterable of Statement
        Everything that is known, of as many reports as there are.
    k : int
        Which numbers are small: those below it.

    Returns
    -------
    Found
        What the equations alone leave no choice of.
    """
    return _found(published, _System.fixed_by_equations, k)


def by_whole_numbers(published: Iterable[Statement], k: int = 3) -> Found:
    """Solve the sums in whole people, nobody counted less than not at all or with two answers to a question.

    With gains as weights this is the problem of subset sums. It is solved by the HiGHS of scipy.

    Parameters
    ----------
    published : iterable of Statement
        Everything that is known, of as many reports as there are.
    k : int
        Which numbers are small: those below it.

    Returns
    -------
    Found
        What every possible world has in common.

    Examples
    --------
    >>> from rmatch.testing.adversaries import Statement
    >>> gains = {"E1": 5, "E2": 7, "E3": 11}
    >>> women = Statement(("gender",), ("woman",), dict.fromkeys(gains, 1), 2)
    >>> by_whole_numbers([women]).answers
    set()
    >>> told = by_whole_numbers([women, Statement(("gender",), ("woman",), gains, 16)])
    >>> sorted(person for person, *_ in told.answers)
    ['E1', 'E3']
    """
    return _found(published, _System.fixed_by_whole_numbers, k)


class _System:
    """The sums about one question: how many people of each kind gave each answer."""

    def __init__(self, published: Sequence[Statement]) -> None:
        alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for person in sorted({person for each in published for person in each.weights}):
            alike[tuple(each.weights.get(person, 0) for each in published)].append(person)
        self.kinds = [tuple(members) for members in alike.values()]
        self.sizes = np.array([len(kind) for kind in self.kinds])
        self.answers = sorted({each.answer for each in published})
        self.totals = np.array([each.total for each in published], float)
        sums = np.zeros((len(published), len(self.kinds), len(self.answers)))
        for number, each in enumerate(published):
            sums[number, :, self.answers.index(each.answer)] = [own[number] for own in alike]
        self.sums = sums.reshape(len(published), -1)

    def fixed_by_equations(self) -> NDArray[np.float64]:
        """Return how many of each kind gave each answer where the sums alone tell it; elsewhere not a number."""
        scale = np.maximum(np.abs(self.sums).max(axis=1), 1)
        sums, totals = self.sums / scale[:, None], self.totals / scale
        inverse = np.linalg.pinv(sums)
        # What the sums leave open in some direction is no unit vector of their row space.
        told = np.isclose((inverse @ sums).diagonal(), 1, atol=1e-9)
        return np.where(told, inverse @ totals, np.nan)

    def fixed_by_whole_numbers(self) -> NDArray[np.float64]:
        """Return the same for what all solutions in whole people have in common."""
        size = self.sums.shape[1]
        least, most = np.full(size, np.inf), np.full(size, -np.inf)
        for number in range(size):
            for sign in (1, -1):
                if least[number] >= most[number]:
                    world = self._world(sign * np.eye(size)[number])
                    least, most = np.minimum(least, world), np.maximum(most, world)
        return np.where(least == most, least, np.nan)

    def _world(self, direction: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the possible numbers that go furthest against a direction."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        one_answer = np.repeat(np.eye(len(self.kinds)), len(self.answers), axis=1)
        found = milp(
            direction,
            integrality=np.ones(len(direction), np.int64),
            bounds=Bounds(0, np.repeat(self.sizes, len(self.answers))),
            constraints=[
                LinearConstraint(self.sums, self.totals, self.totals),
                LinearConstraint(one_answer, 0, self.sizes),
            ],
        )
        if not found.success:
            message = f"the sums contradict each other: {found.message}"
            raise ValueError(message)
        return np.rint(found.x)


def _found(
    published: Iterable[Statement], fixed: Callable[[_System], NDArray[np.float64]], k: int
) -> Found:
    questions: dict[Question, list[Statement]] = defaultdict(list)
    for each in published:
        questions[each.question].append(each)
    found = Found()
    for question, own in questions.items():
        system = _System(own)
        counts = fixed(system).reshape(len(system.kinds), -1)
        for kind, answer in np.argwhere(np.isfinite(counts)).tolist():
            people, count = system.kinds[kind], round(counts[kind, answer])
            if count == len(people):
                found.answers.update((who, question, system.answers[answer]) for who in people)
            elif 0 < count < k:
                found.counts.add((question, system.answers[answer], people, count))
    return found
