"""Match rates and gains by groups, with exact tests, as far as they can be shown without giving anybody away."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from rmatch.errors import Fault, InvalidInputError
from rmatch.fairness.gains import SIDES
from rmatch.fairness.significance import Draws, hypergeometric
from rmatch.fairness.suppression import Counts, Sum, suppress
from rmatch.people import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from rmatch.fairness.gains import Gains, Whole
    from rmatch.fairness.suppression import Hidden
    from rmatch.people import People

    Key = tuple[str | None, ...]
    Names = tuple[str, ...]
    Cell = tuple[Names, Key]

METRICS = ("match_rate", "mean_gain")
NOT_RELEASED = "(not released)"
WITHHELD = "withheld: so few people took part that even the groups' names would tell too much"
FOUR_FIFTHS = 0.8
MOST_CELLS = 5_000


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one group; None where they are suppressed or cannot be estimated.

    Attributes
    ----------
    name : tuple of str
        The group, an answer for each dimension of the table; several answers of one person are one group by themselves.
    people, matched : int or None
        How many there are, and how many of them have a partner.
    match_rate, mean_gain : float or None
        The share with a partner, and what those with a partner gain on average, in points of their own side.
    p_match_rate, p_mean_gain : float or None
        How often a blind draw would make the group differ as much from everybody else, or more.
    draws : int
        The number of random draws behind `p_mean_gain`; 0 if it is exact.
    notes : tuple of str
        What is suppressed or cannot be estimated, and why.
    """

    name: tuple[str, ...]
    people: int | None
    matched: int | None = None
    match_rate: float | None = None
    mean_gain: float | None = None
    p_match_rate: float | None = None
    p_mean_gain: float | None = None
    draws: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The groups of one side along one dimension, or along several at once.

    Attributes
    ----------
    side : {"mentor", "mentee"}
        Whose groups.
    dimensions : tuple of str
        What the groups differ in.
    overall : Group
        Everybody of the side.
    by_group : tuple of Group
        Those who released their answers for reports, by name.
    not_released : Group
        Everybody else: no consent to report, or no answer.
    notes : tuple of str
        What cannot be shown of the table as a whole, and why.
    """

    side: str
    dimensions: tuple[str, ...]
    overall: Group
    by_group: tuple[Group, ...]
    not_released: Group
    notes: tuple[str, ...] = ()

    @property
    def difference(self) -> dict[str, float | None]:
        """The largest less the smallest figure of the groups shown; None for fewer than two."""
        return {
            metric: max(shown) - min(shown) if shown else None for metric, shown in self._shown()
        }

    @property
    def ratio(self) -> dict[str, float | None]:
        """The smallest figure of the groups shown over the largest; None for fewer than two, or if that is not above 0."""
        return {
            metric: min(shown) / max(shown)
            if shown and max(shown) > 0 and min(shown) >= 0
            else None
            for metric, shown in self._shown()
        }

    @property
    def below_four_fifths(self) -> bool | None:
        """An indicator, no verdict: whether the lowest match rate is below four fifths of the highest."""
        ratio = self.ratio["match_rate"]
        return None if ratio is None else ratio < FOUR_FIFTHS

    def _shown(self) -> Iterator[tuple[str, list[float]]]:
        for metric in METRICS:
            figures = [getattr(group, metric) for group in self.by_group]
            known = [figure for figure in figures if figure is not None]
            yield metric, known if len(known) > 1 else []


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
    dimensions = _asked(sorted(gains.scores.cohort.people.dimensions), intersections)
    return tuple(table for side in SIDES for table in _Side(gains, side).tables(dimensions, k))


def released(people: People, dimension: str, rows: NDArray[np.intp]) -> list[str | None]:
    """Return what some people answered and released for reports; None for the others.

    Parameters
    ----------
    people : People
        Everybody.
    dimension : str
        The question.
    rows : ndarray of int
        Whose answers.

    Returns
    -------
    list of str or None
        Several answers of one person in one text.
    """
    bits = people.consent.get(dimension, np.zeros(len(people), np.uint8))
    given = ((bits & PURPOSES["report"]) != 0)[rows].tolist()
    answers = people.dimensions[dimension].take(rows)
    return [
        "; ".join(own) or None if may else None for own, may in zip(answers, given, strict=True)
    ]


def _asked(known: Sequence[str], intersections: Sequence[Sequence[str]]) -> list[Names]:
    """Return every dimension, every intersection and everything between, the smaller first."""
    asked: set[Names] = {(name,) for name in known}
    for names in intersections:
        ordered = sorted(set(names))
        asked |= {
            some for size in range(1, len(ordered) + 1) for some in combinations(ordered, size)
        }
    return sorted(asked, key=lambda names: (len(names), names))


def _cells(tables: Iterable[Names], answers: Mapping[str, Sequence[str | None]]) -> list[Cell]:
    """Return every combination of answers, also those of nobody, so that a cell's being there tells nothing."""
    groups = {name: [*sorted({*given} - {None}), None] for name, given in answers.items()}  # type: ignore[type-var]
    count = sum(math.prod(len(groups[name]) for name in names) for names in tables)
    if count > MOST_CELLS:
        problem = f"{count:,} groups are too many to keep apart"
        raise InvalidInputError(
            [Fault("fairness", "intersections", problem, "cross fewer dimensions")]
        )
    return [(names, key) for names in tables for key in product(*(groups[name] for name in names))]


