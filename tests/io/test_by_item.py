"""What is done with different texts once says the same as looking at every cell."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rmatch.io.cells.by_item import by_item
from rmatch.io.cells.cell import Habits
from rmatch.io.cells.delimiters import listed
from rmatch.io.cells.parsers import PARSERS
from rmatch.io.cells.read import read_by
from rmatch.io.join.keys import loose
from rmatch.people import natural
from rmatch.utils.ids import of_one_form

SIGNS = "aZ09@+-_.,:;<>()[]{}'\" \xe9\x00"
ITEMS = [
    "AI",
    "ai:3",
    "AI:2",
    "AI:4",
    "SQL",
    "Law:12",
    '"a; b"',
    "n/a",
    "TBD",
    "x",
    "none",
    "-",
    "yes",
    ":",
]
TEXTS = st.lists(st.sampled_from(ITEMS), max_size=4).map("; ".join) | st.just("['AI', 'SQL']")
WORDS = st.sampled_from(
    ["9-Keine_Angabe", "7:n/a", "TBD", "<id>", "[1]", "-", "'1", "x@", "@", "1" * 61, "E7" * 700]
) | st.text(SIGNS, max_size=6)
IDS = st.text("0123456789EeÉ-.٣", min_size=1, max_size=4)


@given(st.lists(TEXTS, max_size=6), st.sampled_from(["", "offers"]), st.booleans())
def test_lists_read_item_by_item_are_the_lists(
    cells: list[str], topical: str, levels: bool
) -> None:
    whole, itemised = (Habits(topical=topical, levels=levels) for _ in range(2))
    parser = by_item(PARSERS["levels"], listed(Counter(cells), itemised), itemised)
    one, other = (
        read_by(PARSERS["levels"], cells, whole, plain=True),
        read_by(parser, cells, itemised, plain=True),
    )
    assert [one.values, one.marks, one.refused] == [other.values, other.marks, other.refused]
    assert {row: str(wrong) for row, wrong in one.wrong.items()} == {
        row: str(wrong) for row, wrong in other.wrong.items()
    }


@given(st.lists(WORDS, max_size=4), st.sampled_from(["id", "plain"]))
def test_what_is_taken_at_once_is_what_a_closer_look_reads(cells: list[str], kind: str) -> None:
    closer = Habits(values={"nothing of the kind": "x"})
    one, other = (
        read_by(PARSERS[kind], cells, habits, plain=True) for habits in (closer, Habits())
    )
    assert [one.values, one.marks, one.refused] == [other.values, other.marks, other.refused]
    assert {*one.wrong} == {*other.wrong}


@given(st.lists(IDS, max_size=5))
def test_ids_of_one_form_are_in_the_order_of_their_letters(ids: list[str]) -> None:
    if of_one_form(ids):
        assert sorted(ids, key=natural) == sorted(ids)
        if "".join(ids).isalnum():
            assert len({*map(loose, ids)}) == len({*ids})


def test_mailboxes_of_one_form_may_be_one() -> None:
    assert of_one_form(["kim+1@x.org", "kim+2@x.org"])
    assert loose("kim+1@x.org") == loose("kim+2@x.org")
