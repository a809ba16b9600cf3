"""How late limits are heard, by every route, at sizes that take long; and signals at random moments.

``python benchmarks/limits.py`` prints the table of docs/how-to/limit-a-run.md; ``--signals 20`` interrupts every verb.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import rmatch
from rmatch import quotas
from rmatch.errors import Status, StopError
from rmatch.objectives import AlphaFair, Leximin, MaxMin, Stable

AFTER = 1.0
LEVELS = rmatch.datasets.LEVELS
Run = Callable[..., Any]


def points(size: int, seed: int = 0) -> Any:
    """Return points as attributes make them: sums of a few products, with many ties."""
    dice = np.random.default_rng(seed)
    return dice.integers(1, 40, (size, 8)) @ dice.integers(1, 40, (8, size))


def solved(size: int, *, fractional: bool = False, **asked: Any) -> Run:
    """Return a run of `assign` on so many people of each side."""
    matrix = points(size) / 7 if fractional else points(size)
    if isinstance(asked.get("objective"), Stable):
        asked["sides"] = points(size, 1), points(size, 2)
    return lambda **limits: rmatch.assign(matrix, **asked, **limits)


def people(call: Run, size: int, **programme: Any) -> Run:
    """Return a run about so many people of each side."""
    company = rmatch.datasets.workforce(size, size, seed=1)
    chosen = rmatch.Programme(levels=LEVELS, justification="a benchmark", **programme)
    return lambda **limits: call(company, chosen, **limits)


def afterwards(call: Run, size: int) -> Run:
    """Return a run about a matching of so many people of each side."""
    company = rmatch.datasets.workforce(size, size, seed=1)
    matching = rmatch.match(company, rmatch.Programme(levels=LEVELS))
    return lambda **limits: call(matching, **limits)


DIFFERENT = quotas.PairQuota("gender", "different", at_least=1)
NEAR = quotas.MeanParity("gender", "mentee", within=100)
ROUTES: dict[str, tuple[int, Callable[[int], Run]]] = {
    "total, dense": (4_000, lambda n: solved(n, fractional=True)),
    "total, flow": (
        2_000,
        lambda n: solved(n, fractional=True, mentor_capacity=3, mentee_capacity=2),
    ),
    "total, columns": (20_000, lambda n: people(rmatch.match, n)),
    "α-fair": (6_000, lambda n: solved(n, objective=AlphaFair(2))),
    "max-min": (6_000, lambda n: solved(n, objective=MaxMin())),
    "leximin": (3_000, lambda n: solved(n, objective=Leximin())),
    "stable": (4_000, lambda n: solved(n, objective=Stable())),
    "quotas": (150, lambda n: people(rmatch.match, n, quotas=(NEAR,))),
    "lottery": (400, lambda n: people(lambda *a, **k: rmatch.lottery(*a, cap="1/2", **k), n)),
    "lottery, spread": (
        300,
        lambda n: people(lambda *a, **k: rmatch.lottery(*a, cap="1/2", spread="1/2", **k), n),
    ),
    "frontier": (1_500, lambda n: people(rmatch.frontier, n)),
    "frontier of a quota": (
        150,
        lambda n: people(lambda *a, **k: rmatch.frontier(*a, quota=DIFFERENT, **k), n),
    ),
    "verify": (4_000, lambda n: afterwards(rmatch.verify, n)),
    "fairness": (40_000, lambda n: afterwards(lambda m, **k: m.fairness(**k), n)),
}


def measured(run: Run, **limits: Any) -> tuple[tuple[float, float], str]:
    """Return how much later than after `AFTER` seconds a run comes back, by the clock and in time of its own, and how.

    Time of its own is what the thread that called has computed since: on a machine with other work it tells more.
    """
    clock, then = time.pthread_getcpuclockid(threading.get_ident()), [0.0]
    timer = threading.Timer(AFTER, lambda: then.append(time.clock_gettime(clock)))
    begun = time.monotonic()
    timer.start()
    try:
        result = run(**limits)
        stopped = getattr(result, "status", None) is Status.FEASIBLE
        stopped = stopped or getattr(result, "stopped", False)
        ended = "the best so far" if stopped else "ended by itself"
    except StopError:
        ended = "no result"
    timer.cancel()
    late = time.monotonic() - begun - AFTER
    return (late, time.clock_gettime(clock) - then[-1] if len(then) > 1 else 0.0), ended


def child(route: str, size: int) -> dict[str, Any]:
    """Measure one route: a limit, a cancel, and that it would have taken 20 seconds."""
    run = ROUTES[route][1](size)
    limited, ended = measured(run, max_seconds=AFTER)
    flag = threading.Event()
    timer = threading.Timer(AFTER, flag.set)
    timer.start()
    cancelled, _ = measured(run, cancel=flag)
    timer.cancel()
    whole, last = measured(run, max_seconds=20.0)
    return {
        "limit": limited,
        "cancel": cancelled,
        "ended": ended,
        "twenty": last != "ended by itself",
        "whole": whole[0] + AFTER,
    }


def table(chosen: list[str], scale: float) -> None:
    """Print a row for each route."""
    print(
        "| Route | People of a side | Limit heard after (own time) | Cancel heard after (own time) | Result | Whole run |"
    )
    print("|---|---|---|---|---|---|")
    for route in chosen:
        size = int(ROUTES[route][0] * scale)
        command = [sys.executable, __file__, "--child", route, "--size", str(size)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            print(f"| {route} | {size:,} | failed: {run.stderr.splitlines()[-1:]} |")
            continue
        found = json.loads(run.stdout)
        whole = "over 20 s" if found["twenty"] else f"{found['whole']:.0f} s"
        late = " | ".join(
            f"{clock:.2f} s ({own:.2f} s)" for clock, own in (found["limit"], found["cancel"])
        )
        print(f"| {route} | {size:,} | {late} | {found['ended']} | {whole} |", flush=True)


READY = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from rmatch.cli import main; from rmatch.cli.entry import run; from rmatch.cli.verbs import VERBS; import rmatch.matching, rmatch.frontiers, rmatch.lotteries; print('ready', flush=True); sys.exit(main())"
VERBS = {
    "match": ["--out", "round.json"],
    "frontier": [],
    "lottery": ["--cap", "1/2"],
    "fairness": [],
}


def interrupted(verb: str, objective: str, moments: int, span: float) -> list[str]:
    """Interrupt a command at random moments, and return what is wrong with how it ends."""
    wrong, dice = [], random.Random(verb + objective)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rmatch.io.write_people(rmatch.datasets.workforce(250, 250, seed=3), place / "people.csv")
        levels = json.dumps(list(LEVELS))
        (place / "p.toml").write_text(
            f'levels = {levels}\nplaces = "with_protected"\njustification = "x"\n[objective]\nkind = "{objective}"\n'
        )
        for number in [signal.SIGINT, signal.SIGTERM] * (moments // 2):
            out = place / "round.json"
            out.unlink(missing_ok=True)
            command = [sys.executable, "-c", READY, verb, "people.csv", "--programme", "p.toml"]
            with subprocess.Popen(
                [*command, *VERBS[verb]],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=folder,
            ) as process:
                assert process.stdout
                process.stdout.readline()
                after = dice.uniform(0, span)
                time.sleep(after)
                process.send_signal(number)
                said = "".join(process.communicate())
            where = f"{verb} {objective} {number.name} after {after:.2f} s"
            if process.returncode not in {0, 1, 130} or "Traceback" in said:
                wrong.append(f"{where}: exit code {process.returncode}: {said[-300:]}")
            elif out.exists():
                rmatch.verify(rmatch.read_matching(out), rmatch.read_people(place / "people.csv"))
    return wrong


def main() -> int:
    """Measure, or interrupt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("routes", nargs="*", help="of these routes alone")
    parser.add_argument("--scale", type=float, default=1.0, help="of the sizes")
    parser.add_argument("--signals", type=int, metavar="N", help="interrupt every verb N times")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(child(given.child, given.size)))
        return 0
    if given.signals:
        asked = [
            ("match", kind) for kind in ("total", "leximin", "max_min", "alpha_fair", "stable")
        ]
        asked += [(verb, "total") for verb in ("frontier", "lottery", "fairness")]
        wrong = [each for one in asked for each in interrupted(*one, given.signals, 3.0)]
        print(*wrong, sep="\n")
        print(f"{len(asked) * given.signals} signals, {len(wrong)} wrong ends")
        return bool(wrong)
    table(given.routes or list(ROUTES), given.scale)
    return 0


if __name__ == "__main__":
    sys.exit(main())
