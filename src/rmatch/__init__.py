"""Optimal, explained matching for reverse mentoring: juniors teach senior leaders."""

from __future__ import annotations

from rmatch import criteria, datasets, objectives, rules
from rmatch.checking import check
from rmatch.errors import InfeasibleError, InvalidInputError, RmatchError, VerificationError
from rmatch.frontiers import Frontier, frontier
from rmatch.io import read_people, read_programme, read_requests
from rmatch.lotteries import Lottery, lottery
from rmatch.matching import Matching, match
from rmatch.people import People, Person, Requests
from rmatch.programme import Programme
from rmatch.scoring import Scores, score
from rmatch.solve import Assignment, assign
from rmatch.verification import verify

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


def __dir__() -> list[str]:
    """Return the public names; the rooms that are no part of them are found by their full names."""
    return [*__all__, "__version__"]


def __getattr__(name: str) -> str:
    """Look up the version of the installed package when it is asked for, which takes longer than most imports."""
    if name != "__version__":
        message = f"module 'rmatch' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib.metadata import version

    return version("reverse-mentoring")
