"""Points and permissions: block by block the same as pair by pair, and both as the formulas say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import example, given
from hypothesis import strategies as st
from profiles import examples
from strategies import UNASKED

import rmatch
from rmatch.criteria import (
    Custom,
    Dimension,
    Diversity,
    ExperienceGap,
    Expertise,
    Growth,
    Logistics,
    Matrix,
    Reach,
    Wish,
)
from rmatch.criteria.table import SinglePairs
from rmatch.errors import InvalidInputError
from rmatch.formulas import Facts, Line, Lines, broken_rules
from rmatch.people import Request, Requests
from rmatch.rounds.facts import facts_of, lines_of
from rmatch.rules import (
    CoversAWant,
    CustomRule,
    JuniorMentor,
    NoRepeat,
    OtherDepartment,
    OtherSite,
    OverlappingHours,
    ReportingChain,
    SharedLanguage,
)
from rmatch.utils.points import MOST, allot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rmatch.criteria import AnyCriterion
    from rmatch.people import People, Person
    from rmatch.programme import Programme
    from rmatch.rules import AnyRule
    from rmatch.scoring import Scores

Round = tuple["People", "Programme", Requests]

WHOLE_VALUED = ("experience_gap", "expertise", "growth")
"""Criteria in which a pair's lines together are one value."""

DEPENDS = {
    "name": set[tuple[str, str]](),
    "email": set[tuple[str, str]](),
    "extra:number": set[tuple[str, str]](),
    "mentor_capacity": set[tuple[str, str]](),
    "years": {("experience_gap", "years")},
    "level": {("experience_gap", "level")},
    "department": {("reach", "department")},
    "site": {("reach", "site")},
    "manager_id": {("reach", "chart")},
    "hours": {("logistics", "hours")},
    "time_zone": {("logistics", "hours")},
    "languages": {("logistics", "language")},
    "meeting_modes": {("logistics", "meeting mode")},
    **{f"dimension:{name}": {("diversity", name)} for name in strategies.ANSWERS},
}
"""Which lines each attribute may move."""


def every_pair(scores: Scores) -> list[tuple[int, int, str, str]]:
    return [
        (i, j, one, other)
        for i, one in enumerate(scores.mentors)
        for j, other in enumerate(scores.mentees)
    ]


def positions(size: int) -> st.SearchStrategy[Any]:
    """Return positions in any order, some of them twice."""
    return st.lists(st.integers(0, size - 1), max_size=6).map(lambda some: np.array(some, np.intp))


def pair_of(
    mentor: dict[str, Any],
    mentee: dict[str, Any],
    *more: dict[str, Any],
    requests: Requests | None = None,
    **chosen: Any,
) -> Scores:
    """Return the scores of a mentor ``m`` and a mentee ``e``, and of further people."""
    records = [
        {"id": "m", "role": "mentor"} | mentor,
        {"id": "e", "role": "mentee"} | mentee,
        *more,
    ]
    chosen = {"rules": ()} | chosen
    return rmatch.score(rmatch.read_people(records), rmatch.Programme(**chosen), requests)


def points_of(
    criterion: AnyCriterion,
    mentor: dict[str, Any],
    mentee: dict[str, Any],
    *more: Any,
    **chosen: Any,
) -> int:
    """Return the points of ``m`` and ``e`` by one criterion alone, by both ways of working them out."""
    scores = pair_of(mentor, mentee, *more, criteria=(criterion,), **chosen)
    points = int(scores.points[scores.mentors.index("m"), scores.mentees.index("e")])
    assert points == sum(line.points for line in lines_of(scores, "m", "e"))
    return points


def allowed_of(
    rule: AnyRule, mentor: dict[str, Any], mentee: dict[str, Any], *more: Any, **chosen: Any
) -> bool:
    """Tell whether ``m`` may meet ``e`` by one rule alone, by both ways of working it out."""
    scores = pair_of(mentor, mentee, *more, rules=(rule,), **chosen)
    allowed = bool(scores.allowed[scores.mentors.index("m"), scores.mentees.index("e")])
    assert allowed == (not broken_rules(facts_of(scores), "m", "e"))
    return allowed


@examples(90)
@given(strategies.rounds(places=("without_protected", "with_protected"), some=True))
def test_blocks_and_formulas_agree_on_every_pair(drawn: Round) -> None:
    scores = rmatch.score(*drawn)
    facts = Facts(*drawn)
    lines = Lines(facts)
    for i, j, mentor, mentee in every_pair(scores):
        assert scores.points[i, j] == lines.points(mentor, mentee)
        assert scores.blind_points[i, j] == lines.blind_points(mentor, mentee)
        broken = broken_rules(facts, mentor, mentee)
        assert scores.allowed[i, j] == (not broken)
        assert set(broken_names(scores, i, j)) == {rule.rule for rule in broken}
    assert set(scores.without_data) == set(lines.without_data)


def broken_names(scores: Scores, row: int, column: int) -> list[str]:
    verdicts = scores.verdicts(np.array([row]), np.array([column]))
    return [name for name, block in verdicts if not block[0, 0]]


