"""Where a long name may be broken in a narrow window: behind an underscore, a full stop or a slash, and nowhere else."""

from __future__ import annotations

import re
from typing import Any

CODE = re.compile(r'(?<=<span class="pre">)[^<]+')
JOINT = re.compile(r"(?<=[\w)])(?:_|[./](?=[A-Za-z]))(?=\w)")


def breakable(body: str) -> str:
    """Mark the joints of names that stand in running text or in a table.

    Examples
    --------
    >>> breakable('<code><span class="pre">rmatch.read_people</span></code> and/or')
    '<code><span class="pre">rmatch.</span><wbr><span class="pre">read_</span><wbr><span class="pre">people</span></code> and/or'
    """
    return CODE.sub(lambda found: JOINT.sub(r'\g<0></span><wbr><span class="pre">', found[0]), body)


def _mark(_app: Any, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if "body" in context:
        context["body"] = breakable(context["body"])


def setup(app: Any) -> dict[str, bool]:
    """Mark every page before it is written."""
    app.connect("html-page-context", _mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
