"""Somebody who tries: readers who solve reports for the people in them, and canaries that tell where something leaks.

A reader is handed what is published and what a colleague may know anyway, such as who has a partner, and returns what
follows with certainty. Nothing here knows how rmatch decides what to publish, so it reads the reports of any program.
"""

from __future__ import annotations

from rmatch.testing.adversaries.canaries import Aviary, escaped
from rmatch.testing.adversaries.readers import Found, by_equations, by_whole_numbers
from rmatch.testing.adversaries.rule import knowing_the_rule
from rmatch.testing.adversaries.statements import Statement, statements

__all__ = [
    "Aviary",
    "Found",
    "Statement",
    "by_equations",
    "by_whole_numbers",
    "escaped",
    "knowing_the_rule",
    "statements",
]
