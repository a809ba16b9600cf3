"""Numbers as people write them into forms: with a unit, as a share, out of five."""

from __future__ import annotations

import re

from rmatch.io.cells.cell import is_number, number_of
from rmatch.io.cells.dates import Dates, damaged, damaged_day, day_of
from rmatch.utils.text import numeral
from rmatch.utils.validation import Malformed

_WORDS = r"[^\W\d_][^\d%/]{0,40}"
_COUNTED = re.compile(
    rf"(?:(?:max(?:imum|imal|\.)?|up to|at most|bis zu|höchstens|jusqu'à|hasta|fino a|até)\s+)?(\d+)\s*({_WORDS})?",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\s+(?:mentees?|mentors?|mentor(?:en|innen)|people|persons?|personen|leute|personnes?|personas?|persone|pessoas?)$",
    re.IGNORECASE,
)
_BAND = re.compile(r"(\d{1,6})\s*(?:[-–—/]|to|or|bis|oder|à|ou|o)\s*(\d{1,6})", re.IGNORECASE)
_OUT_OF = re.compile(
    r"(\d{1,9})\s*(?:/|out of|of|von|sur|de|di|van|av|af|z)\s*(\d{1,9})", re.IGNORECASE
)
_LABELLED = re.compile(
    rf"(\d+)(?:\s*[.:=)]\s*|\s+[-–—]\s+){_WORDS}|(\d+)\s*\({_WORDS}\)?|{_WORDS}[\s:(=-](\d+)\)?"
    r"|(\d+)\s*(?:stars?|points?|pts?|punkte?|sterne?|étoiles?|estrellas?|stelle|[★⭐]|\*)",
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
    if is_number(text):
        return number_of(text)
    raise Malformed(text, *_no_count(text))


def _no_count(text: str) -> tuple[str, str]:
    """Return why a text is no number of people, and what to write."""
    if _SHARE.fullmatch(text):
        return "is a share and no number of people", "write how many, like 2"
    if pair := damaged(text) or _damaged_day(text):
        return f"is damaged by a spreadsheet: {pair}?", f"write how many, like {pair.split('-')[1]}"
    if band := _BAND.fullmatch(text):
        return "is a band and no number of people", f"write how many, like {band[2]}"
    # Few tables say numbers in words, and the patterns of their words take a while to be made.
    from rmatch.io.cells.durations import number_in_words

    if number := number_in_words(_PEOPLE.sub("", text)):
        return "is a number in words", f"write how many, like {number}"
    return "is not a number of people", "write how many, like 2; 0 for nobody"


def _damaged_day(text: str) -> str:
    try:
        day = day_of(text, Dates(order="day first"))
    except Malformed:
        return ""
    return damaged_day(day) if day else ""


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


def whole(text: str, number: float, least: int, most: int) -> int:
    """Return a number as a whole one, and refuse what is outside of its bounds."""
    if not least <= number <= most or number != int(number):
        raise Malformed(
            text, f"is not a whole number from {least} to {numeral(most)}", "give one, or nothing"
        )
    return int(number)
