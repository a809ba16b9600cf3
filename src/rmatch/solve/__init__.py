"""Exact assignment: the most pairs, then the best of them, with capacities and minimums on both sides.

What other rooms use of the solver is here, and each name is imported when it is asked for: few runs need all of it, and column
generation needs the extra `scale`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmatch.utils.lazy import handed_out

if TYPE_CHECKING:
    from rmatch.solve.arrays import LARGEST_WHOLE
    from rmatch.solve.assigned import Assignment
    from rmatch.solve.assignment import assign
    from rmatch.solve.certificates.certificate import ALLOWED, FORBIDDEN, Certificate
    from rmatch.solve.certificates.claim import Ask, Claim, failures, walked
    from rmatch.solve.certificates.duals import certificate_of
    from rmatch.solve.certificates.face import optimal_matchings
    from rmatch.solve.certificates.loads import LoadProblem, SemiMatching, semi_failures
    from rmatch.solve.certificates.look import Seen
    from rmatch.solve.columns import large_enough
    from rmatch.solve.columns.answer import Answer, Warm
    from rmatch.solve.columns.blocks import Blocks
    from rmatch.solve.columns.gains import with_gains
    from rmatch.solve.columns.problem import ImplicitProblem
    from rmatch.solve.columns.source import Source
    from rmatch.solve.columns.stored import TILE, StoredPoints, add_up
    from rmatch.solve.columns.tables import Tables
    from rmatch.solve.fair.alpha import Rounded
    from rmatch.solve.fair.dispatch import solve_fair
    from rmatch.solve.fair.leximin import TierProof
    from rmatch.solve.fair.max_min import Bottleneck
    from rmatch.solve.fair.proof import fair_failures
    from rmatch.solve.fair.solution import FairSolution
    from rmatch.solve.groups.ceiling import Ceiling, ceiling_of
    from rmatch.solve.groups.columns import GroupPrices
    from rmatch.solve.groups.generate import most_with
    from rmatch.solve.groups.problem import GroupProblem, Leader
    from rmatch.solve.groups.proof import GroupCase, GroupProof, group_failures
    from rmatch.solve.groups.solve import GroupSolution, known_groups, solve_groups
    from rmatch.solve.lottery.balance import Balance
    from rmatch.solve.lottery.capped import CappedProblem
    from rmatch.solve.lottery.expected import LARGEST_LOTTERY, best_chances, scaled, steps_of
    from rmatch.solve.lottery.gains import ExpectedGains, size_fault
    from rmatch.solve.lottery.marginals import Marginals
    from rmatch.solve.lottery.rational import Number, fraction, read_cap, read_spread
    from rmatch.solve.network.network import worth_of_firsts
    from rmatch.solve.plan.dated import DatedProblem, Gains, Goal
    from rmatch.solve.plan.timetable import (
        RoundPrices,
        Share,
        Timetable,
        Waits,
        into_rounds,
        shares_of,
    )
    from rmatch.solve.problem import Participation, Problem
    from rmatch.solve.quota.best import QuotaSolution, solve_quota, unsolvable
    from rmatch.solve.quota.limits import MeanBound, PairBound, partners_bound, quota_failures
    from rmatch.solve.quota.relaxation import WORDS, Bound
    from rmatch.solve.quota.strictest import Strictest, kept_value, strictest
    from rmatch.solve.semi_matching import balance_loads
    from rmatch.solve.sensitivity.interval import Matched, interval
    from rmatch.solve.sensitivity.newcomers import CLOSED, Newcomers
    from rmatch.solve.sensitivity.pair_costs import (
        Costs,
        all_costs,
        costs_for_mentee,
        costs_for_mentor,
    )
    from rmatch.solve.sensitivity.together import Chosen, best_together
    from rmatch.solve.ties import TieHash, tie_hash
    from rmatch.solve.total import Solution, solve, solve_stream
    from rmatch.utils.progress import Progress

__all__ = [
    "ALLOWED",
    "CLOSED",
    "FORBIDDEN",
    "LARGEST_LOTTERY",
    "LARGEST_WHOLE",
    "TILE",
    "WORDS",
    "Answer",
    "Ask",
    "Assignment",
    "Balance",
    "Blocks",
    "Bottleneck",
    "Bound",
    "CappedProblem",
    "Ceiling",
    "Certificate",
    "Chosen",
    "Claim",
    "Costs",
    "DatedProblem",
    "ExpectedGains",
    "FairSolution",
    "Gains",
    "Goal",
    "GroupCase",
    "GroupPrices",
    "GroupProblem",
    "GroupProof",
    "GroupSolution",
    "ImplicitProblem",
    "Leader",
    "LoadProblem",
    "Marginals",
    "Matched",
    "MeanBound",
    "Newcomers",
    "Number",
    "PairBound",
    "Participation",
    "Problem",
    "Progress",
    "QuotaSolution",
    "RoundPrices",
    "Rounded",
    "Seen",
    "SemiMatching",
    "Share",
    "Solution",
    "Source",
    "StoredPoints",
    "Strictest",
    "Tables",
    "TieHash",
    "TierProof",
    "Timetable",
    "Waits",
    "Warm",
    "add_up",
    "all_costs",
    "assign",
    "balance_loads",
    "best_chances",
    "best_together",
    "ceiling_of",
    "certificate_of",
    "costs_for_mentee",
    "costs_for_mentor",
    "failures",
    "fair_failures",
    "fraction",
    "group_failures",
    "interval",
    "into_rounds",
    "kept_value",
    "known_groups",
    "large_enough",
    "most_with",
    "optimal_matchings",
    "partners_bound",
    "quota_failures",
    "read_cap",
    "read_spread",
    "scaled",
    "semi_failures",
    "shares_of",
    "size_fault",
    "solve",
    "solve_fair",
    "solve_groups",
    "solve_quota",
    "solve_stream",
    "steps_of",
    "strictest",
    "tie_hash",
    "unsolvable",
    "walked",
    "with_gains",
    "worth_of_firsts",
]
__dir__: Callable[[], list[str]] = __all__.copy

__getattr__: Callable[[str], Any] = handed_out(
    __name__,
    {
        "rmatch.solve.arrays": "LARGEST_WHOLE",
        "rmatch.solve.assigned": "Assignment",
        "rmatch.solve.assignment": "assign",
        "rmatch.solve.certificates.certificate": "ALLOWED FORBIDDEN Certificate",
        "rmatch.solve.certificates.claim": "Ask Claim failures walked",
        "rmatch.solve.certificates.duals": "certificate_of",
        "rmatch.solve.certificates.face": "optimal_matchings",
        "rmatch.solve.certificates.loads": "LoadProblem SemiMatching semi_failures",
        "rmatch.solve.certificates.look": "Seen",
        "rmatch.solve.columns": "large_enough",
        "rmatch.solve.columns.answer": "Answer Warm",
        "rmatch.solve.columns.blocks": "Blocks",
        "rmatch.solve.columns.gains": "with_gains",
        "rmatch.solve.columns.problem": "ImplicitProblem",
        "rmatch.solve.columns.source": "Source",
        "rmatch.solve.columns.stored": "TILE StoredPoints add_up",
        "rmatch.solve.columns.tables": "Tables",
        "rmatch.solve.fair.alpha": "Rounded",
        "rmatch.solve.fair.dispatch": "solve_fair",
        "rmatch.solve.fair.leximin": "TierProof",
        "rmatch.solve.fair.max_min": "Bottleneck",
        "rmatch.solve.fair.proof": "fair_failures",
        "rmatch.solve.fair.solution": "FairSolution",
        "rmatch.solve.groups.ceiling": "Ceiling ceiling_of",
        "rmatch.solve.groups.columns": "GroupPrices",
        "rmatch.solve.groups.generate": "most_with",
        "rmatch.solve.groups.problem": "GroupProblem Leader",
        "rmatch.solve.groups.proof": "GroupCase GroupProof group_failures",
        "rmatch.solve.groups.solve": "GroupSolution known_groups solve_groups",
        "rmatch.solve.lottery.balance": "Balance",
        "rmatch.solve.lottery.capped": "CappedProblem",
        "rmatch.solve.lottery.expected": "LARGEST_LOTTERY best_chances scaled steps_of",
        "rmatch.solve.lottery.gains": "ExpectedGains size_fault",
        "rmatch.solve.lottery.marginals": "Marginals",
        "rmatch.solve.lottery.rational": "Number fraction read_cap read_spread",
        "rmatch.solve.plan.dated": "DatedProblem Gains Goal",
        "rmatch.solve.plan.timetable": "RoundPrices Share Timetable Waits shares_of into_rounds",
        "rmatch.solve.network.network": "worth_of_firsts",
        "rmatch.solve.problem": "Participation Problem",
        "rmatch.solve.quota.best": "QuotaSolution solve_quota unsolvable",
        "rmatch.solve.quota.limits": "MeanBound PairBound partners_bound quota_failures",
        "rmatch.solve.quota.relaxation": "WORDS Bound",
        "rmatch.solve.quota.strictest": "Strictest kept_value strictest",
        "rmatch.solve.semi_matching": "balance_loads",
        "rmatch.solve.sensitivity.interval": "Matched interval",
        "rmatch.solve.sensitivity.newcomers": "CLOSED Newcomers",
        "rmatch.solve.sensitivity.pair_costs": "Costs all_costs costs_for_mentee costs_for_mentor",
        "rmatch.solve.sensitivity.together": "Chosen best_together",
        "rmatch.solve.ties": "TieHash tie_hash",
        "rmatch.solve.total": "Solution solve solve_stream",
        "rmatch.utils.progress": "Progress",
    },
)
