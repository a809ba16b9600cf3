"""Items of lists, and texts in double quotes that are taken as they stand.

A value in double quotes, with its own double quotes doubled, is never a marker for "unknown" and is never split: so
every label can be written and read back.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from rmatch.utils.validation import Malformed

QUOTED = r'"(?:[^"]|"")*"'
_LITERAL = re.compile(QUOTED)
_QUOTED_TOPIC = re.compile(rf"({QUOTED})\s*(?::(.*))?", re.DOTALL)
_NUMERIC = re.compile(r"\s*[+-]?\d+(?:[.,]\d+)?\s*", re.ASCII)


def literal(text: str) -> str:
    """Return a text without the quotes that it stands in.

    Examples
    --------
    >>> literal('"NA"'), literal('5" screens')
    ('NA', '5" screens')
    """
    if text.startswith('"') and _LITERAL.fullmatch(text):
        return text[1:-1].replace('""', '"').strip()
    return text


def is_quoted(item: str) -> bool:
    """Tell whether an item stands in double quotes, maybe with a number behind; a mark for "as above" does not.

    Examples
    --------
    >>> is_quoted('"AWS: EC2":3'), is_quoted('"'), is_quoted("AWS")
    (True, False, False)
    """
    return item.startswith('"') and _QUOTED_TOPIC.fullmatch(item) is not None


def quoted(text: str) -> str:
    """Return a text in double quotes.

    Examples
    --------
    >>> quoted("NA")
    '"NA"'
    """
    return '"{}"'.format(text.replace('"', '""'))


class Bare(dict[str, str]):
    """Items without the blanks around them; equal ones become one object, which is counted and looked up at once.

    Examples
    --------
    >>> bare = Bare()
    >>> bare[" AI"] is bare["AI "]
    True
    """

    def __missing__(self, part: str) -> str:
        """Return a part of a list without the blanks around it."""
        item = part.strip()
        self[part] = item = self.setdefault(item, item)
        return item


def split(text: str, separator: str, bare: Callable[[str], str] = str.strip) -> list[str]:
    """Return the items of a cell, without those that are empty.

    Parameters
    ----------
    text : str
        The cell.
    separator : str
        What parts the items; nothing where the cell is one.
    bare : callable
        Takes the blanks off an item.

    Examples
    --------
    >>> split('a; "b; c"; ', ";")
    ['a', '"b; c"']
    >>> split("Hybrid; flexible", "")
    ['Hybrid; flexible']
    """
    if not separator:
        return [text] if text else []
    parts = _pattern(separator).findall(text) if '"' in text else text.split(separator)
    return list(filter(None, map(bare, parts)))


def array_of(text: str) -> list[str] | None:
    """Return the items of a list as programmes write it, None if a text is none.

    Examples
    --------
    >>> array_of("['Python', 'SQL']"), array_of('["a; b"]'), array_of("[Python]"), array_of("[]")
    (['Python', 'SQL'], ['a; b'], None, [])
    """
    if text != "[]" and (text[:2] not in ("['", '["') or text[-1] != "]"):
        return None
    items = _value_of(text)
    are_texts = isinstance(items, list) and all(isinstance(item, str) for item in items)
    return items if are_texts else None


def object_of(text: str) -> dict[Any, Any] | None:
    """Return an object as programmes write it, None if a text is none.

    Examples
    --------
    >>> object_of('{"python": 3, "law": null}'), object_of("{'law': 2}"), object_of("{law}")
    ({'python': 3, 'law': None}, {'law': 2}, None)
    """
    if text != "{}" and (text[:2] not in ("{'", '{"') or text[-1] != "}"):
        return None
    found = _value_of(text)
    return found if isinstance(found, dict) else None


def _value_of(text: str) -> Any:
    """Return the value that a text is in JSON, or else in Python; None if it is in neither."""
    for read in (json.loads, ast.literal_eval):
        with suppress(ValueError, SyntaxError, MemoryError, RecursionError):
            return read(text)
    return None


def topic_and_number(item: str) -> tuple[str, str]:
    """Return a topic and the text of its number, which is empty where there is none.

    Examples
    --------
    >>> topic_and_number("python: 4"), topic_and_number('"AWS: EC2":3')
    (('python', '4'), ('AWS: EC2', '3'))
    """
    if match := _QUOTED_TOPIC.fullmatch(item):
        return literal(match[1]), _number(item, match[2])
    topic, colon, number = item.rpartition(":")
    if not colon:
        return item, ""
    return topic.strip(), _number(item, number if topic.strip() else None)


def _number(item: str, number: str | None) -> str:
    if number is not None and _NUMERIC.fullmatch(number):
        return number.strip()
    if number is None and item.startswith('"'):
        return ""
    raise Malformed(
        item,
        "has no number after its last colon",
        'write topic:number, put a topic with a colon in double quotes ("AWS: EC2"), or set levels = false in a mapping',
    )


@cache
def _pattern(separator: str) -> re.Pattern[str]:
    end = rf"(?:{re.escape(separator)}|\Z)"
    return re.compile(rf'\s*({QUOTED}(?:\s*:[^"]*?)?(?=\s*{end})|.*?)\s*{end}', re.DOTALL)
