"""How a source is laid out: its sheet, its header rows, its encoding, and the rows that are no people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rmatch.io.columns import STANDARD
from rmatch.io.mapping.conditions import Condition


@dataclass(frozen=True, slots=True)
class Layout:
    """How a source is laid out; what is not said is found.

    Attributes
    ----------
    sheet : str
        The sheet of a workbook.
    header : tuple of int
        The numbers of the rows that hold the headers; several are joined.
    encoding : str
        The encoding of a text file.
    delimiter : str
        What stands between its cells.
    drop : tuple of tuple of Condition
        Rows that are no people: any of these, each with all of its conditions.
    wanted : frozenset of str
        Headers that the reader will look for, by which sheets and header rows are told apart.
    whole : frozenset of str
        Headers under which a mapping in a record is one value, as topics with their levels are.
    name : str
        Where this was said, for errors.
    """

    sheet: str = ""
    header: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    drop: tuple[tuple[Condition, ...], ...] = ()
    wanted: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    name: str = "mapping"

    def over(self, other: Layout) -> Layout:
        """Return this with what it leaves open taken from another one."""
        return replace(
            other,
            **{key: value for key in SAID if (value := getattr(self, key))},
            drop=(*other.drop, *self.drop),
        )


# What a layout may leave open.
SAID = ("sheet", "header", "encoding", "delimiter")
UNSAID = Layout()


@dataclass(frozen=True, slots=True)
class Layouts:
    """How several sources are laid out: what holds for all, and what for one file.

    Attributes
    ----------
    general : Layout
        What holds for all.
    by_file : mapping of str to Layout
        What holds for one, by its file name.
    """

    general: Layout = UNSAID
    by_file: Mapping[str, Layout] = field(default_factory=dict)

    def of(self, file: str) -> Layout:
        """Return the layout of a file."""
        own = self.by_file.get(file)
        return own.over(self.general) if own else self.general


OWN = Layouts(Layout(wanted=frozenset(STANDARD)))
"""Without a mapping, a table is known by rmatch's own headers."""
