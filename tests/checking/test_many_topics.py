"""Looking for topics that may be one takes no long where there are many."""

from __future__ import annotations

from time import perf_counter

import pytest

from rmatch import read_people
from rmatch.checking.topics import topics_of

LETTERS = str.maketrans("0123456789", "abcdefghij")


@pytest.mark.parametrize("topic", ["topic {number} x", "tea with {letters}"])
def test_twelve_thousand_topics(topic: str) -> None:
    names = [
        topic.format(number=number, letters=str(number).translate(LETTERS))
        for number in range(12_000)
    ]
    mentors = [{"id": f"m{row}", "role": "mentor", "offers": names[row::600]} for row in range(600)]
    people = read_people([*mentors, {"id": "e", "role": "mentee", "wants": [names[0]]}])
    start = perf_counter()
    assert len(topics_of(people).topics) == 12_000
    assert perf_counter() - start < 8
