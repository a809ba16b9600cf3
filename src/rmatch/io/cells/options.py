"""Options of a form that hold the separator of their list: "Cloud (AWS, Azure), Python" has two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rmatch.io.cells.alike import UNCOVERED, Alike
from rmatch.io.cells.items import literal, quoted, split
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

SPLIT, FAULT, KEEP, DROP = "split", "fault", "keep", "drop"
_NUMBER = re.compile(r"(.*\S)\s*(:\s*[+-]?\d+(?:[.,]\d+)?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Options:
    """The options that a list may hold; false where nothing is known about them.

    Attributes
    ----------
    known : mapping of str to str
        Each option as it is written, by its folded form.
    rest : str
        What becomes of a text that is no option: it is split at the separator as everywhere, is a fault, or is a free
        text that is kept or dropped as a whole.
    learn : bool
        Whether options that hold the separator are looked for in the cells.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    rest: str = SPLIT
    learn: bool = False

    def __bool__(self) -> bool:
        """Tell whether there is anything to go by."""
        return bool(self.known) or self.rest != SPLIT

    def with_known(self, options: Iterable[str]) -> Options:
        """Return the same with further options."""
        return Options(
            {**{fold(option): option for option in options}, **self.known}, self.rest, self.learn
        )

    def items(
        self, text: str, separator: str, silent: Callable[[str], bool] = lambda _: False
    ) -> tuple[list[str], list[str]]:
        """Return the items of a cell, and the free texts in it that are dropped.

        Parameters
        ----------
        text : str
            The cell.
        separator : str
            What stands between its items.
        silent : callable
            Tells whether a text says that nothing is known; such a text is an item beside all options.

        Returns
        -------
        list of str, list of str
            Options and other items as they are written, and the rest.

        Raises
        ------
        Malformed
            If the cell holds two ways to read it, or something that is no option.

        Examples
        --------
        >>> options = Options(rest="drop").with_known(["Cloud (AWS, Azure)", "Python"])
        >>> options.items("python, Cloud (AWS, Azure), my own, idea", ",")
        (['Python', 'Cloud (AWS, Azure)'], ['my own, idea'])
        """
        pieces = split(text, separator)
        items: list[str] = []
        rest: list[str] = []
        for first, last in self._spans(pieces, separator):
            written = _joined(pieces[first:last], separator)
            option = self._option(written)
            if option is not None:
                items.append(option)
            elif self.rest == SPLIT or silent(written):
                items += pieces[first:last]
            elif self.rest == KEEP:
                items.append(_standing(written))
            else:
                rest.append(literal(written))
        if rest and self.rest == FAULT:
            raise Alike(UNCOVERED, *rest)
        return items, rest

    def _spans(self, pieces: Sequence[str], separator: str) -> list[tuple[int, int]]:
        """Return where each item begins and ends: options that cover as much as possible, the longest first.

        Neighbours that are no options make one span: a free text whose author wrote the separator.
        """
        best = _Covering(0, 0, 1, ())
        after = [best]  # the best covering of what stands behind a piece, and behind the next, …
        for start in reversed(range(len(pieces))):
            best = after[0].behind_free()
            for size in range(1, min(self._longest(separator), len(after)) + 1):
                if self._option(_joined(pieces[start : start + size], separator)) is not None:
                    best = best.or_else(after[size - 1].behind_option(size))
            after.insert(0, best)
        if best.ways > 1:
            raise Malformed(
                _joined(pieces, separator),
                "can be read as options in two ways",
                "take one of the options that overlap out of [options]",
            )
        return list(_spans_of(best.sizes))

    def _longest(self, separator: str) -> int:
        return 1 + max((option.count(separator) for option in self.known.values()), default=0)

    def _option(self, written: str) -> str | None:
        """Return the option that is written, with the level behind it; None if there is none."""
        known = self.known.get(fold(literal(written)))
        if known is not None:
            return _standing(known)
        match = _NUMBER.fullmatch(written)
        known = self.known.get(fold(literal(match[1]))) if match else None
        return None if known is None or match is None else quoted(known) + match[2]


UNLISTED = Options()
"""Nothing is known about the options: the separator parts the items."""


@dataclass(frozen=True, slots=True)
class _Covering:
    """How pieces are covered: how many lie outside of options, by how many options, in how many ways, and by which.

    `sizes` has the pieces of each option, and 0 for a piece outside.
    """

    outside: int
    options: int
    ways: int
    sizes: tuple[int, ...]

    def behind_free(self) -> _Covering:
        return _Covering(self.outside + 1, self.options, self.ways, (0, *self.sizes))

    def behind_option(self, size: int) -> _Covering:
        return _Covering(self.outside, self.options + 1, self.ways, (size, *self.sizes))

    def or_else(self, other: _Covering) -> _Covering:
        mine, theirs = (self.outside, self.options), (other.outside, other.options)
        if mine == theirs and other.outside == 0:
            return _Covering(*mine, self.ways + other.ways, self.sizes)
        return other if theirs <= mine else self


def _spans_of(sizes: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for size in sizes:
        if size == 0:
            last += 1
            continue
        if first < last:
            yield first, last
        yield last, last + size
        first = last = last + size
    if first < last:
        yield first, last


def _joined(pieces: Iterable[str], separator: str) -> str:
    return f"{separator} ".join(pieces)


def _standing(text: str) -> str:
    """Return a text as an item whose colon is no sign of a level."""
    return quoted(text) if ":" in text and not text.startswith('"') else text
