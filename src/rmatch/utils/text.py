"""Words in sentences."""

from __future__ import annotations


def plural(number: float, word: str) -> str:
    """Return a word as it stands behind a number.

    Examples
    --------
    >>> plural(1, "pair"), plural(0, "pair")
    ('pair', 'pairs')
    """
    return word if number == 1 else f"{word}s"


def counted(number: float, word: str) -> str:
    """Return a number with its word.

    Examples
    --------
    >>> counted(1, "mentor"), counted(2, "mentor")
    ('1 mentor', '2 mentors')
    """
    return f"{number} {plural(number, word)}"
