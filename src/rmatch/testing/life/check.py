"""Holding a matcher to the laws of a life, as a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from hypothesis import seed, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from rmatch.testing.life.examined import Examined
from rmatch.testing.life.laws import ALL, LifeLaw
from rmatch.testing.life.machine import examine, machine_of
from rmatch.testing.life.situation import Situation
from rmatch.testing.matcher import matcher_name
from rmatch.testing.report import Report
from rmatch.testing.suite import expected_of, judged
from rmatch.testing.trial import SEED, SHRINKS, EnoughError, Trial, Verdict, examples, searching

STEPS = 30
"""So many things happen in a life at most."""


def check_life(
    rematch: Callable[[Situation], Any],
    *,
    plan: Callable[[Situation, int], Any] | None = None,
    laws: Collection[str] | None = None,
    expected_failures: Mapping[str, str] | None = None,
    profile: str | None = None,
) -> Report:
    """Let a programme live under a matcher, and report which laws of a life it breaks, each with a short story.

    People join, leave, accept, decline and have other numbers of places, rules forbid pairs, pairs are made anew, rounds
    follow each other. Each time the answer is held against all that would have been possible.

    Parameters
    ----------
    rematch : callable
        ``fn(situation) -> pairs``: what is known on a day, a :class:`Situation`, in; pairs of ids out. As many pairs as
        possible come first, then those who have waited, then the fewest broken pairs, then points. A day that a matcher is
        not made for it refuses with `NotImplementedError`.
    plan : callable, optional
        ``fn(situation, rounds) -> rounds``, the pairs of each of several rounds to come. Without it there are no laws of plans.
    laws : collection of str, optional
        Names of the laws to try; all that apply, if absent.
    expected_failures : mapping of str to str, optional
        Laws that the matcher is known to break, with the reason.
    profile : {"fast", "balanced", "expensive"}, optional
        100, 1,000 or 10,000 lives. Without it the environment variable ``RMATCH_HYPOTHESIS_PROFILE`` decides, or fast. The
        lives are the same every time.

    Returns
    -------
    Report
        Which law holds; prints as a table.

    Raises
    ------
    InvalidInputError
        For a law that does not exist, or is one of plans where there is none, an unknown profile, an expected failure
        without a reason, or what cannot be called.

    Examples
    --------
    A matcher that takes whoever comes first does not look at what was before:

    >>> def first_come(situation):
    ...     pairs, places = [], {**situation.mentor_capacity, **situation.mentee_capacity}
    ...     for mentor, mentee in situation.points:
    ...         if places[mentor] and places[mentee]:
    ...             places[mentor], places[mentee] = places[mentor] - 1, places[mentee] - 1
    ...             pairs.append((mentor, mentee))
    ...     return pairs
    >>> check_life(first_come, laws=["nobody_twice", "declined_never_again"])
    first_come: 1 holds, 1 FAILS
      nobody_twice          holds, ... cases
      declined_never_again  FAILS
          ...
    """
    examined = examine(rematch, plan, laws)
    expected, lives = expected_of(expected_failures, ALL), examples(profile)
    trials = try_life(rematch, plan, examined.laws, lives)
    return Report(
        matcher_name(rematch),
        tuple(judged(trials[law.name], expected.get(law.name)) for law in examined.laws),
    )


def try_life(
    rematch: Callable[[Situation], Any],
    plan: Callable[[Situation, int], Any] | None,
    laws: Iterable[LifeLaw],
    lives: int,
    most_shrinks: int = SHRINKS,
) -> dict[str, Trial]:
    """Try all laws at once; whenever one is broken, try the others once more without it.

    Parameters
    ----------
    rematch, plan : callable
        As in :func:`check_life`.
    laws : iterable of LifeLaw
        The laws.
    lives : int
        In how many lives.
    most_shrinks : int, default 200
        How many more lives may be spent on making a story short.

    Returns
    -------
    dict of str to Trial
        What came of each law, by name.
    """
    trials: dict[str, Trial] = {}
    left = list(laws)
    while left:
        known = [ALL[name] for name in trials]
        examined = Examined(rematch, plan, left, known, most_shrinks)
        _live(examined, lives)
        if examined.found is None:
            break
        law, reason, story = examined.found
        trials[law.name] = Trial(
            law, Verdict.FAILS, examined.looked_at[law.name], reason, "\n".join(story)
        )
        left.remove(law)
    for law in left:
        times = examined.looked_at[law.name]
        trials[law.name] = Trial(law, Verdict.HOLDS if times else Verdict.NOT_APPLICABLE, times)
    return trials


def _live(examined: Examined, lives: int) -> None:
    """Let a matcher live, the same lives every time, until it breaks a law."""
    try:
        run_state_machine_as_test(
            seed(SEED)(machine_of(examined)),
            settings=settings(searching(lives), stateful_step_count=STEPS),
        )
    except (AssertionError, EnoughError, Flaky, BaseExceptionGroup):
        # A life that is broken off is another one than before, which Hypothesis calls flaky.
        if examined.found is None:
            raise
