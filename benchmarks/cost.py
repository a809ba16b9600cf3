"""What a matching costs, measured here and extrapolated to more people and other machines.

``python benchmarks/cost.py 1000000 100000`` prints the tables of docs/how-to/match-past-one-machine.md, for so many mentors and
mentees: what fewer of them in the same proportion take here, and what follows for all of them. It counts seconds of processors,
which depend neither on how many there are nor much on who else is at work.
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

MEASURED = [4e7, 2.5e8, 1e9, 4e9]
"""About so many pairs are run here."""
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

    # Watched from outside, so that the product carries nothing for being measured.
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
    """What a run of any size takes.

    Attributes
    ----------
    here, power : float
        Seconds beside the passes: so many, times the people to this power.
    tables, candidates : float
        Bytes there and back, for each person.
    passes, rate : float
        How often all pairs are looked at, and how many in a second.
    """

    here: float
    power: float
    tables: float
    candidates: float
    passes: float
    rate: float

    @classmethod
    def fitted(cls, runs: list[Run]) -> Cost:
        """Fit what grows with the people; of what should not grow take the worst."""
        people = np.array([run.mentors + run.mentees for run in runs], float)
        tables, candidates = (
            float(people @ [getattr(run, what) for run in runs] / (people @ people))
            for what in ("tables", "candidates")
        )
        # What is the same for few and many is little beside the rest in the two largest runs.
        largest = np.log(people[-2:]), np.log([run.here for run in runs[-2:]])
        power, here = np.polyfit(*largest, 1)
        passes, rate = max(run.passes for run in runs), min(run.rate for run in runs)
        return cls(float(np.exp(here)), float(power), tables, candidates, passes, rate)

    def seconds(self, mentors: int, mentees: int, workers: int) -> tuple[float, float, float]:
        """Return the seconds in the caller's process, those of the passes, and those on the wire."""
        pairs, people = mentors * mentees, mentors + mentees
        blocks = self.passes * min(max(DEFAULT.blocks, pairs / DEFAULT.longest), DEFAULT.sent)
        there = workers * self.tables * people + blocks * PRICES * mentees
        wire = (there + self.candidates * people) / NETWORK
        return self.here * people**self.power, self.passes * pairs / self.rate / workers, wire

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
    parser.add_argument("mentors", type=int)
    parser.add_argument("mentees", type=int)
    asked = parser.parse_args()
    mentors, mentees = asked.mentors, asked.mentees
    # Whatever is compiled is compiled now.
    measured(5_000, 5_000)
    runs = []
    print(heading("mentors", "mentees", "here (s)", "passes", "of passes (s)", "pairs in a second"))
    for pairs in MEASURED:
        share = (pairs / (mentors * mentees)) ** 0.5
        run = measured(round(mentors * share), round(mentees * share))
        runs.append(run)
        seconds = run.passes * run.mentors * run.mentees / run.rate
        counted = f"| {run.mentors:,} | {run.mentees:,} | {run.here:.1f} | {run.passes:.1f} |"
        print(f"{counted} {seconds:.1f} | {run.rate / 1e6:.0f} million |", flush=True)
    tables, back = runs[-1].tables / 1e6, runs[-1].candidates / 1e6
    print(f"\nThe last would send {tables:.0f} MB to each worker, and get {back:.0f} MB back.\n")
    cost = Cost.fitted(runs)
    print(heading("workers", "here (s)", "of passes (s)", "on the wire (s)", "together (s)"))
    fewest = cost.workers(mentors, mentees)
    for workers in sorted({1, 2, 4, 8, 16, 32, fewest} - {0}):
        parts = cost.seconds(mentors, mentees, workers)
        print(f"| {workers} |", *(f"{part:.0f} |" for part in (*parts, sum(parts))))
    who = f"{fewest} workers of one processor" if fewest else "no number of workers"
    print(f"\n{mentors:,} × {mentees:,} in an hour: {who}.")


def heading(*columns: str) -> str:
    """Return the first two lines of a table."""
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


if __name__ == "__main__":
    main()
