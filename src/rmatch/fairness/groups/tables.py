"""Match rates and gains by groups, with exact tests, as far as they can be shown without giving anybody away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rmatch.fairness.gains import SIDES
from rmatch.fairness.groups.cells import Cell, cells_of, crossings, equations, released
from rmatch.fairness.groups.counts import Counts
from rmatch.fairness.groups.group import Group, GroupTable
from rmatch.fairness.groups.significance import Draws, hypergeometric
from rmatch.fairness.groups.suppression import suppress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gains, Whole
    from rmatch.fairness.groups.cells import Dimensions, Released
    from rmatch.fairness.groups.counts import Hidden

NOT_RELEASED = "(not released)"
WITHHELD = "withheld: so few people took part that even the groups' names would tell too much"


def group_tables(
    gains: Gains, intersections: Sequence[Sequence[str]], k: int
) -> tuple[GroupTable, ...]:
    """Return the tables of both sides.

    Parameters
    ----------
    gains : Gains
        What each side gains from the pairs.
    intersections : sequence of sequence of str
        Dimensions to cross; their margins are shown as well.
    k : int
        The smallest number of people that is shown.

    Returns
    -------
    tuple of GroupTable
        First of the mentors, then of the mentees, one dimension after the other.
    """
    known = sorted(gains.scores.cohort.people.dimensions)
    crossed = crossings(known, intersections)
    return tuple(table for side in SIDES for table in _Side(gains, side, k).tables(known, crossed))


@dataclass(frozen=True, eq=False)
class _Side:
    """One side of a matching, and its groups.

    Attributes
    ----------
    gains : Gains
        What each side gains from the pairs.
    side : {"mentor", "mentee"}
        Which.
    k : int
        The smallest number of people that is shown.
    """

    gains: Gains
    side: str
    k: int

    @cached_property
    def people(self) -> NDArray[np.intp]:
        cohort = self.gains.scores.cohort
        return cohort.mentors if self.side == "mentor" else cohort.mentees

    @cached_property
    def matched(self) -> NDArray[np.bool_]:
        return self.gains.partners(self.side) > 0

    @cached_property
    def gain(self) -> Whole:
        return self.gains.total(self.side)

    @cached_property
    def draws(self) -> Draws:
        return Draws.of(self.gain[self.matched])

    @cached_property
    def overall(self) -> Group:
        people, matched = len(self.people), int(self.matched.sum())
        rate, mean = _rate_and_mean(people, matched, int(self.gain.sum()))
        return Group(("overall",), people, matched, rate, mean)

    def tables(self, known: Sequence[str], crossed: Sequence[Dimensions]) -> Iterator[GroupTable]:
        everybody = self.gains.scores.cohort.people
        answers = {name: released(everybody, name, self.people) for name in known}
        cells = cells_of(crossed, answers)
        counts = self._counts(cells, crossed, answers)
        # All tables of a side are protected together: a count hidden in one must not follow from another.
        hidden = suppress(counts, self.k)
        for number, dimensions in enumerate(crossed):
            if number in hidden.withheld:
                nobody = Group((NOT_RELEASED,), None)
                yield GroupTable(self.side, dimensions, self.overall, (), nobody, (WITHHELD,))
                continue
            own = np.flatnonzero(counts.table == number).tolist()
            groups = [self._group(cells[at], counts, hidden, at) for at in own]
            yield self._table(dimensions, groups)

    def _counts(
        self,
        cells: Sequence[Cell],
        crossed: Sequence[Dimensions],
        answers: Mapping[str, Released],
    ) -> Counts:
        position = {cell: at for at, cell in enumerate(cells)}
        number = {dimensions: table for table, dimensions in enumerate(crossed)}
        once = np.ones(len(self.people), np.int64)
        amounts = np.stack([once, self.matched, self.gain], axis=1)
        figures = np.zeros((len(cells), 3), np.int64)
        for dimensions in crossed:
            given = zip(*(answers[name] for name in dimensions), strict=True)
            where = np.array([position[Cell(dimensions, own)] for own in given], np.intp)
            # A cell that is named several times gets every amount, which `+=` would not do.
            np.add.at(figures, where, amounts)
        return Counts(
            people=figures[:, 0],
            matched=figures[:, 1],
            gain=figures[:, 2],
            table=np.array([number[cell.dimensions] for cell in cells], np.int64),
            least=np.array([_is_named(cell) for cell in cells], np.int64),
            open=np.array([set(cell.answers) == {None} for cell in cells], bool),
            sums=tuple(equations(cells)),
        )

    def _table(self, dimensions: Dimensions, groups: Sequence[Group]) -> GroupTable:
        # The cell of those who released nothing is the last of its table.
        *named, not_released = groups
        notes = []
        if not named:
            notes.append(f"nobody among the {self.side}s released {dimensions[0]!r} for reports")
        if any(group.people is None for group in named):
            notes.append(
                f"groups of fewer than {self.k} people are suppressed, and others from which these would follow"
            )
        return GroupTable(
            side=self.side,
            dimensions=dimensions,
            overall=self.overall,
            by_group=tuple(named),
            not_released=not_released,
            notes=tuple(notes),
        )

    def _group(self, cell: Cell, counts: Counts, hidden: Hidden, at: int) -> Group:
        name = tuple(answer or NOT_RELEASED for answer in cell.answers)
        if hidden.people[at]:
            return Group(name, None, notes=("suppressed",))
        people = int(counts.people[at])
        if hidden.matched[at]:
            return Group(name, people, notes=("matched suppressed",))
        matched, gain = int(counts.matched[at]), int(counts.gain[at])
        return self._tested(name, people, matched, gain)

    def _tested(self, name: tuple[str, ...], people: int, matched: int, gain: int) -> Group:
        """Return a group that may be shown, compared with everybody else of its side."""
        notes = []
        p_rate, p_mean, draws = None, None, 0
        if why := self._why_no_rate(people):
            notes.append(f"p-value of the match rate cannot be estimated: {why}")
        else:
            everybody, places = len(self.people), int(self.matched.sum())
            p_rate = hypergeometric(people, matched, places, everybody)
        if why := self._why_no_mean(matched):
            notes.append(f"p-value of the mean gain cannot be estimated: {why}")
        else:
            p_mean, draws = self.draws.p_value(gain, matched)
        rate, mean = _rate_and_mean(people, matched, gain)
        return Group(
            name=name,
            people=people,
            matched=matched,
            match_rate=rate,
            mean_gain=mean,
            p_match_rate=p_rate,
            p_mean_gain=p_mean,
            draws=draws,
            notes=tuple(notes),
        )

    def _why_no_rate(self, people: int) -> str:
        if people == len(self.people):
            return "there is nobody else"
        if not people:
            return "nobody is in the group"
        if self.matched.all():
            return "everybody is matched"
        return "" if self.matched.any() else "nobody is matched"

    def _why_no_mean(self, matched: int) -> str:
        if matched == self.matched.sum():
            return "nobody else is matched" if matched else "nobody is matched"
        if not matched:
            return "nobody in the group is matched"
        gains = self.gain[self.matched]
        differ = (gains != gains[0]).any()
        return "" if differ else "all gain the same"


def _is_named(cell: Cell) -> bool:
    """Return whether a cell's being there tells that somebody is in it: the groups of one dimension are listed by answers."""
    return len(cell.dimensions) == 1 and cell.answers != (None,)


def _rate_and_mean(people: int, matched: int, gain: int) -> tuple[float | None, float | None]:
    return matched / people if people else None, gain / matched if matched else None
