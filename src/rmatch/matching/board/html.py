"""The board's page as one file of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.matching.page.html import part, template

if TYPE_CHECKING:
    from rmatch.matching.board.facts import Board


def html(board: Board) -> str:
    """Return the page, which needs no script and nothing of the network."""
    from markupsafe import Markup

    page = template("rmatch.matching.board", "board.html.jinja")
    return page.render(board=board, style=Markup(part("rmatch.matching.page", "page.css")))
