"""Every benchmark: data only. A new one is a row here and a function in `tasks`.

`everyday` has rounds as they are run by people, `large` the problems that other solvers meet along the sizes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from job import Goal, Job
from measure import Task
from peers.limits import PEERS

if TYPE_CHECKING:
    from collections.abc import Iterator

TINY = 20
COLUMNS_FROM = 2**21
"""From so many pairs on column generation is rmatch's own choice, and worth a measurement alone."""


def jobs(*, smoke: bool) -> list[Job]:
    """Return all benchmarks; for a smoke run each kind of them once, at tiny sizes."""
    if not smoke:
        return [*everyday(), *large()]
    kinds: dict[str, Job] = {}
    for job in everyday(TINY):
        kinds.setdefault(f"{job.own} {job.peers}", job)
    for job in large(tiny=True):
        kinds.setdefault(f"{job.own}", job)
    return list(kinds.values())


def everyday(tiny: int = 0) -> Iterator[Job]:
    """Go through the everyday jobs, if wanted with so few people a side and one repetition only."""
    yield from _files(tiny)
    yield from _matching(tiny)
    yield from _civil_service(tiny)
    yield from _objectives(tiny)
    yield from _life(tiny)
    yield from _groups(tiny)


def _life(tiny: int) -> Iterator[Job]:
    """Go through what comes after the first matching."""
    for keep, goals in (("pairs", (Goal("time ÷ fastest peer", 1.2),)), ("optimum", ())):
        given = {"side": tiny or 5_000, "repeats": 1 if tiny else 5}
        yield Job(
            name=f"rematch-{keep}",
            what=f"rmatch.rematch after 1 % of changes, keep={keep!r}",
            data="workforce, 5,000 + 5,000",
            own={"rmatch": Task("tasks.life:rematch", {**given, "keep": keep})},
            peers={"rmatch.match, as if nothing had been": Task("tasks.life:fresh", given)},
            goals=goals,
            rounds=3,
        )
    yield Job(
        name="price-of-changes",
        what="matching.price_of_changes() after 1 % of changes, every line proved",
        data="workforce, 500 + 500",
        own={
            "rmatch": Task(
                "tasks.life:price_of_changes",
                {"side": tiny or 500, "repeats": 1 if tiny else 3},
            )
        },
        goals=(Goal("seconds", 10),),
    )
    given = {"side": tiny or 5_000, "repeats": 1 if tiny else 5}
    yield Job(
        name="waiting-first",
        what="rmatch.match in which all who got nobody in the round before come first",
        data="workforce, 5,000 + 5,500",
        own={"rmatch": Task("tasks.life:waiting", given)},
        peers={"rmatch.match, as if all had waited the same": Task("tasks.life:same", given)},
        goals=(Goal("time ÷ fastest peer", 1.2),),
        rounds=3,
    )
    given = {"side": tiny or 2_000, "repeats": 1 if tiny else 3}
    yield Job(
        name="plan",
        what="rmatch.plan of four rounds, in which all points add up",
        data="workforce, 2,000 + 2,000",
        own={"rmatch": Task("tasks.life:plan", given)},
        peers={"one rmatch.match": Task("tasks.life:one_match", given)},
        goals=(Goal("time ÷ fastest peer", 6),),
        rounds=3,
    )
    yield Job(
        name="replan",
        what="rmatch.lifecycle.replan of the last three of four rounds after 1 % of declines",
        data="workforce, 2,000 + 2,000",
        own={"rmatch": Task("tasks.life:replan", given)},
        peers={"one rmatch.match": Task("tasks.life:one_match", given)},
    )
    yield Job(
        name="recruit",
        what="rmatch.advice.recruit: one more mentor for each topic that is wanted, and the best five together, proved",
        data="workforce, 500 + 500",
        own={
            "rmatch": Task("tasks.life:recruit", {"side": tiny or 500, "repeats": 1 if tiny else 5})
        },
        goals=(Goal("seconds", 10),),
    )
    yield Job(
        name="smallest-fix",
        what="rmatch.advice.smallest_fix for one person of whom rules and hours allow nobody, tried out by a new matching",
        data="workforce, 500 + 500",
        own={
            "rmatch": Task(
                "tasks.life:smallest_fix", {"side": tiny or 500, "repeats": 1 if tiny else 5}
            )
        },
        goals=(Goal("seconds", 2),),
    )
    given = {"side": tiny or 200, "repeats": 1}
    yield Job(
        name="plan-once",
        what="rmatch.plan of four rounds in which each want counts once, proved",
        data="workforce, 200 + 200",
        own={"rmatch": Task("tasks.life:plan_once", given)},
        goals=(Goal("seconds", 20),),
    )


def _groups(tiny: int) -> Iterator[Job]:
    """Go through groups of two, proved where there are few and as near as a minute allows where there are many."""
    for mentors, limit, goal in ((200, None, Goal("seconds", 5)), (1_000, 60.0, Goal("gap", 0.01))):
        size = {"mentors": tiny or mentors, "most_seconds": limit}
        yield Job(
            name=f"groups-{mentors}",
            what="rmatch.match in groups of two whose topics count once, "
            + ("proved" if limit is None else "a minute"),
            data=f"workforce, {mentors:,} + {mentors // 2:,}",
            own={"rmatch": Task("tasks.life:groups", {**size, "repeats": 1})},
            goals=(goal,),
        )


