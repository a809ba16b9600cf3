"""Optimal, explained matching for reverse mentoring: juniors teach senior leaders."""

from __future__ import annotations

from rmatch import criteria, datasets, objectives, rules
from rmatch.alpha_sweep import Frontier
from rmatch.check import check
from rmatch.errors import InfeasibleError, InvalidInputError, RmatchError, VerificationError
from rmatch.frontier import frontier
from rmatch.io import read_people
from rmatch.lottery import Lottery, lottery
from rmatch.match import match
from rmatch.matching import Matching
from rmatch.people import People, Person
from rmatch.programme import Programme
from rmatch.requests import Requests
from rmatch.scoring import Scores, score
from rmatch.solve import Assignment, assign
from rmatch.verify import verify

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
    "rules",
    "score",
    "verify",
]
