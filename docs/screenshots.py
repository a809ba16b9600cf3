"""The pictures of the organiser's page in the documentation, of the invented company: ``python docs/screenshots.py``.

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
    from playwright.sync_api import Page

STATIC = Path(__file__).parent / "_static"
WIDTH = 1_040


def take(folder: Path) -> None:
    """Take the pictures.

    Parameters
    ----------
    folder : Path
        Where to.
    """
    from playwright.sync_api import sync_playwright

    programme = replace(rmatch.datasets.example_programme(), name="Spring round")
    matching = rmatch.match(rmatch.datasets.example(), programme, seed="spring")
    with TemporaryDirectory() as place, sync_playwright() as play:
        path = Path(place) / "round.html"
        matching.to_html(path, include=["name"])
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        for theme in ("light", "dark"):
            # Tall enough for all of it: what is not on the screen is not drawn.
            page = browser.new_page(viewport={"width": WIDTH, "height": 9_000}, color_scheme=theme)
            page.goto(path.as_uri())
            page.locator(".pair > summary").nth(1).click()
            page.mouse.move(0, 0)
            _shot(page, folder / f"page-{theme}.png", "body", "#list", 1_120)
        _shot(page, folder / "page-quality-dark.png", "#quality", "#quality", 2_000)
        page.emulate_media(color_scheme="light")
        _shot(page, folder / "page-quality-light.png", "#quality", "#quality", 2_000)
        browser.close()


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
