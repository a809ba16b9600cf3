"""What every criterion checks about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rmatch.utils.validation import number, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rmatch.errors import Fault


class Weighted(Protocol):
    """A criterion, as far as its weight is concerned."""

    @property
    def kind(self) -> str:
        """The name of the criterion."""

    @property
    def weight(self) -> float | None:
        """How much it matters."""


def check_criterion(
    criterion: Weighted, others: Iterable[Fault] = (), *, weightless: bool = False
) -> None:
    """Raise one :class:`InvalidInputError` with all faults of a criterion, if there are any.

    Parameters
    ----------
    criterion : Weighted
        The criterion.
    others : iterable of Fault
        What is wrong beside its weight.
    weightless : bool
        Whether it may go without a weight.
    """
    weight = {} if weightless and criterion.weight is None else {"weight": criterion.weight}
    refuse([*weight_faults(f"criteria.{criterion.kind}", weight), *others])


def weight_faults(where: str, weights: Mapping[str, object]) -> list[Fault]:
    """Return a fault for every weight that is not a finite number of zero or more."""
    return [fault for name, weight in weights.items() for fault in number(where, name, weight, 0)]
