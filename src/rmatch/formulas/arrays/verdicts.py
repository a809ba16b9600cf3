"""One formula over arrays for each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rmatch.formulas.arrays.block import Cells
from rmatch.formulas.arrays.chart import in_line
from rmatch.formulas.arrays.compared import in_common, looked_up, of_codes
from rmatch.formulas.arrays.hours import minutes_in_common
from rmatch.formulas.arrays.own import own_bars
from rmatch.formulas.arrays.sums import Kinds, Sums
from rmatch.formulas.arrays.teaching import covered
from rmatch.formulas.comparison import on_both_sides
from rmatch.formulas.comparisons import WAYS_OF, seniority_by
from rmatch.formulas.reach import PLACES_OF
from rmatch.formulas.some import concerns
from rmatch.people import Only, bare
from rmatch.utils.labels import fold
from rmatch.utils.loops import EVERY, heard
from rmatch.utils.names import name_of
from rmatch.utils.sides import SIDES
from rmatch.utils.spelling import mailbox_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from rmatch.formulas.arrays.block import Block, Everybody
    from rmatch.formulas.comparison import Column
    from rmatch.formulas.facts import Facts


class Lacking(NamedTuple):
    """Bars between some people who have nothing of something.

    Attributes
    ----------
    sums : Sums
        What they may have.
    some : tuple of two numpy.ndarray of bool
        Between whom it is asked for.
    """

    sums: Sums
    some: Everybody

    def __call__(self, first: int, last: int) -> NDArray[np.bool_]:
        """Return which pairs of some mentors lack it."""
        mentors, mentees = self.some
        lacking: NDArray[np.bool_] = self.sums(first, last) == 0
        return lacking & mentors[first:last, None] & mentees

    def at(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which single pairs lack it."""
        lacking: NDArray[np.bool_] = self.sums.at(rows, columns) == 0
        return lacking & self.some[0][rows] & self.some[1][columns]

    def within(self, some: Everybody) -> Lacking:
        """Return the same between some mentors and some mentees only."""
        return Lacking(self.sums, (self.some[0] & some[0], self.some[1] & some[1]))


def bars_of(facts: Facts) -> Iterator[tuple[str, list[Block]]]:
    """Go through everything that may forbid a pair: that nobody meets themselves, the exclusions, the rules.

    Parameters
    ----------
    facts : Facts
        The people, the programme, the requests.

    Yields
    ------
    str, list of Block
        Its name, and what is not 0 where it forbids a pair.
    """
    yield "self", [_same_humans(facts)]
    yield "exclude", [_named(facts, "exclude")]
    for rule in heard(facts.programme.rules, "rules"):
        yield name_of(rule), _where_it_holds(facts, rule)


def _same_humans(facts: Facts) -> Cells:
    """Return who is both of a pair: the same person, or two with one mailbox."""
    mentors, mentees = facts.rows
    width = len(mentees)
    boxes = [None if email is None else mailbox_of(email) for email in facts.people.email]
    columns: dict[str | None, list[int]] = {}
    for column, row in enumerate(mentees.tolist()):
        if boxes[row] is not None:
            columns.setdefault(boxes[row], []).append(column)
    keys = [
        mentor * width + column
        for mentor, row in enumerate(mentors.tolist())
        for column in columns.get(boxes[row], ())
    ]
    place = np.full(len(facts.people), -1)
    place[mentees] = np.arange(width)
    own = place[mentors]
    both = np.flatnonzero(own >= 0)
    return Cells.marked(width, np.append(np.array(keys, np.int64), both * width + own[both]))


def _named(facts: Facts, kind: str) -> Cells:
    """Return the pairs that requests name, whoever of the two is the mentor."""
    named = facts.named[kind]
    return Cells.of(facts, dict.fromkeys(named | {(other, one) for one, other in named}, 1))


def _where_it_holds(facts: Facts, rule: Any) -> list[Block]:
    """Return what a rule forbids: nothing beside those for whom it is, and of these all with something unknown."""
    concerned = concerned_by(facts, rule)
    told = _told(facts, bare(rule))
    blocks = BARS.get(rule.kind, _own)(facts, bare(rule))
    return [
        *(block.within(told).within(concerned) for block in blocks),
        *([] if all(map(np.all, told)) else [_untold(told).within(concerned)]),
    ]


def _told(facts: Facts, rule: Any) -> Everybody:
    """Return of whom all is known that a rule needs to know."""
    if rule.kind not in NEEDS:
        mentors, mentees = (np.ones(len(people), bool) for people in facts.sides)
    else:
        codes = NEEDS[rule.kind](rule)(facts).codes
        mentors, mentees = (codes[rows] >= 0 for rows in facts.rows)
    return mentors, mentees