@examples(45)
@given(st.data())
def test_any_block_holds_the_cells_of_the_whole(data: st.DataObject) -> None:
    scores = rmatch.score(
        *data.draw(strategies.rounds(places=("without_protected", "with_protected"), some=True))
    )
    rows, columns = (data.draw(positions(size)) for size in scores.shape)
    cells = np.ix_(rows, columns)
    assert (scores.block(rows, columns) == scores.points[cells]).all()
    assert (scores.block(rows, columns, protected=False) == scores.blind_points[cells]).all()
    assert (scores.allowed_block(rows, columns) == scores.allowed[cells]).all()
    assert (scores.open_block(rows, columns) == scores.open_pairs[cells]).all()


@examples(45)
@given(st.data())
def test_single_pairs_have_the_points_of_the_whole(data: st.DataObject) -> None:
    drawn = strategies.rounds(places=("without_protected", "with_protected"), some=True)
    scores = rmatch.score(*data.draw(drawn))
    pairs = data.draw(st.permutations(list(np.ndindex(scores.shape))))
    rows, columns = np.array(pairs, np.intp).reshape(-1, 2).T
    assert scores.at(rows, columns).tolist() == scores.points[rows, columns].tolist()
    for factor in scores.factors:
        whole = factor.block(*map(np.arange, scores.shape))
        assert factor.at(rows, columns).tolist() == whole[rows, columns].tolist()


@examples(45)
@given(strategies.rounds(own=False))
def test_built_in_points_are_whole_numbers_from_nought_to_a_million(drawn: Round) -> None:
    scores = rmatch.score(*drawn)
    assert scores.points.dtype == np.int64
    assert (scores.points >= 0).all()
    assert (scores.points <= MOST).all()
    assert (scores.blind_points <= scores.points).all()
    assert all(
        line.points >= 0
        for _, _, mentor, mentee in every_pair(scores)
        for line in lines_of(scores, mentor, mentee)
    )


@examples(45)
@given(strategies.rounds(own=False))
def test_an_unknown_value_is_worth_the_rounded_mean_of_the_known(drawn: Round) -> None:
    scores = rmatch.score(*drawn)
    known, unknown = defaultdict[Any, list[int]](list), defaultdict[Any, list[int]](list)
    for _, _, mentor, mentee in every_pair(scores):
        parts = defaultdict[Any, list[Line]](list)
        for line in lines_of(scores, mentor, mentee):
            parts[line.criterion, "" if line.criterion in WHOLE_VALUED else line.subject].append(
                line
            )
        for part, lines in parts.items():
            (known if all(line.known for line in lines) else unknown)[part].append(
                sum(line.points for line in lines)
            )
    for part, values in unknown.items():
        mean = floor(Fraction(sum(known[part]), len(known[part])) + Fraction(1, 2))
        assert set(values) == {mean}


def test_unknown_is_neither_nothing_nor_everything() -> None:
    """Two mentors are known, 0 and 1,000,000 points; the third is unknown and gets what lies between."""
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "site": "Leeds"},
            {"id": "b", "role": "mentor", "site": "Vienna"},
            {"id": "c", "role": "mentor"},
            {"id": "e", "role": "mentee", "site": "Leeds"},
        ]
    )
    scores = rmatch.score(people, rmatch.Programme(criteria=(Reach(1),), rules=()))
    assert scores.points.ravel().tolist() == [0, MOST, MOST // 2]


@examples(35)
@given(
    strategies.people(),
    strategies.criteria(measures=("auto", "years")),
    st.sampled_from((2, 3, 7, 10, 0.5, 0.1, 1e6)),
)
def test_only_the_proportions_of_weights_count(
    people: People, criteria: tuple[Any, ...], factor: float
) -> None:
    scaled = tuple(
        criterion
        if criterion.weight is None
        else replace(criterion, weight=criterion.weight * factor)
        for criterion in criteria
    )
    one, other = (
        rmatch.score(people, rmatch.Programme(criteria=chosen, rules=()))
        for chosen in (criteria, scaled)
    )
    assert (one.points == other.points).all()


@example([1e6, 0.6, 0.6, 0.6], MOST)
@example([1e308, 1e308], MOST)
@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=12), st.integers(0, MOST))
def test_shares_are_fair_and_never_more_than_there_is(weights: list[float], most: int) -> None:
    named = {str(place): weight for place, weight in enumerate(weights)}
    shares = allot(most, named)
    assert sum(shares.values()) <= most
    assert set(shares) == {name for name, weight in named.items() if weight > 0}
    for name, share in shares.items():
        assert all(share == shares[other] for other in shares if named[other] == named[name])


@pytest.mark.parametrize("rare_boost", [0, 1, 9])
def test_equal_priorities_are_worth_the_same(rare_boost: int) -> None:
    """Three topics cannot share a million exactly; all get the same, and some points are left over."""
    topics = ("a", "b", "c")
    teachers = [{"id": topic, "role": "mentor", "offers": {topic: 5}} for topic in topics]
    people = rmatch.read_people(
        [*teachers, {"id": "e", "role": "mentee", "wants": dict.fromkeys(topics, 2)}]
    )
    scores = rmatch.score(people, rmatch.Programme(criteria=(Expertise(1, rare_boost),), rules=()))
    assert scores.points.ravel().tolist() == [333_333] * 3


