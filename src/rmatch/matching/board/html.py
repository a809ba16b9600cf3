"""The board's page as one file of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.matching.page.html import filled, part

if TYPE_CHECKING:
    from rmatch.matching.board.facts import Board
    from rmatch.utils.languages import Language


def html(board: Board, language: Language) -> str:
    """Return the page, which needs no script and nothing of the network."""
    from markupsafe import Markup

    style = Markup(part("rmatch.matching.page", "page.css"))
    return filled("rmatch.matching.board", "board.html.jinja", language, board=board, style=style)
