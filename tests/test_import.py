"""What importing rmatch brings in, and what it offers."""

from __future__ import annotations

import subprocess
import sys

import rmatch

HEAVY = {
    "pandas",
    "polars",
    "scipy",
    "networkx",
    "ortools",
    "numba",
    "matplotlib",
    "hypothesis",
    "openpyxl",
    "pydantic",
}


def test_import_brings_in_nothing_heavy() -> None:
    code = "import sys, rmatch; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not HEAVY & set(loaded)


def test_the_public_names_are_there_and_documented() -> None:
    assert len(rmatch.__all__) == len(set(rmatch.__all__)) <= 27
    for name in rmatch.__all__:
        assert (getattr(rmatch, name).__doc__ or "").strip(), name