@examples(45)
@given(st.data())
def test_one_changed_attribute_moves_only_its_own_lines(data: st.DataObject) -> None:
    records = data.draw(strategies.records(max_mentors=3, max_mentees=3, anchored=True))
    measures = ("auto", "levels", "years")
    programme = rmatch.Programme(
        criteria=data.draw(strategies.criteria(measures=measures, own=False)),
        rules=(),
        levels=strategies.LEVELS,
    )
    attribute = data.draw(st.sampled_from(sorted(DEPENDS)))
    movable = [person for person in records if person["id"] not in anchors(records)]
    changed = data.draw(st.sampled_from(movable))
    value = data.draw(new_values(attribute, changed, records))
    before = rmatch.score(rmatch.read_people(records), programme)
    altered = [person | {attribute: value} if person is changed else person for person in records]
    after = rmatch.score(rmatch.read_people(altered), programme)
    assert before.without_data == after.without_data
    for _, _, mentor, mentee in every_pair(before):
        for one, other in zip(
            lines_of(before, mentor, mentee), lines_of(after, mentor, mentee), strict=True
        ):
            if (one.criterion, one.subject) not in DEPENDS[attribute] or (
                changed["id"] not in {mentor, mentee} and one.known and attribute != "manager_id"
            ):
                assert one == other


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 5)), st.integers(-9, 9)))
def test_points_of_some_pairs_are_found_one_by_one(
    given_points: dict[tuple[int, int], int],
) -> None:
    rows, columns = np.array(list(given_points), np.int64).reshape(-1, 2).T
    single = SinglePairs(rows, columns, np.array(list(given_points.values()), np.int64))
    whole = [given_points.get(pair, 0) for pair in np.ndindex(5, 6)]
    assert single.at(*map(np.ravel, np.indices((5, 6)))).tolist() == whole
    assert single.block(np.arange(5), np.arange(6)).ravel().tolist() == whole


def anchors(records: Sequence[dict[str, Any]]) -> set[str]:
    """Return the ids of the complete records, and of whom they report to."""
    return {
        person["id"]
        for person in records
        if person.get("consent:age") == "match; report" and is_complete(person)
    }


def is_complete(person: dict[str, Any]) -> bool:
    kept = strategies.complete(person["role"])
    return person | kept == person


def new_values(
    attribute: str, person: dict[str, Any], records: Sequence[dict[str, Any]]
) -> st.SearchStrategy[Any]:
    if attribute == "manager_id":
        return st.sampled_from((None, *(boss["id"] for boss in records if is_complete(boss))))
    if attribute in {"name", "email"}:
        return st.sampled_from(("Ada", "ada@example.org"))
    return strategies.fields().map(lambda fields: fields[attribute])


@pytest.mark.parametrize(
    "made",
    [
        lambda: ExperienceGap(-1),
        lambda: ExperienceGap(float("nan")),
        lambda: ExperienceGap(1, by="level"),  # type: ignore[arg-type]
        lambda: ExperienceGap(1, full=(5, 4), zero=(0, 9)),
        lambda: ExperienceGap(1, full=(2, 5), zero=(3, 9)),
        lambda: ExperienceGap(1, by="years", full=(8, float("inf")), zero=(0, float("inf"))),
        lambda: Expertise(1, 10),
        lambda: Expertise(True),
        lambda: Diversity(1, {"a": Dimension(-1)}),
        lambda: Diversity(1, {"a": Dimension(order=("x",))}),
        lambda: Diversity(1, {"a": Dimension(order=("x", "X "))}),
        lambda: Reach(1, site=-1),
        lambda: Reach(1, cap=0),
        lambda: Reach(1, cap=21),
        lambda: Logistics(1, enough=100),
        lambda: Logistics(1, hours=float("inf")),
        lambda: Custom("own", lambda *_: 0, side="left"),  # type: ignore[arg-type]
        lambda: JuniorMentor(by="level"),  # type: ignore[arg-type]
        lambda: JuniorMentor(min_gap=0),
        lambda: JuniorMentor(min_gap=0.004),  # less than the hundredth that years are kept to
        lambda: JuniorMentor(min_gap=float("nan")),
        lambda: ReportingChain(steps=0),
        lambda: ReportingChain(steps="all"),  # type: ignore[arg-type]
        lambda: OverlappingHours(minutes=0),
        lambda: rmatch.Programme(criteria=()),
        lambda: rmatch.Programme(criteria=(Growth(0), Wish(0))),
        lambda: rmatch.Programme(criteria=(Growth(1), Growth(2))),
    ],
    ids=range(27),
)
def test_settings_that_mean_nothing_are_refused_at_once(made: Callable[[], Any]) -> None:
    with pytest.raises(InvalidInputError):
        made()


# Every criterion by its published formula, worked out by hand.


