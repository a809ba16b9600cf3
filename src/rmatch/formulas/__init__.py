"""The model once more, pair by pair in plain Python and over arrays: what verification and explanation go by.

Nothing here shares code with the block computations of :mod:`rmatch.criteria` and :mod:`rmatch.rules`: the two are
written independently from the same published formulas, and tests hold them together.
"""

from __future__ import annotations

from rmatch.formulas.arrays.all_pairs import BARRED, AllPairs
from rmatch.formulas.facts import Facts
from rmatch.formulas.line import Line
from rmatch.formulas.lines import COUNTED_ONCE, Lines
from rmatch.formulas.meeting import Hours
from rmatch.formulas.some import concerns, for_whom, holds
from rmatch.formulas.verdicts import Broken, broken_rules, missing
from rmatch.formulas.words import criterion_words

__all__ = [
    "BARRED",
    "COUNTED_ONCE",
    "AllPairs",
    "Broken",
    "Facts",
    "Hours",
    "Line",
    "Lines",
    "broken_rules",
    "concerns",
    "criterion_words",
    "for_whom",
    "holds",
    "missing",
]
