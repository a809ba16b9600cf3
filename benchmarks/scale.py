"""Run the benchmarks of large problems: ``python benchmarks/scale.py``. See benchmarks/README.md."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from machine import machine, versions
from measure import HERE, SkipError, TaskError, fresh
from scale_jobs import JOBS
from scale_run import row
from scale_tables import page

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

RESULTS = HERE / "scale.json"
DOCS = HERE.parent / "docs"
PATIENCE = 900.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and write it down after each job; return 1 if a task failed or totals differ."""
    options = parser().parse_args(arguments)
    if options.render:
        render(json.loads(options.out.read_text("utf-8")), DOCS / "_static", DOCS / "explanation")
        return 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "scale.json" if options.smoke else options.out
        document, failed = measured(options, folder, out)
        print("\n".join(document["rows"]) if options.smoke else page(document))
        where = (folder, folder) if options.smoke else (DOCS / "_static", DOCS / "explanation")
        render(document, *where)
    for job, error in failed.items():
        print(f"FAILED {job}:\n{error}")
    return int(bool(failed))


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    made = argparse.ArgumentParser(
        description="Run the benchmarks of large problems beside other solvers."
    )
    made.add_argument(
        "--smoke",
        action="store_true",
        help="one job of each family, once and tiny; nothing is written",
    )
    made.add_argument(
        "--only",
        action="append",
        choices=[job.name for job in JOBS],
        help="this one; may be repeated",
    )
    made.add_argument(
        "--largest", type=int, metavar="N", help="leave out jobs with more than N people on a side"
    )
    made.add_argument(
        "--resume", action="store_true", help="keep the jobs that are in the results already"
    )
    made.add_argument(
        "--render", action="store_true", help="only write the page and the chart anew"
    )
    made.add_argument(
        "--patience", type=float, default=PATIENCE, help="seconds after which a peer is stopped"
    )
    made.add_argument(
        "--out", type=Path, default=RESULTS, help="the results, benchmarks/scale.json if absent"
    )
    return made


def measured(options: Namespace, folder: Path, out: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Run the jobs, and return the results and what failed."""
    where = {**machine(), **versions()}
    document = started(out, where, anew=not (options.only or options.resume or options.largest))
    failed: dict[str, str] = {}
    families = {(job.family, *sorted(job.recipe)): job for job in reversed(JOBS)}
    for job in reversed(families.values()) if options.smoke else JOBS:
        left_out = (options.only and job.name not in options.only) or (
            options.largest and max(job.shape) > options.largest
        )
        if left_out or (options.resume and job.name in document["rows"]):
            continue
        print(f"{job.name} …", file=sys.stderr, flush=True)
        document["skipped"].pop(job.name, None)
        try:
            document["rows"][job.name] = row(job, folder, options.patience, smoke=options.smoke)
        except SkipError as reason:
            document["skipped"][job.name] = str(reason)
        except TaskError as error:
            failed[job.name] = str(error)
            print(f"FAILED {job.name}", file=sys.stderr, flush=True)
        save(document, out)
    if not (options.only or (options.resume and "compile" in document)):
        side = 60 if options.smoke else 1_500
        document["compile"] = fresh("tasks.scale:first_call", {"side": side}, folder).facts
        save(document, out)
    return document, failed


def started(out: Path, where: dict[str, str], *, anew: bool) -> dict[str, Any]:
    """Return the results to go on from; those of another machine or other versions are none."""
    empty: dict[str, Any] = {"where": where, "rows": {}, "skipped": {}}
    if anew or not out.exists():
        return empty
    document: dict[str, Any] = json.loads(out.read_text("utf-8"))
    kept = {name: value for name, value in document["where"].items() if name != "load before"}
    changed = [name for name, value in kept.items() if where.get(name) != value]
    if changed or len(kept) < len(where) - 1:
        message = f"{out.name} was measured elsewhere ({', '.join(changed)}): give another --out, or run everything"
        raise SystemExit(message)
    return document


def save(document: dict[str, Any], out: Path) -> None:
    """Write the results."""
    out.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def render(document: dict[str, Any], static: Path, docs: Path) -> None:
    """Write the page of tables and the chart."""
    from scale_chart import draw

    (docs / "scale-results.md").write_text(page(document), "utf-8")
    draw(document["rows"], static / "scale.svg")


if __name__ == "__main__":
    sys.exit(main())
