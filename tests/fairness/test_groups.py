"""Groups: right figures, nothing of what was not released, and nobody can work out what is suppressed."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from scipy.stats import fisher_exact
from strategies import UNASKED

import rmatch
from rmatch.criteria import Custom
from rmatch.errors import InvalidInputError
from rmatch.fairness.gains import SIDES, Gains
from rmatch.fairness.groups.counts import Counts, Hidden, Sum
from rmatch.fairness.groups.suppression import suppress
from rmatch.fairness.groups.tables import NOT_RELEASED, group_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rmatch.fairness import Group, GroupTable

ANSWERS = {"gender": ("man", "woman", "x"), "origin": ("a", "b"), "age": ("old", "young")}
MARGINS = [("gender", "origin"), ("gender", "origin", "age")]


def _worth(mentors: Any, mentees: Any) -> Any:
    numbers = [np.array([int(person[1:]) for person in side.id]) for side in (mentors, mentees)]
    return np.add.outer(numbers[0] * 7 % 11, numbers[1] * 3 % 5)


PROGRAMME = rmatch.Programme(criteria=(Custom("worth", _worth, **UNASKED),), rules=())


@st.composite
def records(
    draw: st.DrawFn, consents: Sequence[str] = ("", "match", "report", "match; report")
) -> list[dict[str, Any]]:
    rows = []
    for role, most in zip(SIDES, (24, 12), strict=True):
        for number in range(draw(st.integers(1, most))):
            row: dict[str, Any] = {"id": f"{'re'[role == 'mentee']}{number}", "role": role}
            for name, answers in ANSWERS.items():
                row[f"dimension:{name}"] = draw(st.sampled_from((*answers, answers[0], answers[0])))
                row[f"consent:{name}"] = draw(st.sampled_from((*consents, *["report"] * 6)))
            rows.append(row)
    return rows


def tables_of(
    rows: Sequence[Mapping[str, Any]], intersections: Any = (), k: int = 5
) -> tuple[GroupTable, ...]:
    matching = rmatch.match(rmatch.read_people(rows), PROGRAMME)
    gains = Gains.of(matching.scores, [(pair.mentor, pair.mentee) for pair in matching.pairs])
    return group_tables(gains, intersections, k)


def cells(table: GroupTable) -> list[Group]:
    return [*table.by_group, table.not_released]


PRIME = 2**61 - 1


class Attacker:
    """Somebody who reads a report and solves the linear equations in it."""

    def __init__(self, tables: Sequence[GroupTable], figure: Any) -> None:
        self.place: dict[Any, int] = {}
        self.known: dict[Any, int] = {}
        self.equations: list[tuple[dict[Any, int], int]] = []
        for table in tables:
            for group in cells(table):
                cell = (table.dimensions, group.name)
                value = figure(group)
                if value is None:
                    self.place[cell] = len(self.place)
                else:
                    self.known[cell] = value
        listed = self.place.keys() | self.known.keys()
        for table in tables:
            names, everything = table.dimensions, [group.name for group in cells(table)]
            if not table.by_group and table.not_released.people is None:
                continue
            for left in range(len(names)):
                margin = names[:left] + names[left + 1 :]
                if not margin:
                    self._add({(names, name): 1 for name in everything}, figure(table.overall))
                    continue
                for part in {name[:left] + name[left + 1 :] for name in everything}:
                    mine = {
                        (names, name): 1
                        for name in everything
                        if name[:left] + name[left + 1 :] == part
                    }
                    if (margin, part) in listed:
                        self._add({**mine, (margin, part): -1}, 0)

    def _add(self, terms: dict[Any, int], total: int) -> None:
        rest = total - sum(
            factor * self.known[cell] for cell, factor in terms.items() if cell in self.known
        )
        self.equations.append(
            ({cell: factor for cell, factor in terms.items() if cell in self.place}, rest)
        )

    def solved(self) -> set[Any]:
        """Return what follows: the unknowns that stand alone in a line of the fully reduced equations.

        In remainders by a large prime, which are quicker than fractions and by which next to no number is divisible.
        """
        order = list(self.place)
        rows = [[terms.get(cell, 0) % PRIME for cell in order] for terms, _ in self.equations]
        done = 0
        for column in range(len(order)):
            pivot = next((line for line in range(done, len(rows)) if rows[line][column]), None)
            if pivot is None:
                continue
            rows[done], rows[pivot] = rows[pivot], rows[done]
            inverse = pow(rows[done][column], -1, PRIME)
            rows[done] = [x * inverse % PRIME for x in rows[done]]
            for line, row in enumerate(rows):
                if line != done and row[column]:
                    rows[line] = [
                        (a - row[column] * b) % PRIME if b else a
                        for a, b in zip(row, rows[done], strict=True)
                    ]
            done += 1
        alone = [[at for at, x in enumerate(row) if x] for row in rows]
        return {order[places[0]] for places in alone if len(places) == 1}


def _gain(group: Group) -> int | None:
    if group.matched == 0:
        return 0
    return (
        None
        if group.mean_gain is None or group.matched is None
        else round(group.mean_gain * group.matched)
    )


FIGURES = {
    "people": lambda group: group.people,
    "matched": lambda group: group.matched,
    "gain": _gain,
}


@examples(25)
@given(records(), st.sampled_from([(), MARGINS[:1], MARGINS]), st.integers(3, 6))
def test_no_suppressed_figure_follows_from_the_published_ones(
    rows: Any, intersections: Any, k: int
) -> None:
    for side in SIDES:
        tables = [table for table in tables_of(rows, intersections, k) if table.side == side]
        for name, figure in FIGURES.items():
            told = {
                cell for cell in Attacker(tables, figure).solved() if {*cell[1]} != {NOT_RELEASED}
            }
            overall = tables[0].overall
            if name == "matched" and overall.matched in {0, overall.people}:
                continue
            assert not told, name


@examples(25)
@given(records(), st.sampled_from([(), MARGINS[:1]]), st.integers(3, 6))
def test_what_is_published_is_right_and_not_small(rows: Any, intersections: Any, k: int) -> None:
    matching = rmatch.match(rmatch.read_people(rows), PROGRAMME)
    for table in matching.fairness(intersections=intersections, smallest=k).groups:
        own = [row for row in rows if row["role"] == table.side]
        for group in table.by_group:
            members = [row["id"] for row in own if _name(row, table.dimensions) == group.name]
            matched = [person for person in members if matching.partners[person]]
            assert group.people in {None, len(members)}
            assert group.matched in {None, len(matched)}
            assert group.people is not None or group.matched is None
            if group.people is not None:
                assert group.people >= k
            if group.matched is None:
                assert (
                    group.match_rate,
                    group.mean_gain,
                    group.p_match_rate,
                    group.p_mean_gain,
                ) == (None,) * 4
            else:
                alone = len(members) - group.matched
                assert group.match_rate == group.matched / len(members)
                everybody = table.overall.matched in {0, table.overall.people}
                assert everybody or not (0 < group.matched < k or 0 < alone < k)
        released = [_name(row, table.dimensions) for row in own]
        assert table.not_released.people in {
            None,
            released.count((NOT_RELEASED,) * len(table.dimensions)),
        }


def _name(row: Mapping[str, Any], dimensions: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        row[f"dimension:{name}"] if "report" in row[f"consent:{name}"] else NOT_RELEASED
        for name in dimensions
    )


@examples(20)
@given(records(), st.data())
def test_answers_that_are_not_released_change_nothing(rows: Any, data: st.DataObject) -> None:
    changed = [
        row
        | {
            f"dimension:{name}": data.draw(st.sampled_from((*answers, "")))
            for name, answers in ANSWERS.items()
            if "report" not in row[f"consent:{name}"]
        }
        for row in rows
    ]
    assert tables_of(rows, MARGINS[:1]) == tables_of(changed, MARGINS[:1])
    before, after = (
        str(rmatch.match(rmatch.read_people(some), PROGRAMME).fairness())
        for some in (rows, changed)
    )
    assert before == after


@examples(20)
@given(records(), st.randoms(use_true_random=False))
def test_other_names_for_the_groups_change_the_names_alone(rows: Any, random: Any) -> None:
    mixed = {name: list(answers) for name, answers in ANSWERS.items()}
    for answers in mixed.values():
        random.shuffle(answers)
    new = {
        name: dict(zip(ANSWERS[name], mixed[name], strict=True)) | {NOT_RELEASED: NOT_RELEASED}
        for name in mixed
    }
    renamed = [
        row | {f"dimension:{name}": new[name][row[f"dimension:{name}"]] for name in ANSWERS}
        for row in rows
    ]
    for one, other in zip(
        tables_of(rows, MARGINS[:1]), tables_of(renamed, MARGINS[:1]), strict=True
    ):
        after = {group.name: group for group in other.by_group}
        assert (one.not_released, one.difference, one.ratio) == (
            other.not_released,
            other.difference,
            other.ratio,
        )
        for group in one.by_group:
            name = tuple(
                new[names][answer] for names, answer in zip(one.dimensions, group.name, strict=True)
            )
            assert str(after.pop(name)).replace(str(name), "") == str(group).replace(
                str(group.name), ""
            )
        assert not after


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=4),
    st.integers(2, 4),
)
def test_at_least_two_whole_numbers_are_possible(groups: Any, k: int) -> None:
    matched, alone = np.array(groups).T
    people = matched + alone
    listed = (people > 0).astype(np.int64)
    listed[-1] = 0
    keep = (people > 0) | (np.arange(len(people)) == len(people) - 1)
    people, matched, listed = people[keep], matched[keep], listed[keep]
    size = len(people)
    free = np.arange(size) == size - 1
    counts = Counts(
        people, matched, matched * 10, np.zeros(size, int), listed, free, (Sum(tuple(range(size))),)
    )
    hidden = suppress(counts, k)
    if hidden.withheld:
        return
    possible = list(_possible(counts, hidden))
    for cell in np.flatnonzero(hidden.people & ~free).tolist():
        assert len({found[cell][0] for found in possible}) > 1
    if 0 < matched.sum() < people.sum():
        for cell in np.flatnonzero(hidden.matched & (people > 0)).tolist():
            assert len({found[cell][1] for found in possible}) > 1


def _possible(counts: Counts, hidden: Hidden) -> Iterator[list[tuple[int, int]]]:
    total, placed = int(counts.people.sum()), int(counts.matched.sum())
    choices = []
    for at in range(len(counts.people)):
        sizes = (
            range(int(counts.least[at]), total + 1)
            if hidden.people[at]
            else [int(counts.people[at])]
        )
        choices.append(
            [
                (size, with_partner)
                for size in sizes
                for with_partner in (
                    range(size + 1) if hidden.matched[at] else [int(counts.matched[at])]
                )
                if with_partner <= min(size, placed)
            ]
        )
    states: dict[tuple[int, int], list[list[tuple[int, int]]]] = {(0, 0): [[]]}
    for own in choices:
        fresh: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
        for (size, with_partner), found in product(own, states.items()):
            now = (found[0][0] + size, found[0][1] + with_partner)
            if now[0] <= total and now[1] <= placed:
                fresh.setdefault(now, []).extend([*some, (size, with_partner)] for some in found[1])
        states = fresh
    yield from states.get((total, placed), [])


def _people(groups: Mapping[str, int], role: str) -> list[dict[str, Any]]:
    names = [name for name, size in groups.items() for _ in range(size)]
    return [
        {
            "id": f"{'re'[role == 'mentee']}{at}",
            "role": role,
            "dimension:gender": name,
            "consent:gender": "report",
        }
        for at, name in enumerate(names)
    ]


def test_figures_in_the_manner_of_metric_frame() -> None:
    rows = [*_people({"man": 10, "woman": 10}, "mentor"), *_people({"man": 12}, "mentee")]
    people = rmatch.read_people(rows)
    scores = rmatch.score(people, PROGRAMME)
    chosen = [*range(7), *range(10, 14)]
    made = [(f"r{mentor}", f"e{at}") for at, mentor in enumerate(chosen)]
    table = group_tables(Gains.of(scores, made), (), 3)[0]
    assert [group.match_rate for group in table.by_group] == [0.7, 0.4]
    assert table.overall.match_rate == 0.55
    assert table.difference["match_rate"] == pytest.approx(0.3)
    assert table.ratio["match_rate"] == pytest.approx(4 / 7)
    assert table.below_four_fifths is True
    p = fisher_exact(np.array([[7, 3], [4, 6]])).pvalue
    assert [group.p_match_rate for group in table.by_group] == [pytest.approx(p)] * 2


def test_the_rates_of_fairlearn() -> None:
    """The documentation of fairlearn's MetricFrame: selection rates .8 and .4, difference .4, ratio .5."""
    rows = [*_people({"a": 15, "b": 15}, "mentor"), *_people({"a": 18}, "mentee")]
    made = [(f"r{mentor}", f"e{at}") for at, mentor in enumerate([*range(12), *range(15, 21)])]
    table = group_tables(Gains.of(rmatch.score(rmatch.read_people(rows), PROGRAMME), made), (), 3)[
        0
    ]
    assert [group.match_rate for group in table.by_group] == [0.8, 0.4]
    assert (table.difference["match_rate"], table.ratio["match_rate"]) == (0.4, 0.5)


