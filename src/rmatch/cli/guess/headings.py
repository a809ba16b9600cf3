"""What the headings of a table say, and which of its columns belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rmatch.cli.guess.choices import families_of, plain_items
from rmatch.cli.guess.questions import SURE, asked, is_turned
from rmatch.cli.guess.roles import are_roles, flagged
from rmatch.cli.guess.synonyms import MARKERS
from rmatch.cli.guess.vocabulary import RARE, UNSURE, meaning
from rmatch.io import SEPARATOR, UNKNOWN, column_of, slots_in, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.cli.guess.families import Family
    from rmatch.io import Table

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TOPICAL = ("offers", "wants")


@dataclass(frozen=True, eq=False)
class Headings:
    """What the headings of a table say.

    Attributes
    ----------
    table : Table
        The raw columns.
    """

    table: Table

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The cells as text."""
        return {
            header: [_plain(cell) for cell in cells] for header, cells in self.table.columns.items()
        }

    @cached_property
    def markers(self) -> set[str]:
        """The markers for "unknown" in the cells, beside empty ones."""
        written = {text.casefold() for texts in self.texts.values() for text in texts}
        return written & (MARKERS | UNKNOWN) - {""}

    @cached_property
    def sounds(self) -> dict[str, tuple[str, int]]:
        """The field that each header sounds like, and how unsure that is."""
        found: dict[str, tuple[str, int]] = {}
        for header in self.table.columns:
            known, question = meaning(header), asked(header)
            addresses = ("email", RARE) if are_addresses(self.texts[header]) else None
            plays = ("role", UNSURE) if (known or ("", 1))[1] and self._plays(header) else None
            both = [heard for heard in (known, question, addresses) if heard is not None]
            if plays and not (both and min(both, key=itemgetter(1))[0] == "role"):
                both = [plays]  # whatever else the heading sounds like
            if both and header not in self.apart:
                name, doubt = min(both, key=itemgetter(1))
                # Plain headings mean what they say, whatever words they hold.
                turned = doubt >= SURE and is_turned(header)
                found[header] = name, max(doubt, UNSURE) if turned else doubt
        return found

    def _plays(self, header: str) -> bool:
        return are_roles([text for text in self.texts[header] if is_known(text)])

    @cached_property
    def candidates(self) -> dict[str, list[str]]:
        """The headers that sound like each field, the surest first."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for header, (name, doubt) in self.sounds.items():
            found[name].append((doubt, header))
        surest = {name: sorted(ranked, key=itemgetter(0)) for name, ranked in found.items()}
        return {name: [header for _, header in ranked] for name, ranked in surest.items()}

    @cached_property
    def grid(self) -> list[str]:
        """The headers that are slots of a week."""
        foreign = [header for header in self.table.columns if not column_of(header)]
        return list(slots_in(foreign))

    @cached_property
    def families(self) -> list[Family]:
        """The columns that make up a list together."""
        free: dict[str, list[str]] = {}
        lists: list[str] = []
        for header, texts in self.texts.items():
            heard = meaning(header)
            if heard and heard[0] in TOPICAL and heard[1] < UNSURE:
                lists += plain_items(texts)
            if header not in self.grid and (heard is None or heard[1] >= UNSURE):
                free[header] = [text if is_known(text) else "" for text in texts]
        return families_of(free, lists)

    @cached_property
    def flags(self) -> dict[str, str]:
        """The headers that ask with yes and no whether somebody plays a role, by role."""
        return flagged(self.texts)

    @cached_property
    def apart(self) -> set[str]:
        """The headers that are no column of a field each, but something else."""
        families = {header for family in self.families for header in family.columns}
        return {*self.grid, *families, *self.flags.values()}


def are_addresses(texts: Iterable[str]) -> bool:
    """Tell whether all cells of a column are e-mail addresses, each another one.

    Examples
    --------
    >>> are_addresses(["ada@firm.example", "bo@firm.example", ""]), are_addresses(["", "n/a"])
    (True, False)
    """
    known = [text for text in texts if is_known(text)]
    return len(known) == len(set(known)) > 0 and all(map(_ADDRESS.fullmatch, known))


def is_known(text: str) -> bool:
    """Tell whether a text is no marker for "unknown"."""
    return text.casefold() not in UNKNOWN | MARKERS


def _plain(cell: Any) -> str:
    if isinstance(cell, Mapping):
        return _joined(
            f"{topic}:{number}" if number else f"{topic}" for topic, number in cell.items()
        )
    return _joined(map(text_of, cell)) if isinstance(cell, list | tuple) else text_of(cell)


def _joined(items: Iterable[str]) -> str:
    return f"{SEPARATOR} ".join(items)
