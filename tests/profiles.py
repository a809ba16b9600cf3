"""How many examples a property is tried on: few every day, many at night."""

from __future__ import annotations

from hypothesis import settings

SHORT = 24
"""The examples of a property that asks for no number of its own."""
THOROUGH = 200
"""The same in a thorough run."""
USUAL = 100
"""What the numbers given to :func:`examples` are measured against."""
FEWEST = 10
"""Fewer examples are no test of a property."""


def examples(number: int) -> settings:
    """Return settings for a property that is worth a number of examples where others are worth a hundred.

    The profile that pytest runs with decides how many that makes: with 24 examples a property, ``@examples(50)`` tries 12.
    """
    share = number / USUAL
    return settings(max_examples=max(FEWEST, round(share * settings().max_examples)))


def tries(number: int) -> int:
    """Return how often something is tried that is worth a number of tries at night: every day as often as any property."""
    return number if settings().max_examples >= THOROUGH else SHORT
