"""What is kept beside objects as long as they live, and is no part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Callable

Kept = TypeVar("Kept")


class Beside(Generic[Kept]):
    """One thing beside each object, made when it is first asked for and gone with the object.

    It goes by which object it is, not by what is equal to it: results have no hash.

    Examples
    --------
    >>> class Anything:
    ...     pass
    >>> lists, owner = Beside[list[int]](), Anything()
    >>> lists.of(owner, list).append(1)
    >>> lists.of(owner, list), lists.of(Anything(), list)
    ([1], [])
    """

    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}

    def of(self, owner: object, make: Callable[[], Kept]) -> Kept:
        """Return what is kept beside an object."""
        key = id(owner)
        if key not in self._kept:
            self._kept[key] = make()
            finalize(owner, self._kept.pop, key, None)
        return self._kept[key]
