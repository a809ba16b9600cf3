"""What a matching costs, measured here and extrapolated to more people and other machines.

``python benchmarks/cost.py`` prints the tables of docs/how-to/match-past-one-machine.md; ``python benchmarks/cost.py 500000
80000`` what to expect of so many mentors and mentees. All is measured in seconds of processors, which do not depend on how
many there are, nor on who else is at work.
"""

from __future__ import annotations

import argparse
import pickle
import time
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import rmatch
from rmatch.solve.columns.tuning import DEFAULT
from rmatch.solve.columns.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

MEASURED = [(20_000, 2_000), (50_000, 5_000), (100_000, 10_000), (200_000, 20_000)]
"""Mentors and mentees of the runs."""
PREDICTED = (1_000_000, 100_000)
HOUR = 3600
NETWORK = 100e6
"""Bytes a second to a scheduler and on to a worker: an ordinary network of one gigabit."""
PRICES = 12
"""Bytes that travel with a block for each mentee: a price, and the least gain that counts with its lot."""


class Run(NamedTuple):
    """What one run was seen to take.

    Attributes
    ----------
    mentors, mentees : int
        The people.
    here : float
        Seconds of a processor beside the passes, which no worker takes over.
    passes : float
        How often all pairs were looked at.
    rate : float
        Pairs that a processor looks at in a second.
    tables : int
        Bytes that go to each worker.
    candidates : int
        Bytes that come back.
    """

    mentors: int
    mentees: int
    here: float
    passes: float
    rate: float
    tables: int
    candidates: int


def measured(mentors: int, mentees: int) -> Run:
    """Run once in this process, and see what its passes take."""
    people = rmatch.datasets.workforce(mentors, mentees)
    programme = rmatch.Programme(levels=rmatch.datasets.LEVELS)
    spent = {"seconds": 0.0, "pairs": 0, "tables": 0, "candidates": 0}
    usual = Workers.each

    def watched(
        self: Workers, task: Any, source: Any, arguments: Any, *rest: Any, **far: Any
    ) -> Iterator[Any]:
        spent["pairs"] += source.shape[1] * sum(len(some[1]) for some in arguments)
        _, (first, *_) = source.parcels()
        spent["tables"] = spent["tables"] or len(pickle.dumps(first))
        results = usual(self, task, source, arguments, *rest, **far)
        while True:
            before = time.process_time()
            result = next(results, None)
            spent["seconds"] += time.process_time() - before
            if result is None:
                return
            spent["candidates"] += sum(part.nbytes for part in result)
            yield result

    Workers.each = watched  # type: ignore[method-assign]
    try:
        before = time.process_time()
        rmatch.match(people, programme)
        whole = time.process_time() - before
    finally:
        Workers.each = usual  # type: ignore[method-assign]
    return Run(
        mentors,
        mentees,
        whole - spent["seconds"],
        spent["pairs"] / (mentors * mentees),
        spent["pairs"] / spent["seconds"],
        int(spent["tables"]),
        int(spent["candidates"]),
    )


class Cost(NamedTuple):
    """Seconds of a run of any size, by what was measured."""

    here: float
    passes: float
    rate: float
    tables: tuple[float, float]
    candidates: float

    @classmethod
    def fitted(cls, runs: list[Run]) -> Cost:
        """Fit what grows with the people by least squares; of what should not grow take the worst."""
        mentors, mentees = np.array([run[:2] for run in runs], float).T
        tables = np.linalg.lstsq(
            np.stack([mentors, mentees], axis=1), [run.tables for run in runs], rcond=None
        )[0]
        each = mentors + mentees
        here, back = (
            float(each @ [getattr(run, what) for run in runs] / (each @ each))
            for what in ("here", "candidates")
        )
        worst = max(run.passes for run in runs), min(run.rate for run in runs)
        return cls(here, *worst, (float(tables[0]), float(tables[1])), back)

    def seconds(self, mentors: int, mentees: int, workers: int) -> tuple[float, float, float]:
        """Return the seconds in the caller's process, those of the passes, and those on the wire."""
        pairs, people = mentors * mentees, mentors + mentees
        tables = self.tables[0] * mentors + self.tables[1] * mentees
        blocks = self.passes * max(DEFAULT.blocks, pairs / DEFAULT.sent)
        bytes_ = workers * tables + blocks * PRICES * mentees + self.candidates * people
        return self.here * people, self.passes * pairs / self.rate / workers, bytes_ / NETWORK

    def workers(self, mentors: int, mentees: int) -> int:
        """Return the fewest processors for an hour."""
        here, one, _ = self.seconds(mentors, mentees, 1)
        for workers in count(1):
            if sum(self.seconds(mentors, mentees, workers)) <= HOUR:
                return workers
            if here > HOUR or one / workers < 1:
                break
        return 0


def main() -> None:
    """Measure, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("people", nargs="*", type=int, help="mentors and mentees to tell of")
    parser.add_argument("--runs", type=int, default=len(MEASURED), help="how many sizes to measure")
    asked = parser.parse_args()
    rmatch.match(rmatch.datasets.workforce(2_000, 2_000))  # whatever is compiled is compiled now
    runs = []
    print(
        "| mentors | mentees | s here | passes | s of passes | pairs a second | MB of tables | MB back |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for size in MEASURED[: asked.runs]:
        run = measured(*size)
        runs.append(run)
        of_passes = run.passes * run.mentors * run.mentees / run.rate
        print(
            f"| {run.mentors:,} | {run.mentees:,} | {run.here:.1f} | {run.passes:.1f} | {of_passes:.1f} "
            f"| {run.rate:.2g} | {run.tables / 1e6:.0f} | {run.candidates / 1e6:.0f} |",
            flush=True,
        )
    cost = Cost.fitted(runs)
    size = tuple(asked.people) or PREDICTED
    mentors, mentees = size
    print("\n| workers | s here | s of passes | s on the wire | together |\n|---|---|---|---|---|")
    fewest = cost.workers(mentors, mentees)
    for workers in sorted({1, 2, 4, 8, 16, 32, *([fewest] if fewest else [])}):
        here, passes, wire = cost.seconds(mentors, mentees, workers)
        print(
            f"| {workers} | {here:.0f} | {passes:.0f} | {wire:.0f} | {here + passes + wire:.0f} |"
        )
    print(
        f"\n{mentors:,} × {mentees:,} in an hour: {fewest or 'no number of'} workers of one processor"
    )


if __name__ == "__main__":
    main()
