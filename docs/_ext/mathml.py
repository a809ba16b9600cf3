"""Formulas as MathML, which every browser draws by itself: no script, no font and no network.

docutils translates; what it does not know is a warning, and so an error of the build.
"""

from __future__ import annotations

from typing import Any


def _put(translator: Any, node: Any, before: str, after: str, *, display: bool) -> None:
    from docutils.nodes import SkipNode
    from docutils.utils.math import MathError
    from docutils.utils.math.latex2mathml import tex2mathml
    from sphinx.util.logging import getLogger

    try:
        translator.body.append(before + tex2mathml(node.astext(), as_block=display) + after)
    except MathError as fault:
        getLogger(__name__).warning("%s in the formula %s", fault, node.astext(), location=node)
    raise SkipNode


def _inline(translator: Any, node: Any) -> None:
    _put(translator, node, "", "", display=False)


def _block(translator: Any, node: Any) -> None:
    _put(translator, node, '<div class="formula">', "</div>\n", display=True)


def setup(app: Any) -> dict[str, bool]:
    """Offer the renderer `mathml` to the setting `html_math_renderer`."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
