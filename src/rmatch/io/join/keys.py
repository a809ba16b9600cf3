"""Keys: what says who a row is about, compared between two tables."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rmatch.io.cells.cell import is_silent, text_of
from rmatch.io.names import words_of
from rmatch.utils.ids import id_key
from rmatch.utils.spelling import compatible, mailbox_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmatch.io.tables.table import Table

JOINT = "\0"
PLUS = " + "
"""What stands between the columns that are read one after the other as a whole."""
_ADDRESS = re.compile(r"[^\s<>()\[\];,|/\"]+@[^\s<>()\[\];,|/\"]+")
_NAME = re.compile(r"[^\W\d_]+[^\d@]*\s[^\d@]*[^\W\d_]\.?")
_PART = re.compile(r"[^\d@]+")
"""A part of a key without a digit is a first or a last name."""
MISSING = -1


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which rows of two tables are about the same person.

    Attributes
    ----------
    partner : dict of int to int
        The right row of each left row that has one.
    repaired : list of (int, int)
        Those of them whose keys differ: in leading zeros, case or form.
    doubtful : list of (int, list of int)
        Right rows whose key differs so from several left rows, or from one that another right row has.
    """

    partner: dict[int, int] = field(default_factory=dict)
    repaired: list[tuple[int, int]] = field(default_factory=list)
    doubtful: list[tuple[int, list[int]]] = field(default_factory=list)


def keys_of(table: Table, headers: Sequence[str], unknown: frozenset[str]) -> list[str]:
    """Return the key of each row, empty where a part of it is unknown.

    Parameters
    ----------
    table : Table
        The table.
    headers : sequence of str
        The columns that make the key.
    unknown : frozenset of str
        Casefolded markers.

    Returns
    -------
    list of str
        E-mail addresses without case and blanks, and anything else as it is written.
    """
    whole = with_wholes(table, headers)
    parts = [[exact(cell, unknown) for cell in whole.columns[header]] for header in headers]
    if len(parts) == 1:
        return parts[0]
    return [JOINT.join(row) if all(row) else "" for row in zip(*parts, strict=True)]


def with_wholes(table: Table, headers: Iterable[str]) -> Table:
    """Return a table with columns such as "First + Last": what these columns hold, one after the other.

    Examples
    --------
    >>> from rmatch.io.tables.table import Table
    >>> form = Table("form", {"First": ["Ada", ""], "Last": ["Lind", "Karg"]}, range(2))
    >>> with_wholes(form, ["First + Last"]).columns["First + Last"]
    ['Ada Lind', 'Karg']
    """
    wholes = {
        header: [
            " ".join(filter(None, map(text_of, cells))) for cells in zip(*columns, strict=True)
        ]
        for header in headers
        if header not in table.columns
        and (
            columns := [table.columns[part] for part in header.split(PLUS) if part in table.columns]
        )
        and len(columns) == len(header.split(PLUS))
    }
    return replace(table, columns={**table.columns, **wholes}) if wholes else table


def exact(cell: Any, unknown: frozenset[str]) -> str:
    """Return a part of a key as it must be to be the same; empty where it is unknown.

    Examples
    --------
    >>> exact(" Mia.Noor@Example.org ", frozenset()), exact(7.0, frozenset())
    ('mia.noor@example.org', '7')
    """
    text = text_of(cell)
    if "@" in text:
        return address_of(text)
    return "" if is_silent(text, unknown) else " ".join(text.split())


def address_of(text: str) -> str:
    """Return an e-mail address without case and blanks, and without the name that a mail program puts beside it.

    Examples
    --------
    >>> address_of("Mia Noor <Mia.Noor@Example.org>"), address_of("mailto:mia@example.org")
    ('mia.noor@example.org', 'mia@example.org')
    """
    plain = compatible(text).casefold()
    inside = plain.partition("<")[2].partition(">")[0]
    bare = "".join((inside if "@" in inside else plain).split()).removeprefix("mailto:")
    return bare.strip(";,.")


def mailbox_in(text: str | None) -> str:
    """Return the mailbox that an address reaches; nothing where a text holds none."""
    return mailbox_of(address_of(text)) if text and "@" in text else ""


