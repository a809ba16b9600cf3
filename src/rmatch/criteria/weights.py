"""What every criterion checks about itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from rmatch.errors import Fault, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Weighted(Protocol):
    """A criterion, as far as its weight is concerned."""

    @property
    def kind(self) -> str:
        """The name of the criterion."""

    @property
    def weight(self) -> float | None:
        """How much it matters."""


def check_criterion(criterion: Weighted, others: Iterable[Fault] = ()) -> None:
    """Raise one :class:`InvalidInputError` with all faults of a criterion, if there are any.

    Parameters
    ----------
    criterion : Weighted
        The criterion.
    others : iterable of Fault
        What is wrong beside its weight.
    """
    weight = {} if criterion.weight is None else {"weight": criterion.weight}
    faults = [*weight_faults(f"criteria.{criterion.kind}", weight), *others]
    if faults:
        raise InvalidInputError(faults)


def weight_faults(where: str, weights: Mapping[str, object]) -> list[Fault]:
    """Return a fault for every weight that is not a finite number of zero or more."""
    return [
        Fault(where, name, f"{weight!r} is not a weight", "give a number of 0 or more")
        for name, weight in weights.items()
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < math.inf
    ]
