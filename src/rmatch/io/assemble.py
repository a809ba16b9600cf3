"""From the parsed columns of all sources to :class:`~rmatch.People`, checked as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, nearest
from rmatch.io.acceptance import acceptance_notes
from rmatch.io.checks import check_circles, check_ids, check_sides, people_who, where_of
from rmatch.io.columns import PREFIXES
from rmatch.io.crowd import crowd_of, crowd_of_sides
from rmatch.io.examples import example_notes
from rmatch.io.faults import Faults
from rmatch.io.fields.managers import find_managers
from rmatch.io.fields.topics import rename_topics
from rmatch.io.identity import check_humans
from rmatch.io.join.joined import Joined
from rmatch.io.spellings import unite_spellings
from rmatch.people import ROLES, UNSET, Understood, people_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.crowd import Crowd
    from rmatch.io.mapping.translation import Translation
    from rmatch.io.parse import Parsed
    from rmatch.people import People

PLACED = ("level", "accepted_levels", "offers")
"""What a programme may find wrong later on."""
_GROUPS = dict(zip(PREFIXES, ("dimensions", "consent", "extra"), strict=True))


def assemble(
    parsed: Sequence[Parsed], read: Sequence[Translation | None], *, one_side: bool = False
) -> People:
    """Return the people of one source, or of a table a side.

    Parameters
    ----------
    parsed : sequence of Parsed
        One source, or mentors and mentees.
    read : sequence of Translation or None
        How each was read.
    one_side : bool
        Whether one side may be all there is.

    Returns
    -------
    People
        Everybody, with notes on what was not read.

    Raises
    ------
    InvalidInputError
        With every fault of the cells, and every one that shows only across rows.
    """
    faults = Faults()
    for each in parsed:
        for fault in each.faults.listed():
            faults.add(fault)
    tables = [each.placed.table for each in parsed]
    nobody = [table.name for table in tables if not table.faults and not len(table)]
    for name in nobody:
        faults.add(Fault(name, "", "there is nobody in it", "give one row a person"))
    renamed = rename_topics(parsed, read)
    both = len(parsed) == 2
    rule = next((each.duplicates for each in read if each and each.duplicates), None)
    crowd = crowd_of_sides(parsed[0], parsed[1], rule, faults) if both else crowd_of(parsed[0])
    # Rows that could not be read may hold the manager or the mentor that seems to be missing.
    whole = not nobody and not any(table.faults for table in tables)
    _check_rows(crowd, faults, whole=whole, read=read, one_side=one_side)
    _check_consent(crowd, read, faults)
    respelt = unite_spellings(crowd)
    understood = _understood(parsed, crowd)
    faults.check(understood)
    notes = [
        *crowd.notes,
        *renamed,
        *respelt,
        *consent_notes(crowd, read),
        *zone_notes(crowd),
        *day_notes(crowd),
        *acceptance_notes(crowd),
        *minimum_notes(crowd),
        *example_notes(crowd),
    ]
    return people_of(nested(crowd.columns), notes, understood)


def _understood(parsed: Sequence[Parsed], crowd: Crowd) -> Understood:
    """Return what was understood of all tables as one, and where the cells of everybody stand."""
    places = {header: crowd.rows(header) for header in PLACED if header in crowd.columns}
    tables = [each.placed.table for each in parsed]
    joins = tuple(join for table in tables if isinstance(table, Joined) for join in table.joins)
    columns = tuple(column for each in parsed for column in each.understood)
    return Understood(columns, joins, places)


def nested(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns with the prefixed ones in groups.

    Examples
    --------
    >>> nested({"id": ["E7"], "extra:club": ["chess"]})
    {'id': ['E7'], 'dimensions': {}, 'consent': {}, 'extra': {'club': ['chess']}}
    """
    grouped: dict[str, Any] = {
        header: column for header, column in columns.items() if not header.startswith(PREFIXES)
    }
    for prefix, group in _GROUPS.items():
        grouped[group] = {
            header.removeprefix(prefix): column
            for header, column in columns.items()
            if header.startswith(prefix)
        }
    return grouped


