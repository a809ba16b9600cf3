"""Signals at random moments: every verb of the command line, and every route of the library.

``python benchmarks/signals.py --moments 20`` interrupts each of them so often, by SIGINT and SIGTERM in turn, from the
moment that `main` is called until after it has ended, and prints what does not end as it should.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import rmatch

OBJECTIVES = ("total", "leximin", "max_min", "alpha_fair", "stable")
LEVELS = json.dumps(list(rmatch.datasets.LEVELS))
GROUPS = 'count_topic = "once"\nmentee_capacity = 2\n'
QUOTAS = '[[quotas]]\nkind = "pairs"\ndimension = "gender"\npairs = "different"\nat_least = 1\n'
ROUND, AGAIN = ("round.json",), ("round.json", "people.csv")
TWO = ("--mentor", "MENTOR", "--mentee", "MENTEE")
FILES = ("--out", "new.json", "--people-out", "new.csv", "--fairness", "new.html")
CASES: dict[str, tuple[str, ...]] = {
    **{
        f"match, {kind}": ("match", "people.csv", "--programme", f"{kind}.toml", *FILES)
        for kind in (*OBJECTIVES, "quotas", "groups")
    },
    "match, shown": ("match", "people.csv", "--price-of-fair-places"),
    "match, csv": ("match", "people.csv", "--out", "new.csv"),
    "check": ("check", "people.csv"),
    "score": ("score", "people.csv"),
    "readiness": ("readiness", "people.csv"),
    "fix": ("fix", *AGAIN),
    "what-if": ("what-if", *AGAIN, "--changes", "changes.json"),
    "recruit": ("recruit", "people.csv"),
    "verify": ("verify", *AGAIN),
    "bundle": ("bundle", *ROUND, "--out", "new.zip", "--inputs", "people.csv"),
    "diff": ("diff", "round.json", "round.json"),
    "rematch": ("rematch", *ROUND, "--people", "people.csv", "--out", "new.json"),
    "rematch, optimum": (
        *("rematch", *ROUND, "--people", "people.csv"),
        *("--keep", "optimum", "--out", "new.json"),
    ),
    "plan": ("plan", "people.csv", "--rounds", "2", "--out", "new.csv"),
    "plan, by rounds": ("plan", "people.csv", "--rounds", "3", "--gap", "1", "--out", "new.csv"),
    "replan": ("replan", "plan.json", "--after", "1", "--people", "people.csv", "--out", "new.csv"),
    "show": ("show", *AGAIN),
    "explain": ("explain", *ROUND, *TWO),
    "explain, solved": ("explain", "people.csv", "--person", "MENTOR"),
    "alternatives": ("alternatives", *AGAIN, "--person", "MENTOR", "--side", "mentor"),
    "stand-ins": ("stand-ins", *AGAIN),
    "fairness": ("fairness", *AGAIN),
    "report": ("report", *ROUND, "people.csv", "--out", "new.html"),
    "board": ("board", *ROUND, "people.csv", "--out", "new.html"),
    "slips": ("slips", *AGAIN, "--out", "slips", "--table", "new.csv"),
    "frontier": ("frontier", "people.csv"),
    "frontier, quota": (
        *("frontier", "people.csv", "--programme", "quotas.toml"),
        *("--quota", "1", "--values", "1,2"),
    ),
    "lottery": ("lottery", "people.csv", "--cap", "1/2", "--draw", "spring"),
    "template": ("template", "new.csv"),
    "init": ("init", "people.csv"),
    "demo": ("demo",),
}
COMMAND = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from rmatch.cli import main
print("ready", file=sys.stderr, flush=True)
sys.exit(main())
"""
LIBRARY = """
import signal, sys
import rmatch
people = rmatch.read_people("people.csv")
programme = rmatch.read_programme(sys.argv[1])
known = rmatch.match(rmatch.datasets.example())
rmatch.verify(known), known.fairness()
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    print("ready", file=sys.stderr, flush=True)
    matching = rmatch.match(people, programme)
    rmatch.verify(matching, people, programme)
    matching.fairness()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
except KeyboardInterrupt:
    print("interrupted", file=sys.stderr)
    sys.exit(130)
"""
"""A host, which has loaded what it needs, and whose end is its own."""
WRITTEN = ("new.json", "new.csv", "new.html", "new.zip", "mapping.toml", "programme.toml", "slips")


class Ended(NamedTuple):
    """How a command has ended: its exit code, and what it has printed."""

    code: int
    out: str
    err: str
    seconds: float


