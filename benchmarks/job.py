"""What a benchmark consists of, and how it is run."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from measure import Measured, SkipError, Task, TaskError, fresh, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TO_START, HOPELESS = 30.0, 3.0
"""A peer has so many seconds to start and to load, and so many times what the fastest one took."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of `figures.figures` to reach: the most that it may be, what would be better still, and what it once was."""

    figure: str
    target: float
    stretch: float | None = None
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One benchmark.

    Attributes
    ----------
    name : str
        What ``--only`` calls it.
    what, data : str
        What is timed, and what it works on.
    own : dict of str to Task
        rmatch's measurements; the first is what the job is about.
    peers : dict of str to Task
        Somebody else's ways to do the job or a part of it. One that fails or is stopped does not fail the run.
    beside : str
        The peer that takes turns with the first measurement inside its process, if there is one.
    prepare : tuple of Task
        What must be there before; not timed.
    without : dict of str to str
        Peers that are not asked, and why.
    goals : tuple of Goal
        The figures to reach.
    agree : tuple of str
        The measurements of `own` whose pairs and total must be those of every peer.
    rounds : int
        How many fresh interpreters each, by turns, so that all meet the same disturbances.
    shared : tuple of str
        The measurements that share each interpreter, one after another: little ones, of which none is stopped.
    family : str
        What a large problem is compared with along the sizes; none of everyday jobs.
    shape : tuple of int
        Mentors and mentees.
    """

    name: str
    what: str
    data: str
    own: dict[str, Task]
    peers: dict[str, Task] = field(default_factory=dict)
    beside: str = ""
    prepare: tuple[Task, ...] = ()
    without: dict[str, str] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    agree: tuple[str, ...] = ()
    rounds: int = 1
    shared: tuple[str, ...] = ()
    family: str = ""
    shape: tuple[int, int] = (0, 0)


def row(job: Job, scratch: Path, patience: float) -> dict[str, Any]:
    """Run a job and return what came out, as plain data; a peer is stopped after `patience` seconds."""
    folder = scratch / job.name
    folder.mkdir()
    load = round(os.getloadavg()[0], 1)
    described = {name: getattr(job, name) for name in ("what", "data", "family", "shape")}
    prepared = [_own(outcome) for task in job.prepare for outcome in fresh([task], folder)]
    facts = {name: fact for made in prepared for name, fact in made.facts.items()}
    parts, without = _measured(job, folder, patience)
    shutil.rmtree(folder)
    found = {name: figures(some) for name, some in parts.items()}
    if job.beside:
        turns = [second for part in parts[next(iter(job.own))] for second in part.beside]
        found[job.beside] = {"seconds": list(map(rounded, turns))}
    _agree(job, found)
    sides = {
        "own": {name: part for name, part in found.items() if name in job.own},
        "peers": {name: part for name, part in found.items() if name not in job.own},
    }
    return {**described, "load before": load, **facts, **sides, "without": without}


def tried(jobs: list[Job], folder: Path) -> Iterator[tuple[str, SkipError | TaskError | None]]:
    """Run jobs once in one interpreter, because no time counts, and tell of each why it was skipped or failed, if it was."""
    tasks = []
    for job in jobs:
        (folder / job.name).mkdir(parents=True)
        every = (*job.prepare, *job.own.values(), *job.peers.values())
        tasks += [replace(task, folder=job.name) for task in every]
    outcomes = iter(fresh(tasks, folder))
    for job in jobs:
        prepared = [next(outcomes) for _ in job.prepare]
        parts = {name: next(outcomes) for name in (*job.own, *job.peers)}
        try:
            for outcome in (*prepared, *(parts[name] for name in job.own)):
                _own(outcome)
            done = {name: part for name, part in parts.items() if isinstance(part, Measured)}
            _agree(job, {name: figures([part]) for name, part in done.items()})
            yield job.name, None
        except (SkipError, TaskError) as reason:
            yield job.name, reason


def _measured(
    job: Job, folder: Path, patience: float
) -> tuple[dict[str, list[Measured]], dict[str, str]]:
    """Return all measurements, taken in turns, and the peers that are left out with the reasons."""
    tasks = job.own | job.peers
    parts: dict[str, list[Measured]] = {name: [] for name in tasks}
    without = dict(job.without)
    for _ in range(job.rounds):
        asked = [name for name in tasks if name not in without]
        little = [name for name in asked if name in job.shared]
        alone = [[name] for name in asked if name not in job.shared]
        for batch in [*[little] * bool(little), *alone]:
            limit = _limit(parts, job, patience) if batch[0] in job.peers else None
            outcomes = fresh([tasks[name] for name in batch], folder, limit)
            for name, outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, Measured) or name in job.own:
                    parts[name].append(_own(outcome))
                else:
                    without[name] = _reason(outcome)
    return {name: some for name, some in parts.items() if some and name not in without}, without


def _limit(parts: dict[str, list[Measured]], job: Job, patience: float) -> float:
    """Return after how many seconds a peer is stopped: earlier where another one was so fast that it cannot win."""
    taken = [min(part.seconds) for name in job.peers for part in parts[name] if part.seconds]
    return min([patience, *(TO_START + HOPELESS * seconds for seconds in taken)])


def _own(outcome: Measured | SkipError | TaskError) -> Measured:
    """Return what rmatch measured; nobody excuses it where it fails."""
    if isinstance(outcome, Measured):
        return outcome
    raise outcome


def _reason(error: SkipError | TaskError) -> str:
    if isinstance(error, SkipError):
        return str(error)
    return f"it failed: {str(error).strip().splitlines()[-1]}"


def figures(parts: list[Measured]) -> dict[str, Any]:
    """Return the runs of one task as plain data: all times, the highest peak, and the facts of the last."""
    seconds = [rounded(second) for part in parts for second in part.seconds]
    highest = round(max(part.megabytes for part in parts), 1)
    return {"seconds": seconds, "megabytes": highest, **parts[-1].facts}


def _agree(job: Job, found: dict[str, dict[str, Any]]) -> None:
    """Make sure that everybody who solved the same problem found as much."""
    same = [name for name in found if name in (*job.agree, *job.peers)] if job.agree else []
    answers = {name: (found[name]["pairs"], found[name]["total"]) for name in same}
    if len(set(answers.values())) > 1:
        lines = [f"  {name}: {pairs} pairs, {total}" for name, (pairs, total) in answers.items()]
        raise TaskError("\n".join([f"{job.name}: pairs and totals differ", *lines]))
