"""The results of the scale benchmark as a page in Markdown."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from scale_figures import fastest, goals, growth, peak, whole
from scale_jobs import JOBS, PEERS
from table import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = dict[str, Any]

VERDICT = {(True, True): "yes, the stretch too", (True, False): "yes", (False, False): "**no**"}


def page(document: dict[str, Any]) -> str:
    """Return the whole page."""
    rows = {job.name: document["rows"][job.name] for job in JOBS if job.name in document["rows"]}
    missing = [job.name for job in JOBS if job.name not in {**rows, **document["skipped"]}]
    parts = [
        [_where(document["where"])],
        *([[f"Not yet measured: {', '.join(missing)}."]] if missing else []),
        [f"- {job} was skipped: {reason}." for job, reason in document["skipped"].items()],
        [
            "**From people in memory to the verified matching**, and the fastest peer on the finished matrix:"
        ],
        _table(_WHOLE, map(_whole, rows.items())),
        ["![Time against size, rmatch and its peers](../_static/scale.svg)"],
        [_growth(rows), _compile(document)],
        ["**Solving only**, the matrix given for free to everybody; nobody decides ties:"],
        _table(
            ("job", "pairs", "total", "rmatch", *(peer.name for peer in PEERS)),
            map(_solve, _with(rows, "solve")),
        ),
        _reasons(rows),
        ["**Inside a run of column generation**, on tables and without a decision of ties:"],
        _table(_INSIDE, map(_inside, _with(rows, "stream"))),
        ["**Figures to reach**, and what was measured:"],
        _table(_GOALS, map(_goal, goals(rows))),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part and any(part)) + "\n"


_WHOLE = (
    "job",
    "mentors × mentees",
    "data",
    "match",
    "verify",
    "together",
    "memory",
    "fastest peer",
    "÷ peer",
)
_INSIDE = (
    "job",
    "time",
    "gap",
    "passes",
    "candidates",
    "start",
    "master",
    "passes' share",
    "one pass",
    "÷ one pass",
    "passes of the match",
)
_GOALS = ("job", "figure", "target", "stretch", "measured", "met")


def _where(where: dict[str, str]) -> str:
    return f"Measured on {', '.join(f'{name} {value}' for name, value in where.items())}."


def _with(rows: dict[str, Row], part: str) -> list[tuple[str, Row]]:
    return [(name, row) for name, row in rows.items() if part in row]


def _whole(item: tuple[str, Row]) -> Sequence[str]:
    name, row = item
    peer, total = fastest(row), whole(row)
    size = " × ".join(f"{side:,}" for side in row["shape"])
    ends = f"{peak(row):,.0f} MB", f"{peer[0]}, {seconds(peer[1])}" if peer else ""
    if not total:
        return name, size, row["data"], "", "", "", *ends, ""
    own = row["match"]["median"], median(row["match"]["verify"]), total
    return (
        name,
        size,
        row["data"],
        *map(seconds, own),
        *ends,
        f"{total / peer[1]:.2f}" if peer else "",
    )


def _solve(item: tuple[str, Row]) -> Sequence[str]:
    name, row = item
    own = row["solve"]
    times = [
        seconds(row["peers"][peer.name]["median"]) if peer.name in row["peers"] else "–"
        for peer in PEERS
    ]
    return (
        name,
        f"{own['pairs']:,}",
        f"{own['total']:,}",
        f"{seconds(own['median'])} ({own['route']})",
        *times,
    )


def _reasons(rows: dict[str, Row]) -> list[str]:
    """Return what the peers are and why they are left out, each reason once."""
    jobs: dict[tuple[str, str], list[str]] = {}
    for job, row in _with(rows, "solve"):
        for peer, reason in row["without"].items():
            jobs.setdefault((reason, peer), []).append(job)
    peers: dict[tuple[str, str], list[str]] = {}
    for (reason, peer), where in jobs.items():
        peers.setdefault((reason, ", ".join(where)), []).append(peer)
    solvers = [f"- {peer.name} is {peer.what}." for peer in PEERS]
    return [
        *solvers,
        *(f"- No {', '.join(who)} at {where}: {reason}." for (reason, where), who in peers.items()),
    ]


def _inside(item: tuple[str, Row]) -> Sequence[str]:
    name, row = item
    run, total = row["stream"], whole(row)
    shares = [f"{100 * run['shares'][part]:.0f} %" for part in ("start", "master", "passes")]
    counts = f"{run['gap']:,}", f"{run['passes']:.1f}", f"{run['arcs']:,}"
    ratio = f"{(total or run['median']) / run['one_pass']:.1f}"
    steps = " + ".join(f"{step['passes']:.1f}" for step in row.get("match", {}).get("steps", ()))
    return name, seconds(run["median"]), *counts, *shares, seconds(run["one_pass"]), ratio, steps


def _goal(item: tuple[Any, float | None]) -> Sequence[str]:
    goal, measured = item
    aims = f"≤ {goal.target:g}", f"≤ {goal.stretch:g}"
    if measured is None:
        return goal.job, goal.figure, *aims, "not yet", ""
    verdict = VERDICT[measured <= goal.target, measured <= goal.stretch]
    return goal.job, goal.figure, *aims, f"{measured:.3g}", verdict


def _growth(rows: dict[str, Row]) -> str:
    found = growth(rows)
    if not found:
        return ""
    sizes = ", ".join(f"{size:,}" for size in found[1])
    return (
        f"The time together grows like n to the power {found[0]:.2f} over the squares of {sizes}."
    )


def _compile(document: dict[str, Any]) -> str:
    part = document.get("compile")
    if not part:
        return ""
    empty, full = seconds(part["empty_cache"]), seconds(part["full_cache"])
    return f"The first large match of a fresh interpreter takes {empty} with everything to compile, later {full}."


def _table(header: Sequence[str], rows: Iterator[Sequence[str]]) -> list[str]:
    body = [f"| {' | '.join(row)} |" for row in rows]
    return [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}", *body] if body else []
