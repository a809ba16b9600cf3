"""What begins with a fresh interpreter: start-up, the command line, reading a file, the first call."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from measure import Measured, TaskError, needs, peak_megabytes, repeated

PEOPLE = "people.csv"
HEAVY = ("pandas", "polars", "scipy", "networkx", "ortools", "numba", "matplotlib", "hypothesis")
OTHERS = ("python_calamine", "pydantic", "narwhals")
FIRST = """
from time import perf_counter
from tasks.instances import people
given = people({{"kind": "workforce", "mentors": {side}, "mentees": {side}}}, 0)
import rmatch, scipy.optimize
start = perf_counter()
rmatch.match(*given)
print(perf_counter() - start)
"""


def write(side: int) -> Measured:
    """Write the synthetic workforce as a CSV file, in a process of its own so that its memory does not count."""
    import rmatch
    from rmatch.io import write_people

    write_people(rmatch.datasets.workforce(side, side), PEOPLE)
    return Measured(())


def command_line(repeats: int) -> Measured:
    """Time ``python -m rmatch match`` from a CSV file to written pairs, start-up included."""
    pairs = Path("pairs.csv")

    def run() -> None:
        pairs.unlink(missing_ok=True)
        python("-m", "rmatch", "match", PEOPLE, "--out", str(pairs))

    seconds, _ = repeated(run, repeats)
    with pairs.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    facts = {"pairs": len(rows), "total": sum(int(row["points"]) for row in rows)}
    return Measured(seconds, facts, peak_megabytes(resource.RUSAGE_CHILDREN))


def imports(repeats: int) -> Measured:
    """Time ``import rmatch`` less ``import numpy``, in pairs of fresh interpreters."""
    found = f"import sys, rmatch; print(*sorted(sys.modules.keys() & {set(HEAVY + OTHERS)}))"
    loaded = python("-c", found).split()
    if set(loaded) & set(HEAVY):
        message = f"import rmatch imports {', '.join(loaded)}"
        raise TaskError(message)
    # The first pair fills the caches of the disk.
    pairs = [(_start("numpy"), _start("rmatch")) for _ in range(repeats + 1)][1:]
    alone = median(numpy for numpy, _ in pairs)
    facts = {"loaded": loaded, "numpy_alone_seconds": round(alone, 4)}
    peak = peak_megabytes(resource.RUSAGE_CHILDREN)
    return Measured([both - numpy for numpy, both in pairs], facts, peak)


def first_call(side: int) -> Measured:
    """Time the first matching of a fresh interpreter with a full cache of compiled code, and with an empty one."""
    with TemporaryDirectory() as cache:
        runs = [python("-c", FIRST.format(side=side), NUMBA_CACHE_DIR=cache) for _ in range(2)]
    empty, full = map(float, runs)
    peak = peak_megabytes(resource.RUSAGE_CHILDREN)
    return Measured([full], {"seconds_with_everything_to_compile": round(empty, 3)}, peak)


def read() -> Measured:
    """Read and validate a CSV file once, in this process of its own."""
    import rmatch

    seconds, people = repeated(lambda: rmatch.read_people(PEOPLE), 1, warm_up=0)
    return Measured(seconds, {"people": len(people)})


def check() -> Measured:
    """Read a CSV file and look it over once, as ``rmatch check`` does, in this process of its own."""
    import rmatch

    seconds, found = repeated(lambda: rmatch.check(rmatch.read_people(PEOPLE)), 1, warm_up=0)
    return Measured(seconds, {"findings": len(found)})


def pandas_reads() -> Measured:
    """Read the same file into a pandas frame, without any validation."""
    needs("pandas", "pandas")
    import pandas as pd

    seconds, frame = repeated(lambda: pd.read_csv(PEOPLE), 1, warm_up=0)
    return Measured(seconds, {"people": len(frame)})


def python(*arguments: str, **environment: str) -> str:
    """Run an interpreter and return what it prints."""
    own = {**os.environ, **environment}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TaskError(done.stderr)
    return done.stdout


def _start(module: str) -> float:
    start = perf_counter()
    python("-c", f"import {module}")
    return perf_counter() - start