def test_what_cannot_be_estimated_is_said() -> None:
    one = tables_of([*_people({"man": 6}, "mentor"), *_people({"man": 6}, "mentee")])[0]
    assert one.ratio == {"match_rate": None, "mean_gain": None}
    assert any("there is nobody else" in note for note in one.by_group[0].notes)
    everybody = tables_of(
        [*_people({"man": 6, "woman": 6}, "mentor"), *_people({"man": 12}, "mentee")]
    )[0]
    assert any(
        "everybody is matched" in note for group in everybody.by_group for note in group.notes
    )
    alone = tables_of(
        [*_people({"man": 1, "woman": 9}, "mentor"), *_people({"man": 10}, "mentee")]
    )[0]
    assert alone.by_group[0].people is None
    assert alone.by_group[0].notes == ("suppressed",)
    nobody = rmatch.match(
        rmatch.read_people(
            [*_people({"man": 6, "woman": 6}, "mentor"), *_people({"man": 9}, "mentee")]
        ),
        rmatch.Programme(
            criteria=(Custom("worth", _worth, **UNASKED),), rules=(), mentor_capacity=0
        ),
    ).fairness()
    assert any(
        "nobody is matched" in note for group in nobody.groups[0].by_group for note in group.notes
    )
    rows = [
        row | {"consent:gender": "match"}
        for row in _people({"man": 3}, "mentor") + _people({"man": 3}, "mentee")
    ]
    silent = tables_of(rows)[0]
    assert silent.by_group == ()
    assert silent.notes == ("nobody among the mentors released 'gender' for reports",)
    assert silent.not_released.people == 3
    few = tables_of([*_people({"man": 1}, "mentor"), *_people({"man": 1}, "mentee")])[0]
    assert few.by_group == ()
    assert "withheld" in few.notes[0]


def test_too_many_groups_and_wrong_arguments_are_refused() -> None:
    matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
    with pytest.raises(InvalidInputError) as error:
        matching.fairness(intersections=["gender", ("gender",), ("gender", "sector")], smallest=2)
    assert len(error.value.faults) == 4
    with pytest.raises(InvalidInputError, match="no table"):
        matching.fairness().table("mentor", "gender", "ethnicity")
    people = [
        {"id": f"r{at}", "role": "mentor"}
        | {
            f"{what}:{name}": f"{name}{at}" if what == "dimension" else "report"
            for name in "ab"
            for what in ("dimension", "consent")
        }
        for at in range(80)
    ]
    with pytest.raises(InvalidInputError, match="too many"):
        rmatch.match(
            rmatch.read_people([*people, {"id": "e0", "role": "mentee"}]), PROGRAMME
        ).fairness(intersections=[("a", "b")])
