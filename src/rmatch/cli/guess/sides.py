"""Mentors and mentees in a table each: two sheets of a workbook, or two files, that are called after them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.cli.guess.toml import HEAD, quoted
from rmatch.cli.guess.vocabulary import MENTEE, MENTOR, words
from rmatch.io import sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Sided = dict[str, tuple[str | Path, str]]

SIDES = ("mentors", "mentees")
CALLED = dict(zip(SIDES, (MENTOR, MENTEE), strict=True))
"""The words by which files and sheets are a side each."""
COMMON = ("unknown", "unknown_managers", "levels", "dates")
"""Settings that hold for both tables: the rest is said of each."""
SHARED = ("topics", "CHECK")
_SECTION = re.compile(r"\[\[?(?P<name>[^\[\]]+)\]\]?.*")


def sides_of(sources: Sequence[str | Path]) -> Sided:
    """Return the file and the sheet of each side; empty if the sources are not called after the sides.

    Examples
    --------
    >>> sides_of(["mentors 2026.csv", "mentees 2026.csv"])["mentees"], sides_of(["staff.csv"])
    (('mentees 2026.csv', ''), {})
    """
    named = [(source, sheet) for source in sources for sheet in (sheets(source) or [""])]
    found: Sided = {}
    for side, own_words in CALLED.items():
        own = [
            (source, sheet)
            for source, sheet in named
            if own_words & set(words(sheet or Path(source).stem).split())
        ]
        if len(own) == 1:
            found[side] = own[0]
    return found if len(found) == len(SIDES) else {}


def sided_text(texts: Mapping[str, str], places: Sided) -> str:
    """Return one mapping for two tables.

    Parameters
    ----------
    texts : mapping of str to str
        The mapping of each side.
    places : dict of str to (path, str)
        Its file and sheet.

    Returns
    -------
    str
        TOML: what holds for both, then a part a side.
    """
    common: dict[str, None] = {}
    shared: dict[str, dict[str, None]] = {}
    parts: list[str] = []
    for side, text in texts.items():
        sheet = places[side][1]
        own = [f"[{side}]", *([f"table.sheet = {quoted(sheet)}"] if sheet else [])]
        section = ""
        for written in text.splitlines():
            match, line = _SECTION.fullmatch(written), written
            if match:
                section = match["name"]
                name = section if section in SHARED else f"{side}.{section}"
                line = written.replace(f"[{section}]", f"[{name}]", 1)
            if section in SHARED:
                shared.setdefault(section, {})[line] = None
            elif not section and re.match(rf"({'|'.join(COMMON)})\b", line):
                common[line] = None
            else:
                own.append(line)
        parts.append("\n".join(own).strip())
    blocks = [
        "\n".join(_one_each(common)),
        *parts,
        *("\n".join(lines) for lines in shared.values()),
    ]
    files = " and ".join(dict.fromkeys(f"{Path(source).name}" for source, _ in places.values()))
    head = HEAD.format(what="How rmatch reads two tables, mentors and mentees.", name=quoted(files))
    return head + "\n\n".join(block.strip() for block in blocks if block.strip()) + "\n"


def _one_each(lines: Mapping[str, None]) -> list[str]:
    """Return settings, of several for one key the longest: it knows the most markers."""
    longest: dict[str, str] = {}
    for line in lines:
        key = line.partition(" =")[0]
        longest[key] = max(longest.get(key, ""), line, key=len)
    return list(longest.values())
