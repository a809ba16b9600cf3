"""The laws: what every correct matcher obeys, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import nearest
from rmatch.testing.laws import change, fair, feasible, indices, optimal, order, people, stable
from rmatch.testing.laws.law import Form, Law

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ALL", "Form", "Law", "find", "of_form"]

PARTS = (feasible, optimal, order, change, stable, people, fair, indices)
ALL: dict[str, Law] = {law.name: law for part in PARTS for law in part.LAWS}


def of_form(form: Form) -> tuple[Law, ...]:
    """Return the laws of matchers of matrices, of markets or of people, or of inequality indices.

    Parameters
    ----------
    form : {"matrix", "market", "people", "index"}
        Which.

    Returns
    -------
    tuple of Law
        In the order of the reference.
    """
    return tuple(law for law in ALL.values() if law.form == form)


def find(names: Iterable[str]) -> tuple[Law, ...]:
    """Return laws by name.

    Parameters
    ----------
    names : iterable of str
        Names of laws.

    Returns
    -------
    tuple of Law
        In the same order.

    Raises
    ------
    KeyError
        For an unknown name, with the nearest right one.

    Examples
    --------
    >>> find(["capacities"])[0].statement
    'Nobody has more partners than places.'
    """
    wanted = tuple(names)
    for name in wanted:
        if name not in ALL:
            message = f"no law is called {name!r}; {nearest(name, ALL)}"
            raise KeyError(message)
    return tuple(ALL[name] for name in wanted)