def prepared(place: Path, people: int) -> tuple[str, str]:
    """Write what the commands read, and return the first two of whom they ask."""
    company = rmatch.datasets.workforce(people, people, seed=3)
    rmatch.io.write_people(company, place / "people.csv")
    head = f'levels = {LEVELS}\nplaces = "with_protected"\njustification = "x"\n'
    for kind in OBJECTIVES:
        more = "alpha = 2\n" * (kind == "alpha_fair")
        (place / f"{kind}.toml").write_text(f'{head}[objective]\nkind = "{kind}"\n{more}')
    (place / "changes.json").write_text('{"programme": {"mentee_capacity": 2}}')
    (place / "quotas.toml").write_text(f"{head}{QUOTAS}")
    (place / "groups.toml").write_text(f"{head}{GROUPS}")
    matching = rmatch.match(company)
    matching.to_json(place / "round.json")
    rmatch.plan(company, rounds=2).to_json(place / "plan.json")
    return matching.pairs[0].mentor, matching.pairs[0].mentee


def ended(arguments: list[str], place: Path, after: float, number: signal.Signals | None) -> Ended:
    """Run a command, send it a signal so long after it has begun, and return how it ends."""
    command = [sys.executable, "-c", *arguments]
    # A pipe that nobody reads would hold the command back while it prints.
    with (
        tempfile.TemporaryFile("w+") as printed,
        subprocess.Popen(
            command, cwd=place, stdout=printed, stderr=subprocess.PIPE, text=True
        ) as process,
    ):
        assert process.stderr
        process.stderr.readline()
        begun = time.monotonic()
        if number is not None:
            time.sleep(after)
            process.send_signal(number)
        err = process.stderr.read()
        code, seconds = process.wait(), time.monotonic() - begun
        printed.seek(0)
        return Ended(code, printed.read(), err, seconds)


def wrongs(found: Ended, place: Path, *, as_json: bool) -> list[str]:
    """Return what is wrong with how a command has ended: a result, or one line that says that there is none."""
    wrong = []
    if found.code not in {0, 130}:
        wrong.append(f"exit code {found.code}")
    if "Traceback" in found.err or "Exception ignored" in found.err:
        wrong.append("a traceback")
    there = [name for name in WRITTEN if (place / name).exists()]
    if found.code == 130 and not (found.out or there) and len(found.err.splitlines()) != 1:
        wrong.append(f"{len(found.err.splitlines())} lines")
    if as_json and found.out:
        json.loads(found.out)
    if as_json and found.code == 130:
        json.loads(found.err.splitlines()[-1])
    people = rmatch.read_people(place / "people.csv")
    if "new.json" in there:
        rmatch.verify(rmatch.read_matching(place / "new.json"), people)
    if "new.zip" in there:
        rmatch.read_matching(place / "new.zip", people)
    if "new.html" in there and not (place / "new.html").read_text().endswith("</html>\n"):
        wrong.append("half a report")
    if "slips" in there and len(list((place / "slips").iterdir())) != len(people):
        wrong.append("some of the slips")
    return wrong


def interrupted(case: str, moments: int, people: int = 150) -> list[str]:
    """Interrupt a case at random moments, and return what is wrong with how it ends."""
    dice, wrong = random.Random(case), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        names = dict(zip(("MENTOR", "MENTEE"), prepared(place, people), strict=True))
        known = {path.name for path in place.iterdir()}
        if case.startswith("library, "):
            arguments, verb = [LIBRARY, f"{case.partition(', ')[2]}.toml"], False
        else:
            arguments, verb = [COMMAND, *(names.get(each, each) for each in CASES[case])], True
        run = partial(ended, place=place)
        whole = run(arguments, after=0.0, number=None)
        assert whole.code == 0, whole
        numbers = [signal.SIGINT, signal.SIGTERM] if verb else [signal.SIGINT]
        for turn in range(moments):
            for path in place.iterdir():
                if path.name not in known:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            number, as_json = numbers[turn % len(numbers)], verb and turn % 4 > 1
            after = dice.uniform(0.0, 1.05 * whole.seconds)
            found = run(
                [*arguments, *(("--format", "json") if as_json else ())], after=after, number=number
            )
            strange = {path.name for path in place.iterdir()} - known - set(WRITTEN)
            faults = [f"left behind: {name}" for name in strange]
            try:
                faults += wrongs(found, place, as_json=as_json)
            except Exception as error:  # noqa: BLE001  whatever cannot be read is wrong
                faults.append(repr(error))
            if faults:
                where = f"{case}, {number.name} after {after:.2f} of {whole.seconds:.2f} s"
                wrong.append(
                    f"{where}{', json' * as_json}: {', '.join(faults)}\n{found.out[-200:]}\n{found.err[-1500:]}"
                )
    return wrong


def main() -> int:
    """Interrupt everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    library = [f"library, {kind}" for kind in (*OBJECTIVES, "quotas")]
    parser.add_argument("cases", nargs="*", help="of these alone")
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--people", type=int, default=150, help="of each side")
    given = parser.parse_args()
    count = 0
    for case in given.cases or [*CASES, *library]:
        wrong = interrupted(case, given.moments, given.people)
        print(
            f"{case}: {given.moments} signals, {len(wrong)} wrong ends",
            *wrong,
            sep="\n",
            flush=True,
        )
        count += len(wrong)
    print(f"{count} wrong ends in all")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main())
