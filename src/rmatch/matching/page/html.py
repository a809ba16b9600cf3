"""The organiser's page as one file of HTML that needs nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rmatch.utils.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template
    from jinja2.runtime import Context
    from markupsafe import Markup

    from rmatch.matching.page.facts import Page
    from rmatch.utils.languages import Language

HERE = "rmatch.matching.page"
SECTIONS = {
    "pairs": Message("Pairs"),
    "alone": Message("Without a partner"),
    "topics": Message("Topics"),
    "recruit": Message("Whom to recruit"),
    "quality": Message("How good"),
    "reach": Message("Connections"),
    "fair": Message("Fairness"),
    "changes": Message("Changes"),
    "decided": Message("How it was decided"),
}


def html(page: Page, language: Language) -> str:
    """Return the page.

    Parameters
    ----------
    page : Page
        What it says.
    language : Language
        In which it is written.

    Returns
    -------
    str
        HTML with its own style and its own script, which is the only one that a browser lets run in it.
    """
    from markupsafe import Markup

    script = part(HERE, "page.js")
    hashed = b64encode(sha256(script.encode()).digest()).decode()
    return filled(
        HERE,
        "page.html.jinja",
        language,
        page=page,
        sections=[(name, title) for name, title in SECTIONS.items() if _is_there(page, name)],
        style=Markup(part(HERE, "page.css")),
        script=Markup(script),
        allowed=f"sha256-{hashed}",
    )


def _is_there(page: Page, section: str) -> bool:
    needs = {
        "topics": page.topics,
        "recruit": page.whom,
        "quality": page.pairs,
        "reach": page.reach,
        "fair": page.fair,
        "changes": page.changed,
    }
    return bool(needs.get(section, True))


def filled(room: str, name: str, language: Language, **told: Any) -> str:
    """Return a template of ours with what it says, all messages in it in one language.

    What the language has no words for is known at the end only, and noted on the page: so it is written once more then.
    """
    made = template(room, name)
    page = made.render(told, language=language, untranslated=0)
    if language.untranslated:
        page = made.render(told, language=language, untranslated=len(language.untranslated))
    return page


@cache
def template(room: str, name: str) -> Template:
    """Return a template of ours: it escapes what it is given, and says messages in the language that it is given."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, finalize=_said()
    )
    environment.filters["words"] = _words()
    environment.globals["_"] = Message
    return environment.from_string(part(room, name))


def part(room: str, name: str) -> str:
    """Return a file that stands in a room."""
    return (files(room) / name).read_text("utf-8")


def _said() -> Callable[[Context, Any], Any]:
    from jinja2 import pass_context

    @pass_context
    def said(context: Context, value: Any) -> Any:
        """Return a message in the language of the page, and all else as it is."""
        return context["language"].say(value) if isinstance(value, Message) else value

    return said


def _words() -> Callable[[Context, str], Markup]:
    from jinja2 import pass_context
    from markupsafe import Markup, escape

    @pass_context
    def words(context: Context, sentence: str) -> Markup:
        """Return a sentence of ours, what stands between backticks as code."""
        said = context["language"].say(sentence)
        return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(said))))

    return words