def consent_notes(crowd: Crowd, read: Sequence[Translation | None]) -> list[str]:
    """Say whose answers were not read for lack of consent, and on whose word consent was assumed."""
    columns = nested(crowd.columns)
    notes = []
    for name in columns["dimensions"]:
        silent = columns["consent"][name].count(0)
        if silent:
            some = f"{silent} of {len(crowd)} people give no consent for {name!r}"
            notes.append(f"{some}: what they may have answered was not read")
    given = {each.name: each.reason for each in read if each and each.consent}
    notes += [f"consent is given by {name}: {reason}" for name, reason in given.items()]
    return notes


def zone_notes(crowd: Crowd) -> list[str]:
    """Say how many hours had to be taken as UTC although others name their zone."""
    hours = crowd.columns.get("hours", ())
    zones = crowd.columns.get("time_zone", ())
    pairs = zip(hours, zones, strict=False)
    bare = sum(1 for stated, zone in pairs if stated and not zone)
    if not bare or not any(zones):
        return []
    return [f"{people_who(bare, 'gives', 'give')} hours without a time zone: taken as UTC"]


def day_notes(crowd: Crowd) -> list[str]:
    """Say how many hours had to be taken as those of Monday to Friday although others name their days."""
    hours = [text for text in crowd.columns.get("hours", ()) if text]
    bare = sum(1 for text in hours if text[0].isdigit())
    if bare in {0, len(hours)}:
        return []
    some = people_who(bare, "gives", "give")
    return [f"{some} hours without a day of the week: taken as Monday to Friday"]


def minimum_notes(crowd: Crowd) -> list[str]:
    """Say who has places or a minimum on a side that they do not play, and whose minimum is above their places."""
    roles = crowd.columns.get("role", [])
    notes = []
    for side in ("mentor", "mentee"):
        most, fewest = (
            crowd.columns.get(f"{side}_{what}", [UNSET] * len(crowd))
            for what in ("capacity", "minimum")
        )
        if fewest.count(UNSET) == len(crowd):
            continue
        idle = [
            row for row, own in enumerate(fewest) if (own or 0) > 0 and not roles[row] & ROLES[side]
        ]
        if idle:
            some = people_who(len(idle), f"is no {side}", f"are no {side}s")
            notes.append(
                f"{side}_minimum: {some}, and it changes nothing: {where_of(crowd, idle, f'{side}_minimum')}"
            )
        short = [
            row
            for row, (least, places) in enumerate(zip(fewest, most, strict=True))
            if row not in idle
            and least is not None
            and places not in (None, UNSET)
            and least > places
        ]
        if short:
            some = people_who(len(short), "must get", "must get")
            where = where_of(crowd, short, f"{side}_minimum")
            notes.append(
                f"WARNING: {side}_minimum: {some} more partners than {side}_capacity has places for: {where};"
                " lower the one or raise the other"
            )
    return notes


def _check_rows(
    crowd: Crowd,
    faults: Faults,
    *,
    whole: bool,
    read: Sequence[Translation | None],
    one_side: bool,
) -> None:
    unsure = faults.fields()
    mappings = [each for each in read if each]
    telling = {"role", *(test.column for each in mappings for test in each.tests())}
    check_ids(crowd, faults)
    clear = not telling & unsure and not any(field.startswith("roles") for field in unsure)
    check_humans(crowd, [each.duplicates for each in mappings], faults, whole=clear)
    if whole and "id" not in unsure:
        by = next((each.managers_by for each in mappings if each.managers_by), "")
        find_managers(crowd, by, faults, outside=any(each.outside for each in mappings))
        check_circles(crowd, faults)
    if whole and clear and not one_side:
        check_sides(crowd, faults)


def _check_consent(crowd: Crowd, read: Sequence[Translation | None], faults: Faults) -> None:
    prefix = PREFIXES[0]
    names = [header.removeprefix(prefix) for header in crowd.columns if header.startswith(prefix)]
    known = ["all", "lived_topics", *names]
    for translation in filter(None, read[:1]):
        for name in translation.consent.keys() - set(known):
            problem, remedy = f"there is no dimension {name!r}", nearest(name, known)
            faults.add(Fault(translation.name, f"consent.{name}", problem, remedy))
