"""A join that finds few: said aloud, with what would find more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rmatch.io.cells.cell import text_of
from rmatch.io.join.candidates import in_common, likely_keys, whole_names
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rmatch.io.join.keys import Pairing
    from rmatch.io.join.spec import Join
    from rmatch.io.tables.table import Table

MOST = 0.5
"""Of the shorter table so many rows should be in the other one."""
_PARTS: dict[str, Callable[[str], str]] = {
    "in front of the @": lambda key: key.partition("@")[0] if len(key) > 1 else "",
    "in their numbers": lambda key: re.sub(r"\D+", "", key).lstrip("0") if "@" not in key else "",
}
"""What two tables may have in common that write their keys in another way."""


def few_found(
    tables: tuple[Table, Table],
    keys: Sequence[Sequence[str]],
    rows: tuple[Sequence[int], Sequence[int]],
    pairing: Pairing,
    join: Join,
) -> Iterator[str]:
    """Say that most rows of the shorter table find nobody in the other, and what would find more.

    Parameters
    ----------
    tables : tuple of two Table
        The tables.
    keys : two sequences of str
        Their keys.
    rows : tuple of two sequences of int
        Those rows that count.
    pairing : Pairing
        Which of them belong together.
    join : Join
        By what they are joined.

    Yields
    ------
    str
        A note, if it is so.
    """
    (left, right), (here, there), both = tables, rows, len(pairing.partner)
    short, long, most = (
        (right, left, len(there)) if len(there) <= len(here) else (left, right, len(here))
    )
    if both and both < MOST * most:
        said = f"only {both} of {counted(most, 'person')} in {short.name} are found in {long.name} by {join.by()}"
        yield f"WARNING: {said}; {better_key(left, right, keys, join, both)}"


def better_key(
    left: Table, right: Table, keys: Sequence[Sequence[str]], join: Join, both: int
) -> str:
    """Return what would join more rows than a key does: other columns, or keys that are written alike."""
    likely = likely_keys(left, right)
    found = [pair for pair in likely if pair[2] > both and pair[:2] not in join.key]
    if found:
        one, other, count = found[0]
        return f'write key = {{ "{one}" = "{other}" }}, which {count} rows have in common'
    whole = whole_names(left, right)
    if whole and whole != join.key:
        ((one, other),) = whole
        count = in_common(left, right, whole)
        return f'write key = {{ "{one}" = "{other}" }}, which {count} rows have in common'
    for where, part in _PARTS.items():
        mine, theirs = ({part(key.casefold()) for key in each} - {""} for each in keys)
        count = len(mine & theirs)
        if count > both and count >= MOST * min(len(mine), len(theirs)):
            return f"{counted(count, 'key')} are the same {where} only: write them alike in both tables"
    return "name columns that hold the same, such as ids or e-mail addresses"


def unlike(
    tables: tuple[Table, Table], pairing: Pairing, headers: tuple[Sequence[str], ...]
) -> Iterator[str]:
    """Say how many keys of rows that belong together differ in what does not count: blanks, and what nobody sees."""
    repaired = set(pairing.repaired)
    columns = [
        [table.columns[header] for header in names]
        for table, names in zip(tables, headers, strict=True)
    ]
    count = sum(
        any(
            mine[one] != theirs[other]
            and text_of(mine[one]).casefold() != text_of(theirs[other]).casefold()
            for mine, theirs in zip(*columns, strict=True)
        )
        for one, other in pairing.partner.items()
        if (one, other) not in repaired
    )
    if count:
        some = "1 key differs" if count == 1 else f"{count} keys differ"
        yield f"{some} only in blanks or in what nobody sees, which does not count"
