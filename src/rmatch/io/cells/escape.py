"""Text that a spreadsheet would take for a formula."""

from __future__ import annotations

import re

# Full-width signs count where Japanese or Chinese is written. A spreadsheet that parts cells by the other of ; and , does so
# within ours.
_SIGNS = "[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]"
_RISKY = re.compile(f"(^|[;,])('*{_SIGNS})")
_ESCAPED = re.compile(f"(^|[;,])'('*{_SIGNS})")


def escape(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: an apostrophe before what a cell may begin with.

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
    >>> escape("ai;=1+1"), escape("ai,=1+1")
    ("ai;'=1+1", "ai,'=1+1")
    """
    return _RISKY.sub(r"\1'\2", text)


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
    return _ESCAPED.sub(r"\1\2", text) if "'" in text else text
