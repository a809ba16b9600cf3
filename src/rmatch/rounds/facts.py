"""The scalar formulas for the people of some scores, made once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rmatch.formulas import Facts, Lines
from rmatch.utils.beside import Beside

if TYPE_CHECKING:
    from rmatch.formulas import Line
    from rmatch.scoring import Scores

_MADE: Beside[Lines] = Beside()
"""Explaining a pair after the other looks everybody up once; what is kept here goes with the scores."""


def formulas_of(scores: Scores) -> Lines:
    """Return the scalar formulas for the same people, programme and requests."""
    return _MADE.of(scores, partial(_formulas, scores))


def _formulas(scores: Scores) -> Lines:
    return Lines(Facts.of(scores.cohort, scores.programme))


def facts_of(scores: Scores) -> Facts:
    """Return what the formulas know of the same people, programme and requests."""
    return formulas_of(scores).facts


def lines_of(scores: Scores, mentor: str, mentee: str) -> tuple[Line, ...]:
    """Return the explanation of one pair's points, which its lines add up to.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    mentor, mentee : str
        The ids of the two.

    Returns
    -------
    tuple of Line
        What each criterion gives, and why.

    Raises
    ------
    InvalidInputError
        For an id that plays no such role.
    """
    scores.check_pair(mentor, mentee)
    return formulas_of(scores).of(mentor, mentee)
