"""What was checked of a result that passed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rmatch.utils.documents import Document
from rmatch.utils.text import counted


@dataclass(frozen=True, slots=True)
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
        Which of "people", "programme" and "requests" were taken from the result, because they were not given.
    """

    pairs: int
    total: int | Fraction
    people: int
    checks: tuple[str, ...]
    believed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the verdict in words."""
        pairs, checks = counted(self.pairs, "pair"), ", ".join(self.checks)
        total = (
            f"{self.total:,}"
            if isinstance(self.total, int)
            else f"{float(self.total):,.2f} expected"
        )
        by = f" (by the {_listed(self.believed)} inside the result)" if self.believed else ""
        return f"{pairs} with {total} points verified{by}: {checks}"


def _listed(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