@pytest.mark.parametrize(
    ("offers", "wants", "knows", "expected"),
    [
        ({"ai": 5}, {"ai": 1}, {}, 1_000_000),
        ({"ai": None}, {"ai": 1}, {}, 1_000_000),  # no level: the top
        ({"ai": 3}, {"ai": 1}, {}, 600_000),
        ({"ai": 3}, {"ai": 1}, {"ai": 1}, 500_000),  # 2 of the 4 levels that are left
        ({"ai": 3}, {"ai": 1}, {"ai": 3}, 0),  # nothing new
        ({"ai": 2}, {"ai": 1}, {"ai": 3}, 0),
        ({"ai": 5}, {"ai": 1, "video": 3}, {}, 250_000),
        ({"ai": 5, "video": 1}, {"ai": 1, "video": 3}, {}, 250_000 + 150_000),
        (
            {"ai": 5},
            {"ai": 1, "video": 3},
            {"video": 5},
            1_000_000,
        ),  # video is known at the top: not wanted any more
        ({"AI ": 5}, {"a i": 1}, {}, 1_000_000),
    ],
)
def test_expertise(offers: Any, wants: Any, knows: Any, expected: int) -> None:
    assert (
        points_of(Expertise(1), {"offers": offers}, {"wants": wants, "offers": knows}) == expected
    )


def test_expertise_of_someone_without_offers_is_nothing() -> None:
    teacher = {"id": "t", "role": "mentor", "offers": {"ai": 5}}
    assert points_of(Expertise(1), {}, {"wants": {"ai": 1}}, teacher) == 0


def test_expertise_for_someone_without_wants_is_the_mean() -> None:
    """The other mentee gets 1,000,000 from one of two mentors, so the mean is half of it."""
    teacher = {"id": "t", "role": "mentor", "offers": {"ai": 5}}
    learner = {"id": "l", "role": "mentee", "wants": {"ai": 1}}
    assert points_of(Expertise(1), {}, {}, teacher, learner) == 500_000
    assert (
        points_of(Expertise(1), {}, {"wants": {"ai": 1}, "offers": {"ai": 5}}, teacher, learner)
        == 500_000
    )


def test_a_rare_topic_counts_more() -> None:
    """Of 2 mentors both teach ai (n=2) and one teaches video (n=1): with the boost 1 they count 2 and 3."""
    other = {"id": "t", "role": "mentor", "offers": {"ai": 5}}
    wants = {"wants": {"ai": 1, "video": 1}}
    assert (
        points_of(Expertise(1, 1), {"offers": {"ai": 5, "video": 5}}, wants, other)
        == 400_000 + 600_000
    )
    assert (
        points_of(
            Expertise(1, 1), {"offers": {"ai": 5}}, wants, other | {"offers": {"ai": 5, "video": 5}}
        )
        == 400_000
    )
    assert (
        points_of(
            Expertise(1, 0), {"offers": {"ai": 5}}, wants, other | {"offers": {"ai": 5, "video": 5}}
        )
        == 500_000
    )


def test_a_lived_topic_is_taught_by_those_who_opted_in() -> None:
    """What one person lists as lived stays an ordinary topic for others; what the programme lists is lived for all."""
    listed = {"id": "t", "role": "mentor", "lived_topics": ["caring"]}
    wants = {"wants": {"caring": 1}}
    assert points_of(Expertise(1), {"offers": {"caring": 2}}, wants, listed) == 400_000
    assert points_of(Expertise(1), {"lived_topics": ["Caring"]}, wants) == 1_000_000
    assert (
        points_of(Expertise(1), {"lived_topics": ["Caring"], "offers": {"caring": 2}}, wants)
        == 1_000_000
    )
    lived = {"lived_topics": ("CARING",)}
    assert points_of(Expertise(1), {"offers": {"caring": 5, "ai": 1}}, wants, **lived) == 0
    assert points_of(Expertise(1), {"lived_topics": ["Caring"]}, wants, **lived) == 1_000_000


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0, 0),
        (2, 250_000),
        (4, 500_000),
        (7.99, 998_750),
        (8, MOST),
        (25, MOST),
        (25.01, 999_333),
        (32.5, 500_000),
        (40, 0),
    ],
)
def test_experience_gap_by_years(gap: float, expected: int) -> None:
    assert points_of(ExperienceGap(1), {"years": 5}, {"years": 5 + gap}) == expected
    assert points_of(ExperienceGap(1), {"years": 5 + gap}, {"years": 5}) == (
        expected if gap == 0 else 0
    )


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(0, 0), (1, 500_000), (2, MOST), (5, MOST), (6, 666_666), (7, 333_333), (8, 0)],
)
def test_experience_gap_by_levels(gap: int, expected: int) -> None:
    levels = tuple("abcdefghi")
    assert (
        points_of(ExperienceGap(1), {"level": "a"}, {"level": levels[gap]}, levels=levels)
        == expected
    )


