"""Rows that are no people: totals, footers, headers that come again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOTAL = re.compile(
    r"(?!.?\d)"  # nearly all ids are no total by their first two signs already
    r"(?:(?:grand\s+|sub-?)?(?:totals?|sum|count|average|mean|overall)|(?:gesamt|zwischen|end)?(?:summe|ergebnis)"
    r"|gesamt|insgesamt|anzahl|mittelwert|durchschnitt|(?:sous-)?total(?:\s+général)?|somme|moyenne|effectif"
    r"|total(?:e|i)?(?:\s+(?:general|geral|generale|complessivo))?|suma|somma|soma|promedio|conteo"
    r"|(?:eind|sub)?totaal|aantal|gemiddelde|i\s+alt|sammanlagt|summa|yhteensä|(?:łącznie|razem)"
    r"|celkem|součet|spolu|összesen|összeg|toplam|genel\s+toplam|ukupno|skupaj|σύνολο|total\s+general"
    r"|итого|всего|сумма|общий\s+итог|合计|合計|总计|總計|総計|小計|합계|총계)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:\s*[:=(]|\s+of\s|\s+(?:number|records|rows|employees|people|headcount)\b).*",
    re.DOTALL | re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?[\d\s.,'%€$£]+")
_FOOTER = re.compile(
    r"(?:report|exported|generated|printed|created|run|page|source|filters?|note|confidential|copyright|end\s+of"
    r"|bericht|exportiert|erstellt|stand|seite|quelle|hinweis|vertraulich|rapport|exporté|généré|source|informe"
    r"|generado|fuente|página|wygenerowano|źródło|strona|отчет|отчёт|страница|источник)\b|[*©—–-]|\w[\w ]*:\s",
    re.IGNORECASE,
)
_ADDS_UP = re.compile(
    r"=\s*(?:SUM|SUBTOTAL|AGGREGATE|COUNT|AVERAGE|MEDIAN|MIN|MAX)\w*\s*\(", re.IGNORECASE
)
_LIKELY_TRIALS = {
    **dict.fromkeys(
        [
            "status",
            "responsestatus",
            "responsetype",
            "recordtype",
            "type",
            "mode",
            "interviewmode",
            "channel",
            "source",
        ],
        frozenset({"test", "preview", "pretest", "test response", "test data", "vorschau"}),
    ),
    **dict.fromkeys(
        ["test", "istest", "testdata", "testresponse", "ispreview", "preview"],
        frozenset({"1", "yes", "true", "x", "y", "ja", "wahr", "test", "preview"}),
    ),
}
A_TOTAL = "a total"
A_TRIAL = "a trial of the survey"
# What Qualtrics writes of an answer that somebody gave to try the survey, under the code or the question of a column.
_TRIALS = {
    "distributionchannel": frozenset({"preview", "test"}),
    **dict.fromkeys(
        ("status", "responsetype"),
        frozenset(
            {"survey preview", "survey test", "survey preview spam", "offline survey preview"}
        ),
    ),
}
SENTENCE = 3
"""An id has at most two words; a row whose only cell has more is a remark."""


def may_be_total(cell: Any) -> bool:
    """Tell whether a row may be a total by its first cell."""
    return isinstance(cell, str) and _TOTAL.match(cell) is not None


def adds_up(formula: str) -> bool:
    """Tell whether a formula is about many rows, as in a total that says nothing else.

    Examples
    --------
    >>> adds_up("=SUM(C2:C9)"), adds_up("=COUNTA(A2:A9)"), adds_up("=Staff!A2")
    (True, True, False)
    """
    return _ADDS_UP.match(formula) is not None


def trial_columns(names: Sequence[str], *, sure: bool = True) -> list[tuple[int, frozenset[str]]]:
    """Return the columns that tell trials of a survey from answers, and the words that do, or those that may do so.

    Examples
    --------
    >>> [place for place, _ in trial_columns(["Your role", "Distribution Channel", "Status"])]
    [1, 2]
    >>> trial_columns(["Is test"]), [place for place, _ in trial_columns(["Is test"], sure=False)]
    ([], [0])
    """
    words = _TRIALS if sure else _LIKELY_TRIALS
    folded = ("".join(name.split()).casefold() for name in names)
    return [(place, words[name]) for place, name in enumerate(folded) if name in words]


def stranger(cells: Sequence[Any], headers: Sequence[str]) -> str:
    """Return what a row is that is no person, or nothing.

    Parameters
    ----------
    cells : sequence
        The cells of the row, of which some may be filled.
    headers : sequence of str
        What stands in the header row.

    Returns
    -------
    str
        ``""`` for a person.

    Examples
    --------
    >>> headers = ["Department", "ID", "Years"]
    >>> stranger(["Total", 4, ""], headers), stranger(["", "Report run by HR", ""], headers)
    ('a total', 'a remark')
    >>> stranger(["Sales Total", "", 12], headers)
    'a total'
    >>> stranger(["Total Rewards", "E7", 3], headers), stranger(["IT", "", ""], headers)
    ('', '')
    """
    texts = [text for text in map(text_of, cells) if text]
    if not texts:
        return "empty"
    first, *others = texts
    first = " ".join(first.split())
    # Somebody may be called Suma: a row in which nothing is missing is a person.
    whole = len(headers) > 2 and len(texts) == len(headers)
    added = not whole and all(map(_NUMBER.fullmatch, others))
    called = _AROUND.sub("", first)
    # A spreadsheet calls the subtotal of a group "Sales Total", and that of all groups "Grand Total".
    if added and (_TOTAL.fullmatch(called) or (others and _TOTAL.fullmatch(called.split(" ")[-1]))):
        return A_TOTAL
    if texts == [header for header in headers if header]:
        return "the headers again"
    if not others and (len(first.split()) >= SENTENCE or _FOOTER.match(first)):
        return "a remark" if len(headers) > 1 else ""
    return ""
