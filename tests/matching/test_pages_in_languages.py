"""The pages say the same in every language, and nothing in English where another language was asked for."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
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
from rmatch.cli import main
from rmatch.matching.board.facts import board
from rmatch.matching.board.html import html as board_html
from rmatch.matching.page.facts import page
from rmatch.matching.page.html import html as page_html
from rmatch.utils.languages import Language, languages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rmatch.matching import Matching

OTHERS = [code for code in languages() if code != "en"]
DAY = date(2026, 11, 30)
KINDS = ("places", "pairs", "total")
"""What steps decide, as the programme calls it."""
GROUPED = re.compile(r"\d{2,3}(?:[.\xa0\u202f]\d{3})+|\d(?:[.\xa0\u202f]\d{3}){2,}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SAID = ("title", "aria-label", "placeholder", "data-open", "data-close", "data-found")
"""What attributes say."""


class Reader(HTMLParser):
    """What a page says, with the element that says it; parts of a sentence in one element belong together."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self.language = ""
        self._in: list[str] = []
        self.feed(page.replace("<code>", "").replace("</code>", ""))

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


def board_in(matching: Matching) -> Callable[[str], Reader]:
    aims = {"new technology": ["python", "generative AI", "automation"]}
    facts = board(matching, "To learn", aims, matching, DAY)
    return lambda code: Reader(board_html(facts, Language(code)))


def page_in(matching: Matching) -> Callable[[str], Reader]:
    facts = page(matching, ["name"], matching, DAY)
    return lambda code: Reader(page_html(facts, Language(code)))


PAGES: dict[str, Callable[[Matching], Callable[[str], Reader]]] = {
    "board": board_in,
    "organiser": page_in,
}


def numbers(text: str) -> list[float]:
    whole = GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    return sorted(float(each.replace(",", ".")) for each in NUMBER.findall(whole))


@examples(30)
@given(strategies.rounds(own=False), st.sampled_from(OTHERS), st.sampled_from([*PAGES]))
def test_every_language_states_the_same_facts(drawn: Any, code: str, which: str) -> None:
    made = rmatch.match(*drawn)
    english, other = map(PAGES[which](made), ("en", code))
    assert (english.language, other.language) == ("en", code)
    assert [where for where, _ in english.said] == [where for where, _ in other.said]
    for (_, one), (_, two) in zip(english.said, other.said, strict=True):
        assert numbers(one) == numbers(two), (one, two)


def in_brackets(text: str) -> str:
    return f"⟦{text}⟧"


@pytest.mark.parametrize("which", PAGES)
def test_nothing_is_said_but_from_the_catalogue(
    which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a language in which every message stands in brackets, beside them are the organisation's own words alone."""
    catalogues.change(monkeypatch, "de", in_brackets)
    made = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
    own = own_words(made)
    for where, text in PAGES[which](made)("de").said:
        assert not re.search("[A-Za-z]{2}", beside_messages(text, own)), (where, text)


def test_explanations_and_reasons_are_said_from_the_catalogue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogues.change(monkeypatch, "de", in_brackets)
    made = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme())
    own, mentor = own_words(made), made.pairs[0].mentor
    told = [made.explain(mentor, pair.mentee).text("de") for pair in made.pairs]
    told += [made.explain(one.mentor, one.mentee, "participant").text("de") for one in made.pairs]
    for text in [*told, *(each.text("de") for each in made.unmatched)]:
        assert not re.search("[A-Za-z]{2}", beside_messages(text, own)), text


def beside_messages(text: str, own: list[str]) -> str:
    """Return what stands outside of all brackets, without somebody's own words."""
    left = text
    while "⟦" in left:
        left, before = re.sub("⟦[^⟦⟧]*⟧", "", left), left
        assert left != before
    for word in own:
        left = left.replace(word, "")
    return left


def own_words(matching: Matching) -> list[str]:
    """Return all that people and the programme say themselves, the longest first."""
    words = {
        "To learn",
        "new technology",
        matching.programme.name,
        *matching.people.dimensions,
        *KINDS,
    }
    words |= {*matching.reading_notes, *matching.requests.notes, matching.route}
    for person in matching.people:
        for value in asdict(person).values():
            several = [value] if isinstance(value, str) else value
            if not isinstance(several, int | float | None):
                words |= {str(each) for each in several}
    for labels in matching.people.dimensions.values():
        words |= {*labels.vocabulary}
    return sorted(filter(None, words), key=len, reverse=True)


@pytest.mark.parametrize("which", PAGES)
def test_what_has_no_words_is_said_in_english_and_noted(
    which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues.without(monkeypatch, "How good the pairs are")
    told = [text for _, text in PAGES[which](rmatch.match(rmatch.datasets.example()))("de").said]
    assert "How good the pairs are" in told
    assert any("auf Englisch: 1 Text." in text for text in told)


@pytest.mark.parametrize("code", ["xx", "DE", "", None])
def test_an_unknown_language_is_refused_before_anything_is_written(code: Any) -> None:
    matching, text = rmatch.match(rmatch.datasets.example()), StringIO()
    for write in (matching.to_board, matching.to_html):
        with pytest.raises(rmatch.InvalidInputError, match=r"language: .* is unknown"):
            write(text, language=code)
    assert not text.getvalue()


def test_the_command_line_explains_in_german_and_json_stays_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, path = rmatch.match(rmatch.datasets.example()), str(tmp_path / "round.json")
    made.to_json(path, people="whole")
    two = made.pairs[0]
    asked = ["explain", path, "--mentor", two.mentor, "--mentee", two.mentee, "--language", "de"]
    assert main(asked) == 0
    assert f"{two.mentor} mit {two.mentee}: " in capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 2
    assert "JSON says all in English" in capsys.readouterr().err
