"""Every writer says in one clear error what is wrong with the path it was given, and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.io import write_people, write_programme, write_template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE = rmatch.datasets.example()
PROGRAMME = rmatch.datasets.example_programme()
MATCHING = rmatch.match(PEOPLE, PROGRAMME)

WRITERS: dict[str, Callable[[Path], object]] = {
    "pairs.csv": MATCHING.to_table,
    "pairs.xlsx": MATCHING.to_table,
    "meetings.csv": rmatch.plan(PEOPLE, PROGRAMME, rounds=2).to_table,
    "stand-ins.xlsx": MATCHING.stand_ins().to_table,
    "result.json": MATCHING.to_json,
    "fairness.json": MATCHING.fairness().to_json,
    "fairness.html": MATCHING.fairness().to_html,
    "price.json": MATCHING.price_of_fair_places().to_json,
    "lottery.json": rmatch.lottery(PEOPLE, PROGRAMME, cap="1/2").to_json,
    "people.csv": lambda path: write_people(PEOPLE, path),
    "programme.toml": lambda path: write_programme(PROGRAMME, path),
    "programme.json": lambda path: write_programme(PROGRAMME, path),
    "people.xlsx": lambda path: write_people(PEOPLE, path),
    "template.csv": write_template,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_path_that_leads_nowhere_is_named(name: str, tmp_path: Path) -> None:
    WRITERS[name](tmp_path / name)
    assert (tmp_path / name).stat().st_size
    missing, folder = tmp_path / "missing" / name, tmp_path / "folder" / name
    folder.mkdir(parents=True)
    for path, problem in (
        (missing, f"there is no directory '{missing.parent}'; make it first"),
        (tmp_path / name / name, f"there is no directory '{tmp_path / name}'; make it first"),
        (folder, f"'{folder}' is no file; name one"),
    ):
        with pytest.raises(InvalidInputError) as error:
            WRITERS[name](path)
        assert [str(fault) for fault in error.value.faults] == [f"file: {problem}"]
    assert not missing.parent.exists()
    assert not list(folder.iterdir())
