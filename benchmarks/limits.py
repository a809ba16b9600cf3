"""How late limits are heard, by every route, at sizes that take long.

``python benchmarks/limits.py`` prints the table of docs/how-to/limit-a-run.md.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

import rmatch
from rmatch import quotas
from rmatch.errors import Status, StopError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable

MOMENTS = {"limit": (1.0, 5.0), "cancel": (2.0, 20.0)}
"""After so many seconds a run is ended, by each of the two ways; the last moment tells that it takes so long."""
SMALL = 60
"""A run of so many people a side, ended after two seconds, loads what a route needs."""
LEVELS = rmatch.datasets.LEVELS
Run = Callable[..., Any]


def points(size: int, seed: int = 0) -> Any:
    """Return points as attributes make them: sums of a few products, with many ties."""
    dice = np.random.default_rng(seed)
    return dice.integers(1, 40, (size, 8)) @ dice.integers(1, 40, (8, size))


def solved(matrix: Any, **asked: Any) -> Run:
    """Return a run of `assign` on a matrix of points."""
    return lambda **limits: rmatch.assign(matrix, **asked, **limits)


def stable(size: int) -> Run:
    """Return a run that finds a stable matching of so many people of each side."""
    sides = points(size, 1), points(size, 2)
    return solved(points(size), objective=Stable(), sides=sides)


def people(call: Run, size: int, **programme: Any) -> Run:
    """Return a run about so many people of each side."""
    company = rmatch.datasets.workforce(size, size, seed=1)
    chosen = rmatch.Programme(levels=LEVELS, justification="a benchmark", **programme)
    return lambda **limits: call(company, chosen, **limits)


def afterwards(call: Run, size: int, **programme: Any) -> Run:
    """Return a run about a matching of so many people of each side."""
    company = rmatch.datasets.workforce(size, size, seed=1)
    chosen = rmatch.Programme(levels=LEVELS, **programme)
    matching = rmatch.match(company, chosen, max_seconds=20)
    return lambda **limits: call(matching, **limits)


def changed(call: Run, size: int) -> Run:
    """Return a run about an earlier matching of so many people of each side, of whom every fiftieth has left since."""
    company = rmatch.datasets.workforce(size, size, seed=1)
    earlier = rmatch.match(company, rmatch.Programme(levels=LEVELS), max_seconds=20)
    here = company.take(np.flatnonzero(np.arange(len(company)) % 50))
    return lambda **limits: call(earlier, here, **limits)


def prices(size: int) -> Run:
    """Return a run that finds what it would cost to change less of an earlier matching."""
    rematched: list[rmatch.Matching] = []
    changed(lambda *given: rematched.append(rmatch.rematch(*given, keep="optimum")), size)()
    return rematched[0].price_of_changes


DIFFERENT = quotas.PairQuota("gender", "different", at_least=1)
NEAR = quotas.MeanParity("gender", "mentee", within=100)
ROUTES: dict[str, tuple[int, Callable[[int], Run]]] = {
    "total, dense": (4_000, lambda n: solved(points(n) / 7)),
    "total, flow": (2_000, lambda n: solved(points(n) / 7, mentor_capacity=3, mentee_capacity=2)),
    "total, columns": (60_000, lambda n: people(rmatch.match, n)),
    "α-fair": (
        8_000,
        lambda n: solved(np.random.default_rng(0).random((n, n)), objective=AlphaFair(2)),
    ),
    "max-min": (5_000, lambda n: solved(points(n) / 7, objective=MaxMin())),
    "leximin": (3_000, lambda n: solved(points(n), objective=Leximin())),
    "stable": (13_000, stable),
    "quotas": (150, lambda n: people(rmatch.match, n, quotas=(NEAR,))),
    "lottery": (1_000, lambda n: people(partial(rmatch.lottery, cap="1/2"), n)),
    "lottery, spread": (
        600,
        lambda n: people(partial(rmatch.lottery, cap="1/2", spread="1/2"), n),
    ),
    "stand-ins": (2_000, lambda n: afterwards(rmatch.Matching.stand_ins, n, mentor_capacity=2)),
    "groups": (300, lambda n: people(rmatch.match, n, mentee_capacity=2, count_topic="once")),
    "rematch, pairs": (15_000, lambda n: changed(rmatch.rematch, n)),
    "rematch, optimum": (15_000, lambda n: changed(partial(rmatch.rematch, keep="optimum"), n)),
    "price of changes": (1_000, prices),
    "plan": (20_000, lambda n: people(partial(rmatch.plan, rounds=4), n, count_topic="each")),
    "plan, by rounds": (150, lambda n: people(partial(rmatch.plan, rounds=3, gap=1), n)),
    "plan of groups": (
        150,
        lambda n: people(partial(rmatch.plan, rounds=2), n, mentee_capacity=2, count_topic="once"),
    ),
    "frontier": (4_000, lambda n: people(rmatch.frontier, n)),
    "frontier of a quota": (
        150,
        lambda n: people(partial(rmatch.frontier, quota=DIFFERENT), n),
    ),
    "verify": (20_000, lambda n: afterwards(rmatch.verify, n)),
    "fairness": (60_000, lambda n: afterwards(rmatch.Matching.fairness, n)),
}


class Late(NamedTuple):
    """How much later than it was told to a run has come back: by the clock, and in time of its own.

    Time of its own is what the thread that called has computed since: on a machine with other work it tells more.
    """

    clock: float
    own: float
    ended: str


def measured(run: Run, kind: str, after: float) -> Late:
    """Return how late a run is that is ended after so many seconds; it is early if it ended by itself."""
    clock, then, flag = time.pthread_getcpuclockid(threading.get_ident()), [0.0], threading.Event()

    def strike() -> None:
        then.append(time.clock_gettime(clock))
        flag.set()

    timer = threading.Timer(after, strike)
    limits = {"max_seconds": after} if kind == "limit" else {"cancel": flag}
    begun = time.monotonic()
    timer.start()
    try:
        result = run(**limits)
        stopped = getattr(result, "status", None) is Status.FEASIBLE
        ended = "the best so far" if stopped or getattr(result, "stopped", False) else "whole"
    except StopError:
        ended = "none"
    late = time.monotonic() - begun - after
    timer.cancel()
    return Late(late, time.clock_gettime(clock) - then[-1] if len(then) > 1 else 0.0, ended)


def alone(run: Run, kind: str, after: float) -> Late:
    """Measure in a process of its own: what a run leaves behind would be in the way of the next one."""
    fork = multiprocessing.get_context("fork")
    mine, theirs = fork.Pipe()
    process = fork.Process(target=lambda: theirs.send(measured(run, kind, after)))
    process.start()
    found: Late = mine.recv()
    process.kill()
    process.join()
    return found


def child(route: str, size: int) -> dict[str, Any]:
    """Measure one route, once everything that it needs is loaded."""
    make = ROUTES[route][1]
    rmatch.warm_up()
    measured(make(SMALL), "limit", 2.0)
    run, found = make(size), dict[str, Any]()
    for kind, moments in MOMENTS.items():
        each = [alone(run, kind, after) for after in moments]
        found[kind] = max((late[:2] for late in each if late.ended != "whole"), default=(0.0, 0.0))
        found["ended"] = each[0].ended if kind == "limit" else found["ended"]
        found["seconds"] = moments[-1] + each[-1].clock
        found["long"] = each[-1].ended != "whole"
    return found


def table(chosen: list[str], scale: float) -> None:
    """Print a row for each route: the later of the two moments for a limit, and for a cancel."""
    print("| Route | People of a side | Limit | Cancel | Result after a second | Whole run |")
    print("|---|---|---|---|---|---|")
    for route in chosen:
        size = int(ROUTES[route][0] * scale)
        command = [sys.executable, __file__, "--child", route, "--size", str(size)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            print(f"| {route} | {size:,} | failed: {run.stderr.splitlines()[-1:]} |", flush=True)
            continue
        found = json.loads(run.stdout)
        whole = "over 20 s" if found["long"] else f"{found['seconds']:.0f} s"
        late = " | ".join(
            f"{clock:.2f} s ({own:.2f} s)" for clock, own in (found["limit"], found["cancel"])
        )
        print(f"| {route} | {size:,} | {late} | {found['ended']} | {whole} |", flush=True)


def main() -> int:
    """Measure, or interrupt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("routes", nargs="*", help="of these routes alone")
    parser.add_argument("--scale", type=float, default=1.0, help="of the sizes")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(child(given.child, given.size)))
        return 0
    table(given.routes or list(ROUTES), given.scale)
    return 0


if __name__ == "__main__":
    sys.exit(main())
