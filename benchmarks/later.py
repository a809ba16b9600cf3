"""The benchmarks of what comes after the first matching, and of groups: data only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from job import Goal, Job
from measure import Task

if TYPE_CHECKING:
    from collections.abc import Iterator


def after_the_first(tiny: int) -> Iterator[Job]:
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
    given = {"side": tiny or 2_000, "repeats": 1 if tiny else 7}
    warm = "rmatch.match(…, warm_start=…) after one changed"
    half, fifth = Goal("time ÷ fastest peer", 0.5), Goal("time ÷ fastest peer", 0.2, 0.05, "–")
    for name, change, what, goal in (
        ("second-match-weight", "weight", f"{warm} weight", half),
        ("second-match-person", "person", f"{warm} person", half),
        ("rematch-warm", "rematch", "rmatch.rematch after one person has left", fifth),
    ):
        yield Job(
            name=name,
            what=what,
            data="workforce, 2,000 + 2,000",
            own={"rmatch": Task("tasks.life:second", {**given, "change": change})},
            peers={"one rmatch.match": Task("tasks.life:one_match", given)},
            goals=(goal,),
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


def groups(tiny: int) -> Iterator[Job]:
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
