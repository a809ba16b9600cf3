"""Objectives in a programme: read, written, refused by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import rmatch
from rmatch.io import programme_document, programme_schema, write_programme
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Total

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.objectives import Objective

WRITTEN = [
    (Total(), None),
    (MaxMin(), "max_min"),
    (Leximin(), "leximin"),
    (Leximin("people"), {"kind": "leximin", "over": "people"}),
    (AlphaFair(0.5), {"kind": "alpha_fair", "alpha": 0.5}),
]


@pytest.mark.parametrize(("objective", "written"), WRITTEN, ids=str)
def test_an_objective_reads_back_the_same(
    objective: Objective, written: Any, tmp_path: Path
) -> None:
    programme = rmatch.Programme(objective=objective)
    assert programme_document(programme).get("objective") == written
    for name in ("programme.toml", "programme.json"):
        write_programme(programme, tmp_path / name)
        assert rmatch.read_programme(tmp_path / name) == programme
    jsonschema.validate(json.loads(json.dumps(programme_document(programme))), programme_schema())


def test_a_name_and_a_table_are_the_same() -> None:
    for given in ("leximin", {"kind": "leximin"}, {"kind": "leximin", "over": "pairs"}):
        assert rmatch.read_programme({"objective": given}).objective == Leximin()
    assert rmatch.Programme(objective="leximin").objective == Leximin()  # type: ignore[arg-type]  # what a user may do


WRONG = [
    ("leximn", "unknown kind 'leximn'; did you mean 'leximin'?"),
    ("alpha_fair", "objective.alpha_fair.alpha: is missing"),
    ({"alpha": 2}, "objective.kind: is missing"),
    ({"kind": "alpha_fair", "alpha": 1, "alpa": 2}, "unknown key 'alpa'; did you mean 'alpha'?"),
    ({"kind": "alpha_fair", "alpha": -1}, "-1.0 is not possible; give a number of 0 or more"),
    ({"kind": "leximin", "over": "persons"}, "'persons'"),
    ({"kind": "max_min", "over": "pairs"}, "unknown key 'over'"),
    (3, "objective: 3"),
]


@pytest.mark.parametrize(("given", "expected"), WRONG, ids=str)
def test_what_is_wrong_is_named(given: Any, expected: str) -> None:
    assert not jsonschema.Draft202012Validator(programme_schema()).is_valid({"objective": given})
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.read_programme({"objective": given})
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"objective": "fair"}, "programme, objective: 'fair' is no objective"),
        ({"objective": "alpha_fair"}, "give its α, such as AlphaFair(1)"),
        ({"objective": Leximin}, "is no objective"),
        (
            {"objective": MaxMin(), "participation": "best"},
            "'max_min' cannot choose the number of pairs",
        ),
        (
            {"objective": AlphaFair(1), "participation": "best"},
            "'alpha_fair' cannot choose the number of pairs",
        ),
    ],
    ids=str,
)
def test_wrong_values_are_refused_in_python_too(options: Any, expected: str) -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.Programme(**options, mentor_capacity=-1)
    assert expected in str(caught.value)
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("alpha", [-1, float("inf"), float("nan"), True, "2"])
def test_an_alpha_is_a_number(alpha: Any) -> None:
    with pytest.raises(rmatch.InvalidInputError, match="alpha"):
        AlphaFair(alpha)


def test_what_is_compared_is_pairs_or_people() -> None:
    with pytest.raises(rmatch.InvalidInputError, match="did you mean 'people'"):
        Leximin("peple")  # type: ignore[arg-type]  # what a user may do


def test_a_sum_may_choose_the_number_of_pairs() -> None:
    for objective in (Total(), AlphaFair(0.9)):
        assert rmatch.Programme(objective=objective, participation="best").objective == objective
