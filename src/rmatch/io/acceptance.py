"""Whom people accept: a level or a site that nobody has is told, since it may be several or a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rmatch.io.cells.answers import accepts_anything
from rmatch.io.cells.items import quoted
from rmatch.io.checks import people_who, where_of
from rmatch.utils.labels import fold
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rmatch.io.crowd import Crowd

SHOWN = 5
MOST_WORDS = 4
"""The name of a site has hardly more."""
_BETWEEN = re.compile(r"[\W_]+")


def acceptance_notes(crowd: Crowd) -> Iterator[str]:
    """Say who accepts partners of a level or a site that nobody has, and let those accept all who say "any"."""
    for header, own in (("accepted_levels", "level"), ("accepted_sites", "site")):
        known = {fold(text) for text in crowd.columns.get(own, ()) if text}
        accepted = crowd.columns.get(header, [])
        yield from _open_to_all(crowd, header, own, known)
        strange = {
            row: unknown
            for row, items in enumerate(accepted)
            if (unknown := [item for item in items or () if fold(item) not in known])
        }
        # Who accepts nobody at all, or somebody known among other words, has hardly been understood.
        doubtful = {
            row: unknown
            for row, unknown in strange.items()
            if len(unknown) == len(accepted[row])
            or any(_names_one(item, known) for item in unknown)
        }
        if doubtful:
            texts = dict.fromkeys(item for items in doubtful.values() for item in items)
            where = where_of(crowd, list(doubtful), header)
            yield f"WARNING: {header}: {_no_place(list(texts), header, own, where)}"
        if rows := [row for row in strange if row not in doubtful]:
            some = people_who(len(rows), "accepts", "accept")
            where = where_of(crowd, rows, header)
            yield f"{header}: {some} a {own} that nobody has, beside others: {where}"


def _open_to_all(crowd: Crowd, header: str, own: str, known: Collection[str]) -> Iterator[str]:
    accepted = crowd.columns.get(header, [])
    said = {
        row: item
        for row, items in enumerate(accepted)
        for item in items or ()
        if accepts_anything(item) and fold(item) not in known
    }
    for row in said:
        accepted[row] = ()
    if said:
        texts = sorted(set(said.values()))
        some = f"{' and '.join(map(shown, texts))} {'is' if len(texts) == 1 else 'are'}"
        yield f"{header}: {some} read as every {own}: {where_of(crowd, list(said), header)}"


def _no_place(texts: Sequence[str], header: str, own: str, where: str) -> str:
    words = ", ".join([*map(shown, texts[:SHOWN]), *["…"] * (len(texts) > SHOWN)])
    nobody = f"{words} {'is' if len(texts) == 1 else 'are'} no {own} that anybody has: {where}"
    cure = f'[values.{header}] {quoted(texts[0])} = "…; …", or "" for all'
    return f"{nobody}; where others are meant, say which in a mapping: {cure}"


def _names_one(text: str, known: Collection[str]) -> bool:
    """Tell whether one of some names, folded, stands among the words of a text."""
    words = _BETWEEN.split(text.casefold())
    runs = (
        "".join(words[first : first + many])
        for first in range(len(words))
        for many in range(1, MOST_WORDS + 1)
    )
    return not {_BETWEEN.sub("", name) for name in known}.isdisjoint(runs)