@pytest.mark.parametrize(("gap", "expected"), [(3.99, 0), (4, MOST), (6, MOST), (6.01, 0)])
def test_a_band_may_have_upright_sides(gap: float, expected: int) -> None:
    band = ExperienceGap(1, by="years", full=(4, 6), zero=(4, 6))
    assert points_of(band, {"years": 2}, {"years": 2 + gap}) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["Black"], ["White"], MOST),
        (["Black"], ["black "], 0),
        (["Black", "Arab"], ["Black"], 500_000),
        (["Black", "Arab"], ["Black", "White"], 666_666),
        (["Black", "Arab"], ["Arab", "Black"], 0),
    ],
)
def test_diversity_without_order(one: list[str], other: list[str], expected: int) -> None:
    released = {"consent:roots": "match"}
    mentor, mentee = ({"dimension:roots": answer} | released for answer in (one, other))
    assert points_of(Diversity(1), mentor, mentee) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("20s", "40s", MOST), ("20s", "30s", 500_000), ("40s", "40s", 0)]
)
def test_diversity_with_order(one: str, other: str, expected: int) -> None:
    released = {"consent:age": "match"}
    mentor, mentee = ({"dimension:age": answer} | released for answer in (one, other))
    ordered = Diversity(1, {"age": Dimension(order=("20S", "30s", "40s"))})
    assert points_of(ordered, mentor, mentee) == expected


def test_diversity_shares_its_points_out_over_all_its_dimensions() -> None:
    """The share of a dimension without data goes to nobody: protected answers may not make others count more."""
    released = {f"consent:{name}": "match" for name in "abc"}
    mentor = {"dimension:a": "x", "dimension:b": "x", "dimension:c": "x"} | released
    mentee = {"dimension:a": "y", "dimension:b": "x"} | released
    criterion = Diversity(1, {"a": Dimension(1), "b": Dimension(3), "c": Dimension(4)})
    assert points_of(criterion, mentor, mentee) == 125_000


def test_an_answer_for_reports_only_is_unknown_to_matching() -> None:
    mentee = {"dimension:a": "x", "consent:a": "match"}
    others = [
        {"id": "s", "role": "mentor", "dimension:a": "x", "consent:a": "match"},
        {"id": "t", "role": "mentor", "dimension:a": "y", "consent:a": "match"},
    ]
    for consent in ("report", ""):
        assert (
            points_of(Diversity(1), {"dimension:a": "y", "consent:a": consent}, mentee, *others)
            == 500_000
        )


def test_reach_by_site_and_department() -> None:
    part = {"chart": 0, "department": 3}
    here = {"site": "Leeds", "department": "Data"}
    assert points_of(Reach(1, **part), here, here | {"site": "Vienna"}) == 250_000
    assert points_of(Reach(1, **part), here, here | {"department": "Sales"}) == 750_000
    assert (
        points_of(Reach(1, **part), here, {"site": "Leeds"} | {"department": None}) == 0
    )  # no department is known


@pytest.mark.parametrize(
    ("bosses", "steps"),
    [
        ({"m": "e"}, 1),
        ({"m": "x", "x": "e"}, 2),
        ({"m": "x", "e": "x"}, 2),
        ({"m": "x", "x": "y", "e": "y"}, 3),
        ({"e": "m"}, 1),
        ({"m": "x", "x": "y", "y": "z", "e": "z"}, 4),
        ({"m": "x", "x": "y", "y": "z", "e": "w", "w": "z"}, 4),
        ({"m": "x", "e": "y"}, 4),  # nobody above both
    ],
)
def test_reach_by_steps_in_the_chart(bosses: dict[str, str], steps: int) -> None:
    others = [{"id": name, "role": "none", "manager_id": bosses.get(name)} for name in "wxyz"]
    people = [{"manager_id": bosses.get(name)} for name in "me"]
    assert points_of(Reach(1), *people, *others) == steps * 250_000


def test_growth_is_expertise_the_other_way_round() -> None:
    leader = {"offers": {"strategy": 4}}
    assert points_of(Growth(1), {"wants": {"strategy": 1, "ai": 1}}, leader) == 400_000
    assert (
        points_of(Growth(1), {"wants": {"strategy": 1}, "offers": {"strategy": 3}}, leader)
        == 500_000
    )
    assert (
        points_of(Growth(1), {}, leader, {"id": "t", "role": "mentor", "wants": {"strategy": 1}})
        == 800_000
    )


@pytest.mark.parametrize(
    ("rank", "expected"), [(None, MOST), (1, MOST), (2, 500_000), (3, 333_333)]
)
def test_wish(rank: int | None, expected: int) -> None:
    wished = Requests((Request("m", "e", "wish", rank), Request("m", "e", "wish", 4)))
    assert points_of(Wish(1), {}, {}, requests=wished) == expected
    other = Requests((Request("m", "f", "wish"),))
    assert points_of(Wish(1), {}, {}, {"id": "f", "role": "mentee"}, requests=other) == 0


def test_logistics() -> None:
    """Of 2 : 1 : 1 the shared language gives all, two hours of four the half, and no shared way to meet nothing."""
    whole = Logistics(1, language=2, hours=1, meeting_mode=1)
    mentor = {
        "languages": "en; de",
        "hours": "09:00-12:00",
        "time_zone": "UTC",
        "meeting_modes": "video",
    }
    mentee = {
        "languages": "DE",
        "hours": "12:00-14:00",
        "time_zone": "+02:00",
        "meeting_modes": "in person",
    }
    assert points_of(whole, mentor, mentee) == 500_000 + 125_000
    assert points_of(whole, mentor, mentee | {"languages": "cy"}) == 125_000
    assert points_of(whole, mentor, mentee | {"meeting_modes": "VIDEO; in person"}) == 875_000


