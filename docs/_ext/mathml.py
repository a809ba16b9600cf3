"""Formulas as MathML, which every browser draws by itself: no script, no font and no network.

docutils translates; what it does not know is a warning, and so an error of the build.
"""

from __future__ import annotations

import re
from typing import Any

BAR = re.compile(r"<mo([^>]*)>([|‖])</mo>")
DIGITS = re.compile(r"frac\d\d")


def drawn(text: str, *, display: bool) -> str:
    r"""Return a formula as MathML, with bars that stand close to what they enclose.

    Examples
    --------
    >>> "".join(drawn("|S|", display=False).split())
    '<mathxmlns="http://www.w3.org/1998/Math/MathML"><mostretchy="false"lspace="0"rspace="0">|</mo><mi>S</mi><mostretchy="false"lspace="0"rspace="0">|</mo></math>'
    >>> drawn(r"\frac12", display=False)
    Traceback (most recent call last):
        ...
    docutils.utils.math.MathError: 12 would be the numerator: write \frac{1}{2}
    """
    from docutils.utils.math import MathError
    from docutils.utils.math.latex2mathml import tex2mathml

    if found := DIGITS.search(text):
        one, two = found[0][-2:]
        message = f"{one}{two} would be the numerator: write \\frac{{{one}}}{{{two}}}"
        raise MathError(message)
    return BAR.sub(r'<mo\1 lspace="0" rspace="0">\2</mo>', tex2mathml(text, as_block=display))


def _put(translator: Any, node: Any, before: str, after: str, *, display: bool) -> None:
    from docutils.nodes import SkipNode
    from docutils.utils.math import MathError
    from sphinx.util.logging import getLogger

    try:
        translator.body.append(before + drawn(node.astext(), display=display) + after)
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
