"""The words of scales, and which level each seems to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rmatch.cli.guess.toml import remark
from rmatch.cli.guess.vocabulary import words
from rmatch.io import legend_of, says_yes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rmatch.io import Legend

TOP = 5
_NUMBER = re.compile(
    r"(?:(?:step|level|stage|grade|stufe|niveau|nivel)\s+)?(\d{1,2})(?:\s*[-–=:(/].*|\s+\D.*)?",
    re.IGNORECASE,
)
# From the least to the most; the first that fits counts, so that "not very confident" is no "very confident".
_DEGREES = (
    (0, r"not( at all| very| so)?\b|\bno\b|none|never|strongly disagree|disagree|unsicher|gar nicht|keine|pas du tout|nada"),
    (3, r"neither|neutral|moderate|moderately|some experience|intermediate|average|fair|medium|mittel|moyen|intermedio"),
    (2, r"slight|slightly|a little|little|beginner|novice|basic|low|rarely|anfänger|débutant|principiante|poco|wenig"),
    (5, r"very|extremely|expert|highly|completely|strongly|totally|excellent|sehr|très|muy|always|immer"),
    (3, r"somewhat|fairly|quite|sometimes|etwas|eher|plutôt|algo"),
    (4, r"confident|comfortable|advanced|proficient|good|skilled|familiar|agree|high|often|sicher|gut|avancé|avanzado"),
)  # fmt: skip


def degree_of(text: str) -> int | None:
    """Return the level that a word of a scale says, 0 where it says no, None if it is no such word.

    Examples
    --------
    >>> [
    ...     degree_of(word)
    ...     for word in ("Not at all confident", "Somewhat", "Very Confident", "4", "x", "Python")
    ... ]
    [0, 3, 5, 4, None, None]
    """
    number = _NUMBER.fullmatch(text.strip())
    if number:
        return int(number[1]) if 0 <= int(number[1]) <= 10 else None
    plain = words(text)
    if says_yes(text) is not None or len(plain.split()) > 4:
        return None
    return next(
        (level for level, pattern in _DEGREES if re.search(rf"\b({pattern})\b", plain)), None
    )


def levels_of(texts: Iterable[str], turned: Legend | None = None) -> dict[str, int | None]:
    """Return the level of each word of a scale, None for what is below its middle: that is not taught.

    Numbers are turned round by a legend that says that the low one is the better end.

    Examples
    --------
    >>> levels_of(["3", "1", "5", "2", "4"])
    {'1': None, '2': None, '3': 3, '4': 4, '5': 5}
    >>> levels_of(["x", ""]), levels_of(["0", "1"])
    ({}, {})
    """
    found = {text: degree_of(text) for text in texts if text}
    if turned:
        return _turned(found, turned)
    graded = {text: level for text, level in found.items() if level is not None}
    if not graded or set(graded) <= {"0", "1"}:
        return {}
    most = max(graded.values())
    middle = (max(most, TOP) + 1) / 2 if all(text.isdigit() for text in graded) else 1
    ordered = sorted(graded.items(), key=lambda pair: (pair[1], pair[0]))
    return {text: level if level >= middle else None for text, level in ordered}


def ranks_of(rows: Iterable[Iterable[str]]) -> dict[str, int | None]:
    """Return the level of each rank where every row ranks its options, the first choice highest; else nothing.

    Examples
    --------
    >>> ranks_of([["1", "3", "2"], ["2", "1", ""], ["", "", ""]])
    {'1': 3, '2': 2, '3': 1}
    >>> ranks_of([["1", "1", "2"]]), ranks_of([["4", "5", ""]])
    ({}, {})
    """
    ranked = [sorted(text for text in row if text) for row in rows]
    several = [row for row in ranked if len(row) > 1]
    most = max(map(len, several), default=0)
    one_to_most = [str(rank) for rank in range(1, most + 1)]
    if most > TOP + 4 or not all(row == one_to_most[: len(row)] for row in several):
        return {}
    return {rank: most - at for at, rank in enumerate(one_to_most)}


def legends_of(headers: Iterable[str]) -> tuple[Legend | None, str]:
    """Return the legend that turns the numbers below some headings round, if one does, and what to say of all legends.

    Examples
    --------
    >>> legends_of(["How sure are you? (1 = expert, 5 = not at all) [Python]"])[1]
    'turned round, as the heading says "1 = expert, 5 = not at all"'
    >>> legends_of(["How sure are you? (1 = a, 5 = b) [Python]"])
    (None, 'the heading says "1 = a, 5 = b": which end is the better one?')
    """
    found = {legend.text: legend for header in headers if (legend := legend_of(header))}
    said = " and ".join(f'"{remark(text)}"' for text in found)
    ways = {(legend.turned, legend.ends) for legend in found.values()}
    if {way for way, _ in ways} <= {False}:
        return None, ""
    if len(ways) == 1 and all(legend.turned for legend in found.values()):
        return next(iter(found.values())), f"turned round, as the heading says {said}"
    return None, f"the heading says {said}: which end is the better one?"


def _turned(degrees: Mapping[str, int | None], legend: Legend) -> dict[str, int | None]:
    levels = {
        text: legend.level(level) if _NUMBER.fullmatch(text.strip()) else level
        for text, level in degrees.items()
        if level is not None
    }
    ordered = sorted(levels.items(), key=lambda pair: (pair[1], pair[0]))
    return {text: level if 2 * level >= sum(legend.ends) else None for text, level in ordered}
