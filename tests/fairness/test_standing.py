"""Ranks, regrets, envy, blocking pairs and Pareto efficiency are what the definitions say, pair by pair."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Custom, Matrix
from rmatch.fairness.envy import compare
from rmatch.fairness.gains import Gains
from rmatch.fairness.pareto import pareto
from rmatch.formulas import Facts, Lines, broken_rules
from rmatch.people import Request, Requests
from rmatch.utils.compiled import available
from rmatch.utils.names import name_of
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.matching import Matching
    from rmatch.scoring.scores import Scores

PLACES = ("without_protected", "with_protected")
WAYS = ("blocks", "tables", "compiled") if available() else ("blocks", "tables")


@dataclass
class Everything:
    """A matching as the scalar formulas see it."""

    matching: Matching

    def __post_init__(self) -> None:
        matching = self.matching
        facts = Facts(matching.people, matching.programme, matching.requests)
        lines, programme = Lines(facts), matching.programme
        self.side = {name_of(criterion): criterion.side for criterion in programme.criteria}
        self.ids = {"mentor": facts.mentors, "mentee": facts.mentees}
        pairs = list(itertools.product(facts.mentors, facts.mentees))
        every = {pair: lines.of(*pair) for pair in pairs}
        self.gain = {
            side: {
                pair: sum(
                    line.points for line in own if self.side[line.criterion] in {side, "both"}
                )
                for pair, own in every.items()
            }
            for side in SIDES
        }
        blind = programme.places == "without_protected"
        basis = {
            pair: sum(line.points for line in own if not (blind and line.protected))
            for pair, own in every.items()
        }
        self.room = {
            (side, who): facts.capacity(who, side) for side in SIDES for who in self.ids[side]
        }
        self.open = {
            pair
            for pair in pairs
            if not broken_rules(facts, *pair)
            and (programme.min_points is None or basis[pair] >= programme.min_points)
            and all(self.room[side, who] for side, who in zip(SIDES, pair, strict=True))
        }
        self.made = {(pair.mentor, pair.mentee): pair.locked for pair in matching.pairs}

    def own(self, side: Any, who: str, *, locked: bool = True) -> list[int]:
        at = SIDES.index(side)
        return [
            self.gain[side][pair]
            for pair, held in self.made.items()
            if pair[at] == who and (locked or not held)
        ]

    def better(self, side: Any, who: str) -> list[tuple[str, str]]:
        worst = min(self.own(side, who), default=0)
        at = SIDES.index(side)
        return [
            pair
            for pair in self.open - self.made.keys()
            if pair[at] == who and self.gain[side][pair] > worst
        ]

    def wants(self, side: Any, pair: tuple[str, str]) -> bool:
        who = pair[SIDES.index(side)]
        if len(self.own(side, who)) < self.room[side, who]:
            return self.gain[side][pair] > 0
        return any(self.gain[side][pair] > worth for worth in self.own(side, who, locked=False))

    def harmless(self) -> dict[tuple[str, str], bool]:
        """Return the open pairs that would leave neither worse off, and whether they help one."""
        beyond = {
            pair: [
                self.gain[side][pair] - min(self.own(side, who), default=0)
                for side, who in zip(SIDES, pair, strict=True)
            ]
            for pair in self.open - self.made.keys()
        }
        return {pair: max(own) > 0 for pair, own in beyond.items() if min(own) >= 0}


def agreed(
    scores: Scores,
    pairs: list[tuple[str, str]],
    locked: list[tuple[str, str]],
    sizes: Sequence[int] = (1, 7, 2**10),
) -> None:
    """Check that all ways find the same, down to the order of what is written down, in whatever order the pairs are."""
    found = set()
    for name, cells in itertools.product(WAYS, sizes):
        gains = Gains.of(scores, pairs if name == "compiled" else pairs[::-1], locked)
        gains = replace(gains, tabled=name != "blocks", pairs_at_once=cells)
        some, every = (
            compare(gains, most_listed=5, most_harmless=most, compiled=name == "compiled")
            for most in (0, 10**6)
        )
        assert every.harmless is not None
        assert (some.harmless is None) is (len(every.harmless) > 0)
        figures = [
            getattr(own, figure).tolist()
            for own in every.standing.values()
            for figure in ("better", "regret", "envy")
        ]
        found.add(str((every.blocking, every.listed, figures, every.harmless.tolist())))
    assert len(found) == 1


def check(matching: Matching) -> None:
    everything = Everything(matching)
    agreed(
        matching.scores,
        list(everything.made),
        [pair for pair, locked in everything.made.items() if locked],
        sizes=(2**18,),
    )
    report = matching.fairness(effect=False)
    people: Any = report.people
    for person in people:
        better = everything.better(person.role, person.id)
        own = everything.own(person.role, person.id)
        assert (person.partners, person.gain) == (len(own), sum(own))
        assert person.rank == (1 + len(better) if own else None)
        worst = min(own, default=0)
        assert person.regret == max(
            (everything.gain[person.role][pair] - worst for pair in better), default=0
        )
        other = 1 - SIDES.index(person.role)
        assert person.envy == sum(len(everything.own(SIDES[other], pair[other])) for pair in better)
    blocking = {
        pair
        for pair in everything.open - everything.made.keys()
        if all(everything.wants(side, pair) for side in SIDES)
    }
    assert report.blocking == len(blocking)
    assert set(report.blocking_pairs) <= blocking
    assert len(report.blocking_pairs) == min(20, len(blocking))
    scores = matching.scores
    gains = Gains.of(
        scores, everything.made, [pair for pair, locked in everything.made.items() if locked]
    )
    harmless = compare(gains, most_listed=0, most_harmless=10**6).harmless
    assert harmless is not None
    found = {
        (scores.mentors[i], scores.mentees[j]): bool(helps) for i, j, helps in harmless.tolist()
    }
    assert found == everything.harmless()


@examples(60)
@given(strategies.rounds(places=PLACES), strategies.seeds())
def test_standing_by_definition(drawn: Any, seed: int | str) -> None:
    check(rmatch.match(*drawn, seed=seed))


@examples(60)
@given(strategies.bare_rounds(places=PLACES), strategies.seeds(), st.data())
def test_standing_of_any_matching(drawn: Any, seed: int | str, data: st.DataObject) -> None:
    matching = rmatch.match(*drawn, seed=seed)
    kept = data.draw(
        st.lists(st.sampled_from(matching.pairs), unique=True) if matching.pairs else st.just([])
    )
    check(replace(matching, pairs=tuple(sorted(kept, key=matching.pairs.index))))


def _two_sided(mentors: Any, mentees: Any, allowed: Any) -> Scores:
    names = [
        [f"{side}{place}" for place in range(size)]
        for side, size in zip("re", np.shape(mentors), strict=True)
    ]
    records = [
        {"id": who, "role": role} for role, ids in zip(SIDES, names, strict=True) for who in ids
    ]
    programme = rmatch.Programme(
        criteria=tuple(
            Custom(side, Matrix(values, *names), side=side)
            for side, values in zip(SIDES, (mentors, mentees), strict=True)
        ),
        rules=(rmatch.rules.CustomRule("open", Matrix(np.array(allowed, bool), *names)),),
    )
    return rmatch.score(rmatch.read_people(records), programme)


@st.composite
def one_to_one(draw: st.DrawFn) -> tuple[Scores, list[tuple[str, str]], list[tuple[str, str]]]:
    """Return scores with gains for each side, and any matching, some of it locked."""
    shape = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = [
        np.array(
            draw(st.lists(values, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
        ).reshape(shape)
        for values in (
            st.integers(0, 3),
            st.integers(0, 3),
            st.sampled_from((True, True, True, False)),
        )
    ]
    scores = _two_sided(*cells)
    columns = draw(st.permutations(range(shape[1])))
    made = [
        (scores.mentors[i], scores.mentees[j])
        for i, j in zip(range(shape[0]), columns, strict=False)
        if cells[2][i, j] and draw(st.booleans())
    ]
    return scores, made, [pair for pair in made if draw(st.sampled_from((False, False, True)))]


def _better_exists(
    scores: Scores, made: list[tuple[str, str]], locked: list[tuple[str, str]]
) -> bool:
    rows, columns = range(scores.shape[0]), range(scores.shape[1])
    values: list[Mapping[tuple[int, int], int]] = [
        {(i, j): int(scores.gains(side).points[i, j]) for i in rows for j in columns}
        for side in SIDES
    ]
    pairs = [(scores.cohort.row[i], scores.cohort.column[j]) for i, j in made]
    held = {(scores.cohort.row[i], scores.cohort.column[j]) for i, j in locked}

    def gains(chosen: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
        return {(side, pair[side]): values[side][pair] for pair in chosen for side in (0, 1)}

    now = gains(pairs)
    possible = [(i, j) for i in rows for j in columns if scores.open_pairs[i, j]]
    for size in range(len(pairs), min(scores.shape) + 1):
        for chosen in itertools.combinations(possible, size):
            then = gains(list(chosen))
            if len(then) == 2 * size and held <= set(chosen) and now.keys() <= then.keys():
                everybody = then.keys() | now.keys()
                if all(then.get(who, 0) >= now.get(who, 0) for who in everybody) and any(
                    then.get(who, 0) > now.get(who, 0) for who in everybody
                ):
                    return True
    return False


@examples(300)
@given(one_to_one())
def test_pareto_against_trying_everything(drawn: Any) -> None:
    scores, made, locked = drawn
    gains = Gains.of(scores, made, locked)
    found = pareto(gains, compare(gains, most_listed=0, most_harmless=10**6).harmless)
    assert found.efficient is not _better_exists(scores, made, locked)
    if found.efficient is False:
        left = [pair for pair in made if not {who for new in found.swap for who in new} & set(pair)]
        after = Gains.of(scores, [*left, *found.swap])
        for side in SIDES:
            assert (after.total(side) >= gains.total(side)).all()
            assert ((after.partners(side) > 0) >= (gains.partners(side) > 0)).all()
        assert any((after.total(side) > gains.total(side)).any() for side in SIDES)


def test_pareto_says_when_it_was_not_checked() -> None:
    scores = _two_sided([[1, 1]], [[1, 1]], [[True, True]])
    several = Gains.of(scores, [("r0", "e0"), ("r0", "e1")])
    assert pareto(several, np.zeros((0, 3), np.int64)).efficient is None
    one = Gains.of(scores, [("r0", "e0")])
    found = compare(one, most_listed=0, most_harmless=0)
    assert found.harmless is None
    assert "would hurt nobody" in str(pareto(one, found.harmless))


def test_what_was_seen_is_the_same_for_blocks_of_any_size_and_by_any_way() -> None:
    for mentors, mentees in (
        (40, 30),
        (9, 1200),
        (300, 3),
    ):  # the compiled pass takes 512 mentees at a time
        drawn = (
            rmatch.datasets.workforce(mentors, mentees),
            rmatch.Programme(levels=rmatch.datasets.LEVELS),
        )
        matching = rmatch.match(*drawn)
        pairs = [(pair.mentor, pair.mentee) for pair in matching.pairs]
        agreed(matching.scores, pairs, pairs[::5], sizes=(1, 7, 2**10, 2**20))


@examples(60)
@given(strategies.rounds(own=False, places=PLACES), st.data())
def test_every_way_sees_the_same(drawn: Any, data: st.DataObject) -> None:
    matching = rmatch.match(*drawn)
    pairs = [(pair.mentor, pair.mentee) for pair in matching.pairs]
    kept = data.draw(st.lists(st.sampled_from(pairs), unique=True) if pairs else st.just([]))
    locked = [pair for pair in kept if data.draw(st.booleans())]
    agreed(matching.scores, kept, locked)


def test_tables_are_used_with_wishes_and_exclusions_but_not_with_points_of_ones_own() -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    weighed = replace(programme, criteria=(*programme.criteria, rmatch.criteria.Wish(5)))
    mentor, mentee = (
        rmatch.score(people, programme).mentors[0],
        rmatch.score(people, programme).mentees[0],
    )
    wish = Requests((Request(mentor, mentee, "wish"), Request(mentor, mentee, "exclude")))
    assert Gains.of(rmatch.score(people, weighed, wish), []).tables is not None
    assert Gains.of(_two_sided([[1]], [[1]], [[True]]), []).tables is None
