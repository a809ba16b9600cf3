"""One formula over arrays for each criterion."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.formulas.arrays.block import Cells, Part
from rmatch.formulas.arrays.chart import Near, nearness
from rmatch.formulas.arrays.compared import (
    Compared,
    in_common,
    looked_up,
    with_mean,
)
from rmatch.formulas.arrays.hours import minutes_in_common
from rmatch.formulas.arrays.own import own_points
from rmatch.formulas.arrays.teaching import taught_to_mentees, taught_to_mentors
from rmatch.formulas.comparison import both_known, on_both_sides
from rmatch.formulas.comparisons import (
    WAYS_OF,
    answers_to,
    band_of,
    dimension_shares,
    hundredths,
    order_of,
    seniority_by,
    way_shares,
)
from rmatch.formulas.numbered import Numbered
from rmatch.formulas.reach import PLACES_OF, place_shares
from rmatch.formulas.teaching import teaching_mentees, teaching_mentors
from rmatch.utils.labels import fold
from rmatch.utils.points import rounded_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from rmatch.formulas.facts import Facts

    Sets = Sequence[frozenset[str]]


def parts_of(facts: Facts, criterion: Any, most: int) -> list[Part]:
    """Return the points of a criterion, without conditions, part by part; none without data.

    Parameters
    ----------
    facts : Facts
        The people, the programme, the requests.
    criterion : Criterion
        A built-in one, or one's own.
    most : int
        Its share of a pair's points.

    Returns
    -------
    list of Part
        They add up to the criterion's points.
    """
    formula = PARTS.get(criterion.kind)
    if formula is None:
        return [Part(own_points(facts, criterion, most), criterion.protected)]
    return formula(facts, criterion, most)


def _experience_gap(facts: Facts, criterion: Any, most: int) -> list[Part]:
    seniority = seniority_by(criterion)
    if not both_known(facts, seniority):
        return []
    _, full, zero = band_of(facts, criterion)
    (low, high), (start, end) = hundredths(full), hundredths(zero)

    def compared(facts: Facts) -> Compared:
        mentors, mentees = on_both_sides(facts, seniority)
        gaps = np.array(mentees.values, np.int64) - np.array(mentors.values, np.int64)[:, None]
        rising = most * (gaps - start) // max(low - start, 1)
        falling = most * (end - gaps) // max(end - high, 1)
        inside, outside = (low <= gaps) & (gaps <= high), (gaps <= start) | (end <= gaps)
        points = np.select([inside, outside, gaps < low], [most, 0, rising], falling)
        return Compared(mentors, mentees, points)

    return [Part(with_mean(facts, compared))]


def _diversity(facts: Facts, criterion: Any, most: int) -> list[Part]:
    parts = []
    for name, share in dimension_shares(facts, criterion, most).items():
        order, protected = order_of(criterion, name), name not in facts.programme.unprotected
        compared = partial(_answers, name=name, most=share, order=order)
        parts.append(Part(with_mean(facts, compared), protected))
    return parts


def _answers(facts: Facts, name: str, most: int, order: Sequence[str]) -> Compared:
    mentors, mentees = on_both_sides(facts, answers_to(name))
    points = _differing(mentors.values, mentees.values, most, order)
    return Compared(mentors, mentees, points)


def _differing(some: Sets, others: Sets, most: int, order: Sequence[str]) -> NDArray[np.int64]:
    if order:
        rank = {fold(answer): position for position, answer in enumerate(order)}
        mine, theirs = (
            np.array([rank[next(iter(answers))] for answers in sets], np.int64)
            for sets in (some, others)
        )
        apart: NDArray[np.int64] = np.abs(mine[:, None] - theirs)
        return most * apart // (len(order) - 1)
    common = in_common(some, others)
    mine, theirs = (
        np.array([len(answers) for answers in sets], np.int64) for sets in (some, others)
    )
    union: NDArray[np.int64] = mine[:, None] + theirs - common
    return most * (union - common) // union


def _reach(facts: Facts, criterion: Any, most: int) -> list[Part]:
    parts = []
    for name, share in place_shares(facts, criterion, most).items():
        if name == "chart":
            parts += _distance(facts, share, criterion.cap)
        else:
            parts.append(Part(with_mean(facts, partial(_workplaces, name=name, most=share))))
    return parts


def _workplaces(facts: Facts, name: str, most: int) -> Compared:
    mentors, mentees = on_both_sides(facts, PLACES_OF[name])
    differ = np.not_equal.outer(_texts(mentors), _texts(mentees))
    return Compared(mentors, mentees, most * differ.astype(np.int64))


def _texts(numbered: Numbered) -> NDArray[np.object_]:
    return np.array(numbered.values, object)


def _distance(facts: Facts, most: int, cap: int) -> list[Part]:
    """Return the points of people who are as far apart as counts, or the mean, and what those lose who are closer."""
    placed = facts.columns.placed.astype(np.int64) - 1
    mentors, mentees = (Numbered([True], placed[rows]) for rows in facts.rows)
    lost = nearness(facts, most, cap)
    among = lost if facts.basis is facts else nearness(facts.basis, most, cap)
    neutral = _mean_steps(facts.basis, most, among)
    everybody = looked_up(mentors, mentees, np.array([[most]], np.int64), neutral)
    return [Part(everybody), Part(lost)]


def _mean_steps(facts: Facts, most: int, lost: Near) -> int:
    """Return the mean over those who have a place in the chart."""
    times = np.bincount(lost.marks.kinds, minlength=len(lost.worth.times))
    gone = int(times[lost.worth.mentors] @ lost.worth.numbers)
    mentors, mentees = (int(facts.columns.placed[rows].sum()) for rows in facts.rows)
    pairs = mentors * mentees
    return rounded_mean(most * pairs + gone, pairs)


def _logistics(facts: Facts, criterion: Any, most: int) -> list[Part]:
    parts = []
    for name, share in way_shares(facts, criterion, most).items():
        compared = partial(_ways, name=name, most=share, enough=int(criterion.enough))
        parts.append(Part(with_mean(facts, compared)))
    return parts


def _ways(facts: Facts, name: str, most: int, enough: int) -> Compared:
    if name == "hours":
        mentors, mentees, minutes = minutes_in_common(facts)
        return Compared(mentors, mentees, most * np.minimum(minutes, enough) // enough)
    mentors, mentees = on_both_sides(facts, WAYS_OF[name])
    common = in_common(mentors.values, mentees.values)
    return Compared(mentors, mentees, most * np.minimum(common, 1))


def _expertise(facts: Facts, criterion: Any, most: int) -> list[Part]:
    teaching = teaching_mentees(facts, criterion, most)
    return [Part(taught_to_mentees(teaching))] if teaching.formula else []


def _growth(facts: Facts, criterion: Any, most: int) -> list[Part]:
    teaching = teaching_mentors(facts, criterion, most)
    return [Part(taught_to_mentors(teaching))] if teaching.formula else []


def _wish(facts: Facts, _: Any, most: int) -> list[Part]:
    points: dict[tuple[str, str], int] = {}
    for wish in facts.requests.of_kind("wish"):
        pair = wish.mentor, wish.mentee
        points[pair] = max(most // (wish.rank or 1), points.get(pair, 0))
    return [Part(Cells.of(facts, points))] if points else []


PARTS: dict[str, Callable[[Facts, Any, int], list[Part]]] = {
    "expertise": _expertise,
    "experience_gap": _experience_gap,
    "diversity": _diversity,
    "reach": _reach,
    "growth": _growth,
    "wish": _wish,
    "logistics": _logistics,
}
