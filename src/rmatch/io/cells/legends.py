"""Legends of scales in headings, such as "(1 = expert, 5 = not at all)", and which end of them is the better one."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 10
"""A scale with higher numbers is none of levels."""
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_WORD = r"[^\W\d][^,;=/|\d]*"
_BEFORE = re.compile(rf"(?<![\d.])(\d{{1,2}})\s*[=:]\s*({_WORD})")
_DASHED = re.compile(rf"(?<![\d.])(\d{{1,2}})\s*[-–]\s*({_WORD})")
"""Of a dash, two are needed: one may be a dash."""
_BEHIND = re.compile(rf"({_WORD})=\s*(\d{{1,2}})(?![\d.])")
_PLAIN = re.compile(
    r"(?<![\w.])(\d{1,2})\s*(?:=|\b(?:is|are|means?|being|stands for|ist|bedeutet|heißt|entspricht|est|signifie|es|significa"
    r"|equivale a|è|vuol dire)\b)\s*([^\W\d][^,;:=/|\d()\[\].?!]*)",
    re.IGNORECASE,
)
_WORDED = re.compile(r"(?<![\w.])(\d{1,2})\s*[(\[]\s*([^\W\d][^()\[\]\d]*)[)\]]")
"""Without brackets around the whole: "1 = none, 5 = expert", "where 5 is expert", "1 (low) to 5 (high)"."""
# Asked first, so that "not very sure" is low.
_LOW = re.compile(
    r"\b(not|no|none|nothing|never|least|lowest|low|little|poor|worst|weak|bad|disagree|unsure|uncertain|unimportant|beginner"
    r"|novice|basic|nicht|nie|kein\w*|wenig\w*|niedrig\w*|gering\w*|schlecht\w*|schwach|unsicher|unwichtig|ungenügend"
    r"|mangelhaft|anfänger\w*|pas|aucun\w*|jamais|faible|peu|débutante?|nada|ningun\w*|nunca|poco|bajo|principiante)\b"
)
_HIGH = re.compile(
    r"\b(very|expert\w*|extremely|highly|high|highest|completely|fully|strongly|totally|excellent|most|best|confident|sure|good"
    r"|strong|advanced|proficient|agree|important|always|sehr|sicher|gut|hoch|stark|immer|wichtig|fortgeschritten\w*|très"
    r"|sûre?|bon|élevé|toujours|avancé|muy|seguro|segura|alto|bueno|siempre|avanzado)\b"
)
_TWISTED = re.compile(
    r"\b(help|needs?|support|guidance|hilfe|brauch\w*|unterstützung|aide|besoin|ayuda|necesit\w*)\b"
)
"""Little of what these words say may be the better end."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What a heading says of the numbers below it.

    Attributes
    ----------
    text : str
        The legend as it is written, without brackets around it.
    ends : tuple of int
        The lowest and the highest number in it.
    turned : bool or None
        Whether the low number is the better end, None if the words do not tell.
    """

    text: str
    ends: tuple[int, int]
    turned: bool | None

    def level(self, number: int) -> int:
        """Return the level that a number stands for where the low one is the better end, 0 outside the scale."""
        low, high = self.ends
        return low + high - number if low <= number <= high else 0


def legend_of(header: str) -> Legend | None:
    """Return the legend of a scale that a heading holds, None if it holds none.

    Examples
    --------
    >>> [
    ...     (found := legend_of(f"How sure are you? {legend}")) and found.turned
    ...     for legend in (
    ...         "(1 = expert, 5 = not at all)",
    ...         "(1 = unsicher, 5 = sicher)",
    ...         "(1=a, 5=b)",
    ...     )
    ... ]
    [True, False, None]
    >>> legend_of("Comfortable alone (1-5)")
    >>> (found := legend_of("Rate yourself from 1 to 5, where 1 is expert")) and found.turned
    True
    """
    for match in _BRACKETS.finditer(header):
        text = match[1] or match[2] or ""
        said = {int(number): words for number, words in _BEFORE.findall(text)}
        said = said or {int(number): words for words, number in _BEHIND.findall(text)}
        dashed = {int(number): words for number, words in _DASHED.findall(text)}
        said = said or (dashed if len(dashed) > 1 else {})
        if said:
            return _legend(text.strip(), said)
    for pattern in (_PLAIN, _WORDED):
        found = list(pattern.finditer(header))
        if found:
            first = re.search(r"(?<![\w.])\d{1,2}(?![\w.]\d)", header)
            start = first.start() if first else found[0].start()
            text = header[start : found[-1].end()].strip()
            return _legend(text, {int(match[1]): match[2] for match in found})
    return None


def _legend(text: str, said: dict[int, str]) -> Legend:
    numbers = [int(number) for number in re.findall(r"(?<!\d)\d{1,9}(?!\d)", text)]
    ends = min(numbers), max(numbers)
    sides = [_side(said.get(end, "")) for end in ends]
    known = ends[0] < ends[1] <= MOST and sides[0] != sides[1]
    known = known and not _TWISTED.search(text.casefold())
    return Legend(text, ends, sides[0] > sides[1] if known else None)


def _side(said: str) -> int:
    """Return 1 for the better end, -1 for the worse, 0 if words do not tell."""
    plain = said.casefold()
    return -1 if _LOW.search(plain) else int(bool(_HIGH.search(plain)))
