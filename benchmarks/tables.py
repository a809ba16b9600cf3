"""The results as a page of tables in Markdown: who wins, where the time goes, which figures were reached."""

from __future__ import annotations

from math import log
from statistics import linear_regression, median
from typing import TYPE_CHECKING, Any

from figures import duration, fastest, figures, main, peers, time
from jobs import jobs
from peers.limits import PEERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from figures import Row
    from job import Goal

GROWS_FROM = 2_000
VERDICT = {(True, True): "yes, the stretch too", (True, False): "yes", (False, False): "**no**"}
EVERYDAY = ("job", "what", "data", "median", "memory", "answer", "peer", "its median", "its answer", "÷ peer")  # fmt: skip
WHOLE = ("job", "mentors × mentees", "data", "match", "verify", "together", "memory", "fastest peer's solve", "who wins")  # fmt: skip
SHORT = ("mentors × mentees", "match", "verify", "together", "peak memory")
END_OF_SHORT = "<!-- what a round takes ends here -->"
INSIDE = (
    "job", "time", "gap", "passes", "candidates", "start", "master", "passes' share", "one pass", "÷ one pass",
    "passes of the match", "verify ÷ one pass",
)  # fmt: skip
GOALS = ("job", "figure", "before", "target", "stretch", "measured", "met")
SOLVING = ("job", "mentors × mentees", "data", "rmatch", "who wins")
STAGES = ("match", "verify", "assign")
LEAST_SHARE, MOST_NAMES = 0.05, 6