def mailboxes_in(text: str | None) -> list[str]:
    """Return the mailboxes of all addresses that a text holds.

    Examples
    --------
    >>> mailboxes_in("kim@x.org; Kim.Lund+hr@Y.org"), mailboxes_in("Kim")
    (['kim@x.org', 'kim.lund@y.org'], [])
    """
    if not text or "@" not in text:
        return []
    if text.count("@") == 1:
        return [mailbox_of(address_of(text))]
    return [mailbox_in(each) for each in _ADDRESS.findall(text)]


def loose(key: str) -> str:
    """Return what is left of a key when case, leading zeros and form are lost; of a name, its words.

    Examples
    --------
    >>> loose("00101"), loose("E-7"), loose("mia+2026@example.org"), loose("Noor, Dr. Mia")
    ('101', 'e7', 'mia@example.org', 'mia noor')
    >>> loose(JOINT.join(["Zoë", "Müller-Noor"])).split(JOINT)
    ['zoe', 'muller noor']
    """
    parts = key.split(JOINT)
    several = len(parts) > 1
    return JOINT.join(
        words_of(part) if is_name(part) or (several and _PART.fullmatch(part)) else id_key(part)
        for part in parts
    )


def is_name(key: str) -> bool:
    """Tell whether a key is written as a name of somebody: in several words, without a digit."""
    return _NAME.fullmatch(key) is not None


def repeated(keys: Iterable[str]) -> list[list[int]]:
    """Return the rows of every key that stands in several."""
    first: dict[str, int] = {}
    groups: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        if key and (known := first.setdefault(key, row)) != row:
            groups.setdefault(key, [known]).append(row)
    return list(groups.values())


def paired(
    left: Sequence[str], right: Sequence[str], left_rows: Iterable[int], right_rows: Iterable[int]
) -> Pairing:
    """Say which rows of two tables are about the same person.

    Parameters
    ----------
    left, right : sequence of str
        The keys of all rows.
    left_rows, right_rows : iterable of int
        Those rows that count, one a key.

    Returns
    -------
    Pairing
        Keys that are the same; and of the others those that differ in lost zeros, case or form only, where it is clear which.
    """
    known = {left[row]: row for row in left_rows if left[row]}
    pairing = Pairing()
    rest = []
    for row in right_rows:
        same = known.get(right[row]) if right[row] else None
        if same is not None:
            pairing.partner[same] = row
        elif right[row]:
            rest.append(row)
    if rest:
        _pair_loosely(pairing, known, right, rest)
    return pairing


def _pair_loosely(
    pairing: Pairing, known: dict[str, int], right: Sequence[str], rest: Sequence[int]
) -> None:
    wanted: dict[str, list[int]] = defaultdict(list)
    for row in rest:
        wanted[loose(right[row])].append(row)
    candidates: dict[str, list[int]] = defaultdict(list)
    for key, row in known.items():
        if (bare := loose(key)) in wanted:
            candidates[bare].append(row)
    for bare, rows in wanted.items():
        near = candidates.get(bare, [])
        if len(near) == len(rows) == 1 and near[0] not in pairing.partner:
            pairing.partner[near[0]] = rows[0]
            pairing.repaired.append((near[0], rows[0]))
        elif near:
            pairing.doubtful.extend((row, near) for row in rows)
    if pairing.repaired:
        _doubt_the_same(pairing, known)


def _doubt_the_same(pairing: Pairing, known: dict[str, int]) -> None:
    """Take back pairs of one key where zeros are lost elsewhere: a 7 that could be 7 or 007 may be either."""
    near: dict[str, list[int]] = defaultdict(list)
    for key, row in known.items():
        near[loose(key)].append(row)
    # A key that has zeros in front has not lost them.
    kept = {row for key, row in known.items() if key.startswith("0")}
    for rows in near.values():
        met = [row for row in rows if row in pairing.partner and row not in kept]
        if len(rows) > 1 and met:
            pairing.doubtful.extend((pairing.partner.pop(row), rows) for row in met)
