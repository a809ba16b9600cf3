"""Where a page may be broken in a narrow window: long names at their joints, long printed lines as in a terminal."""

from __future__ import annotations

import re
from typing import Any

CODE = re.compile(r'(?<=<span class="pre">)[^<]+')
JOINT = re.compile(r"(?<=[A-Za-z0-9)])(?:_(?=[A-Za-z0-9])|[.:/](?=[A-Za-z]))")
PRINTED = re.compile(r'<span class="(go|n)">(?=[^<]{101})')
"""A line that is longer than one of code may be is a sentence that was printed, or what an error says."""


def breakable(body: str) -> str:
    """Mark the joints of names that stand in running text or in a table, and the long lines of examples.

    Examples
    --------
    >>> breakable('<code><span class="pre">rmatch.read_people</span></code> and/or')
    '<code><span class="pre">rmatch.</span><wbr><span class="pre">read_</span><wbr><span class="pre">people</span></code> and/or'
    >>> breakable('<span class="go">' + 101 * "-")[:24]
    '<span class="go long">--'
    """
    body = CODE.sub(lambda found: JOINT.sub(r'\g<0></span><wbr><span class="pre">', found[0]), body)
    return PRINTED.sub(r'<span class="\1 long">', body)


def _mark(_app: Any, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if "body" in context:
        context["body"] = breakable(context["body"])


def setup(app: Any) -> dict[str, bool]:
    """Mark every page before it is written."""
    app.connect("html-page-context", _mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
