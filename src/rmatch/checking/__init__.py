"""What is wrong, or will go wrong, before anything is solved."""

from rmatch.checking.check import Findings, check
from rmatch.checking.finding import Finding
from rmatch.checking.findings import without_effect

__all__ = ["Finding", "Findings", "check", "without_effect"]
