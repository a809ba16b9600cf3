"""How the pictures of the gallery are drawn: in grey ink without a background, which light and dark pages can show."""

from __future__ import annotations

from typing import Any

INK = "#808080"


def in_grey_ink(_settings: dict[str, Any], _file: str) -> None:
    """Prepare matplotlib for the next example."""
    import matplotlib as mpl

    inked = ("text", "axes.edge", "axes.label", "xtick", "ytick")
    mpl.rcParams |= {f"{name}.color" if "." not in name else f"{name}color": INK for name in inked}
    mpl.rcParams |= {"svg.hashsalt": "rmatch", "svg.fonttype": "path"}


def scraper(*arguments: Any, **more: Any) -> str:
    """Keep the figures of an example as SVG."""
    from sphinx_gallery.scrapers import matplotlib_scraper

    return matplotlib_scraper(
        *arguments, **more, format="svg", transparent=True, metadata={"Date": None}
    )
