"""Trying one law on many cases, down to the smallest that breaks it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from rmatch.testing.laws import Law
from rmatch.testing.life.laws import LifeLaw
from rmatch.utils.validation import choice, refuse

PROFILES = {"fast": 100, "balanced": 1_000, "expensive": 10_000}
"""How many cases each law is tried on."""
VARIABLE = "RMATCH_HYPOTHESIS_PROFILE"
LINE = 100
"""How long a counter-example on one line may be."""
SEED = 0
"""Where the cases begin: by itself Hypothesis would draw others after any change of the text of a function here."""
SHRINKS = 200
"""How many more cases are spent on making a counter-example small."""
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


class Verdict(StrEnum):
    """What came of trying a law."""

    HOLDS = "holds"
    FAILS = "FAILS"
    EXPECTED = "expected failure"
    UNEXPECTED = "HOLDS, expected to fail"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Trial:
    """One law tried on one matcher.

    Attributes
    ----------
    law : Law or LifeLaw
        The law.
    verdict : Verdict
        What came of it.
    cases : int
        The cases that the matcher took, before a counter-example was made smaller.
    reason : str
        What is wrong in the counter-example, or why a failure is expected.
    example : Any
        The smallest counter-example found.
    """

    law: Law | LifeLaw
    verdict: Verdict
    cases: int
    reason: str = ""
    example: Any = None

    def __str__(self) -> str:
        """Return the counter-example as text, a line or more for each of its parts."""
        return _lines(self.example)


def _lines(case: Any) -> str:
    text = case if isinstance(case, str) else repr(case)
    if isinstance(case, tuple) and ("\n" in text or len(text) > LINE):
        return "\n".join(map(_lines, case))
    return text


class EnoughError(BaseException):
    """Ends the search for a smaller counter-example."""


def searching(cases: int) -> settings:
    """Return how Hypothesis goes about a number of cases: nothing is kept, and the first that fails is made smaller."""
    return settings(
        max_examples=cases,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=QUIET,
        print_blob=False,
    )


class _Search:
    """The cases tried so far."""

    def __init__(self, law: Law, subject: Any, most_shrinks: int) -> None:
        self.law, self.subject, self.most_shrinks = law, subject, most_shrinks
        self.taken = self.shrinks = 0
        self.found: tuple[str, Any] | None = None

    def __call__(self, case: Any) -> None:
        if self.shrinks > self.most_shrinks:
            raise EnoughError
        try:
            self.law.test(self.subject, case)
        except NotImplementedError:
            return
        except AssertionError as failure:
            self.taken += self.found is None
            self.found = str(failure), case
            raise
        self.taken += self.found is None


@st.composite
def _drawn(draw: st.DrawFn, search: _Search) -> Any:
    """Draw the law's cases, and count those that are begun after one was found that breaks it."""
    search.shrinks += search.found is not None
    return draw(search.law.cases)


def try_law(law: Law, subject: Any, cases: int, most_shrinks: int = SHRINKS) -> Trial:
    """Try a law on a number of cases, the same ones every time.

    Parameters
    ----------
    law : Law
        The law.
    subject : MatrixMatcher, MarketMatcher, PeopleMatcher or callable
        What is tested.
    cases : int
        How many.
    most_shrinks : int, default 200
        How many more cases may be spent on making a counter-example small.

    Returns
    -------
    Trial
        What came of it.
    """
    search = _Search(law, subject, most_shrinks)

    @seed(SEED)
    @searching(cases)
    @given(_drawn(search))
    def run(case: Any) -> None:
        search(case)

    try:
        run()
    except (AssertionError, EnoughError, BaseExceptionGroup):
        if search.found is None:
            raise
    if search.found:
        return Trial(law, Verdict.FAILS, search.taken, *search.found)
    return Trial(law, Verdict.HOLDS if search.taken else Verdict.NOT_APPLICABLE, search.taken)


def examples(profile: str | None = None) -> int:
    """Return how many cases a profile tries.

    Parameters
    ----------
    profile : {"fast", "balanced", "expensive"}, optional
        Without it the environment variable ``RMATCH_HYPOTHESIS_PROFILE`` decides, or fast.

    Returns
    -------
    int
        The number.

    Raises
    ------
    InvalidInputError
        For an unknown profile.
    """
    name = os.environ.get(VARIABLE, "fast") if profile is None else profile
    refuse(choice("laws", "profile", name, PROFILES))
    return PROFILES[name]
