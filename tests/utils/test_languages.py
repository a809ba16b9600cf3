"""Every language has words for everything that is said, and says the same."""

from __future__ import annotations

import pickle
import re
from copy import deepcopy
from datetime import date

import catalogues
import pytest

from rmatch.utils.languages import Language, languages
from rmatch.utils.messages import Listed, Message, Sentence, Share, joined

GAP = re.compile(r"\{(\w+)\}")
OTHERS = [code for code in languages() if code != "en"]


@pytest.fixture(scope="module")
def source() -> dict[catalogues.Id, str]:
    return catalogues.source_messages()


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_words_for_everything_that_is_said_and_for_nothing_else(
    code: str, source: dict[catalogues.Id, str]
) -> None:
    found = dict(catalogues.catalogue_messages(code))
    lacking = {f"{place}: {texts}" for texts, place in source.items() if texts not in found}
    assert not lacking
    assert not found.keys() - source.keys()
    for texts, words in found.items():
        assert all(each.strip() for each in words), texts
        assert len(words) > 1 or texts[1] is None
        # What is spelled the same would be a forgotten one; some few words are.
        assert set(words) != {texts[0]} or len(texts[0]) < 12 or not re.search("[a-z] ", texts[0])


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_gaps_of_the_english(code: str) -> None:
    for texts, words in catalogues.catalogue_messages(code):
        one, many = ({*GAP.findall(text or texts[0])} for text in texts)
        for place, each in enumerate(words):
            # Where there is one, the number may go without saying.
            free = {"count"} if texts[1] and not place else set()
            assert {*GAP.findall(each)} | free == (many if place else one) | free, texts
            assert each.count("`") == texts[0].count("`"), texts


def test_messages_keep_what_they_are_made_of() -> None:
    pair = Message("{count} pair", "{count} pairs", count=2)
    for copy in (deepcopy(pair), pickle.loads(pickle.dumps(pair))):
        assert (copy, copy.text, copy.gaps) == ("2 pairs", "{count} pair", {"count": 2})
    assert pair == "2 pairs"
    assert type(str(pair)) is str


def test_numbers_days_and_lists_are_said_as_the_language_has_them() -> None:
    said = {
        Message("{n}", n=1234567): ("1\xa0234\xa0567", "1.234.567", "1\u202f234\u202f567"),
        Message("{n}", n=2.5): ("2.5", "2,5", "2,5"),
        Message("{n}", n=Share(0.5)): ("50%", "50\xa0%", "50\xa0%"),
        Message("{n}", n=date(2027, 1, 4)): ("4 January 2027", "4. Januar 2027", "4 janvier 2027"),
        Message("{n}", n=Listed(("a", "b", "c"))): ("a, b and c", "a, b und c", "a, b et c"),
    }
    for message, expected in said.items():
        assert tuple(Language(code).say(message) for code in ("en", "de", "fr")) == expected


def test_a_message_of_messages_is_said_in_one_language() -> None:
    parts = [Message("{all} or {last}", all="a", last="b"), "topic"]
    assert Sentence.of(joined("; ", parts)) == "A or b; topic."
    assert Language("de").say(Sentence.of(joined("; ", parts))) == "A oder b; topic."


def test_what_has_no_words_is_said_in_english_and_noted_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogues.without(monkeypatch, "{all} or {last}")
    german = Language("de")
    for _ in range(2):
        assert german.say(Message("{all} or {last}", all="a", last="b")) == "a or b"
    assert german.untranslated == {"{all} or {last}"}
