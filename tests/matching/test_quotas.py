"""Quotas of a programme: kept by the matching, checked by verify, refused with the cheapest change."""

from __future__ import annotations

from dataclasses import replace

import pytest

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError, VerificationError
from rmatch.io import programme_document
from rmatch.people import Request, Requests
from rmatch.quotas import MeanParity, PairQuota, Quota
from rmatch.rounds import Pair
from rmatch.solve.quota.best import QuotaSolution

WHY = "agreed with the works council"


def people(*answers: str) -> rmatch.People:
    """Return mentors a, b … of these groups, and mentees x and y who suit the first best."""
    rows = [
        {
            "id": one,
            "role": "mentor",
            "years": 1 + 4 * place,
            "dimension:group": group,
            "consent:group": "match",
        }
        for place, (one, group) in enumerate(zip("abcdef", answers, strict=False))
    ]
    return rmatch.read_people(
        [
            *rows,
            {"id": "x", "role": "mentee", "years": 30},
            {"id": "y", "role": "mentee", "years": 31},
        ]
    )


def programme(*quotas: Quota | PairQuota | MeanParity, **chosen: object) -> rmatch.Programme:
    criteria = (rmatch.criteria.ExperienceGap(1, full=(40, 40), zero=(0, 80)),)
    given = {"criteria": criteria, "rules": (), "quotas": quotas, "justification": WHY, **chosen}
    return rmatch.Programme(**given)  # type: ignore[arg-type]


def mentors(matching: rmatch.Matching) -> str:
    return "".join(sorted(pair.mentor for pair in matching.pairs))


def test_a_quota_changes_who_gets_a_place_and_is_verified() -> None:
    everybody = people("north", "north", "south")
    assert mentors(rmatch.match(everybody, programme())) == "ab"
    matching = rmatch.match(everybody, programme(Quota("group", "south", "mentor", at_least=1)))
    assert mentors(matching) == "ac"
    assert rmatch.verify(matching).checks[-1] == "quotas"
    with pytest.raises(InvalidInputError, match="under quotas"):
        matching.alternatives("a")


def test_locked_pairs_count_for_quotas() -> None:
    everybody, quota = (
        people("north", "north", "south"),
        Quota("group", "south", "mentor", at_most=0),
    )
    with pytest.raises(InfeasibleError, match="south"):
        rmatch.match(everybody, programme(quota), Requests((Request("c", "x", "lock"),)))
    quota = Quota("group", "south", "mentor", at_least=1)
    matching = rmatch.match(everybody, programme(quota), Requests((Request("c", "x", "lock"),)))
    assert mentors(matching) == "ac"
    rmatch.verify(matching)


def test_a_quota_out_of_reach_names_the_cheapest_change() -> None:
    with pytest.raises(InfeasibleError, match="at least 3 cannot be met; 1 can"):
        rmatch.match(
            people("north", "north", "south"),
            programme(Quota("group", "south", "mentor", at_least=3)),
        )


def test_a_quota_on_a_protected_dimension_needs_its_justification() -> None:
    quota = Quota("group", "south", "mentor", at_least=1)
    with pytest.raises(InvalidInputError, match="goes by a protected dimension"):
        programme(quota, justification="")
    assert programme(quota, justification="", unprotected=("group",)).quotas == (quota,)


def test_a_matching_that_breaks_a_quota_is_rejected() -> None:
    matching = rmatch.match(
        people("north", "north", "south"), programme(Quota("group", "south", "mentor", at_least=1))
    )
    free = rmatch.match(people("north", "north", "south"), programme())
    (step,), (other,) = matching.steps, free.steps
    solution = replace(
        step.solution,
        rows=other.solution.rows,
        cols=other.solution.cols,
        total=int(other.solution.total),
    )
    pairs = tuple(Pair(pair.mentor, pair.mentee, pair.points) for pair in free.pairs)
    forged = replace(
        matching, pairs=pairs, total=free.total, steps=(replace(step, solution=solution),)
    )
    with pytest.raises(VerificationError, match="0 instead of at least 1"):
        rmatch.verify(forged)


def test_quotas_survive_the_file() -> None:
    quotas = (
        Quota("group", "south", "mentor", at_least=1, each=True),
        PairQuota("group", "different", at_most=4),
        MeanParity("group", "mentor", within=9),
    )
    made = programme(*quotas)
    assert rmatch.read_programme(programme_document(made)) == made