def _untold(told: Everybody) -> Kinds:
    mentors, mentees = told
    return Kinds(mentors.astype(np.int64), np.stack([np.ones_like(mentees), ~mentees]))


def concerned_by(facts: Facts, item: Any) -> Everybody:
    """Return for whom a rule or criterion may hold."""
    if not isinstance(item, Only):
        mentors, mentees = (np.ones(len(people), bool) for people in facts.sides)
        return mentors, mentees
    mentors, mentees = (
        np.array([concerns(facts, item, person, side) for person in heard(people, "points", EVERY)])
        for side, people in zip(SIDES, facts.sides, strict=True)
    )
    return mentors.astype(bool), mentees.astype(bool)


def _junior_mentor(facts: Facts, rule: Any) -> list[Block]:
    mentors, mentees = on_both_sides(facts, seniority_by(rule))
    gaps = np.array(mentees.values, np.int64) - np.array(mentors.values, np.int64)[:, None]
    return [looked_up(mentors, mentees, gaps < round(100 * rule.min_gap), otherwise=False)]


def _reporting_chain(facts: Facts, rule: Any) -> list[Block]:
    steps = None if rule.steps == "whole" else rule.steps
    return [Cells.marked(len(facts.mentees), in_line(facts, steps))]


def _other_place(place: str) -> Callable[[Facts, Any], list[Block]]:
    def bars(facts: Facts, _: Any) -> list[Block]:
        mentors, mentees = on_both_sides(facts, PLACES_OF[place])
        same = np.equal.outer(np.array(mentors.values, object), np.array(mentees.values, object))
        return [looked_up(mentors, mentees, same, otherwise=False)]

    return bars


def _shared_language(facts: Facts, _: Any) -> list[Block]:
    mentors, mentees = on_both_sides(facts, WAYS_OF["language"])
    nothing = in_common(mentors.values, mentees.values) == 0
    return [looked_up(mentors, mentees, nothing, otherwise=False)]


def _overlapping_hours(facts: Facts, rule: Any) -> list[Block]:
    mentors, mentees, minutes = minutes_in_common(facts)
    return [looked_up(mentors, mentees, minutes < rule.minutes, otherwise=False)]


def _covers_a_want(facts: Facts, _: Any) -> list[Block]:
    mentors, mentees = (np.ones(len(side), bool) for side in facts.sides)
    return [Lacking(covered(facts), (mentors, mentees))]


def _accepted(facts: Facts, rule: Any) -> list[Block]:
    sides = {"both": (True, False), "mentor": (True,), "mentee": (False,)}[rule.whose]
    return [
        _not_accepted(facts, what, by_mentors=side) for what in ("level", "site") for side in sides
    ]


def _not_accepted(facts: Facts, what: str, *, by_mentors: bool) -> Block:
    """Return where one side does not accept what the other one has."""
    rows, others = facts.rows if by_mentors else facts.rows[::-1]
    asked = facts.columns.sets(f"accepted_{what}s").take(rows)
    given = facts.columns.texts(what).take(others)
    folded = list(map(fold, given.values))
    # Who asks for nothing accepts everybody, and who asks accepts nobody of whom it is not known.
    table = [[each not in own for each in folded] + [True] for own in asked.values]
    whole = np.array([*table, [False] * (len(folded) + 1)], bool)
    return of_codes(asked, given, whole) if by_mentors else of_codes(given, asked, whole.T)


def _own(facts: Facts, rule: Any) -> list[Block]:
    return [own_bars(facts, rule)]


BARS: dict[str, Callable[[Facts, Any], list[Block]]] = {
    "junior_mentor": _junior_mentor,
    "reporting_chain": _reporting_chain,
    "other_department": _other_place("department"),
    "other_site": _other_place("site"),
    "shared_language": _shared_language,
    "overlapping_hours": _overlapping_hours,
    "covers_a_want": _covers_a_want,
    "accepted": _accepted,
    "no_repeat": lambda facts, _: [_named(facts, "previous")],
}

NEEDS: dict[str, Callable[[Any], Column]] = {
    "junior_mentor": seniority_by,
    "other_department": lambda _: PLACES_OF["department"],
    "other_site": lambda _: PLACES_OF["site"],
    "shared_language": lambda _: WAYS_OF["language"],
    "overlapping_hours": lambda _: WAYS_OF["hours"],
}
"""What has to be known of both; a want that is not known is none that somebody covers."""
