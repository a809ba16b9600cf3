"""The solvers that large problems are compared with, and what they are asked for: data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody else's solver: the most people on the shorter side, and pairs, that it is asked for, and why no more.

    `square` says that it needs as many mentors as mentees, `padded` that it makes as many, and `places` that it takes
    people with several places.
    """

    name: str
    what: str
    side: int
    pairs: int
    why: str
    square: bool = False
    padded: bool = False
    places: bool = False

    def refusal(self, shape: tuple[int, int], *, places: bool) -> str:
        """Return why it is not asked for a problem; nothing if it is."""
        mentors, mentees = shape
        if places and not self.places:
            return "it knows one place each"
        if self.square and mentors != mentees:
            return "it needs as many mentors as mentees"
        pairs = max(shape) ** 2 if self.padded else mentors * mentees
        return self.why if min(shape) > self.side or pairs > self.pairs else ""


GROWS = "its time grows faster than the cube of the size"
MINUTES = "its time grows like the cube of the size, and it copies all costs of a square as float64"
ARCS = "several GB of arcs"
SLOWER = "it never was the fastest, and many times slower than others at a thousand"
PYTHON = "plain Python, above a second at 200"
GRAPH = "networkx bipartite.minimum_weight_full_matching, scipy's solver on a graph"
ASSIGNMENT = "OR-Tools SimpleLinearSumAssignment, an arc a pair"
FLOW = "OR-Tools SimpleMinCostFlow, an arc a pair"
PEERS = (
    Peer("scipy", "scipy.optimize.linear_sum_assignment", 5_000, 400_000_000, GROWS),
    Peer("lapjv", "lapx, lap.lapjv", 10_000, 100_000_000, MINUTES, padded=True),
    Peer("lapjvx", "lapx, lap.lapjvx", 10_000, 100_000_000, MINUTES, padded=True),
    Peer("or-tools assignment", ASSIGNMENT, 5_000, 25_000_000, ARCS, square=True),
    Peer("or-tools flow", FLOW, 5_000, 25_000_000, ARCS, places=True),
    Peer("pot emd", "POT ot.lp.emd", 1_100, 2_500_000, SLOWER),
    Peer("networkx simplex", "networkx.network_simplex", 50, 2_500, PYTHON),
    Peer("networkx bipartite", GRAPH, 200, 40_000, "a graph of more pairs takes GB"),
    Peer("munkres", "munkres, the solver of mentor-match", 200, 40_000, "plain Python"),
)
