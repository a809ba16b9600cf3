"""What init reads right without an edit: most of it, and nothing is wrong in silence."""

from __future__ import annotations

from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from profiles import tries

FILE = Path(__file__).parents[2] / "benchmarks" / "init_fields.py"
LEAST = 0.85


@pytest.fixture(scope="module")
def benchmark() -> Any:
    spec = spec_from_file_location("init_fields", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("source", ["tables", "dialects"])
def test_most_is_read_right_and_nothing_is_wrong_in_silence(
    benchmark: Any, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "DIALECTS", tries(benchmark.DIALECTS))
    total: Counter[str] = Counter()
    for name, files, mapping in getattr(benchmark, source)():
        found = list(benchmark.judged(files, mapping))
        assert [each for each in found if each[2] == "wrong"] == [], name
        total += benchmark.by_field(found)
    assert total["right"] >= LEAST * total.total()


def test_a_wrong_column_would_be_seen(benchmark: Any) -> None:
    assert benchmark.outcome({"offers"}, {"wants"}, {"wants"}) == "wrong"
    assert benchmark.outcome(set(), {"wants"}, {"wants"}) == "wrong"
    assert benchmark.outcome({"offers"}, set(), {"offers"}) == "asked"
    assert benchmark.outcome({"offers"}, set(), set()) == "missed"
    assert benchmark.outcome({"offers"}, {"offers"}, {"offers"}) == "right"
