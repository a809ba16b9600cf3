"""Quotas of a programme: kept by the matching, checked by verify, refused with the cheapest change."""

from __future__ import annotations

from dataclasses import replace

import pytest

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError, VerificationError
from rmatch.matching import Pair
from rmatch.quotas import MeanParity, PairQuota, Quota
from rmatch.requests import Request, Requests

WHY = "agreed with the works council"


def people(*answers: str) -> rmatch.People:
    """Return mentors a, b … of these groups, and mentees x and y who suit the first best."""
    rows = [
        {"id": one, "role": "mentor", "years": 1 + 4 * place, "dimension:group": group, "consent:group": "match"}
        for place, (one, group) in enumerate(zip("abcdef", answers, strict=False))
    ]
    return rmatch.read_people(
        [*rows, {"id": "x", "role": "mentee", "years": 30}, {"id": "y", "role": "mentee", "years": 31}]
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
    everybody, quota = people("north", "north", "south"), Quota("group", "south", "mentor", at_most=0)
    with pytest.raises(InfeasibleError, match="south"):
        rmatch.match(everybody, programme(quota), Requests((Request("c", "x", "lock"),)))
    quota = Quota("group", "south", "mentor", at_least=1)
    matching = rmatch.match(everybody, programme(quota), Requests((Request("c", "x", "lock"),)))
    assert mentors(matching) == "ac"
    rmatch.verify(matching)


def test_a_quota_out_of_reach_names_the_cheapest_change() -> None:
    with pytest.raises(InfeasibleError, match="at least 3 cannot be met; 1 can"):
        rmatch.match(people("north", "north", "south"), programme(Quota("group", "south", "mentor", at_least=3)))


def test_a_quota_on_a_protected_dimension_needs_its_justification() -> None:
    quota = Quota("group", "south", "mentor", at_least=1)
    with pytest.raises(InvalidInputError, match="goes by a protected dimension"):
        programme(quota, justification="")
    assert programme(quota, justification="", unprotected=("group",)).quotas == (quota,)


def test_a_matching_that_breaks_a_quota_is_rejected() -> None:
    matching = rmatch.match(people("north", "north", "south"), programme(Quota("group", "south", "mentor", at_least=1)))
    free = rmatch.match(people("north", "north", "south"), programme())
    (step,), (other,) = matching.steps, free.steps
    solution = replace(
        step.solution, rows=other.solution.rows, cols=other.solution.cols, total=int(other.solution.total)
    )
    pairs = tuple(Pair(pair.mentor, pair.mentee, pair.points) for pair in free.pairs)
    forged = replace(matching, pairs=pairs, total=free.total, steps=(replace(step, solution=solution),))
    with pytest.raises(VerificationError, match="0 instead of at least 1"):
        rmatch.verify(forged)


def test_quotas_survive_the_file() -> None:
    quotas = (
        Quota("group", "south", "mentor", at_least=1, each=True),
        PairQuota("group", "different", at_most=4),
        MeanParity("group", "mentor", within=9),
    )
    made = programme(*quotas)
    assert rmatch.Programme.read(made.to_dict()) == made


def test_what_compares_expected_points_or_objectives_takes_no_quotas() -> None:
    everybody, chosen = people("north", "south"), programme(Quota("group", "south", "mentor", at_least=1))
    with pytest.raises(InvalidInputError, match="bound single matchings"):
        rmatch.lottery(everybody, chosen, cap="1/2")
    with pytest.raises(InvalidInputError, match="a frontier compares objectives"):
        rmatch.frontier(everybody, chosen)
