"""The laws: what every correct matcher obeys, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from rmatch.testing.laws import change, fair, feasible, indices, optimal, order, people, stable
from rmatch.testing.laws.law import Form, Law
from rmatch.utils.validation import choice, refuse, texts

if TYPE_CHECKING:
    from collections.abc import Collection

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

    Raises
    ------
    InvalidInputError
        For another form.
    """
    refuse(choice("laws", "form", form, get_args(Form)))
    return tuple(law for law in ALL.values() if law.form == form)


def find(names: Collection[str]) -> tuple[Law, ...]:
    """Return laws by name.

    Parameters
    ----------
    names : collection of str
        Names of laws.

    Returns
    -------
    tuple of Law
        In the same order.

    Raises
    ------
    InvalidInputError
        With every unknown name, and the nearest right one.

    Examples
    --------
    >>> find(["capacities"])[0].statement
    'Nobody has more partners than places.'
    """
    refuse(
        texts("laws", "names", names, "names")
        or [fault for name in names for fault in choice("laws", "name", name, ALL)]
    )
    return tuple(ALL[name] for name in names)
