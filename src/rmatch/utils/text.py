"""Words in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

GROUPED = 10_000
"""From here on the digits of a number stand in groups."""
GROUP = "\N{NO-BREAK SPACE}"
"""What stands between the groups of the digits of a number."""
IRREGULAR = {"person": "people", "wish": "wishes"}


def plural(count: float, word: str) -> str:
    """Return a word as it stands behind a number.

    Examples
    --------
    >>> plural(1, "pair"), plural(0, "pair"), plural(2, "person")
    ('pair', 'pairs', 'people')
    """
    return word if count == 1 else IRREGULAR.get(word, f"{word}s")


def numeral(value: float, digits: int = 0) -> str:
    r"""Return a number as people read it: from five digits on in groups of three, which no mark of decimals sets apart.

    "1,234" is a thousand and more to some and less than two to others, and a blank in it is read alike by all
    (ISO 80000-1); it does not break a line.

    Parameters
    ----------
    value : float
        The number.
    digits : int
        How many decimals are told of a number that is not whole.

    Examples
    --------
    >>> numeral(9_999), numeral(-1_234_567), numeral(12_345.678, 2)
    ('9999', '-1\xa0234\xa0567', '12\xa0345.68')
    """
    said = f"{value:,.{digits}f}" if digits else f"{round(value):,}"
    return said.replace(",", GROUP if abs(value) >= GROUPED else "")


def counted(count: float, word: str) -> str:
    """Return a number with its word.

    Examples
    --------
    >>> counted(1, "mentor"), counted(2, "mentor")
    ('1 mentor', '2 mentors')
    """
    return f"{numeral(count)} {plural(count, word)}"


def cut(text: str, most: int) -> str:
    """Return a text in one line, cut where it is long.

    Examples
    --------
    >>> cut("one  two", 10), cut("one two three", 8)
    ('one two', 'one two…')
    """
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def aligned(rows: Sequence[Sequence[str]], indent: str, right: Collection[int] = ()) -> list[str]:
    """Return rows of cells as lines with the columns below one another.

    Parameters
    ----------
    rows : sequence of sequence of str
        The cells; every row has as many.
    indent : str
        What stands before each line.
    right : collection of int
        The positions of the columns that end below one another, such as numbers.

    Returns
    -------
    list of str
        The lines, without blanks at their ends.

    Examples
    --------
    >>> aligned([["a", "10", "x"], ["bcd", "2", ""]], "", right=[1])
    ['a    10  x', 'bcd   2']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if position in right else cell.ljust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(f"{indent}{'  '.join(cells)}".rstrip())
    return lines