def _files(tiny: int) -> Iterator[Job]:
    """Go through what begins with a fresh interpreter."""
    few, many = tiny or 500, 10 * tiny or 50_000
    yield Job(
        name="command-line",
        what="python -m rmatch match, from CSV to written pairs, start-up included",
        data=f"workforce, {few:,} + {few:,}",
        prepare=(Task("tasks.files:write", {"side": few}),),
        own={"rmatch": Task("tasks.files:command_line", {"repeats": 1 if tiny else 9})},
        goals=(Goal("seconds", 1.5),),
    )
    yield Job(
        name="import",
        what="import rmatch, less import numpy",
        data="pairs of fresh interpreters",
        own={"rmatch": Task("tasks.files:imports", {"repeats": 1 if tiny else 15})},
        goals=(Goal("seconds", 0.15),),
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
    """Go through whole rounds in memory, and the report on them."""
    for side, repeats, goals in ((500, 5, (Goal("seconds", 0.2),)), (1_000, 3, ()), (2_000, 1, ())):
        given = {"side": tiny or side, "repeats": 1 if tiny else repeats}
        yield Job(
            name=f"match-{side}",
            what="rmatch.match, people in memory",
            data=f"workforce, {side:,} + {side:,}",
            own={"rmatch": Task("tasks.matching:match", given)},
            peers={
                "scipy linear_sum_assignment, solving only": Task("tasks.matching:scipy", given)
            },
            goals=goals,
            rounds=3,
        )
    for side, compiled, goals in (
        (500, True, ()),
        (2_000, True, ()),
        (20_000, True, (Goal("seconds", 10),)),
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

    for alpha in (1,) if tiny else (0.5, 1, 2, 4, 8, 32):
        objective, goal = f"alpha_fair {alpha:g}", Goal("time ÷ fastest peer", 1.5)
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


LARGE_GOALS = {
    "square-500": (Goal("time ÷ scipy", 2, 1.3),),
    "square-2000": (Goal("time ÷ fastest peer", 0.6, 0.3),),
    "square-5000": (Goal("time ÷ fastest peer", 0.3, 0.15),),
    **{
        name: (
            Goal("gap", 0, 0),
            Goal("seconds", seconds, better),
            Goal("peak memory, GB", gigabytes, gigabytes),
            Goal("time ÷ one pass", 10, 6),
            Goal("verify ÷ one pass", 2, 1.2),
        )
        for name, seconds, better, gigabytes in (
            ("square-20000", 25, 12, 3),
            ("lopsided-200000", 20, 8, 2),
            ("square-100000", 480, 240, 4),
        )
    },
}


def large(*, tiny: bool = False) -> Iterator[Job]:
    """Go through the large problems."""
    one_place = "workforce, one place each"
    for side in (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 100_000):
        yield _large(f"square-{side}", one_place, (side, side), "workforce", tiny=tiny)
    for mentors, mentees in ((50_000, 500), (200_000, 2_000)):
        yield _large(f"lopsided-{mentors}", one_place, (mentors, mentees), "workforce", tiny=tiny)
    for name, data, more in (
        ("capacities", "workforce, 1 to 3 places each", {"capacity": "1-3"}),
        (
            "forbidden",
            "workforce, own department but another site",
            {"programme": "most pairs forbidden"},
        ),
        ("ties", "workforce, 8 different scores", {"programme": "8 scores"}),
    ):
        for side in (2_000, 5_000):
            yield _large(f"{name}-{side}", data, (side, side), "workforce", tiny=tiny, **more)
    for times in (4, 16):
        data = f"Stack Overflow survey 2025, {times} times over"
        about = (250 * times, 250 * times)
        yield _large(
            f"survey-x{times}", data, about, "survey", tiny=tiny, times=1 if tiny else times
        )
    for n, kinds in ((5_000, 0), (5_000, 500), (20_000, 0), (100_000, 0)):
        name, data = f"planted-{n}{'-ties' if kinds else ''}", "planted, "
        data += f"{kinds:,} kinds of people" if kinds else "everybody different"
        yield _large(
            name, data, (n, n), "planted", tiny=tiny, kinds=kinds and (10 if tiny else kinds)
        )


def _large(
    name: str, data: str, shape: tuple[int, int], kind: str, *, tiny: bool, **more: Any
) -> Job:
    """Return a problem with what rmatch and its peers do with it, as far as they can."""
    mentors, mentees = shape
    sizes = (30 if mentors == mentees else 90, 30) if tiny else shape
    recipe = {"kind": kind, "mentors": sizes[0], "mentees": sizes[1], **more}
    repeats = 1 if tiny or max(shape) > 5_000 else 3
    refusals = {peer.name: peer.refusal(shape, places="capacity" in more) for peer in PEERS}
    asked = [name for name, reason in refusals.items() if not reason]
    given = {"recipe": recipe, "repeats": repeats, "warm_up": [60] if tiny else [60, 1_500]}
    own = {}
    if kind != "planted":
        own["match"] = Task("tasks.large:match", given)
    if tiny or mentors * mentees >= COLUMNS_FROM:
        own["stream"] = Task("tasks.large:stream", given)
    if asked or tiny:
        own["solve"] = Task("tasks.large:solve", {"repeats": repeats})
    return Job(
        name=name,
        what="from people in memory to the verified matching",
        data=data,
        prepare=(Task("tasks.large:matrix", {"recipe": recipe}),) if "solve" in own else (),
        own=own,
        peers={
            peer: Task("peers.solvers:solves", {"peer": peer, "repeats": repeats}) for peer in asked
        },
        without={peer: reason for peer, reason in refusals.items() if reason},
        goals=LARGE_GOALS.get(name, ()),
        agree=("solve", "stream"),
        rounds=3 if max(shape) <= 2_000 else 1,
        family=name.partition("-")[0],
        shape=shape,
    )
