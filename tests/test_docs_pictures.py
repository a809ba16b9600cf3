"""The stored pictures of the documentation are those that its programs draw today."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rmatch
from rmatch.datasets import LEVELS, workforce
from rmatch.quotas import PairQuota

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from rmatch.frontiers import QuotaFrontier

STATIC = Path(__file__).parents[1] / "docs" / "_static"
WITH_LEVELS = rmatch.Programme(levels=LEVELS, justification="agreed with the works council")
DRAWN: dict[str, Callable[[], rmatch.Frontier | QuotaFrontier]] = {
    "frontier.svg": lambda: rmatch.frontier(workforce(200, 200, seed=3)),
    "frontier-quota.svg": lambda: rmatch.frontier(
        workforce(60, 60, seed=3), WITH_LEVELS, quota=PairQuota("gender", "different", at_least=1)
    ),
}
NUMBER = re.compile(r"-?\d+\.\d+")


def _shape(picture: Path) -> tuple[str, NDArray[np.float64]]:
    """Return what is drawn and written, and where; another matplotlib may round otherwise."""
    text = picture.read_text(encoding="utf-8").partition("</metadata>")[2]
    text = re.sub(r'\b(id|href|clip-path)="[^"]*"', "", text)
    return NUMBER.sub("", text), np.array(NUMBER.findall(text), float)


def _look_alike(stored: Path, drawn: Path) -> None:
    (shape, places), (now, places_now) = _shape(stored), _shape(drawn)
    assert shape == now
    np.testing.assert_allclose(places, places_now, atol=0.5)


@pytest.mark.parametrize("name", DRAWN)
def test_a_stored_picture_is_what_is_drawn_today(name: str, tmp_path: Path) -> None:
    DRAWN[name]().plot(tmp_path / name)
    _look_alike(STATIC / name, tmp_path / name)


def test_the_charts_are_drawn_from_the_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    benchmarks = STATIC.parents[1] / "benchmarks"
    monkeypatch.syspath_prepend(benchmarks)
    results = json.loads((benchmarks / "results.json").read_text(encoding="utf-8"))
    import_module("chart").draw(results["jobs"], tmp_path)
    for name in ("scale.svg", "profile.svg"):
        _look_alike(STATIC / name, tmp_path / name)
