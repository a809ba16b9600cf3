"""The pages of the Python interface: types in signatures lead to their pages, and a page shows what each room hands out."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import Any, get_origin

ROOMS = [
    "errors",
    "people",
    "quotas",
    "objectives",
    "criteria",
    "rules",
    "programme",
    "io",
    "scoring",
    "solve",
    "rounds",
    "matching",
    "lotteries",
    "advice",
    "frontiers",
    "fairness",
    "verification",
    "checking",
    "datasets",
]


PAGE = "reference/api/rooms"
"""The page that names what has no page of its own."""
ARRAY = re.compile(
    r"[~.\w]*\bndarray\[tuple\[[~.\w]*\bAny, \.\.\.\], [~.\w]*\bdtype\[([^\[\]]*)\]\]"
)
"""How arrays are written out in full."""
CITATION = re.compile(r"\[R[0-9a-f]{12}-(\d+)\]")
"""How numpydoc calls a citation."""


def summary(thing: Any) -> str:
    """Return the first sentence of what has a docstring of its own, else its type.

    Examples
    --------
    >>> summary(summary)
    'Return the first sentence of what has a docstring of its own, else its type.'
    >>> summary((1, 2))
    'tuple'
    >>> from typing import Literal
    >>> summary(Literal["mentor", "mentee"])
    "`Literal['mentor', 'mentee']`"
    """
    if get_origin(thing):
        return re.sub(r"[a-z_.]+\.(?=\w)", "", f"`{thing}`").replace("|", "\\|")
    if not callable(thing):
        return type(thing).__name__
    first = " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())
    return re.sub(r":\w+:`~?([^`]+)`", r"`\1`", first)  # the page is Markdown, docstrings are not


def rows(room: str) -> list[str]:
    """Return a table of what a room hands out, in Markdown.

    Examples
    --------
    >>> rows("programme")[2].startswith("| {py:obj}`~rmatch.programme.COUNTS` | dict |")
    True
    """
    face = import_module(f"rmatch.{room}")
    return [
        "| name | what it is |",
        "|---|---|",
        *(
            f"| {{py:obj}}`~rmatch.{room}.{name}` | {summary(getattr(face, name))} |"
            for name in sorted(getattr(face, "__all__", dir(face)))
        ),
    ]


def _lead_to_the_page(app: Any, env: Any, node: Any, content: Any) -> Any:
    """Find a type by its last name: sources import it from where it is made, readers from where it is handed out.

    What else stands in a signature is an alias or belongs to another project; tests/test_docs_reference.py finds
    the public type without a page.
    """
    from sphinx.util.nodes import make_refnode

    name = node["reftarget"].rpartition(".")[2]
    found = {
        (each.docname, each.node_id)
        for full, each in env.get_domain("py").objects.items()
        if full.rpartition(".")[2] == name and each.objtype in {"class", "exception"}
    }
    if node["refdomain"] == "py" and len(found) == 1:
        return make_refnode(app.builder, node["refdoc"], *found.pop(), content, name)
    in_a_signature = "refwarn" not in node
    return content if in_a_signature or node["refdoc"] == PAGE else None


def short(text: str) -> str:
    """Write types as the source does, and so that Sphinx can read a default that is made anew for each object.

    Examples
    --------
    >>> short(
    ...     "(rows: ~numpy.ndarray[tuple[~typing.Any, ...], ~numpy.dtype[~numpy.int64]] = <factory>)"
    ... )
    '(rows: NDArray[~numpy.int64] = ...)'
    """
    text = text.replace("<factory>", "...")
    text = re.sub(r"TypeAliasForwardRef\('(\w+)'\)", r"\1", text)
    return ARRAY.sub(r"NDArray[\1]", text)


def _shorten(
    _app: Any, _what: str, _name: str, thing: Any, _options: Any, *shown: str | None
) -> tuple[str | None, ...] | None:
    if getattr(thing, "_is_protocol", False):  # nobody calls it
        return "", None
    changed = tuple(text and short(text) for text in shown)
    return None if changed == shown else changed


def _drop_words_of_the_type(
    _app: Any, what: str, _name: str, thing: Any, _options: Any, lines: list[str]
) -> None:
    if what == "data" and inspect.getdoc(thing) == inspect.getdoc(type(thing)):
        lines.clear()  # what a tuple is, say


def _shorten_properties(_app: Any, doctree: Any) -> None:
    from docutils.nodes import Text
    from sphinx.addnodes import desc_annotation

    for node in doctree.findall(desc_annotation):
        if (shown := short(node.astext())) != node.astext():
            node[:] = [Text(shown)]


def _number_citations(_app: Any, doctree: Any, _page: str) -> None:
    """Show a citation in a docstring by its number, as the list of references does; numpydoc makes it unique by a hash."""
    from docutils.nodes import Text

    for text in list(doctree.findall(Text)):
        if CITATION.fullmatch(text):
            text.parent.replace(text, Text(CITATION.sub(r"[\1]", text)))


def setup(app: Any) -> dict[str, bool]:
    """Add the directive `rooms`."""
    from sphinx.util.docutils import SphinxDirective

    class Rooms(SphinxDirective):
        """One section a room, with a table."""

        def run(self) -> list[Any]:
            text = "\n".join(
                line for room in ROOMS for line in (f"## `rmatch.{room}`", "", *rows(room), "")
            )
            return self.parse_text_to_nodes(text, allow_section_headings=True)

    app.add_directive("rooms", Rooms)
    app.connect("autodoc-process-signature", _shorten)
    app.connect("autodoc-process-docstring", _drop_words_of_the_type)
    app.connect("doctree-read", _shorten_properties)
    app.connect("doctree-resolved", _number_citations)
    app.connect("missing-reference", _lead_to_the_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