def test_logistics_by_hours() -> None:
    """12:00 to 14:00 at +02:00 is 10:00 to 12:00 UTC: two hours in common, half of the four that are enough."""
    mentor = {"hours": "09:00-12:00", "time_zone": "UTC"}
    mentee = {"hours": "12:00-14:00", "time_zone": "+02:00"}
    assert points_of(Logistics(1), mentor, mentee) == 500_000
    assert points_of(Logistics(1, enough=450), mentor, mentee) == MOST
    assert points_of(Logistics(1), mentor, {"hours": "13:00-14:00"}) == 0


def test_the_parts_of_logistics_count_alike_unless_somebody_says_otherwise() -> None:
    mentor = {"languages": "en", "hours": "09:00-13:00", "meeting_modes": "video"}
    other = {"languages": "cy", "hours": "14:00-18:00", "meeting_modes": "phone"}
    assert points_of(Logistics(1), mentor, mentor) == 999_999
    for part in other:
        assert points_of(Logistics(1), mentor, other | {part: mentor[part]}) == 333_333


def test_the_weights_share_a_million_out() -> None:
    """Expertise 45 : gap 20 : growth 5, no data for growth: 45/65 and 20/65 of a million."""
    criteria = (Expertise(45), ExperienceGap(20), Growth(5))
    mentor, mentee = {"years": 1, "offers": {"ai": 5}}, {"years": 11, "wants": {"ai": 1}}
    scores = pair_of(mentor, mentee, criteria=criteria)
    assert [line.points for line in lines_of(scores, "m", "e")] == [692_307, 307_692]
    assert scores.without_data == ("growth",)


def test_a_criterion_of_weight_nought_is_not_there() -> None:
    scores = pair_of({"years": 1}, {"years": 11}, criteria=(ExperienceGap(1), Growth(0)))
    assert scores.without_data == Lines(facts_of(scores)).without_data == ()
    assert scores.points.tolist() == [[MOST]]


# Every rule, worked out by hand.


@pytest.mark.parametrize(
    ("junior", "senior", "min_gap", "expected"),
    [
        (3, 4, 1, True),
        (3, 3.99, 1, False),
        (3, 3, 1, False),
        (4, 3, 1, False),
        (3, 3.5, 0.5, True),
        (None, 9, 1, False),
        (3, None, 1, False),
    ],
)
def test_junior_mentor_by_years(
    junior: float | None, senior: float | None, min_gap: float, expected: bool
) -> None:
    rule = JuniorMentor(by="years", min_gap=min_gap)
    assert allowed_of(rule, {"years": junior}, {"years": senior}) is expected


@pytest.mark.parametrize(
    ("junior", "senior", "expected"),
    [("a", "c", True), ("a", "b", False), ("c", "a", False), (None, "c", False)],
)
def test_junior_mentor_by_levels(junior: str | None, senior: str, expected: bool) -> None:
    """By level, not by years: the older one may well be the mentor."""
    rule = JuniorMentor(min_gap=2)
    mentor, mentee = {"level": junior, "years": 40}, {"level": senior, "years": 2}
    assert allowed_of(rule, mentor, mentee, levels=("a", "b", "c")) is expected


@pytest.mark.parametrize("downwards", [True, False])
@pytest.mark.parametrize("distance", [1, 2, 3])
@pytest.mark.parametrize("steps", [1, 2, 3, "whole"])
def test_reporting_chain(steps: Any, distance: int, downwards: bool) -> None:
    """A chain m → a → b → e of so many steps, either way round."""
    line = [*["m", "a", "b"][:distance], "e"]
    line = line if downwards else line[::-1]
    boss = dict(pairwise(line))
    others = [{"id": name, "role": "none", "manager_id": boss.get(name)} for name in ("a", "b")]
    mentor, mentee = ({"manager_id": boss.get(name)} for name in "me")
    expected = steps != "whole" and distance > steps
    assert allowed_of(ReportingChain(steps=steps), mentor, mentee, *others) is expected


def test_siblings_are_in_no_line() -> None:
    boss = {"id": "b", "role": "none"}
    assert allowed_of(ReportingChain(steps="whole"), {"manager_id": "b"}, {"manager_id": "b"}, boss)


@pytest.mark.parametrize(
    ("rule", "field"), [(OtherDepartment(), "department"), (OtherSite(), "site")]
)
def test_other_place(rule: AnyRule, field: str) -> None:
    assert allowed_of(rule, {field: "x"}, {field: "y"})
    assert not allowed_of(rule, {field: "x"}, {field: "x"})
    assert not allowed_of(rule, {field: "x"}, {})
    assert not allowed_of(rule, {}, {})


def test_shared_language() -> None:
    assert allowed_of(SharedLanguage(), {"languages": "en; de"}, {"languages": "DE; cy"})
    assert not allowed_of(SharedLanguage(), {"languages": "en"}, {"languages": "cy"})
    assert not allowed_of(SharedLanguage(), {"languages": "en"}, {})


