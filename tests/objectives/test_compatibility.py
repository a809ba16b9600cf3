"""The table of what goes together says what the library does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import rmatch
from rmatch.objectives import compatibility as table
from rmatch.objectives import objectives
from rmatch.objectives.compatibility import (
    KINDS,
    compatibility_of,
    every_kind,
    refused,
    refused_by_lot,
)
from rmatch.objectives.objectives import (
    NOT_OFFERED,
    AlphaFair,
    Leximin,
    MaxMin,
    Stable,
    Total,
)
from rmatch.quotas import PairQuota, clashes
from rmatch.solve.fair import dispatch, proof
from rmatch.solve.lottery.marginals import marginals

if TYPE_CHECKING:
    from rmatch.objectives import Objective

OBJECTIVES = [
    Total(),
    AlphaFair(0),
    AlphaFair(0.5),
    AlphaFair(1),
    MaxMin(),
    Leximin(),
    Leximin("people"),
    Stable(),
    Stable(best="total"),
]
ARGUMENTS: dict[str, dict[str, Any]] = {
    "best": {"participation": "best"},
    "several": {"mentor_capacity": 2},
    "minimums": {"mentee_minimum": 1},
}


@pytest.mark.parametrize("objective", OBJECTIVES, ids=repr)
@pytest.mark.parametrize("choice", ARGUMENTS)
def test_the_table_says_what_is_refused(objective: Objective, choice: Any) -> None:
    points = np.arange(1, 7).reshape(3, 2)
    sides = (points, 7 - points) if compatibility_of(objective).sides else None
    programme = {key: value for key, value in ARGUMENTS[choice].items() if key == "participation"}
    if choice in refused(objective):
        with pytest.raises(rmatch.InvalidInputError):
            rmatch.assign(points, objective=objective, sides=sides, **ARGUMENTS[choice])
        if programme:
            with pytest.raises(rmatch.InvalidInputError):
                rmatch.Programme(objective=objective, **programme)
    else:
        answer = rmatch.assign(points, objective=objective, sides=sides, **ARGUMENTS[choice])
        assert len(answer.pairs)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=repr)
def test_quotas_go_with_the_total_alone(objective: Objective) -> None:
    faults = list(clashes([PairQuota("site", "different", at_least=1)], objective))
    assert bool(faults) == ("quotas" in refused(objective))


@pytest.mark.parametrize("objective", OBJECTIVES, ids=repr)
@pytest.mark.parametrize("choice", ["lottery", "spread", *ARGUMENTS])
def test_the_table_says_what_a_lottery_refuses(objective: Objective, choice: Any) -> None:
    points, said = np.arange(1, 7).reshape(3, 2), refused_by_lot(objective)
    sides = (points, 7 - points) if compatibility_of(objective).gains_by_lot else None
    arguments: dict[str, Any] = {"lottery": {}, "spread": {"spread": "1/2"}, **ARGUMENTS}[choice]
    if {"lottery", choice} & said.keys():
        with pytest.raises(rmatch.InvalidInputError) as error:
            marginals(points, objective=objective, sides=sides, **arguments)
        assert said.get("lottery", said.get(choice, "")) in str(error.value)
    else:
        assert marginals(points, objective=objective, sides=sides, **arguments).pairs > 0


class Envy:
    """An objective that nobody has decided anything about."""

    kind = "envy"


def test_every_class_with_a_kind_is_one_of_the_objectives() -> None:
    written = {each for each in vars(objectives).values() if hasattr(each, "kind")}
    assert {each for each in written if isinstance(each, type)} == set(KINDS)
    assert {type(each) for each in OBJECTIVES} == set(KINDS)


@pytest.mark.parametrize("decided", [table.TABLE, dispatch.KINDS, proof.CHECKS])
def test_an_objective_that_was_forgotten_is_found_by_its_name(
    decided: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(decided) == set(KINDS)
    monkeypatch.setattr(table, "KINDS", (*KINDS, Envy))
    with pytest.raises(LookupError, match="nothing is decided for Envy"):
        every_kind(decided)


@pytest.mark.parametrize("objective", OBJECTIVES, ids=repr)
def test_whatever_was_best_is_verified(objective: Objective) -> None:
    one_place = [replace(person, mentor_capacity=1) for person in rmatch.datasets.example()]
    programme = replace(
        rmatch.datasets.example_programme(),
        objective=objective,
        places="with_protected",
        justification="stability settles who gets a place and who meets whom at once",
    )
    assert rmatch.verify(rmatch.match(rmatch.read_people(one_place), programme)).pairs


@pytest.mark.parametrize("name", NOT_OFFERED)
def test_what_is_not_offered_is_refused_with_the_reason(name: Any) -> None:
    with pytest.raises(rmatch.InvalidInputError) as error:
        rmatch.Programme(objective=name)
    assert NOT_OFFERED[name] in str(error.value)
