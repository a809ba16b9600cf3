"""Run the benchmarks: ``python benchmarks/run.py``. See benchmarks/README.md."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from machine import machine, versions
from measure import HERE, SkipError, TaskError
from registry import JOBS
from table import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from job import Job, Result

RESULTS = HERE / "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; return 1 if a task failed or a target was missed."""
    options = parser().parse_args(arguments)
    chosen = [job for job in JOBS if not options.only or job.name in options.only]
    where = {**machine(), **versions()}
    results: list[Result] = []
    skipped: dict[str, str] = {}
    failed: dict[str, str] = {}
    with TemporaryDirectory() as folder:
        for job in chosen:
            print(f"{job.name} …", file=sys.stderr, flush=True)
            attempt(job, Path(folder), results, skipped, failed, smoke=options.smoke)
    report(where, results, skipped, failed)
    # A part of the results, or those at tiny sizes, must not take the place of all.
    out = options.out or (RESULTS if not options.smoke and not options.only else None)
    if out:
        out.write_text(
            json.dumps(document(where, results, skipped), indent=2, ensure_ascii=False) + "\n",
            "utf-8",
        )
    return int(bool(failed) or any(result.met is False for result in results))


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    made = argparse.ArgumentParser(description="Run the benchmarks of rmatch.")
    made.add_argument(
        "--smoke", action="store_true", help="everything once at tiny sizes; no target counts"
    )
    made.add_argument(
        "--only",
        action="append",
        choices=[job.name for job in JOBS],
        help="this one; may be repeated",
    )
    made.add_argument(
        "--out",
        type=Path,
        help="where to write JSON; a whole full run writes benchmarks/results.json",
    )
    return made


def attempt(
    job: Job,
    folder: Path,
    results: list[Result],
    skipped: dict[str, str],
    failed: dict[str, str],
    *,
    smoke: bool,
) -> None:
    """Run one benchmark and put down what came of it."""
    try:
        results.append(job.result(folder, smoke=smoke))
    except SkipError as reason:
        skipped[job.name] = str(reason)
    except TaskError as error:
        failed[job.name] = str(error)


def report(
    where: dict[str, str], results: list[Result], skipped: dict[str, str], failed: dict[str, str]
) -> None:
    """Print everything."""
    print(", ".join(f"{name} {value}" for name, value in where.items()), end="\n\n")
    print(*lines(results), sep="\n")
    for name, reason in skipped.items():
        print(f"skipped {name}: {reason}")
    for name, error in failed.items():
        print(f"FAILED {name}:\n{error}")


def document(
    where: dict[str, str], results: list[Result], skipped: dict[str, str]
) -> dict[str, object]:
    """Return everything as plain data."""
    return {
        "where": where,
        "results": [result.document() for result in results],
        "skipped": skipped,
    }


if __name__ == "__main__":
    sys.exit(main())
