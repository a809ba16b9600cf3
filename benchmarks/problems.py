"""The problems that other solvers meet: kinds of instances along the sizes, from twenty people up. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from job import Goal, Job
from measure import Task
from peers.limits import PEERS

if TYPE_CHECKING:
    from collections.abc import Iterator

STREAMED_FROM, STREAMED = 5_000, ("square", "planted")
"""From so many people on the longer side column generation is measured alone, too; in a smoke run that of these."""
PEOPLE_IN_ALL = 500
"""A job of little instances has so many that this is how many people they have on the longer side, together."""
MOST_INSTANCES = 10
BUDGET = 4
"""The seconds that an interpreter may repeat itself for one median."""
IN_TURN = 1_000
"""Up to so many people on the shorter side, and five times as many on the longer, all solvers share an interpreter, twice over."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of instance: what it is made of, how many mentors and mentees it has each time, and more of its recipe.

    `people` says that it has any, and so a matching to verify.
    """

    name: str
    data: str
    shapes: tuple[tuple[int, int], ...]
    recipe: dict[str, Any]
    people: bool = True


def _squares(*sides: int) -> tuple[tuple[int, int], ...]:
    return tuple((side, side) for side in sides)


WORKFORCE = {"kind": "workforce"}
MATRIX = {"people": False}
KINDS = (
    Kind("square", "workforce, one place each", _squares(20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 100_000), WORKFORCE),
    Kind("lopsided", "workforce, few mentees", ((200, 20), (5_000, 50), (50_000, 500), (200_000, 2_000)), WORKFORCE),
    Kind("few-mentors", "workforce, few mentors", ((20, 200), (50, 5_000), (500, 50_000)), WORKFORCE),
    Kind("capacities", "workforce, 1 to 3 places each", _squares(50, 500, 2_000, 5_000), WORKFORCE | {"capacity": "1-3"}),
    Kind("forbidden", "workforce, seven pairs of eight forbidden", _squares(50, 500, 2_000, 5_000), WORKFORCE | {"programme": "most pairs forbidden"}),
    Kind("ties", "workforce, 8 different scores", _squares(20, 100, 500, 2_000, 5_000), WORKFORCE | {"programme": "8 scores"}),
    Kind("civil", "civil service, criterion and rule of the user's own", _squares(50, 200, 500), {"kind": "civil"}),
    Kind("survey", "Stack Overflow survey 2025", ((260, 518), (1_040, 2_072), (4_160, 8_288)), {"kind": "survey"}),
    Kind("uniform", "points drawn evenly up to a million", _squares(20, 100, 500, 2_000, 5_000), {"kind": "uniform"}, **MATRIX),
    Kind("eight", "8 different points drawn evenly", _squares(20, 100, 500, 2_000), {"kind": "eight"}, **MATRIX),
    Kind("equal", "all points equal", _squares(20, 500, 2_000), {"kind": "equal"}, **MATRIX),
    Kind("geometric", "points for nearness in the plane", _squares(20, 100, 500, 2_000, 5_000), {"kind": "geometric"}, **MATRIX),
    Kind("planted", "planted, everybody different", _squares(100, 500, 2_000, 5_000, 20_000, 100_000), {"kind": "planted", "alike": 1}, **MATRIX),
    Kind("planted-ties", "planted, ten people of a kind", _squares(100, 500, 5_000), {"kind": "planted", "alike": 10}, **MATRIX),
)  # fmt: skip
EACH = Goal("solve ÷ fastest peer", 1, 0.5, before="0.4–17")
VERIFY = Goal("verify ÷ one pass", 3, 1.5, before="10–26")
GOALS = {
    "square-500": (Goal("time ÷ fastest peer", 4, 2, before="17"),),
    "square-2000": (Goal("time ÷ fastest peer", 1, 0.5, before="2.9"),),
    "square-5000": (Goal("time ÷ fastest peer", 0.3, 0.15, before="0.84"),),
    "lopsided-200000": (Goal("seconds", 8, 4, before="29.5"), VERIFY),
    "square-20000": (Goal("seconds", 5, 3, before="9.5"), VERIFY),
    "square-100000": (Goal("seconds", 120, 60, before="220"), VERIFY),
}


def problems(*, tiny: bool = False) -> Iterator[Job]:
    """Go through the problems; if wanted, one of each kind and tiny."""
    for kind in KINDS:
        for shape in kind.shapes[: 1 if tiny else None]:
            yield _problem(kind, shape, tiny=tiny)


def _problem(kind: Kind, shape: tuple[int, int], *, tiny: bool) -> Job:
    """Return a problem with what rmatch and its peers do with it, as far as they can."""
    longer, shorter = max(shape), min(shape)
    little = shorter <= IN_TURN and longer <= 5 * IN_TURN
    has_tables = kind.people or "alike" in kind.recipe
    big = has_tables and longer >= STREAMED_FROM and shorter >= STREAMED_FROM // 10
    streamed = kind.name in STREAMED if tiny else big
    instances = max(1, min(2 if tiny else MOST_INSTANCES, PEOPLE_IN_ALL // longer))
    instances = 1 if streamed else instances
    recipe = kind.recipe | {"mentors": shape[0], "mentees": shape[1], "instances": instances}
    given = {"recipe": recipe, "budget": 0 if tiny else BUDGET}
    name = f"{kind.name}-{longer}"
    refusals = {peer.name: peer.refusal(shape, places="capacity" in recipe) for peer in PEERS}
    asked = [peer for peer, reason in refusals.items() if not reason]
    budget = {"budget": given["budget"]}
    solvers = {name: Task("peers.solvers:solves", budget | {"solver": name}) for name in asked}
    own = {}
    if kind.people:
        own["match"] = Task("tasks.large:match", given)
    if streamed:
        own["stream"] = Task("tasks.large:stream", given)
    if asked:
        own["solve"] = Task("tasks.large:solve", budget)
    return Job(
        name=name,
        what="from people in memory to the verified matching",
        data=kind.data,
        prepare=(Task("tasks.large:matrix", {"recipe": recipe}),) if asked else (),
        own=own,
        peers=solvers,
        without={peer: reason for peer, reason in refusals.items() if reason},
        goals=(*GOALS.get(name, ()), *[EACH] * bool(asked)),
        agree=("solve", "stream"),
        rounds=2 if little else 1,
        shared=("solve", *solvers) if little else (),
        family=kind.name,
        shape=shape,
    )
