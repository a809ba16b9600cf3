"""The pages say the same in every language, and nothing in English where another language was asked for."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import StringIO
from typing import TYPE_CHECKING, Any

import catalogues
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.utils.languages import languages

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.matching import Matching

OTHERS = [code for code in languages() if code != "en"]
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SAID = ("title", "aria-label", "placeholder", "data-close", "data-found")
"""What attributes say."""


class Reader(HTMLParser):
    """What a page says, with the element that says it; parts of a sentence in one element belong together."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self.language = ""
        self._in: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self.language = str(told["lang"])
        if tag not in {"meta", "input", "br"}:
            self._in.append(tag)
        self.said += [(f"{tag} {name}", str(told[name])) for name in SAID if told.get(name)]

    def handle_endtag(self, _: str) -> None:
        self._in.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"style", "script"} & {*self._in}:
            self.said.append((self._in[-1], data.strip()))


def board(matching: Matching, language: str = "en") -> Reader:
    text = StringIO()
    aims = {"new technology": ["python", "generative AI", "automation"]}
    matching.to_board(text, aims=aims, previous=matching, language=language)
    return Reader(text.getvalue())


PAGES: dict[str, Callable[..., Reader]] = {"board": board}


def numbers(text: str) -> list[float]:
    return sorted(float(each.replace(",", ".")) for each in NUMBER.findall(text))


@examples(30)
@given(strategies.rounds(own=False), st.sampled_from(OTHERS), st.sampled_from([*PAGES]))
def test_every_language_states_the_same_facts(drawn: Any, code: str, which: str) -> None:
    made = rmatch.match(*drawn)
    english, other = PAGES[which](made), PAGES[which](made, code)
    assert (english.language, other.language) == ("en", code)
    assert [where for where, _ in english.said] == [where for where, _ in other.said]
    for (_, one), (_, two) in zip(english.said, other.said, strict=True):
        assert numbers(one) == numbers(two)


def in_brackets(text: str) -> str:
    return f"⟦{text}⟧"


@pytest.mark.parametrize("which", PAGES)
def test_nothing_is_said_but_from_the_catalogue(
    which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a language in which every message stands in brackets, beside them are the organisation's own words alone."""
    catalogues.change(monkeypatch, "de", in_brackets)
    own = ("python", "new technology")
    for _, text in PAGES[which](rmatch.match(rmatch.datasets.example()), "de").said:
        left = text
        while "⟦" in left:
            left, before = re.sub("⟦[^⟦⟧]*⟧", "", left), left
            assert left != before
        for word in own:
            left = left.replace(word, "")
        assert not re.search("[A-Za-z]{3}", left), text


@pytest.mark.parametrize("which", PAGES)
def test_what_has_no_words_is_said_in_english_and_noted(
    which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues.without(monkeypatch, "How good the pairs are")
    told = [text for _, text in PAGES[which](rmatch.match(rmatch.datasets.example()), "de").said]
    assert "How good the pairs are" in told
    assert any("auf Englisch: 1 Text." in text for text in told)


@pytest.mark.parametrize("code", ["xx", "DE", "", None])
def test_an_unknown_language_is_refused_before_anything_is_written(code: Any) -> None:
    matching, text = rmatch.match(rmatch.datasets.example()), StringIO()
    for write in (matching.to_board, matching.to_html):
        with pytest.raises(rmatch.InvalidInputError, match=r"language: .* is unknown"):
            write(text, language=code)
    assert not text.getvalue()
