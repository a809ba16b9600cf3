"""Words in sentences."""

from __future__ import annotations

IRREGULAR = {"person": "people", "wish": "wishes"}


def plural(number: float, word: str) -> str:
    """Return a word as it stands behind a number.

    Examples
    --------
    >>> plural(1, "pair"), plural(0, "pair"), plural(2, "person")
    ('pair', 'pairs', 'people')
    """
    return word if number == 1 else IRREGULAR.get(word, f"{word}s")


def counted(number: float, word: str) -> str:
    """Return a number with its word.

    Examples
    --------
    >>> counted(1, "mentor"), counted(2, "mentor")
    ('1 mentor', '2 mentors')
    """
    return f"{number} {plural(number, word)}"
