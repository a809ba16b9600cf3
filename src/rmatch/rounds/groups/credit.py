"""The points of each pair where its mentee has several partners: a topic counts with the one who brings the most for it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rmatch.programme import counts_once
from rmatch.rounds.facts import formulas_of
from rmatch.rounds.pair import points_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rmatch.formulas import Line
    from rmatch.rounds.player import Cell
    from rmatch.scoring import Scores

    Ids = tuple[str, str]
    """A mentor and a mentee."""


def credited(scores: Scores, cells: Sequence[Cell]) -> dict[Cell, int]:
    """Return the points of each of the pairs that are made together; they add up to the points of all groups.

    Parameters
    ----------
    scores : Scores
        Points.
    cells : sequence of (int, int)
        Row and column of each pair.

    Returns
    -------
    dict of (int, int) to int
        The points that count with each pair.
    """
    points = points_of(scores, cells)
    if not counts_once(scores.programme):
        return points
    mentors, mentees = scores.mentors, scores.mentees
    groups = mentors_of([(mentors[row], mentees[column]) for row, column in cells])
    for row, column in cells:
        if len(groups[mentees[column]]) > 1:
            lines = lines_beside(scores, groups, mentors[row], mentees[column])
            points[row, column] = sum(line.points for line in lines)
    return points


def credited_in_turn(scores: Scores, cells: Sequence[Cell]) -> list[int]:
    """Return the points of each of some meetings, the earliest first, of which a pair may have several.

    What is taught several times over all of them counts once, and what a pair teaches in its first meeting.

    Parameters
    ----------
    scores : Scores
        Points.
    cells : sequence of (int, int)
        Row and column of each meeting.

    Returns
    -------
    list of int
        The points that count with each meeting.
    """
    found = credited(scores, sorted(set(cells)))
    if not counts_once(scores.programme):
        return [found[cell] for cell in cells]
    mentors, mentees, formulas = scores.mentors, scores.mentees, formulas_of(scores)
    worth, met = [], set()
    for cell in cells:
        two = mentors[cell[0]], mentees[cell[1]]
        # Beside itself a mentor teaches nothing new.
        again = formulas.beside(*two, [two[0]]) if cell in met else ()
        worth.append(sum(line.points for line in again) if cell in met else found[cell])
        met.add(cell)
    return worth


def mentors_of(pairs: Iterable[Ids]) -> dict[str, list[str]]:
    """Return the mentors of each mentee."""
    groups: dict[str, list[str]] = defaultdict(list)
    for mentor, mentee in pairs:
        groups[mentee].append(mentor)
    return dict(groups)


def lines_beside(
    scores: Scores, groups: Mapping[str, Sequence[str]], mentor: str, mentee: str
) -> tuple[Line, ...]:
    """Return the lines of a pair, as they count beside the other mentors of the mentee."""
    scores.check_pair(mentor, mentee)
    others = [other for other in groups.get(mentee, []) if other != mentor]
    return formulas_of(scores).beside(mentor, mentee, others)


def in_a_group(scores: Scores, groups: Mapping[str, Sequence[str]], mentee: str) -> bool:
    """Return whether a mentee has several partners whose topics count once."""
    return counts_once(scores.programme) and len(groups.get(mentee, [])) > 1
