"""The stored pictures of the documentation are those that its programs draw today."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize("name", DRAWN)
def test_a_stored_picture_is_what_is_drawn_today(name: str, tmp_path: Path) -> None:
    DRAWN[name]().plot(tmp_path / name)
    stored, drawn = _shape(STATIC / name), _shape(tmp_path / name)
    assert stored[0] == drawn[0]
    np.testing.assert_allclose(stored[1], drawn[1], atol=0.5)
