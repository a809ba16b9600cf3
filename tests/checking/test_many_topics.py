"""Looking for topics that may be one takes no long where there are many."""

from __future__ import annotations

from random import Random
from time import process_time
from typing import TYPE_CHECKING

import pytest

from rmatch import read_people
from rmatch.checking.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = str.maketrans("0123456789", "abcdefghij")


def _in_digits(number: int) -> str:
    return f"topic {number} x"


def _in_letters(number: int) -> str:
    return f"tea with {str(number).translate(LETTERS)}"


def _alike(number: int) -> str:
    return "topic number " + "".join(Random(number).choices("abcdefgh", k=8))


@pytest.mark.parametrize("topic", [_in_digits, _in_letters, _alike])
def test_twelve_thousand_topics(topic: Callable[[int], str]) -> None:
    names = [topic(number) for number in range(12_000)]
    mentors = [{"id": f"m{row}", "role": "mentor", "offers": names[row::600]} for row in range(600)]
    people = read_people([*mentors, {"id": "e", "role": "mentee", "wants": [names[0]]}])
    start = process_time()
    assert len(topics_of(people).topics) == len(set(names))
    assert process_time() - start < 15
