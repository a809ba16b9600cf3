"""The jobs of the scale benchmark, their peers, and the figures to reach: data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SMOKE = {"mentees": 30, "n": 40, "kinds": 10, "times": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Somebody else's solver, and what it is asked for.

    Attributes
    ----------
    name : str
        What tables and `tasks.peers` call it.
    what : str
        What runs.
    side : int
        The most people on the shorter side.
    pairs : int
        The most pairs.
    why : str
        Why no more.
    square : bool
        Whether it needs as many mentors as mentees.
    places : bool
        Whether it takes people with several places.
    """

    name: str
    what: str
    side: int
    pairs: int
    why: str
    square: bool = False
    places: bool = False

    def refusal(self, job: ScaleJob) -> str:
        """Return why it is not asked for a job; nothing if it is."""
        if job.places and not self.places:
            return "it knows one place each"
        if self.square and job.mentors != job.mentees:
            return "needs or makes a square"
        return self.why if min(job.shape) > self.side or job.pairs > self.pairs else ""


PEERS = (
    Peer(
        name="scipy",
        what="scipy.optimize.linear_sum_assignment",
        side=5_000,
        pairs=400_000_000,
        why="over half a minute at 5,000, and the time grows faster than the cube",
    ),
    Peer(
        name="lapjv",
        what="lapx, lap.lapjv",
        side=10_000,
        pairs=100_000_000,
        why="minutes, and all costs as float64",
        square=True,
    ),
    Peer(
        name="lapjvx",
        what="lapx, lap.lapjvx",
        side=10_000,
        pairs=100_000_000,
        why="minutes, and all costs as float64",
        square=True,
    ),
    Peer(
        name="or-tools assignment",
        what="OR-Tools SimpleLinearSumAssignment, an arc a pair",
        side=5_000,
        pairs=25_000_000,
        why="several GB of arcs",
        square=True,
    ),
    Peer(
        name="or-tools flow",
        what="OR-Tools SimpleMinCostFlow, an arc a pair",
        side=5_000,
        pairs=25_000_000,
        why="several GB of arcs",
        places=True,
    ),
    Peer(
        name="pot emd", what="POT ot.lp.emd", side=5_000, pairs=25_000_000, why="several GB of arcs"
    ),
    Peer(
        name="networkx simplex",
        what="networkx.network_simplex",
        side=200,
        pairs=40_000,
        why="plain Python: seconds at 200 already",
    ),
    Peer(
        name="networkx bipartite",
        what="networkx bipartite.minimum_weight_full_matching, scipy's solver on a graph",
        side=500,
        pairs=250_000,
        why="a graph of more pairs takes GB",
    ),
    Peer(
        name="munkres",
        what="munkres, the solver of mentor-match",
        side=500,
        pairs=250_000,
        why="plain Python",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleJob:
    """One problem.

    Attributes
    ----------
    name : str
        What ``--only`` calls it.
    family : str
        What it is compared with along the sizes.
    data : str
        What it works on.
    recipe : dict
        How `tasks.instances` or the planted problem is made.
    mentors, mentees : int
        How many; of the survey about how many.
    places : bool
        Whether people have several places.
    """

    name: str
    family: str
    data: str
    recipe: dict[str, Any]
    mentors: int
    mentees: int
    places: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Mentors and mentees."""
        return self.mentors, self.mentees

    @property
    def pairs(self) -> int:
        """How many pairs there are to choose from."""
        return self.mentors * self.mentees

    @property
    def rounds(self) -> int:
        """How many fresh interpreters each, by turns."""
        return 3 if max(self.shape) <= 2_000 else 1

    @property
    def repeats(self) -> int:
        """How many times in each of them."""
        return 3 if max(self.shape) <= 5_000 else 1

    @property
    def has_matrix(self) -> bool:
        """Whether anybody is given a matrix."""
        return any(not peer.refusal(self) for peer in PEERS)

    @property
    def streamed(self) -> bool:
        """Whether rmatch's own choice is column generation."""
        return self.pairs >= 2**21

    def recipe_of(self, *, smoke: bool) -> dict[str, Any]:
        """Return the recipe, in a smoke run with tiny sizes."""
        tiny = {**SMOKE, "mentors": 30 if self.mentors == self.mentees else 90} if smoke else {}
        return {name: tiny.get(name, value) for name, value in self.recipe.items()}


def _workforce(
    name: str, family: str, data: str, mentors: int, mentees: int, **more: str
) -> ScaleJob:
    return ScaleJob(
        name=name,
        family=family,
        data=data,
        recipe={"kind": "workforce", "mentors": mentors, "mentees": mentees, **more},
        mentors=mentors,
        mentees=mentees,
        places="capacity" in more,
    )


SQUARE = tuple(
    _workforce(f"square-{side}", "square", "workforce, one place each", side, side)
    for side in (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 100_000)
)
LOPSIDED = tuple(
    _workforce(f"lopsided-{mentors}", "lopsided", "workforce, one place each", mentors, mentees)
    for mentees, mentors in ((500, 50_000), (2_000, 200_000))
)
VARIANTS = tuple(
    _workforce(f"{name}-{side}", name, data, side, side, **more)
    for name, data, more in (
        ("capacities", "workforce, 1 to 3 places each", {"capacity": "1-3"}),
        (
            "forbidden",
            "workforce, own department but another site",
            {"programme": "most pairs forbidden"},
        ),
        ("ties", "workforce, 8 different scores", {"programme": "8 scores"}),
    )
    for side in (2_000, 5_000)
)
SURVEY = tuple(
    ScaleJob(
        name=f"survey-x{times}",
        family="survey",
        data=f"Stack Overflow survey 2025, {times} times over",
        recipe={"kind": "survey", "times": times},
        mentors=mentors,
        mentees=mentees,
    )
    for times, mentors, mentees in ((4, 1_000, 1_000), (16, 4_000, 4_000))
)
PLANTED = tuple(
    ScaleJob(
        name=f"planted-{n}{'-ties' if kinds else ''}",
        family="planted",
        data=f"planted, {f'{kinds:,} kinds of people' if kinds else 'everybody different'}",
        recipe={"kind": "planted", "n": n, **({"kinds": kinds} if kinds else {})},
        mentors=n,
        mentees=n,
    )
    for n, kinds in ((5_000, 0), (5_000, 500), (20_000, 0), (100_000, 0))
)
JOBS = (*SQUARE, *LOPSIDED, *VARIANTS, *SURVEY, *PLANTED)


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure to reach, at most so much.

    Attributes
    ----------
    job : str
        The name of the job.
    figure : str
        What is compared; see `scale_figures.figures`.
    target, stretch : float
        What it may be, and what would be better still.
    """

    job: str
    figure: str
    target: float
    stretch: float


LARGE = ("square-20000", "lopsided-200000", "square-100000")
GOALS = (
    Goal("square-500", "whole ÷ scipy", 2, 1.3),
    Goal("square-2000", "whole ÷ fastest peer", 0.6, 0.3),
    Goal("square-5000", "whole ÷ fastest peer", 0.3, 0.15),
    *(
        goal
        for job, seconds, better, gigabytes in zip(
            LARGE, (25, 20, 480), (12, 8, 240), (3, 2, 4), strict=True
        )
        for goal in (
            Goal(job, "gap", 0, 0),
            Goal(job, "whole, seconds", seconds, better),
            Goal(job, "peak memory, GB", gigabytes, gigabytes),
            Goal(job, "whole ÷ one pass", 10, 6),
            Goal(job, "verify ÷ one pass", 2, 1.2),
        )
    ),
)
