"""Numbers as people write them into forms: with a unit, as a share, out of five."""

from __future__ import annotations

import re

from rmatch.io.cells.cell import number_of
from rmatch.utils.validation import Malformed

_WORDS = r"[^\W\d_][^\d%/]{0,40}"
_COUNTED = re.compile(
    rf"(?:(?:max(?:imum|imal|\.)?|up to|at most|bis zu|höchstens|jusqu'à|hasta|fino a|até)\s+)?(\d+)\s*({_WORDS})?",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    r"(\d{1,9})\s*(?:/|out of|of|von|sur|de|di|van|av|af|z)\s*(\d{1,9})", re.IGNORECASE
)
_LABELLED = re.compile(
    rf"(\d+)(?:\s*[.:=)]\s*|\s+[-–—]\s+){_WORDS}|(\d+)\s*\({_WORDS}\)?|{_WORDS}[\s:(=-](\d+)\)?"
    r"|(\d+)\s*(?:stars?|points?|pts?|punkte?|sterne?|étoiles?|estrellas?|stelle|★|\*)",
    re.IGNORECASE,
)
_STARS = re.compile("([★⭐]+)[☆]*")
_TIME = re.compile(
    r"(h|hrs?|hours?|min(ute)?s?|days?|weeks?|months?|years?|yrs?|stunden?|tage?|wochen?|monate?|jahre?"
    r"|heures?|jours?|semaines?|mois|ans?|horas?|días?|años?|ore|giorni|anni)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"([+-]?\d+(?:[.,]\d+)?)\s*(%|percent|prozent|pour ?cent|por ciento|per ?cento)", re.IGNORECASE
)


def count_of(text: str) -> float:
    """Return a number of people, with or without the word for them.

    Examples
    --------
    >>> count_of("3 mentees"), count_of("up to 2"), count_of("4")
    (3.0, 2.0, 4.0)
    """
    match = _COUNTED.fullmatch(text)
    if match and not _TIME.match(match[2] or ""):
        return float(match[1])
    if _SHARE.fullmatch(text):
        raise Malformed(text, "is a share and no number of people", "write how many, like 2")
    return number_of(text)


def grade_of(text: str) -> tuple[float, int]:
    """Return a grade on a scale, and out of how many it is; 0 where that is not said.

    Examples
    --------
    >>> grade_of("4/5"), grade_of("4 - Very good"), grade_of("★★★☆☆"), grade_of("3")
    ((4.0, 5), (4.0, 0), (3.0, 5), (3.0, 0))
    """
    if match := _OUT_OF.fullmatch(text):
        return float(match[1]), int(match[2])
    if match := _STARS.fullmatch(text):
        return float(len(match[1])), len(text)
    if match := _LABELLED.fullmatch(text):
        return float(next(filter(None, match.groups()))), 0
    return number_of(text), 0


def share_of(text: str) -> float | None:
    """Return the number of a share in per cent, None if the text is none.

    Examples
    --------
    >>> share_of("50 %"), share_of("50")
    (50.0, None)
    """
    match = _SHARE.fullmatch(text)
    return number_of(match[1]) if match else None
