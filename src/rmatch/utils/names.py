"""What criteria and rules are called, and what those of one's own must bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

OWN = "custom"
"""The kind of every criterion and rule that is made of functions, and has a name instead."""


def name_of(item: Any) -> str:
    """Return what a criterion or rule is called: its kind, or the name that the user gave it.

    Examples
    --------
    >>> from rmatch.criteria import Reach
    >>> name_of(Reach(10))
    'reach'
    """
    return str(item.name if item.kind == OWN else item.kind)


def kind_faults(part: str, item: Any, built_in: Collection[str]) -> list[Fault]:
    """Look for a kind of its own, which no built-in criterion or rule has.

    Examples
    --------
    >>> class Mine:
    ...     kind = "reach"
    >>> [str(fault) for fault in kind_faults("criteria", Mine(), {"reach"})]
    ["programme, criteria: 'reach' is the name of a built-in one; call the own one something else"]
    """
    kind = getattr(item, "kind", None)
    if not isinstance(kind, str) or not kind.strip():
        problem = f"{type(item).__name__} has no kind"
        return [Fault("programme", part, problem, "give it a text kind, the name in a file")]
    if kind == OWN or kind in built_in:
        problem = f"{kind!r} is the name of a built-in one"
        return [Fault("programme", part, problem, "call the own one something else")]
    return []


def method_faults(part: str, item: Any, methods: Mapping[str, str]) -> list[Fault]:
    """Look for the methods that one's own criterion or rule must have.

    Parameters
    ----------
    part : {"criteria", "rules"}
        What it is.
    item : object
        The criterion or rule.
    methods : mapping of str to str
        The methods, and how they are described.

    Returns
    -------
    list of Fault
        One that names all that is missing, or none.
    """
    missing = [method for method in methods if not callable(getattr(item, method, None))]
    if not missing:
        return []
    problem = f"{name_of(item)!r} has {' and '.join(f'no {method}' for method in missing)}"
    if missing != ["block"]:
        problem += ", so it can be neither explained nor verified"
    remedy = f"give it {', and '.join(methods[method] for method in missing)}"
    return [Fault("programme", part, problem, remedy)]
