"""What was understood, and what is wrong or will go wrong, before anything is solved."""

from collections.abc import Callable

from rmatch.checking.check import Findings, check, invalid
from rmatch.checking.finding import Finding
from rmatch.checking.findings import without_effect
from rmatch.checking.topics import Merge, Topic, Topics

__all__ = ["Finding", "Findings", "Merge", "Topic", "Topics", "check", "invalid", "without_effect"]
__dir__: Callable[[], list[str]] = __all__.copy
