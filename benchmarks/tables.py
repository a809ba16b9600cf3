"""The results as a page of tables in Markdown, and the figures that follow from them: ratios, growth, goals."""

from __future__ import annotations

from math import log
from statistics import linear_regression, median
from typing import TYPE_CHECKING, Any

from jobs import jobs
from peers.limits import PEERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from job import Goal

    Row = dict[str, Any]

GROWS_FROM = 2_000
VERDICT = {(True, True): "yes, the stretch too", (True, False): "yes", (False, False): "**no**"}
EVERYDAY = ("job", "what", "data", "median", "memory", "answer", "peer", "its median", "its answer", "÷ peer")  # fmt: skip
WHOLE = ("job", "mentors × mentees", "data", "match", "verify", "together", "memory", "fastest peer", "÷ peer")  # fmt: skip
SHORT = ("mentors × mentees", "match", "verify", "together", "peak memory")
END_OF_SHORT = "<!-- what a round takes ends here -->"
INSIDE = (
    "job", "time", "gap", "passes", "candidates", "start", "master", "passes' share", "one pass", "÷ one pass",
    "passes of the match",
)  # fmt: skip
GOALS = ("job", "figure", "target", "stretch", "measured", "met")


def page(document: dict[str, Any]) -> str:
    """Return the whole page."""
    every = [job.name for job in jobs(smoke=False)]
    rows: dict[str, Row] = {
        name: document["jobs"][name] for name in every if name in document["jobs"]
    }
    large = {name: row for name, row in rows.items() if row["family"]}
    missing = [name for name in every if name not in rows | document["skipped"]]
    where = ", ".join(f"{name} {value}" for name, value in document["where"].items())
    parts = [
        _table(SHORT, [_short(row) for row in large.values() if row["family"] == "square"]),
        [END_OF_SHORT],
        [f"Measured on {where}."],
        _states(rows),
        [f"- {job} has no figures: `python benchmarks/run.py --only {job}` measures it." for job in missing],
        [f"- {job} was skipped: {reason}." for job, reason in document["skipped"].items()],
        ["**Everyday jobs**, and the peers that took turns with them:"],
        _table(EVERYDAY, [_everyday(*item) for item in rows.items() if not item[1]["family"]]),
        ["**From people in memory to the verified matching**, and the fastest peer on the finished matrix:"],
        _table(WHOLE, [_whole(*item) for item in large.items()]),
        ["![Time against size, rmatch and its peers](../_static/scale.svg)"],
        _growth(large),
        ["**Solving only**, the matrix given for free to everybody; nobody decides ties:"],
        _table(
            ("job", "pairs", "total", "rmatch", *(peer.name for peer in PEERS)),
            [_solve(*item) for item in large.items() if "solve" in item[1]["own"]],
        ),
        _reasons(large),
        ["**Inside a run of column generation**, on tables and without a decision of ties:"],
        _table(INSIDE, [_inside(*item) for item in large.items() if "stream" in item[1]["own"]]),
        ["**Figures to reach**, and what was measured:"],
        _table(GOALS, _goals(rows)),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def time(row: Row) -> float | None:
    """Return rmatch's seconds: of a large problem from people in memory to the verified matching, if it has people."""
    if not row["family"]:
        return float(median(_main(row)["seconds"]))
    match = row["own"].get("match")
    return median(match["seconds"]) + median(match["verify"]) if match else None


def peers(row: Row) -> dict[str, float]:
    """Return the median seconds of each peer."""
    return {name: float(median(part["seconds"])) for name, part in row["peers"].items()}


def fastest(row: Row) -> tuple[str, float] | None:
    """Return the fastest peer and its seconds."""
    return min(peers(row).items(), key=lambda item: item[1], default=None)


def figures(row: Row) -> dict[str, float]:
    """Return every figure of a job that a goal can name."""
    found: dict[str, float] = {"peak memory, GB": (_main(row)["megabytes"] or 0) / 1000}
    seconds, peer, stream = time(row), fastest(row), row["own"].get("stream")
    if seconds is None:
        return found
    found["seconds"] = seconds
    found |= {f"time ÷ {name}": seconds / other for name, other in peers(row).items()}
    if peer:
        found["time ÷ fastest peer"] = seconds / peer[1]
    if "gap" in _main(row):
        found["gap"] = _main(row)["gap"]
    if stream:
        found["time ÷ one pass"] = seconds / stream["one_pass"]
        found["verify ÷ one pass"] = median(_main(row)["verify"]) / stream["one_pass"]
    return found


def duration(seconds: float) -> str:
    r"""Return a time with three digits that mean something, in one line with its unit.

    Examples
    --------
    >>> duration(0.16251), duration(12.3)
    ('163\xa0ms', '12.3\xa0s')
    """
    number, unit = (1000 * seconds, "ms") if seconds < 1 else (seconds, "s")
    return f"{number:.3g}\N{NO-BREAK SPACE}{unit}"


def _main(row: Row) -> Row:
    """Return the measurement that a job is about."""
    part: Row = next(iter(row["own"].values()))
    return part


def _states(rows: dict[str, Row]) -> list[str]:
    """Return which state of rmatch each job was measured on, the newest first."""
    jobs_of: dict[tuple[str, str], list[str]] = {}
    for job, row in rows.items():
        jobs_of.setdefault((row["measured"]["date"], row["measured"]["commit"]), []).append(job)
    newest = sorted(jobs_of.items(), reverse=True)
    return [f"- On {date}, at commit {commit}: {', '.join(own)}." for (date, commit), own in newest]


def _short(row: Row) -> Sequence[str]:
    return _whole("", row)[1], *_whole("", row)[3:7]


def _everyday(name: str, row: Row) -> Sequence[str]:
    main = _main(row)
    own = duration(median(main["seconds"])), _memory(main), _answer(main)
    if not (peer := fastest(row)):
        return name, row["what"], row["data"], *own, "", "", "", ""
    ratio = f"{figures(row)['time ÷ fastest peer']:.3g}"
    answer = _answer(row["peers"][peer[0]])
    return name, row["what"], row["data"], *own, peer[0], duration(peer[1]), answer, ratio


def _memory(part: Row) -> str:
    return f"{part['megabytes']:,.0f}\N{NO-BREAK SPACE}MB" if part["megabytes"] else "not measured"


def _answer(part: Row) -> str:
    facts = {name: fact for name, fact in part.items() if name not in {"seconds", "megabytes"}}
    return ", ".join(f"{name.replace('_', ' ')} {_shown(fact)}" for name, fact in facts.items())


def _shown(fact: object) -> str:
    if isinstance(fact, list):
        return " ".join(map(str, fact)) or "none"
    return f"{fact:,}" if isinstance(fact, int) else str(fact)


def _whole(name: str, row: Row) -> Sequence[str]:
    peer, together = fastest(row), time(row)
    first = name, " × ".join(f"{side:,}" for side in row["shape"]), row["data"]
    ends = _memory(_main(row)), f"{peer[0]}, {duration(peer[1])}" if peer else ""
    if together is None:
        return *first, "", "", "", *ends, ""
    verify = median(_main(row)["verify"])
    times = duration(together - verify), duration(verify), duration(together)
    return *first, *times, *ends, f"{together / peer[1]:.2f}" if peer else ""


def _solve(name: str, row: Row) -> Sequence[str]:
    own, others = row["own"]["solve"], peers(row)
    times = [duration(others[peer.name]) if peer.name in others else "–" for peer in PEERS]
    mine = f"{duration(median(own['seconds']))} ({own['route']})"
    return name, f"{own['pairs']:,}", f"{own['total']:,}", mine, *times


def _reasons(rows: dict[str, Row]) -> list[str]:
    """Return what the peers are and why they are left out, each reason once."""
    jobs_of: dict[tuple[str, str], list[str]] = {}
    for job, row in rows.items():
        for peer, reason in row["without"].items() if "solve" in row["own"] else ():
            jobs_of.setdefault((reason, peer), []).append(job)
    peers_of: dict[tuple[str, str], list[str]] = {}
    for (reason, peer), where in jobs_of.items():
        peers_of.setdefault((reason, ", ".join(where)), []).append(peer)
    left_out = [
        f"- No {', '.join(who)} at {where}: {reason}." for (reason, where), who in peers_of.items()
    ]
    return [*(f"- {peer.name} is {peer.what}." for peer in PEERS), *left_out]


def _inside(name: str, row: Row) -> Sequence[str]:
    run = row["own"]["stream"]
    seconds = median(run["seconds"])
    shares = [f"{100 * run['shares'][part]:.0f} %" for part in ("start", "master", "passes")]
    counts = f"{run['gap']:,}", f"{run['passes']:.1f}", f"{run['arcs']:,}"
    ratio = f"{(time(row) or seconds) / run['one_pass']:.1f}"
    steps = " + ".join(f"{step['passes']:.1f}" for step in _main(row).get("steps", ()))
    return name, duration(seconds), *counts, *shares, duration(run["one_pass"]), ratio, steps


def _goals(rows: dict[str, Row]) -> Iterator[Sequence[str]]:
    for job in jobs(smoke=False):
        for goal in job.goals:
            measured = figures(rows[job.name]).get(goal.figure) if job.name in rows else None
            yield job.name, goal.figure, *_met(goal, measured)


def _met(goal: Goal, measured: float | None) -> Sequence[str]:
    stretch = "" if goal.stretch is None else f"≤ {goal.stretch:g}"
    if measured is None:
        return f"≤ {goal.target:g}", stretch, "–", "–"
    both = measured <= goal.target, goal.stretch is not None and measured <= goal.stretch
    return f"≤ {goal.target:g}", stretch, f"{measured:.3g}", VERDICT[both]


def _growth(rows: dict[str, Row]) -> list[str]:
    r"""Return the exponent `b` of :math:`t \approx a n^b` by least squares on logarithms, and the sizes it rests on."""
    points = sorted(
        (row["shape"][0], seconds)
        for row in rows.values()
        if row["family"] == "square" and row["shape"][0] >= GROWS_FROM and (seconds := time(row))
    )
    if len(points) < 2:
        return []
    x, y = ([log(value) for value in side] for side in zip(*points, strict=True))
    exponent = linear_regression(x, y).slope
    sizes = ", ".join(f"{size:,}" for size, _ in points)
    return [
        f"The time together grows like n to the power {exponent:.2f} over the squares of {sizes}."
    ]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    body = [f"| {' | '.join(row)} |" for row in rows]
    return [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}", *body] if body else []
