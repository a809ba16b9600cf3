"""Commands that are interrupted at random moments end without a traceback, with the right code and a true result."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

import pytest

LIMITS = Path(__file__).parents[2] / "benchmarks" / "limits.py"
MOMENTS = 20 if os.environ.get("RMATCH_THOROUGH") else 2


def limits() -> Any:
    spec = importlib.util.spec_from_file_location("limits", LIMITS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize(
    ("verb", "objective"), [("match", "total"), ("match", "leximin"), ("frontier", "total")]
)
def test_signals_at_random_moments(
    verb: str, objective: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(LIMITS.parents[1] / "src"))
    assert limits().interrupted(verb, objective, MOMENTS, 1.5) == []
