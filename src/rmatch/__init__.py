"""Optimal, explained matching for reverse mentoring: juniors teach senior leaders."""

from __future__ import annotations

from rmatch import criteria, datasets, objectives, rules
from rmatch.checking.check import check
from rmatch.errors import InfeasibleError, InvalidInputError, RmatchError, VerificationError
from rmatch.frontiers.frontier import frontier
from rmatch.frontiers.over_objectives import Frontier
from rmatch.io import read_people, read_programme, read_requests
from rmatch.lotteries.lottery import Lottery, lottery
from rmatch.matching.match import match
from rmatch.matching.matching import Matching
from rmatch.people import People, Person, Requests
from rmatch.programme import Programme
from rmatch.scoring import Scores, score
from rmatch.solve import Assignment, assign
from rmatch.verification.verify import verify

__all__ = [
    "Assignment",
    "Frontier",
    "InfeasibleError",
    "InvalidInputError",
    "Lottery",
    "Matching",
    "People",
    "Person",
    "Programme",
    "Requests",
    "RmatchError",
    "Scores",
    "VerificationError",
    "assign",
    "check",
    "criteria",
    "datasets",
    "frontier",
    "lottery",
    "match",
    "objectives",
    "read_people",
    "read_programme",
    "read_requests",
    "rules",
    "score",
    "verify",
]
