"""One thing that is wrong with the input, and how many of them are told together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

SHOWN_FAULTS = 50
ALIKE = 3
"""So many faults that differ in their place alone stand one by one; more are one line."""
SHOWN_PLACES = 20
LONGEST = 2_000
"""The characters of a part of a fault that are shown."""
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves the cursor of a terminal, or turns the order of letters."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the input.

    Attributes
    ----------
    where : str
        The place, in the user's terms: ``"row 7 (id 'A12')"``, ``"programme"``, ``"lock 'A12' → 'B3'"``.
    field : str
        The column, key or argument.
    problem : str
        What is wrong, with the offending value unless that value is private.
    remedy : str
        What would be right.
    """

    where: str
    field: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return the fault as one line."""
        return self.said_of(", ".join(self.place))

    @property
    def place(self) -> list[str]:
        """Where it is, from the whole to the part."""
        return [part for part in (_cut(self.where), _cut(self.field)) if part]

    def said_of(self, place: str) -> str:
        """Return the fault as one line about a place."""
        problem, remedy = _cut(self.problem), _cut(self.remedy)
        sentence = f"{place}: {problem}" if place else problem
        return f"{sentence}; {remedy}" if remedy else sentence


def listing(faults: Sequence[Fault]) -> str:
    """Return faults as lines, in their order; many that differ in their place alone are one line.

    Examples
    --------
    >>> print(listing([Fault(f"answers.csv, C{row}", "status", "is empty") for row in range(2, 8)]))
    6 faults in the input:
      answers.csv, C2; C3; C4; C5; C6; C7, status: is empty
    """
    count = len(faults)
    shown = list(_lines(faults))[:SHOWN_FAULTS]
    lines = [
        f"{count} fault{'s' * (count != 1)} in the input:",
        *(f"  {line}" for line, _ in shown),
    ]
    if more := count - sum(told for _, told in shown):
        lines.append(f"  … and {more} more, all of them in the error's `faults`")
    return "\n".join(lines)


def _lines(faults: Sequence[Fault]) -> Iterator[tuple[str, int]]:
    """Go through the lines, each with how many faults it tells."""
    alike: defaultdict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in filter(_placed, faults):
        alike[fault.problem, fault.remedy].append(fault)
    for fault in faults:
        same = alike[fault.problem, fault.remedy] if _placed(fault) else []
        if len(same) <= ALIKE:
            yield str(fault), 1
        elif fault is same[0]:
            yield fault.said_of(_places([each.place for each in same])), len(same)


def _placed(fault: Fault) -> bool:
    return bool(fault.place)


def _places(places: Sequence[Sequence[str]]) -> str:
    """Return several places as one text, what they begin and end with said once."""
    parts = [", ".join(place).split(", ") for place in places]
    begin = _common([place[:-1] for place in parts])
    rest = [place[len(begin) :] for place in parts]
    end = _common([place[:0:-1] for place in rest])[::-1]
    each = [", ".join(place[: len(place) - len(end)]) for place in rest]
    more = [f"… and {len(each) - SHOWN_PLACES} more"] * (len(each) > SHOWN_PLACES)
    return ", ".join(filter(None, [*begin, "; ".join([*each[:SHOWN_PLACES], *more]), *end]))


def _common(lists: Sequence[Sequence[str]]) -> list[str]:
    """Return what several lists begin with."""
    beside = takewhile(lambda parts: len(set(parts)) == 1, zip(*lists, strict=False))
    return [parts[0] for parts in beside]


def _cut(text: str) -> str:
    """Return a text that any terminal shows, without its middle where it is too long: a damaged file has such headers.

    Examples
    --------
    >>> [len(_cut("x" * size)) for size in (LONGEST, LONGEST + 1)]
    [2000, 1503]
    """
    text = STEERING.sub(lambda found: ascii(found[0])[1:-1], text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 4 :]}"
