"""Text that a spreadsheet would take for a formula."""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escape(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: one apostrophe in front where it is needed.

    :func:`unescape` undoes it, whatever the text.

    Parameters
    ----------
    text : str
        What a cell should say.

    Returns
    -------
    str
        What to write into the cell.

    Examples
    --------
    >>> escape("=1+1"), escape("+02:00"), escape("Ada")
    ("'=1+1", "'+02:00", 'Ada')
    """
    return f"'{text}" if _RISKY.match(text) else text


def unescape(text: str) -> str:
    """Return what :func:`escape` was given.

    Parameters
    ----------
    text : str
        What a cell holds.

    Returns
    -------
    str
        What it says.

    Examples
    --------
    >>> unescape("'=1+1"), unescape("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return text[1:] if _ESCAPED.match(text) else text
