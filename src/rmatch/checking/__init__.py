"""What was understood, and what is wrong or will go wrong, before anything is solved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmatch.utils.lazy import handed_out

if TYPE_CHECKING:
    from rmatch.checking.finding import Finding
    from rmatch.checking.no_effect import without_effect
    from rmatch.checking.report import Findings, check, invalid
    from rmatch.checking.topics import Merge, Topic, Topics

__all__ = ["Finding", "Findings", "Merge", "Topic", "Topics", "check", "invalid", "without_effect"]
__dir__: Callable[[], list[str]] = __all__.copy

__getattr__: Callable[[str], Any] = handed_out(
    __name__,
    {
        "rmatch.checking.report": "Findings check invalid",
        "rmatch.checking.finding": "Finding",
        "rmatch.checking.topics": "Merge Topic Topics",
        "rmatch.checking.no_effect": "without_effect",
    },
)
