"""Whose groups are decided on, and the problem that this is, beside the locked pairs."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InfeasibleError, InvalidInputError
from rmatch.objectives import compatibility_of
from rmatch.programme import counts_once, group_terms
from rmatch.solve import GroupProblem
from rmatch.utils.stopping import seconds_left
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from rmatch.people import Cohort
    from rmatch.programme import Programme
    from rmatch.rounds.capacity import Places
    from rmatch.rounds.player import Cell
    from rmatch.scoring import Scores
    from rmatch.solve import Participation

    Whole = NDArray[np.int64]
    Parts = tuple[Whole, Whole, csr_array]
    """What adds up over pairs, whose each want is, and what each mentor brings for it."""
    Asked = tuple[NDArray[np.bool_], Places, Sequence[Cell], Participation]
    """The pairs that may be made, the places beside the locked pairs, and whether as many pairs as possible come first."""

LARGEST = 12_500_000
"""The most pairs that may be made where topics count once: they take 2 GB."""
UNLIMITED = 500_000
"""Among more they are looked for within a time limit only."""


def has_groups(scores: Scores) -> bool:
    """Return whether somebody may have several partners whose wants count once, or asks for a size of groups."""
    programme = scores.programme
    if not counts_once(programme):
        return False
    return bool(group_terms(programme)) or _several_teach(scores)


def pair_by_pair(scores: Scores, asked: str = "programme") -> Iterator[Fault]:
    """Go through what keeps every pair from having points of its own, which all but the groups of a total needs.

    Parameters
    ----------
    scores : Scores
        People, programme and points.
    asked : str
        What needs them.
    """
    programme = scores.programme
    # Where several places are refused however topics count, that alone is told.
    refused = compatibility_of(programme.objective).several
    if programme.count_topic == "once" and not refused and _several_teach(scores):
        problem = "a mentee may have several partners, and where a topic counts once a pair has no points of its own"
        yield Fault(asked, "count_topic", problem, "say count_topic = 'each'")


def _several_teach(scores: Scores) -> bool:
    """Tell whether some mentee may have several partners, and topics give points."""
    taught = any(getattr(factor, "topics", None) is not None for factor in scores.factors)
    return taught and bool((scores.cohort.capacity("mentee") > 1).any())


def group_problem(
    cohort: Cohort,
    programme: Programme,
    parts: Parts,
    allowed: NDArray[np.bool_],
    places: Places,
    locked: Sequence[Cell],
    participation: Participation,
) -> GroupProblem:
    """Return what is to be decided beside the locks, where every want counts once.

    A want counts for what a further partner brings beyond the best of the locked ones.

    Parameters
    ----------
    cohort : Cohort
        The people.
    programme : Programme
        Sizes and departments.
    parts : tuple of two numpy.ndarray and csr_array
        The points, as :class:`rmatch.scoring.Coverage` takes them apart.
    allowed : numpy.ndarray of bool
        The pairs that may be made, the locked ones closed.
    places : Places
        What the locks leave of everybody's places and minimums.
    locked : sequence of (int, int)
        Row and column of each locked pair.
    participation : {"most", "best"}
        Whether as many pairs as possible come first.

    Returns
    -------
    GroupProblem
        To be solved, or to hold a proof against.

    Raises
    ------
    InfeasibleError
        If somebody's locks and minimum leave no size that the programme allows.
    """
    rest, mentee, gains = parts
    kinds = _kinds(cohort) if programme.one_per_department else None
    sizes = tuple(_sizes(programme, places, _held(locked, places)))
    _refuse_without_size(cohort, sizes)
    return GroupProblem(
        rest,
        mentee,
        _beyond(mentee, gains, locked),
        allowed if kinds is None else _apart(allowed, kinds, locked),
        places.mentor_capacity,
        places.mentor_minimum,
        sizes,
        kinds,
        participation,
    )


def refuse_large(allowed: NDArray[np.bool_]) -> None:
    """Refuse more pairs than groups are looked for among, and to look for hours among fewer."""
    size = int(allowed.sum())
    said = f"{numeral(size)} pairs may be made, and where topics count once"
    if size > LARGEST:
        remedy = "match parts of the organisation one by one, or say count_topic = 'each'"
        raise InvalidInputError(
            [Fault("people", "pairs", f"{said} {numeral(LARGEST)} is the most", remedy)]
        )
    if size > UNLIMITED and seconds_left() == inf:
        remedy = "give max_seconds, or say count_topic = 'each'"
        raise InvalidInputError([Fault("people", "pairs", f"{said} that may take hours", remedy)])


def _held(locked: Sequence[Cell], places: Places) -> Whole:
    """Return how many locked partners each mentee has."""
    columns = np.array([column for _, column in locked], np.int64)
    held: Whole = np.bincount(columns, minlength=len(places.mentee_capacity))
    return held


def _sizes(programme: Programme, places: Places, held: Whole) -> Iterator[tuple[int, ...]]:
    """Go through the numbers of further partners that each mentee may have."""
    room = zip(places.mentee_minimum.tolist(), places.mentee_capacity.tolist(), strict=True)
    for (fewest, most), before in zip(room, held.tolist(), strict=True):
        asked = programme.group_sizes
        every = (
            range(before + most + 1) if not asked else sorted({*asked, *([] if before else [0])})
        )
        yield tuple(size - before for size in every if fewest <= size - before <= most)


def _refuse_without_size(cohort: Cohort, sizes: Sequence[tuple[int, ...]]) -> None:
    people = list(cohort.column)
    wrong = [people[column] for column, own in enumerate(sizes) if not own]
    if wrong:
        named = ", ".join(map(repr, wrong))
        message = f"no size of groups fits the places, the minimum and the locks of {named}"
        raise InfeasibleError(message, (), wrong)


def _kinds(cohort: Cohort) -> Whole:
    """Return a number for the department of each mentor, -1 where none is stated."""
    stated = [cohort.people.department[row] for row in cohort.mentors.tolist()]
    if not any(stated):
        problem = "one_per_department needs departments, and no mentor has one"
        raise InvalidInputError(
            [Fault("people", "department", problem, "give the people's column department")]
        )
    codes = {name: code for code, name in enumerate(sorted({one for one in stated if one}))}
    return np.array([codes[one] if one else -1 for one in stated], np.int64)


def _beyond(mentee: Whole, gains: csr_array, locked: Sequence[Cell]) -> csr_array:
    """Return what each mentor brings for each want beyond the best of the locked partners."""
    from scipy.sparse import csr_array

    if not locked:
        return gains
    left = gains.toarray()
    for column in {column for _, column in locked}:
        rows = [row for row, other in locked if other == column]
        wants = np.flatnonzero(mentee == column)
        left[wants] = np.maximum(left[wants] - left[wants][:, rows].max(axis=1)[:, None], 0)
    return csr_array(left)


def _apart(allowed: NDArray[np.bool_], kinds: Whole, locked: Sequence[Cell]) -> NDArray[np.bool_]:
    """Return which pairs are left where nobody may be from the department of a locked partner."""
    left = allowed.copy()
    for row, column in locked:
        left[(kinds == kinds[row]) | (kinds == -1) | (kinds[row] == -1), column] = False
    return left
