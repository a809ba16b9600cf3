"""What the start of an interpreter takes."""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from measure import Measured, SkipError, TaskError, peak_megabytes, repeated

HEAVY = ("pandas", "polars", "scipy", "networkx", "ortools", "numba", "matplotlib", "hypothesis")
OTHERS = ("openpyxl", "pydantic", "narwhals")


def imports(repeats: int) -> Measured:
    """Time ``import rmatch`` less ``import numpy``, in pairs of fresh interpreters."""
    found = f"import sys, rmatch; print(*sorted(sys.modules.keys() & {set(HEAVY + OTHERS)}))"
    loaded = subprocess.run(
        [sys.executable, "-c", found], capture_output=True, text=True, check=True
    ).stdout.split()
    if set(loaded) & set(HEAVY):
        message = f"import rmatch imports {', '.join(loaded)}"
        raise TaskError(message)
    pairs = [(_start("numpy"), _start("rmatch")) for _ in range(repeats + 1)][1:]
    alone = median(numpy for numpy, _ in pairs)
    facts = {"loaded": loaded, "numpy_alone_seconds": round(alone, 4)}
    return Measured(
        tuple(both - numpy for numpy, both in pairs),
        facts,
        peak_megabytes(resource.RUSAGE_CHILDREN),
    )


def command_line(people: str, repeats: int) -> Measured:
    """Time ``python -m rmatch match`` from a CSV file to written pairs, start-up included."""
    pairs = Path("pairs.csv")
    command = [sys.executable, "-m", "rmatch", "match", people, "--out", str(pairs)]

    def run() -> None:
        pairs.unlink(missing_ok=True)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if "No module named rmatch" in done.stderr:
            message = "this version has no command line"
            raise SkipError(message)
        if done.returncode:
            raise TaskError(done.stderr)

    seconds, _ = repeated(run, repeats)
    with pairs.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    facts = {"pairs": len(rows), "total": sum(int(row["points"]) for row in rows)}
    return Measured(seconds, facts, peak_megabytes(resource.RUSAGE_CHILDREN))


def _start(module: str) -> float:
    start = perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return perf_counter() - start
