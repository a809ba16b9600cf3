"""Exact assignment: the most pairs, then the best of them, with capacities and minimums on both sides.

What other rooms use of the solver is here. What a matrix does not need comes with the extra `scale` and is imported when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rmatch.solve.arrays import LARGEST_WHOLE
from rmatch.solve.assign import Assignment, assign
from rmatch.solve.certificates.certificate import ALLOWED, FORBIDDEN, Ask, Certificate, failures
from rmatch.solve.columns import large_enough
from rmatch.solve.columns.blocks import Blocks
from rmatch.solve.columns.tables import Tables
from rmatch.solve.fair.dispatch import solve_fair
from rmatch.solve.fair.proof import fair_failures
from rmatch.solve.fair.solution import FairSolution
from rmatch.solve.lottery.balance import Balance
from rmatch.solve.lottery.capped import CappedProblem
from rmatch.solve.lottery.expected import LARGEST_LOTTERY, best_chances, scaled, steps_of
from rmatch.solve.lottery.gains import ExpectedGains, size_fault
from rmatch.solve.lottery.marginals import Marginals
from rmatch.solve.lottery.rational import Number, fraction, read_cap, read_spread
from rmatch.solve.problem import Participation, Problem
from rmatch.solve.quota.best import QuotaSolution, solve_quota, unsolvable
from rmatch.solve.quota.limits import MeanBound, PairBound, partners_bound, quota_failures
from rmatch.solve.quota.relaxation import WORDS, Bound
from rmatch.solve.quota.strictest import Strictest, kept_value, strictest
from rmatch.solve.sensitivity.interval import Matched, interval
from rmatch.solve.sensitivity.pair_costs import Costs, all_costs, costs_for_mentee, costs_for_mentor
from rmatch.solve.stopping import Progress, StoppingRule, relative_gap
from rmatch.solve.ties import TieHash, tie_hash
from rmatch.solve.total import Solution, solve, solve_stream

if TYPE_CHECKING:
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.source import Source
    from rmatch.solve.columns.stored import TILE, StoredPoints, add_up

__all__ = [
    "ALLOWED",
    "FORBIDDEN",
    "LARGEST_LOTTERY",
    "LARGEST_WHOLE",
    "TILE",
    "WORDS",
    "Ask",
    "Assignment",
    "Balance",
    "Blocks",
    "Bound",
    "CappedProblem",
    "Certificate",
    "Costs",
    "ExpectedGains",
    "FairSolution",
    "ImplicitProblem",
    "Marginals",
    "Matched",
    "MeanBound",
    "Number",
    "PairBound",
    "Participation",
    "Problem",
    "Progress",
    "QuotaSolution",
    "Solution",
    "Source",
    "StoppingRule",
    "StoredPoints",
    "Strictest",
    "Tables",
    "TieHash",
    "add_up",
    "all_costs",
    "assign",
    "best_chances",
    "costs_for_mentee",
    "costs_for_mentor",
    "failures",
    "fair_failures",
    "fraction",
    "interval",
    "kept_value",
    "large_enough",
    "partners_bound",
    "quota_failures",
    "read_cap",
    "read_spread",
    "relative_gap",
    "scaled",
    "size_fault",
    "solve",
    "solve_fair",
    "solve_quota",
    "solve_stream",
    "steps_of",
    "strictest",
    "tie_hash",
    "unsolvable",
]

WITHOUT_MATRIX = {
    "TILE": "stored",
    "StoredPoints": "stored",
    "ImplicitProblem": "problem",
    "Source": "source",
    "add_up": "stored",
}
"""What column generation offers to others, and where in `rmatch.solve.columns` it stands."""


def __getattr__(name: str) -> Any:
    """Import what needs the extra `scale` when it is asked for."""
    if name not in WITHOUT_MATRIX:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.columns.{WITHOUT_MATRIX[name]}"), name)
