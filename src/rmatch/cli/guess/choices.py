"""Questions with several columns in a table, and what the cells of lists hold."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from rmatch.cli.guess.content import separator_of
from rmatch.cli.guess.families import Family, options, ranked
from rmatch.cli.guess.scales import degree_of
from rmatch.cli.guess.vocabulary import bare
from rmatch.io import Options, learned, says_yes, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Texts = Mapping[str, Sequence[str]]

FEWEST = 5
"""From so many people on who named an option, the levels that they gave themselves tell something."""
HIGHER = 0.75
"""How much higher these levels are than those of others, at least, if both are about the same."""
_BRACKETS = re.compile(r"(.*\w.*?)\s*\([^()]*\)")


def families_of(columns: Texts, topics: Sequence[str]) -> list[Family]:
    """Return the columns that make up a list together: choices by rank, and one column an option.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        The cells of each column that has no meaning of its own.
    topics : sequence of str
        The topics in plain lists.
    """
    found = list(options(columns))
    taken = {header for family in found for header in family.columns}
    rest = {header: cells for header, cells in columns.items() if header not in taken}
    found += ranked(list(rest))
    taken |= {header for family in found for header in family.columns}
    known = {topic.casefold() for topic in topics}
    named = {
        header: header
        for header, cells in rest.items()
        if header not in taken and header.casefold() in known and _says_how_much(cells)
    }
    if len(named) > 1:
        graded = any((degree_of(text) or 0) > 1 for header in named for text in columns[header])
        found.append(
            Family("offers", named, "" if graded else "no heading says that this is taught")
        )
    return found


def items_of(cells: Sequence[str]) -> list[str]:
    """Return the different items of a list, in which options may hold the separator.

    Examples
    --------
    >>> items_of(["Cloud (AWS, Azure), Video", "Video"])
    ['Cloud (AWS, Azure)', 'Video']
    """
    separator = separator_of(cells)
    told = learned(cells, separator, Options(learn=True))
    known = Options(learn=True).with_known(told.options)
    found = (item for text in cells if text for item in known.items(text, separator)[0])
    return list(dict.fromkeys(item.strip('"') for item in found))


def short_names(topics: Iterable[str]) -> dict[str, str]:
    """Return topics without what stands in brackets behind them, where that leaves no two alike.

    Examples
    --------
    >>> short_names(["Cloud (AWS, Azure)", "Video", "AI (text)", "AI (pictures)"])
    {'Cloud (AWS, Azure)': 'Cloud'}
    """
    topics = list(topics)
    short = {topic: match[1] for topic in topics if (match := _BRACKETS.fullmatch(topic))}
    names = [bare(short.get(topic, topic)) for topic in topics]
    return {topic: name for topic, name in short.items() if names.count(bare(name)) == 1}


def with_topics(family: Family, topics: Sequence[str], ticks: Texts) -> list[Family]:
    """Return columns of options under the names that these have in lists, apart where a name is doubtful.

    Parameters
    ----------
    family : Family
        The columns.
    topics : sequence of str
        What the lists hold.
    ticks : mapping of str to sequence of str
        The cells of the columns, and under the empty text those of the list of the same people.
    """
    named: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for header, item in family.columns.items():
        if not item:
            named[header] = item
            continue
        topic, sure = _topic_of(item, topics)
        if topic and not sure:
            sure = _goes_along(topic, ticks[header], ticks.get("", ()))
        (named if sure or not topic else doubtful)[header] = topic or item
    both = [replace(family, columns=named)] if named else []
    if doubtful:
        doubt = family.doubt or "the names of the options differ"
        both.append(Family(family.field, doubtful, doubt))
    return both


def _topic_of(item: str, topics: Sequence[str]) -> tuple[str, bool]:
    """Return the topic that an option is, and whether all of its words are in it."""
    said = _telling(item)
    shared = {topic: len(said & _telling(topic)) for topic in topics}
    most = max(shared.values(), default=0)
    best = [topic for topic, count in shared.items() if count == most]
    alike = [topic for topic in topics if bare(topic) == bare(item)]
    if alike:
        return alike[0], True
    if not most or len(best) > 1:
        return "", False
    return best[0], most == len(said)


def _goes_along(topic: str, cells: Sequence[str], lists: Sequence[str]) -> bool:
    """Tell whether those who name a topic give themselves a higher level in the column than others."""
    inside: list[int] = []
    outside: list[int] = []
    for cell, text in zip(cells, lists, strict=False):
        level = degree_of(cell) if cell else None
        if level is not None:
            (inside if topic in text else outside).append(level)
    enough = min(len(inside), len(outside)) >= FEWEST
    return enough and fmean(inside) >= fmean(outside) + HIGHER


def _telling(text: str) -> set[str]:
    return {word for word in bare(text).split() if len(word) > 1} - _COMMON


def _says_how_much(cells: Sequence[str]) -> bool:
    known = [text for text in cells if text]
    return bool(known) and all(
        says_yes(text) is not None or degree_of(text) is not None for text in known
    )


def plain_items(cells: Iterable[str]) -> list[str]:
    """Return the items of a list, split at the separator that most of its cells have."""
    texts = list(cells)
    return [item for text in texts if text for item in split(text, separator_of(texts))]


_COMMON = {
    "and",
    "und",
    "et",
    "the",
    "of",
    "in",
    "for",
    "with",
    "skills",
    "skill",
    "tools",
    "basics",
    "methods",
    "other",
}
