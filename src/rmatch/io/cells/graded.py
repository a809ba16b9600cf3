"""Levels that stand behind the topics of a list otherwise than rmatch writes them: "Python (4)", "SQL - expert"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.alike import GRADED, Alike
from rmatch.io.cells.answers import only_answers
from rmatch.io.cells.cell import GRADE, Habits, texts_of
from rmatch.io.cells.delimiters import holds_mark
from rmatch.io.cells.items import is_quoted, object_of, quoted
from rmatch.io.cells.parsers import PARSERS
from rmatch.io.cells.scales import OUT_OF, Scale
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from rmatch.io.cells.at_once import Parser
    from rmatch.io.cells.cell import Cell

_STARS = r"(?:[★⭐☆]+|\*{2,})"
_OUT_OF = r"(?:(?:\d|10)\s*(?:/|of|out of|von|sur|de|di|van)\s*(?:\d|10)|\d{1,3}\s*%)"
FORMS = tuple(
    re.compile(form, re.DOTALL)
    for form in (
        r"(?P<topic>.*[^\s(\[{])\s*[(\[{]\s*(?P<grade>[^()\[\]{}]+?)\s*[)\]}]",
        r"(?P<topic>.*\S)\s+(?:[-–—]+>?|→)\s*(?P<grade>\S.*?)",
        r"(?P<topic>.*\S)\s*=>?\s*(?P<grade>\S.*?)",
        r"(?P<topic>[^\d\s].*?)\s*:\s*(?P<grade>(?!\d+$)\S.*?)",
        rf"(?P<topic>.*[^\s★⭐☆*])\s*(?P<grade>{_STARS})",
        rf"(?P<topic>.*\S)\s+(?P<grade>{_OUT_OF})",
    )
)
"""How a level stands behind a topic; the first form that fits is the form of an item."""
_AHEAD = re.compile(
    rf"(?:[(\[]?\d{{1,2}}\s*[.)\]:=]|\d{{1,2}}\s*[-–—]|#\s*\d{{1,2}}|{_OUT_OF}|{_STARS}|[-–—*•☐☑☒✓✔✗✘❌✅]|[(\[][ xX]?[)\]])\s+(?P<topic>\D.*)",
)
"""A number, stars, a bullet or a box in front: a place in a list, a rank, a level, or whether it is ticked. Of several lines the ends of lines are asked about first."""
_PROFICIENCY = re.compile(
    r"[abc][12]|basics?|natif|natale|notions|bases?|fluido|nativ[oa]|básico|fluente"
    r"|(level|stufe|niveau|nivel|livello|lvl|l|n)\.?\s*\d|[1-9]\s*[-–—=:.(]\s*[^\W\d].*"
    r"|\d+\+?\s*(years?|yrs?|months?|jahre?n?|monate?n?|ans?|mois|años?|meses|anni|mesi|jaar|år|lat)"
)
FEWEST = 3
LONGEST = 300
"""A longer item is prose; and the time that the forms take grows with the square of its length."""
_BARE = re.compile(r"(?P<topic>.*[^\s\d])\s+(?P<grade>[1-9])", re.DOTALL)
"""A number alone: a level where all items have one, though "Python 3" is a name."""


@dataclass(frozen=True, slots=True)
class Graded:
    """How the items of a column carry their levels.

    Attributes
    ----------
    form : Pattern or None
        The form in which they do; None where none does, or the column does not tell.
    doubtful : dict of str to int
        Items with what may be a level where the column does not tell, and in how many cells each stands.
    meant : str
        What the first of them would be.
    grades : frozenset of str
        What stands behind topics, folded.
    """

    form: re.Pattern[str] | None = None
    doubtful: Mapping[str, int] = field(default_factory=dict)
    meant: str = ""
    grades: frozenset[str] = frozenset()


def graded(items: Counter[str], scale: Scale, *, numbered: bool) -> Graded:
    """Tell how the items of a column carry levels, if they do.

    Parameters
    ----------
    items : Counter
        The items, and in how many cells each stands.
    scale : Scale
        What a mapping says of words.
    numbered : bool
        Whether the field has levels.

    Examples
    --------
    >>> from collections import Counter
    >>> graded(Counter(["Python (4)", "Law"]), Scale(), numbered=True).form is FORMS[0]
    True
    >>> graded(Counter(["Python (4)", "Law", "SQL"]), Scale(), numbered=True).doubtful
    {'Python (4)': 1}
    """
    found = {item: match for item in items if (match := _match(item, scale))}
    if not found and numbered:
        found = _numbers_behind(items)
    if not found:
        return Graded()
    forms = {match.re for match in found.values()}
    grades = [match.groupdict().get("grade") or "" for match in found.values()]
    words = frozenset(map(fold, grades))
    # Most items have one form, or each has a word that a mapping explains.
    plain = 2 * len(found) >= len(items) or words <= scale.words.keys()
    if numbered and len(forms) == 1 and forms <= {*FORMS} and plain:
        return Graded(forms.pop(), grades=words)
    level = f":{grades[0]}" if numbered and re.fullmatch("[1-9]", grades[0]) else ""
    topic = next(iter(found.values()))["topic"]
    return Graded(None, {item: items[item] for item in found}, f"{topic}{level}", words)


def _match(item: str, scale: Scale) -> re.Match[str] | None:
    if len(item) > LONGEST:
        return None
    found = filter(None, (_in_form(item, form, scale) for form in FORMS))
    return next(found, None) or _AHEAD.fullmatch(item)


def carries_grade(text: str) -> bool:
    """Tell whether a topic looks as if it had a level behind or in front of it.

    Examples
    --------
    >>> carries_grade("Python (4)"), carries_grade("1. Python"), carries_grade("Cloud (AWS)")
    (True, True, False)
    """
    return _match(text, Scale()) is not None


def _numbers_behind(items: Counter[str]) -> dict[str, re.Match[str]]:
    found = {
        item: match for item in items if len(item) <= LONGEST and (match := _BARE.fullmatch(item))
    }
    stems = {match["topic"] for match in found.values()}
    return found if len(found) == len(items) >= FEWEST and len(stems) > 1 else {}


def _is_grade(text: str, scale: Scale) -> bool:
    return (
        fold(text) in scale.words
        or only_answers(text)
        or bool(
            _PROFICIENCY.fullmatch(text.casefold()) or re.fullmatch(f"{_STARS}|{_OUT_OF}", text)
        )
    )


def graded_parser(form: re.Pattern[str], scale: Scale) -> Parser:
    """Return what reads lists whose topics carry their levels in some form."""

    def read(cell: Cell, habits: Habits) -> Any:
        if not isinstance(cell, str) or object_of(cell.strip()) is not None:
            return PARSERS["levels"](cell, habits)
        items = texts_of(cell, habits)
        graded = {item: match for item in items if (match := _in_form(item, form, scale))}
        if graded:
            habits.marks.add(GRADE, next(iter(graded)))
        unscaled: list[str] = []
        written = [
            _written(graded[item], scale, habits, unscaled) if item in graded else item
            for item in items
        ]
        if unscaled:
            raise Alike(GRADED, *dict.fromkeys(unscaled))
        return PARSERS["levels"]([item for item in written if item], habits)

    return read


def _in_form(item: str, form: re.Pattern[str], scale: Scale) -> re.Match[str] | None:
    prose = len(item) > LONGEST or is_quoted(item)
    match = None if prose else form.fullmatch(item)
    graded = match and _is_grade(match["grade"], scale) and not holds_mark(match["topic"])
    return match if graded else None


def _written(match: re.Match[str], scale: Scale, habits: Habits, unscaled: list[str]) -> str:
    """Return an item as rmatch writes it, empty where its level says that it is not meant."""
    own = Habits()
    try:
        chosen, level = scale.read(match["grade"], own)
    except Alike as unknown:
        unscaled += unknown.texts
        return ""
    for mark, text in own.marks.taken():
        if mark == OUT_OF:
            habits.marks.add(mark, text)
    if not chosen:
        return ""
    return f"{quoted(match['topic'])}:{level}" if level else quoted(match["topic"])
