"""Canaries: strings that are nowhere else in the world, in every field that is private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Aviary:
    """Canaries, and where each was put.

    Attributes
    ----------
    homes : dict of str to str
        The field of each.

    Examples
    --------
    >>> aviary = Aviary()
    >>> rows = [{"id": "E1", "name": aviary.new("name"), "dimension:gender": aviary.new("gender")}]
    >>> escaped(aviary, "E1 has no partner")
    set()
    >>> escaped(aviary, f"unknown gender {rows[0]['dimension:gender']!r}")
    {'gender'}
    """

    homes: dict[str, str] = field(default_factory=dict)

    def new(self, home: str) -> str:
        """Return a string that is nowhere else, to be put into a private field.

        Parameters
        ----------
        home : str
            What the field is called when it leaks.

        Returns
        -------
        str
            A short word of letters, which few programs change.
        """
        # Letters that go on counting, between two that hardly meet in a word.
        number, letters = len(self.homes), ""
        for _ in range(4):
            number, digit = divmod(number, 20)
            letters += "bcdfghjklmnpqrstvwxz"[digit]
        canary = f"Zq{letters}qz"
        self.homes[canary] = home
        return canary


def escaped(aviary: Aviary, *told: Any) -> set[str]:
    """Return the fields whose canaries came out.

    Parameters
    ----------
    aviary : Aviary
        The canaries.
    *told : object
        What was said, printed, raised, written: texts, or whatever has one.

    Returns
    -------
    set of str
        Their fields; capitals do not matter.
    """
    texts = "\n".join(_texts(told)).casefold()
    return {home for canary, home in aviary.homes.items() if canary.casefold() in texts}


def _texts(told: Iterable[Any]) -> list[str]:
    texts = []
    for each in told:
        if isinstance(each, Mapping):
            texts += [*_texts(each), *_texts(each.values())]
        elif isinstance(each, list | tuple | set | frozenset):
            texts += _texts(each)
        elif isinstance(each, BaseException):
            # What a traceback would show: the error, its notes, and those it came from.
            chain = [*map(str, each.args), str(each), *getattr(each, "__notes__", [])]
            texts += [*chain, *_texts(filter(None, (each.__cause__, each.__context__)))]
        else:
            texts.append(str(each))
    return texts
