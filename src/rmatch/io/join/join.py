"""The story of a join: whose rows belong together, who is only here or only there, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.join.candidates import in_common, likely_key
from rmatch.io.join.disagreeing import disagreements
from rmatch.io.join.duplicates import settle
from rmatch.io.join.joined import Joined, called, side_by_side
from rmatch.io.join.keys import MISSING, Pairing, keys_of, paired, repeated, with_wholes
from rmatch.io.join.missed import better_key, few_found, unlike
from rmatch.io.join.report import notes_of, report
from rmatch.io.mapping.fields import known_headers
from rmatch.utils.ids import may_be_shown
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rmatch.io.join.spec import Join
    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Table


def joined(tables: Sequence[Table], translation: Translation) -> Table:
    """Join tables about the same people.

    Parameters
    ----------
    tables : sequence of Table
        At least two, in the order in which they are joined.
    translation : Translation
        The mapping, which says by what and how.

    Returns
    -------
    Table
        One row a person. Its notes say who is where, its faults what could not be decided.

    Raises
    ------
    InvalidInputError
        If the key is not named, or no column has its name.
    """
    whole, *further = named_apart(tables)
    joins = _joins([whole, *further], translation)
    for right, join in zip(further, joins, strict=True):
        whole = _two(whole, right, join, translation)
    return whole


def _joins(tables: Sequence[Table], translation: Translation) -> Sequence[Join]:
    wanted, joins = len(tables) - 1, translation.joins
    if len(joins) == 1:
        return joins * wanted
    if len(joins) == wanted:
        return joins
    if not joins:
        problem = (
            f"{' and '.join(table.name for table in tables)} are to be joined, and no key is named"
        )
        fault = Fault(translation.name, "join", problem, _suggestion(tables))
    else:
        problem = f"there are {len(joins)} joins for {len(tables)} tables"
        remedy = "write [[join]] once for every table after the first"
        fault = Fault(translation.name, "join", problem, remedy)
    raise InvalidInputError([fault])


def _suggestion(tables: Sequence[Table]) -> str:
    left, right = tables[:2]
    found = likely_key(left, right)
    if not found:
        example = 'join = { key = { "Work E-Mail" = "Email Address" } }'
        return f"say by what: at the top of a mapping, {example}; people of different kinds stand in mentors= and mentees="
    one, _ = found[0]
    key = f'"{one}"' if found == ((one, one),) else f"{{ {', '.join(map(_line, found))} }}"
    count = in_common(left, right, found)
    return (
        f"say at the top of a mapping: join = {{ key = {key} }}, which {count} rows have in common"
    )


def _line(pair: tuple[str, str]) -> str:
    return f'"{pair[0]}" = "{pair[1]}"'


def _two(left: Table, right: Table, join: Join, translation: Translation) -> Joined:
    headers = tuple(zip(*join.key, strict=True))
    left, right = sides = with_wholes(left, headers[0]), with_wholes(right, headers[1])
    _check_columns(left, right, join, translation)
    keys = [
        keys_of(table, names, translation.unknown)
        for table, names in zip(sides, headers, strict=True)
    ]
    ids = translation.columns.get("id", ["id"])
    repeats = [repeated(each) for each in keys]
    each_side = [*zip(sides, keys, repeats, headers, strict=True)]
    faults = [fault for side in each_side for fault in _two_people(*side, ids)]
    twice = [table for table, _, groups, _ in each_side if groups]
    settled = [
        settle(table, [] if faults else groups, translation.duplicates, names[0], twice)
        for table, _, groups, names in each_side
    ]
    here, there = (
        _counting(table, each.replaced) for table, each in zip(sides, settled, strict=True)
    )
    pairing = paired(keys[0], keys[1], here, there)
    whole = side_by_side(left, right, _rows(pairing, here, there, join.keep), join.key, translation)
    told, wrong = disagreements(sides, keys, pairing, join, translation.name)
    read = report(sides, (here, there), pairing, join, ids)
    notes = [
        *(note for each in settled for note in each.notes),
        *notes_of(read),
        *unlike(sides, pairing, headers),
        *few_found(sides, keys, (here, there), pairing, join),
        *told,
    ]
    faults += [fault for each in settled for fault in each.faults]
    faults += [*_doubts(left, right, pairing, headers), *wrong]
    if not (pairing.partner or pairing.doubtful or join.keep == "outer"):
        faults.append(_nobody(sides, keys, join, translation))
    return replace(
        whole,
        notes=[*whole.notes, *notes],
        faults=[*whole.faults, *faults],
        joins=(*(left.joins if isinstance(left, Joined) else ()), read),
    )


def _two_people(
    table: Table,
    keys: Sequence[str],
    groups: Sequence[Sequence[int]],
    headers: Sequence[str],
    ids: Sequence[str],
) -> Iterator[Fault]:
    """Go through rows of one key and several ids: only an address makes one person of them."""
    header, columns = headers[0], [table.columns[each] for each in ids if each in table.columns]
    for first, *others in groups if columns else ():
        for row in others:
            if "@" not in keys[row] and any(
                text_of(cells[first]) != text_of(cells[row]) for cells in columns
            ):
                problem = f"stands in {called(table, first, header)}, too, with another id"
                remedy = (
                    "join by what only one person has: an e-mail address, an id, or several columns"
                )
                yield Fault(called(table, row, header), header, problem, remedy)


def _counting(table: Table, replaced: Mapping[int, int]) -> Sequence[int]:
    rows = range(len(table))
    return [row for row in rows if row not in replaced] if replaced else rows


def _rows(
    pairing: Pairing, here: Sequence[int], there: Sequence[int], keep: str
) -> tuple[Sequence[int], Sequence[int]]:
    partner = pairing.partner
    kept: Sequence[int] = here
    if keep == "inner":
        kept = [row for row in here if row in partner]
    partners = [partner.get(row, MISSING) for row in kept]
    if keep == "outer":
        met = set(partners)
        alone = [row for row in there if row not in met]
        return [*kept, *([MISSING] * len(alone))], partners + alone
    return kept, partners


def _check_columns(left: Table, right: Table, join: Join, translation: Translation) -> None:
    faults = []
    for one, other in join.key:
        swapped = one not in left.columns and one in right.columns and other in left.columns
        for table, header in ((left, one), (right, other)):
            if header not in table.columns:
                problem = f"{header!r} is not a column of {table.name}"
                remedy = (
                    f'turn it round: "{other}" = "{one}"'
                    if swapped
                    else nearest(header, known_headers(table, translation))
                    or "put the headers into the first row"
                )
                faults.append(Fault(translation.name, "join.key", problem, remedy))
    if faults:
        raise InvalidInputError(faults)


def _doubts(
    left: Table, right: Table, pairing: Pairing, headers: tuple[Sequence[str], ...]
) -> Iterator[Fault]:
    names, others = headers
    for row, near in pairing.doubtful:
        places = " or ".join(called(left, each, names[0]) for each in near)
        key = text_of(right.columns[others[0]][row])
        value = f"{shown(key)} " if may_be_shown(key, ["0"]) else ""
        doubt = "may be meant as either" if len(near) > 1 else "so does another row"
        problem = f"{value}differs only in leading zeros, case or form from {places}, and {doubt}"
        remedy = "write the keys of this column as they stand there, with their zeros"
        yield Fault(called(right, row, others[0]), others[0], problem, remedy)


def _nobody(
    sides: tuple[Table, Table], keys: Sequence[Sequence[str]], join: Join, translation: Translation
) -> Fault:
    left, right = sides
    problem = f"nobody of {right.name} is in {left.name} by {join.by()}"
    return Fault(translation.name, "join.key", problem, better_key(left, right, keys, join, 0))


def named_apart(tables: Sequence[Table]) -> list[Table]:
    """Return tables, those of one name with a number each: names tell columns and places apart."""
    names = [table.name for table in tables]
    return [
        replace(table, name=f"{table.name} ({number})") if names.count(table.name) > 1 else table
        for number, table in enumerate(tables, 1)
    ]