def test_what_compares_expected_points_or_objectives_takes_no_quotas() -> None:
    everybody, chosen = (
        people("north", "south"),
        programme(Quota("group", "south", "mentor", at_least=1)),
    )
    with pytest.raises(InvalidInputError, match="bound single matchings"):
        rmatch.lottery(everybody, chosen, cap="1/2")
    with pytest.raises(InvalidInputError, match="a frontier compares objectives"):
        rmatch.frontier(everybody, chosen)


@pytest.mark.parametrize("seed", [1, 3, 4, 6, 7])
def test_parity_never_takes_a_place_away_that_was_given_without_protected_attributes(
    seed: int,
) -> None:
    quota = MeanParity("education", "mentee", within=150_000)
    chosen = rmatch.Programme(
        levels=rmatch.datasets.LEVELS, quotas=(quota,), unprotected=("education",)
    )
    matching = rmatch.match(rmatch.datasets.workforce(5, 3, seed=seed), chosen)
    places, pairs = (step.solution for step in matching.steps)
    assert sorted(places.rows) == sorted(pairs.rows)
    assert sorted(places.cols) == sorted(pairs.cols)
    rmatch.verify(matching)


def test_a_matching_in_which_a_place_is_lost_again_is_rejected() -> None:
    quota = MeanParity("education", "mentee", within=1_000_000)
    chosen = rmatch.Programme(
        levels=rmatch.datasets.LEVELS, quotas=(quota,), unprotected=("education",)
    )
    matching = rmatch.match(rmatch.datasets.workforce(5, 3, seed=1), chosen)
    first, last = matching.steps
    total = int(last.solution.total) - matching.pairs[-1].points
    fewer = replace(
        last.solution, rows=last.solution.rows[:-1], cols=last.solution.cols[:-1], total=total
    )
    forged = replace(
        matching,
        pairs=matching.pairs[:-1],
        total=total,
        steps=(first, replace(last, solution=fewer)),
    )
    with pytest.raises(VerificationError, match="other places than those decided"):
        rmatch.verify(forged)


def test_nothing_is_asked_for_a_person_who_is_gone() -> None:
    quota = Quota("group", "south", "mentor", at_least=1, each=True)
    matching = rmatch.match(people("south", "south", "north"), programme(quota))
    loss = matching.loss_without(mentee="x")
    assert loss.pairs == 1


def test_whoever_is_gone_is_in_no_group_whose_means_are_compared() -> None:
    quota = MeanParity("group", "mentor", within=100_000)
    matching = rmatch.match(people("north", "south"), programme(quota))
    assert matching.loss_without(mentor="a").pairs == 1


def test_quotas_out_of_reach_and_on_unknown_groups_are_found_before() -> None:
    everybody = people("north", "north", "south")
    (far,) = rmatch.check(
        everybody, programme(Quota("group", "south", "mentor", at_least=3))
    ).errors
    assert "at least 3 cannot be met; 1 can" in far.sentence
    (unknown,) = rmatch.check(
        everybody, programme(Quota("group", "east", "mentor", at_least=1))
    ).errors
    assert unknown.code == "invalid"


def test_what_a_quota_keeps_apart_is_not_said_to_add_nothing() -> None:
    chosen = programme(Quota("group", "south", "mentor", at_most=0))
    matching = rmatch.match(people("north", "south"), chosen)
    assert {reason.code for reason in matching.unmatched} == {"adds_nothing"}
    assert all(
        "would break a quota, or add nothing" in reason.sentence for reason in matching.unmatched
    )


@pytest.mark.parametrize("given", [3, None, ["group"]])
def test_a_quota_is_about_texts(given: object) -> None:
    with pytest.raises(InvalidInputError, match="dimension"):
        PairQuota(given, "same", at_least=1)  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="group"):
        Quota("group", given, "mentor", at_least=1)  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError, match="justification"):
        programme(justification=given)


def test_what_is_lost_against_an_unknown_best_is_not_told() -> None:
    matching = rmatch.match(
        people("south", "north"), programme(Quota("group", "south", "mentor", at_least=1))
    )
    (step,) = matching.steps
    assert isinstance(step.solution, QuotaSolution)
    stopped = replace(step, solution=replace(step.solution, bound=step.solution.bound + 1))
    with pytest.raises(InvalidInputError, match="the run was stopped"):
        replace(matching, steps=(stopped,)).loss_without(mentor="a")
