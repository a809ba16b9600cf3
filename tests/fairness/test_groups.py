"""Groups: right figures, nothing of what was not released, and what is told of them and what is not."""

from __future__ import annotations

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
from rmatch.fairness.gains import Gains
from rmatch.fairness.groups.tables import group_tables
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.fairness import GroupTable

ANSWERS = {"gender": ("man", "woman", "x"), "origin": ("a", "b"), "age": ("old", "young")}
CROSSED = (("gender", "origin"),)


def _worth(mentors: Any, mentees: Any) -> Any:
    numbers = [np.array([int(person[1:]) for person in side.id]) for side in (mentors, mentees)]
    return np.add.outer(numbers[0] * 7 % 11, numbers[1] * 3 % 5)


WORTH = Custom("worth", _worth, **UNASKED)
PROGRAMME = rmatch.Programme(criteria=(WORTH,), rules=())


@st.composite
def records(
    draw: st.DrawFn, consents: Sequence[str] = ("", "match", "report", "match; report")
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for role, most in zip((*SIDES, "both"), (60, 50, 30), strict=True):
        for number in range(draw(st.integers(1 if role != "both" else 0, most))):
            row: dict[str, Any] = {"id": f"{role[-1]}{len(rows)}{number}", "role": role}
            for name, answers in ANSWERS.items():
                row[f"dimension:{name}"] = draw(st.sampled_from((*answers, answers[0], answers[0])))
                row[f"consent:{name}"] = draw(st.sampled_from((*consents, *["report"] * 6)))
            rows.append(row)
    return rows


def programme(k: int = 3, crossed: Any = ()) -> rmatch.Programme:
    return rmatch.Programme(criteria=(WORTH,), rules=(), smallest_group=k, crossed=crossed)


def tables_of(
    rows: Sequence[Mapping[str, Any]], crossed: Any = (), k: int = 3
) -> tuple[GroupTable, ...]:
    matching = rmatch.match(rmatch.read_people(rows), programme(k, crossed))
    return group_tables(Gains.of(matching.scores, matching.id_pairs))


def _answer(row: Mapping[str, Any], dimensions: Sequence[str]) -> tuple[str, ...] | None:
    own = [
        row[f"dimension:{name}"] if "report" in row[f"consent:{name}"] else ""
        for name in dimensions
    ]
    return tuple(own) if all(own) else None


@examples(60)
@given(records(), st.sampled_from([(), CROSSED]), st.integers(3, 6))
def test_what_is_told_is_right_and_no_small_number(rows: Any, crossed: Any, k: int) -> None:
    matching = rmatch.match(rmatch.read_people(rows), programme(k, crossed))
    partners = matching.partners
    for table in matching.fairness(effect=False).groups:
        own = [row for row in rows if row["role"] == table.side]
        assert table.overall.people == len(own)
        shown = {group.name for group in table.by_group}
        for group in (*table.by_group, table.rest):
            members = [
                row["id"]
                for row in own
                if _answer(row, table.dimensions) == group.name
                or (group is table.rest and _answer(row, table.dimensions) not in shown)
            ]
            matched = [person for person in members if partners[person]]
            assert group.people == len(members)
            assert group.matched in {None, len(matched)}
            if group.matched is not None and members:
                assert group.match_rate == len(matched) / len(members)
        for group in table.by_group:
            assert k <= group.people <= len(own) - k
            alike = table.overall.matched in {0, len(own)}
            if group.matched is not None and not alike:
                assert group.matched not in range(1, k)
                assert group.people - group.matched not in range(1, k)
                assert (table.overall.matched or 0) - group.matched >= k
            if group.above is not None and table.overall.above != 0:
                assert group.above not in range(1, k)
                assert (table.overall.above or 0) - group.above >= k


def test_who_plays_both_roles_is_counted_once() -> None:
    rows = [
        *_people({"man": 12, "woman": 12}, "mentor"),
        *_people({"man": 12, "woman": 12}, "mentee"),
    ]
    rows += [row | {"id": f"b{at}", "role": "both"} for at, row in enumerate(rows[::2])]
    tables = {table.side: table for table in tables_of(rows)}
    assert {side: table.overall.people for side, table in tables.items()} == {
        "mentor": 24,
        "mentee": 24,
        "both": 24,
    }
    assert [group.people for group in tables["both"].by_group] == [12, 12]


@examples(40)
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
    before, after = (
        str(rmatch.match(rmatch.read_people(some), programme(3, CROSSED)).fairness())
        for some in (rows, changed)
    )
    assert before == after


@examples(40)
@given(records(), st.randoms(use_true_random=False))
def test_other_names_for_the_groups_change_the_names_alone(rows: Any, random: Any) -> None:
    mixed = {name: list(answers) for name, answers in ANSWERS.items()}
    for answers in mixed.values():
        random.shuffle(answers)
    new = {name: dict(zip(ANSWERS[name], mixed[name], strict=True)) for name in mixed}
    renamed = [
        row | {f"dimension:{name}": new[name][row[f"dimension:{name}"]] for name in ANSWERS}
        for row in rows
    ]
    for one, other in zip(tables_of(rows, CROSSED), tables_of(renamed, CROSSED), strict=True):
        after = {group.name: group for group in other.by_group}
        assert (one.rest, one.difference, one.ratio) == (other.rest, other.difference, other.ratio)
        for group in one.by_group:
            name = tuple(
                new[asked][answer] for asked, answer in zip(one.dimensions, group.name, strict=True)
            )
            found = str(after.pop(name)).replace(str(name), "")
            assert found == str(group).replace(str(group.name), "")
        assert not after


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


def _made(rows: list[dict[str, Any]], mentors: Sequence[int]) -> GroupTable:
    pairs = [(f"r{mentor}", f"e{at}") for at, mentor in enumerate(mentors)]
    return group_tables(Gains.of(rmatch.score(rmatch.read_people(rows), programme()), pairs))[0]


def test_figures_in_the_manner_of_metric_frame() -> None:
    rows = [*_people({"man": 40, "woman": 40}, "mentor"), *_people({"man": 44}, "mentee")]
    table = _made(rows, [*range(28), *range(40, 56)])
    assert [group.match_rate for group in table.by_group] == [0.7, 0.4]
    assert table.overall.match_rate == 0.55
    assert table.difference["match_rate"] == pytest.approx(0.3)
    assert table.ratio["match_rate"] == pytest.approx(4 / 7)
    assert table.below_four_fifths is True
    p = fisher_exact(np.array([[28, 12], [16, 24]])).pvalue
    assert [group.p_match_rate for group in table.by_group] == [pytest.approx(p)] * 2


def test_the_rates_of_fairlearn() -> None:
    """The documentation of fairlearn's MetricFrame: selection rates .8 and .4, difference .4, ratio .5."""
    rows = [*_people({"a": 25, "b": 25}, "mentor"), *_people({"a": 30}, "mentee")]
    table = _made(rows, [*range(20), *range(25, 35)])
    assert [group.match_rate for group in table.by_group] == [0.8, 0.4]
    assert (table.difference["match_rate"], table.ratio["match_rate"]) == (0.4, 0.5)


def test_who_gains_more_than_the_median_of_those_with_a_partner() -> None:
    rows = [*_people({"a": 30, "b": 30}, "mentor"), *_people({"a": 60}, "mentee")]
    matching = rmatch.match(rmatch.read_people(rows), programme())
    gains = Gains.of(matching.scores, matching.id_pairs)
    own = dict(zip(gains.people("mentor"), gains.total("mentor").tolist(), strict=True))
    above = [int(person[1:]) for person, gain in own.items() if gain > np.median([*own.values()])]
    table = group_tables(gains)[0]
    assert [group.above for group in table.by_group] == [
        sum(number < 30 for number in above),
        sum(number >= 30 for number in above),
    ]
    first = table.by_group[0]
    assert first.above_rate == (first.above or 0) / 30
    counts = [[group.above, 30 - (group.above or 0)] for group in table.by_group]
    assert first.p_above_rate == pytest.approx(fisher_exact(np.array(counts)).pvalue)


def test_a_class_that_is_small_is_not_told_apart_whoever_is_in_it() -> None:
    rows = [*_people({"a": 24, "b": 24}, "mentor"), *_people({"a": 46}, "mentee")]
    table = _made(rows, [*range(1, 47)])
    assert [group.matched for group in table.by_group] == [None, None]
    assert [group.people for group in table.by_group] == [24, 24]
    assert table.overall.matched == 46


def test_nothing_of_small_groups_not_even_that_there_are_any() -> None:
    rows = [*_people({"man": 30, "woman": 30, "x": 2}, "mentor"), *_people({"man": 62}, "mentee")]
    silent = [
        row | ({"consent:gender": ""} if row["dimension:gender"] == "x" else {}) for row in rows
    ]
    assert tables_of(rows) == tables_of(silent)
    assert tables_of(rows)[0].rest.people == 2


@pytest.mark.parametrize("crossed", [["gender"], [["gender"]], "gender", [["gender", 3]]])
def test_what_is_no_crossing_is_refused(crossed: Any) -> None:
    with pytest.raises(InvalidInputError, match=r"crossed: .* is not possible"):
        rmatch.Programme(crossed=crossed)


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InvalidInputError) as error:
        rmatch.Programme(smallest_group=2, crossed=(("a", "b"), ("b", "c")))
    assert [fault.field for fault in error.value.faults] == ["smallest_group", "crossed"]
    rows = [*_people({"man": 6}, "mentor"), *_people({"man": 6}, "mentee")]
    with pytest.raises(
        InvalidInputError, match="nobody has a dimension 'gendr'; did you mean 'gender'"
    ):
        tables_of(rows, [["gendr", "gender"]])
    matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
    with pytest.raises(InvalidInputError, match="no table"):
        matching.fairness().table("mentor", "gender", "ethnicity")
    with pytest.raises(InvalidInputError, match="give a list of earlier matchings"):
        matching.fairness(since=matching)  # type: ignore[arg-type]
