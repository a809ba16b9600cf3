"""Run the benchmarks: ``python benchmarks/run.py``. See benchmarks/README.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from job import row, tried
from jobs import jobs
from measure import HERE, SkipError, TaskError
from tables import page

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from job import Job

RESULTS = HERE / "results.json"
DOCS = HERE.parent / "docs"
PATIENCE = 60.0
PACKAGES = (
    "reverse-mentoring", "numpy", "scipy", "numba", "networkx", "pandas", "mentor-match", "munkres", "lapx", "ortools", "pot",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; return 1 if a task failed or answers differ."""
    options = parser().parse_args(arguments)
    if options.smoke:
        return smoke()
    failed = {}
    if options.render:
        document = json.loads(options.out.read_text("utf-8"))
    else:
        document = started(options.out)
        failed = measure(options, document)
    print(page(document))
    # Tries kept elsewhere leave the documentation alone.
    if options.out == RESULTS:
        from chart import draw

        (DOCS / "explanation" / "benchmark-results.md").write_text(page(document), "utf-8")
        draw(document["jobs"], DOCS / "_static")
    return said(failed)


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    made = argparse.ArgumentParser(description="Run the benchmarks of rmatch beside other solvers.")
    add = made.add_argument
    names = [job.name for job in jobs(smoke=False)]
    add("--smoke", action="store_true", help="one job of each kind, tiny; nothing is written")
    add("--only", action="append", choices=names, metavar="JOB", help="this one; may be repeated")
    add(
        "--largest",
        type=int,
        default=0,
        metavar="N",
        help="large problems too, up to N people a side",
    )
    add("--smallest", type=int, default=0, metavar="N", help="only problems from N people on")
    add("--resume", action="store_true", help="keep the jobs that are in the results already")
    add("--render", action="store_true", help="only write the page and the chart anew")
    add("--patience", type=float, default=PATIENCE, help="seconds after which a peer is stopped")
    add("--out", type=Path, default=RESULTS, help="the results; benchmarks/results.json if absent")
    return made


def measure(options: Namespace, document: dict[str, Any]) -> dict[str, str]:
    """Run the jobs that are asked for, write the results down after each, and return what failed."""
    failed: dict[str, str] = {}
    measured = state()
    with TemporaryDirectory() as scratch:
        for job in chosen(options, document):
            print(f"{job.name} …", file=sys.stderr, flush=True)
            document["skipped"].pop(job.name, None)
            try:
                found = row(job, Path(scratch), options.patience)
                document["jobs"][job.name] = {**found, "measured": measured}
            except SkipError as reason:
                document["skipped"][job.name] = str(reason)
            except TaskError as error:
                failed[job.name] = str(error)
            save(document, options.out)
    return failed


def chosen(options: Namespace, document: dict[str, Any]) -> Iterable[Job]:
    """Go through the jobs that are asked for."""
    for job in jobs(smoke=False):
        sized = options.smallest <= max(job.shape) <= options.largest
        wanted = job.name in options.only if options.only else sized
        if wanted and not (options.resume and job.name in document["jobs"]):
            yield job


def smoke() -> int:
    """Run a tiny job of each kind, in two interpreters because no time counts; return 1 if one failed."""
    failed: dict[str, str] = {}

    def half(number: int) -> None:
        own = jobs(smoke=True)[number::2]
        for name, reason in tried(own, Path(scratch) / f"{number}"):
            if isinstance(reason, TaskError):
                failed[name] = str(reason)
            else:
                print(f"{name}: {f'skipped, {reason}' if reason else 'passed'}", flush=True)

    with TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as both:
        list(both.map(half, range(2)))
    return said(failed)


def said(failed: dict[str, str]) -> int:
    """Print what failed, and return the exit status."""
    for name, error in failed.items():
        print(f"FAILED {name}:\n{error}")
    return int(bool(failed))


def started(out: Path) -> dict[str, Any]:
    """Return the results to go on from; parts of one file must come from one machine and the same versions."""
    here = place()
    if not out.exists():
        return {"where": here, "jobs": {}, "skipped": {}}
    document: dict[str, Any] = json.loads(out.read_text("utf-8"))
    changed = [name for name, value in document["where"].items() if here.get(name) != value]
    if changed:
        message = f"{out.name} was measured elsewhere ({', '.join(changed)}): give another --out, or remove it"
        raise SystemExit(message)
    return document


def place() -> dict[str, str]:
    """Return the class of machine and the versions of everything that is timed: no names and no paths."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "python": platform.python_version(),
    }
    return machine | {name: _version(name) for name in PACKAGES}


def state() -> dict[str, str]:
    """Return which state of rmatch is measured, and when."""
    asked = (["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "src"])
    commit, changes = (
        subprocess.run(
            ["git", *words], cwd=HERE.parent, capture_output=True, text=True, check=False
        ).stdout
        for words in asked
    )
    changed = " with changes" if changes else ""
    return {"commit": (commit.strip() or "unknown") + changed, "date": f"{datetime.now(UTC):%F}"}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def save(document: dict[str, Any], out: Path) -> None:
    """Write the results, a line for each job."""
    jobs_of = document["jobs"].items()
    lines = [
        f"  {json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in jobs_of
    ]
    rows = ",\n".join(lines)
    where, skipped = (json.dumps(document[part], indent=2) for part in ("where", "skipped"))
    text = f'{{"where": {where},\n"skipped": {skipped},\n"jobs": {{\n{rows}\n}}}}\n'
    out.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
