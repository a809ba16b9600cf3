"""How results show themselves: short where they are printed, with tables in notebooks, and what is left out is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from html import escape
from typing import Any, NamedTuple

from rmatch.utils.text import numeral

SHOWN = 25
"""So many rows of a table are shown."""
BRIEF = 60
"""So many characters of what is in a field are printed."""


class Rows(NamedTuple):
    """A table with its header, as texts."""

    header: Sequence[str]
    rows: Iterable[Sequence[str]]


class Shown:
    """A result that prints as its text or as its fields, and that notebooks show as HTML.

    Nothing of it is markup of anybody's, and nothing private is in it: what is shown may be pasted anywhere.

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> matching.steps[0].places
    Places(mentor_capacity=<14 int64>, mentee_capacity=<10 int64>, mentor_minimum=<14 int64>, ...)
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the text of what has one, else the fields, those that are long by their size."""
        if type(self).__str__ is not object.__str__:
            return str(self)
        result: Any = self
        told = (one.name for one in fields(result) if one.repr)
        named = (f"{name}={_brief(getattr(self, name))}" for name in told)
        return f"{type(self).__name__}({', '.join(named)})"

    def _repr_html_(self) -> str:
        return as_html(self._parts())

    def _parts(self) -> Iterator[str | Rows]:
        """Go through what is shown, paragraph by paragraph; tables with :data:`SHOWN` rows at most."""
        yield str(self)


def more(count: int, where: str) -> str:
    """Return what is said below a table that does not show everything; nothing where it does.

    Examples
    --------
    >>> more(1_027, "pairs"), more(25, "pairs")
    ('… and 1002 more in `pairs`', '')
    """
    return f"… and {numeral(count - SHOWN)} more in `{where}`" * (count > SHOWN)


def as_html(parts: Iterable[str | Rows]) -> str:
    """Return paragraphs and tables as HTML."""
    return "\n".join(_part(part) for part in parts if part)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as HTML; without a header where that is empty."""
    lines = [*([("th", header)] if header else []), *(("td", row) for row in rows)]
    return element("table", *(element("tr", *map(partial(text, tag), row)) for tag, row in lines))


def element(tag: str, *inside: str) -> str:
    """Return an element of HTML with what is HTML already."""
    return f"<{tag}>{''.join(inside)}</{tag}>"


def text(tag: str, said: str) -> str:
    """Return an element of HTML with a text.

    Examples
    --------
    >>> text("p", "R&D <b>")
    '<p>R&amp;D &lt;b&gt;</p>'
    """
    return element(tag, escape(said))


def _part(part: str | Rows) -> str:
    if isinstance(part, Rows):
        return table(*part)
    # Several lines are laid out in columns.
    return text("pre" if "\n" in part else "p", part)


def _brief(value: Any) -> str:
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and hasattr(value, "dtype") and shape:
        return f"<{' × '.join(numeral(size) for size in shape)} {value.dtype}>"
    size = len(value) if hasattr(value, "__len__") else 0
    said = repr(value) if size <= BRIEF else ""
    if said and len(said) <= BRIEF and "\n" not in said:
        return said
    return f"<{f'{numeral(size)} in a ' if size else ''}{type(value).__name__}>"
