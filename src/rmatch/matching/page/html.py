"""The organiser's page as one file of HTML that needs nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from rmatch.matching.page.facts import Page

HERE = "rmatch.matching.page"
SECTIONS = {
    "pairs": "Pairs",
    "alone": "Without a partner",
    "topics": "Topics",
    "quality": "How good",
    "reach": "Connections",
    "fair": "Fairness",
    "changes": "Changes",
    "decided": "How it was decided",
}


def html(page: Page) -> str:
    """Return the page.

    Parameters
    ----------
    page : Page
        What it says.

    Returns
    -------
    str
        HTML with its own style and its own script, which is the only one that a browser lets run in it.
    """
    from markupsafe import Markup

    script = part(HERE, "page.js")
    hashed = b64encode(sha256(script.encode()).digest()).decode()
    return template(HERE, "page.html.jinja").render(
        page=page,
        sections=[(name, title) for name, title in SECTIONS.items() if _is_there(page, name)],
        style=Markup(part(HERE, "page.css")),
        script=Markup(script),
        allowed=f"sha256-{hashed}",
    )


def _is_there(page: Page, section: str) -> bool:
    needs = {
        "topics": page.topics,
        "quality": page.pairs,
        "reach": page.reach,
        "fair": page.fair,
        "changes": page.changed,
    }
    return bool(needs.get(section, True))


@cache
def template(room: str, name: str) -> Template:
    """Return a template of ours, which escapes what it is given."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["words"] = _words
    return environment.from_string(part(room, name))


def part(room: str, name: str) -> str:
    """Return a file that stands in a room."""
    return (files(room) / name).read_text("utf-8")


def _words(sentence: str) -> Markup:
    """Return a sentence of ours, what stands between backticks as code."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(sentence))))