def test_overlapping_hours() -> None:
    mentor = {"hours": "09:00-12:00"}
    assert allowed_of(OverlappingHours(), mentor, {"hours": "11:00-13:00"})
    assert not allowed_of(OverlappingHours(minutes=375), mentor, {"hours": "11:00-13:00"})
    assert not allowed_of(
        OverlappingHours(), mentor, {"hours": "11:00-13:00", "time_zone": "-01:00"}
    )
    assert not allowed_of(OverlappingHours(minutes=15), mentor, {})


def test_covers_a_want() -> None:
    wants = {"wants": {"ai": 1}, "offers": {"ai": 2}}
    assert allowed_of(CoversAWant(), {"offers": {"ai": 3}}, wants)
    assert not allowed_of(CoversAWant(), {"offers": {"ai": 2}}, wants)
    assert not allowed_of(CoversAWant(), {"offers": {"video": 5}}, wants)
    assert not allowed_of(CoversAWant(), {"offers": {"ai": 5}}, {})


def test_mentors_are_alike_who_teach_the_same_at_the_same_levels() -> None:
    offers = [
        {"ai": 2},
        {"ai": 3},
        {"video": 3},
        {"ai": 2, "video": 3},
        {"video": 3, "AI": 2},
        {},
        {},
    ]
    people = rmatch.read_people(
        [{"id": f"m{place}", "role": "mentor", "offers": own} for place, own in enumerate(offers)]
        + [{"id": "e", "role": "mentee", "wants": {"ai": 1, "video": 1}}]
    )
    numbers = CoversAWant().alike(rmatch.score(people).cohort).tolist()
    assert [numbers.index(number) for number in numbers] == [0, 1, 2, 3, 3, 5, 5]


def test_no_repeat_and_exclusions_hold_either_way_round() -> None:
    for pair in (("m", "e"), ("e", "m")):
        previous = Requests((Request(*pair, "previous"),))
        assert not allowed_of(NoRepeat(), {}, {}, requests=previous)
        assert allowed_of(
            SharedLanguage(), {"languages": "en"}, {"languages": "en"}, requests=previous
        )
        assert not allowed_of(NoRepeat(), {}, {}, requests=Requests((Request(*pair, "exclude"),)))


def test_nobody_meets_themselves() -> None:
    people = rmatch.read_people([{"id": "a", "role": "both"}, {"id": "b", "role": "both"}])
    assert rmatch.score(people, rmatch.Programme(rules=())).allowed.tolist() == [
        [False, True],
        [True, False],
    ]


# A criterion or a rule of the user's own.


@examples(25)
@given(st.data())
def test_a_ready_matrix_is_looked_up_by_id(data: st.DataObject) -> None:
    people = data.draw(strategies.people())
    mentors, mentees = (
        [people.id[row] for row in side.tolist()] for side in (people.mentors, people.mentees)
    )
    values = {
        (one, other): data.draw(st.integers(-MOST, MOST)) for one in mentors for other in mentees
    }
    rows, columns = data.draw(st.permutations(mentors)), data.draw(st.permutations(mentees))
    matrix = Matrix(
        [[values[one, other] for other in columns] for one in rows], mentors=rows, mentees=columns
    )
    scores = rmatch.score(people, rmatch.Programme(criteria=(Custom("ready", matrix),), rules=()))
    for i, j, mentor, mentee in every_pair(scores):
        assert (
            scores.points[i, j]
            == values[mentor, mentee]
            == lines_of(scores, mentor, mentee)[0].points
        )


@pytest.mark.parametrize(
    ("share", "expected"), [(0, 0), (1, 500_000), (0.5, 250_000), (1e-6 / 4, 0), (3e-6, 2)]
)
def test_shares_of_a_criterion_with_a_weight_are_rounded_once_half_to_even(
    share: float, expected: int
) -> None:
    own = Custom("own", lambda *_: [[share]], weight=1, **UNASKED)
    scores = pair_of({"years": 1}, {"years": 1}, criteria=(own, ExperienceGap(1)))
    assert scores.points.tolist() == [[expected]]


def test_points_in_own_units_stand_beside_the_million() -> None:
    own = Custom("own", lambda *_: [[-1.5]], **UNASKED)
    scores = pair_of({"years": 1}, {"years": 11}, criteria=(own, ExperienceGap(1)))
    assert scores.points.tolist() == [[MOST - 2]]


@pytest.mark.parametrize(
    ("block", "weight", "problem"),
    [
        ([[1.0, 2.0]], None, "shape"),
        (1.0, None, "shape"),
        (None, None, "shape"),
        ([[float("nan")]], None, "nan"),
        ([[float("inf")]], None, "inf"),
        ([[float("-inf")]], 1, "inf"),
        ([[1.01]], 1, "1.01"),
        ([[-0.01]], 1, "-0.01"),
        ([[MOST + 1]], None, "1000001"),
        ([["many"]], None, "own"),
        ([[1, 2], [3]], None, "own"),
    ],
)
def test_values_that_are_no_points_are_a_fault(
    block: Any, weight: float | None, problem: str
) -> None:
    scores = pair_of({}, {}, criteria=(Custom("own", lambda *_: block, weight=weight, **UNASKED),))
    with pytest.raises(InvalidInputError, match=problem):
        _ = scores.points


