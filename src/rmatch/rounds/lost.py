"""What one matching has more than another."""

from __future__ import annotations

from dataclasses import dataclass

from rmatch.utils.documents import Document


@dataclass(frozen=True, slots=True)
class Loss(Document):
    """What one matching has more than another.

    Attributes
    ----------
    pairs, points : int
        Negative, if the other one has more.
    """

    pairs: int
    points: int
