"""Who of the people meets conditions, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.people.conditions import DIMENSION, EXTRA, NUMERIC, PLAIN
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from rmatch.people.conditions import Condition, Who
    from rmatch.people.people import People
    from rmatch.utils.labels import Labels

    Answers = Callable[[str], Labels]


def members_of(
    people: People, levels: Sequence[str], answers: Answers, who: Who
) -> NDArray[np.bool_]:
    """Return which of the people meet conditions.

    An unknown value only meets ``not_`` conditions.

    Parameters
    ----------
    people : People
        The people.
    levels : sequence of str
        The grades, from the most junior to the most senior.
    answers : callable
        Returns the answers to a dimension that are released for matching; no others are known here.
    who : tuple of tuple of Condition
        The alternatives.

    Returns
    -------
    ndarray of bool, shape (people,)
        True for everybody where there are no conditions.
    """
    if not who:
        return np.ones(len(people), bool)
    found = np.zeros(len(people), bool)
    for alternative in who:
        met = [_met(people, levels, answers, condition) for condition in alternative]
        found |= np.logical_and.reduce(met)
    return found


def _met(
    people: People, levels: Sequence[str], answers: Answers, condition: Condition
) -> NDArray[np.bool_]:
    column, operands = condition.column, condition.operands
    operator = condition.operator.removeprefix("not_")
    if column == "years":
        met = _years(people.years, operator, operands)
    elif column == "level" and operator in NUMERIC:
        met = _ranked(people.level, levels, operator, operands[0])
    elif column in PLAIN:
        met = _texts(getattr(people, column), operator, operands)
    elif column.startswith(EXTRA):
        met = _texts(people.extra[column.removeprefix(EXTRA)], operator, operands)
    elif column.startswith(DIMENSION):
        met = _labels(answers(condition.dimension), operator, operands)
    else:
        met = _labels(getattr(people, column), operator, operands)
    return met if operator == condition.operator else ~met


def _years(
    years: NDArray[np.float64], operator: str, operands: Sequence[float]
) -> NDArray[np.bool_]:
    # Unknown years are NaN, which compares as false with everything.
    if operator == "equals":
        return np.isin(years, np.round(operands, 2))
    bound = round(operands[0], 2)
    return years >= bound if operator == "at_least" else years <= bound


def _ranked(
    own: Sequence[str | None], levels: Sequence[str], operator: str, bound: str
) -> NDArray[np.bool_]:
    rank = {fold(level): position for position, level in enumerate(levels)}
    ranks = np.array([-1 if each is None else rank[fold(each)] for each in own], np.int64)
    if operator == "at_least":
        return ranks >= rank[fold(bound)]
    return (ranks >= 0) & (ranks <= rank[fold(bound)])


def _texts(
    values: Sequence[str | None], operator: str, operands: Sequence[str]
) -> NDArray[np.bool_]:
    wanted = [fold(operand) for operand in operands]
    known = {each: each is not None and _says(fold(each), operator, wanted) for each in set(values)}
    return np.array([known[each] for each in values], bool)


def _labels(labels: Labels, operator: str, operands: Sequence[str]) -> NDArray[np.bool_]:
    wanted = [fold(operand) for operand in operands]
    saying = np.array([_says(fold(each), operator, wanted) for each in labels.vocabulary], bool)
    met = np.zeros(len(labels), bool)
    if saying.any():
        met[labels.rows[saying[labels.codes]]] = True
    return met


def _says(text: str, operator: str, wanted: Sequence[str]) -> bool:
    return text in wanted if operator == "equals" else any(each in text for each in wanted)