@pytest.mark.parametrize("block", [[[1]], [[True, True]], True, None, [["yes"]]])
def test_a_verdict_that_is_no_matrix_of_bool_is_a_fault(block: Any) -> None:
    scores = pair_of(
        {}, {}, rules=(CustomRule("own", lambda *_: block, **UNASKED),), criteria=(Expertise(1),)
    )
    with pytest.raises(InvalidInputError, match="own"):
        _ = scores.allowed


@pytest.mark.parametrize(("mentors", "mentees"), [(["x"], ["e"]), (["m"], ["x"])])
def test_a_matrix_without_a_line_for_somebody_is_a_fault(
    mentors: list[str], mentees: list[str]
) -> None:
    scores = pair_of({}, {}, criteria=(Custom("ready", Matrix([[1]], mentors, mentees)),))
    with pytest.raises(InvalidInputError, match=r"'[me]'"):
        _ = scores.points


@pytest.mark.parametrize(
    ("values", "mentors", "mentees"),
    [
        ([[1]], ["m", "n"], ["e"]),
        ([[1, 2]], ["m"], ["e"]),
        ([1], ["m"], ["e"]),
        ([[1], [2]], ["m", "m"], ["e"]),
        ([[1, 2], [3]], ["m", "n"], ["e", "f"]),
    ],
)
def test_a_matrix_that_does_not_fit_its_ids_is_a_fault(
    values: Any, mentors: list[str], mentees: list[str]
) -> None:
    with pytest.raises(InvalidInputError, match="matrix"):
        Matrix(values, mentors, mentees)


def glimpses(answer: str, consent: str = "report", *, protected: bool = True) -> tuple[Any, ...]:
    """Return what user-made code sees of people's answers, one of which is not for matching.

    In blocks, by the criterion and the rule; pair by pair, by both formulas; and in the words of the criterion.
    """
    seen: list[Any] = []

    def look(mentors: People, mentees: People) -> Any:
        dimensions = [side.dimensions.get("a") for side in (mentors, mentees)]
        seen.append(
            [
                None if answers is None else (answers.vocabulary, answers[0])
                for answers in dimensions
            ]
        )
        return np.zeros((len(mentors), len(mentees)))

    def agree(mentors: People, mentees: People) -> Any:
        return look(mentors, mentees) == 0

    def pair(mentor: Person, mentee: Person) -> int:
        seen.append([each.dimensions.get("a") for each in (mentor, mentee)])
        return 0

    def words(mentor: Person, mentee: Person, _: object = None) -> str:
        return f"seen: {pair(mentor, mentee)}"

    mentee = {"dimension:a": "Secret", "consent:a": "match"}
    justified: dict[str, Any] = (
        {"places": "with_protected", "justification": "a test"} if protected else {}
    )
    scores = pair_of(
        {"dimension:a": answer, "consent:a": consent},
        mentee,
        criteria=(Custom("look", look, pair, words, protected=protected),),
        rules=(
            CustomRule("agree", agree, lambda *two: pair(*two) == 0, words, protected=protected),
        ),
        **justified,
    )
    assert scores.points.tolist() == [[0]]
    assert scores.allowed.tolist() == [[True]]
    lines_of(scores, "m", "e")
    assert not broken_rules(facts_of(scores), "m", "e")
    return tuple(seen)


def test_user_made_code_never_sees_an_answer_that_was_not_released_for_matching() -> None:
    seen = glimpses("", "")
    blocks, (formula, words, verdict) = seen[:2], seen[2:]
    assert all((mentor[1], mentee[1]) == ({}, {"Secret": 0}) for mentor, mentee in blocks)
    assert formula == verdict == [None, ("Secret",)]
    assert words == [None, None]
    assert glimpses("other") == glimpses("other", "") == seen


def test_user_made_code_sees_no_protected_dimension_unless_it_says_so() -> None:
    assert glimpses("other", "match", protected=False) == ([None, None],) * 5


def test_a_rule_that_goes_by_protected_dimensions_needs_a_justification() -> None:
    with pytest.raises(InvalidInputError, match="decides who gets a place"):
        rmatch.Programme(rules=(CustomRule("own", lambda *_: True, protected=True, **UNASKED),))


def test_an_answer_for_reports_does_not_even_change_how_the_others_are_spelt() -> None:
    assert glimpses("SECRET") == glimpses("other")


@pytest.mark.parametrize("steps", [1, 2, "whole"])
def test_nobody_stands_in_a_line_where_nobody_has_a_manager(steps: Any) -> None:
    people = rmatch.read_people([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    assert ReportingChain(steps).closed(rmatch.score(people).cohort).shape == (0, 2)


def test_more_steps_than_the_longest_chain_has_are_the_whole_chain() -> None:
    people = rmatch.datasets.example()
    whole, more = (
        rmatch.match(people, rmatch.Programme(rules=(ReportingChain(steps=steps),)))
        for steps in ("whole", 2**62)
    )
    assert more.pairs == whole.pairs
    assert rmatch.verify(more, people).total == whole.total
