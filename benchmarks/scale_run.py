"""Runs one job of the scale benchmark and returns plain data."""

from __future__ import annotations

import os
from statistics import median
from typing import TYPE_CHECKING, Any

from measure import Measured, SkipError, TaskError, fresh
from scale_jobs import PEERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scale_jobs import ScaleJob

OWN = ("match", "solve", "stream")
MIXED = ("square", "lopsided", "capacities", "forbidden")
"""Families of every form that peers meet: a smoke run asks them no more than that."""


def row(job: ScaleJob, folder: Path, limit: float, *, smoke: bool) -> dict[str, Any]:
    """Return what came out of a job.

    Parameters
    ----------
    job : ScaleJob
        The job.
    folder : Path
        Scratch folder; the matrix takes 4 bytes a pair.
    limit : float
        After so many seconds a peer is stopped.
    smoke : bool
        Whether at tiny sizes, once.

    Raises
    ------
    SkipError
        If the data is not here.
    TaskError
        If something failed, or if totals differ that must be equal.
    """
    recipe, path = job.recipe_of(smoke=smoke), str(folder / f"{job.name}{'-smoke' * smoke}")
    rounds, repeats = (1, 1) if smoke else (job.rounds, job.repeats)
    found: dict[str, Any] = {
        "data": job.data,
        "family": job.family,
        "load before": round(os.getloadavg()[0], 1),
    }
    found["shape"] = list(job.shape)
    if job.has_matrix:
        found |= fresh("tasks.scale:matrix", {"recipe": recipe, "path": path}, folder).facts
    tasks = _tasks(job, recipe, path, repeats, folder, limit, smoke=smoke)
    parts: dict[str, list[Measured]] = {name: [] for name in tasks}
    reasons = {peer.name: reason for peer in PEERS if (reason := peer.refusal(job))}
    for _ in range(rounds):
        for name, task in tasks.items():
            if name in reasons:
                continue
            try:
                parts[name].append(task())
            except SkipError as reason:
                if name in OWN:
                    raise
                reasons[name] = str(reason)
            except TaskError as error:
                if name in OWN:
                    raise
                reasons[name] = f"it failed: {(str(error).splitlines() or ['killed'])[-1]}"
    results = {
        name: figures(Measured.joined(some))
        for name, some in parts.items()
        if some and name not in reasons
    }
    found |= {name: results[name] for name in OWN if name in results}
    found["peers"] = {peer.name: results[peer.name] for peer in PEERS if peer.name in results}
    _clean(path)
    _check(job.name, found)
    return found | {"without": reasons}


def _tasks(
    job: ScaleJob,
    recipe: dict[str, Any],
    path: str,
    repeats: int,
    folder: Path,
    limit: float,
    *,
    smoke: bool,
) -> dict[str, Callable[[], Measured]]:
    """Return everything to be measured in turns."""

    def task(where: str, seconds: float | None = None, **arguments: Any) -> Callable[[], Measured]:
        return lambda: fresh(where, {**arguments, "repeats": repeats}, folder, seconds)

    tasks, sides = {}, [60] if smoke else [60, 1_500]
    if recipe["kind"] != "planted":
        tasks["match"] = task("tasks.scale:whole", recipe=recipe, warm_up=sides)
    if job.streamed or smoke:
        tasks["stream"] = task("tasks.scale:stream", recipe=recipe, warm_up=sides)
    if job.has_matrix:
        tasks["solve"] = task("tasks.scale:solve", path=path)
        for peer in PEERS if job.family in MIXED or not smoke else ():
            tasks[peer.name] = task("tasks.peers:solves", limit, peer=peer.name, path=path)
    return tasks


def figures(measured: Measured) -> dict[str, Any]:
    """Return a measurement as plain data."""
    return {
        "median": round(median(measured.seconds), 6),
        "seconds": [round(second, 6) for second in measured.seconds],
        "megabytes": round(measured.megabytes, 1),
        **measured.facts,
    }


def _clean(path: str) -> None:
    """Remove the matrix, which may be large."""
    from pathlib import Path

    for ending in ("npy", "npz"):
        Path(f"{path}.{ending}").unlink(missing_ok=True)


def _check(job: str, found: dict[str, Any]) -> None:
    """Make sure that everybody who solved the same problem found as much."""
    same = {name: found[name] for name in ("solve", "stream") if name in found} | found["peers"]
    answers = {name: (part["pairs"], part["total"]) for name, part in same.items()}
    if len(set(answers.values())) > 1:
        raise TaskError(
            "\n".join(
                [
                    f"{job}: pairs and totals differ",
                    *(f"  {name}: {a}" for name, a in answers.items()),
                ]
            )
        )
    gaps = {name: found[name]["gap"] for name in ("match", "stream") if name in found}
    if any(gaps.values()):
        message = f"{job}: the gap is not closed: {gaps}"
        raise TaskError(message)
