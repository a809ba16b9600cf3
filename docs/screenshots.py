"""The pictures of pages and letters in the documentation, of invented companies: ``python docs/screenshots.py``.

It needs Playwright and a Chromium on the path, and writes into ``docs/_static`` or into the folder that it is given.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import rmatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

STATIC = Path(__file__).parent / "_static"
WIDTH = 1_040
AIMS = {
    "new technology": ["python", "generative AI", "automation"],
    "staff attitudes": ["hybrid working", "feedback culture"],
    "customer attitudes": ["young customers", "online reviews"],
}
LIVED = [
    "being the only one in the room",
    "caring for relatives",
    "everyday life with disability",
    "faith at work",
    "first generation in an office job",
    "LGBTQ+ at work",
    "moving to another country",
    "neurodiversity at work",
]


def take(folder: Path) -> None:
    """Take the pictures.

    Parameters
    ----------
    folder : Path
        Where to.
    """
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as place, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        for name, path, picture in _pages(Path(place)):
            for theme in ("light", "dark"):
                # Tall enough for all of it: what is not on the screen is not drawn.
                page = browser.new_page(
                    viewport={"width": WIDTH, "height": 9_000}, color_scheme=theme
                )
                page.goto(path.as_uri())
                picture(page, folder / f"{name}-{theme}.png")
        browser.close()


def _pages(place: Path) -> Iterator[tuple[str, Path, Callable[[Page, Path], None]]]:
    """Write the pages, and say what a picture shows of each."""
    programme = replace(rmatch.datasets.example_programme(), name="Spring round")
    matching = rmatch.match(rmatch.datasets.example(), programme, seed="spring")
    result, board = place / "round.html", place / "board.html"
    matching.to_html(result, include=["name"])
    yield "page", result, _opened
    yield (
        "page-quality",
        result,
        lambda page, path: _shot(page, path, "#quality", "#quality", 2_000),
    )
    levels = rmatch.Programme(levels=rmatch.datasets.LEVELS, name="Spring round")
    rmatch.match(rmatch.datasets.workforce(60, 40), levels).to_board(
        board, purpose="Leaders learn what they cannot see from where they sit.", aims=AIMS
    )
    yield "page-board", board, lambda page, path: _shot(page, path, "body", "footer", 2_000)
    short = place / "short.html"
    taught = replace(levels, lived_topics=LIVED)
    rmatch.match(rmatch.datasets.workforce(20, 30, seed=1), taught).to_html(short)
    yield (
        "page-recruit",
        short,
        lambda page, path: _shot(page, path, "#recruit", "#recruit", 2_000),
    )
    slips = matching.slips("de", include=["name"])
    letter = place / "slip.html"
    letter.write_text(slips.html(slips.slips[0]), "utf-8")
    yield "page-slip", letter, lambda page, path: _shot(page, path, "html", "html", 2_000)


def _opened(page: Page, path: Path) -> None:
    page.locator(".pair > summary").nth(1).click()
    page.mouse.move(0, 0)
    _shot(page, path, "body", "#list", 1_120)


def _shot(page: Page, path: Path, first: str, last: str, most: int) -> None:
    """Take a picture from the top of one element to the end of another, and no higher than that."""
    page.evaluate("document.activeElement.blur()")
    top = page.locator(first).bounding_box()
    end = page.locator(last).bounding_box()
    assert top
    assert end
    height = min(most, end["y"] + end["height"] - top["y"])
    clip = {"x": 0, "y": top["y"], "width": WIDTH, "height": height}
    page.screenshot(path=path, clip=clip)  # type: ignore[arg-type]


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else STATIC)
