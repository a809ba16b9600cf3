"""Whatever rmatch answers, verification accepts it: of every objective, with locks, minimums, two steps and quotas."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from profiles import THOROUGH, tries

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable, Total, refused
from rmatch.people import Requests
from rmatch.quotas import MeanParity, PairQuota, Quota
from rmatch.rules import JuniorMentor, Only, OtherSite
from rmatch.solve import jonker_volgenant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.matching import Matching
    from rmatch.people import People
    from rmatch.programme import Programme

    Round = tuple[People, Programme, Requests]

BOTH = ("without_protected", "with_protected")
TIMES = 4
"""So often something else is asked of the people that are drawn, who take longest to draw."""
OBJECTIVES = st.one_of(
    st.sampled_from([Total(), MaxMin(), Leximin(), Leximin("people")]),
    st.builds(
        Stable, st.sampled_from(("mentors", "mentees")), st.sampled_from(("proposer", "total"))
    ),
    st.sampled_from((0, 0.3, 0.5, 1, 1.1, 1.5, 2, 3, 5, 10, 40, 1e6)).map(AlphaFair),
)
KINDS = ("total", "max_min", "leximin over pairs", "leximin over people", "alpha_fair", "stable")
SEEDS = st.integers(0, 9)
ASKED = st.tuples(OBJECTIVES, st.sampled_from(("most", "most", "best")), SEEDS)


def fitting(programme: Programme, objective: Any, participation: str) -> Programme:
    """Return a programme with an objective, and without what does not go with that."""
    no = refused(objective)
    fitted: dict[str, Any] = {"participation": "most" if "best" in no else participation}
    if "minimums" in no:
        fitted |= {"mentor_minimum": 0, "mentee_minimum": 0}
    if "several" in no:
        fitted |= {"mentor_capacity": 1, "mentee_capacity": 1}
    if objective.kind == "stable":
        fitted |= {"places": "with_protected", "justification": "agreed by the council"}
    if objective.kind == "alpha_fair" and objective.alpha >= 1:
        fitted |= {"min_points": max(programme.min_points or 0, 1)}
    return replace(programme, objective=objective, **fitted)


def answered(
    people: People, programme: Programme, requests: Requests, seed: int
) -> Matching | None:
    """Return the answer to a round, with as many of its minimums as can be kept together."""
    sides = programme.mentor_minimum, programme.mentee_minimum
    for mentor, mentee in dict.fromkeys((sides, (sides[0], 0), (0, sides[1]), (0, 0))):
        asked = replace(programme, mentor_minimum=mentor, mentee_minimum=mentee)
        try:
            return rmatch.match(people, asked, requests, seed=seed)
        except (InfeasibleError, InvalidInputError):
            continue
    return None


class Accepted(Counter[str]):
    """How many answers verification accepted, and how many of which kind; an answer without pairs counts nowhere."""

    def check(self, people: People, programme: Programme, requests: Requests, seed: int) -> None:
        """Check that an answer, where there is one, is accepted by its own people and by those inside."""
        matching = answered(people, programme, requests, seed)
        if matching is None:
            return
        verified = rmatch.verify(matching, people, matching.programme, requests)
        assert (verified.pairs, verified.total) == (len(matching.pairs), matching.total)
        assert (verified.people, verified.believed) == (len(people), ())
        assert rmatch.verify(matching).checks == verified.checks
        if matching.pairs:
            self.update(kinds(matching))

    def tell(
        self, record_property: Callable[[str, object], None], enough: int, *kinds: str
    ) -> None:
        """Tell how many were accepted; at night check that they are enough, and a hundredth of them of every kind.

        What is enough for the three properties adds up to ten thousand.
        """
        record_property("accepted", ", ".join(f"{n:,} {kind}" for kind, n in self.most_common()))
        assert self["answers"] > 0
        if settings().max_examples >= THOROUGH:
            assert self["answers"] >= enough
            assert {kind for kind in kinds if self[kind] < enough // 100} == set()


def kinds(matching: Matching) -> Iterator[str]:
    """Name the kinds that an answer is counted among."""
    programme = matching.programme
    objective: Any = programme.objective
    yield "answers"
    yield f"leximin over {objective.over}" if objective.kind == "leximin" else objective.kind
    if matching.locked_cells:
        yield "with locks"
    if programme.mentor_minimum or programme.mentee_minimum:
        yield "with minimums"
    if len(matching.steps) == 2:
        yield "in two steps"
    for quota in programme.quotas:
        yield f"under {type(quota).__name__}"


def test_people_of_all_kinds(record_property: Callable[[str, object], None]) -> None:
    accepted = Accepted()

    @settings(max_examples=tries(1_600))
    @given(
        strategies.rounds(minimums=True, places=BOTH, some=True),
        st.lists(ASKED, min_size=TIMES, max_size=TIMES),
    )
    def people_of_all_kinds(drawn: Round, asked: list[Any]) -> None:
        people, programme, requests = drawn
        for objective, participation, seed in asked:
            fitted = fitting(programme, objective, participation)
            accepted.check(people, fitted, requests, seed)

    people_of_all_kinds()
    accepted.tell(record_property, 3_000, *KINDS, "with locks", "with minimums", "in two steps")


def test_matrices_with_many_ties(record_property: Callable[[str, object], None]) -> None:
    accepted = Accepted()

    @settings(max_examples=tries(8_500))
    @given(strategies.bare_rounds(minimums=True, places=BOTH), ASKED, st.sampled_from((0, 1, 1)))
    def matrices_with_many_ties(drawn: Round, asked: Any, least: int) -> None:
        people, programme, requests = drawn
        objective, participation, seed = asked
        fitted = fitting(replace(programme, min_points=least), objective, participation)
        accepted.check(people, fitted, requests, seed)

    matrices_with_many_ties()
    accepted.tell(record_property, 4_500, *KINDS, "with minimums", "in two steps")


@pytest.mark.parametrize(
    "seed", [np.int64(5), np.uint8(3), np.str_("spring"), 2**70, type("Name", (str,), {})("autumn")]
)
def test_whatever_may_be_a_seed_is_accepted_and_kept_as_what_it_says(seed: Any) -> None:
    drawn = rmatch.datasets.example(), rmatch.datasets.example_programme(), Requests()
    matching = rmatch.match(*drawn, seed=seed)
    assert (type(matching.seed), matching.seed) in {(int, seed), (str, seed)}
    rmatch.verify(matching, *drawn)
    lottery = rmatch.lottery(*drawn, cap="1/2", seed=seed)
    rmatch.verify(lottery, *drawn)
    rmatch.verify(lottery.draw(seed), *drawn, of=lottery, seed=seed)


def test_what_was_asked_before_changes_nothing() -> None:
    """A matching keeps in store what it was asked; other questions leave other things there."""
    people = rmatch.datasets.example()
    for_some = Only(OtherSite(), mentor={"years": {"at_least": 1}})
    programme = rmatch.Programme(rules=(JuniorMentor(), for_some))
    matching = rmatch.match(people, programme)
    first = matching.pairs[0]
    for question in (
        lambda: matching.explain(first.mentor, first.mentee),
        lambda: matching.explain(first.mentor, matching.pairs[-1].mentee),
        lambda: matching.alternatives(first.mentor),
        matching.costs,
        lambda: matching.loss_without(mentor=first.mentor),
        matching.fairness,
        lambda: matching.unmatched,
    ):
        question()
        assert rmatch.verify(matching, people, programme, Requests()).pairs == len(matching.pairs)


COUNTS = st.sampled_from(((0, 1), (0, 2), (1, None), (1, 2), (2, 3)))
"""Fewest and most."""


def quotas(people: People) -> st.SearchStrategy[Any]:
    """Return quotas on what some of the people have released; where nobody has, others are drawn."""
    sides = {"mentor": people.mentors.tolist(), "mentee": people.mentees.tolist()}
    released = {
        (name, answer, side)
        for name, answers in people.dimensions.items()
        for side, rows in sides.items()
        for row in rows
        if people.consent[name][row] & 1
        for answer in answers[row]
    }
    assume(released)
    groups: st.SearchStrategy[Any] = st.sampled_from(sorted(released))
    return st.one_of(
        st.builds(
            lambda group, counts, each: Quota(*(*group, *counts, each)),
            groups,
            COUNTS,
            st.booleans(),
        ),
        st.builds(
            lambda group, pairs, counts: PairQuota(group[0], pairs, *counts),
            groups,
            st.sampled_from(("same", "different")),
            COUNTS,
        ),
        st.builds(
            lambda group, within: MeanParity(group[0], group[2], within),
            groups,
            st.sampled_from((10**5, 5 * 10**5, 10**6)),
        ),
    )


def test_quotas(record_property: Callable[[str, object], None]) -> None:
    accepted = Accepted()

    @settings(max_examples=tries(2_000))
    @given(strategies.rounds(minimums=True, places=BOTH), st.data())
    def under_quotas(drawn: Round, data: st.DataObject) -> None:
        people, programme, requests = drawn
        several = st.lists(quotas(people), min_size=TIMES, max_size=TIMES)
        for quota in data.draw(several):
            asked = replace(
                programme,
                objective=Total(),
                quotas=(quota,),
                justification="agreed by the council",
                unprotected=data.draw(
                    st.sampled_from((programme.unprotected, tuple(people.dimensions)))
                ),
            )
            accepted.check(people, asked, requests, data.draw(SEEDS))

    under_quotas()
    under = [f"under {kind.__name__}" for kind in (Quota, PairQuota, MeanParity)]
    accepted.tell(record_property, 2_500, "with locks", "with minimums", "in two steps", *under)


def test_a_price_that_was_asked_for_is_held_against_its_own_proof_and_not_solved_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By column generation no two runs take the same time, so that a price solved once more was another one."""
    pytest.importorskip("numba")
    monkeypatch.setattr(jonker_volgenant, "WRITTEN_OUT", 0)
    people = rmatch.datasets.workforce(400, 330, seed=4)
    drawn = people, rmatch.Programme(levels=rmatch.datasets.LEVELS), Requests()
    matching = rmatch.match(*drawn)
    assert matching.price_of_fair_places().with_protected.route == "columns"
    monkeypatch.setattr("rmatch.rounds.round.Round.solve", None)
    assert "price of fair places" in rmatch.verify(matching, *drawn).checks
