"""The build fails if a page would load anything from elsewhere: the documentation is read without a network, too.

Links that a reader may follow are no loads.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

OUTSIDE = re.compile(r"(?:[a-z]+:)?//", re.IGNORECASE)
STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?((?:[a-z]+:)?//[^\s\"')]+)", re.IGNORECASE)
LOADING = {"src", "srcset", "poster", "data", "style"}


class _Page(HTMLParser):
    """Collect what the tags of a page load from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "style":
                self.found += STYLE.findall(value or "")
            elif (name in LOADING or (tag, name) == ("link", "href")) and OUTSIDE.match(
                value or ""
            ):
                self.found.append(value or "")


def loaded(html: str) -> list[str]:
    """Return what a page loads from elsewhere.

    Examples
    --------
    >>> loaded('<link rel="stylesheet" href="local.css"><a href="https://example.org">a link</a>')
    []
    >>> loaded('<script src="//cdn.example/a.js"></script><img src="https://example.org/a.png">')
    ['//cdn.example/a.js', 'https://example.org/a.png']
    >>> loaded('<link rel="stylesheet" href="https://example.org/a.css">')
    ['https://example.org/a.css']
    """
    page = _Page()
    page.feed(html)
    return page.found


def loaded_by_style(css: str) -> list[str]:
    """Return what a style sheet loads from elsewhere.

    Examples
    --------
    >>> loaded_by_style('@import "https://example.org/a.css"; a { background: url(a.png) }')
    ['https://example.org/a.css']
    >>> loaded_by_style("@font-face { src: url('//fonts.example/a.woff2') }")
    ['//fonts.example/a.woff2']
    """
    return STYLE.findall(css)


def _check(app: Any, failed: Exception | None) -> None:
    from sphinx.errors import ExtensionError

    if failed or app.builder.format != "html":
        return
    found = [
        f"{file.relative_to(app.outdir)} loads {target}"
        for ending, look in ((".html", loaded), (".css", loaded_by_style))
        for file in sorted(Path(app.outdir).rglob(f"*{ending}"))
        for target in look(file.read_text(encoding="utf-8"))
    ]
    if found:
        raise ExtensionError("\n".join(["something from outside is loaded:", *found]))


def setup(app: Any) -> dict[str, bool]:
    """Look at the finished pages."""
    app.connect("build-finished", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
