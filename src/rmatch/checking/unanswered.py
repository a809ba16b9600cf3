"""Answers that may stand for none: the codes that surveys give to missing data, and "don't know"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from rmatch.checking.finding import Finding
from rmatch.io import key_of, unsure
from rmatch.people import People

_CODE = re.compile(r"-\d{1,4}|7{2,4}|8{2,4}|9{2,4}")
"""Numbers for missing data: below nought, or as many sevens, eights or nines as a field has digits."""

WORDS = ("level", "department", "site")


def unanswered(people: People) -> Iterator[Finding]:
    """Say which answers may mean that there is none, column by column.

    A number counts only beside words: where all are numbered, 99 may be a department. What people answer about themselves
    is not shown.

    Parameters
    ----------
    people : People
        Everybody.

    Yields
    ------
    Finding
        Notes.
    """
    for name, answers in _columns(people):
        worded = any(any(map(str.isalpha, answer)) for answer in answers)
        doubtful = sorted(
            answer for answer in answers if unsure(answer) or (worded and _CODE.fullmatch(answer))
        )
        if doubtful:
            private = name.startswith("dimension:")
            shown = ['"…"'] if private else [f'"{answer}"' for answer in doubtful]
            told = "an answer like “Don't know” or 99" if private else ", ".join(shown)
            cure = f'say in a mapping: [values.{key_of(name)}] {shown[0]} = ""'
            sentence = f"{told} counts as an answer in {name}; where it is none, {cure}"
            yield Finding("unanswered", "note", sentence)


def _columns(people: People) -> Iterator[tuple[str, set[str]]]:
    """Go through the columns of words, each with the different answers in it; in lists such texts are faults."""
    for name in WORDS:
        yield name, set(getattr(people, name)) - {None}
    for name, labels in people.dimensions.items():
        held = np.unique(labels.codes).tolist()
        yield f"dimension:{name}", {labels.vocabulary[code] for code in held}
