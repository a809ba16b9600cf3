"""Doubtful parts of a mapping or a programme: what stands under ``CHECK`` is not read before somebody settles it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.utils.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[str, str, str], None]

CHECK = "CHECK"
LONGEST = 60


def settled(document: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Return a mapping without its doubtful parts.

    Parameters
    ----------
    document : mapping
        The mapping, in which a table ``CHECK`` at any place holds what is doubtful there.
    report : callable
        Takes the place, the problem and the remedy of each doubtful part.

    Returns
    -------
    dict of str to object
        The rest.

    Examples
    --------
    >>> document = {"columns": {"id": "No", "CHECK": {"offers": "Job"}}}
    >>> settled(document, print)
    columns.offers is marked CHECK: is it "Job"? correct it if it is not, and take the word CHECK away
    {'columns': {'id': 'No'}}
    """
    return _walked(document, (), report)


def taken_as_right(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping in which everything doubtful is taken as it stands.

    Examples
    --------
    >>> taken_as_right({"columns": {"id": "No", "CHECK": {"offers": "Job"}}})
    {'columns': {'id': 'No', 'offers': 'Job'}}
    """
    whole: dict[str, Any] = {}
    for key, value in document.items():
        if _is_doubtful(key, value):
            whole = _united(whole, taken_as_right(value))
        else:
            own = taken_as_right(value) if isinstance(value, Mapping) else value
            whole = _united(whole, {key: own})
    return whole


def _walked(document: Mapping[str, Any], path: tuple[str, ...], report: Report) -> dict[str, Any]:
    rest: dict[str, Any] = {}
    for key, value in document.items():
        if _is_doubtful(key, value):
            for name, doubt in value.items():
                report(".".join((*path, str(name))), *_asked(doubt))
        elif isinstance(value, Mapping):
            rest[key] = _walked(value, (*path, str(key)), report)
        else:
            rest[key] = value
    return rest


def _is_doubtful(key: object, value: object) -> bool:
    # A cell or a header that is called so has a text beside it, and is none of this.
    return key == CHECK and isinstance(value, Mapping)


def _asked(doubt: Any) -> tuple[str, str]:
    remedy = "correct it if it is not, and take the word CHECK away"
    if isinstance(doubt, Mapping):
        return "is marked CHECK: are the lines under it right?", remedy
    if isinstance(doubt, list):
        listed = cut(", ".join(f'"{each}"' for each in doubt), LONGEST)
        return f"is marked CHECK: is it right, and in this order: {listed}?", remedy
    said = f'"{cut(doubt, LONGEST)}"' if isinstance(doubt, str) else str(doubt)
    return f"is marked CHECK: is it {said}?", remedy


def _united(whole: dict[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in part.items():
        known = whole.get(key)
        both = isinstance(known, dict) and isinstance(value, Mapping)
        whole[key] = _united(known, value) if both and isinstance(known, dict) else value
    return whole
