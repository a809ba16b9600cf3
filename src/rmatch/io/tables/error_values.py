"""What spreadsheets write where a formula failed, in every language that Excel speaks: never data."""

from __future__ import annotations

import re

NOT_AVAILABLE = (
    *("#N/A", "#NV", "#N/D", "#N/B", "#I/T", "#N/V", "#YOK", "#PUUTTUU", "#HIÁNYZIK"),
    *("#NEDOSTUPNÝ", "#NENÍ_K_DISPOZICI", "#Н/Д", "#Δ/Υ", "#SAKNAS", "#BRAK"),
)
STILL_LOADING = (
    *("#GETTING_DATA", "#DATEN_ABRUFEN", "#OBTENIENDO_DATOS", "#OBTENDO_DADOS", "#A_OBTER_DADOS"),
    *("#CHARGEMENT_DONNEES", "#OBTENTION_DONNEES", "#ESTRAZIONE_DATI_IN_CORSO"),
    *("#GEGEVENS.OPHALEN", "#ОЖИДАНИЕ_ДАННЫХ", "#ПОЛУЧЕНИЕ_ДАННЫХ", "#BUSY"),
)
WITHOUT_MARK = frozenset((*NOT_AVAILABLE, *STILL_LOADING))
"""The error values that no exclamation or question mark ends, by which the others are known."""

# #REF!, #WERT!, #¿NOMBRE?, #DIV/0!, #ΔΙΑΙΡ./0!, #DĚLENÍ_NULOU!, #溢出!: capitals (or letters that have no case) between
# a number sign and a mark. LibreOffice says Err:502; a column too narrow is exported as #####.
_MARKED = re.compile(r"#[¡¿]?[^\W\d_][^\W_]*(?:[/._¡][^\W_]+)*[!?]")
_OTHER = re.compile(r"Err:\d{3}|#{3,}")


def is_error_value(text: str) -> bool:
    """Tell whether a cell holds the error value of a spreadsheet.

    Examples
    --------
    >>> [
    ...     is_error_value(text)
    ...     for text in ("#N/A", "#NV", "#REF!", "#¿NOMBRE?", "#ДЕЛ/0!", "Err:502")
    ... ]
    [True, True, True, True, True, True]
    >>> [is_error_value(text) for text in ("#1", "C#", "#metoo", "#TeamWork!", "n/a")]
    [False, False, False, False, False]
    """
    if text[:1] not in {"#", "E"}:
        return False
    if text in WITHOUT_MARK or _OTHER.fullmatch(text):
        return True
    return text == text.upper() and _MARKED.fullmatch(text) is not None