def page(document: dict[str, Any]) -> str:
    """Return the whole page."""
    every = jobs(smoke=False)
    names = [job.name for job in every]
    rows: dict[str, Row] = {
        name: document["jobs"][name] for name in names if name in document["jobs"]
    }
    large = {name: row for name, row in rows.items() if row["family"]}
    missing = [name for name in names if name not in rows | document["skipped"]]
    where = ", ".join(f"{name} {value}" for name, value in document["where"].items())
    parts = [
        _table(SHORT, [_short(row) for row in large.values() if row["family"] == "square"]),
        [END_OF_SHORT],
        [f"Measured on {where}."],
        _states(rows),
        [f"No figures yet, `python benchmarks/run.py --only JOB` measures each: {', '.join(missing)}."] * bool(missing),
        [f"- {job} was skipped: {reason}." for job, reason in document["skipped"].items()],
        ["**Everyday jobs**, and the peers that took turns with them:"],
        _table(EVERYDAY, [_everyday(*item) for item in rows.items() if not item[1]["family"]]),
        ["**From people in memory to the verified matching**, and the fastest peer on the finished matrix:"],
        _table(WHOLE, [_whole(*item) for item in large.items() if "match" in item[1]["own"]]),
        ["![Time against size, rmatch and its peers](../_static/scale.svg)"],
        _growth(large),
        ["**Solving only**, the matrix given for free to everybody; nobody decides ties:"],
        _table(
            (*SOLVING, *(peer.name for peer in PEERS)),
            [_solve(*item) for item in large.items() if "solve" in item[1]["own"]],
        ),
        _reasons(large),
        ["**Inside a run of column generation**, on tables and without a decision of ties:"],
        _table(INSIDE, [_inside(*item) for item in large.items() if "stream" in item[1]["own"]]),
        *_profiles(large),
        ["**Figures to reach**, what they were before and what was measured; of several jobs the worst:"],
        _table(GOALS, _goals(rows, {goal for job in every for goal in job.goals if goal.before})),
        ["**Figures to keep:**"],
        _table(GOALS, _goals(rows, {goal for job in every for goal in job.goals if not goal.before})),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


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
    part = main(row)
    own = duration(median(part["seconds"])), _memory(part), _answer(part)
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
    peer, together, verify = fastest(row), time(row) or 0, median(main(row)["verify"])
    times = duration(together - verify), duration(verify), duration(together)
    other = f"{peer[0]}, {duration(peer[1])}" if peer else ""
    return name, *_problem(row), *times, _memory(main(row)), other, _winner(together, peer)


def _problem(row: Row) -> Sequence[str]:
    """Return size and data of a problem, and how many there are."""
    several = f", {row['instances']} times" if row.get("instances", 1) > 1 else ""
    return " × ".join(f"{side:,}" for side in row["shape"]), row["data"] + several


def _winner(own: float, peer: tuple[str, float] | None) -> str:
    """Return who is faster, and how many times."""
    if not peer:
        return ""
    if own <= peer[1]:
        return f"**rmatch**, {peer[1] / own:.3g} ×"
    return f"{peer[0]}, {own / peer[1]:.3g} ×"


def _solve(name: str, row: Row) -> Sequence[str]:
    own, others = row["own"]["solve"], peers(row)
    times = [duration(others[peer.name]) if peer.name in others else "–" for peer in PEERS]
    mine = median(own["seconds"])
    shown = f"{duration(mine)} ({own['route']})"
    return name, *_problem(row), shown, _winner(mine, fastest(row)), *times


def _profiles(rows: dict[str, Row]) -> Iterator[list[str]]:
    """Go through the picture and the table of where the time goes, if it was looked at."""
    seen = {
        name: {
            stage: own
            for part in row["own"].values()
            for stage, own in part.get("spent", {}).items()
        }
        for name, row in rows.items()
    }
    if not any(seen.values()):
        return
    yield ["**Where the time goes**, by looks at the stack of the main thread:"]
    yield [
        "![Of match and of verify at four sizes, which share of the time each phase takes: the table below has the same in words](../_static/profile.svg)"
    ]
    yield _table(
        ("job", *(f"of {stage}" for stage in STAGES)),
        [
            (name, *(_phases(spent.get(stage, {})) for stage in STAGES))
            for name, spent in seen.items()
            if spent
        ],
    )


def _phases(shares: dict[str, float]) -> str:
    """Return the phases that take longest."""
    most = sorted(shares.items(), key=lambda item: -item[1])
    return ", ".join(
        f"{phase} {100 * share:.0f} %" for phase, share in most if share >= LEAST_SHARE
    )


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
    verify = figures(row).get("verify ÷ one pass")
    ends = " + ".join(f"{step['passes']:.1f}" for step in main(row).get("steps", ()))
    checked = f"{verify:.1f}" if verify else ""
    return (
        name,
        duration(seconds),
        *counts,
        *shares,
        duration(run["one_pass"]),
        ratio,
        ends,
        checked,
    )


def _goals(rows: dict[str, Row], goals: set[Goal]) -> Iterator[Sequence[str]]:
    """Go through figures to reach; one that several jobs have is that of the worst."""
    jobs_of: dict[Goal, list[str]] = {}
    for job in jobs(smoke=False):
        for goal in job.goals:
            jobs_of.setdefault(goal, []).append(job.name)
    for goal, names in jobs_of.items():
        if goal not in goals:
            continue
        values = {
            name: value
            for name in names
            if name in rows and (value := figures(rows[name]).get(goal.figure)) is not None
        }
        yield _who(names, values), goal.figure, goal.before, *_met(goal, values)


def _who(names: list[str], values: dict[str, float]) -> str:
    """Return whose figure it is."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"every one of {len(names)}, {len(values)} of them measured"


def _met(goal: Goal, values: dict[str, float]) -> Sequence[str]:
    """Return what was to be reached, the worst that was measured, and whether that is enough; if not, who missed it."""
    wanted = f"≤ {goal.target:g}", "" if goal.stretch is None else f"≤ {goal.stretch:g}"
    if not values:
        return *wanted, "–", "–"
    worst = max(values.values())
    both = worst <= goal.target, goal.stretch is not None and worst <= goal.stretch
    missed = [f"{name} {value:.3g}" for name, value in values.items() if value > goal.target]
    named = f": {', '.join(missed)}" if len(values) > 1 and missed else ""
    return *wanted, f"{worst:.3g}", VERDICT[both] + named


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