def _sums(place: Mapping[Cell, int]) -> Iterator[Sum]:
    """Go through the equations: a table with one dimension adds up to everybody, a larger one to every smaller one."""
    parts: dict[tuple[Names, Cell | None], list[int]] = defaultdict(list)
    for (names, key), number in place.items():
        for left in range(len(names)):
            margin = (names[:left] + names[left + 1 :], key[:left] + key[left + 1 :])
            parts[names, margin if len(names) > 1 else None].append(number)
    for (_, whole), cells in parts.items():
        yield Sum(tuple(cells), None if whole is None else place[whole])


@dataclass(frozen=True, eq=False)
class _Side:
    """One side of a matching, and its groups."""

    gains: Gains
    side: str

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
        return Group(
            ("overall",), people, matched, *_figures(people, matched, int(self.gain.sum()))
        )

    def tables(self, dimensions: Sequence[Names], k: int) -> Iterator[GroupTable]:
        everybody = self.gains.scores.cohort.people
        answers = {
            names[0]: released(everybody, names[0], self.people)
            for names in dimensions
            if len(names) == 1
        }
        cells = _cells(dimensions, answers)
        counts = self._counts(cells, answers)
        hidden = suppress(counts, k)
        for number, names in enumerate(dimensions):
            if number in hidden.withheld:
                yield GroupTable(
                    self.side, names, self.overall, (), Group((NOT_RELEASED,), None), (WITHHELD,)
                )
            else:
                own = np.flatnonzero(counts.table == number).tolist()
                yield self._table(
                    names, k, [self._group(cells[at][1], counts, hidden, at) for at in own]
                )

    def _counts(self, cells: Sequence[Cell], answers: Mapping[str, Sequence[str | None]]) -> Counts:
        place = {cell: number for number, cell in enumerate(cells)}
        number = {
            names: number for number, names in enumerate(dict.fromkeys(names for names, _ in cells))
        }
        figures = np.zeros((len(cells), 3), np.int64)
        own = np.stack([np.ones(len(self.people), np.int64), self.matched, self.gain], axis=1)
        for names in number:
            keys = zip(*(answers[name] for name in names), strict=True)
            np.add.at(figures, np.array([place[names, key] for key in keys], np.intp), own)
        return Counts(
            people=figures[:, 0],
            matched=figures[:, 1],
            gain=figures[:, 2],
            table=np.array([number[names] for names, _ in cells], np.int64),
            least=np.array([len(key) == 1 and key != (None,) for _, key in cells], np.int64),
            open=np.array([set(key) == {None} for _, key in cells], bool),
            sums=tuple(_sums(place)),
        )

    def _table(self, names: Names, k: int, groups: Sequence[Group]) -> GroupTable:
        *own, rest = groups
        notes = [] if own else [f"nobody among the {self.side}s released {names[0]!r} for reports"]
        if any(group.people is None for group in own):
            notes.append(
                f"groups of fewer than {k} people are suppressed, and others from which these would follow"
            )
        return GroupTable(self.side, names, self.overall, tuple(own), rest, tuple(notes))

    def _group(self, key: Key, counts: Counts, hidden: Hidden, at: int) -> Group:
        name = tuple(answer or NOT_RELEASED for answer in key)
        people, matched, gain = (
            int(column[at]) for column in (counts.people, counts.matched, counts.gain)
        )
        if hidden.people[at]:
            return Group(name, None, notes=("suppressed",))
        if hidden.matched[at]:
            return Group(name, people, notes=("matched suppressed",))
        notes = {"match rate": self._no_rate(people), "mean gain": self._no_mean(matched)}
        p_rate = None if notes["match rate"] else self._p_rate(people, matched)
        p_mean, draws = (None, 0) if notes["mean gain"] else self.draws.p_value(gain, matched)
        told = tuple(
            f"p-value of the {what} cannot be estimated: {why}"
            for what, why in notes.items()
            if why
        )
        return Group(
            name, people, matched, *_figures(people, matched, gain), p_rate, p_mean, draws, told
        )

    def _p_rate(self, people: int, matched: int) -> float:
        return hypergeometric(people, matched, int(self.matched.sum()), len(self.people))

    def _no_rate(self, people: int) -> str:
        if people == len(self.people):
            return "there is nobody else"
        if not people:
            return "nobody is in the group"
        if self.matched.all():
            return "everybody is matched"
        return "" if self.matched.any() else "nobody is matched"

    def _no_mean(self, matched: int) -> str:
        if matched == self.matched.sum():
            return "nobody else is matched" if matched else "nobody is matched"
        if not matched:
            return "nobody in the group is matched"
        gains = self.gain[self.matched]
        return "" if (gains != gains[0]).any() else "all gain the same"


def _figures(people: int, matched: int, gain: int) -> tuple[float | None, float | None]:
    return matched / people if people else None, gain / matched if matched else None
