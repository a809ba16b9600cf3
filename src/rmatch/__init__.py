"""Optimal, explained matching for reverse mentoring: juniors teach senior leaders."""

from __future__ import annotations

from rmatch.utils.lazy import handed_out

TYPE_CHECKING = (
    False  # type checkers take it for true: without `typing` the command hears signals sooner
)
if TYPE_CHECKING:
    from typing import Any

    from rmatch import criteria, datasets, objectives, rules
    from rmatch.checking import check
    from rmatch.errors import InfeasibleError, InvalidInputError, RmatchError, VerificationError
    from rmatch.frontiers import Frontier, frontier
    from rmatch.io import read_people, read_programme, read_requests
    from rmatch.lifecycle import plan
    from rmatch.lotteries import Lottery, lottery
    from rmatch.matching import Matching, read_matching, rematch
    from rmatch.matching import warm_up as warm_up
    from rmatch.matching.match import match
    from rmatch.people import People, Person, Requests
    from rmatch.programme import Programme
    from rmatch.scoring import Scores, score
    from rmatch.solve import Assignment, assign
    from rmatch.utils.versions import show_versions as show_versions
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
    "plan",
    "read_matching",
    "read_people",
    "read_programme",
    "read_requests",
    "rematch",
    "rules",
    "score",
    "verify",
]


_UPKEEP = ("__version__", "show_versions", "warm_up")
"""What is about the installation and matches nobody: public, and no part of what ``from rmatch import *`` brings."""


def __dir__() -> list[str]:
    """Return the public names; the rooms that are no part of them are found by their full names."""
    return [*__all__, *_UPKEEP]


_ROOMS = {
    *(
        "criteria",
        "datasets",
        "objectives",
        "rules",
        "people",
        "quotas",
        "programme",
        "errors",
        "io",
    ),
    *(
        "scoring",
        "solve",
        "fairness",
        "matching",
        "lifecycle",
        "lotteries",
        "frontiers",
        "verification",
        "checking",
        "advice",
    ),
    "testing",
}
"""Rooms with a face: `rmatch.io` is there as soon as rmatch is, without another import."""
_look_up = handed_out(
    __name__,
    {
        "rmatch.checking": "check",
        "rmatch.errors": "InfeasibleError InvalidInputError RmatchError VerificationError",
        "rmatch.frontiers": "Frontier frontier",
        "rmatch.io": "read_people read_programme read_requests",
        "rmatch.lifecycle": "plan",
        "rmatch.lotteries": "Lottery lottery",
        "rmatch.matching": "Matching match read_matching rematch warm_up",
        "rmatch.people": "People Person Requests",
        "rmatch.programme": "Programme",
        "rmatch.scoring": "Scores score",
        "rmatch.solve": "Assignment assign",
        "rmatch.utils.versions": "show_versions",
        "rmatch.verification": "verify",
    },
)


def __getattr__(name: str) -> Any:
    """Import what is asked for: nobody waits at start-up for what they do not use."""
    if name in _ROOMS:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    if name == "__version__":
        from importlib.metadata import version

        return version("reverse-mentoring")
    return _look_up(name)
