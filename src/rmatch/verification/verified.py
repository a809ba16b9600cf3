"""What was checked of a result that passed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rmatch.utils.documents import Document
from rmatch.utils.text import counted

INPUTS = ("people", "programme", "requests")
"""What a result contains, and is held against where nobody gives their own."""
WORDS = {
    "terms": "how many rounds, which gap, loads and absences were asked for, and the earlier rounds"
}


@dataclass(frozen=True, slots=True, repr=False)
class Verified(Document):
    """What was checked of a result that passed.

    Attributes
    ----------
    pairs : int
        The number of pairs, those that are only possible included.
    total : int or Fraction
        Their points, recomputed; the expected ones of a lottery.
    people : int
        How many people there are.
    checks : tuple of str
        What holds.
    believed : tuple of str
        What was taken as it is: those of "people", "programme" and "requests" that were not given are the ones inside the
        result; "earlier pairs" are those that a rematch says it was made from; "earlier rounds" are those beside a fairness report; "block of 'seniority'" is that of a criterion or rule of
        one's own, where there are too many pairs to ask its formula about each.
    what : {"pair", "meeting"}
        What `pairs` counts: in a plan a pair may meet in several rounds.
    """

    pairs: int
    total: int | Fraction
    people: int
    checks: tuple[str, ...]
    believed: tuple[str, ...] = ()
    what: Literal["pair", "meeting"] = "pair"

    def __str__(self) -> str:
        """Return the verdict in words."""
        pairs, checks = counted(self.pairs, self.what), ", ".join(self.checks)
        inside = tuple(name for name in self.believed if name in INPUTS)
        beside = tuple(name for name in self.believed if name not in INPUTS)
        by = f" (by the {_listed(inside)} inside the result)" if inside else ""
        words = tuple(WORDS.get(name, name) for name in beside)
        but = f"; believed: {_listed(words)}" if beside else ""
        return f"{pairs} verified{by}: {checks}{but}"


def _listed(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
