"""TOML with comments, which no writer of TOML makes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEAD = """\
# {what}
# Guessed from the columns and cells of {name}: check every line.
# A line that starts with # and no blank is a suggestion: take the # away to use it.

"""


def document(what: str, name: str, *parts: Iterator[str]) -> str:
    """Return a file of some parts, with a head that says what it is and what it was guessed from."""
    blocks = ["\n".join(part) for part in parts]
    return HEAD.format(what=what, name=quoted(name)) + "\n\n".join(filter(None, blocks)) + "\n"


def quoted(text: str) -> str:
    r"""Return a text as TOML writes it.

    Examples
    --------
    >>> quoted('5" screens')
    '"5\\" screens"'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def key_text(name: str) -> str:
    """Return a key as TOML writes it: in quotes only where it needs them.

    Examples
    --------
    >>> key_text("years"), key_text("dimension:age")
    ('years', '"dimension:age"')
    """
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def listed(texts: Sequence[str]) -> str:
    """Return texts as a list of TOML.

    Examples
    --------
    >>> listed(["a", "b"])
    '["a", "b"]'
    """
    return f"[{', '.join(map(quoted, texts))}]"


def remark(text: str) -> str:
    r"""Return a text as it may stand in a comment: without what TOML allows nowhere.

    Examples
    --------
    >>> remark("one\x1atwo")
    'one?two'
    """
    return "".join(letter if letter.isprintable() else "?" for letter in text)
