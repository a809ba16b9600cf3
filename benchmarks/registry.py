"""Every benchmark. A new one is a row here and a function in `tasks`."""

from __future__ import annotations

from job import Job, Peer, Target
from measure import Task

TINY = {"side": 20, "repeats": 1}
FEW = {"side": 40, "repeats": 1}
MANY = {"path": "100,000.csv", "mentors": 50_000, "mentees": 50_000}

STARTUP = (
    Job(
        name="command-line",
        what="python -m rmatch match, from CSV to written pairs, start-up included",
        data="synthetic workforce, {people}",
        prepare=Task(
            "tasks.inputs:people_csv",
            {"path": "500+500.csv", "mentors": 500, "mentees": 500},
            {"path": "20+20.csv", "mentors": 20, "mentees": 20},
        ),
        run=Task(
            "tasks.startup:command_line",
            {"people": "500+500.csv", "repeats": 9},
            {"people": "20+20.csv", "repeats": 1},
        ),
        target=Target(seconds=1.5),
    ),
    Job(
        name="import",
        what="import rmatch, less import numpy",
        data="pairs of fresh interpreters",
        run=Task("tasks.startup:imports", {"repeats": 15}, {"repeats": 1}),
        target=Target(seconds=0.15),
    ),
)

IN_MEMORY = tuple(
    Job(
        name=f"match-{side}",
        what="rmatch.match, people in memory",
        data="synthetic workforce, {side} + {side}",
        run=Task("tasks.in_memory:match", {"side": side, "repeats": repeats}, TINY),
        target=target,
        peer=Peer(
            "scipy linear_sum_assignment, solving only",
            Task("tasks.in_memory:scipy_solves", {"side": side, "repeats": repeats}, TINY),
        ),
        rounds=3,
    )
    for side, repeats, target in ((500, 5, Target(seconds=0.2)), (1_000, 3, None), (2_000, 1, None))
)

FAIRNESS_REPORT = tuple(
    Job(
        name=f"fairness-{side}" + ("" if compiled else "-numpy"),
        what="matching.fairness(), matching in memory"
        + ("" if compiled else ", without the compiled pass"),
        data="synthetic workforce, {side} + {side}",
        run=Task(
            "tasks.fairness_report:report", {"side": side, "repeats": 3, "compiled": compiled}, TINY
        ),
        target=target,
    )
    for side, compiled, target in (
        (500, True, None),
        (2_000, True, None),
        (20_000, True, Target(seconds=10)),
        (20_000, False, None),
    )
)

READING = (
    Job(
        name="read",
        what="rmatch.read_people, reading and validating",
        data="synthetic workforce, {path}",
        prepare=Task(
            "tasks.inputs:people_csv", MANY, {"path": "1,000.csv", "mentors": 500, "mentees": 500}
        ),
        run=Task("tasks.reading:rmatch_reads", {"path": MANY["path"]}, {"path": "1,000.csv"}),
        target=Target(seconds=5, megabytes=1_000),
        peer=Peer(
            "pandas read_csv, nothing validated",
            Task("tasks.reading:pandas_reads", {"path": MANY["path"]}, {"path": "1,000.csv"}),
        ),
        rounds=3,
    ),
)

CIVIL_SERVICE = tuple(
    Job(
        name=name,
        what="rmatch.match with a criterion and a rule of the user's own",
        data="civil service, {side} + {side}",
        run=Task("tasks.civil_service:match", {"side": side, "repeats": 5}, FEW),
        target=target,
        peer=Peer(
            "mentor-match, "
            + ("bonus for every pair: the same optimum" if most else "its scores alone"),
            Task("tasks.mentor_match:match", {"side": side, "repeats": 1, "most": most}, FEW),
        ),
        rounds=5,
    )
    for name, side, most, target in (
        ("civil-service", 500, False, Target(times=200)),
        ("civil-service-most", 500, True, None),
        ("civil-service-50", 50, False, None),
    )
)

BESIDE_TOTAL = tuple(
    Job(
        name=f"{name}-2000",
        what=f"rmatch.assign, {name.replace('-', ' ')}, on a finished matrix",
        data="synthetic workforce, {side} + {side}",
        run=Task(
            "tasks.objectives:assigned", {"side": 2_000, "objective": objective, "repeats": 9}, TINY
        ),
        target=Target(longer=longer),
        peer=Peer("the same for the total"),
    )
    for name, objective, longer in (
        *((f"alpha-{alpha:g}", alpha, 1.5) for alpha in (0.5, 1.0, 2.0, 4.0, 8.0, 32.0)),
        ("max-min", "max_min", 4),
    )
)

OBJECTIVES = (
    *BESIDE_TOTAL,
    Job(
        name="match-alpha-1-2000",
        what="rmatch.match with α-fair 1, people in memory",
        data="synthetic workforce, {side} + {side}",
        run=Task("tasks.objectives:matched", {"side": 2_000, "objective": 1.0, "repeats": 9}, TINY),
        peer=Peer("the same for the total"),
    ),
    *(
        Job(
            name=f"{objective}-{side}",
            what=f"rmatch.assign, {objective}, on a finished matrix",
            data="synthetic workforce, {side} + {side}",
            run=Task(
                "tasks.objectives:assigned",
                {"side": side, "objective": objective, "repeats": 1},
                TINY,
            ),
            target=Target(seconds=seconds),
            peer=Peer("the same for the total"),
        )
        for objective, side, seconds in (
            ("leximin", 500, 10),
            ("leximin", 2_000, 300),
            ("stable", 5_000, 5),
        )
    ),
    Job(
        name="check-matcher",
        what="rmatch.testing.check_matcher on rmatch.assign, 100 cases a law",
        data="built by the kit",
        run=Task(
            "tasks.objectives:conformance",
            {"laws": None},
            {"laws": ["most_pairs", "optimal_total"]},
        ),
        target=Target(seconds=60),
    ),
)

JOBS = (*STARTUP, *IN_MEMORY, *FAIRNESS_REPORT, *READING, *CIVIL_SERVICE, *OBJECTIVES)
