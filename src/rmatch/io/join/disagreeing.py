"""Rows that a key joins although their names or addresses say that they are different people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.io.join.joined import called
from rmatch.io.join.keys import mailbox_in
from rmatch.io.join.missed import better_key
from rmatch.io.join.traces import address_columns, name_columns, texts_of
from rmatch.io.names import spellings_of
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.join.keys import Pairing
    from rmatch.io.join.spec import Join
    from rmatch.io.tables.table import Table


FEW = 20


def disagreements(
    tables: tuple[Table, Table],
    keys: Sequence[Sequence[str]],
    pairing: Pairing,
    join: Join,
    mapping: str,
) -> tuple[list[str], list[Fault]]:
    """Say which rows are joined and are different people by what else they say; their names are not in it.

    Parameters
    ----------
    tables : tuple of two Table
        The tables.
    keys : two sequences of str
        Their keys.
    pairing : Pairing
        Which rows belong together.
    join : Join
        By what they are joined.
    mapping : str
        Where the key stands.

    Returns
    -------
    list of str, list of Fault
        What is to be noted; a key by which most are somebody else is a fault.
    """
    left, right = tables
    strange, known = _strangers(left, right, pairing.partner)
    if not strange:
        return [], []
    few = [f"{called(right, other)} and {called(left, one)}" for one, other in strange[:FEW]]
    more = f" and {len(strange) - FEW} more" if len(strange) > FEW else ""
    said = (
        f"{len(strange)} of {counted(known, 'person')} joined by {join.by()} have other names or addresses in"
        f" {right.name} than in {left.name}: {'; '.join(few)}{more}"
    )
    if len(strange) > 1 and 2 * len(strange) > known:
        remedy = better_key(left, right, keys, join, known - len(strange))
        return [], [Fault(mapping, "join.key", said, remedy)]
    return [f"WARNING: {said}; if they are different people, correct their keys"], []


def _strangers(
    left: Table, right: Table, partner: Mapping[int, int]
) -> tuple[list[tuple[int, int]], int]:
    """Return the rows that differ, and how many can be compared."""
    sides = left, right
    names, addresses = (
        [texts_of(table, columns_of(table)) for table in sides]
        for columns_of in (name_columns, address_columns)
    )
    strange, known = [], 0
    for one, other in partner.items():
        told = one_person(
            (names[0][one], names[1][other]), (addresses[0][one], addresses[1][other])
        )
        known += told is not None
        if told is False:
            strange.append((one, other))
    return strange, known


def one_person(names: tuple[str, str], addresses: tuple[str, str]) -> bool | None:
    """Tell whether names and addresses are those of one person; None if nothing tells.

    Two names without a common word are two people, and so are two addresses at one organisation.

    Examples
    --------
    >>> names = (
    ...     ("Ada Lovelace", "Lovelace, Ada"),
    ...     ("Ada Lovelace", "Alan Turing"),
    ...     ("Ada Lovelace", ""),
    ... )
    >>> [one_person(each, ("", "")) for each in names]
    [True, False, None]
    """
    told = _one_human(*names)
    return _one_mailbox(*addresses) if told is None else told


def _one_human(name: str, other: str) -> bool | None:
    """Tell whether two names have a word in common; None where one is missing, or both may be parts of a name."""
    if name == other and " " in name:
        return True
    words = [
        {word for each in spellings_of(text) for word in each.split()} for text in (name, other)
    ]
    if not all(words) or max(map(len, words)) < 2:
        return None
    return not words[0].isdisjoint(words[1])


def _one_mailbox(address: str, other: str) -> bool | None:
    """Tell whether two addresses at one organisation are the same; who has a private one, too, has two."""
    one, two = mailbox_in(address), mailbox_in(other)
    if not (one and two) or one.rpartition("@")[2] != two.rpartition("@")[2]:
        return None
    return one == two
