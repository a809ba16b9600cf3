"""What a caller gives: a fault for every value that is not what was asked for.

Each check looks at one argument and returns its faults, none where it is right, so that those of a whole call can be
added up and raised at once.
"""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Mapping
from numbers import Integral, Number
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.utils.lazy import Later

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray
else:
    np = Later("numpy")

SHOWN_CHARACTERS, DIGITS = 60, 1_000


class Malformed(ValueError):
    """A value that cannot be read.

    Parameters
    ----------
    value : str or None
        The offending value; None where the problem is a whole sentence.
    problem : str
        What is wrong, as the rest of a sentence about the value.
    remedy : str
        What would be right.

    Examples
    --------
    >>> print(Malformed("-3", "is negative", "give 0 or more"))
    '-3' is negative; give 0 or more
    """

    def __init__(self, value: str | None, problem: str, remedy: str) -> None:
        super().__init__(value, problem, remedy)
        self.value: str | None = value
        self.problem: str = problem
        self.remedy: str = remedy

    def __str__(self) -> str:
        """Return the sentence, with the value."""
        return str(self.fault("", ""))

    def fault(self, where: str, field: str, *, private: bool = False) -> Fault:
        """Return the fault of a cell; the value of a private one is not shown."""
        if self.value is None:
            return Fault(where, field, self.problem, self.remedy)
        subject = "the value" if private else shown(self.value)
        return Fault(where, field, f"{subject} {self.problem}", self.remedy)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one :class:`InvalidInputError` with all faults, if there are any."""
    found = tuple(faults)
    if found:
        raise InvalidInputError(found)


def seen(value: object) -> str:
    """Return how a value is shown: numbers and texts as they are, of anything else only what it is.

    Examples
    --------
    >>> seen(3.5), seen("x"), seen(None), seen([1, 2]), seen(object())
    ('3.5', "'x'", 'None', 'a list', 'an object')
    """
    if isinstance(value, str):
        return shown(value)
    if value is None or isinstance(value, Number):
        return "a number of a thousand digits or more" if _is_long(value) else repr(value)
    return a_kind(value)


def shown(value: str) -> str:
    """Return a value in quotes, cut where it is long.

    Examples
    --------
    >>> shown("x" * 1000)[-10:]
    "xxxxxxxx…'"
    """
    return repr(value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…")


def a_kind(value: object) -> str:
    """Return what a value is, with its article."""
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def whole(
    where: str, field: str, value: Any, least: int | None = 0, most: int | None = None
) -> list[Fault]:
    """Look for a whole number within bounds; numpy's are whole too, True is not.

    Examples
    --------
    >>> [str(fault) for fault in whole("alternatives", "k", 0, 1)]
    ['alternatives, k: 0 is not possible; give a whole number of 1 or more']
    """
    low = -math.inf if least is None else least
    high = math.inf if most is None else most
    if not isinstance(value, bool) and isinstance(value, Integral) and _within(value, low, high):
        return []
    return [_fault(where, field, value, f"give a whole number{_range(low, high)}")]


def number(
    where: str, field: str, value: Any, least: float = -math.inf, most: float = math.inf
) -> list[Fault]:
    """Look for a finite number within bounds; True is none, numpy's are.

    Examples
    --------
    >>> [str(fault) for fault in number("rules.junior_mentor", "min_gap", "x", 0.01, 80)]
    ["rules.junior_mentor, min_gap: 'x' is not possible; give a number from 0.01 to 80"]
    """
    some = type(value) is float or isinstance(value, int | float | np.integer | np.floating)
    if some and not isinstance(value, bool) and _finite(value) and _within(value, least, most):
        return []
    return [
        _fault(
            where, field, value, f"give a {'finite ' * math.isinf(most)}number{_range(least, most)}"
        )
    ]


def minutes_a_week(where: str, field: str, value: Any) -> list[Fault]:
    """Look for minutes of a week, in quarters of an hour.

    Examples
    --------
    >>> [str(fault) for fault in minutes_a_week("criteria.logistics", "enough", 4)]
    ['criteria.logistics, enough: 4 is not possible; give minutes a week in quarters of an hour, 15 to 10080: an hour on each of five days is 300']
    """
    if not whole(where, field, value, 15, 10_080) and value % 15 == 0:
        return []
    hour = "an hour on each of five days is 300"
    remedy = f"give minutes a week in quarters of an hour, 15 to 10080: {hour}"
    return [_fault(where, field, value, remedy)]


def is_true_or_false(value: object) -> bool:
    """Tell whether a value is a bool, of Python or numpy."""
    return value is True or value is False or isinstance(value, np.bool_)


def truth(where: str, field: str, value: object) -> list[Fault]:
    """Look for True or False."""
    return [] if is_true_or_false(value) else [_fault(where, field, value, "give True or False")]


def choice(where: str, field: str, value: object, known: Collection[str]) -> list[Fault]:
    """Look for one of some words.

    Examples
    --------
    >>> [str(fault) for fault in choice("quota", "side", "mentors", ("mentor", "mentee"))]
    ["quota, side: 'mentors' is unknown; did you mean 'mentor'?"]
    """
    if isinstance(value, str) and value in known:
        return []
    return [Fault(where, field, f"{seen(value)} is unknown", nearest(value, known))]


def text(where: str, field: str, value: object) -> list[Fault]:
    """Look for a text."""
    return [] if isinstance(value, str) else [_fault(where, field, value, "give a text")]


def texts(where: str, field: str, value: Any, what: str = "texts") -> list[Fault]:
    """Look for a list of texts; a bare text, which would be taken letter by letter, is none."""
    listed = isinstance(value, Collection) and not isinstance(value, str | Mapping)
    if listed and all(isinstance(item, str) for item in value):
        return []
    return [_fault(where, field, value, f"give a list of {what}")]


def function(where: str, field: str, value: object) -> list[Fault]:
    """Look for something that can be called."""
    return [] if callable(value) else [_fault(where, field, value, "give a function")]


def path_faults(where: str, value: object) -> list[Fault]:
    """Look for the path of a file."""
    return (
        []
        if isinstance(value, str | os.PathLike)
        else [_fault(where, "path", value, "give the path of a file")]
    )


def instance(where: str, field: str, value: object, wanted: type, remedy: str) -> list[Fault]:
    """Look for an object of some type.

    Examples
    --------
    >>> [str(fault) for fault in instance("match", "seed", 3.5, str, "give a text")]
    ['match, seed: 3.5 is not possible; give a text']
    """
    return [] if isinstance(value, wanted) else [_fault(where, field, value, remedy)]


def objects(where: str, field: str, value: Any, wanted: type, remedy: str) -> list[Fault]:
    """Look for a list of objects of some type."""
    listed = isinstance(value, list | tuple) and all(isinstance(item, wanted) for item in value)
    return [] if listed else [_fault(where, field, value, remedy)]


def seed_faults(where: str, value: object) -> list[Fault]:
    """Look for a seed: a whole number or a text."""
    fits = isinstance(value, str | Integral) and not isinstance(value, bool)
    remedy = "give a whole number or a text, such as the round's name"
    return [] if fits and not _is_long(value) else [_fault(where, "seed", value, remedy)]


def positions(where: str, **sides: tuple[Any, int]) -> list[NDArray[np.intp]]:
    """Return lists of positions as arrays, checked.

    Parameters
    ----------
    where : str
        What asks for them.
    **sides : tuple of array_like of int and int
        For each argument the positions, and what they have to stay below.

    Returns
    -------
    list of ndarray of intp
        Each with one axis.

    Raises
    ------
    InvalidInputError
        With every argument that is no list of whole numbers from 0 to below its limit.

    Examples
    --------
    >>> positions("block", rows=([0, 2], 3), columns=([], 2))
    [array([0, 2]), array([], dtype=int64)]
    """
    refuse(
        fault
        for name, (value, size) in sides.items()
        for fault in _position_faults(where, name, value, size)
    )
    return [np.asarray(value, np.intp) for value, _ in sides.values()]


def _position_faults(where: str, name: str, value: Any, size: int) -> list[Fault]:
    try:
        found = np.asarray(value)
    except ValueError:  # lines of different lengths
        found = np.zeros((0, 0))
    if found.ndim != 1 or (found.size and found.dtype.kind not in "iu"):
        return [_fault(where, name, value, "give a list of whole numbers")]
    if not found.size:
        return []
    ends = int(found.min()), int(found.max())
    outside = [position for position in ends if not 0 <= position < size][:1]
    remedy = f"give positions below {size}"
    return [Fault(where, name, f"{position} is not there", remedy) for position in outside]


def _fault(where: str, field: str, value: object, remedy: str) -> Fault:
    return Fault(where, field, f"{seen(value)} is not possible", remedy)


def _is_long(value: object) -> bool:
    return isinstance(value, int) and value.bit_length() > 10 * DIGITS / 3


def _finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all floats
        return False


def _within(value: Any, least: float, most: float) -> bool:
    return bool(least <= value <= most)


def _range(least: float, most: float) -> str:
    if math.isinf(most):
        return "" if math.isinf(least) else f" of {least} or more"
    return f" from {least} to {most}"
