"""Every benchmark: data only. A new one is a row here and a function in `tasks`.

`everyday` has rounds as they are run by people; the problems that other solvers meet have `problems`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from job import Goal, Job
from later import after_the_first, groups
from measure import Task
from problems import problems

if TYPE_CHECKING:
    from collections.abc import Iterator

TINY = 20


def jobs(*, smoke: bool) -> list[Job]:
    """Return all benchmarks; for a smoke run each kind of them once, at tiny sizes."""
    if not smoke:
        return [*everyday(), *problems()]
    kinds: dict[str, Job] = {}
    for job in everyday(TINY):
        kinds.setdefault(f"{job.own} {job.peers}", job)
    return [*kinds.values(), *problems(tiny=True)]


def everyday(tiny: int = 0) -> Iterator[Job]:
    """Go through the everyday jobs, if wanted with so few people a side and one repetition only."""
    yield from _files(tiny)
    yield from _matching(tiny)
    yield from _civil_service(tiny)
    yield from _objectives(tiny)
    yield from after_the_first(tiny)
    yield from groups(tiny)


def _files(tiny: int) -> Iterator[Job]:
    """Go through what begins with a fresh interpreter."""
    few, many = tiny or 500, 10 * tiny or 50_000
    yield Job(
        name="command-line",
        what="python -m rmatch match, from CSV to written pairs, start-up included",
        data=f"workforce, {few:,} + {few:,}",
        prepare=(Task("tasks.files:write", {"side": few}),),
        own={"rmatch": Task("tasks.files:command_line", {"repeats": 1 if tiny else 9})},
        goals=(Goal("seconds", 0.6, 0.4, before="1.3"),),
    )
    yield Job(
        name="import",
        what="import rmatch, less import numpy",
        data="pairs of fresh interpreters",
        own={"rmatch": Task("tasks.files:imports", {"repeats": 1 if tiny else 15})},
        goals=(Goal("seconds", 0.08, 0.04, before="0.135"),),
    )
    yield Job(
        name="first-call",
        what="the first large rmatch.match of an interpreter, everything compiled before",
        data=f"workforce, {tiny or 1_500:,} + {tiny or 1_500:,}",
        own={"rmatch": Task("tasks.files:first_call", {"side": tiny or 1_500})},
    )
    yield Job(
        name="read",
        what="rmatch.read_people, reading and validating",
        data=f"workforce, {2 * many:,} people",
        prepare=(Task("tasks.files:write", {"side": many}),),
        own={"rmatch": Task("tasks.files:read")},
        peers={"pandas read_csv, nothing validated": Task("tasks.files:pandas_reads")},
        goals=(Goal("seconds", 5), Goal("peak memory, GB", 1)),
        rounds=3,
    )
    yield Job(
        name="check",
        what="rmatch.read_people, then rmatch.check",
        data=f"workforce, {2 * many:,} people",
        prepare=(Task("tasks.files:write", {"side": many}),),
        own={"rmatch": Task("tasks.files:check")},
        goals=(Goal("seconds", 5), Goal("peak memory, GB", 1)),
        rounds=3,
    )


def _matching(tiny: int) -> Iterator[Job]:
    """Go through what is asked of a round."""
    for side, compiled, goals in (
        (500, True, ()),
        (2_000, True, ()),
        (20_000, True, (Goal("seconds", 3, 1.5, before="7.3"),)),
        (20_000, False, ()),
    ):
        given = {"side": tiny or side, "repeats": 1 if tiny else 3, "compiled": compiled}
        yield Job(
            name=f"fairness-{side}{'' if compiled else '-numpy'}",
            what=f"matching.fairness(){'' if compiled else ', without the compiled pass'}",
            data=f"workforce, {side:,} + {side:,}",
            own={"rmatch": Task("tasks.matching:fairness", given)},
            goals=goals,
        )
    yield Job(
        name="page-2000",
        what="matching.to_html(): the organiser's page of 2,000 pairs, at most 5 MB",
        data="workforce, 2,000 + 2,000",
        own={
            "rmatch": Task(
                "tasks.matching:organisers_page",
                {"side": tiny or 2_000, "repeats": 1 if tiny else 3},
            )
        },
        goals=(Goal("seconds", 5),),
    )


def _civil_service(tiny: int) -> Iterator[Job]:
    """Go through the sample data of mentor-match, beside mentor-match itself."""
    for name, side, most, goals in (
        ("civil-service", 500, False, (Goal("time ÷ fastest peer", 1 / 200),)),
        ("civil-service-most", 500, True, ()),
        ("civil-service-50", 50, False, ()),
    ):
        given = {"side": 2 * tiny or side}
        how = "with a bonus for every pair" if most else "by its scores alone"
        yield Job(
            name=name,
            what="rmatch.match with a criterion and a rule of the user's own",
            data=f"civil service, {side} + {side}",
            own={"rmatch": Task("tasks.civil_service:match", {**given, "repeats": 5})},
            peers={
                f"mentor-match, {how}": Task("tasks.civil_service:peer", {**given, "most": most})
            },
            goals=goals,
            agree=("rmatch",) if most else (),
            rounds=5,
        )


def _objectives(tiny: int) -> Iterator[Job]:
    """Go through other objectives by turns with the total, and the conformance kit."""
    turns = 1 if tiny else 9

    def beside_total(name: str, side: int, times: int, *goals: Goal, task: str, **more: Any) -> Job:
        given = {"side": tiny or side, "repeats": times, **more}
        return Job(
            name=f"{name}-{side}",
            what=f"rmatch.{task}, {more['objective']}",
            data=f"workforce, {side:,} + {side:,}",
            own={"rmatch": Task(f"tasks.objectives:{task}", given)},
            beside="the same for the total",
            goals=goals,
        )

    usual = Goal("time ÷ fastest peer", 1.5)
    before: dict[float, str] = {8: "4.2", 32: "5.7"}
    for alpha in (1,) if tiny else (0.5, 1, 2, 4, 8, 32):
        objective, steep = f"alpha_fair {alpha:g}", alpha in before
        goal = Goal("time ÷ fastest peer", 2, 1.5, before[alpha]) if steep else usual
        yield beside_total(
            f"alpha-{alpha:g}", 2_000, turns, goal, task="assign", objective=objective
        )
    goal = Goal("time ÷ fastest peer", 4)
    yield beside_total("max-min", 2_000, turns, goal, task="assign", objective="max_min")
    yield beside_total("match-alpha-1", 2_000, turns, task="match", objective="alpha_fair 1")
    for objective, side, most in (
        ("leximin", 500, 10),
        ("leximin", 2_000, 300),
        ("stable", 5_000, 5),
    ):
        yield beside_total(
            objective, side, 1, Goal("seconds", most), task="assign", objective=objective
        )
    for kind, more in (
        ("total", {"cap": "1/2"}),
        ("spread", {"cap": "1/2", "spread": "1/2"}),
        ("leximin", {"cap": "1/2"}),
    ):
        side = 12 if tiny else 200
        yield Job(
            name=f"lottery-{kind}-200",
            what=f"rmatch.lottery, {', '.join(f'{name}={limit}' for name, limit in more.items())}",
            data=f"workforce, {side} + {side}",
            own={
                "rmatch": Task(
                    "tasks.objectives:lottery", {"side": side, "leximin": kind == "leximin", **more}
                )
            },
        )
    yield Job(
        name="check-matcher",
        what="rmatch.testing.check_matcher on rmatch.assign, 100 cases a law",
        data="built by the kit",
        own={
            "rmatch": Task(
                "tasks.objectives:conformance",
                {"laws": ["most_pairs", "optimal_total"] if tiny else None},
            )
        },
        goals=(Goal("seconds", 60),),
    )
