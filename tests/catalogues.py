"""Every message of the source, found in it, and catalogues made for tests."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

import rmatch
from rmatch.utils import languages
from rmatch.utils.languages import is_wordless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

ROOT = Path(rmatch.__file__).parent
Id = tuple[str, str | None]
"""An English text, and the same for several."""
MAKERS = {"Message", "Sentence"}


def source_messages() -> dict[Id, str]:
    """Return every message that is made somewhere, with the place; one whose text is not written there is an error."""
    found: dict[Id, str] = {}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                texts = [_literal(one, place) for one in node.args]
                found.setdefault((texts[0], texts[1] if texts[1:] else None), place)
    for path in ROOT.rglob("*.jinja"):
        for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
            if getattr(call.node, "name", "") == "_":
                texts = [arg.as_const() for arg in call.args]
                place = f"{path.relative_to(ROOT)}:{call.lineno}"
                found.setdefault((texts[0], texts[1] if texts[1:] else None), place)
    return {texts: place for texts, place in found.items() if not is_wordless(texts[0])}


def _literal(node: ast.expr, place: str) -> str:
    if place.startswith("utils/messages.py") and not isinstance(node, ast.Constant):
        return ""  # what joins messages has no words of its own
    assert isinstance(node, ast.Constant), f"{place}: a message is written where it is made"
    assert isinstance(node.value, str), place
    return node.value


def catalogue(code: str) -> Catalog:
    """Return a catalogue as it comes along."""
    with (ROOT / "utils" / "locales" / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def catalogue_messages(code: str) -> Iterator[tuple[Id, tuple[str, ...]]]:
    """Go through what a catalogue has words for, and its words."""
    for message in catalogue(code):
        if isinstance(message.id, tuple | list):
            yield (message.id[0], message.id[1]), tuple(message.string)
        elif message.id:
            yield (str(message.id), None), (str(message.string),)


def change(
    monkeypatch: pytest.MonkeyPatch, code: str, changed: Callable[[str], str | None]
) -> None:
    """Let a language say something else of each English text; nothing, where that is None."""
    whole = catalogue(code)
    other = Catalog(locale=code)
    for message in whole:
        if not message.id:
            continue
        if isinstance(message.id, tuple | list):
            one, many = changed(message.id[0]), changed(message.id[1])
            if one is not None and many is not None:
                other.add(message.id, (one, *[many] * (whole.num_plurals - 1)))
        elif (word := changed(str(message.id))) is not None:
            other.add(message.id, word)
    compiled = BytesIO()
    write_mo(compiled, other)
    monkeypatch.setattr(languages, "catalogue", lambda _: compiled.getvalue())


def without(monkeypatch: pytest.MonkeyPatch, lacking: str, code: str = "de") -> None:
    """Let a language lack words for a message."""
    own = {texts[0]: words[0] for texts, words in catalogue_messages(code)}
    assert lacking in own
    change(monkeypatch, code, lambda text: None if text == lacking else own.get(text, text))
